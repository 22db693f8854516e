/** Queues: length, waiting times, and the wait of whoever stands first. */
import { MAX_BINS, type QueueMeasure } from "./measures.js";
import { createSeries } from "./series.js";

/** Waits up to two hours are counted by whole seconds; longer ones share the last bin, whose upper end is the longest wait. */
const BINS = 7200;

export interface QueueRecorder {
  /** @param state of the frame. @param time s */
  frame(state: { waiting: number; beingServed: number; served: number; waits: readonly number[] }, time: number): void;
  now(): QueueNow;
  finish(): QueueMeasure;
}

export interface QueueNow {
  place: string;
  servers: number;
  waiting: number;
  /** Time since the person who is next has waited, served in order of joining, s; 0 where nobody waits. */
  wait_s: number;
  /** People who have joined and people whose service has begun since the start. */
  joined: number;
  begun: number;
}

export function createQueue(options: { place: string; servers: number; every_s: number }): QueueRecorder {
  const { place, servers, every_s } = options;
  const waiting = createSeries(every_s);
  const histogram = createHistogram();
  const head = createHead();
  const peak = { waiting: 0, at_s: 0 };
  let served = 0;
  let now: QueueNow = { place, servers, waiting: 0, wait_s: 0, joined: 0, begun: 0 };
  return {
    frame(state, time) {
      waiting.add(time, state.waiting);
      for (const wait of state.waits) histogram.add(wait);
      if (state.waiting > peak.waiting) {
        peak.waiting = state.waiting;
        peak.at_s = time;
      }
      served = state.served;
      const begun = state.served + state.beingServed;
      const joined = Math.max(now.joined, begun + state.waiting);
      now = { place, servers, waiting: state.waiting, joined, begun, wait_s: 0 };
      now.wait_s = head.frame(joined, begun, state.waiting, time);
    },
    now: () => now,
    finish: () => ({ place, servers, waiting: waiting.finish(), served, peak, ...histogram.finish() }),
  };
}

/** Mean exact, 95th percentile linear inside its second. */
function createHistogram() {
  const bins = new Uint32Array(BINS + 1);
  let count = 0;
  let sum = 0;
  let max = 0;
  return {
    add(wait: number) {
      bins[Math.min(BINS, Math.floor(wait))]!++;
      count++;
      sum += wait;
      max = Math.max(max, wait);
    },
    finish(): Pick<QueueMeasure, "wait_mean_s" | "wait_p95_s" | "wait_max_s"> {
      if (count === 0) return { wait_mean_s: null, wait_p95_s: null, wait_max_s: null };
      const wanted = 0.95 * count;
      let before = 0;
      let k = 0;
      while (k < BINS && before + bins[k]! < wanted) before += bins[k++]!;
      const width = k === BINS ? Math.max(1, max - BINS) : 1;
      const p95 = Math.min(max, k + (width * (wanted - before)) / bins[k]!);
      return { wait_mean_s: sum / count, wait_p95_s: p95, wait_max_s: max };
    },
  };
}

/**
 * Since when the next person waits: the time when the number of people who have joined first exceeded the number whose service has
 * begun. Keeps one entry per frame with newcomers, from the front of the queue on, at most MAX_BINS; beyond that every second one.
 */
function createHead() {
  let times: number[] = [];
  let joinedAt: number[] = [];
  return {
    frame(joined: number, begun: number, waiting: number, time: number): number {
      if (joined > (joinedAt.at(-1) ?? 0)) {
        times.push(time);
        joinedAt.push(joined);
      }
      let gone = 0;
      while (gone < joinedAt.length && joinedAt[gone]! <= begun) gone++;
      if (gone > 0) {
        times = times.slice(gone);
        joinedAt = joinedAt.slice(gone);
      }
      if (times.length > MAX_BINS) {
        // The later of two frames stands for both: a wait is then said a little too short, never too long.
        times = times.filter((_, k) => k % 2 === 1);
        joinedAt = joinedAt.filter((_, k) => k % 2 === 1);
      }
      return waiting > 0 && times.length > 0 ? time - times[0]! : 0;
    },
  };
}
