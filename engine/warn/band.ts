/** Over the runs of an ensemble; for one run all three are equal. null: not reached in so many runs that the quantile is open. */
export interface Band {
  p5: number | null;
  p50: number | null;
  p95: number | null;
}
