/** Values over time in at most MAX_BINS bins: when time outgrows them the bins double, so memory does not grow with run length. */
import { MAX_BINS, type Series } from "./measures.js";

export interface SeriesRecorder {
  /** @param time s, not before earlier ones */
  add(time: number, value: number): void;
  finish(): Series;
}

/** @param bin_s first length of a bin, s: the interval of the values, so that nothing is averaged before it must be */
export function createSeries(bin_s: number): SeriesRecorder {
  const sum = new Float64Array(MAX_BINS);
  const seen = new Uint32Array(MAX_BINS);
  const max = new Float64Array(MAX_BINS);
  let bin = bin_s;
  let used = 0;
  return {
    add(time, value) {
      let i = binOf(time, bin);
      while (i >= MAX_BINS) {
        fold(sum, seen, max);
        bin *= 2;
        used = Math.ceil(used / 2);
        i = binOf(time, bin);
      }
      max[i] = seen[i] === 0 ? value : Math.max(max[i]!, value);
      sum[i]! += value;
      seen[i]!++;
      used = Math.max(used, i + 1);
    },
    finish() {
      const series: Series = { bin_s: bin, mean: [], max: [] };
      for (let i = 0; i < used; i++) {
        // A bin without a value of its own keeps the one before: the state lasts until it is seen to change.
        series.mean.push(seen[i] === 0 ? (series.mean.at(-1) ?? 0) : sum[i]! / seen[i]!);
        series.max.push(seen[i] === 0 ? (series.max.at(-1) ?? 0) : max[i]!);
      }
      return series;
    },
  };
}

/** Times are step numbers times a step: 0.3 / 0.1 must be 3, not 2.9999. */
const binOf = (time: number, bin: number): number => Math.floor(time / bin + 1e-6);

function fold(sum: Float64Array, seen: Uint32Array, max: Float64Array): void {
  for (let i = 0; i < MAX_BINS / 2; i++) {
    const [a, b] = [2 * i, 2 * i + 1];
    max[i] = seen[a] === 0 ? max[b]! : seen[b] === 0 ? max[a]! : Math.max(max[a]!, max[b]!);
    sum[i] = sum[a]! + sum[b]!;
    seen[i] = seen[a]! + seen[b]!;
  }
  sum.fill(0, MAX_BINS / 2);
  seen.fill(0, MAX_BINS / 2);
  max.fill(0, MAX_BINS / 2);
}
