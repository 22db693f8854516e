/** The walkable floor of a measurement, cut into convex pieces once. */
import { distance2ToConvex } from "../../geometry/convex.js";
import { type ConvexPieces, convexPieces } from "../../geometry/convex-pieces.js";
import { type Box, joinBoxes, type Polygon, type Segment } from "../../geometry/polygon.js";

/** Whoever stands farther from the floor than this has no cell and takes no floor (ours), m */
export const MOST_OUTSIDE = 0.5;

export interface Floor {
  readonly polygons: readonly Polygon[];
  readonly pieces: ConvexPieces;
  readonly box: Box;
}

/** @param passages doors between polygons that lie against each other: cells reach through them */
export function measuredFloor(polygons: readonly Polygon[], passages: readonly Segment[] = []): Floor {
  const pieces = convexPieces(polygons, passages);
  return { polygons, pieces, box: joinBoxes(pieces.pieces.map(({ box }) => box)) };
}

/** Square of the distance to the floor, m2. */
export function distance2ToFloor({ pieces }: Floor, x: number, y: number): number {
  let least = Infinity;
  for (const { ring, corners, box } of pieces.pieces) {
    const dx = Math.max(box[0] - x, 0, x - box[2]);
    const dy = Math.max(box[1] - y, 0, y - box[3]);
    if (dx * dx + dy * dy >= least) continue;
    least = Math.min(least, distance2ToConvex(ring, corners, x, y));
    if (least === 0) return 0;
  }
  return least;
}
