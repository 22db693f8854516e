import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosSin, exp, log } from "../engine/maths.js";

const close = (value: number, expected: number, relative: number): void => {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)));
};

describe("own mathematics", () => {
  it("log agrees with Math.log to 1e-14 over all magnitudes", () => {
    fc.assert(fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => close(log(x), Math.log(x), 1e-14)));
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
  });

  it("exp agrees with Math.exp to 1e-14 relative", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
      }),
    );
    expect(exp(-800)).toBe(0);
    expect(exp(800)).toBe(Infinity);
    expect(exp(Number.NaN)).toBeNaN();
  });

  it("cosSin agrees with Math to 1e-13 up to 1000 rad", () => {
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (a) => {
        const [c, s] = cosSin(a);
        close(c, Math.cos(a), 1e-13);
        close(s, Math.sin(a), 1e-13);
      }),
    );
  });

  it("gives fixed bits", () => {
    expect([log(3), exp(1.5), ...cosSin(2)]).toEqual([
      1.0986122886681098, 4.4816890703380645, -0.4161468365471424, 0.9092974268256817,
    ]);
  });
});
