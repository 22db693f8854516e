/** Cuts floors into convex pieces, so that any shape can be clipped by convex cuts alone. */
import earcut from "earcut";
import { MusterError } from "../errors.js";
import { indexBoxes } from "./box-index.js";
import { type Box, boxOf, type Point, type Polygon, polygonsArea, type Segment } from "./polygon.js";
import { between, distanceToSegment, shareNearest } from "./segment.js";

export interface ConvexPiece {
  /** Flat corners (convex.ts). */
  readonly ring: Float64Array;
  readonly corners: number;
  readonly box: Box;
}

/** Where two pieces lie against each other without a wall between. */
export interface Seam {
  readonly pieces: readonly [number, number];
  readonly from: Point;
  readonly to: Point;
}

export interface ConvexPieces {
  readonly pieces: readonly ConvexPiece[];
  readonly seams: readonly Seam[];
}

/** Corners nearer to a line than this lie on it, m: floors lie on a grid of 1e-6 m. */
const ON_LINE = 3e-6;

/**
 * Triangles by ear clipping (earcut), joined over shared sides as long as they stay convex (Hertel and Mehlhorn 1983).
 * @param passages doors between polygons that lie against each other, m
 */
export function convexPieces(polygons: readonly Polygon[], passages: readonly Segment[] = []): ConvexPieces {
  const pieces: Point[][] = [];
  const seams: Seam[] = [];
  const owner: number[] = [];
  polygons.forEach((polygon, p) => {
    const { rings, shared } = join(trianglesOf(polygon));
    const first = pieces.length;
    pieces.push(...rings);
    for (const _ of rings) owner.push(p);
    seams.push(...shared.map((seam): Seam => ({ ...seam, pieces: [seam.pieces[0] + first, seam.pieces[1] + first] })));
  });
  checkArea(pieces, polygons);
  seams.push(...doorSeams(pieces, owner, passages));
  return {
    pieces: pieces.map((ring) => ({ ring: Float64Array.from(ring.flat()), corners: ring.length, box: boxOf(ring) })),
    seams,
  };
}

function checkArea(pieces: readonly Point[][], polygons: readonly Polygon[]): void {
  const found = polygonsArea(pieces.map((outer) => ({ outer, holes: [] })));
  const wanted = polygonsArea(polygons);
  if (Math.abs(found - wanted) > 1e-5 * Math.max(1, wanted))
    throw new MusterError("INTERNAL", `the convex pieces of the floor hold ${found} m², the floor ${wanted} m²`);
}

const cross = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const keyOf = (a: Point, b: Point): string => `${a[0]} ${a[1]} ${b[0]} ${b[1]}`;

/** Counterclockwise triangles, those without area left out. */
function trianglesOf({ outer, holes }: Polygon): Point[][] {
  const points = [outer, ...holes].flat();
  const starts: number[] = [];
  let count = outer.length;
  for (const hole of holes) {
    starts.push(count);
    count += hole.length;
  }
  const corners = earcut(points.flat(), starts, 2);
  const triangles: Point[][] = [];
  for (let k = 0; k < corners.length; k += 3) {
    const triangle = [points[corners[k]!]!, points[corners[k + 1]!]!, points[corners[k + 2]!]!];
    const turn = cross(triangle[0]!, triangle[1]!, triangle[2]!);
    if (turn !== 0) triangles.push(turn > 0 ? triangle : triangle.reverse());
  }
  return triangles;
}

