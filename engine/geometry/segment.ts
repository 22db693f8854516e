/** Segments: lengths, crossings and clipping, metres. */
import type { Point, Segment } from "./polygon.js";

export function distance(a: Point, b: Point): number {
  return Math.sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
}

/** Point at share `t` of the way from a to b. */
export function between(a: Point, b: Point, t: number): Point {
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** Share of the way along a → b (0 to 1) that lies nearest to p; 0 for a segment without length. */
export function shareNearest(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length2 = dx * dx + dy * dy;
  if (length2 === 0) return 0;
  return Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
}

/** Distance of p from the segment a → b, m. */
export function distanceToSegment(p: Point, a: Point, b: Point): number {
  return distance(p, between(a, b, shareNearest(p, a, b)));
}

/** Where the lines through both segments meet; null for parallel ones. */
export function lineCrossing([a, b]: Segment, [c, d]: Segment): Point | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  return [a[0] + t * rx, a[1] + t * ry];
}

/** Shares [from, to] of a → b that lie inside a convex counterclockwise ring, or null (Cyrus and Beck 1978, Computer Graphics 12(1):23). */
export function clipToConvex(a: Point, b: Point, ring: readonly Point[]): [number, number] | null {
  let from = 0;
  let to = 1;
  for (let k = 0; k < ring.length; k++) {
    const p = ring[k]!;
    const q = ring[(k + 1) % ring.length]!;
    const atA = (q[0] - p[0]) * (a[1] - p[1]) - (q[1] - p[1]) * (a[0] - p[0]);
    const atB = (q[0] - p[0]) * (b[1] - p[1]) - (q[1] - p[1]) * (b[0] - p[0]);
    if (atA < 0 && atB < 0) return null;
    if (atA < 0) from = Math.max(from, atA / (atA - atB));
    else if (atB < 0) to = Math.min(to, atA / (atA - atB));
  }
  return from < to ? [from, to] : null;
}

/** What stays of [0, 1] when the given shares are taken out, in order. */
export function withoutShares(taken: readonly (readonly [number, number])[]): [number, number][] {
  const kept: [number, number][] = [];
  let from = 0;
  for (const [a, b] of [...taken].sort((p, q) => p[0] - q[0])) {
    if (a > from) kept.push([from, a]);
    from = Math.max(from, b);
  }
  if (from < 1) kept.push([from, 1]);
  return kept;
}
