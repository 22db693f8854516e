/** Draws from the distributions of a scenario, and their means and bounds. Units are those of the key that holds them. */
import { MusterError } from "../errors.js";
import { exp, log } from "../maths.js";
import { gamma, type Random } from "../random.js";
import { gammaP, logGamma, normalCumulative, normalDensity } from "./probability.js";
import type { Distribution } from "./scenario.js";

/**
 * Draws in a row that may fall outside [min, max]. A scenario is refused when less than MIN_ACCEPTANCE of the draws fall inside,
 * so the chance to get here is below 0.99^10000 = 2e-44.
 */
const MAX_DRAWS = 10_000;
export const MIN_ACCEPTANCE = 0.01;

/** One draw; a value outside [min, max] is drawn again (truncation, not clamping: no mass piles up on the bounds). */
export function sample(distribution: Distribution, random: Random): number {
  if ("constant" in distribution) return distribution.constant;
  if ("uniform" in distribution) {
    const [from, to] = distribution.uniform;
    return from + (to - from) * random.next();
  }
  const { min, max } = bounds(distribution);
  for (let k = 0; k < MAX_DRAWS; k++) {
    const x = draw(distribution, random);
    if (x >= min && x <= max) return x;
  }
  throw new MusterError("INTERNAL", `${MAX_DRAWS} draws of ${JSON.stringify(distribution)} fell outside its bounds`);
}

function draw(distribution: Exclude<Distribution, { constant: number } | { uniform: [number, number] }>, random: Random): number {
  if ("normal" in distribution) return distribution.normal.mean + distribution.normal.sd * random.normal();
  if ("lognormal" in distribution) {
    const { mu, sigma } = logMoments(distribution.lognormal);
    return (distribution.lognormal.offset ?? 0) + exp(mu + sigma * random.normal());
  }
  if ("weibull" in distribution)
    return distribution.weibull.scale * power(-log(1 - random.next()), 1 / distribution.weibull.shape);
  return gamma(random, distribution.gamma.shape, distribution.gamma.scale);
}

/** Smallest and largest value that a draw can have. */
export function bounds(distribution: Distribution): { min: number; max: number } {
  if ("constant" in distribution) return { min: distribution.constant, max: distribution.constant };
  if ("uniform" in distribution) return { min: distribution.uniform[0], max: distribution.uniform[1] };
  if ("normal" in distribution) return { min: distribution.normal.min, max: distribution.normal.max };
  if ("lognormal" in distribution) return { min: distribution.lognormal.min, max: distribution.lognormal.max };
  if ("weibull" in distribution) return { min: distribution.weibull.min, max: distribution.weibull.max };
  return { min: distribution.gamma.min, max: distribution.gamma.max };
}

/** Smallest value that a draw can have. */
export const lowerBound = (distribution: Distribution): number => bounds(distribution).min;
/** Largest value that a draw can have. */
export const upperBound = (distribution: Distribution): number => bounds(distribution).max;

/** Share of untruncated draws that fall inside [min, max]; 1 for constants and uniform ranges. */
export function acceptance(distribution: Distribution): number {
  if ("constant" in distribution || "uniform" in distribution) return 1;
  const { min, max } = bounds(distribution);
  return cumulative(distribution, max) - cumulative(distribution, min);
}

/** Share of draws at or below x, truncation counted in; 0 or 1 beyond the bounds. */
export function shareBelow(distribution: Distribution, x: number): number {
  const { min, max } = bounds(distribution);
  if (x < min) return 0;
  if (x >= max) return 1;
  if ("uniform" in distribution) return (x - min) / (max - min);
  if ("constant" in distribution) return 1;
  return (cumulative(distribution, x) - cumulative(distribution, min)) / acceptance(distribution);
}

