/**
 * Hard limits of one step: nobody's core enters another core, nobody crosses a wall.
 * Each limit is a half plane v . n <= most. Two people who approach each other may each take half of their gap, so a synchronous step is
 * safe; a wall does not move, so all of its gap may be used. v = 0 obeys every limit, so there is always a way to obey all.
 */

import type { WallLists } from "../world/world.js";
import { type GateState, isBarrier } from "./gates.js";

const MOST = 96;
/** Slower than this is standing, m/s: the last bit of a Float32 position, added step by step, would press cores into each other. */
const CREEP = 1e-3;

export interface Near {
  /** Limits: unit vector towards the obstacle and the largest speed along it, m/s. */
  count: number;
  readonly nx: Float64Array;
  readonly ny: Float64Array;
  readonly most: Float64Array;
  /** Walls close enough to slow down for: unit vector to the nearest point, free distance, m. */
  walls: number;
  readonly wx: Float64Array;
  readonly wy: Float64Array;
  readonly wgap: Float64Array;
  /** Distance to the nearest wall of the bin, m. */
  nearestWall: number;
  /** Sum of unit vectors away from people whom one lets go first by a step back. */
  backX: number;
  backY: number;
  /** Result of limitContact, m/s. */
  vx: number;
  vy: number;
}

export function createNear(): Near {
  const column = (): Float64Array => new Float64Array(MOST);
  return {
    count: 0,
    nx: column(),
    ny: column(),
    most: column(),
    walls: 0,
    wx: column(),
    wy: column(),
    wgap: column(),
    nearestWall: Infinity,
    backX: 0,
    backY: 0,
    vx: 0,
    vy: 0,
  };
}

/** One more limit; beyond MOST limits the person stands still, which is always safe. */
export function addLimit(near: Near, nx: number, ny: number, most: number): void {
  if (near.count === MOST) {
    near.most.fill(0);
    return;
  }
  near.nx[near.count] = nx;
  near.ny[near.count] = ny;
  near.most[near.count] = most > 0 ? most : 0;
  near.count++;
}

/**
 * Notes the walls and shut gates around a person.
 * @param body distance kept, m; who starts closer may stay but not come closer still
 * @param reach walls beyond it do not matter, m
 * @param fastest largest speed of the person, m/s: a wall that they cannot reach in two steps is no limit
 */
export function addNearWalls(
  near: Near,
  lists: WallLists,
  gates: GateState,
  bin: number,
  x: number,
  y: number,
  field: number,
  radius: number,
  body: number,
  reach: number,
  fastest: number,
  dt: number,
): void {
  const { walls, start, list } = lists;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const entry = list[k]!;
    const line = entry >= 0 ? walls : gates.line;
    const w = entry >= 0 ? 4 * entry : 4 * (-1 - entry);
    if (entry < 0 && !isBarrier(gates, -1 - entry, field, 2 * radius, x, y)) continue;
    const ax = line[w]!;
    const ay = line[w + 1]!;
    const dx = line[w + 2]! - ax;
    const dy = line[w + 3]! - ay;
    const length2 = dx * dx + dy * dy;
    let t = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const px = ax + t * dx - x;
    const py = ay + t * dy - y;
    const d = Math.sqrt(px * px + py * py);
    if (d < near.nearestWall) near.nearestWall = d;
    if (d > reach || d === 0) continue;
    const gap = d > body ? d - body : 0;
    if (gap < 2 * fastest * dt) addLimit(near, px / d, py / d, gap / dt);
    if (near.walls < MOST) {
      near.wx[near.walls] = px / d;
      near.wy[near.walls] = py / d;
      near.wgap[near.walls] = gap;
      near.walls++;
    }
  }
}

/**
 * The velocity nearest to (vx, vy) that obeys every limit, exactly: half planes are taken one by one, and whenever the present answer
 * breaks one, the new answer lies on its border (incremental convex programming in the plane, Seidel 1991, DCG 6:423).
 * v = 0 obeys all limits, so an answer always exists.
 */
export function limitContact(near: Near, wx: number, wy: number): void {
  const { nx, ny, most, count } = near;
  let vx = wx;
  let vy = wy;
  for (let k = 0; k < count; k++) {
    if (vx * nx[k]! + vy * ny[k]! <= most[k]!) continue;
    // Border of limit k: most n + t (-ny, nx). Earlier limits leave an interval of t.
    const px = most[k]! * nx[k]!;
    const py = most[k]! * ny[k]!;
    const dx = -ny[k]!;
    const dy = nx[k]!;
    let low = -Infinity;
    let high = Infinity;
    for (let j = 0; j < k; j++) {
      const along = dx * nx[j]! + dy * ny[j]!;
      const room = most[j]! - (px * nx[j]! + py * ny[j]!);
      if (along > 1e-12) {
        if (room / along < high) high = room / along;
      } else if (along < -1e-12) {
        if (room / along > low) low = room / along;
      } else if (room < -1e-9) {
        high = -Infinity;
      }
    }
    if (low > high + 1e-9) {
      near.vx = 0;
      near.vy = 0;
      return;
    }
    let t = (wx - px) * dx + (wy - py) * dy;
    t = t > high ? high : t;
    t = t < low ? low : t;
    vx = px + t * dx;
    vy = py + t * dy;
  }
  const creeps = vx * vx + vy * vy < CREEP * CREEP;
  near.vx = creeps ? 0 : vx;
  near.vy = creeps ? 0 : vy;
}
