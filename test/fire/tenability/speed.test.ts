/** Walking speed in smoke: values calculated by hand, floors, and what holds for every law. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DATA_RANGE, SPEED_LAWS, speedInSmoke } from "../../../engine/fire/tenability/speed.js";
import { extinctionOf } from "../../../engine/fire/tenability/visibility.js";

describe("hand-calculated speeds", () => {
  it("Frantzich and Nilsson: 0.919, 0.758, 0.596 of the free speed at K = 1, 3, 5, and 0.1 from 11.15 on", () => {
    const share = (k: number): number => speedInSmoke("frantzich-nilsson", 1.25, k) / 1.25;
    expect(share(1)).toBeCloseTo(0.919, 3);
    expect(share(3)).toBeCloseTo(0.758, 3);
    expect(share(5)).toBeCloseTo(0.596, 3);
    expect(share(11.1)).toBeCloseTo(0.1, 1);
    expect(share(11.15)).toBe(0.1);
    expect(share(50)).toBe(0.1);
  });

  it("FDS+Evac's guide: 1.5 m/s falls to 0.975, 0.4495 and 0.15 in 498.6, 997 and 1495.6 mg/m³ of soot", () => {
    expect(speedInSmoke("frantzich-nilsson", 1.5, extinctionOf(498.6e-6))).toBeCloseTo(0.975, 3);
    expect(speedInSmoke("frantzich-nilsson", 1.5, extinctionOf(997e-6))).toBeCloseTo(0.4495, 4);
    expect(speedInSmoke("frantzich-nilsson", 1.5, extinctionOf(1495.6e-6))).toBeCloseTo(0.15, 10);
  });

  it("Jin: 0.5 m/s of 1.2 at K = 1.1 without irritants; with them about 0.75 at 0.42 and 0.3 from 0.55 on", () => {
    expect(speedInSmoke("jin-non-irritant", 1.2, 0.3)).toBe(1.2);
    expect(speedInSmoke("jin-non-irritant", 1.2, 1.1)).toBeCloseTo(0.5, 1);
    expect(speedInSmoke("jin-non-irritant", 1.2, 2)).toBe(0.3);
    expect(Math.abs(speedInSmoke("jin-irritant", 1.1517, 0.42) - 0.75)).toBeLessThan(0.01);
    expect(speedInSmoke("jin-irritant", 1.2, 0.55)).toBe(0.3);
  });

  it("Fridolf: 0.34 m/s less for each metre of visibility below 3 m, at least 0.2 m/s", () => {
    expect(speedInSmoke("fridolf", 1.25, 2 / 3)).toBeCloseTo(1.25, 12);
    expect(speedInSmoke("fridolf", 1.25, 1)).toBeCloseTo(0.91, 12);
    expect(speedInSmoke("fridolf", 1.25, 2)).toBeCloseTo(0.57, 12);
    expect(speedInSmoke("fridolf", 1.25, 100)).toBeCloseTo(1.25 - 0.34 * 2.98, 12);
    expect(speedInSmoke("fridolf", 0.9, 100)).toBe(0.2);
  });

  it("the linear law of NIST TN 1822 test 2.5: 0.625 m/s at K = 1, so 160 s for 100 m; at least 0.3 m/s", () => {
    expect(100 / speedInSmoke("linear", 1.25, 1)).toBeCloseTo(160, 10);
    expect(speedInSmoke("linear", 1.25, 3)).toBe(0.3);
  });
});

describe("every law", () => {
  it("slows people down over the range of its data", () => {
    for (const law of SPEED_LAWS.filter((each) => each !== "none"))
      for (const k of DATA_RANGE[law]) if (k > 0.7) expect(speedInSmoke(law, 1.25, k), `${law} at ${k}`).toBeLessThan(1.2);
  });

  it("never makes faster, never stops anybody, never rises with smoke", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SPEED_LAWS),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (law, v0, k, more) => {
          const v = speedInSmoke(law, v0, k);
          expect(v).toBeLessThanOrEqual(v0);
          expect(v).toBeGreaterThan(0);
          expect(speedInSmoke(law, v0, k + more)).toBeLessThanOrEqual(v + 1e-12);
          expect(speedInSmoke(law, v0, 0)).toBe(v0);
        },
      ),
    );
  });
});
