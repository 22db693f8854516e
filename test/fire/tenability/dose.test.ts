/** Doses against values calculated by hand, fixed and moving, and properties over random air. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Air, ambientAir } from "../../../engine/fire/fields/field.js";
import { asphyxiantRate, DOSE_LAWS, hyperventilation, narcosisRate } from "../../../engine/fire/tenability/asphyxiants.js";
import { addDose, addDoses, CAUSES, causeOf, createDoses, type DoseSettings } from "../../../engine/fire/tenability/dose.js";
import { convectiveRate, heatRate, radiantRate } from "../../../engine/fire/tenability/heat.js";
import { irritantConcentration } from "../../../engine/fire/tenability/irritants.js";
import { LIMITS, passed } from "../../../engine/fire/tenability/limits.js";
import { SPREAD, thresholdOf } from "../../../engine/fire/tenability/susceptibility.js";
import { extinctionOf, obscuration, opticalDensity, visibility } from "../../../engine/fire/tenability/visibility.js";

const ISO: DoseSettings = { law: "iso-13571", clothing: "clothed", radiant: "pain" };
const PURSER: DoseSettings = { law: "purser", clothing: "light", radiant: "pain" };

/** Air with gases in ppm and %, all else as in clean air but without CO2. */
function gas(given: { co?: number; hcn?: number; co2?: number; o2?: number; hcl?: number }): Air {
  const air = ambientAir();
  air.carbonMonoxide = (given.co ?? 0) / 1e6;
  air.hydrogenCyanide = (given.hcn ?? 0) / 1e6;
  air.hydrogenChloride = (given.hcl ?? 0) / 1e6;
  air.carbonDioxide = (given.co2 ?? 0) / 100;
  if (given.o2 !== undefined) air.oxygen = given.o2 / 100;
  return air;
}
/** Minutes until the dose is 1. */
const minutes = (rate: number): number => 1 / (60 * rate);

describe("asphyxiants, hand-calculated", () => {
  it("CO 1000 ppm: 35.0 min by ISO, 28.2 min by Purser", () => {
    expect(60 * asphyxiantRate("iso-13571", gas({ co: 1000 }))).toBeCloseTo(0.02857, 5);
    expect(minutes(asphyxiantRate("iso-13571", gas({ co: 1000 })))).toBeCloseTo(35, 10);
    expect(60 * asphyxiantRate("purser", gas({ co: 1000 }))).toBeCloseTo(0.03544, 5);
    expect(minutes(asphyxiantRate("purser", gas({ co: 1000 })))).toBeCloseTo(28.2, 1);
  });

  it("CO 1000 ppm and CO2 5 %: e times as fast by ISO (12.9 min), 2.696 times by Purser (10.5 min)", () => {
    expect(hyperventilation("iso-13571", 0.05)).toBeCloseTo(Math.E, 12);
    expect(minutes(asphyxiantRate("iso-13571", gas({ co: 1000, co2: 5 })))).toBeCloseTo(12.9, 1);
    expect(hyperventilation("purser", 0.05)).toBeCloseTo(2.696, 3);
    expect(minutes(asphyxiantRate("purser", gas({ co: 1000, co2: 5 })))).toBeCloseTo(10.5, 1);
  });

  it("HCN 100 ppm: 22.9 min by the power, 23.8 min by the exponential form", () => {
    expect(60 * asphyxiantRate("iso-13571", gas({ hcn: 100 }))).toBeCloseTo(0.04374, 4);
    expect(minutes(asphyxiantRate("iso-13571", gas({ hcn: 100 })))).toBeCloseTo(22.9, 1);
    expect(minutes(asphyxiantRate("purser", gas({ hcn: 100 })))).toBeCloseTo(23.8, 1);
  });

  it("O2 12 %: 27.8 min by Purser; ISO counts no oxygen", () => {
    expect(minutes(asphyxiantRate("purser", gas({ o2: 12 })))).toBeCloseTo(27.8, 1);
    expect(asphyxiantRate("iso-13571", gas({ o2: 12 }))).toBe(0);
  });

  it("the four mixtures of the FDS+Evac guide: 982, 1666, 1626 and 847 s", () => {
    const seconds = (given: Parameters<typeof gas>[0]): number => 1 / asphyxiantRate("purser", gas(given));
    expect(seconds({ co: 1000, co2: 2, o2: 15 })).toBeCloseTo(982, -1);
    expect(Math.abs(seconds({ co: 1000, co2: 2, o2: 15 }) - 982)).toBeLessThan(1);
    expect(Math.abs(seconds({ o2: 12 }) - 1666)).toBeLessThan(1);
    // The guide's factor of CO2 is 1.041 without any CO2; here, as in the source of FDS, there is none without CO2.
    expect(Math.abs(seconds({ co: 1000, o2: 21 }) / 1.0412 - 1626)).toBeLessThan(1);
    expect(Math.abs(seconds({ co: 1000, co2: 3.43, o2: 21 }) - 847)).toBeLessThan(1);
  });

  it("NIST TN 1822 test 2.6: CO 5000 ppm, CO2 2 %, O2 18 % reach 1 after 208.7 s by Purser, 420 s by ISO, which counts CO2 only above 2 %", () => {
    const air = gas({ co: 5000, co2: 2, o2: 18 });
    const byHand = (2.764e-5 * 5000 ** 1.036 * Math.exp(0.1903 * 2 + 2.0004)) / 7.1 + 1 / Math.exp(8.13 - 0.54 * 2.9);
    expect(asphyxiantRate("purser", air)).toBeCloseTo(byHand / 60, 12);
    expect(1 / asphyxiantRate("purser", air)).toBeCloseTo(208.7, 1);
    expect(1 / asphyxiantRate("iso-13571", air)).toBeCloseTo(420, 10);
  });

  it("narcosis by CO2: 5 % for half an hour, 7.5 % for ten minutes, 10.5 % for two", () => {
    expect(minutes(narcosisRate("purser", 0.05))).toBeCloseTo(35.4, 1);
    expect(minutes(narcosisRate("purser", 0.075))).toBeCloseTo(9.7, 1);
    expect(minutes(narcosisRate("purser", 0.105))).toBeCloseTo(2.0, 1);
    expect(narcosisRate("iso-13571", 0.1)).toBe(0);
  });
});

