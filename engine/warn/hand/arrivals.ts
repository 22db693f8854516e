/** Queue by hand: cumulative arrivals less cumulative service, as a fluid. */
import type { ArrivalInterval } from "../../scenario/scenario.js";

export interface FluidQueue {
  /** persons/s */
  peakArrivals: number;
  /** persons, and when, s */
  longest: number;
  longest_at_s: number;
}

/**
 * Longest queue when people arrive evenly inside each interval and are served at a constant rate while anybody waits.
 * q grows at (arrival rate - service rate) and does not fall below 0; the rate changes only where an interval begins or ends, so the
 * longest queue stands at one of these times.
 * @param shares part (0..1) of each interval's people who come to this queue
 * @param service persons/s, > 0
 */
export function fluidQueue(intervals: readonly { interval: ArrivalInterval; share: number }[], service: number): FluidQueue {
  const times = [...new Set(intervals.flatMap(({ interval }) => [interval.from_s, interval.to_s]))].sort((a, b) => a - b);
  let queue = 0;
  const found: FluidQueue = { peakArrivals: 0, longest: 0, longest_at_s: times[0] ?? 0 };
  times.forEach((from, k) => {
    const to = times[k + 1];
    // People of an interval without length come all at once.
    for (const { interval, share } of intervals)
      if (interval.from_s === from && interval.to_s === from) queue += interval.count * share;
    note(found, queue, from);
    if (to === undefined) return;
    const arrivals = intervals.reduce((sum, { interval, share }) => {
      const inside = interval.from_s <= from && interval.to_s >= to && interval.to_s > interval.from_s;
      return inside ? sum + (interval.count * share) / (interval.to_s - interval.from_s) : sum;
    }, 0);
    found.peakArrivals = Math.max(found.peakArrivals, arrivals);
    queue = Math.max(0, queue + (arrivals - service) * (to - from));
    note(found, queue, to);
  });
  return found;
}

function note(found: FluidQueue, queue: number, time: number): void {
  if (queue <= found.longest) return;
  found.longest = queue;
  found.longest_at_s = time;
}
