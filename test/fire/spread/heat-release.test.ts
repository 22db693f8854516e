import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  growthFire,
  growthRate,
  hrrAt,
  hrrTable,
  nextChange,
  releasedAt,
  tableFire,
} from "../../../engine/fire/spread/heat-release.js";

const sum = (table: readonly (readonly [number, number])[]): number =>
  table.slice(1).reduce((all, [t, q], k) => all + ((t - table[k]![0]) * (q + table[k]![1])) / 2, 0);

describe("design fires", () => {
  it("grow by the published alphas: 0.00293, 0.01172, 0.0469, 0.1876 kW/s² (tenability.md; NFPA 92)", () => {
    for (const [growth, alpha] of [
      ["slow", 2.93],
      ["medium", 11.72],
      ["fast", 46.9],
      ["ultra-fast", 187.6],
    ] as const)
      expect(Math.abs(growthRate(growth) / alpha - 1)).toBeLessThan(0.001);
    const fire = growthFire({ growth: "fast", peak_W: 5e6 });
    expect(hrrAt(fire, 150)).toBeCloseTo(1055e3, 3);
    expect([hrrAt(fire, -1), hrrAt(fire, 1e6)]).toEqual([0, 5e6]);
    expect(fire.end_s).toBe(Infinity);
  });

  it("wait, grow, hold and decay with the closed form of the energy", () => {
    const fire = growthFire({ growth: 100, peak_W: 1e6, incubation_s: 30, peakFor_s: 60, decay_s: 40 });
    expect([29, 30, 80, 130, 190, 210, 230].map((t) => hrrAt(fire, t))).toEqual([0, 0, 250000, 1e6, 1e6, 500000, 0]);
    expect(releasedAt(fire, 1e9)).toBeCloseTo((100 * 100 ** 3) / 3 + 60e6 + 20e6, 3);
    expect([0, 30, 130, 190, 230].map((t) => nextChange(fire, t))).toEqual([30, 130, 190, 230, Infinity]);
  });

  it("begin to decay when 70 % of the fuel is burnt (EN 1991-1-2, E.4), and never reach a peak they have no fuel for", () => {
    const rich = growthFire({ growth: 50, peak_W: 2e6, energy_J: 1e9 });
    expect(releasedAt(rich, nextChange(rich, 300))).toBeCloseTo(0.7e9, 0);
    expect(releasedAt(rich, Infinity)).toBeCloseTo(1e9, 0);
    const poor = growthFire({ growth: 50, peak_W: 20e6, energy_J: 1e8 });
    expect(releasedAt(poor, poor.start_s[1]!)).toBeCloseTo(0.7e8, 0);
    expect(hrrAt(poor, poor.start_s[1]! - 1e-6)).toBeLessThan(20e6 / 4);
  });

  it("never release more than their fuel, and all of it where they burn on", () => {
    const W = fc.double({ min: 1e3, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          growth: fc.double({ min: 1, max: 500, noNaN: true }),
          peak_W: W,
          energy_J: fc.double({ min: 1e5, max: 1e10, noNaN: true }),
          incubation_s: fc.double({ min: 0, max: 500, noNaN: true }),
          peakFor_s: fc.option(fc.double({ min: 0, max: 3000, noNaN: true }), { nil: undefined }),
          decay_s: fc.option(fc.double({ min: 1, max: 3000, noNaN: true }), { nil: undefined }),
        }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        (options, t) => {
          const fire = growthFire(options);
          expect(releasedAt(fire, Infinity)).toBeLessThanOrEqual(options.energy_J * (1 + 1e-9));
          if (options.peakFor_s === undefined)
            expect(Math.abs(releasedAt(fire, Infinity) / options.energy_J - 1)).toBeLessThan(1e-9);
          expect(hrrAt(fire, t)).toBeLessThanOrEqual(options.peak_W * (1 + 1e-9));
          expect(releasedAt(fire, t + 1)).toBeGreaterThanOrEqual(releasedAt(fire, t));
          // The energy is the integral of the rate.
          const steps = 400;
          const end = Math.min(fire.end_s, 5000);
          let integral = 0;
          for (let k = 0; k < steps; k++) integral += (hrrAt(fire, ((k + 0.5) * end) / steps) * end) / steps;
          const scale = Math.max(1, options.peak_W * end);
          expect(Math.abs(integral - releasedAt(fire, end)) / scale).toBeLessThan(0.005);
        },
      ),
    );
  });

  it("follow tables with jumps, hold the last value, and stop where the fuel is gone", () => {
    const fire = tableFire([
      [10, 1000],
      [20, 3000],
      [20, 500],
      [30, 500],
    ]);
    expect([9.99, 10, 15, 19.999999, 20, 1e5].map((t) => Math.round(hrrAt(fire, t)))).toEqual([0, 1000, 2000, 3000, 500, 500]);
    const cut = tableFire([[0, 1000]], 5000);
    expect(cut.end_s).toBeCloseTo(5, 9);
    expect(hrrAt(cut, 5.01)).toBe(0);
  });

  it("become tables that are nowhere further off than asked, with at least the energy", () => {
    const fire = growthFire({ growth: "ultra-fast", peak_W: 8e6, energy_J: 4e9 });
    const table = hrrTable(fire, 3600, 0.001);
    const end = Math.min(3600, fire.end_s);
    expect(sum(table) / releasedAt(fire, end)).toBeGreaterThanOrEqual(1 - 1e-12);
    expect(sum(table) / releasedAt(fire, end)).toBeLessThan(1.001);
    const read = tableFire(table);
    for (let t = 0; t < end; t += 3.7) expect(Math.abs(hrrAt(read, t) - hrrAt(fire, t))).toBeLessThan(8e6 * 0.0011);
  });
});