describe("heat, hand-calculated", () => {
  it("radiation: 5 kW/m² hurts after 11.8 s, 10 after 3.17 s, and 2.5 counts nothing", () => {
    expect(1 / radiantRate("pain", 5000)).toBeCloseTo(11.8, 1);
    expect(1 / radiantRate("pain", 10000)).toBeCloseTo(3.17, 2);
    expect(1 / radiantRate("burns", 10000)).toBeCloseTo(60 * 6.9 * 10 ** -1.56, 8);
    expect(1 / radiantRate("incapacitation", 5000)).toBeCloseTo(600 * 5 ** -1.33, 8);
    expect(radiantRate("pain", 2500)).toBe(0);
    expect(radiantRate("pain", 2501)).toBeGreaterThan(0.02);
  });

  it("air: 24.7, 5.7 and 2.0 min clothed, 7.9, 2.0 and 0.75 min in light clothes at 100, 150 and 200 °C", () => {
    const at = (clothing: "clothed" | "light") => [100, 150, 200].map((t) => minutes(convectiveRate(clothing, t + 273.15)));
    for (const [k, wanted] of [24.7, 5.7, 2.0].entries()) expect(at("clothed")[k]).toBeCloseTo(wanted, 1);
    for (const [k, wanted] of [7.9, 2.0, 0.75].entries()) expect(at("light")[k]).toBeCloseTo(wanted, 1);
    expect(convectiveRate("light", 310)).toBe(0);
  });

  it("is not 64 times too much above 2.5 kW/m², as the typeset form would be", () => {
    expect((4.2 * 5) ** 1.9 / 60 / radiantRate("pain", 5000)).toBeCloseTo(4.2 ** 2.9, 6);
  });

  it("adds radiation and air", () => {
    const air = { temperature_K: 423.15, radiantFlux_W_m2: 4000 };
    expect(heatRate("light", "pain", air)).toBe(radiantRate("pain", 4000) + convectiveRate("light", 423.15));
  });
});

