/**
 * Travel-time fields: the least time from every node of a walking graph to a destination, and the direction of steepest descent.
 *
 * Eikonal equation |grad T| = slowness on a square grid, first-order upwind (Godunov) discretisation: Sethian 1996, PNAS 93:1591.
 * Solved label-correcting with a circular bucket queue and re-opening; the fixed point is that of fast marching. Times are compared
 * after rounding to Float32, since the store rounds and a loop over unrounded values need not end.
 */

/**
 * Neighbours of node n stand at 4n … 4n + 3 in the order east, north, west, south; -1 where a wall or the edge is.
 * `neighbours` are the nodes that one may walk to from n, `sources` those that one may come from; they differ at one-way gates only.
 */
export interface WalkingGraph {
  readonly neighbours: Int32Array;
  readonly sources: Int32Array;
  /** Seconds to cross one cell at 1 m/s on the level (cell edge, m) times this factor ≥ 1. */
  readonly slowness: Float32Array;
  /** Edge of a cell, m. */
  readonly cell: number;
  /** Lifts; absent where there are none. */
  readonly jumps?: readonly Jump[];
}

/** From each of some nodes one gets to its counterpart in a time of its own: a ride in a lift. */
export interface Jump {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** s at 1 m/s on the level, as all times of a field. */
  readonly time: number;
  /** Gates that must both be a way. */
  readonly gates: readonly [number, number];
}

/** Nodes where a field begins, with their starting times, s (0 inside the destination). */
export interface Seeds {
  readonly nodes: Int32Array;
  readonly times: Float32Array;
  /** 2 per seed, unit vectors to walk along at the seed itself; empty where people stop there. */
  readonly directions: Float32Array;
}

/**
 * Fills `time` (one per node, s at 1 m/s on the level; Infinity where the destination cannot be reached).
 * Cost grows with the number of nodes; all memory is allocated here once.
 */
export function travelTime(graph: WalkingGraph, seeds: Seeds, time: Float32Array): void {
  time.fill(Infinity);
  spread(graph, beginAt(seeds, time), time);
}

/** Writes the times of the seeds where they are less than what `time` holds; gives the nodes where they are. */
export function beginAt(seeds: Seeds, time: Float32Array): number[] {
  const from: number[] = [];
  for (let k = 0; k < seeds.nodes.length; k++) {
    const n = seeds.nodes[k]!;
    if (seeds.times[k]! >= time[n]!) continue;
    time[n] = seeds.times[k]!;
    from.push(n);
  }
  return from;
}

/**
 * Spreads the times that nodes `from` have to all others (or those of `within`) as far as that makes them less; all others begin at Infinity.
 */
export function spread(
  graph: WalkingGraph,
  from: readonly number[],
  time: Float32Array,
  within?: (node: number) => boolean,
): void {
  const { neighbours, sources, slowness, cell } = graph;
  let slowest = 1;
  for (let n = 0; n < slowness.length; n++) if (slowness[n]! > slowest) slowest = slowness[n]!;
  const width = cell * 0.5;
  let least = Infinity;
  let latest = 0;
  for (const n of from) {
    if (time[n]! < least) least = time[n]!;
    if (time[n]! > latest) latest = time[n]!;
  }
  if (from.length === 0) return;
  const start = Math.floor(least / width);
  const { origins, longest } = jumpsByTarget(graph);
  const queue = createBuckets(Math.ceil((Math.max(slowest * cell, longest) + latest - least) / width) + 2);
  for (const n of from) queue.push(Math.floor(time[n]! / width) - start, n);
  for (let n = queue.pop(); n >= 0; n = queue.pop()) {
    // A node may stand in the queue several times: a later, earlier-timed entry has already passed it on.
    if (Math.floor(time[n]! / width) - start < queue.at()) continue;
    const base = 4 * n;
    for (let side = 0; side < 4; side++) {
      const m = sources[base + side]!;
      if (m < 0 || (within && !within(m))) continue;
      const t = Math.fround(upwind(neighbours, time, m, slowness[m]! * cell));
      if (t < time[m]!) {
        time[m] = t;
        queue.push(Math.floor(t / width) - start, m);
      }
    }
    for (const [m, ride] of origins?.get(n) ?? NONE) {
      const t = Math.fround(time[n]! + ride);
      if (t >= time[m]! || (within && !within(m))) continue;
      time[m] = t;
      queue.push(Math.floor(t / width) - start, m);
    }
  }
}

const NONE: readonly [number, number][] = [];

