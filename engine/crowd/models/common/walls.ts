/** Walls and shut gates around one person of a classic model: nearest points, lines of sight, and the limit that nobody walks through one. */
import { crosses, distance2 } from "../../../geometry/plane.js";
import { binsNear } from "../../../world/walls.js";
import type { WallLists, World } from "../../../world/world.js";
import type { Bank } from "../../agents.js";
import { addLimit, limitContact, type Near } from "../../contact.js";
import { type GateState, isBarrier } from "../../gates.js";

/** Nobody's middle is led closer to a wall than this by the limit, m. */
const MARGIN = 0.01;

/** One entry for each wall of the lists for the person's bin (1.2 m away at least in those of the world), and each gate that stops them. */
export interface Walls {
  count: number;
  /** 4 per wall [ax, ay, bx, by], m. */
  line: Float64Array;
  /** Unit vector from the person to the nearest point, and its distance, m. */
  nx: Float64Array;
  ny: Float64Array;
  distance: Float64Array;
  /** Unit vector along the wall. */
  dx: Float64Array;
  dy: Float64Array;
  /** The nearest of all, the first of two that are equally near; -1 where there is none. */
  nearestWall: number;
  /** Distance to the nearest of all, m; Infinity where there is none. */
  nearest: number;
}

export function createWalls(): Walls {
  return {
    count: 0,
    line: new Float64Array(256),
    nx: new Float64Array(64),
    ny: new Float64Array(64),
    distance: new Float64Array(64),
    dx: new Float64Array(64),
    dy: new Float64Array(64),
    nearestWall: -1,
    nearest: Infinity,
  };
}

/** Notes the walls around slot i. */
export function lookAtWalls(lists: WallLists, bank: Bank, gates: GateState, i: number, walls: Walls): void {
  walls.count = 0;
  walls.nearest = Infinity;
  walls.nearestWall = -1;
  const { start, list, walls: fixed } = lists;
  const bin = bank.bin[i]!;
  const first = start[bin]!;
  const end = start[bin + 1]!;
  if (first === end) return;
  if (end - first > walls.distance.length) grow(walls, 2 * (end - first));
  const { line, nx, ny, distance } = walls;
  const x = bank.x[i]!;
  const y = bank.y[i]!;
  for (let k = first; k < end; k++) {
    const entry = list[k]!;
    const from = entry >= 0 ? fixed : gates.line;
    const w = entry >= 0 ? 4 * entry : 4 * (-1 - entry);
    if (entry < 0 && !isBarrier(gates, -1 - entry, bank.field[i]!, 2 * bank.radius[i]!, x, y)) continue;
    const n = walls.count++;
    const ax = from[w]!;
    const ay = from[w + 1]!;
    const dx = from[w + 2]! - ax;
    const dy = from[w + 3]! - ay;
    line[4 * n] = ax;
    line[4 * n + 1] = ay;
    line[4 * n + 2] = ax + dx;
    line[4 * n + 3] = ay + dy;
    const length2 = dx * dx + dy * dy;
    let t = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const px = ax + t * dx - x;
    const py = ay + t * dy - y;
    const d = Math.sqrt(px * px + py * py);
    nx[n] = d > 0 ? px / d : 0;
    ny[n] = d > 0 ? py / d : 0;
    distance[n] = d;
    const length = Math.sqrt(length2);
    walls.dx[n] = length > 0 ? dx / length : 0;
    walls.dy[n] = length > 0 ? dy / length : 0;
    if (d >= walls.nearest) continue;
    walls.nearest = d;
    walls.nearestWall = n;
  }
}

function grow(walls: Walls, size: number): void {
  walls.line = new Float64Array(4 * size);
  walls.nx = new Float64Array(size);
  walls.ny = new Float64Array(size);
  walls.distance = new Float64Array(size);
  walls.dx = new Float64Array(size);
  walls.dy = new Float64Array(size);
}

/** Whether a noted wall stands between (x, y) and (px, py). */
export function hiddenBehind({ count, line }: Walls, x: number, y: number, px: number, py: number): boolean {
  for (let w = 0; w < 4 * count; w += 4)
    if (crosses(x, y, px, py, line[w]!, line[w + 1]!, line[w + 2]!, line[w + 3]!)) return true;
  return false;
}

/**
 * Keeps a step from (x, y) with velocity (vx, vy) from going through a wall: where it would cross one, or end within 1 cm of one and closer than
 * before, `near` gets the nearest velocity that does not, and the answer is true. None of the authors' models has this; none of them keeps people on their side of a wall for certain.
 */
export function limitAtWalls(walls: Walls, x: number, y: number, vx: number, vy: number, dt: number, near: Near): boolean {
  const way = Math.sqrt(vx * vx + vy * vy) * dt + MARGIN;
  if (walls.nearest > way) return false;
  const { count, line, nx, ny, distance } = walls;
  const qx = Math.fround(x + vx * dt);
  const qy = Math.fround(y + vy * dt);
  let bad = false;
  for (let n = 0; n < count && !bad; n++) {
    const d = distance[n]!;
    if (d > way) continue;
    const w = 4 * n;
    const [ax, ay, bx, by] = [line[w]!, line[w + 1]!, line[w + 2]!, line[w + 3]!];
    const end2 = distance2(qx, qy, ax, ay, bx, by);
    bad = crosses(x, y, qx, qy, ax, ay, bx, by) || (end2 < MARGIN * MARGIN && end2 < d * d);
  }
  if (!bad) return false;
  near.count = 0;
  for (let n = 0; n < count; n++) if (distance[n]! <= way) addLimit(near, nx[n]!, ny[n]!, (distance[n]! - MARGIN) / dt);
  limitContact(near, vx, vy);
  return true;
}

/** Walls and gates by bin as in the world, but up to `reach` m away. */
export function listWalls(world: World, reach: number): WallLists {
  const { start, list, walls } = world.wallLists;
  const perBin: number[][] = Array.from({ length: world.binCount }, () => []);
  for (const grid of world.sheets) {
    const end = grid.firstBin + grid.bnx * grid.bny;
    const entries = new Set(list.subarray(start[grid.firstBin]!, start[end]!));
    for (const entry of [...entries].sort((a, b) => a - b)) {
      const [[ax, ay], [bx, by]] =
        entry >= 0
          ? [
              [walls[4 * entry]!, walls[4 * entry + 1]!],
              [walls[4 * entry + 2]!, walls[4 * entry + 3]!],
            ]
          : world.gates[-1 - entry]!.line;
      for (const bin of binsNear(grid, ax!, ay!, bx!, by!, reach)) perBin[bin]!.push(entry);
    }
  }
  const starts = new Int32Array(world.binCount + 1);
  perBin.forEach((entries, bin) => {
    starts[bin + 1] = starts[bin]! + entries.length;
  });
  return { walls, start: starts, list: Int32Array.from(perBin.flat()) };
}
