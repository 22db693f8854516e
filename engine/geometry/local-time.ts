/**
 * Travel times anew in a part of the floor, where walking has become slower: all nodes outside keep their times.
 * Nodes nearer to the destination than every slow node keep theirs for certain, since their ways meet no slow node. From the edge of the part
 * a way may lead on outside where the present descent from there meets no slow node either.
 */
import { descentAt, type Seeds, spread, type WalkingGraph } from "./travel-time.js";

/** Scratch of one graph size: marks are stamps, so that nothing need be cleared. */
export interface LocalScratch {
  /** Stamp of the last part that each node belonged to. */
  readonly part: Int32Array;
  /** Stamp of the last time a node's descent was found to meet a slow node (odd) or not (even). */
  readonly verdict: Int32Array;
  readonly time: Float32Array;
  /** Times along the present descent, through the slow part. */
  readonly through: Float32Array;
  /** Stamp of the last time each node was looked at beside a part, or that the field began there in the part. */
  readonly beside: Int32Array;
  /** Nodes of the part, in the order in which they were found. */
  readonly found: Int32Array;
  /** Nodes in order of time, by times: each field needs its order once. */
  readonly orders: WeakMap<Float32Array, Int32Array>;
  stamp: number;
}

export const createLocalScratch = (nodes: number): LocalScratch => ({
  part: new Int32Array(nodes),
  verdict: new Int32Array(nodes),
  time: new Float32Array(nodes).fill(Infinity),
  through: new Float32Array(nodes),
  beside: new Int32Array(nodes),
  found: new Int32Array(nodes),
  orders: new WeakMap(),
  stamp: 0,
});

/** Where walking is slow: nodes, and for every node of the graph its slowness, as in `WalkingGraph`. */
export interface SlowPart {
  readonly nodes: Int32Array;
  readonly slowness: Float32Array;
}

/**
 * Writes the directions of steepest descent, 2 of every 4 numbers of `flow` as in `descent`, of the nodes around the slow ones.
 * @param free times without the slow part, s
 * @param gain share of the time from here past the slow part that must be won before a node's direction changes
 * @param steps how far around the slow nodes times are found anew, in cells
 */
export function localDescent(
  graph: WalkingGraph,
  seeds: Seeds,
  free: Float32Array,
  slow: SlowPart,
  steps: number,
  gain: number,
  scratch: LocalScratch,
  flow: Float32Array,
): void {
  scratch.stamp += 2;
  let first = Infinity;
  for (const n of slow.nodes) if (free[n]! < first) first = free[n]!;
  if (first === Infinity) return;
  const part = around(graph, free, slow.nodes, first, steps, scratch);
  const { time, through, beside, stamp } = scratch;
  for (const n of part) time[n] = Infinity;
  const from: number[] = [];
  for (let k = 0; k < seeds.nodes.length; k++) {
    const n = seeds.nodes[k]!;
    if (scratch.part[n] !== stamp || seeds.times[k]! >= time[n]!) continue;
    time[n] = seeds.times[k]!;
    from.push(n);
  }
  const edge = waysOn(graph, free, slow, first, part, scratch);
  for (const m of edge) time[m] = free[m]!;
  spread({ ...graph, slowness: slow.slowness }, [...from, ...edge], time, (n) => scratch.part[n] === stamp);
  throughTimes(graph, free, slow, first, part.length, scratch, flow);
  // Where the field begins its directions stay.
  for (const n of from) beside[n] = stamp;
  for (const n of part)
    if (beside[n] !== stamp && time[n]! - first < (1 - gain) * (through[n]! - first)) descentAt(graph, time, n, flow);
  for (const m of edge) time[m] = Infinity;
  for (const n of part) time[n] = Infinity;
}

/** Nodes within `steps` of the slow ones that are no nearer to the destination than the nearest of them. */
function around(
  graph: WalkingGraph,
  free: Float32Array,
  slow: Int32Array,
  first: number,
  steps: number,
  { part, found, stamp }: LocalScratch,
): Int32Array {
  const { neighbours } = graph;
  let count = 0;
  for (const n of slow)
    if (free[n]! < Infinity && part[n] !== stamp) {
      part[n] = stamp;
      found[count++] = n;
    }
  let begin = 0;
  for (let step = 0; step < steps; step++) {
    const end = count;
    for (let k = begin; k < end; k++)
      for (let side = 4 * found[k]!; side < 4 * found[k]! + 4; side++) {
        const m = neighbours[side]!;
        if (m < 0 || part[m] === stamp || !(free[m]! >= first && free[m]! < Infinity)) continue;
        part[m] = stamp;
        found[count++] = m;
      }
    begin = end;
  }
  return found.subarray(0, count);
}

