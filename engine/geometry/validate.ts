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
  const events = edges.flatMap((edge, index) => [
    { at: edge.a, index, start: true },
    { at: edge.b, index, start: false },
  ]);
  events.sort((p, q) => p.at[0] - q.at[0] || p.at[1] - q.at[1] || Number(p.start) - Number(q.start));
  const status: Status = { edges, order: new Int32Array(edges.length), count: 0 };
  for (const { index, start } of events) {
    const edge = edges[index]!;
    if (start) {
      const k = place(status, edge);
      const fault = meet(at(status, k - 1), edge) ?? meet(edge, at(status, k));
      if (fault) return fault;
      status.order.copyWithin(k + 1, k, status.count++);
      status.order[k] = index;
    } else {
      const k = find(status, index);
      const fault = meet(at(status, k - 1), at(status, k + 1));
      if (fault) return fault;
      status.order.copyWithin(k, k + 1, status.count--);
    }
  }
  return null;
}

/** Edges that the sweep line cuts now, from below: `order` holds `count` indices into `edges`. Moved in bulk, which is fast up to 1e5. */
interface Status {
  readonly edges: readonly Edge[];
  readonly order: Int32Array;
  count: number;
}

const at = ({ edges, order, count }: Status, k: number): Edge | undefined => (k < 0 || k >= count ? undefined : edges[order[k]!]);

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
function place(status: Status, edge: Edge): number {
  return lowest(status, (other) => turn(other.a, other.b, edge.a) || turn(other.a, other.b, edge.b));
}

/** First place whose edge does not lie below; `side` is 1 for edges below. */
function lowest(status: Status, side: (other: Edge) => number): number {
  let low = 0;
  let high = status.count;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (side(at(status, mid)!) > 0) low = mid + 1;
    else high = mid;
  }
  return low;
}

function find(status: Status, index: number): number {
  const edge = status.edges[index]!;
  const k = lowest(status, (other) => (other === edge ? 0 : turn(other.a, other.b, edge.b) || turn(other.a, other.b, edge.a)));
  // Touching edges of different rings can stand out of order at their common point; then it is looked up.
  return status.order[k] === index ? k : status.order.subarray(0, status.count).indexOf(index);
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
