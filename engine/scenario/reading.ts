/** What the parts of a scenario share while it is read: the list of faults, the clock, the files beside it. */
import type { Problem } from "../errors.js";

/** A moment: seconds since 1970-01-01 UTC, and the offset of its clock from UTC, s. */
export interface Instant {
  readonly utc_s: number;
  readonly offset_s: number;
}

export interface Reading {
  readonly problems: Problem[];
  /** True where the shape of this path, or of something inside it, is already known to be wrong. */
  readonly broken: (path: string) => boolean;
  /** null: the scenario has no clock, or a faulty one. */
  readonly start: Instant | null;
  /** s; null where it is faulty. */
  readonly duration_s: number | null;
  /** Text of a file beside the scenario; throws where there is none. */
  readonly files: (path: string) => string;
}

/** Adds a fault at a path of the file. */
export function fault(reading: Reading, place: string, message: string, extra: Partial<Problem> = {}): void {
  reading.problems.push({ place, message, ...extra });
}

/** One name or several, as a list. */
export const asList = (value: string | readonly string[]): string[] => (typeof value === "string" ? [value] : [...value]);

/** Adds a fault for each name that stands twice in a list. */
export function refuseDoubles(reading: Reading, place: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) fault(reading, place, `names "${name}" twice`);
    seen.add(name);
  }
}

/** Tolerance of a sum of shares: rounding of what a person writes, such as 0.33 + 0.33 + 0.34, is exact; 1/3 written as 0.3333333 passes. */
const SHARE_TOLERANCE = 1e-6;

/** Adds a fault unless the shares are as many as the names and add to 1. */
export function checkShares(
  reading: Reading,
  place: string,
  shares: readonly number[],
  names: readonly string[],
  list: string,
): void {
  if (shares.length !== names.length) {
    fault(reading, place, `has ${shares.length} shares for ${names.length} places in "${list}"`, {
      value: shares.length,
      limit: names.length,
    });
    return;
  }
  const sum = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
    fault(reading, place, `adds to ${Number(sum.toFixed(6))}, must add to 1`, { value: sum, limit: 1 });
  }
}

/**
 * Whole numbers in the proportion of `weights` that add to `total` exactly: rounded down, then one more for the largest remainders,
 * the first ones at equal remainder (Hamilton's method). Weights ≥ 0, not all 0.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (total * w) / sum);
  const counts = exact.map((x) => Math.floor(x));
  let rest = total - counts.reduce((a, b) => a + b, 0);
  const order = exact.map((x, k) => [x - Math.floor(x), k] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, k] of order) {
    if (rest <= 0) break;
    counts[k]!++;
    rest--;
  }
  return counts;
}
