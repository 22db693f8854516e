import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arrivalTimes,
  burnFront,
  burningAt,
  type FrontGrid,
  type FrontMaterial,
  lateralFlameSpeed,
} from "../../../engine/fire/spread/front.js";
import { hrrAt, releasedAt } from "../../../engine/fire/spread/heat-release.js";

const square = (n: number, cell: number): FrontGrid => ({
  x0: 0,
  y0: 0,
  cell,
  nx: n,
  ny: n,
  material: new Int16Array(n * n),
});
const cloth: FrontMaterial = { flameSpeed_m_s: 0.0039, hrrPerArea_W_m2: 250e3, energyPerArea_J_m2: 250e3 * 1e5 };

describe("fronts", () => {
  it("run the same in all directions in calm air, within 2 % (first-order scheme)", () => {
    const n = 121;
    const time = arrivalTimes(square(n, 0.1), [cloth], [[6.05, 6.05, 0]]);
    for (let k = 0; k < n * n; k++) {
      const r = Math.hypot((k % n) - 60, Math.floor(k / n) - 60) * 0.1;
      if (r < 0.1 || r > 6) continue;
      expect(Math.abs((time[k]! * cloth.flameSpeed_m_s) / r - 1)).toBeLessThan(0.02);
    }
  });

  it('make t² fires: α = π V² q", medium at 3.9 mm/s and 250 kW/m² (spread.md), with the exact energy', () => {
    const front = burnFront(square(121, 0.1), [cloth], [[6.05, 6.05, 0]]);
    for (const t of [400, 800, 1200]) expect(Math.abs(hrrAt(front.heat, t) / (11.95 * t * t) - 1)).toBeLessThan(0.04);
    expect(Math.PI * 0.0039 ** 2 * 250).toBeCloseTo(0.01195, 5);
    const energy = 121 * 121 * 0.01 * cloth.energyPerArea_J_m2;
    expect(Math.abs(releasedAt(front.heat, Infinity) / energy - 1)).toBeLessThan(1e-6);
  });

  it("leave a ring where they have burnt out: the area stays behind π (R² - r²), its middle at the origin", () => {
    const quick = { ...cloth, energyPerArea_J_m2: 250e3 * 200 };
    const front = burnFront(square(121, 0.1), [quick], [[6.05, 6.05, 0]]);
    const burning = { area: 0, x: 0, y: 0 };
    burningAt(front, 1200, burning);
    const ring = Math.PI * 0.0039 ** 2 * (1200 ** 2 - 1000 ** 2);
    expect(Math.abs(burning.area / ring - 1)).toBeLessThan(0.04);
    expect([burning.x, burning.y].map((v) => Math.round(v * 100) / 100)).toEqual([6.05, 6.05]);
    expect(Math.abs(hrrAt(front.heat, 1200) / (burning.area * 250e3) - 1)).toBeLessThan(1e-9);
  });

  it("are ellipses in wind: head V (1 + u), rear V / (1 + u), flank V", () => {
    const n = 161;
    const grid = square(n, 0.1);
    const wind = { speed_m_s: 2, to_rad: 0 };
    const time = arrivalTimes(grid, [cloth], [[4.05, 8.05, 0]], wind);
    const speed = (i: number, j: number): number => (Math.hypot(i - 40, j - 80) * 0.1) / time[j * n + i]!;
    expect(speed(140, 80) / 0.0039).toBeCloseTo(3, 1);
    expect(speed(10, 80) / 0.0039).toBeCloseTo(1 / 3, 1);
    // The widest place of an ellipse lies ahead of its focus; over there the front has moved V t sideways.
    let widest = 0;
    const t = 1200;
    for (let k = 0; k < n * n; k++) if (time[k]! <= t) widest = Math.max(widest, Math.abs(Math.floor(k / n) - 80) * 0.1);
    expect(Math.abs(widest / (0.0039 * t) - 1)).toBeLessThan(0.05);
  });

  it("in a breath of wind are those of calm air", () => {
    const calm = arrivalTimes(square(41, 0.2), [cloth], [[1, 1, 0]]);
    const breath = arrivalTimes(square(41, 0.2), [cloth], [[1, 1, 0]], { speed_m_s: 1e-7, to_rad: 1 });
    calm.forEach((t, k) => {
      expect(Math.abs(breath[k]! - t)).toBeLessThan(0.01 + t * 2e-5);
    });
  });

  it("go round what does not burn, are later the slower the material, and never reach an island", () => {
    const n = 40;
    const grid = square(n, 0.25);
    for (let j = 0; j < 30; j++) grid.material[j * n + 20] = -1;
    for (const wind of [
      { speed_m_s: 0, to_rad: 0 },
      { speed_m_s: 3, to_rad: 0.3 },
    ]) {
      const open = arrivalTimes(square(n, 0.25), [cloth], [[1.1, 1.1, 0]], wind);
      const walled = arrivalTimes(grid, [cloth], [[1.1, 1.1, 0]], wind);
      expect(walled[5 * n + 35]).toBeGreaterThan(open[5 * n + 35]! * 1.3);
      for (let j = 30; j < n; j++) grid.material[j * n + 20] = -1;
      expect(arrivalTimes(grid, [cloth], [[1.1, 1.1, 0]], wind)[5 * n + 35]).toBe(Infinity);
      for (let j = 30; j < n; j++) grid.material[j * n + 20] = 0;
    }
  });

  it("conserve energy and end for any wind, materials and gaps", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 144, maxLength: 144 }),
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (cells, speed_m_s, to_rad) => {
          const grid = { ...square(12, 0.5), material: Int16Array.from(cells) };
          const slow = { flameSpeed_m_s: 0.002, hrrPerArea_W_m2: 4e5, energyPerArea_J_m2: 8e7, windGain_s_m: 0.3 };
          const kinds = [cloth, slow];
          const front = burnFront(grid, kinds, [[3.1, 3.2, 0]], { speed_m_s, to_rad });
          let energy = 0;
          front.from.forEach((t, k) => {
            if (t < Infinity) energy += 0.25 * kinds[grid.material[k]!]!.energyPerArea_J_m2;
          });
          expect(Math.abs(releasedAt(front.heat, Infinity) - energy)).toBeLessThanOrEqual(1e-6 * energy);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("move over solids by Quintiere and Harkleroad's law", () => {
    // Plywood: φ = 12.9 kW²/m³, kρc = 0.54 kW² s/(m⁴ K²), 390 °C; at 120 °C the least surface temperature for spread.
    expect(lateralFlameSpeed(12.9e6, 0.54e6, 663, 393)).toBeCloseTo(12.9 / (0.54 * 270 * 270), 12);
    expect(lateralFlameSpeed(12.9e6, 0.54e6, 663, 663)).toBe(Infinity);
  });
});
