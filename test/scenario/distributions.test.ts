import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../engine/random.js";
import { acceptance, bounds, lowerBound, mean, sample, upperBound } from "../../engine/scenario/distributions.js";
import { gammaP, logGamma, normalCumulative } from "../../engine/scenario/probability.js";
import type { Distribution } from "../../engine/scenario/scenario.js";

const moments = (distribution: Distribution, n = 40_000): { mean: number; sd: number; min: number; max: number } => {
  const random = stream(11, "test-distribution", 3);
  let [sum, squares, min, max] = [0, 0, Infinity, -Infinity];
  for (let k = 0; k < n; k++) {
    const x = sample(distribution, random);
    sum += x;
    squares += x * x;
    min = Math.min(min, x);
    max = Math.max(max, x);
  }
  return { mean: sum / n, sd: Math.sqrt(squares / n - (sum / n) ** 2), min, max };
};

const cases: [string, Distribution, number, number][] = [
  // Untruncated moments where the bounds lie far out: exact by definition.
  ["normal", { normal: { mean: 1.34, sd: 0.26, min: -10, max: 10 } }, 1.34, 0.26],
  ["lognormal", { lognormal: { mean: 9, sd: 4, min: 0, max: 3600 } }, 9, 4],
  // Weibull: λ Γ(1 + 1/k); for k = 2: 10 √π / 2 and sd 10 √(1 − π/4).
  ["weibull", { weibull: { scale: 10, shape: 2, min: 0, max: 1e4 } }, 8.862269254527579, 4.632513570640889],
  ["gamma", { gamma: { shape: 1.291, scale: 103.901, min: 0, max: 1e5 } }, 134.136191, 118.0547],
  ["uniform", { uniform: [0.5, 2.5] }, 1.5, 0.5773502691896257],
];

describe("distributions", () => {
  it.each(cases)("%s has its moments", (_name, distribution, expectedMean, expectedSd) => {
    expect(mean(distribution)).toBeCloseTo(expectedMean, 5);
    const drawn = moments(distribution);
    // Standard error of the mean of 40,000 draws is sd / 200; four of them.
    expect(Math.abs(drawn.mean - expectedMean)).toBeLessThan(expectedSd / 50);
    expect(Math.abs(drawn.sd / expectedSd - 1)).toBeLessThan(0.05);
  });

  it.each<[string, Distribution]>([
    ["normal", { normal: { mean: 1.34, sd: 0.5, min: 1, max: 1.5 } }],
    ["lognormal", { lognormal: { mean: 9, sd: 8, min: 5, max: 20 } }],
    ["weibull", { weibull: { scale: 139.285, shape: 1.195, min: 30, max: 200 } }],
    ["gamma", { gamma: { shape: 0.7, scale: 40, min: 2, max: 50 } }],
  ])("truncated %s: the closed mean is that of the draws, none outside", (_name, distribution) => {
    const drawn = moments(distribution);
    expect(Math.abs(mean(distribution) - drawn.mean)).toBeLessThan(drawn.sd / 50);
    expect(drawn.min).toBeGreaterThanOrEqual(lowerBound(distribution));
    expect(drawn.max).toBeLessThanOrEqual(upperBound(distribution));
    // Truncation draws again: nothing piles up on the bounds.
    expect(drawn.min).not.toBe(lowerBound(distribution));
    expect(acceptance(distribution)).toBeGreaterThan(0.2);
    expect(acceptance(distribution)).toBeLessThan(1);
  });

  it("draws the same numbers from the same stream, and constants take none", () => {
    const distribution: Distribution = { normal: { mean: 1, sd: 1, min: 0.5, max: 2 } };
    const draw = (): number[] => {
      const random = stream(5, "speed", 9);
      return Array.from({ length: 50 }, () => sample(distribution, random));
    };
    expect(draw()).toEqual(draw());
    expect(sample({ constant: 3 }, stream(1, "x"))).toBe(3);
    expect(mean({ constant: 3 })).toBe(3);
    expect(bounds({ uniform: [1, 2] })).toEqual({ min: 1, max: 2 });
  });

  it("says so instead of looping where no draw can fall inside", () => {
    expect(() => sample({ normal: { mean: 0, sd: 1, min: 50, max: 60 } }, stream(1, "x"))).toThrow(/fell outside/);
  });
});

describe("probability functions", () => {
  it("match tables", () => {
    // Abramowitz and Stegun 26.1: Φ(1), Φ(-2), Φ(5).
    expect(normalCumulative(1)).toBeCloseTo(0.841344746068543, 13);
    expect(normalCumulative(-2)).toBeCloseTo(0.02275013194817921, 13);
    expect(normalCumulative(5)).toBeCloseTo(0.9999997133484281, 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 9);
    expect(logGamma(10)).toBeCloseTo(Math.log(362880), 8);
    // P(1, x) = 1 − e^−x; P(1/2, x) = erf √x = 2 Φ(√(2x)) − 1.
    for (const x of [0.01, 0.5, 1, 1.9, 2.1, 10, 30]) {
      expect(gammaP(1, x)).toBeCloseTo(1 - Math.exp(-x), 9);
      expect(gammaP(0.5, x)).toBeCloseTo(2 * normalCumulative(Math.sqrt(2 * x)) - 1, 9);
    }
  });

  it("are rising and stay in [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (s, x, d) => {
          const [a, b] = [gammaP(s, x), gammaP(s, x + d)];
          expect(a).toBeGreaterThanOrEqual(0);
          expect(b).toBeLessThanOrEqual(1);
          expect(b).toBeGreaterThanOrEqual(a - 1e-9);
        },
      ),
    );
  });
});
