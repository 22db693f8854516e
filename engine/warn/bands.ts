/** Quantiles over the runs of an ensemble. */
import { quantileSorted } from "simple-statistics";
import type { Band } from "./report.js";

/**
 * Quantile by linear interpolation between order statistics at (n - 1) p (rule 7 of Hyndman and Fan 1996, The American Statistician
 * 50:361; the default of R, NumPy and simple-statistics). null stands for "not reached" and sorts last, as later than everything: the
 * result is null when it would need such a value, or of nothing.
 */
export function quantile(values: readonly (number | null)[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  if (sorted[Math.ceil((sorted.length - 1) * p)] === Number.POSITIVE_INFINITY) return null;
  return quantileSorted(sorted, p);
}

export function bandOf(values: readonly (number | null)[]): Band {
  return { p5: quantile(values, 0.05), p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

/** The run in the middle by a number: of an even count the lower one; equal numbers in the order given. */
export function middle<T>(runs: readonly T[], value: (run: T) => number): T {
  const sorted = runs.map((run, k) => ({ run, k, at: value(run) })).sort((a, b) => a.at - b.at || a.k - b.k);
  const found = sorted[Math.floor((sorted.length - 1) / 2)];
  if (found === undefined) throw new Error("no run has a middle");
  return found.run;
}
