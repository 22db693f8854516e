/**
 * Voronoi cells of the people of one frame, clipped to the floor. A cell is convex before it meets walls; so it is cut by the
 * half planes towards its Delaunay neighbours, by the cut-off polygon, and then by the convex pieces of the floor. Of a cell that a
 * wall splits, the part in which the person stands is kept: pieces joined over seams inside the cell.
 */
import Delaunator from "delaunator";
import {
  convexArea,
  cutConvex,
  cutHalfPlane,
  distance2ToConvex,
  MOST_CORNERS,
  roomForCorners,
  spanInside,
} from "../../geometry/convex.js";
import { type ConvexPieces, convexPieces } from "../../geometry/convex-pieces.js";
import { type Box, joinBoxes, type Polygon } from "../../geometry/polygon.js";
import { distance } from "../../geometry/segment.js";
import { cosSin } from "../../maths.js";

/** A circle as a polygon with 4 × quadSegments corners on it, the first to the east: shapely's `buffer` and PedPy's `Cutoff`. */
export interface CutOff {
  /** m */
  readonly radius: number;
  readonly quadSegments: number;
}

/** Whoever stands farther from the floor than this has no cell: their place is no floor of it (ours). m */
export const MOST_OUTSIDE = 0.5;

export interface Floor {
  readonly polygons: readonly Polygon[];
  readonly pieces: ConvexPieces;
  readonly box: Box;
}

