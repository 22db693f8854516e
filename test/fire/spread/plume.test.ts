import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ambientAir } from "../../../engine/fire/fields/field.js";
import { openAirField, radiationField } from "../../../engine/fire/spread/fields.js";
import { growthFire, tableFire } from "../../../engine/fire/spread/heat-release.js";
import type { SpreadItem } from "../../../engine/fire/spread/items.js";
import { addMixture, type Plume, type PlumeSource, plumeOf, plumeRise } from "../../../engine/fire/spread/plume.js";
import { createFireSpread } from "../../../engine/fire/spread/spread.js";
import { turbulentSigma, type Wind, windAt, windTo } from "../../../engine/fire/spread/wind.js";

const wind: Wind = { speed_m_s: 4, from_deg: 270 };
const source = (convective: number, more: Partial<PlumeSource> = {}, air = wind): Plume =>
  plumeOf(
    {
      x: 0,
      y: 0,
      base: 1,
      diameter: 1.5,
      tipX: 1,
      tipY: 0,
      tipZ: 2,
      convective,
      hrr: convective / 0.65,
      wind: 3,
      windX: 1,
      windY: 0,
      ...more,
    },
    air,
    293.15,
  );

describe("wind", () => {
  it("blows where weather reports say, slower near the ground", () => {
    expect(windTo({ speed_m_s: 1, from_deg: 270 })).toBe(0);
    expect(windTo({ speed_m_s: 1, from_deg: 180 })).toBeCloseTo(Math.PI / 2, 12);
    expect(windAt(wind, 10)).toBe(4);
    expect(windAt(wind, 2)).toBeCloseTo(4 * 0.2 ** 0.25, 10);
    expect(windAt(wind, 0)).toBe(windAt(wind, 1));
  });

  it("mixes by Briggs' urban and rural curves (Gifford 1976; Fundamentals of Air Pollution, tables 19-6 and 19-7)", () => {
    expect(turbulentSigma(wind, 1000)).toEqual([160 / Math.sqrt(1.4), 140 / Math.sqrt(1.3)].map((v) => expect.closeTo(v, 9)));
    const night = turbulentSigma({ ...wind, terrain: "open", stability: "F" }, 500);
    expect(night).toEqual([20 / Math.sqrt(1.05), 8 / 1.15].map((v) => expect.closeTo(v, 9)));
  });
});

describe("plumes", () => {
  it("carry all of the convective heat through every plane across the wind", () => {
    for (const x of [15, 60]) {
      const plume = source(2e6, { diameter: 0, tipX: 0, tipZ: 0 });
      let sum = 0;
      for (let y = -60; y <= 60; y += 1) for (let z = 0.5; z < 110; z += 1) sum += plumeRise(plume, x, y, z);
      expect(Math.abs((sum * (353 / 293.15) * 1005 * 3) / 2e6 - 1)).toBeLessThan(0.02);
    }
  });

  it("leave the air upwind clean, are even on both sides, and thin out along their way at head height", () => {
    const plume = source(3e6);
    expect(plumeRise(plume, -10, 0, 1.7)).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 1, max: 200, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }), (x, y) => {
        const here = plumeRise(plume, x, y, 1.7);
        expect(here).toBeCloseTo(plumeRise(plume, x, -y, 1.7), 9);
        expect(plumeRise(plume, x, y + 1, 1.7)).toBeLessThanOrEqual(here + 1e-12);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(900);
      }),
    );
    expect(plumeRise(plume, 150, 0, 1.7)).toBeLessThan(plumeRise(plume, 30, 0, 1.7));
  });

  it("rise by Briggs: 1.6 F^(1/3) x^(2/3) / u from a point, less from a wide source and near it", () => {
    const calmNight = { ...wind, terrain: "open", stability: "F" } as const;
    const flux = (9.81 * 2e6) / (Math.PI * 1005 * 353);
    const warmest = (diameter: number, x: number): number => {
      const plume = source(2e6, { diameter }, calmNight);
      let [height, most] = [0, 0];
      for (let z = 0; z < 60; z += 0.02) {
        const rise = plumeRise(plume, x, 0, z);
        if (rise > most) [height, most] = [z, rise];
      }
      return height;
    };
    const point = (x: number): number => (1.609 * Math.cbrt(flux) * x ** (2 / 3)) / 3;
    for (const x of [30, 100]) expect(Math.abs(warmest(1e-3, x) - 1 - point(x))).toBeLessThan(0.05);
    const wide = 2 / 0.6;
    expect(Math.abs(warmest(4, 30) - 1 - (Math.cbrt(point(30) ** 3 + wide ** 3) - wide))).toBeLessThan(0.05);
    expect(warmest(4, 100) / (1 + point(100))).toBeGreaterThan(warmest(4, 10) / (1 + point(10)));
  });

  it("give soot, gases and oxygen in the fuel's proportions", () => {
    const air = ambientAir();
    addMixture(air, 100, {
      yields: { soot: 0.02, carbonDioxide: 1.5, carbonMonoxide: 0.01, hydrogenCyanide: 0.002, hydrogenChloride: 0.001 },
      heatOfCombustion_J_kg: 20e6,
      radiativeFraction: 0.35,
    });
    const fuel = (1005 * 100) / 0.65 / 20e6;
    expect(air.temperature_K).toBeCloseTo(393.15, 9);
    expect(air.extinction_1_m).toBeCloseTo((8700 * 0.02 * fuel * 353) / 393.15, 9);
    expect((air.carbonMonoxide * 28.01) / ((air.carbonDioxide - 0.0004) * 44.01)).toBeCloseTo(0.01 / 1.5, 9);
    expect(air.oxygen).toBeCloseTo(0.209476 - ((1005 * 100) / 0.65 / 13.1e6) * (28.96 / 32), 9);
  });
});

