/**
 * Finds where outlines cross themselves or each other: sweep over the edges from left to right (M. I. Shamos and D. Hoey 1976,
 * "Geometric intersection problems", FOCS 17:208), exact by robust predicates, O(n log n) whatever the shape.
 */
import { orient2d } from "robust-predicates";
import type { Point, Ring } from "./polygon.js";
import { lineCrossing } from "./segment.js";

export interface Crossing {
  readonly at: Point;
  /** Indices of the rings that meet; equal where one ring meets itself. */
  readonly rings: readonly [number, number];
  /** "cross": edges cut through each other; "touch": a corner lies on another edge or corner; "overlap": edges share a stretch. */
  readonly kind: "cross" | "touch" | "overlap";
}

interface Edge {
  /** Lexicographically lesser end (x, then y), then the other: a vertical edge leans to the right by a hair. */
  readonly a: Point;
  readonly b: Point;
  readonly ring: number;
  readonly from: Point;
  readonly to: Point;
}

/**
 * First fault met by the sweep among the edges of all rings, or null where every ring is simple and none crosses another.
 * Rings may touch each other at single points; a ring may not touch itself. Rings are open, without repeated neighbours.
 */
export function findCrossing(rings: readonly Ring[]): Crossing | null {
  const edges = rings.flatMap((ring, r) =>
    ring.map((from, k): Edge => {
      const to = ring[(k + 1) % ring.length]!;
      return before(from, to) ? { a: from, b: to, ring: r, from, to } : { a: to, b: from, ring: r, from, to };
    }),
  );
  const twice = repeatedCorner(rings);
  if (twice) return twice;
  // Ends come before starts at the same point, so that edges that only share a corner never stand above each other.
  const events = edges.flatMap((edge) => [
    { at: edge.a, edge, start: true },
    { at: edge.b, edge, start: false },
  ]);
  events.sort((p, q) => p.at[0] - q.at[0] || p.at[1] - q.at[1] || Number(p.start) - Number(q.start));
  const status: Edge[] = [];
  for (const { edge, start } of events) {
    if (start) {
      const k = place(status, edge);
      const fault = meet(status[k - 1], edge) ?? meet(edge, status[k]);
      if (fault) return fault;
      status.splice(k, 0, edge);
    } else {
      const k = find(status, edge);
      const fault = meet(status[k - 1], status[k + 1]);
      if (fault) return fault;
      status.splice(k, 1);
    }
  }
  return null;
}

const before = (p: Point, q: Point): boolean => p[0] < q[0] || (p[0] === q[0] && p[1] < q[1]);
const same = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

/** 1: c lies left of a → b, -1: right, 0: on the line, exactly (robust-predicates turns the sign the other way round). */
const turn = (a: Point, b: Point, c: Point): number => -Math.sign(orient2d(a[0], a[1], b[0], b[1], c[0], c[1]));

function repeatedCorner(rings: readonly Ring[]): Crossing | null {
  for (let r = 0; r < rings.length; r++) {
    const seen = new Set<string>();
    for (const at of rings[r]!) {
      const key = `${at[0]} ${at[1]}`;
      if (seen.has(key)) return { at, rings: [r, r], kind: "touch" };
      seen.add(key);
    }
  }
  return null;
}

/** Number of edges of the status below the start of `edge`; ties by where the edge goes. */
function place(status: readonly Edge[], edge: Edge): number {
  let low = 0;
  let high = status.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    const other = status[mid]!;
    const above = turn(other.a, other.b, edge.a) || turn(other.a, other.b, edge.b);
    if (above > 0) low = mid + 1;
    else high = mid;
  }
  return low;
}

function find(status: readonly Edge[], edge: Edge): number {
  let low = 0;
  let high = status.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    const other = status[mid]!;
    if (other === edge) return mid;
    const above = turn(other.a, other.b, edge.b) || turn(other.a, other.b, edge.a);
    if (above > 0) low = mid + 1;
    else high = mid;
  }
  // Ties at a common corner can lead past the edge by a few places.
  return status.indexOf(edge);
}

function meet(e: Edge | undefined, f: Edge | undefined): Crossing | null {
  if (!e || !f) return null;
  const [ea, eb, fa, fb] = [turn(f.a, f.b, e.a), turn(f.a, f.b, e.b), turn(e.a, e.b, f.a), turn(e.a, e.b, f.b)];
  const rings: [number, number] = [e.ring, f.ring];
  if (ea === 0 && eb === 0) {
    const from = before(e.a, f.a) ? f.a : e.a;
    const to = before(e.b, f.b) ? e.b : f.b;
    return before(from, to) ? { at: from, rings, kind: "overlap" } : null;
  }
  if (ea * eb < 0 && fa * fb < 0) {
    const at = lineCrossing([e.from, e.to], [f.from, f.to]) ?? e.a;
    return { at, rings, kind: "cross" };
  }
  if (e.ring !== f.ring) return null;
  const touching = [
    { at: e.a, side: ea, other: f },
    { at: e.b, side: eb, other: f },
    { at: f.a, side: fa, other: e },
    { at: f.b, side: fb, other: e },
  ].find(
    ({ at, side, other }) =>
      side === 0 && !same(at, other.a) && !same(at, other.b) && !before(at, other.a) && !before(other.b, at),
  );
  return touching ? { at: touching.at, rings, kind: "touch" } : null;
}
