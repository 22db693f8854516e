/** Finds boxes near a box among many (flatbush), in the order they were given. */
import Flatbush from "flatbush";
import { type Box, boxesMeet, type Point } from "./polygon.js";

export interface BoxIndex {
  /** Indices of the boxes that meet the given one, rising. */
  readonly near: (box: Box) => number[];
}

/** Boxes of nothing (∞ … -∞) are never found. */
export function indexBoxes(boxes: readonly Box[]): BoxIndex {
  const real = boxes.flatMap((box, k) => (box[0] <= box[2] ? [k] : []));
  if (real.length === 0) return { near: () => [] };
  const index = new Flatbush(real.length);
  for (const k of real) index.add(...boxes[k]!);
  index.finish();
  return { near: (box) => (box[0] <= box[2] ? index.search(...box) : []).map((k) => real[k]!).sort((a, b) => a - b) };
}

export function boxAround([x, y]: Point, reach: number): Box {
  return [x - reach, y - reach, x + reach, y + reach];
}

/** Number of pairs of boxes that share more than `least` m in both directions, counted up to a limit. */
export function countPairs(boxes: readonly Box[], least: number, limit: number): number {
  const index = indexBoxes(boxes);
  let pairs = 0;
  for (const [k, box] of boxes.entries()) {
    for (const j of index.near(box)) if (j > k && boxesMeet(box, boxes[j]!, -least)) pairs++;
    if (pairs > limit) return pairs;
  }
  return pairs;
}

/**
 * A long slanting edge has a box that covers half the plan. These are the boxes of its pieces of up to `step` m, so that an index
 * of them stays selective.
 */
export function boxesAlong(a: Point, b: Point, step: number): Box[] {
  const length = Math.sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
  const count = Math.max(1, Math.ceil(length / step));
  const boxes: Box[] = [];
  for (let k = 0; k < count; k++) {
    const [s, t] = [k / count, (k + 1) / count];
    const [px, py, qx, qy] = [
      a[0] + s * (b[0] - a[0]),
      a[1] + s * (b[1] - a[1]),
      a[0] + t * (b[0] - a[0]),
      a[1] + t * (b[1] - a[1]),
    ];
    boxes.push([Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy)]);
  }
  return boxes;
}

/** Piece length that cuts edges of this length in all into about 1e5 pieces more than there are edges, m. */
export function stepFor(edges: Iterable<readonly [Point, Point]>): number {
  let total = 0;
  for (const [a, b] of edges) total += Math.abs(b[0] - a[0]) + Math.abs(b[1] - a[1]);
  return Math.max(2, total / 1e5);
}
