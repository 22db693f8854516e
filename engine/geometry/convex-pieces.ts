/** Cuts floors into convex pieces, so that any shape can be clipped by convex cuts alone. */
import { Clipper, type Path64, TriangulateResult } from "clipper2-ts";
import { MusterError } from "../errors.js";
import { type Box, boxOf, type Point, type Polygon, polygonsArea, ringsOf } from "./polygon.js";

export interface ConvexPiece {
  /** Flat corners (convex.ts). */
  readonly ring: Float64Array;
  readonly corners: number;
  readonly box: Box;
}

/** Where two pieces lie against each other. */
export interface Seam {
  readonly pieces: readonly [number, number];
  readonly from: Point;
  readonly to: Point;
}

export interface ConvexPieces {
  readonly pieces: readonly ConvexPiece[];
  readonly seams: readonly Seam[];
}

const GRID_PER_M = 1e6;

/** Triangles by clipper2's constrained Delaunay, joined over seams as long as they stay convex (Hertel and Mehlhorn 1983). */
export function convexPieces(polygons: readonly Polygon[]): ConvexPieces {
  const paths = ringsOf(polygons).map(
    (ring): Path64 => ring.map(([x, y]) => ({ x: Math.round(x * GRID_PER_M), y: Math.round(y * GRID_PER_M) })),
  );
  const { result, solution } = Clipper.triangulate(paths, true);
  if (result !== TriangulateResult.success)
    throw new MusterError("INTERNAL", `the floor cannot be cut into triangles (${result})`);
  const triangles = solution.map((triangle): Point[] => triangle.map(({ x, y }): Point => [x / GRID_PER_M, y / GRID_PER_M]));
  for (const triangle of triangles) if (cross(triangle[0]!, triangle[1]!, triangle[2]!) < 0) triangle.reverse();
  const { rings, seams } = join(triangles);
  const pieces = rings.map(
    (ring): ConvexPiece => ({ ring: Float64Array.from(ring.flat()), corners: ring.length, box: boxOf(ring) }),
  );
  const found = polygonsArea(rings.map((outer) => ({ outer, holes: [] })));
  const wanted = polygonsArea(polygons);
  if (Math.abs(found - wanted) > 1e-5 * Math.max(1, wanted))
    throw new MusterError("INTERNAL", `the convex pieces of the floor hold ${found} m², the floor ${wanted} m²`);
  return { pieces, seams };
}

const cross = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const keyOf = (a: Point, b: Point): string => `${a[0]} ${a[1]} ${b[0]} ${b[1]}`;

function join(triangles: readonly Point[][]): { rings: Point[][]; seams: Seam[] } {
  const owner = triangles.map((_, k) => k);
  const rings: (Point[] | null)[] = triangles.map((triangle) => [...triangle]);
  const find = (k: number): number => {
    let root = k;
    while (owner[root] !== root) root = owner[root]!;
    owner[k] = root;
    return root;
  };
  const sides = new Map<string, number>();
  for (const [k, ring] of triangles.entries()) for (let j = 0; j < 3; j++) sides.set(keyOf(ring[j]!, ring[(j + 1) % 3]!), k);
  const shared: { a: Point; b: Point; left: number; right: number }[] = [];
  for (const [k, ring] of triangles.entries())
    for (let j = 0; j < 3; j++) {
      const [a, b] = [ring[j]!, ring[(j + 1) % 3]!];
      const other = sides.get(keyOf(b, a));
      if (other !== undefined && other > k) shared.push({ a, b, left: k, right: other });
    }
  for (const { a, b, left, right } of shared) {
    const [p, q] = [find(left), find(right)];
    if (p === q) continue;
    const joined = joinRings(rings[p]!, rings[q]!, a, b);
    if (!joined) continue;
    rings[p] = joined;
    rings[q] = null;
    owner[q] = p;
  }
  const number = new Map<number, number>();
  const kept: Point[][] = [];
  rings.forEach((ring, k) => {
    if (!ring) return;
    number.set(k, kept.length);
    kept.push(ring);
  });
  const seams = shared.flatMap(({ a, b, left, right }): Seam[] => {
    const [p, q] = [find(left), find(right)];
    return p === q ? [] : [{ pieces: [number.get(p)!, number.get(q)!], from: a, to: b }];
  });
  return { rings: kept, seams };
}

/** Both rings as one over the side a → b of the first, or null where that is not convex. */
function joinRings(p: readonly Point[], q: readonly Point[], a: Point, b: Point): Point[] | null {
  const i = p.findIndex((point, k) => same(point, a) && same(p[(k + 1) % p.length]!, b));
  const j = q.findIndex((point, k) => same(point, b) && same(q[(k + 1) % q.length]!, a));
  if (i < 0 || j < 0) return null;
  const along = (ring: readonly Point[], first: number): Point[] => ring.map((_, k) => ring[(first + k) % ring.length]!);
  const left = along(p, (i + 1) % p.length);
  const right = along(q, (j + 1) % q.length);
  if (cross(right[right.length - 2]!, b, left[1]!) < 0 || cross(left[left.length - 2]!, a, right[1]!) < 0) return null;
  // b … a of the first, then a … b of the second without the ends both have.
  return [...left, ...right.slice(1, -1)];
}

const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];
