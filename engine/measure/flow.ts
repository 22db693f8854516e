/** Crossings of one line over time: binned counts, the busiest minute, the N-t curve. Memory does not grow with run length. */
import { MAX_BINS } from "./measures.js";

/** The minute over which flows are averaged: the unit of the guides (82 persons per metre and minute). s */
const FLOW_WINDOW_S = 60;
/** Who comes back over a line within this time has not crossed it: the first crossing is taken back. s */
const RETURN_S = 10;
/** First length of a bin, s: doubled any number of times up to 60 it still divides the minute, and it is exact in binary. */
const FIRST_BIN_S = 15 / 64;
/** Below this many crossings no mean flow is given: 10 % and 90 % would be single persons. */
const LEAST_FOR_MEAN = 20;

type Direction = 1 | -1;

export interface FlowRecorder {
  /** Opens the time up to `now`, s; before the crossings of the frame are added. */
  open(now: number): void;
  /** @param direction 1 = forward (left to right of the line seen along it), -1 = backward; @param time s, up to `now` */
  add(id: number, time: number, direction: Direction): void;
  /** Mean over the last minute, or since the start, both directions, persons/s. */
  rate(now: number): number;
  finish(end: number): FlowResult;
}

interface FlowResult {
  bin_s: number;
  forward: number[];
  backward: number[];
  total_forward: number;
  total_backward: number;
  /** Both directions, persons/s. */
  peak_flow: number;
  mean_flow: number | null;
  n_t: number[];
}

/** @param options.every_s interval of frames, s. @param options.returns false: every crossing counts (people who have left cannot return) */
export function createFlow(options: { every_s: number; returns: boolean }): FlowRecorder {
  const bins = createBins();
  const minute = createMinute(options.every_s);
  const recent = new Map<number, { time: number; direction: Direction }>();
  let pruned = 0;
  return {
    open(now) {
      minute.open(now);
      if (now - pruned > RETURN_S) {
        for (const [id, crossing] of recent) if (now - crossing.time > RETURN_S) recent.delete(id);
        pruned = now;
      }
    },
    add(id, time, direction) {
      const before = options.returns ? recent.get(id) : undefined;
      if (before && before.direction === -direction && time - before.time <= RETURN_S) {
        bins.add(before.time, before.direction, -1);
        minute.add(before.time, -1);
        recent.delete(id);
        return;
      }
      bins.add(time, direction, 1);
      minute.add(time, 1);
      if (options.returns) recent.set(id, { time, direction });
    },
    rate: (now) => minute.rate(now),
    finish: (end) => ({ ...bins.finish(), peak_flow: minute.finish(end) }),
  };
}

function createBins() {
  const forward = new Int32Array(MAX_BINS);
  const backward = new Int32Array(MAX_BINS);
  let bin = FIRST_BIN_S;
  let used = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  const fold = (counts: Int32Array): void => {
    for (let i = 0; i < MAX_BINS / 2; i++) counts[i] = counts[2 * i]! + counts[2 * i + 1]!;
    counts.fill(0, MAX_BINS / 2);
  };
  return {
    add(time: number, direction: Direction, count: 1 | -1) {
      while (Math.floor(time / bin) >= MAX_BINS) {
        fold(forward);
        fold(backward);
        bin *= 2;
        used = Math.ceil(used / 2);
      }
      const i = Math.floor(time / bin);
      (direction === 1 ? forward : backward)[i]! += count;
      used = Math.max(used, i + 1);
      if (direction !== 1) return;
      if (count === 1) {
        first = Math.min(first, time);
        last = Math.max(last, time);
      } else if (time === first) first = Number.POSITIVE_INFINITY;
    },
    finish(): Omit<FlowResult, "peak_flow"> {
      const counts = Array.from(forward.subarray(0, used));
      const back = Array.from(backward.subarray(0, used));
      const total = (list: number[]): number => list.reduce((sum, n) => sum + n, 0);
      const n_t = crossingTimes(counts, bin, first, last);
      const span = n_t.length > 0 ? n_t[90]! - n_t[10]! : 0;
      const total_forward = total(counts);
      const mean_flow = total_forward < LEAST_FOR_MEAN || span <= 0 ? null : (0.8 * total_forward) / span;
      return { bin_s: bin, forward: counts, backward: back, total_forward, total_backward: total(back), mean_flow, n_t };
    },
  };
}

/**
 * Times at which k/100 of the crossings had passed, linear inside a bin and kept between the first and the last crossing, which are
 * exact unless they were taken back.
 */
function crossingTimes(counts: readonly number[], bin: number, first: number, last: number): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return [];
  const times: number[] = [];
  const lowest = counts.findIndex((n) => n > 0);
  const highest = counts.findLastIndex((n) => n > 0);
  const from = Math.min(Math.max(first, lowest * bin), (lowest + 1) * bin);
  const to = Math.min(Math.max(last, highest * bin), (highest + 1) * bin);
  let i = 0;
  let before = 0;
  for (let k = 0; k <= 100; k++) {
    const wanted = (k / 100) * total;
    while (i < counts.length - 1 && before + counts[i]! < wanted) before += counts[i++]!;
    const time = (i + (counts[i] === 0 ? 0 : Math.min(1, (wanted - before) / counts[i]!))) * bin;
    times.push(Math.min(to, Math.max(from, time)));
  }
  times[0] = Math.min(from, to);
  return times;
}

/** Counts per second of the last minute and a little more: a crossing may still be taken back for RETURN_S. */
function createMinute(every_s: number) {
  const size = 2 * (FLOW_WINDOW_S + RETURN_S) + 2 * Math.ceil(every_s);
  const counts = new Int32Array(size);
  let opened = -1;
  let settled = -1;
  let lastNow = 0;
  let sum = 0;
  let most = 0;
  const settle = (upto: number): void => {
    for (; settled < upto; ) {
      settled++;
      sum += counts[settled % size]!;
      if (settled >= FLOW_WINDOW_S) sum -= counts[(settled - FLOW_WINDOW_S) % size]!;
      most = Math.max(most, sum);
    }
  };
  return {
    open(now: number) {
      const second = Math.floor(now);
      // Crossings since the last frame take back nothing older than RETURN_S before it.
      settle(Math.min(opened, Math.floor(lastNow - RETURN_S) - 1));
      lastNow = now;
      for (; opened < second; ) counts[++opened % size] = 0;
    },
    add(time: number, count: 1 | -1) {
      counts[Math.floor(time) % size]! += count;
    },
    rate(now: number) {
      const second = Math.floor(now);
      const seconds = Math.min(FLOW_WINDOW_S, second + 1);
      let total = 0;
      for (let s = second - seconds + 1; s <= second; s++) total += counts[s % size]!;
      return total / Math.max(1, Math.min(FLOW_WINDOW_S, now));
    },
    /** Most in one minute, over the length of a minute, or of the run where it is shorter, persons/s. */
    finish(end: number) {
      settle(opened);
      return most / Math.min(FLOW_WINDOW_S, Math.max(1, end));
    },
  };
}