describe("irritants and light", () => {
  it("FEC is the sum of concentration over limit", () => {
    expect(irritantConcentration({ hydrogenChloride: 500e-6, acrolein: 15e-6 })).toBeCloseTo(1, 12);
    expect(irritantConcentration({ sulphurDioxide: 150e-6 })).toBeCloseTo(1, 12);
    expect(irritantConcentration({})).toBe(0);
  });

  it("soot of 0.1 g/m³: extinction 0.87 1/m, density 0.378 1/m, signs seen at 3.45 m and 9.2 m", () => {
    const k = extinctionOf(1e-4);
    expect(k).toBeCloseTo(0.87, 12);
    expect(opticalDensity(k)).toBeCloseTo(0.378, 3);
    expect(visibility(k)).toBeCloseTo(3.45, 2);
    expect(visibility(k, "emitting")).toBeCloseTo(9.2, 1);
    expect(obscuration(k)).toBeCloseTo(1 - Math.exp(-0.87), 12);
    expect(visibility(0)).toBe(30);
    expect(visibility(1e-9)).toBe(30);
  });
});

describe("what people bear", () => {
  it("is 1 in the middle, 0.3 for 11.4 %, and a stream of its own", () => {
    const n = 20_000;
    const drawn = Array.from({ length: n }, (_, id) => thresholdOf(7, id));
    const below = (dose: number): number => drawn.filter((t) => t <= dose).length / n;
    // Three standard errors of a share in 20 000.
    expect(Math.abs(below(1) - 0.5)).toBeLessThan(0.011);
    expect(Math.abs(below(0.3) - 0.114)).toBeLessThan(0.007);
    expect(Math.abs(below(0.1) - 0.0107)).toBeLessThan(0.0022);
    expect(thresholdOf(7, 3, 0)).toBe(1);
    expect(SPREAD).toBe(1);
    expect(thresholdOf(7, 3)).toBe(thresholdOf(7, 3));
    expect(thresholdOf(8, 3)).not.toBe(thresholdOf(7, 3));
  });

  it("names the endpoint furthest beyond it", () => {
    const doses = createDoses(1, 1, 0);
    const cause = (air: Air, dt: number): string => {
      addDose(doses, 0, air, 0, PURSER);
      addDose(doses, 0, air, dt, PURSER);
      return CAUSES[causeOf(doses, 0)]!;
    };
    expect(cause(gas({ co: 1000 }), 600)).toBe("");
    expect(cause(gas({ hcl: 1500 }), 1)).toBe("irritant gases");
    expect(cause({ ...ambientAir(), temperature_K: 473.15 }, 300)).toBe("heat");
    expect(cause(gas({ co: 5000 }), 3600)).toBe("asphyxiant gases");
  });
});

describe("a fixed and a moving person", () => {
  it("fixed: dose in steps is rate times time, and time of incapacitation is that calculated by hand", () => {
    const air = gas({ co: 5000, co2: 2, o2: 18 });
    const doses = createDoses(1, 1, 0);
    const dt = 0.1;
    let k = 0;
    for (; causeOf(doses, 0) === 0; k++) addDose(doses, 0, air, dt, PURSER);
    const byHand = 1 / asphyxiantRate("purser", air);
    expect(byHand).toBeCloseTo(208.7, 1);
    expect(k).toBe(Math.ceil(byHand / dt));
  });

  it("moving through CO that rises along the way, ISO: FED = (c0 t + g v t²/2) / 35000 min", () => {
    const [c0, gradient, speed, dt] = [200, 80, 1.25, 0.1];
    const doses = createDoses(1, 1, 0);
    const time = 40;
    // The trapezoidal rule is exact for what is linear along the way.
    for (let k = 0; k <= time / dt; k++) addDose(doses, 0, gas({ co: c0 + gradient * speed * k * dt }), k === 0 ? 0 : dt, ISO);
    expect(doses.asphyxiant[0]).toBeCloseTo((c0 * time + (gradient * speed * time * time) / 2) / 35000 / 60, 12);
  });

  it("moving through three rooms: the sum of what each gives", () => {
    const rooms = [gas({ co: 800, co2: 3 }), gas({ hcn: 120, o2: 14 }), { ...gas({ co: 100 }), temperature_K: 400 }];
    const stay = [30, 20, 45];
    const doses = createDoses(1, 1, 0);
    rooms.forEach((air, r) => {
      for (let k = 0; k <= stay[r]!; k++) addDose(doses, 0, air, k === 0 ? 0 : 1, PURSER);
    });
    const wanted = rooms.reduce((sum, air, r) => sum + stay[r]! * asphyxiantRate("purser", air), 0);
    expect(doses.asphyxiant[0]).toBeCloseTo(wanted, 12);
    expect(doses.heat[0]).toBeCloseTo(45 * convectiveRate("light", 400), 12);
  });
});

