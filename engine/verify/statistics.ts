/** Statistics of repeated runs: mean, interval of the mean, Kolmogorov's test. All from `maths.ts`, so equal on every machine. */
import { exp, log } from "../maths.js";
import { normalQuantile } from "../random.js";

export interface Summary {
  /** Values that went in. */
  n: number;
  mean: number;
  /** Standard deviation of the values (n − 1). */
  sd: number;
  /** 95 % interval of the mean by Student's t; equal to the mean for one value. */
  low: number;
  high: number;
  min: number;
  max: number;
}

/** Summary of at least one value; null of none. */
export function summarise(values: readonly number[]): Summary | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const sd = n > 1 ? Math.sqrt(values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / (n - 1)) : 0;
  const half = n > 1 ? (studentQuantile(n - 1) * sd) / Math.sqrt(n) : 0;
  return { n, mean, sd, low: mean - half, high: mean + half, min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Two-sided 95 % quantile of Student's t with `freedom` ≥ 1 degrees of freedom, relative error below 1e-4.
 * G. W. Hill, Algorithm 396, Comm. ACM 13 (1970) 619; exact for 1 and 2.
 */
export function studentQuantile(freedom: number): number {
  const p = 0.05;
  if (freedom === 1) return 12.706204736432095;
  if (freedom === 2) return Math.sqrt(2 / (p * (2 - p)) - 2);
  const n = freedom;
  const a = 1 / (n - 0.5);
  const b = 48 / (a * a);
  let c = ((20700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
  let y = exp((2 / n) * log(d * p));
  if (y > 0.05 + a) {
    const x = normalQuantile(p / 2);
    y = x * x;
    if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = a * y * y;
    y = y > 0.002 ? exp(y) - 1 : 0.5 * y * y + y;
  } else {
    y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * ((n + 1) / (n + 2)) + 1 / y;
  }
  return Math.sqrt(n * y);
}

/** P(X ≥ k) of n trials that each come out with chance p: how likely so many are by chance alone. Exact for up to some thousand trials. */
export function binomialTail(n: number, k: number, p: number): number {
  let term = 1;
  for (let i = 0; i < n; i++) term *= 1 - p;
  let below = 0;
  for (let i = 0; i < k; i++) {
    below += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/** Largest distance between the sample's and the given distribution function, sup |F_n − F|. */
export function kolmogorovDistance(sample: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  return sorted.reduce((most, x, k) => {
    const f = cumulative(x);
    return Math.max(most, (k + 1) / n - f, f - k / n);
  }, 0);
}

/** From here on the asymptotic form is used: sizes above `LARGE` would need matrices of hundreds of rows. */
const LARGE = 3000;

/**
 * P(D_n ≥ d): p-value of Kolmogorov's one-sample test for a fully given distribution. Exact by G. Marsaglia, W. W. Tsang, J. Wang,
 * Evaluating Kolmogorov's distribution, J. Stat. Software 8(18), 2003; above 3,000 values Kolmogorov's limit with the correction of
 * M. A. Stephens, J. R. Stat. Soc. B 32 (1970) 115.
 */
export function kolmogorovP(n: number, d: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  // The paper's own form for far tails, right to 7 digits there; the matrices would have thousands of rows.
  const s2 = n * d * d;
  if (s2 > 7.24 || (s2 > 3.76 && n > 99)) return 2 * exp(-(2.000071 + 0.331 / Math.sqrt(n) + 1.409 / n) * s2);
  if (n > LARGE) return asymptotic((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * d);
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const h = k - n * d;
  const start = firstMatrix(m, h);
  const { matrix, exponent } = power(start, m, n);
  let s = matrix[(k - 1) * m + k - 1]!;
  let e = exponent;
  for (let i = 1; i <= n; i++) {
    s = (s * i) / n;
    if (s < 1e-140) {
      s *= 1e140;
      e -= 140;
    }
  }
  return Math.min(1, Math.max(0, 1 - s * tens(e)));
}

function asymptotic(x: number): number {
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}

/** The matrix H of the paper. */
function firstMatrix(m: number, h: number): Float64Array {
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) matrix[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  let toI = 1;
  for (let i = 0; i < m; i++) {
    toI *= h;
    matrix[i * m] = matrix[i * m]! - toI;
    let rest = 1;
    for (let k = 0; k < m - i; k++) rest *= h;
    matrix[(m - 1) * m + i] = matrix[(m - 1) * m + i]! - rest;
  }
  if (2 * h - 1 > 0) {
    let corner = 1;
    for (let k = 0; k < m; k++) corner *= 2 * h - 1;
    matrix[(m - 1) * m] = matrix[(m - 1) * m]! + corner;
  }
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) for (let g = 1; g <= i - j + 1; g++) matrix[i * m + j] = matrix[i * m + j]! / g;
  return matrix;
}

/** matrix^n with a decimal exponent apart, so that nothing overflows. */
function power(start: Float64Array, m: number, n: number): { matrix: Float64Array; exponent: number } {
  if (n === 1) return { matrix: start, exponent: 0 };
  const half = power(start, m, n >> 1);
  let matrix = product(half.matrix, half.matrix, m);
  let exponent = 2 * half.exponent;
  if (n % 2 === 1) matrix = product(start, matrix, m);
  const middle = m >> 1;
  if (matrix[middle * m + middle]! > 1e140) {
    matrix = matrix.map((value) => value * 1e-140);
    exponent += 140;
  }
  return { matrix, exponent };
}

function product(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < m; j++) out[i * m + j] = out[i * m + j]! + factor * b[k * m + j]!;
    }
  return out;
}

function tens(e: number): number {
  let value = 1;
  for (let k = 0; k < Math.abs(e); k++) value = e > 0 ? value * 10 : value / 10;
  return value;
}
