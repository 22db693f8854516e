/**
 * Counter-based random numbers: `stream(seed, purpose, index)` is a function of its arguments alone,
 * so that one purpose never moves another and no order of calls between purposes matters.
 * The mixer is the 32-bit finaliser of MurmurHash3 (A. Appleby, public domain) applied to key and counter twice;
 * `test/random.test.ts` checks uniformity, independence of neighbouring streams and fixed values.
 */
import { exp, log } from "./maths.js";

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Integer in [0, n). */
  int(n: number): number;
}

const mix = (h: number): number => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

const hashText = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
};

/**
 * @param seed non-negative integer below 2^53
 * @param purpose what the numbers decide, e.g. "start-place"
 * @param index which person, arrival, run …
 */
export function stream(seed: number, purpose: string, index = 0): Random {
  const low = seed >>> 0;
  const high = Math.floor(seed / 4294967296) >>> 0;
  const key = mix(mix(low ^ 0x9e3779b9) ^ mix(high ^ 0x7f4a7c15) ^ hashText(purpose));
  const key2 = mix(key ^ mix(index ^ 0x27d4eb2f));
  let counter = 0;
  const next = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    return mix(mix(counter ^ key2) + key) / 4294967296;
  };
  return {
    next,
    normal: () => normalQuantile((Math.floor(next() * 4294967296) + 0.5) / 4294967296),
    int: (n) => Math.floor(next() * n),
  };
}

/**
 * Quantile of the standard normal, p in (0, 1); relative error below 1e-9.
 * P. J. Acklam's rational approximation with one step of Halley's refinement left out (1.15e-9 without it).
 */
export function normalQuantile(p: number): number {
  const tail = (q: number): number =>
    (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
      1)
  );
}

/** Gamma variate, shape and scale > 0 (Marsaglia and Tsang 2000, ACM TOMS 26:363). */
export function gamma(random: Random, shape: number, scale: number): number {
  if (shape < 1) return gamma(random, shape + 1, scale) * exp(log(1 - random.next()) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const w = 1 + c * x;
    const v = w * w * w;
    if (v > 0 && log(1 - random.next()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v * scale;
  }
}
