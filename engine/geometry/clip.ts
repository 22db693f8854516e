/** Union, difference and intersection of polygons on a grid of one micrometre (clipper2-ts, exact integer arithmetic). */
import { Clipper, ClipType, FillRule, type Path64, type PolyPath64, PolyTree64 } from "clipper2-ts";
import { type Point, type Polygon, polygonArea, type Ring, ringArea, ringsOf } from "./polygon.js";

/** Grid lines per metre. Decimal coordinates up to 6 digits survive unchanged: n / 1e6 is the double nearest to the decimal. */
const GRID_PER_M = 1e6;
/** Pieces smaller than this come from rounding and are no floor, m². */
const LEAST_PIECE = 1e-6;

/** Nearest grid point, m. */
export function toGrid([x, y]: Point): Point {
  return [Math.round(x * GRID_PER_M) / GRID_PER_M, Math.round(y * GRID_PER_M) / GRID_PER_M];
}

export function union(polygons: readonly Polygon[]): Polygon[] {
  return clip(ClipType.Union, polygons, []);
}

export function difference(polygons: readonly Polygon[], taken: readonly Polygon[]): Polygon[] {
  return clip(ClipType.Difference, polygons, taken);
}

export function intersection(a: readonly Polygon[], b: readonly Polygon[]): Polygon[] {
  return clip(ClipType.Intersection, a, b);
}

/** Rings must be counterclockwise outside and clockwise in holes; overlapping polygons count once. Result ordered by its first corner. */
function clip(type: ClipType, subject: readonly Polygon[], other: readonly Polygon[]): Polygon[] {
  const tree = new PolyTree64();
  Clipper.booleanOpWithPolyTree(type, toPaths(subject), toPaths(other), tree, FillRule.Positive);
  const found: Polygon[] = [];
  collect(tree, found);
  return found.sort((a, b) => a.outer[0]![0] - b.outer[0]![0] || a.outer[0]![1] - b.outer[0]![1]);
}

function toPaths(polygons: readonly Polygon[]): Path64[] {
  return ringsOf(polygons).map((ring) =>
    ring.map(([x, y]) => ({ x: Math.round(x * GRID_PER_M), y: Math.round(y * GRID_PER_M) })),
  );
}

/** Outer rings sit on odd depths of the tree, holes on even ones. */
function collect(parent: PolyPath64, found: Polygon[]): void {
  for (let k = 0; k < parent.count; k++) {
    const outer = parent.child(k);
    const holes: Ring[] = [];
    for (let h = 0; h < outer.count; h++) {
      const hole = outer.child(h);
      holes.push(toRing(hole.poly ?? [], -1));
      collect(hole, found);
    }
    const polygon = { outer: toRing(outer.poly ?? [], 1), holes: holes.filter((ring) => ring.length > 2) };
    if (polygon.outer.length > 2 && polygonArea(polygon) >= LEAST_PIECE) found.push(polygon);
  }
}

/** Starts each ring at its lowest leftmost corner, so that equal floors give equal bytes. */
function toRing(path: Path64, turn: 1 | -1): Ring {
  const points: Point[] = path.map(({ x, y }) => [x / GRID_PER_M, y / GRID_PER_M]);
  if (Math.sign(ringArea(points)) === -turn) points.reverse();
  let first = 0;
  points.forEach((p, k) => {
    const q = points[first]!;
    if (p[0] < q[0] || (p[0] === q[0] && p[1] < q[1])) first = k;
  });
  return [...points.slice(first), ...points.slice(0, first)];
}