/** Nodes beside the part through which a way leads on without meeting a slow node. */
function waysOn(
  graph: WalkingGraph,
  free: Float32Array,
  slow: SlowPart,
  first: number,
  part: Int32Array,
  scratch: LocalScratch,
): number[] {
  const { stamp, verdict, beside } = scratch;
  const ways: number[] = [];
  const isSlow = (n: number): boolean => slow.slowness[n]! > graph.slowness[n]!;
  const meetsSlow = (start: number): boolean => {
    const path: number[] = [];
    let n = start;
    let met = false;
    while (free[n]! >= first) {
      if (verdict[n] === stamp || verdict[n] === stamp + 1 || isSlow(n)) {
        met = isSlow(n) || verdict[n] === stamp + 1;
        break;
      }
      path.push(n);
      const next = downhill(graph, free, n);
      if (next < 0) break;
      n = next;
    }
    for (const p of path) verdict[p] = stamp + +met;
    return met;
  };
  for (const n of part)
    for (let side = 4 * n; side < 4 * n + 4; side++) {
      const m = graph.neighbours[side]!;
      if (m < 0 || scratch.part[m] === stamp || beside[m] === stamp || free[m] === Infinity) continue;
      beside[m] = stamp;
      if (!meetsSlow(m)) ways.push(m);
    }
  return ways;
}

/** Times of those who keep to the present directions: first-order upwind along them, in order of the free times. @param count nodes of the part */
function throughTimes(
  graph: WalkingGraph,
  free: Float32Array,
  slow: SlowPart,
  first: number,
  count: number,
  { part, stamp, through, orders }: LocalScratch,
  flow: Float32Array,
): void {
  const { neighbours, cell } = graph;
  const { slowness } = slow;
  const order = orders.get(free) ?? byTime(free);
  orders.set(free, order);
  let left = count;
  for (let k = firstFrom(order, free, first); left > 0; k++) {
    const n = order[k]!;
    if (part[n] !== stamp) continue;
    left--;
    const gx = flow[4 * n]!;
    const gy = flow[4 * n + 1]!;
    const a = gx === 0 ? -1 : neighbours[4 * n + (gx > 0 ? 0 : 2)]!;
    const b = gy === 0 ? -1 : neighbours[4 * n + (gy > 0 ? 1 : 3)]!;
    const wa = a < 0 ? 0 : Math.abs(gx);
    const wb = b < 0 ? 0 : Math.abs(gy);
    const ta = wa === 0 ? 0 : part[a] === stamp ? through[a]! : free[a]!;
    const tb = wb === 0 ? 0 : part[b] === stamp ? through[b]! : free[b]!;
    const weight = wa + wb;
    through[n] = weight > 0 ? (wa * ta + wb * tb + slowness[n]! * cell) / weight : Math.max(first, free[n]!);
  }
}

const tick = (time: number): number => Math.round(time * 1e4);

/** Nodes that are reached, in order of their times to a tenth of a millisecond, then of their numbers: one number each, so that the sort needs no comparison of ours. */
export function byTime(time: Float32Array): Int32Array {
  const most = time.length;
  const keys = new Float64Array(most);
  let count = 0;
  for (let n = 0; n < most; n++) if (time[n]! < Infinity) keys[count++] = tick(time[n]!) * most + n;
  const sorted = keys.subarray(0, count).sort();
  const order = new Int32Array(count);
  for (let k = 0; k < count; k++) order[k] = sorted[k]! % most;
  return order;
}

/** Index of the first node of an order that has at least a time. */
export function firstFrom(order: Int32Array, time: Float32Array, least: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tick(time[order[middle]!]!) < tick(least)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The neighbour with the least time, if it has less than n. */
function downhill(graph: WalkingGraph, free: Float32Array, n: number): number {
  let best = -1;
  let least = free[n]!;
  for (let side = 4 * n; side < 4 * n + 4; side++) {
    const m = graph.neighbours[side]!;
    if (m >= 0 && free[m]! < least) {
      least = free[m]!;
      best = m;
    }
  }
  return best;
}
