/** Values frame by frame, and what a list of values says as a whole. */

/** Value of frame `first + k * every` at k; NaN where there is none. */
export interface FrameSeries {
  readonly first: number;
  readonly every: number;
  readonly values: Float64Array;
}

export interface Statistics {
  /** Values that there are. */
  readonly count: number;
  /** Null without values. */
  readonly mean: number | null;
  /** Of the sample (n - 1); null below two values. */
  readonly standard_deviation: number | null;
  readonly least: number | null;
  readonly greatest: number | null;
}

/** Statistics over the values that are there; NaN is missing and counts for nothing. */
export function statisticsOf(values: Iterable<number>): Statistics {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    // Welford 1962, Technometrics 4:419: no cancellation of large sums.
    const off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (count === 0) return { count, mean: null, standard_deviation: null, least: null, greatest: null };
  return { count, mean, standard_deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null, least, greatest };
}

/** Mean over all entries with missing ones as 0: what PedPy's series give for frames in which nobody has a speed. */
export function meanWithZeros(values: Float64Array): number | null {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return values.length === 0 ? null : sum / values.length;
}
