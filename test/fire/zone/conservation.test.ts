import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import type { FireBuilding } from "../../../engine/fire/zone/building.js";
import { createZoneModel } from "../../../engine/fire/zone/create.js";
import type { ZoneModel } from "../../../engine/fire/zone/zone-model.js";
import { stream } from "../../../engine/random.js";
import { building, door, fire, randomBuilding, room } from "./buildings.js";

/** Issue 5: mass and each element to 1e-10, energy to 1e-4 of what is there and released. */
function expectConserved(model: ZoneModel): void {
  const { mass, elements, energy } = model.balance();
  expect(mass).toBeLessThan(1e-10);
  for (const [, residual] of Object.entries(elements)) expect(residual).toBeLessThan(1e-10);
  expect(energy).toBeLessThan(1e-4);
}

function expectBounded(model: ZoneModel): void {
  const { state } = model;
  model.building.compartments.forEach((c, i) => {
    expect(state.interface_m[i]).toBeGreaterThanOrEqual(0);
    expect(state.interface_m[i]).toBeLessThanOrEqual(c.height_m);
    for (let l = 2 * i; l < 2 * i + 2; l++) {
      expect(state.temperature_K[l]).toBeGreaterThan(150);
      expect(state.mass_kg[l]).toBeGreaterThan(0);
      const oxygen = state.species_kg[l * state.stride + 1]! / state.mass_kg[l]!;
      expect(oxygen).toBeLessThan(0.2301);
    }
  });
  // no species below 0 but for the rounding of what was there
  expect(state.species_kg.reduce((least, kg) => (kg < least ? kg : least), 0)).toBeGreaterThanOrEqual(-1e-12);
}

/** To `end` in records of 5 s; always with a status. */
function runOut(b: FireBuilding, end: number): ZoneModel {
  const model = createZoneModel(b);
  for (let t = 5; t <= end; t += 5) {
    const status = model.advance(t);
    expect(status).toMatchObject({ status: "running", reason: "", time_s: t });
    expectBounded(model);
  }
  expectConserved(model);
  return model;
}

describe("conservation", () => {
  it.each(["c06_closed_room_vitiated", "c06s_stall_gap"])("%s, which CFAST never finishes, runs to its end", (name) => {
    const { building: b, end_s } = readCfast(readFileSync(`test/reference/fire/cfast/${name}.in`, "utf8"));
    const model = runOut(b, end_s);
    // starved: the fire gives only what the gap lets in
    expect(model.state.fires[0]!.hrr_W).toBeLessThan(0.5 * model.state.fires[0]!.expected_W);
  });

  it("a sealed adiabatic room warms at constant volume, exactly", () => {
    const off = { ceiling: "adiabatic", walls: "adiabatic", floor: "adiabatic" } as const;
    const b = building([room("vessel", 5, 5, 4, off)], { fires: [fire(0, [[0, 2e3]])] });
    const model = runOut(b, 60);
    // (gamma - 1) Q t / V (NIST TN 1889v1: gas of constant specific heats in a closed volume)
    expect(model.state.pressure_Pa[0]! / ((0.4 * 2e3 * 60) / 100)).toBeCloseTo(1, 4);
    expect(model.advance(61).warnings.map((w) => w.message)[0]).toMatch(/vessel has a fire and no opening and no leakage/);
  });

  it("a vent that opens at 300 s does so at 300 s, and the sealed room before it runs", () => {
    const opening = {
      by: "time",
      table: [
        [0, 0],
        [300, 0],
        [300, 1],
      ],
    } as const;
    const b = building([room("cell", 4, 3, 2.5, { leakage: { walls: 1e-5, floor: 0 } })], {
      wallVents: [door(0, -1, { opening })],
      fires: [
        fire(0, [
          [0, 0],
          [60, 20e3],
        ]),
      ],
    });
    const model = createZoneModel(b);
    model.advance(300);
    expect(model.state.wallFlow_kg_s).toEqual(new Float64Array(4));
    const before = model.state.pressure_Pa[0]!;
    expect(before).toBeGreaterThan(5);
    model.advance(301);
    expect(model.state.wallOpen[0]).toBe(1);
    expect(model.state.pressure_Pa[0]!).toBeLessThan(before / 4);
    model.advance(600);
    expectConserved(model);
    expectBounded(model);
  });

  it("holds for any building of 1 to 200 rooms", { timeout: 900_000 }, () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.oneof(
          { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) },
          { weight: 1, arbitrary: fc.integer({ min: 13, max: 200 }) },
        ),
        (seed, rooms) => {
          runOut(randomBuilding(stream(seed, "buildings"), rooms), rooms > 12 ? 40 : 150);
        },
      ),
      { numRuns: Number(process.env.MUSTER_FIRE_RUNS ?? 12) },
    );
  });
});
