/** Bias and scatter of a model against measurements. */

export interface Accuracy {
  n: number;
  /** Geometric mean of model / measured. */
  bias: number;
  /** Relative standard deviation: that of ln(model / measured). */
  deviation: number;
}

/**
 * McGrattan & Toman 2011 (Metrologia 48, 173; NIST TN 1889v3): ln(model / measured) is taken as normal; its mean gives the bias, its standard
 * deviation (n - 1) the relative scatter, in which that of the measurement is contained.
 */
export function accuracy(pairs: readonly { readonly model: number; readonly measured: number }[]): Accuracy {
  const logs = pairs.map(({ model, measured }) => Math.log(model / measured));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const squares = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { n: logs.length, bias: Math.exp(mean), deviation: Math.sqrt(squares / (logs.length - 1)) };
}

/** Limits that are "no worse than" a published bias and deviation, both rounded to two digits: as far from 1 on either side. */
export function noWorse(bias: number): { least: number; most: number } {
  const distance = Math.abs(Math.log(bias));
  return { least: Math.exp(-distance) - 0.005, most: Math.exp(distance) + 0.005 };
}
