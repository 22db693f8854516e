/** Where everybody wants to go now: wished direction and speed, and the time still to walk. */
import { WEIDMANN_GAP } from "../scenario/stair-laws.js";
import { blocked } from "../world/areas.js";
import { type Field, nodeAt, type SheetGrid } from "../world/world.js";
import { type Bank, RESTING, TO_SPOT, WALKING } from "./agents.js";
import { BELT_GAP } from "./passages.js";
import { fieldOf } from "./people.js";
import type { Crowd } from "./state.js";
import { fieldFor, fieldRound } from "./ways-round.js";

/** Speed on a ramp up as a share of the level speed; unverified (handbooks give 10 to 20 % less up to 1:12). */
const RAMP_UP = 0.85;

/**
 * Fills ex, ey, wish and phi of slots [from, to) from the travel-time fields and spots.
 * @param looks whether everybody looks around; else only who came after the last look
 * @param span time until the next look, s: nobody walks past their spot in it
 */
export function setDirections(crowd: Crowd, from: number, to: number, looks: boolean, span: number): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  const { mode, id, x, y, ex, ey, wish, phi, field, facing, look } = bank;
  for (let i = from; i < to; i++) {
    if (!looks && look[i]! >= 0) continue;
    if (mode[i] === WALKING) {
      // Who meets people who come towards them makes way there and then, and follows no way round.
      const walked = (facing[i] === 1 ? fieldRound : fieldFor)(crowd, id[i]!, field[i]!);
      if (walked) follow(crowd, bank, walked, i);
      else wish[i] = 0;
    } else if (mode[i] === TO_SPOT) {
      const dx = people.spotX[id[i]!]! - x[i]!;
      const dy = people.spotY[id[i]!]! - y[i]!;
      const d = Math.sqrt(dx * dx + dy * dy);
      ex[i] = d > 0 ? dx / d : 0;
      ey[i] = d > 0 ? dy / d : 0;
      wish[i] = Math.min(speedShare(crowd, id[i]!) * people.speed[id[i]!]!, d / span);
      phi[i] = d;
    } else {
      wish[i] = 0;
      if (mode[i] === RESTING) {
        ex[i] = 0;
        ey[i] = 0;
      }
    }
  }
}

/** Interpolates the field's direction between the four nearest nodes that no wall or shut gate cuts off. */
function follow(crowd: Crowd, bank: Bank, field: Field, i: number): void {
  const { world, people } = crowd;
  const { cell } = world;
  const n = locate(crowd, i);
  const g = field.flow;
  if (n < 0 || g[4 * n + 2] === Infinity) {
    bank.wish[i] = 0;
    bank.phi[i] = Infinity;
    return;
  }
  const grid = world.sheets[bank.sheet[i]!]!;
  const rx = (bank.x[i]! - grid.x0) / cell;
  const ry = (bank.y[i]! - grid.y0) / cell;
  const fx = rx - Math.floor(rx) - 0.5;
  const fy = ry - Math.floor(ry) - 0.5;
  const sideX = fx > 0 ? 0 : 2;
  const sideY = fy > 0 ? 1 : 3;
  const wx = Math.abs(fx);
  const wy = Math.abs(fy);
  const { neighbours } = crowd.graph;
  const a = neighbours[4 * n + sideX]!;
  const b = neighbours[4 * n + sideY]!;
  const c = a >= 0 && b >= 0 ? neighbours[4 * b + sideX]! : -1;
  // Cut-off nodes count as the own one, with weight 0.
  const na = a >= 0 ? a : n;
  const nb = b >= 0 ? b : n;
  const nc = c >= 0 ? c : n;
  const wn = (1 - wx) * (1 - wy);
  const wa = a >= 0 ? wx * (1 - wy) : 0;
  const wb = b >= 0 ? (1 - wx) * wy : 0;
  const wc = c >= 0 ? wx * wy : 0;
  const gx = wn * g[4 * n]! + wa * g[4 * na]! + wb * g[4 * nb]! + wc * g[4 * nc]!;
  const gy = wn * g[4 * n + 1]! + wa * g[4 * na + 1]! + wb * g[4 * nb + 1]! + wc * g[4 * nc + 1]!;
  bank.phi[i] = g[4 * n + 2]! - (g[4 * n]! * fx + g[4 * n + 1]! * fy) * cell;
  const length = Math.sqrt(gx * gx + gy * gy);
  if (length < 1e-6) {
    bank.ex[i] = 0;
    bank.ey[i] = 0;
    bank.wish[i] = 0;
    return;
  }
  bank.ex[i] = gx / length;
  bank.ey[i] = gy / length;
  const id = bank.id[i]!;
  const level = grid.kind === "floor" || grid.kind === "lift";
  bank.wish[i] = level ? speedShare(crowd, id) * people.speed[id]! : speedOnFlight(crowd, bank, grid, i, id);
}

/** Share of the free speed that the surroundings leave a person. */
const speedShare = ({ surroundings }: Crowd, id: number): number => (surroundings === null ? 1 : surroundings.speedShare[id]!);

