/** What makes a measured trajectory doubtful: people off the floor, speeds that nobody walks. Named, never mended unasked. */
import { distance2ToConvex } from "../../geometry/convex.js";
import type { ConvexPiece } from "../../geometry/convex-pieces.js";
import type { Point } from "../../geometry/polygon.js";
import { ringsOf } from "../../geometry/polygon.js";
import { between, distance, shareNearest } from "../../geometry/segment.js";
import { rowsWhere, type Trajectory } from "../../trajectory/trajectory.js";
import { strictlyInside } from "./area.js";
import { distance2ToFloor, type Floor } from "./floor.js";
import type { Speeds } from "./speed.js";

/** Positions nearer to the floor than this are on it: the floor's corners lie on a grid of 1e-6 m. */
const ON_FLOOR = 2e-6;
/** Moved people stand this far inside, m. */
const INSIDE = 1e-3;
/** Between the change from walking to running, about 2 m/s, and what a half of all positions may show (ours). m/s */
const WALKING = 2.5;
/** Faster than any runner (ours), m/s. */
const RUNNING = 12;

export interface OutsideRow {
  readonly row: number;
  readonly id: number;
  readonly frame: number;
  /** From the floor, m. */
  readonly distance: number;
  readonly nearest: Point;
}

/** Rows off the floor, in order of person and frame. */
export function rowsOutside({ rows, id, frame, x, y }: Trajectory, floor: Floor): OutsideRow[] {
  const found: OutsideRow[] = [];
  const { pieces } = floor.pieces;
  let last = 0;
  for (let row = 0; row < rows; row++) {
    // Most people are still in the piece of the row before.
    if (onPiece(pieces[last], x[row]!, y[row]!)) continue;
    last = pieces.findIndex((piece) => onPiece(piece, x[row]!, y[row]!));
    if (last >= 0) continue;
    last = 0;
    const away2 = distance2ToFloor(floor, x[row]!, y[row]!);
    if (away2 <= ON_FLOOR * ON_FLOOR) continue;
    const nearest = nearestOnFloor(floor, [x[row]!, y[row]!]);
    found.push({ row, id: id[row]!, frame: frame[row]!, distance: distance(nearest, [x[row]!, y[row]!]), nearest });
  }
  return found;
}

function onPiece(piece: ConvexPiece | undefined, x: number, y: number): boolean {
  if (!piece) return false;
  const { box, ring, corners } = piece;
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && distance2ToConvex(ring, corners, x, y) === 0;
}

function nearestOnFloor({ polygons }: Floor, p: Point): Point {
  let best: Point = p;
  let least = Infinity;
  for (const ring of ringsOf(polygons))
    ring.forEach((a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      const at = between(a, b, shareNearest(p, a, b));
      const away = distance(p, at);
      if (away < least) {
        least = away;
        best = at;
      }
    });
  return best;
}

/**
 * - "keep": positions stay as measured; they count where they stand.
 * - "exclude": the rows go.
 * - "move": to the nearest place a millimetre inside the floor.
 */
export type OutsidePolicy = "keep" | "exclude" | "move";
export const OUTSIDE_POLICIES: readonly OutsidePolicy[] = ["keep", "exclude", "move"];

export function treatOutside(
  trajectory: Trajectory,
  floor: Floor,
  outside: readonly OutsideRow[],
  policy: OutsidePolicy,
): Trajectory {
  if (policy === "keep" || outside.length === 0) return trajectory;
  if (policy === "exclude") {
    const gone = new Set(outside.map(({ row }) => row));
    return rowsWhere(trajectory, (row) => !gone.has(row));
  }
  const x = trajectory.x.slice();
  const y = trajectory.y.slice();
  for (const { row, nearest } of outside) [x[row], y[row]] = inwards(floor, nearest, [x[row]!, y[row]!]);
  return { ...trajectory, x, y };
}

/** A millimetre on from the border, in the direction of the move; in corners too sharp for that the border itself. */
function inwards(floor: Floor, at: Point, from: Point): Point {
  const rings = ringsOf(floor.polygons);
  const length = distance(from, at);
  const [ux, uy] = length > 0 ? [(at[0] - from[0]) / length, (at[1] - from[1]) / length] : [0, 0];
  const inner: Point = [at[0] + INSIDE * ux, at[1] + INSIDE * uy];
  return strictlyInside(rings, inner[0], inner[1]) ? inner : at;
}

export interface SpeedDoubts {
  /** Median of all speeds where it is more than people walk, m/s; null where it is not. */
  readonly fastMedian: number | null;
  /** Steps from row to row faster than any runner. */
  readonly jumps: readonly { readonly id: number; readonly frame: number; readonly speed: number }[];
}

/** Whether the frame rate, the unit or the tracking may be wrong. */
export function speedDoubts(trajectory: Trajectory, { speed }: Speeds): SpeedDoubts {
  const there = speed.filter((v) => !Number.isNaN(v)).sort();
  const median = there.length === 0 ? 0 : there[there.length >> 1]!;
  const jumps: { id: number; frame: number; speed: number }[] = [];
  const { rows, id, frame, x, y, frameRate } = trajectory;
  for (let row = 1; row < rows; row++) {
    if (id[row] !== id[row - 1]) continue;
    const dx = x[row]! - x[row - 1]!;
    const dy = y[row]! - y[row - 1]!;
    const fast = (Math.sqrt(dx * dx + dy * dy) * frameRate) / (frame[row]! - frame[row - 1]!);
    if (fast > RUNNING) jumps.push({ id: id[row]!, frame: frame[row]!, speed: fast });
  }
  return { fastMedian: median > WALKING ? median : null, jumps };
}
