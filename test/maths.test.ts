import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atan, atan2, cbrt, cosSin, exp, fastPow, fastTanh, log, pow } from "../engine/maths.js";

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

  it("pow agrees with Math.pow and knows its edges", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: -6, max: 6, noNaN: true }), (x, y) => {
        expect(Math.abs(pow(x, y) / x ** y - 1)).toBeLessThan(1e-14 * (1 + Math.abs(y * Math.log(x))));
      }),
    );
    expect([pow(0, 2), pow(0, 0), pow(0, -1), pow(-1, 2)]).toEqual([0, 1, Infinity, Number.NaN]);
  });

  it("atan2 agrees with Math.atan2 to 1e-15 in all quarters", () => {
    const part = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((v) => v + 0);
    fc.assert(
      fc.property(part, part, (y, x) => {
        expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(2e-15);
      }),
    );
    expect([atan2(0, 0), atan2(0, -1), atan2(1, 0), atan2(-1, 0)]).toEqual([0, Math.PI, Math.PI / 2, -Math.PI / 2]);
  });

  it("cbrt, atan, powers and tanh keep the errors they state", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(cbrt(x) / Math.cbrt(x) - 1)).toBeLessThan(1e-15);
        expect(cbrt(-x)).toBe(-cbrt(x));
      }),
    );
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => close(atan(x), Math.atan(x), 1e-15)));
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (x, y) => {
        expect(Math.abs(fastPow(x, y) / x ** y - 1)).toBeLessThan(4e-9);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        expect(Math.abs(fastTanh(x) - Math.tanh(x))).toBeLessThan(1e-8);
      }),
    );
    expect([cbrt(0), cbrt(27), cbrt(1e-320), fastPow(0, 2), atan(1e300)]).toEqual([0, 3, Math.cbrt(1e-320), 0, Math.PI / 2]);
    expect(fastPow(-1, 2)).toBeNaN();
    // to 20 digits by mpmath: 2^(1/3), atan 0.5, tanh 0.7, 3^0.7
    expect(cbrt(2)).toBeCloseTo(1.2599210498948732, 15);
    expect(atan(0.5)).toBeCloseTo(0.4636476090008061, 15);
    expect(fastTanh(0.7)).toBeCloseTo(0.6043677771171635, 8);
    expect(fastPow(3, 0.7)).toBeCloseTo(2.157669279974593, 7);
  });

  it("gives fixed bits", () => {
    expect([log(3), exp(1.5), ...cosSin(2)]).toEqual([
      1.0986122886681098, 4.4816890703380645, -0.4161468365471424, 0.9092974268256817,
    ]);
  });
});
