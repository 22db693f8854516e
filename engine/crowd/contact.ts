/**
 * Hard limits of one step: nobody's core enters another core, nobody crosses a wall.
 * Each limit is a half plane v . n <= most. Two people who approach each other may each take half of their gap, so a synchronous step is
 * safe; a wall does not move, so all of its gap may be used. v = 0 obeys every limit, hence a last scaling always finds a way to obey all.
 */
import { isBarrier, type GateState } from "./gates.js";
import type { WallLists } from "../world/world.js";

const MOST = 96;

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
 */
export function addNearWalls(
  near: Near,
  lists: WallLists,
  gates: GateState,
  person: { bin: number; x: number; y: number; field: number; radius: number; body: number; reach: number; dt: number },
): void {
  const { bin, x, y, body, reach, dt } = person;
  const { walls, start, list } = lists;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const entry = list[k]!;
    const line = entry >= 0 ? walls : gates.line;
    const w = entry >= 0 ? 4 * entry : 4 * (-1 - entry);
    if (entry < 0 && !isBarrier(gates, -1 - entry, person.field, 2 * person.radius, x, y)) continue;
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
    addLimit(near, px / d, py / d, gap / dt);
    if (near.walls < MOST) {
      near.wx[near.walls] = px / d;
      near.wy[near.walls] = py / d;
      near.wgap[near.walls] = gap;
      near.walls++;
    }
  }
}

/** The velocity nearest to (vx, vy), found by sliding, that obeys every limit. */
export function limitContact(near: Near, vx: number, vy: number): void {
  const { nx, ny, most, count } = near;
  for (let pass = 0; pass < 3; pass++) {
    let hit = false;
    for (let k = 0; k < count; k++) {
      const over = vx * nx[k]! + vy * ny[k]! - most[k]!;
      if (over > 0) {
        vx -= over * nx[k]!;
        vy -= over * ny[k]!;
        hit = true;
      }
    }
    if (!hit) break;
  }
  let share = 1;
  for (let k = 0; k < count; k++) {
    const along = vx * nx[k]! + vy * ny[k]!;
    if (along > most[k]! && along > 0) {
      const s = most[k]! / along;
      if (s < share) share = s;
    }
  }
  near.vx = vx * share;
  near.vy = vy * share;
}