/** Convex rings made of the triangles of one polygon, and where they meet. */
function join(triangles: readonly Point[][]): { rings: Point[][]; shared: Seam[] } {
  const owner = triangles.map((_, k) => k);
  const rings: (Point[] | null)[] = triangles.map((triangle) => [...triangle]);
  const find = (k: number): number => {
    let root = k;
    while (owner[root] !== root) root = owner[root]!;
    owner[k] = root;
    return root;
  };
  const { whole, parts } = sharedSides(triangles);
  for (const { from, to, pieces } of whole) {
    const [p, q] = [find(pieces[0]), find(pieces[1])];
    if (p === q) continue;
    const joined = joinRings(rings[p]!, rings[q]!, from, to);
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
  const shared = [...whole, ...parts].flatMap((seam): Seam[] => {
    const [p, q] = [find(seam.pieces[0]), find(seam.pieces[1])];
    return p === q ? [] : [{ ...seam, pieces: [number.get(p)!, number.get(q)!] }];
  });
  return { rings: kept, shared };
}

/**
 * Sides that two triangles have in common: `whole` as they are, `parts` where a corner of one lies on the side of the other, which
 * earcut leaves where corners stand in one line.
 */
function sharedSides(triangles: readonly Point[][]): { whole: Seam[]; parts: Seam[] } {
  const sides = triangles.flatMap((ring, k) => ring.map((from, j) => ({ from, to: ring[(j + 1) % 3]!, k })));
  const byKey = new Map(sides.map((side) => [keyOf(side.from, side.to), side.k]));
  const whole: Seam[] = [];
  const single: typeof sides = [];
  for (const side of sides) {
    const other = byKey.get(keyOf(side.to, side.from));
    if (other === undefined) single.push(side);
    else if (other > side.k) whole.push({ pieces: [side.k, other], from: side.from, to: side.to });
  }
  return { whole, parts: overlaps(single) };
}

interface Side {
  readonly from: Point;
  readonly to: Point;
  readonly k: number;
}

/** Stretches over which two sides run along each other in opposite directions. */
function overlaps(sides: readonly Side[]): Seam[] {
  const index = indexBoxes(sides.map(({ from, to }) => boxOf([from, to])));
  return sides.flatMap((side, s) => {
    const [ax, ay, bx, by] = boxOf([side.from, side.to]);
    return index.near([ax - ON_LINE, ay - ON_LINE, bx + ON_LINE, by + ON_LINE]).flatMap((o): Seam[] => {
      const other = sides[o]!;
      const common = o > s && other.k !== side.k ? commonStretch(side, other) : null;
      return common ? [{ pieces: [side.k, other.k], from: common[0], to: common[1] }] : [];
    });
  });
}

/** Part of a that lies on b where they run in opposite directions, or null. */
function commonStretch(a: Pick<Side, "from" | "to">, b: Pick<Side, "from" | "to">): Segment | null {
  const ux = a.to[0] - a.from[0];
  const uy = a.to[1] - a.from[1];
  if (ux * (b.to[0] - b.from[0]) + uy * (b.to[1] - b.from[1]) >= 0) return null;
  const [s, t] = [shareNearest(b.to, a.from, a.to), shareNearest(b.from, a.from, a.to)];
  if (s >= t) return null;
  const ends: Segment = [between(a.from, a.to, s), between(a.from, a.to, t)];
  return ends.every((p) => distanceToSegment(p, b.from, b.to) <= ON_LINE) ? ends : null;
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

/** Seams through doors: pieces of different polygons whose sides both run along the door. */
function doorSeams(pieces: readonly Point[][], owner: readonly number[], passages: readonly Segment[]): Seam[] {
  return passages.flatMap(([from, to]) => {
    const along = pieces.flatMap((ring, k) =>
      ring.flatMap((a, j): Side[] => {
        const side = { from: a, to: ring[(j + 1) % ring.length]! };
        const stretch = commonStretch(side, { from, to }) ?? commonStretch(side, { from: to, to: from });
        return stretch ? [{ from: stretch[0], to: stretch[1], k }] : [];
      }),
    );
    return along.flatMap((side, s) =>
      along.slice(s + 1).flatMap((other): Seam[] => {
        const common = owner[side.k] === owner[other.k] ? null : commonStretch(side, other);
        return common ? [{ pieces: [side.k, other.k], from: common[0], to: common[1] }] : [];
      }),
    );
  });
}