export function measuredFloor(polygons: readonly Polygon[]): Floor {
  const pieces = convexPieces(polygons);
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

/** The parts of one cell, valid until the next one is made. */
export interface Cell {
  /** Index of the person among those of the frame. */
  person: number;
  /** m2; a cell that k people at one place share counts 1/k of it for each. */
  area: number;
  /** People at the very same place, 1 as a rule. */
  sharing: number;
  parts: number;
  /** Flat corners of each part (convex.ts), with their numbers. */
  readonly rings: Float64Array[];
  readonly corners: Int32Array;
}

export interface CellMaker {
  /**
   * Calls `visit` for each person of a frame whose cell comes near one of the boxes.
   * @param xy positions, 2 per person, m
   * @returns people without a cell (farther than MOST_OUTSIDE from the floor)
   */
  frame(xy: Float64Array, near: readonly Box[], visit: (cell: Cell) => void): number;
}

export function createCells(floor: Floor, cutOff: CutOff | null): CellMaker {
  const { pieces, seams } = floor.pieces;
  const disc = cutOff ? discOf(cutOff) : null;
  const [ax, ay, bx, by] = floor.box;
  // A little more than the floor: people just outside have a cell that reaches it.
  const start = Float64Array.of(ax - 1, ay - 1, bx + 1, ay - 1, bx + 1, by + 1, ax - 1, by + 1);
  const room: [Float64Array, Float64Array] = [roomForCorners(), roomForCorners()];
  const spare = roomForCorners();
  const span = new Float64Array(2);
  const part = pieces.map(() => roomForCorners());
  const partCorners = new Int32Array(pieces.length);
  const partArea = new Float64Array(pieces.length);
  const reached = new Uint8Array(pieces.length);
  const touched = new Int32Array(pieces.length);
  const seamsOf = pieces.map((_, k) => seams.flatMap((seam, s) => (seam.pieces.includes(k) ? [s] : [])));
  const cell: Cell = { person: 0, area: 0, sharing: 1, parts: 0, rings: [], corners: new Int32Array(Math.max(1, pieces.length)) };

  /** Convex cell around person i before walls; corners, in room[which]. */
  let which = 0;
  const convexCell = (xy: Float64Array, i: number, graph: Neighbours): number => {
    let source: Float64Array = start;
    let corners = 4;
    which = 0;
    const cut = (nx: number, ny: number, limit: number): boolean => {
      if (corners > MOST_CORNERS - 2) return false;
      const count = cutHalfPlane(source, corners, nx, ny, limit, room[which]!);
      if (count === -1) return true;
      corners = count;
      source = room[which]!;
      which = 1 - which;
      return count >= 3;
    };
    const x = xy[2 * i]!;
    const y = xy[2 * i + 1]!;
    for (let e = graph.start[i]!; e < graph.start[i + 1]!; e++) {
      const j = graph.list[e]!;
      const dx = xy[2 * j]! - x;
      const dy = xy[2 * j + 1]! - y;
      if (!cut(dx, dy, dx * (x + dx / 2) + dy * (y + dy / 2))) return 0;
    }
    if (disc && reaches(source, corners, x, y, disc.inner))
      for (const [nx, ny] of disc.normals) if (!cut(nx, ny, nx * x + ny * y + disc.inner)) return 0;
    if (source === start) {
      room[0].set(start);
      which = 1;
    }
    which = 1 - which;
    return corners;
  };

  /** Cuts the convex cell by the floor and keeps the part of (x, y); false where nobody can stand there. */
  const meetFloor = (ring: Float64Array, corners: number, x: number, y: number): boolean => {
    let found = 0;
    const box = boxOfRing(ring, corners);
    for (let k = 0; k < pieces.length; k++) {
      partCorners[k] = 0;
      reached[k] = 0;
      const piece = pieces[k]!;
      if (piece.box[0] >= box[2] || piece.box[2] <= box[0] || piece.box[1] >= box[3] || piece.box[3] <= box[1]) continue;
      const count = cutConvex(ring, corners, piece.ring, piece.corners, part[k]!, spare);
      if (count < 3) continue;
      partArea[k] = convexArea(part[k]!, count);
      if (partArea[k]! <= LEAST_PART) continue;
      partCorners[k] = count;
      touched[found++] = k;
    }
    let first = -1;
    let least = MOST_OUTSIDE * MOST_OUTSIDE;
    for (let f = 0; f < found; f++) {
      const away = distance2ToConvex(part[touched[f]!]!, partCorners[touched[f]!]!, x, y);
      if (away < least || (away === least && first < 0)) {
        least = away;
        first = touched[f]!;
      }
    }
    if (first < 0) return false;
    cell.parts = 0;
    cell.area = 0;
    const queue = [first];
    reached[first] = 1;
    for (let k = queue.pop(); k !== undefined; k = queue.pop()) {
      cell.rings[cell.parts] = part[k]!;
      cell.corners[cell.parts++] = partCorners[k]!;
      cell.area += partArea[k]!;
      if (cell.parts === found) break;
      for (const s of seamsOf[k]!) {
        const { pieces: sides, from, to } = seams[s]!;
        const other = sides[0] === k ? sides[1] : sides[0];
        if (partCorners[other] === 0 || reached[other] === 1) continue;
        if (!spanInside(ring, corners, from[0], from[1], to[0], to[1], span)) continue;
        if ((span[1]! - span[0]!) * distance(from, to) <= LEAST_SEAM) continue;
        reached[other] = 1;
        queue.push(other);
      }
    }
    return true;
  };

  return {
    frame(xy, near, visit) {
      const count = xy.length / 2;
      const graph = neighboursOf(xy);
      let without = 0;
      for (let i = 0; i < count; i++) {
        const corners = convexCell(xy, i, graph);
        if (corners < 3) continue;
        const ring = room[which]!;
        const box = boxOfRing(ring, corners);
        if (!near.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
        if (!meetFloor(ring, corners, xy[2 * i]!, xy[2 * i + 1]!)) {
          without++;
          continue;
        }
        cell.person = i;
        cell.sharing = graph.sharing[i]!;
        visit(cell);
      }
      return without;
    },
  };
}

/** Parts below this come from rounding, m2. */
const LEAST_PART = 1e-12;
/** A seam is passable above this length, m. */
const LEAST_SEAM = 1e-9;

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

function boxOfRing(ring: Float64Array, corners: number): Box {
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < corners; k++) {
    const x = ring[2 * k]!;
    const y = ring[2 * k + 1]!;
    if (x < ax) ax = x;
    if (x > bx) bx = x;
    if (y < ay) ay = y;
    if (y > by) by = y;
  }
  return [ax, ay, bx, by];
}

interface Neighbours {
  /** Neighbours of i: list[start[i]] … list[start[i + 1] - 1]. */
  readonly start: Int32Array;
  readonly list: Int32Array;
  readonly sharing: Int32Array;
}

/** Delaunay neighbours; people at one place have the same neighbours and share their cell. */
function neighboursOf(xy: Float64Array): Neighbours {
  const count = xy.length / 2;
  const { triangles, halfedges, hull } = new Delaunator(xy);
  const pairs: number[] = [];
  for (let e = 0; e < triangles.length; e++)
    if (e > halfedges[e]!) pairs.push(triangles[e]!, triangles[e % 3 === 2 ? e - 2 : e + 1]!);
  // People in one line have no triangles; the hull then lists them along it.
  if (triangles.length === 0) for (let k = 1; k < hull.length; k++) pairs.push(hull[k - 1]!, hull[k]!);
  const degree = new Int32Array(count);
  for (const i of pairs) degree[i]!++;
  const twin = twinsOf(xy, degree);
  const sharing = new Int32Array(count);
  for (let i = 0; i < count; i++) sharing[twin[i]!]!++;
  for (let i = 0; i < count; i++) sharing[i] = sharing[twin[i]!]!;
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) start[i + 1] = start[i]! + degree[twin[i]!]!;
  const list = new Int32Array(start[count]!);
  const next = start.slice(0, count);
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k]!, pairs[k + 1]!];
    list[next[a]!++] = b;
    list[next[b]!++] = a;
  }
  for (let i = 0; i < count; i++) if (twin[i] !== i) list.set(list.subarray(start[twin[i]!]!, start[twin[i]! + 1]!), start[i]!);
  return { start, list, sharing };
}

/** Who has been left out of the triangles, for standing where another one stands: that one; everybody else: themselves. */
function twinsOf(xy: Float64Array, degree: Int32Array): Int32Array {
  const twin = Int32Array.from(degree, (_, i) => i);
  if (degree.length < 2) return twin;
  for (let i = 0; i < degree.length; i++) {
    if (degree[i] !== 0) continue;
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < degree.length; j++) {
      if (j === i || (degree[j] === 0 && j > i)) continue;
      const away = (xy[2 * j]! - xy[2 * i]!) ** 2 + (xy[2 * j + 1]! - xy[2 * i + 1]!) ** 2;
      if (away < least) {
        least = away;
        nearest = twin[j]!;
      }
    }
    if (nearest >= 0) twin[i] = nearest;
  }
  return twin;
}
