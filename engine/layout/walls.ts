/** Walls of a sheet: the outlines of its floor, cut where openings pierce them, and the jambs of what openings bridge. */
import Flatbush from "flatbush";
import { toGrid } from "../geometry/clip.js";
import type { Point, Polygon, Segment } from "../geometry/polygon.js";
import { between, clipToConvex, distance, withoutShares } from "../geometry/segment.js";
import type { PlacedOpening } from "./openings.js";
import { leftOf } from "./probe.js";

/** Outlines up to this far from where an opening meets them are cut, m. */
const DEPTH = 0.002;
/** The cut stops this far before the opening's ends, so that walls square to it stay whole, m. */
const SIDE = 2e-6;
/** Shorter rests of walls come from rounding, m. */
const LEAST = 1e-5;

/** Quadrangle over an opening between two offsets left of its clear line, each at start and end; counterclockwise. */
function band({ clear }: PlacedOpening, right: readonly [number, number], left: readonly [number, number], side = 0): Point[] {
  const [nx, ny] = leftOf(clear);
  const length = distance(clear[0], clear[1]);
  const [a, b] = [between(clear[0], clear[1], side / length), between(clear[1], clear[0], side / length)];
  const off = ([x, y]: Point, by: number): Point => [x + by * nx, y + by * ny];
  return [off(a, right[0]), off(b, right[1]), off(b, left[1]), off(a, left[0])];
}

/**
 * 4 numbers per wall [ax, ay, bx, by, …], m; no wall twice.
 * @param openings those that pierce an outline of this sheet, blind ones left out
 * @param jambs side walls of bridges on this sheet
 */
export function wallsOf(
  regions: readonly Polygon[],
  openings: readonly PlacedOpening[],
  jambs: readonly Segment[],
): Float64Array {
  const cuts = openings.map((opening) => {
    const { rightEdge, leftEdge } = opening;
    return band(opening, [rightEdge[0] - DEPTH, rightEdge[1] - DEPTH], [leftEdge[0] + DEPTH, leftEdge[1] + DEPTH], SIDE);
  });
  const index = indexCuts(cuts);
  const seen = new Set<string>();
  const walls: number[] = [];
  const add = (a: Point, b: Point): void => {
    if (distance(a, b) < LEAST) return;
    const key = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a} ${b}` : `${b} ${a}`;
    if (seen.has(key)) return;
    seen.add(key);
    walls.push(a[0], a[1], b[0], b[1]);
  };
  for (const ring of regions.flatMap(({ outer, holes }) => [outer, ...holes]))
    ring.forEach((a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      const near = index?.search(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])) ?? [];
      const taken = near.flatMap((c) => {
        const shares = clipToConvex(a, b, cuts[c]!);
        return shares ? [shares] : [];
      });
      for (const [from, to] of withoutShares(taken))
        add(from === 0 ? a : toGrid(between(a, b, from)), to === 1 ? b : toGrid(between(a, b, to)));
    });
  for (const [a, b] of jambs) add(toGrid(a), toGrid(b));
  return Float64Array.from(walls);
}

function indexCuts(cuts: readonly (readonly Point[])[]): Flatbush | null {
  if (cuts.length === 0) return null;
  const index = new Flatbush(cuts.length);
  for (const quad of cuts) {
    const xs = quad.map(([x]) => x);
    const ys = quad.map(([, y]) => y);
    index.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  }
  index.finish();
  return index;
}

/** Side walls and floor of what an opening bridges on one side of its line; nothing where the floor reaches the line. */
export function bridgeOf(opening: PlacedOpening, side: "right" | "left"): { floor: Polygon | null; jambs: Segment[] } {
  const edge = side === "right" ? opening.rightEdge : opening.leftEdge;
  const [right, left] = side === "right" ? [edge, [0, 0] as const] : [[0, 0] as const, edge];
  const depth = Math.max(left[0] - right[0], left[1] - right[1]);
  if (!(depth > SIDE)) return { floor: null, jambs: [] };
  const quad = band(opening, right, left).map(toGrid);
  const jambs: Segment[] = [
    [quad[0]!, quad[3]!],
    [quad[1]!, quad[2]!],
  ];
  return { floor: depth > 1e-3 ? { outer: quad, holes: [] } : null, jambs };
}
