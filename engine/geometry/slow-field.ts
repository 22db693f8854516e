/** A travel-time field over floor that has become slower than usual, for people who keep to the usual way unless another one is clearly better. */
import { byTime } from "./local-time.js";
import { descentAt, type Seeds, travelTime, type WalkingGraph } from "./travel-time.js";

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
  const nodes = factor.length;
  const slowness = new Float32Array(nodes);
  for (let n = 0; n < nodes; n++) slowness[n] = graph.slowness[n]! * factor[n]!;
  const slow = { ...graph, slowness };
  const time = new Float32Array(nodes);
  travelTime(slow, seeds, time);
  const along = usualTimes(slow, seeds, usual, time);
  const flow = usual.flow.slice();
  for (let n = 0; n < nodes; n++) {
    if (time[n]! < (1 - gain) * along[n]!) descentAt(graph, time, n, flow);
    else time[n] = along[n]!;
    flow[4 * n + 2] = time[n]!;
  }
  return { time, flow };
}

/** Times along the usual directions; at least the least times, and those where the usual way takes a jump. */
function usualTimes(
  { neighbours, slowness, cell }: WalkingGraph,
  seeds: Seeds,
  usual: SlowField,
  least: Float32Array,
): Float32Array {
  const along = least.slice();
  const begins = new Uint8Array(along.length);
  for (const n of seeds.nodes) begins[n] = 1;
  for (const n of byTime(usual.time)) {
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
