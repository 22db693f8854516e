/**
 * The walkable area inside walls that are given as points along them, as with the corner and T-junction of the Hermes experiments:
 * points are chained into walls, and the open ends of walls are joined to the nearest ones.
 */
import { MusterError } from "../errors.js";
import { type Point, type Polygon, ringArea } from "../geometry/polygon.js";
import { normaliseRing } from "../geometry/ring.js";
import { distance } from "../geometry/segment.js";
import { findCrossing } from "../geometry/validate.js";

/** Neighbours on one wall are at most this many times farther apart than the median of nearest ones. */
const REACH = 1.5;

export interface WallFloor {
  readonly polygon: Polygon;
  /** Lengths of the openings that were closed between ends of walls, m. */
  readonly closed: readonly number[];
}

/** @param points m; @throws MusterError INPUT_UNREADABLE where they do not enclose one simple area */
export function floorOfWallPoints(name: string, points: readonly Point[]): WallFloor {
  const fail = (message: string): never => {
    throw new MusterError("INPUT_UNREADABLE", [{ place: name, message: `${message}; give the floor as WKT` }]);
  };
  if (points.length < 4) fail(`has ${points.length} wall points, which enclose nothing`);
  const chains = chainsOf(points);
  const closed: number[] = [];
  const ring = [...chains.shift()!];
  while (chains.length > 0) {
    const end = ring[ring.length - 1]!;
    let best = { chain: 0, reverse: false, away: Infinity };
    chains.forEach((chain, k) => {
      for (const reverse of [false, true]) {
        const away = distance(end, reverse ? chain[chain.length - 1]! : chain[0]!);
        if (away < best.away) best = { chain: k, reverse, away };
      }
    });
    const [next] = chains.splice(best.chain, 1);
    ring.push(...(best.reverse ? next!.toReversed() : next!));
    closed.push(best.away);
  }
  closed.push(distance(ring[ring.length - 1]!, ring[0]!));
  const crossing = findCrossing([ring]);
  if (crossing || ringArea(ring) === 0) fail("has wall points that enclose no simple area");
  return { polygon: { outer: normaliseRing(ring, 1), holes: [] }, closed };
}

/** Walls: points from end to end, each joined to the nearest ones within reach that do not yet have two neighbours. */
function chainsOf(points: readonly Point[]): Point[][] {
  const count = points.length;
  const nearest = points.map((p, i) => Math.min(...points.flatMap((q, j) => (i === j ? [] : [distance(p, q)]))));
  const reach = REACH * [...nearest].sort((a, b) => a - b)[count >> 1]!;
  const pairs: { i: number; j: number; away: number }[] = [];
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const away = distance(points[i]!, points[j]!);
      if (away <= reach) pairs.push({ i, j, away });
    }
  pairs.sort((a, b) => a.away - b.away || a.i - b.i || a.j - b.j);
  const joined: number[][] = points.map(() => []);
  const group = points.map((_, k) => k);
  const find = (k: number): number => (group[k] === k ? k : find(group[k]!));
  for (const { i, j } of pairs) {
    if (joined[i]!.length === 2 || joined[j]!.length === 2 || find(i) === find(j)) continue;
    joined[i]!.push(j);
    joined[j]!.push(i);
    group[find(i)] = find(j);
  }
  const seen = new Set<number>();
  const chains: Point[][] = [];
  points.forEach((_, start) => {
    if (seen.has(start) || joined[start]!.length === 2) return;
    const chain: Point[] = [];
    for (let k: number | undefined = start; k !== undefined; k = joined[k]!.find((n) => !seen.has(n))) {
      seen.add(k);
      chain.push(points[k]!);
    }
    chains.push(chain);
  });
  return chains;
}