describe("all people at once", () => {
  const anyAir = fc.record({
    temperature_K: fc.double({ min: 250, max: 1500, noNaN: true }),
    extinction_1_m: fc.double({ min: 0, max: 1000, noNaN: true }),
    oxygen: fc.double({ min: 0, max: 0.22, noNaN: true }),
    carbonDioxide: fc.double({ min: 0, max: 1, noNaN: true }),
    carbonMonoxide: fc.double({ min: 0, max: 1, noNaN: true }),
    hydrogenCyanide: fc.double({ min: 0, max: 1, noNaN: true }),
    hydrogenChloride: fc.double({ min: 0, max: 1, noNaN: true }),
    radiantFlux_W_m2: fc.double({ min: -100, max: 3e5, noNaN: true }),
  });

  it("columns give what one by one gives; doses are finite, never fall, and grow with every gas", () => {
    fc.assert(
      fc.property(fc.array(anyAir, { minLength: 1, maxLength: 20 }), fc.constantFrom(ISO, PURSER), (airs, settings) => {
        const [one, all] = [createDoses(30, 1), createDoses(30, 1)];
        const ids = airs.map((_, k) => (7 * k + 3) % 30);
        for (const [k, air] of airs.entries()) addDose(one, ids[k]!, air, 0.5, settings);
        const column = (name: keyof Air): Float64Array => Float64Array.from(airs, (air) => air[name]);
        const columns = {
          temperature_K: column("temperature_K"),
          extinction_1_m: column("extinction_1_m"),
          oxygen: column("oxygen"),
          carbonDioxide: column("carbonDioxide"),
          carbonMonoxide: column("carbonMonoxide"),
          hydrogenCyanide: column("hydrogenCyanide"),
          hydrogenChloride: column("hydrogenChloride"),
          radiantFlux_W_m2: column("radiantFlux_W_m2"),
        };
        addDoses(all, ids, columns, airs.length, 0.5, settings);
        expect(all).toEqual(one);
        for (const name of ["asphyxiant", "narcosis", "heat", "irritant"] as const)
          for (const dose of all[name]) expect(dose >= 0 && dose < Number.MAX_VALUE).toBe(true);
        for (const air of airs) {
          const more = { ...air, carbonMonoxide: air.carbonMonoxide + 1e-4 };
          expect(asphyxiantRate(settings.law, more)).toBeGreaterThan(asphyxiantRate(settings.law, air) * (1 - 1e-12));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("clean air does nothing", () => {
    for (const law of DOSE_LAWS) expect(asphyxiantRate(law, ambientAir())).toBe(0);
    expect(heatRate("light", "pain", ambientAir())).toBe(0);
  });
});

describe("criteria of the available time", () => {
  it("name what is passed, not what is just reached", () => {
    const air = ambientAir();
    const none = { asphyxiant: 0, heat: 0, irritant: 0 };
    expect(passed(LIMITS, air, none)).toEqual([]);
    expect(passed(LIMITS, { ...air, extinction_1_m: 0.3, temperature_K: 333.15 }, { ...none, heat: 0.3 })).toEqual([]);
    const bad = { ...air, extinction_1_m: 0.31, temperature_K: 334, radiantFlux_W_m2: 2600, oxygen: 0.14 };
    expect(passed(LIMITS, bad, { asphyxiant: 0.31, heat: 0.31, irritant: 0.31 })).toEqual([
      "visibility",
      "temperature",
      "radiation",
      "oxygen",
      "asphyxiants",
      "heat",
      "irritants",
    ]);
  });
});
