/** Moves everybody by one step and tests every path against walls and gates. */
import { MusterError } from "../errors.js";
import { crosses, side } from "../geometry/plane.js";
import { inPolygons } from "../world/areas.js";
import { binAt } from "../world/world.js";
import { WALKING } from "./agents.js";
import { isBarrier } from "./gates.js";
import { noteGone } from "./gone.js";
import { DOING } from "./people.js";
import { restsFor } from "./rests.js";
import type { Crowd } from "./state.js";

/** Slower than this share of the wished speed means not getting on. */
const GETTING_ON = 0.15;
/** Time stuck that is remembered once one gets on, s: it then falls twice as fast as it rose. */
const FORGIVEN = 4;
/** Field time within which an exit area is tested, s. */
const NEAR_EXIT = 1;

/** Takes the velocities of `crowd.out`; people who cross an exit get bin -1 and stand in `crowd.leavers`. Throws RUN_FAILED at a crossed wall or NaN. */
export function move(crowd: Crowd, dt: number): void {
  const { agents, out, world } = crowd;
  const bank = agents.now;
  const { start } = world.wallLists;
  if (crowd.rests === undefined) crowd.rests = restsFor(world, crowd.people.total, dt);
  const { rests } = crowd;
  for (let i = 0; i < agents.count; i++) {
    const vx = out.vx[i]!;
    const vy = out.vy[i]!;
    bank.hx[i] = out.hx[i]!;
    bank.hy[i] = out.hy[i]!;
    bank.facing[i] = out.facing[i]!;
    if (vx === 0 && vy === 0) {
      bank.vx[i] = 0;
      bank.vy[i] = 0;
      if (bank.wish[i]! > 0.05) bank.stuck[i]! += dt;
      // Who stands in their exit area, having started there, leaves too.
      if (bank.mode[i] === WALKING && bank.phi[i]! < NEAR_EXIT) leaveInArea(crowd, i, dt);
      continue;
    }
    const x = bank.x[i]!;
    const y = bank.y[i]!;
    let qx = Math.fround(x + vx * dt);
    let qy = Math.fround(y + vy * dt);
    if (rests) {
      const id = bank.id[i]!;
      const exactX = x + (rests.x[id]! + vx * dt);
      const exactY = y + (rests.y[id]! + vy * dt);
      qx = Math.fround(exactX);
      qy = Math.fround(exactY);
      rests.x[id] = exactX - qx;
      rests.y[id] = exactY - qy;
    }
    if (!(qx - x < 100 && x - qx < 100 && qy - y < 100 && y - qy < 100)) fail(crowd, i, "has no finite position");
    const bin = bank.bin[i]!;
    if (start[bin + 1]! > start[bin]! && crossLines(crowd, i, x, y, qx, qy, dt)) continue;
    bank.x[i] = qx;
    bank.y[i] = qy;
    bank.vx[i] = vx;
    bank.vy[i] = vy;
    bank.bin[i] = binAt(world.sheets[bank.sheet[i]!]!, qx, qy);
    const wish = bank.wish[i]!;
    if (vx * bank.ex[i]! + vy * bank.ey[i]! < GETTING_ON * wish) bank.stuck[i]! += dt;
    else bank.stuck[i] = Math.max(0, Math.min(bank.stuck[i]!, FORGIVEN) - 2 * dt);
    if (bank.mode[i] === WALKING && bank.phi[i]! < NEAR_EXIT) leaveInArea(crowd, i, dt);
  }
}

/** Tests the path of one person; true when they have left. A crossed portal changes the sheet. */
function crossLines(crowd: Crowd, i: number, x: number, y: number, qx: number, qy: number, dt: number): boolean {
  const { agents, gates, world } = crowd;
  const bank = agents.now;
  const { start, list, walls } = world.wallLists;
  const bin = bank.bin[i]!;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const entry = list[k]!;
    const line = entry >= 0 ? walls : gates.line;
    const w = entry >= 0 ? 4 * entry : 4 * (-1 - entry);
    const ax = line[w]!;
    const ay = line[w + 1]!;
    const bx = line[w + 2]!;
    const by = line[w + 3]!;
    if (!crosses(x, y, qx, qy, ax, ay, bx, by)) continue;
    const g = -1 - entry;
    if (entry >= 0 || isBarrier(gates, g, bank.field[i]!, 2 * bank.radius[i]!, x, y)) fail(crowd, i, "has crossed a wall");
    const gate = world.gates[g]!;
    if (gate.exit) {
      const from = side(ax, ay, bx, by, x, y);
      const share = from / (from - side(ax, ay, bx, by, qx, qy));
      leave(
        crowd,
        i,
        world.exits.findIndex((e) => e.gate === g),
        share * dt,
        x + share * (qx - x),
        y + share * (qy - y),
      );
      return true;
    }
    if (gate.portal) {
      bank.sheet[i] = bank.sheet[i] === gate.sheetA ? gate.sheetB : gate.sheetA;
      // Flights set their own at the next look.
      bank.gapFactor[i] = crowd.people.gapFactor[bank.id[i]!]!;
    }
  }
  return false;
}

function leaveInArea(crowd: Crowd, i: number, dt: number): void {
  const { agents, people, world } = crowd;
  const bank = agents.now;
  const destination = people.destination[bank.id[i]!]!;
  if (destination < 0) return;
  for (const { area, exit } of world.destinations[destination]!.exitAreas) {
    if (!area.sheets.includes(bank.sheet[i]!) || !inPolygons(area.polygons, bank.x[i]!, bank.y[i]!)) continue;
    leave(crowd, i, exit, dt, bank.x[i]!, bank.y[i]!);
    return;
  }
}

function leave(crowd: Crowd, i: number, exit: number, after: number, x: number, y: number): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  const id = bank.id[i]!;
  keepInSight(crowd, i, exit, x, y);
  crowd.leavers.push({ id, time: crowd.time + after, exit, x, y, sheet: bank.sheet[i]!, group: people.group[id]! });
  crowd.left++;
  people.doing[id] = DOING.LEFT;
  agents.slotOf[id] = -1;
  bank.bin[i] = -1;
}

/** Who leaves walks on beyond the exit for a moment (gone.ts), the way they came, or their wished way if they stood. */
function keepInSight({ agents, out, world }: Crowd, i: number, exit: number, x: number, y: number): void {
  const { gate } = world.exits[exit]!;
  // A prescribed flow or a turnstile says itself how soon the next may come.
  if (gate >= 0 && world.gates[gate]!.control) return;
  const bank = agents.now;
  const vx = out.vx[i]!;
  const vy = out.vy[i]!;
  const speed = Math.sqrt(vx * vx + vy * vy);
  const person = {
    x,
    y,
    ux: speed > 0 ? vx / speed : bank.ex[i]!,
    uy: speed > 0 ? vy / speed : bank.ey[i]!,
    speed,
    wish: bank.wish[i]!,
    radius: bank.radius[i]!,
    sheet: bank.sheet[i]!,
    field: bank.field[i]!,
    gate,
  };
  noteGone(agents.gone, person, bank.bin[i]!, world.sheets[person.sheet]!.bnx);
}

function fail(crowd: Crowd, i: number, what: string): never {
  const bank = crowd.agents.now;
  const place = crowd.world.sheets[bank.sheet[i]!]!.name;
  const at = `(${bank.x[i]!.toFixed(2)}, ${bank.y[i]!.toFixed(2)}) on ${place}`;
  throw new MusterError("RUN_FAILED", [
    { place: `person ${bank.id[i]}`, message: `${what} at ${at}, t = ${crowd.time.toFixed(2)} s` },
  ]);
}
