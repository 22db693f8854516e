import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../engine/random.js";
import { shareBelow } from "../../engine/scenario/distributions.js";
import { binomialTail, kolmogorovDistance, kolmogorovP, studentQuantile, summarise } from "../../engine/verify/statistics.js";

describe("Student's t", () => {
  // Two-sided 5 % points as printed in any table (Abramowitz and Stegun, table 26.10).
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [19, 2.093],
    [30, 2.042],
    [49, 2.01],
    [120, 1.98],
  ])("with %i degrees of freedom", (freedom, value) => expect(studentQuantile(freedom)).toBeCloseTo(value, 3));

  it("interval of a known sample: mean 6, sd 2.5820, n 4", () => {
    const found = summarise([3, 5, 7, 9])!;
    expect(found.mean).toBe(6);
    expect(found.sd).toBeCloseTo(2.582, 3);
    expect(found.low).toBeCloseTo(6 - (3.18245 * 2.58199) / 2, 3);
    expect(found.high).toBeCloseTo(6 + (3.18245 * 2.58199) / 2, 3);
  });

  it("holds the true mean in about 95 of 100 samples", () => {
    let held = 0;
    for (let k = 0; k < 1000; k++) {
      const random = stream(k, "interval");
      const { low, high } = summarise(Array.from({ length: 10 }, () => random.normal()))!;
      if (low < 0 && high > 0) held++;
    }
    expect(held).toBeGreaterThan(930);
    expect(held).toBeLessThan(970);
  });
});

describe("binomial tail", () => {
  // 1 less the sums printed in tables of the binomial distribution: n = 5, p = 0.5, and n = 20, p = 0.05.
  it.each([
    [5, 3, 0.5, 0.5],
    [5, 5, 0.5, 1 / 32],
    [20, 1, 0.05, 1 - 0.3585],
    [20, 3, 0.05, 1 - 0.9245],
    [50, 6, 0.05, 1 - 0.9622],
    [50, 0, 0.05, 1],
  ])("of %i trials, %i or more at %f", (n, k, p, value) => expect(binomialTail(n, k, p)).toBeCloseTo(value, 4));
});

describe("Kolmogorov's test", () => {
  // Critical values at 5 % (L. H. Miller, J. Am. Stat. Assoc. 51, 1956, table 1), and the example of Marsaglia, Tsang and Wang 2003.
  it.each([
    [5, 0.56328],
    [10, 0.40925],
    [20, 0.29408],
    [50, 0.18841],
    [100, 0.13403],
  ])("critical value of %i values", (n, d) => expect(kolmogorovP(n, d)).toBeCloseTo(0.05, 3));

  it("the paper's example: P(D10 < 0.274) = 0.6284796154565", () =>
    expect(1 - kolmogorovP(10, 0.274)).toBeCloseTo(0.6284796154565, 10));

  it("the exact form and that of the far tail meet, and the latter is quick", () => {
    expect(kolmogorovP(50, 0.3805)).toBeCloseTo(kolmogorovP(50, 0.3806), 6);
    expect(kolmogorovP(500, 0.0867)).toBeCloseTo(kolmogorovP(500, 0.08673), 5);
    expect(kolmogorovP(3000, 0.5)).toBeLessThan(1e-300);
  });

  it("exact and asymptotic forms meet", () => expect(kolmogorovP(2999, 0.0248)).toBeCloseTo(kolmogorovP(3001, 0.0248), 3));

  it("a single value x of U(0, 1) has D = max(x, 1 − x)", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        expect(kolmogorovDistance([x], (v) => v)).toBeCloseTo(Math.max(x, 1 - x), 12);
      }),
    );
  });

  it("accepts draws of the distribution and refuses those of a shifted one", () => {
    const random = stream(1, "kolmogorov");
    const drawn = Array.from({ length: 500 }, () => 10 + 90 * random.next());
    const p = (values: number[]): number =>
      kolmogorovP(
        values.length,
        kolmogorovDistance(values, (x) => shareBelow({ uniform: [10, 100] }, x)),
      );
    expect(p(drawn)).toBeGreaterThan(0.05);
    expect(p(drawn.map((x) => x + 10))).toBeLessThan(0.001);
  });
});
