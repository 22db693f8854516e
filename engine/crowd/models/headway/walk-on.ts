/** Between two looks: people keep the neighbours and the heading of the last look; one pass finds speed and hard limits. */
import type { World } from "../../../world/world.js";
import type { Agents } from "../../agents.js";
import type { Near } from "../../contact.js";
import type { GateState } from "../../gates.js";
import { isAhead } from "../../gone.js";
import type { StepOutput } from "../model.js";
import { comesTowards, goesFirst, hidden, inLane, keepApart, touchDistance, yields } from "./neighbours.js";
import { EASE_UP_TO, easedSpeed, HEADWAY, patience, SLIP, stripOf } from "./parameters.js";
import { gapAhead, goOrStepBack, speedAlongWalls, speedBehind, turnTo } from "./walk.js";

/**
 * Turns on towards the heading (bx, by) chosen at the last look and walks as fast as those listed then allow. The result is that of weigh
 * and walk: whoever slows one down is nearer than the headway along the heading, so all other tests are left to those few.
 */
export function walkOn(
  world: World,
  agents: Agents,
  gates: GateState,
  i: number,
  dt: number,
  turn: number,
  bx: number,
  by: number,
  list: Int32Array,
  length: number,
  near: Near,
  out: StepOutput,
): void {
  const bank = agents.now;
  turnTo(bank, i, turn, bx, by, out);
  const hx = out.hx[i]!;
  const hy = out.hy[i]!;
  const { x: X, y: Y, radius: R } = bank;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const radius = R[i]!;
  const wish = bank.wish[i]!;
  const own = bank.vx[i]! * hx + bank.vy[i]! * hy;
  const timeGap = HEADWAY.T * bank.gapFactor[i]!;
  const squeeze = patience(bank.stuck[i]!);
  const touch = touchDistance(world, radius, wish, dt);
  const touch2 = touch * touch;
  const inFile = bank.singleFile[i] === 1;
  const share = stripOf(bank, i);
  const { nearestWall } = near;
  let u = EASE_UP_TO * wish;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    const close = d2 < touch2;
    const along = dx * hx + dy * hy;
    const aside = dx * hy - dy * hx;
    let width = radius + R[j]!;
    let strip = share * width;
    const before = inFile ? inLane(dx, dy, ex, ey) : along > 0 && aside < strip && -aside < strip && along - width <= u * timeGap;
    if (!close && !before) continue;
    if (d2 > nearestWall * nearestWall && hidden(world, gates, bank, i, X[j]!, Y[j]!)) continue;
    if (close) keepApart(bank, i, j, dt, dx, dy, d2, near, out);
    const ahead = dx * ex + dy * ey;
    if (!before || ahead <= 0 || goesFirst(bank, i, j, dx, dy, ahead)) continue;
    let slip = 0;
    if (comesTowards(bank, i, j)) {
      width *= 1 - squeeze * (1 - HEADWAY.CORE);
      strip = width;
      slip = squeeze * SLIP;
      if (aside >= strip || -aside >= strip) continue;
    } else if (squeeze > 0 && yields(bank, i, j)) {
      width *= 1 - squeeze * (1 - HEADWAY.CORE);
      slip = squeeze * SLIP;
      strip = share * width;
      if (aside >= strip || -aside >= strip) continue;
    }
    const faster = bank.vx[j]! * hx + bank.vy[j]! * hy - own;
    const gap = gapAhead(along, aside, width, inFile);
    const speed = speedBehind(along, aside, gap, faster, inFile ? Infinity : strip, timeGap, slip);
    if (speed < u) u = speed;
  }
  if (agents.gone.near[bank.bin[i]!] === 1) u = Math.min(u, speedBehindGone(agents, gates, i, hx, hy, share, timeGap));
  u = Math.min(speedAlongWalls(near, hx, hy, wish), easedSpeed(wish, u));
  goOrStepBack(near, u * hx, u * hy);
  out.vx[i] = near.vx;
  out.vy[i] = near.vy;
  out.facing[i] = bank.facing[i]!;
}

/** Speed that those who have just left by the same way allow, m/s; Infinity where they allow any. */
function speedBehindGone(
  { gone, now: bank }: Agents,
  gates: GateState,
  i: number,
  hx: number,
  hy: number,
  share: number,
  timeGap: number,
): number {
  let u = Infinity;
  for (const one of gone.entries) {
    if (!isAhead(one, gates, bank.field[i]!, bank.sheet[i]!)) continue;
    const dx = one.x - bank.x[i]!;
    const dy = one.y - bank.y[i]!;
    const along = dx * hx + dy * hy;
    const aside = dx * hy - dy * hx;
    const width = bank.radius[i]! + one.radius;
    if (along <= 0 || Math.abs(aside) >= share * width) continue;
    const inFile = bank.singleFile[i] === 1;
    const faster = (one.ux * hx + one.uy * hy) * one.speed - (bank.vx[i]! * hx + bank.vy[i]! * hy);
    const gap = gapAhead(along, aside, width, inFile);
    u = Math.min(u, speedBehind(along, aside, gap, faster, inFile ? Infinity : share * width, timeGap, 0));
  }
  return u;
}