function cumulative(
  distribution: Exclude<Distribution, { constant: number } | { uniform: [number, number] }>,
  x: number,
): number {
  if ("normal" in distribution) return normalCumulative((x - distribution.normal.mean) / distribution.normal.sd);
  if ("lognormal" in distribution) {
    const beyond = x - (distribution.lognormal.offset ?? 0);
    if (!(beyond > 0)) return 0;
    const { mu, sigma } = logMoments(distribution.lognormal);
    return normalCumulative((log(beyond) - mu) / sigma);
  }
  if (!(x > 0)) return 0;
  if ("weibull" in distribution) return 1 - exp(-power(x / distribution.weibull.scale, distribution.weibull.shape));
  return gammaP(distribution.gamma.shape, x / distribution.gamma.scale);
}

/**
 * Mean of the truncated distribution, in closed form; relative error below 1e-7 where at least 1 % of the draws are accepted.
 * Normal: μ + σ (φ(α) − φ(β)) / (Φ(β) − Φ(α)); the others: partial first moment over the same share
 * (N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 1, 2nd ed. 1994, 13.10, 14.4, 17.8, 21.4).
 */
export function mean(distribution: Distribution): number {
  if ("constant" in distribution) return distribution.constant;
  if ("uniform" in distribution) return (distribution.uniform[0] + distribution.uniform[1]) / 2;
  const { min, max } = bounds(distribution);
  const share = acceptance(distribution);
  if ("normal" in distribution) {
    const { mean: mu, sd } = distribution.normal;
    return mu + (sd * (normalDensity((min - mu) / sd) - normalDensity((max - mu) / sd))) / share;
  }
  const offset = "lognormal" in distribution ? (distribution.lognormal.offset ?? 0) : 0;
  return offset + (partialMean(distribution, max - offset) - partialMean(distribution, min - offset)) / share;
}

/** ∫ x f(x) dx from 0 to x of the untruncated distribution, without its offset. */
function partialMean(
  distribution: Exclude<Distribution, { constant: number } | { uniform: [number, number] } | { normal: unknown }>,
  x: number,
): number {
  if (!(x > 0)) return 0;
  if ("lognormal" in distribution) {
    const { mu, sigma } = logMoments(distribution.lognormal);
    return distribution.lognormal.mean * normalCumulative((log(x) - mu) / sigma - sigma);
  }
  if ("weibull" in distribution) {
    const { scale, shape } = distribution.weibull;
    const s = 1 + 1 / shape;
    return scale * exp(logGamma(s)) * gammaP(s, power(x / scale, shape));
  }
  const { scale, shape } = distribution.gamma;
  return shape * scale * gammaP(shape + 1, x / scale);
}

/** Parameters of the logarithm from mean and sd of the variable: σ² = ln(1 + (sd/mean)²), μ = ln mean − σ²/2. */
function logMoments({ mean, sd }: { mean: number; sd: number }): { mu: number; sigma: number } {
  const variance = log(1 + (sd / mean) * (sd / mean));
  return { mu: log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/** Quantile of the standard normal at 99 %. */
const Z99 = 2.3263478740408408;

/**
 * Mean and sd of the lognormal whose 1st and 99th percentile are t1 and t99: mu = (ln t1 + ln t99) / 2, sigma = (ln t99 - ln t1) / (2 z99),
 * as first and last occupant are read in PD 7974-6.
 */
export function lognormalThrough(t1: number, t99: number): { mean: number; sd: number } {
  const mu = (log(t1) + log(t99)) / 2;
  const sigma = (log(t99) - log(t1)) / (2 * Z99);
  return lognormalFrom(mu, sigma);
}

/** Mean and sd of the lognormal with these moments of its logarithm. */
export function lognormalFrom(mu: number, sigma: number): { mean: number; sd: number } {
  const mean = exp(mu + (sigma * sigma) / 2);
  return { mean, sd: mean * Math.sqrt(exp(sigma * sigma) - 1) };
}

/** x^y for x ≥ 0, y > 0. */
const power = (x: number, y: number): number => (x > 0 ? exp(y * log(x)) : 0);