/** Nodes from which each node is reached by a jump, with its time; null where there are no jumps. */
function jumpsByTarget({ jumps }: WalkingGraph): { origins: Map<number, [number, number][]> | null; longest: number } {
  if (!jumps || jumps.length === 0) return { origins: null, longest: 0 };
  const origins = new Map<number, [number, number][]>();
  let longest = 0;
  for (const { from, to, time } of jumps) {
    if (time > longest) longest = time;
    to.forEach((n, k) => {
      const list = origins.get(n) ?? [];
      list.push([from[k]!, time]);
      origins.set(n, list);
    });
  }
  return { origins, longest };
}

/** Godunov update of node m from its present neighbours. */
function upwind(neighbours: Int32Array, time: Float32Array, m: number, f: number): number {
  const e = neighbours[4 * m]!;
  const n = neighbours[4 * m + 1]!;
  const w = neighbours[4 * m + 2]!;
  const s = neighbours[4 * m + 3]!;
  const te = e < 0 ? Infinity : time[e]!;
  const tw = w < 0 ? Infinity : time[w]!;
  const tn = n < 0 ? Infinity : time[n]!;
  const ts = s < 0 ? Infinity : time[s]!;
  const a = te < tw ? te : tw;
  const b = tn < ts ? tn : ts;
  if (a === Infinity) return b + f;
  if (b === Infinity) return a + f;
  const gap = a - b;
  if (gap >= f) return b + f;
  if (-gap >= f) return a + f;
  return (a + b + Math.sqrt(2 * f * f - gap * gap)) / 2;
}

/**
 * Unit vectors of steepest descent with the time, 4 per node [gx, gy, time, 0, …]; (0, 0) at seeds without a direction and where nothing is reached.
 * A direction across a portal is the plan direction, since all sheets share one raster.
 */
export function descent(graph: WalkingGraph, seeds: Seeds, time: Float32Array, flow: Float32Array): void {
  for (let n = 0; n < time.length; n++) {
    descentAt(graph, time, n, flow);
    flow[4 * n + 2] = time[n]!;
  }
  for (let k = 0; 2 * k < seeds.directions.length; k++) {
    const n = seeds.nodes[k]!;
    flow[4 * n] = seeds.directions[2 * k]!;
    flow[4 * n + 1] = seeds.directions[2 * k + 1]!;
  }
}

/** The direction of steepest descent at one node, into flow[4 n] and flow[4 n + 1]. */
export function descentAt({ neighbours }: WalkingGraph, time: Float32Array, n: number, flow: Float32Array): void {
  const t = time[n]!;
  let gx = 0;
  let gy = 0;
  if (t > 0 && t < Infinity) {
    const e = neighbours[4 * n]!;
    const w = neighbours[4 * n + 2]!;
    const te = e < 0 ? Infinity : time[e]!;
    const tw = w < 0 ? Infinity : time[w]!;
    if (te < tw) gx = te < t ? t - te : 0;
    else if (tw < t) gx = tw - t;
    const nn = neighbours[4 * n + 1]!;
    const s = neighbours[4 * n + 3]!;
    const tn = nn < 0 ? Infinity : time[nn]!;
    const ts = s < 0 ? Infinity : time[s]!;
    if (tn < ts) gy = tn < t ? t - tn : 0;
    else if (ts < t) gy = ts - t;
  }
  const length = Math.sqrt(gx * gx + gy * gy);
  flow[4 * n] = length > 0 ? gx / length : 0;
  flow[4 * n + 1] = length > 0 ? gy / length : 0;
}

interface Buckets {
  push(level: number, node: number): void;
  /** Next node in order of level, or -1 when empty. */
  pop(): number;
  /** Level of the bucket being emptied. */
  at(): number;
}

function createBuckets(count: number): Buckets {
  // Floor that is slow by a factor of a thousand needs as many buckets more, most of them for nothing: each gets its room when it is used.
  const none = new Int32Array(0);
  const buckets: Int32Array[] = new Array<Int32Array>(count).fill(none);
  const length = new Int32Array(count);
  let level = 0;
  let total = 0;
  return {
    push(at, node) {
      const k = (at < level ? level : at) % count;
      let bucket = buckets[k]!;
      if (length[k] === bucket.length) {
        const larger = new Int32Array(Math.max(64, bucket.length * 2));
        larger.set(bucket);
        bucket = larger;
        buckets[k] = larger;
      }
      bucket[length[k]!] = node;
      length[k]!++;
      total++;
    },
    pop() {
      if (total === 0) return -1;
      while (length[level % count] === 0) level++;
      const k = level % count;
      total--;
      length[k]!--;
      return buckets[k]![length[k]!]!;
    },
    at: () => level,
  };
}
