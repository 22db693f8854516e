/** Where everybody wants to go now: wished direction and speed, and the time still to walk. */
import { blocked } from "../world/areas.js";
import type { World } from "../world/world.js";
import { RESTING, TO_SPOT, WALKING } from "./agents.js";
import { fieldOf } from "./people.js";
import type { Crowd } from "./state.js";

/** Speed on a ramp up as a share of the level speed; unverified (handbooks give 10 to 20 % less up to 1:12). */
const RAMP_UP = 0.85;

/** Fills ex, ey, wish and phi of slots [from, to) from the travel-time fields and spots. */
export function setDirections(crowd: Crowd, from: number, to: number, dt: number): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  for (let i = from; i < to; i++) {
    const mode = bank.mode[i]!;
    if (mode === WALKING) {
      follow(crowd, i);
    } else if (mode === TO_SPOT) {
      const id = bank.id[i]!;
      const dx = people.spotX[id]! - bank.x[i]!;
      const dy = people.spotY[id]! - bank.y[i]!;
      const d = Math.sqrt(dx * dx + dy * dy);
      bank.ex[i] = d > 0 ? dx / d : 0;
      bank.ey[i] = d > 0 ? dy / d : 0;
      bank.wish[i] = Math.min(people.speed[id]!, d / dt);
      bank.phi[i] = d;
    } else {
      bank.wish[i] = 0;
      if (mode === RESTING) {
        bank.ex[i] = 0;
        bank.ey[i] = 0;
      }
    }
  }
}

/** Interpolates the field's direction between the four nearest nodes that no wall or shut gate cuts off. */
function follow(crowd: Crowd, i: number): void {
  const { world, agents, people, graph } = crowd;
  const bank = agents.now;
  const field = crowd.fields[bank.field[i]!];
  const n = field ? locate(crowd, i) : -1;
  if (!field || n < 0 || field.time[n] === Infinity) {
    bank.wish[i] = 0;
    bank.phi[i] = Infinity;
    return;
  }
  const { cell } = world;
  const fx = (bank.x[i]! - world.nodeX[n]!) / cell;
  const fy = (bank.y[i]! - world.nodeY[n]!) / cell;
  const wx = fx < 0 ? (fx < -1 ? 1 : -fx) : fx > 1 ? 1 : fx;
  const wy = fy < 0 ? (fy < -1 ? 1 : -fy) : fy > 1 ? 1 : fy;
  const sideX = fx > 0 ? 0 : 2;
  const sideY = fy > 0 ? 1 : 3;
  const { neighbours } = graph;
  const a = neighbours[4 * n + sideX]!;
  const b = neighbours[4 * n + sideY]!;
  const c = a >= 0 ? neighbours[4 * a + sideY]! : b >= 0 ? neighbours[4 * b + sideX]! : -1;
  const g = field.direction;
  let gx = (1 - wx) * (1 - wy) * g[2 * n]!;
  let gy = (1 - wx) * (1 - wy) * g[2 * n + 1]!;
  if (a >= 0) {
    gx += wx * (1 - wy) * g[2 * a]!;
    gy += wx * (1 - wy) * g[2 * a + 1]!;
  }
  if (b >= 0) {
    gx += (1 - wx) * wy * g[2 * b]!;
    gy += (1 - wx) * wy * g[2 * b + 1]!;
  }
  if (c >= 0) {
    gx += wx * wy * g[2 * c]!;
    gy += wx * wy * g[2 * c + 1]!;
  }
  const length = Math.sqrt(gx * gx + gy * gy);
  const ok = length > 1e-6;
  bank.ex[i] = ok ? gx / length : 0;
  bank.ey[i] = ok ? gy / length : 0;
  bank.phi[i] = field.time[n]! - (g[2 * n]! * fx + g[2 * n + 1]! * fy) * cell;
  const id = bank.id[i]!;
  bank.wish[i] = ok ? people.speed[id]! * slopeShare(world, crowd, i, id) : 0;
}

function slopeShare(world: World, crowd: Crowd, i: number, id: number): number {
  const bank = crowd.agents.now;
  const grid = world.sheets[bank.sheet[i]!]!;
  if (grid.kind === "floor") return 1;
  const rising = bank.ex[i]! * grid.upX + bank.ey[i]! * grid.upY > 0;
  if (grid.kind === "ramp") return rising ? RAMP_UP : 1;
  const { population } = world.groups[crowd.people.group[id]!]!;
  return rising ? population.stairs_up : population.stairs_down;
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
  if (n >= 0 && (world.nearWall[n] === 0 || !blocked(world, world.wallLists, sheet, x, y, world.nodeX[n]!, world.nodeY[n]!))) return n;
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
  return crowd.fields[fieldOf(crowd.world, crowd.people, id, destination)]!.time[node]! / crowd.people.speed[id]!;
}
