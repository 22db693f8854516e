/** The convex Voronoi cell of one person before it meets walls. */
import { cutHalfPlane, MOST_CORNERS, roomForCorners } from "../../geometry/convex.js";
import type { Box } from "../../geometry/polygon.js";
import { cosSin } from "../../maths.js";
import type { Neighbours } from "./neighbours.js";

/** A circle as a polygon with 4 × quadSegments corners on it, the first to the east: shapely's `buffer` and PedPy's `Cutoff`. */
export interface CutOff {
  /** m */
  readonly radius: number;
  readonly quadSegments: number;
}

export interface ConvexCell {
  /** Flat corners (convex.ts), valid until the next cell. */
  ring: Float64Array;
  corners: number;
}

/**
 * Makes cells inside a box: half planes towards the neighbours, then the cut-off.
 * @returns a function of positions (2 per person), person and neighbours; its result has fewer than 3 corners where nothing is left
 */
export function convexCells([ax, ay, bx, by]: Box, cutOff: CutOff | null) {
  const disc = cutOff ? discOf(cutOff) : null;
  const start = Float64Array.of(ax, ay, bx, ay, bx, by, ax, by);
  const room: readonly [Float64Array, Float64Array] = [roomForCorners(), roomForCorners()];
  const cell: ConvexCell = { ring: start, corners: 4 };
  const cut = (nx: number, ny: number, limit: number): void => {
    if (cell.corners < 3 || cell.corners > MOST_CORNERS - 2) return;
    const into = cell.ring === room[0] ? room[1] : room[0];
    const count = cutHalfPlane(cell.ring, cell.corners, nx, ny, limit, into);
    if (count === -1) return;
    cell.corners = count;
    cell.ring = into;
  };
  return (xy: Float64Array, i: number, { start: first, list }: Neighbours): ConvexCell => {
    cell.ring = start;
    cell.corners = 4;
    const x = xy[2 * i]!;
    const y = xy[2 * i + 1]!;
    for (let e = first[i]!; e < first[i + 1]!; e++) {
      const dx = xy[2 * list[e]!]! - x;
      const dy = xy[2 * list[e]! + 1]! - y;
      cut(dx, dy, dx * (x + dx / 2) + dy * (y + dy / 2));
    }
    if (disc && reaches(cell.ring, cell.corners, x, y, disc.inner))
      for (const [nx, ny] of disc.normals) cut(nx, ny, nx * x + ny * y + disc.inner);
    return cell;
  };
}

interface Disc {
  /** Distance of the sides from the centre, m. */
  readonly inner: number;
  /** Unit vectors from the centre to the sides. */
  readonly normals: readonly (readonly [number, number])[];
}

function discOf({ radius, quadSegments }: CutOff): Disc {
  const sides = 4 * quadSegments;
  const normals = Array.from({ length: sides }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * (k + 0.5)) / sides;
    return cosSin(angle);
  });
  return { inner: radius * cosSin(Math.PI / sides)[0], normals };
}

/** Whether any corner lies farther from (x, y) than `reach`. */
function reaches(ring: Float64Array, corners: number, x: number, y: number, reach: number): boolean {
  for (let k = 0; k < corners; k++) {
    const dx = ring[2 * k]! - x;
    const dy = ring[2 * k + 1]! - y;
    if (dx * dx + dy * dy > reach * reach) return true;
  }
  return false;
}
