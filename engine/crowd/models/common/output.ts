/** What the classic models write for one person. */
import type { Bank } from "../../agents.js";
import type { Near } from "../../contact.js";
import type { StepOutput } from "../model.js";
import { limitAtWalls, type Walls } from "./walls.js";

/** Who rests, is served or wishes to stand. */
export function stand(bank: Bank, i: number, out: StepOutput): void {
  out.vx[i] = 0;
  out.vy[i] = 0;
  out.hx[i] = bank.hx[i]!;
  out.hy[i] = bank.hy[i]!;
  out.facing[i] = 0;
}

/** Velocity (vx, vy) and heading (hx, hy) of slot i; a velocity that leads through a wall is cut short and counted. */
export function walkOn(
  bank: Bank,
  i: number,
  vx: number,
  vy: number,
  hx: number,
  hy: number,
  dt: number,
  walls: Walls,
  near: Near,
  out: StepOutput,
): void {
  const limited = limitAtWalls(walls, bank.x[i]!, bank.y[i]!, vx, vy, dt, near);
  if (limited) out.wallLimited++;
  out.vx[i] = limited ? near.vx : vx;
  out.vy[i] = limited ? near.vy : vy;
  out.hx[i] = hx;
  out.hy[i] = hy;
  out.facing[i] = 0;
}
