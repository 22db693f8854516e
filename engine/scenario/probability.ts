/** Probability functions from `maths.ts` alone, so that means and acceptance are the same bits on every machine. */
import { exp, log } from "../maths.js";

/** Density of the standard normal. */
export const normalDensity = (x: number): number => 0.3989422804014327 * exp(-0.5 * x * x);

/**
 * Distribution function of the standard normal, absolute error below 1e-14; 0 and 1 beyond |x| = 8.
 * G. Marsaglia, Evaluating the normal distribution, J. Stat. Software 11(4), 2004, eq. 3: 1/2 + φ(x)(x + x³/3 + x⁵/(3·5) + …).
 */
export function normalCumulative(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** log Γ(s), s > 0, absolute error below 1e-10 (Lanczos 1964, six coefficients as in Press et al., Numerical Recipes, 6.1). */
export function logGamma(s: number): number {
  const coefficients = [
    76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5,
  ];
  let sum = 1.000000000190015;
  coefficients.forEach((c, k) => {
    sum += c / (s + 1 + k);
  });
  const t = s + 5.5;
  return (s + 0.5) * log(t) - t + log((2.5066282746310007 * sum) / s);
}

/**
 * Regularised lower incomplete gamma function P(s, x), s > 0, 0 ≤ x ≤ ∞, absolute error below 1e-9.
 * Series for x < s + 1, else Lentz's continued fraction (DLMF 8.11.4 and 8.9.2).
 */
export function gammaP(s: number, x: number): number {
  if (!(x > 0)) return 0;
  if (x === Infinity) return 1;
  const front = exp(s * log(x) - x - logGamma(s));
  if (x < s + 1) {
    let term = 1 / s;
    let sum = term;
    for (let k = 1; k < 10000 && term > 1e-16 * sum; k++) {
      term *= x / (s + k);
      sum += term;
    }
    return Math.min(1, sum * front);
  }
  let b = x + 1 - s;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10000; k++) {
    const a = -k * (k - s);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return Math.max(0, 1 - front * fraction);
}

/** Lentz's guard against a division by zero. */
const nonZero = (x: number): number => (Math.abs(x) < 1e-300 ? 1e-300 : x);