/** A time gap longer than this many of one's own would need a longer look ahead. */
const MOST_GAP = 4;

/** Free speed on a flight in the wished direction, m/s; the person's factor on the time gap is set to that of the flight. */
function speedOnFlight(crowd: Crowd, bank: Bank, grid: SheetGrid, i: number, id: number): number {
  const { world, people } = crowd;
  const share = speedShare(crowd, id);
  const level = share * people.speed[id]!;
  const rising = bank.ex[i]! * grid.upX + bank.ey[i]! * grid.upY > 0;
  if (grid.kind === "ramp") return level * (rising ? RAMP_UP : 1);
  const own = share * (rising ? people.stairsUp[id]! : people.stairsDown[id]!) * grid.pitch;
  const gap = people.gapFactor[id]!;
  const { belt } = grid;
  if (belt && people.standing[id]! < belt.standingShare) {
    bank.gapFactor[i] = BELT_GAP * gap;
    return belt.speed;
  }
  if (world.stairs === "weidmann") bank.gapFactor[i] = gap * (rising ? WEIDMANN_GAP.up : WEIDMANN_GAP.down);
  else if (world.stairs === "sfpe") bank.gapFactor[i] = gap * Math.min(MOST_GAP, level / own);
  return belt ? belt.speed + own : own;
}

/**
 * Node that stands for a person's place: that of their cell, unless its centre is no floor or lies behind a wall; then the nearest
 * node around with a free line to it. -1 where there is none.
 */
export function locate(crowd: Crowd, i: number): number {
  const { world, agents } = crowd;
  const bank = agents.now;
  const sheet = bank.sheet[i]!;
  const grid = world.sheets[sheet]!;
  const x = bank.x[i]!;
  const y = bank.y[i]!;
  const ix = Math.floor((x - grid.x0) / world.cell);
  const iy = Math.floor((y - grid.y0) / world.cell);
  const inside = ix >= 0 && iy >= 0 && ix < grid.nx && iy < grid.ny;
  const n = inside ? world.raster[grid.first + iy * grid.nx + ix]! : -1;
  if (n >= 0 && (world.nearWall[n] === 0 || !blocked(world, world.wallLists, sheet, x, y, world.nodeX[n]!, world.nodeY[n]!)))
    return n;
  let best = Infinity;
  let found = -1;
  for (let ky = iy - 1; ky <= iy + 1; ky++)
    for (let kx = ix - 1; kx <= ix + 1; kx++) {
      if (kx < 0 || ky < 0 || kx >= grid.nx || ky >= grid.ny) continue;
      const m = world.raster[grid.first + ky * grid.nx + kx]!;
      if (m < 0 || m === n) continue;
      const dx = world.nodeX[m]! - x;
      const dy = world.nodeY[m]! - y;
      const d2 = dx * dx + dy * dy;
      if (d2 < best && !blocked(world, world.wallLists, sheet, x, y, world.nodeX[m]!, world.nodeY[m]!)) {
        best = d2;
        found = m;
      }
    }
  return found;
}

/** Time to walk to a destination from where the person stands, s at their own speed; Infinity where there is no way. */
export function walkingTime(crowd: Crowd, i: number, id: number, destination: number): number {
  const node = locate(crowd, i);
  if (node < 0) return Infinity;
  return fieldFor(crowd, id, fieldOf(crowd.world, crowd.people, id, destination))!.time[node]! / crowd.people.speed[id]!;
}

/** Step of a line of sight, as a share of a cell: no wall is stepped over. */
const SIGHT_STEP = 0.45;

/** Whether a straight way over the floor leads from a person to (x, y) on the same sheet, tested cell by cell with open gates passable. */
export function inSight(crowd: Crowd, i: number, x: number, y: number): boolean {
  const { world, agents, graph } = crowd;
  const bank = agents.now;
  const sheet = bank.sheet[i]!;
  const dx = x - bank.x[i]!;
  const dy = y - bank.y[i]!;
  const steps = Math.ceil(Math.sqrt(dx * dx + dy * dy) / (SIGHT_STEP * world.cell));
  let before = locate(crowd, i);
  if (before < 0) return false;
  for (let k = 1; k <= steps; k++) {
    const n = nodeAt(world, sheet, bank.x[i]! + (k / steps) * dx, bank.y[i]! + (k / steps) * dy);
    if (n === before) continue;
    if (n < 0 || !joined(graph.neighbours, before, n)) return false;
    before = n;
  }
  return true;
}

/** Whether two nodes are neighbours, directly or round one corner of their cells. */
function joined(neighbours: Int32Array, from: number, to: number): boolean {
  for (let a = 4 * from; a < 4 * from + 4; a++) {
    const m = neighbours[a]!;
    if (m === to) return true;
    if (m < 0) continue;
    for (let b = 4 * m; b < 4 * m + 4; b++) if (neighbours[b] === to) return true;
  }
  return false;
}
