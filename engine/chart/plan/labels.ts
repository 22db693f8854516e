/** Names on a plan: at a point inside the area, moved so that they do not lie on each other. */
import type { Point, Polygon } from "../../layout/layout.js";
import { textWidth } from "../letters.js";
import { shorten } from "../text.js";
import type { Panel } from "./panel.js";

export interface Label {
  x: number;
  y: number;
  text: string;
}

export interface Wanted extends Label {
  /** Kept even where it has to lie on another name. */
  must: boolean;
}

/** Middle of the widest stretch of floor on nine horizontal cuts, those in the middle preferred; always inside the polygon. */
export function insidePoint(polygon: Polygon): Point {
  const ys = polygon.outer.map((p) => p[1]);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  let best: { point: Point; rank: number } = { point: polygon.outer[0]!, rank: -1 };
  for (let k = 1; k <= 9; k++) {
    // Off the round fractions, so that a cut rarely runs along an edge.
    const y = low + ((high - low) * (k - 0.03)) / 9.94;
    const cuts = [polygon.outer, ...polygon.holes].flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const rank = (cuts[i + 1]! - cuts[i]!) * (1 - Math.abs(k - 5) / 8);
      if (rank > best.rank) best = { point: [(cuts[i]! + cuts[i + 1]!) / 2, y], rank };
    }
  }
  return best.point;
}

function crossings(ring: readonly Point[], y: number): number[] {
  const found: number[] = [];
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length]!;
    if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
  });
  return found;
}

/**
 * Places names in order (first come, first served), each at its point or some lines above or below it.
 * @returns the placed names and how many were left out for want of room
 */
export function placeLabels(
  panel: Panel,
  wanted: readonly Wanted[],
  options: { size: number; max: number; taken?: Label[] },
): { labels: Label[]; dropped: number } {
  const { size, max } = options;
  const line = size + 3;
  const boxes = (options.taken ?? []).map((label) => boxAt(panel, label, size));
  const labels: Label[] = [];
  let dropped = 0;
  for (const want of wanted) {
    const text = shorten(want.text, max);
    const half = textWidth(text, size, true) / 2 / panel.scale;
    const x = Math.min(Math.max(want.x, panel.box.x0 + half), panel.box.x1 - half);
    // A name far from a door misleads; a section is large enough to be three lines off its middle.
    const tries = (want.must ? [0, 1, -1, 2, -2, 3, -3] : [0, 1, -1]).map((n) => ({
      x,
      y: want.y + (n * line) / panel.scale,
      text,
    }));
    const free = tries.find((label) => !boxes.some((b) => overlaps(b, boxAt(panel, label, size))));
    const chosen = free ?? (want.must ? tries[0]! : null);
    if (chosen === null) dropped++;
    else {
      labels.push(chosen);
      boxes.push(boxAt(panel, chosen, size));
    }
  }
  return { labels, dropped };
}

/** [left, bottom, right, top] in px. */
type PxBox = readonly [number, number, number, number];

function boxAt(panel: Panel, label: Label, size: number): PxBox {
  const half = textWidth(label.text, size, true) / 2;
  const [x, y] = [label.x * panel.scale, label.y * panel.scale];
  return [x - half - 2, y - size / 2 - 1, x + half + 2, y + size / 2 + 1];
}

const overlaps = (a: PxBox, b: PxBox): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
