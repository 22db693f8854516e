/** The part of a convex cell that lies on the floor and in which the person stands. */
import { type BoxIndex, indexBoxes } from "../../geometry/box-index.js";
import { convexArea, cutConvex, distance2ToConvex, roomForCorners, spanInside } from "../../geometry/convex.js";
import type { ConvexPieces } from "../../geometry/convex-pieces.js";
import type { Box } from "../../geometry/polygon.js";
import { distance } from "../../geometry/segment.js";
import type { ConvexCell } from "./convex-cell.js";
import { MOST_OUTSIDE } from "./floor.js";

/** From so many pieces on those near a cell are looked up. */
const MANY = 40;
/** Parts below this come from rounding, m2. */
const LEAST_PART = 1e-12;
/** A seam is passable above this length, m. */
const LEAST_SEAM = 1e-9;

/** Convex parts of a cell on the floor, valid until the next one is made. */
export interface FloorParts {
  /** m2 */
  area: number;
  parts: number;
  /** Flat corners of each part (convex.ts), with their numbers. */
  readonly rings: Float64Array[];
  readonly corners: Int32Array;
}

/** What a cell has in common with each piece of the floor. */
interface Common {
  readonly ring: readonly Float64Array[];
  /** 0 where it has nothing in common. */
  readonly corners: Int32Array;
  readonly area: Float64Array;
  readonly reached: Uint8Array;
  /** Pieces with something in common: the first `count` entries. */
  readonly touched: Int32Array;
  count: number;
}

/**
 * Cuts cells by the pieces of the floor and keeps those that hang together with the person's: over seams inside the cell.
 * @returns a function of a cell, its box and the person's place; false where they stand farther than MOST_OUTSIDE from the floor
 */
export function floorParts({ pieces, seams }: ConvexPieces, out: FloorParts) {
  const spare = roomForCorners();
  const span = new Float64Array(2);
  const common: Common = {
    ring: pieces.map(() => roomForCorners()),
    corners: new Int32Array(pieces.length),
    area: new Float64Array(pieces.length),
    reached: new Uint8Array(pieces.length),
    touched: new Int32Array(pieces.length),
    count: 0,
  };
  const near = nearPieces(pieces.map(({ box }) => box));
  const seamsOf = pieces.map((_, k) => seams.filter((seam) => seam.pieces.includes(k)));

  const cutBy = (cell: ConvexCell, box: Box): void => {
    for (let f = 0; f < common.count; f++) {
      common.corners[common.touched[f]!] = 0;
      common.reached[common.touched[f]!] = 0;
    }
    common.count = 0;
    for (const k of near(box)) {
      const piece = pieces[k]!;
      if (piece.box[0] >= box[2] || piece.box[2] <= box[0] || piece.box[1] >= box[3] || piece.box[3] <= box[1]) continue;
      const corners = cutConvex(cell.ring, cell.corners, piece.ring, piece.corners, common.ring[k]!, spare);
      if (corners < 3) continue;
      common.area[k] = convexArea(common.ring[k]!, corners);
      if (common.area[k]! <= LEAST_PART) continue;
      common.corners[k] = corners;
      common.touched[common.count++] = k;
    }
  };

  /** Pieces from `first` on, over seams of which a stretch lies in the cell. */
  const gather = ({ ring, corners }: ConvexCell, first: number): void => {
    out.parts = 0;
    out.area = 0;
    const queue = [first];
    common.reached[first] = 1;
    for (let k = queue.pop(); k !== undefined; k = queue.pop()) {
      out.rings[out.parts] = common.ring[k]!;
      out.corners[out.parts++] = common.corners[k]!;
      out.area += common.area[k]!;
      if (out.parts === common.count) break;
      for (const { pieces: sides, from, to } of seamsOf[k]!) {
        const other = sides[0] === k ? sides[1] : sides[0];
        if (common.corners[other] === 0 || common.reached[other] === 1) continue;
        if (!spanInside(ring, corners, from[0], from[1], to[0], to[1], span)) continue;
        if ((span[1]! - span[0]!) * distance(from, to) <= LEAST_SEAM) continue;
        common.reached[other] = 1;
        queue.push(other);
      }
    }
  };

  return (cell: ConvexCell, box: Box, x: number, y: number): boolean => {
    cutBy(cell, box);
    const first = nearestPart(common, x, y);
    if (first < 0) return false;
    gather(cell, first);
    return true;
  };
}

/** Piece that holds (x, y), or the nearest one within MOST_OUTSIDE; -1 where there is none. */
function nearestPart({ ring, corners, touched, count }: Common, x: number, y: number): number {
  let first = -1;
  let least = MOST_OUTSIDE * MOST_OUTSIDE;
  for (let f = 0; f < count; f++) {
    const k = touched[f]!;
    const away = distance2ToConvex(ring[k]!, corners[k]!, x, y);
    if (away < least || (away === least && first < 0)) {
      least = away;
      first = k;
    }
  }
  return first;
}

/** Few pieces are all looked at; of many those that meet a box. */
function nearPieces(boxes: readonly Box[]): (box: Box) => readonly number[] {
  const all = boxes.map((_, k) => k);
  if (boxes.length <= MANY) return () => all;
  const index: BoxIndex = indexBoxes(boxes);
  return (box) => index.near(box);
}
