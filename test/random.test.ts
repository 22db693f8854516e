import { describe, expect, it } from "vitest";
import { gamma, normalQuantile, stream } from "../engine/random.js";

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, () => next());
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const m = mean(values);
  return mean(values.map((v) => (v - m) ** 2));
};

describe("streams of chance", () => {
  it("are functions of seed, purpose and index alone", () => {
    const first = draw(5, stream(7, "speed", 3).next);
    stream(7, "speed", 3).next();
    expect(draw(5, stream(7, "speed", 3).next)).toEqual(first);
    expect(draw(5, stream(8, "speed", 3).next)).not.toEqual(first);
    expect(draw(5, stream(7, "radius", 3).next)).not.toEqual(first);
    expect(draw(5, stream(7, "speed", 4).next)).not.toEqual(first);
    expect(draw(5, stream(7 + 2 ** 40, "speed", 3).next)).not.toEqual(first);
  });

  it("are uniform: chi-squared over 100 bins stays below its 99.99 % point", () => {
    for (const seed of [0, 1, 2 ** 31, 2 ** 52]) {
      const bins = new Array<number>(100).fill(0);
      for (const u of draw(100_000, stream(seed, "test").next)) bins[Math.floor(100 * u)]!++;
      const chi2 = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
      expect(chi2).toBeLessThan(161);
    }
  });

  it("do not move together: first numbers of neighbouring indices are uncorrelated", () => {
    const first = Array.from({ length: 20_000 }, (_, k) => stream(1, "x", k).next());
    const m = mean(first);
    const lag = mean(first.slice(1).map((v, k) => (v - m) * (first[k]! - m))) / variance(first);
    expect(Math.abs(lag)).toBeLessThan(4 / Math.sqrt(20_000));
  });

  it("normal numbers have mean 0, variance 1 and the published quantiles", () => {
    const values = draw(100_000, stream(3, "n").normal);
    expect(Math.abs(mean(values))).toBeLessThan(0.015);
    expect(variance(values)).toBeCloseTo(1, 1);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 7);
  });

  it("gamma numbers have mean shape × scale and variance shape × scale²", () => {
    const random = stream(5, "gamma");
    for (const [shape, scale] of [
      [0.5, 2],
      [2.5, 1.6],
      [9, 0.5],
    ] as const) {
      const values = draw(40_000, () => gamma(random, shape, scale));
      expect(mean(values) / (shape * scale)).toBeCloseTo(1, 1);
      expect(variance(values) / (shape * scale * scale)).toBeCloseTo(1, 0);
      expect(Math.min(...values)).toBeGreaterThan(0);
    }
  });

  it("give the same numbers for ever", () => {
    expect(draw(3, stream(1, "fixed", 2).next)).toMatchInlineSnapshot(`
      [
        0.30765611841343343,
        0.1642096070572734,
        0.7048738985322416,
      ]
    `);
  });
});
