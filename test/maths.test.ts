import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atan2, cosSin, exp, log, pow } from "../engine/maths.js";

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

  it("gives fixed bits", () => {
    expect([log(3), exp(1.5), ...cosSin(2)]).toEqual([
      1.0986122886681098, 4.4816890703380645, -0.4161468365471424, 0.9092974268256817,
    ]);
  });
});
