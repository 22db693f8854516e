/** Brings rings into normal form: open, without repeated or idle corners, turning the right way. */
import { orient2d } from "robust-predicates";
import { type Point, type Ring, ringArea } from "./polygon.js";
import { distance, distanceToSegment } from "./segment.js";

/** Corners nearer than this to the line of their neighbours change no outline (two grid steps), m. */
const IDLE = 2e-6;

/** Drops the repeated last point of a file's ring and corners that repeat the one before. */
export function openRing(points: readonly Point[]): Point[] {
  const ring: Point[] = [];
  for (const p of points) {
    const last = ring[ring.length - 1];
    if (!last || last[0] !== p[0] || last[1] !== p[1]) ring.push(p);
  }
  while (ring.length > 1 && ring[0]![0] === ring[ring.length - 1]![0] && ring[0]![1] === ring[ring.length - 1]![1]) ring.pop();
  return ring;
}

/** First corner where the ring runs straight back on itself (a spike without width), or null. */
export function spikeOf(ring: Ring): Point | null {
  for (let k = 0; k < ring.length; k++) {
    const a = ring[(k + ring.length - 1) % ring.length]!;
    const b = ring[k]!;
    const c = ring[(k + 1) % ring.length]!;
    const back = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
    if (back < 0 && orient2d(a[0], a[1], b[0], b[1], c[0], c[1]) === 0) return b;
  }
  return null;
}

/** Ring without corners on a straight line, counterclockwise for turn 1, clockwise for -1. Fewer than 3 corners stay as they are. */
export function normaliseRing(ring: Ring, turn: 1 | -1): Ring {
  const kept: Point[] = [];
  for (let k = 0; k < ring.length; k++) {
    const before = kept[kept.length - 1] ?? ring[ring.length - 1]!;
    const after = ring[(k + 1) % ring.length]!;
    if (distanceToSegment(ring[k]!, before, after) > IDLE) kept.push(ring[k]!);
  }
  const clean = kept.length > 2 ? kept : [...ring];
  return Math.sign(ringArea(clean)) === -turn ? clean.reverse() : clean;
}

/** Ring without corners within `reach` of the corner kept before them, m; the first corner always stays. */
export function mergeCorners(ring: Ring, reach: number): Point[] {
  const kept: Point[] = [];
  for (const p of ring) if (kept.length === 0 || distance(kept[kept.length - 1]!, p) > reach) kept.push(p);
  while (kept.length > 1 && distance(kept[kept.length - 1]!, kept[0]!) <= reach) kept.pop();
  return kept;
}