describe("fields", () => {
  const stall = (x: number): SpreadItem => ({
    name: "stall",
    place: "open",
    sheet: 0,
    footprint: { x, y: 0, length_m: 3, width_m: 2, turn_rad: 0 },
    height_m: 2.5,
    base_m: 1,
    burns: { by: "curve", heat: tableFire([[0, 4e6]]), hrrPerArea_W_m2: 8e5 },
    heatOfCombustion_J_kg: 18e6,
    yields: { soot: 0.02, carbonDioxide: 1.4, carbonMonoxide: 0.01, hydrogenCyanide: 0, hydrogenChloride: 0 },
    ignition: null,
    ignitesAt_s: 5,
  });

  it("are clean before the fire, smoky downwind and hot near it after, and stay out of rooms", () => {
    const spread = createFireSpread({ items: [stall(0)], wind });
    const smoke = openAirField(spread, { wind, underSky: (_sheet, x) => x < 100 });
    const heat = radiationField(spread);
    const air = ambientAir();
    spread.advance(1);
    expect(smoke.sample(1, 0, 10, 0, 1.7, air)).toBe(false);
    expect(heat.sample(1, 0, 3, 0, 1.7, air)).toBe(false);
    spread.advance(10);
    expect(smoke.sample(10, 0, 10, 0, 1.7, air)).toBe(true);
    const gentle = air.extinction_1_m;
    expect(gentle).toBeGreaterThan(0.001);
    expect(air.oxygen).toBeLessThan(0.209476);
    // A stronger wind keeps the smoke down.
    const storm = { ...wind, speed_m_s: 12 };
    const blown = createFireSpread({ items: [stall(0)], wind: storm });
    blown.advance(10);
    openAirField(blown, { wind: storm }).sample(10, 0, 10, 0, 1.7, air);
    expect(air.extinction_1_m).toBeGreaterThan(10 * gentle);
    expect(smoke.sample(10, 0, -10, 0, 1.7, air)).toBe(false);
    expect(smoke.sample(10, 1, 10, 0, 1.7, air)).toBe(false);
    expect(smoke.sample(10, 0, 101, 0, 1.7, air)).toBe(false);
    expect(heat.sample(10, 0, 6, 0, 1.7, air)).toBe(true);
    expect(air.radiantFlux_W_m2).toBeGreaterThan(2500);
    expect([smoke.knows.includes("radiantFlux_W_m2"), heat.knows]).toEqual([false, ["radiantFlux_W_m2"]]);
  });

  it("never name air hotter than flames or gases out of range, however many fires flow together", () => {
    const items = Array.from({ length: 8 }, (_, k) => ({
      ...stall(k * 0.5),
      burns: { by: "curve" as const, heat: growthFire({ growth: "ultra-fast", peak_W: 2e7 }), hrrPerArea_W_m2: 1e6 },
    }));
    const spread = createFireSpread({ items, wind: { speed_m_s: 0.1, from_deg: 10 } });
    spread.advance(600);
    const smoke = openAirField(spread, { wind: { speed_m_s: 0.1, from_deg: 10 } });
    const air = ambientAir();
    for (let x = -6; x < 12; x += 0.5) {
      smoke.sample(600, 0, x, 0.2, 1.7, air);
      expect(air.temperature_K).toBeLessThanOrEqual(293.15 + 900 + 1e-9);
      for (const share of [air.oxygen, air.carbonDioxide, air.carbonMonoxide]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThan(0.22);
      }
    }
  });
});
