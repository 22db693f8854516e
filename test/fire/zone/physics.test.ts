/** Terms of the zone model against hand calculations and textbook solutions. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { burnt, fuelMolarMass } from "../../../engine/fire/zone/chemistry.js";
import { createZoneModel } from "../../../engine/fire/zone/create.js";
import { createZones } from "../../../engine/fire/zone/create-zones.js";
import { flameHeight, placeOf, plumeFlow } from "../../../engine/fire/zone/plume.js";
import { createProfile, heightOf } from "../../../engine/fire/zone/profile.js";
import { createRadiation, radiate } from "../../../engine/fire/zone/radiation.js";
import { createSparseLdl } from "../../../engine/fire/zone/sparse-ldl.js";
import { createSurfaces, settle, sweep } from "../../../engine/fire/zone/surfaces.js";
import { valueAt } from "../../../engine/fire/zone/tables.js";
import { parallelRectangles, solidAngle } from "../../../engine/fire/zone/view-factors.js";
import { building, CONCRETE, door, fire, GYPSUM, room } from "./buildings.js";

describe("plume", () => {
  it("agrees with Heskestad's formula in kilowatts, 0.071 Qc^(1/3) (z - z0)^(5/3) + 0.0018 Qc, to 2 %", () => {
    const area = Math.PI / 4;
    for (const z of [4, 6, 10]) {
      const origin = -1.02 + 0.083 * 1000 ** 0.4;
      const byHand = 0.071 * 700 ** (1 / 3) * (z - origin) ** (5 / 3) + 0.0018 * 700;
      expect(plumeFlow(1e6, 0.7e6, area, z, 293.15, 0) / byHand).toBeCloseTo(1, 1);
      expect(Math.abs(plumeFlow(1e6, 0.7e6, area, z, 293.15, 0) / byHand - 1)).toBeLessThan(0.02);
    }
    // L = 0.235 Q^(2/5) - 1.02 D (kW): the rounded form of 3.7 Q*^(2/5) D - 1.02 D, 7 % apart here
    expect(Math.abs(flameHeight(1e6, area, 293.15) / (0.235 * 1000 ** 0.4 - 1.02) - 1)).toBeLessThan(0.08);
  });

  it("is continuous at the flame's tip, weaker at walls and in corners, and 0 without heat or height", () => {
    const tip = flameHeight(1e6, 1, 293.15);
    expect(plumeFlow(1e6, 0.7e6, 1, tip + 1e-9, 293.15, 0)).toBeCloseTo(plumeFlow(1e6, 0.7e6, 1, tip - 1e-9, 293.15, 0), 6);
    // Zukoski et al. 1981: about 0.63 and 0.40 of the open plume far above the fire
    expect(plumeFlow(1e5, 7e4, 0.1, 8, 293.15, 1) / plumeFlow(1e5, 7e4, 0.1, 8, 293.15, 0)).toBeCloseTo(0.63, 1);
    expect(plumeFlow(1e5, 7e4, 0.1, 8, 293.15, 2) / plumeFlow(1e5, 7e4, 0.1, 8, 293.15, 0)).toBeCloseTo(0.4, 1);
    expect([plumeFlow(0, 0, 1, 2, 293, 0), plumeFlow(1e5, 7e4, 1, 0, 293, 0)]).toEqual([0, 0]);
    expect([placeOf(0.1, 0.1, 0.25, 4, 4), placeOf(0.1, 2, 0.25, 4, 4), placeOf(2, 2, 0.25, 4, 4)]).toEqual([2, 1, 0]);
  });
});

describe("chemistry", () => {
  it("keeps mass for any fuel and yields", () => {
    const fuel = fc.record({
      carbon: fc.double({ min: 0.5, max: 10, noNaN: true }),
      hydrogen: fc.double({ min: 1, max: 20, noNaN: true }),
      oxygen: fc.double({ min: 0, max: 2, noNaN: true }),
      nitrogen: fc.double({ min: 0, max: 1, noNaN: true }),
      chlorine: fc.double({ min: 0, max: 1, noNaN: true }),
      heatOfCombustion_J_kg: fc.constant(25e6),
    });
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fuel, share, share, share, fc.boolean(), (f, co, soot, hcn, smoulders) => {
        const change = new Float64Array(11);
        burnt(f, 0, fuelMolarMass(f), { co, soot, hcn, trace: 0 }, smoulders, change);
        expect(Math.abs(change.reduce((a, b) => a + b, 0))).toBeLessThan(1e-12);
        change.forEach((kg, s) => {
          if (s !== 1 && s !== 10) expect(kg).toBeGreaterThanOrEqual(-1e-12);
        });
      }),
    );
  });

  it("burns methane with 4 kg of oxygen to 2.74 kg of carbon dioxide and 2.25 kg of water", () => {
    const methane = { carbon: 1, hydrogen: 4, oxygen: 0, nitrogen: 0, chlorine: 0, heatOfCombustion_J_kg: 50e6 };
    const change = new Float64Array(11);
    const oxygen = burnt(methane, 0, fuelMolarMass(methane), { co: 0, soot: 0, hcn: 0, trace: 0 }, false, change);
    expect([oxygen, change[2], change[6]]).toEqual([
      expect.closeTo(3.989, 2),
      expect.closeTo(2.743, 2),
      expect.closeTo(2.246, 2),
    ]);
  });
});

describe("radiation", () => {
  it("knows view factors of the cube and the solid angle of a face", () => {
    expect(parallelRectangles(1, 1, 1)).toBeCloseTo(0.19982, 4);
    expect(solidAngle(0.5, 0.5, 0.5, 0.5, 0.5)).toBeCloseTo((4 * Math.PI) / 6, 6);
  });

  it("loses nothing: what surfaces and layers gain is what the fires radiate, for any state", () => {
    const K = fc.double({ min: 250, max: 1400, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(K, { minLength: 6, maxLength: 6 }),
        fc.double({ min: 0.05, max: 2.95, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (T, interfaceAt, soot) => {
          const z = createZones(building([room("room", 6, 4, 3)], { fires: [fire(0, [[0, 1e5]])] }));
          z.rooms.interface[0] = interfaceAt;
          z.layers.volume[0] = 24 * (3 - interfaceAt);
          z.layers.volume[1] = 24 * interfaceAt;
          z.layers.temperature[0] = T[4]!;
          z.layers.temperature[1] = T[5]!;
          z.layers.species[7] = soot;
          const r = createRadiation();
          radiate(z, 0, Float64Array.from(T.slice(0, 4)), 0, Float64Array.of(10e3, 5e3, 12e3, 3e3, 0.4), r);
          const surfaces = r.flux.reduce((sum, q, s) => sum + q * r.area[s]!, 0);
          const scale = 5.67e-8 * 1400 ** 4 * 100;
          expect(Math.abs(surfaces + r.gas[0]! + r.gas[1]! - 30e3) / scale).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it("is at rest at one temperature", () => {
    const z = createZones(building([room("room", 6, 4, 3)]));
    z.rooms.interface[0] = 1;
    z.layers.volume.set([48, 24]);
    z.layers.temperature.fill(600);
    const r = createRadiation();
    radiate(z, 0, new Float64Array(4).fill(600), 0, new Float64Array(0), r);
    for (const q of [...r.flux, ...r.gas]) expect(Math.abs(q)).toBeLessThan(1e-6);
  });
});

describe("conduction", () => {
  it("follows the half space under constant flux, dT = 2 q sqrt(a t / pi) / k (Carslaw and Jaeger), to 1.5 %", () => {
    const s = createSurfaces(building([room("room", 4, 4, 3)]));
    // surface 3, the floor: 0.15 m of concrete
    for (let t = 0; t < 300; t++) {
      sweep(s, 3, 1);
      s.flux[3] = 1000;
      settle(s, 3, 1);
    }
    const a = CONCRETE.conductivity_W_mK / (CONCRETE.density_kg_m3 * CONCRETE.specificHeat_J_kgK);
    const byHand = (2 * 1000 * Math.sqrt((a * 300) / Math.PI)) / CONCRETE.conductivity_W_mK;
    expect(Math.abs((s.temperature[s.start[3]!]! - 293.15) / byHand - 1)).toBeLessThan(0.015);
  });

  it("comes to the drop q (L1 / k1 + L2 / k2) through two layers in the steady state", () => {
    const layers = [
      { material: 0, thickness_m: 0.016 },
      { material: 1, thickness_m: 0.1 },
    ];
    const s = createSurfaces(building([room("room", 4, 4, 3, { walls: layers })]));
    let lost = 0;
    for (let t = 0; t < 4000; t++) {
      sweep(s, 1, 60);
      s.flux[1] = 200;
      lost = settle(s, 1, 60);
    }
    const first = s.temperature[s.start[1]!]!;
    const last = s.temperature[s.start[2]! - 1]!;
    expect(first - last).toBeCloseTo(200 * (0.016 / GYPSUM.conductivity_W_mK + 0.1 / CONCRETE.conductivity_W_mK), 2);
    expect(lost / 60).toBeCloseTo(200, 1);
  });
});

describe("spaces whose area changes with height", () => {
  it("finds the height below which a volume lies, for any profile", () => {
    const area = fc.double({ min: 1, max: 500, noNaN: true });
    fc.assert(
      fc.property(area, area, area, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, c, share) => {
        const profile = createProfile(
          [
            [0, a],
            [4, b],
            [9, c],
          ],
          10,
        );
        const h = heightOf(profile, share * profile.volume[profile.volume.length - 1]!);
        const below =
          h <= 4
            ? h * (a + (((b - a) / 4) * h) / 2)
            : h <= 9
              ? 2 * (a + b) + (h - 4) * (b + (((c - b) / 5) * (h - 4)) / 2)
              : 2 * (a + b) + 2.5 * (b + c) + (h - 9) * c;
        expect(below / profile.volume[profile.volume.length - 1]!).toBeCloseTo(share, 9);
      }),
    );
  });

  it("fills the narrow top of an atrium faster than a box of its volume", () => {
    const box = building([room("box", 10, 10, 10)], { wallVents: [door(0, -1)], fires: [fire(0, [[0, 5e5]])] });
    const narrow = building(
      [
        room("roof", 10, 10, 10, {
          areaByHeight: [
            [0, 180],
            [10, 20],
          ],
        }),
      ],
      { wallVents: [door(0, -1)], fires: [fire(0, [[0, 5e5]])] },
    );
    const heights = [box, narrow].map((b) => {
      const model = createZoneModel(b);
      model.advance(20);
      return model.state.interface_m[0]!;
    });
    expect(heights[1]!).toBeLessThan(heights[0]! - 0.5);
  });
});

describe("tools", () => {
  it("solves symmetric systems of any graph", () => {
    const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19), fc.double({ min: 0.01, max: 10, noNaN: true })), { maxLength: 40 });
    fc.assert(
      fc.property(pairs, (list) => {
        const joined = list.filter(([a, b]) => a !== b);
        const ldl = createSparseLdl(
          20,
          joined.map(([a, b]) => [a, b] as const),
        );
        ldl.diagonal.fill(1);
        for (const [a, b, g] of joined) {
          ldl.lower[ldl.entry(a, b)]! -= g;
          ldl.diagonal[ldl.rowOf[a]!]! += g;
          ldl.diagonal[ldl.rowOf[b]!]! += g;
        }
        const x = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
        const given = x.slice();
        expect(ldl.factor()).toBe(true);
        ldl.solve(x);
        // multiply back
        const back = x.map((v) => v);
        for (const [a, b, g] of joined) {
          const d = g * (x[ldl.rowOf[a]!]! - x[ldl.rowOf[b]!]!);
          back[ldl.rowOf[a]!]! += d;
          back[ldl.rowOf[b]!]! -= d;
        }
        for (const [i, v] of back.entries()) expect(v).toBeCloseTo(given[i]!, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("reads tables between, at and beyond their points", () => {
    const table = [
      [0, 1],
      [10, 3],
      [10, 5],
      [20, 5],
    ] as const;
    expect([-1, 0, 5, 10, 15, 99].map((t) => valueAt(table, t))).toEqual([1, 1, 2, 5, 5, 5]);
    expect(valueAt([], 3)).toBe(0);
  });
});
