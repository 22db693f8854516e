/** A travel-time field over floor that has become slower than usual, for people who keep to the usual way unless another one is clearly better. */
import { byTime, firstFrom } from "./local-time.js";
import { beginAt, descentAt, type Seeds, spread, type WalkingGraph } from "./travel-time.js";

export interface SlowField {
  /** s at 1 m/s on the level, by node, along the directions of `flow`. */
  readonly time: Float32Array;
  /** 4 per node [gx, gy, time, 0], as in `descent`. */
  readonly flow: Float32Array;
}

/**
 * Solves the eikonal equation anew with slowness times `factor`, and compares at every node the least time T with the time U of going on in the
 * usual directions through the slow floor (first-order upwind along them). The direction changes where T < (1 - gain) U.
 *
 * Ways of both kinds joined never lead in circles: where the way of the new times from k leads over m, and the usual way from m over k,
 * U(m) > U(k) and T(m) < T(k) < (1 - gain) U(k) < (1 - gain) U(m), so that m has changed too.
 * Times of the usual way count no slow floor beyond a ride in a lift.
 * @param factor by node, at least 1
 */
export function slowField(graph: WalkingGraph, seeds: Seeds, usual: SlowField, factor: Float32Array, gain: number): SlowField {
  const first = firstSlow(usual.time, factor);
  if (first === Infinity) return usual;
  const nodes = factor.length;
  const slowness = new Float32Array(nodes);
  for (let n = 0; n < nodes; n++) slowness[n] = graph.slowness[n]! * factor[n]!;
  const slow = { ...graph, slowness };
  const time = leastTimes(slow, seeds, usual.time, first);
  const along = usualTimes(slow, seeds, usual, time, first);
  const flow = usual.flow.slice();
  // All directions first: they are read from the least times around.
  for (let n = 0; n < nodes; n++) {
    const turns = time[n]! < (1 - gain) * along[n]!;
    if (turns) descentAt(graph, time, n, flow);
    flow[4 * n + 2] = turns ? time[n]! : along[n]!;
  }
  for (let n = 0; n < nodes; n++) time[n] = flow[4 * n + 2]!;
  return { time, flow };
}

/** Least usual time of a slow node. */
function firstSlow(time: Float32Array, factor: Float32Array): number {
  let first = Infinity;
  for (let n = 0; n < factor.length; n++) if (factor[n]! > 1 && time[n]! < first) first = time[n]!;
  return first;
}

/** Least times over the slow floor. Nodes nearer to the destination than every slow one keep theirs: their ways meet none. */
function leastTimes(slow: WalkingGraph, seeds: Seeds, usual: Float32Array, first: number): Float32Array {
  const { sources, jumps = [] } = slow;
  const time = usual.slice();
  for (let n = 0; n < time.length; n++) if (time[n]! >= first) time[n] = Infinity;
  const from = beginAt(seeds, time);
  const arrivals = new Set(jumps.flatMap(({ to }) => [...to]));
  for (let n = 0; n < time.length; n++) {
    if (time[n]! >= first) continue;
    let edge = arrivals.has(n);
    for (let side = 4 * n; side < 4 * n + 4; side++) if (sources[side]! >= 0 && time[sources[side]!]! >= first) edge = true;
    if (edge) from.push(n);
  }
  spread(slow, from, time);
  return time;
}

/** Nodes in order of their usual time: each field needs its order once. */
const orders = new WeakMap<Float32Array, Int32Array>();

/** Times along the usual directions from the first slow node on; at least the least times, and those where the usual way takes a jump. */
function usualTimes(
  { neighbours, slowness, cell }: WalkingGraph,
  seeds: Seeds,
  usual: SlowField,
  least: Float32Array,
  first: number,
): Float32Array {
  const along = least.slice();
  const begins = new Uint8Array(along.length);
  for (const n of seeds.nodes) begins[n] = 1;
  const order = orders.get(usual.time) ?? byTime(usual.time);
  orders.set(usual.time, order);
  for (let k = firstFrom(order, usual.time, first); k < order.length; k++) {
    const n = order[k]!;
    const gx = usual.flow[4 * n]!;
    const gy = usual.flow[4 * n + 1]!;
    const a = gx === 0 ? -1 : neighbours[4 * n + (gx > 0 ? 0 : 2)]!;
    const b = gy === 0 ? -1 : neighbours[4 * n + (gy > 0 ? 1 : 3)]!;
    const wa = a < 0 ? 0 : Math.abs(gx);
    const wb = b < 0 ? 0 : Math.abs(gy);
    const weight = wa + wb;
    if (begins[n] === 1 || weight === 0) continue;
    const sum = (wa === 0 ? 0 : wa * along[a]!) + (wb === 0 ? 0 : wb * along[b]!);
    along[n] = Math.max(least[n]!, (sum + slowness[n]! * cell) / weight);
  }
  return along;
}
