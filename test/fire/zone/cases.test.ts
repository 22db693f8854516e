/** Reported problems of other fire models (the report is named in each test): what a correct run does with them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import type { FireBuilding, TimeTable } from "../../../engine/fire/zone/building.js";
import { createZoneModel } from "../../../engine/fire/zone/create.js";
import { runZone } from "../../../engine/fire/zone/run.js";
import { building, door, fire, room } from "./buildings.js";

interface Case {
  compartments: { id: string; width_m: number; depth_m: number; height_m: number; wall?: Record<string, number> }[];
  vents: { id: string; width_m: number; sill_m: number; soffit_m: number }[];
  fire: { base_m: number; hrr_kW?: [number, number][]; hrr?: [number, number][] };
  tMax_s: number;
}

const readCase = (name: string): Case => JSON.parse(readFileSync(`test/cases/${name}/input.json`, "utf8")) as Case;

/** The neutral file as a building of gypsum board; `hrr_W` as the case means it. */
function buildingOf(c: Case, hrr_W: TimeTable, other: Partial<FireBuilding> = {}): FireBuilding {
  const rooms = c.compartments.map((r) => room(r.id, r.width_m, r.depth_m, r.height_m));
  const wallVents = c.vents.map((v) => door(0, -1, { id: v.id, sill_m: v.sill_m, soffit_m: v.soffit_m, width_m: v.width_m }));
  return building(rooms, { wallVents, fires: [fire(0, hrr_W, { x_m: 1, y_m: 1 })], ...other });
}

describe("reported cases of fire models", () => {
  it("Z01 (firemodels/cfast#16, #2047, fds#5647): a fire in a sealed room runs to its end, bounded, with warnings, and goes out", () => {
    const c = readCase("Z01-sealed");
    const { status, columns, balance } = runZone(
      buildingOf(
        c,
        c.fire.hrr_kW!.map(([t, q]) => [t, q * 1000]),
      ),
      { end_s: c.tMax_s, every_s: 1 },
    );
    expect(status).toMatchObject({ status: "ended", time_s: c.tMax_s });
    expect(status.warnings.map((w) => w.message).join("\n")).toMatch(/room has a fire and no opening and no leakage/);
    expect(status.warnings.map((w) => w.message).join("\n")).toMatch(/beyond 500 Pa/);
    const pressures = columns.pressure_Pa.map((p) => p[0]!);
    expect(pressures.every(Number.isFinite)).toBe(true);
    // no more than the oxygen's heat at constant volume without any loss: (gamma - 1) m_O2 13.1 MJ/kg / V
    expect(Math.max(...pressures)).toBeLessThan(0.4 * 0.228 * 1.2 * 13.1e6 * 1.01);
    const last = columns.hrr_W[columns.hrr_W.length - 1]![0]!;
    expect(Math.max(...columns.hrr_W.map((q) => q[0]!))).toBeGreaterThan(100e3);
    expect(last).toBeLessThan(1e3);
    expect(balance.mass).toBeLessThan(1e-10);
  });

  it("Z01 with its leakage stated keeps the pressure at what the leak lets out", () => {
    const c = readCase("Z01-sealed");
    const b = buildingOf(
      c,
      c.fire.hrr_kW!.map(([t, q]) => [t, q * 1000]),
    );
    const leaky = { ...b, compartments: b.compartments.map((r) => ({ ...r, leakage: { walls: 1.7e-4, floor: 5.2e-5 } })) };
    const sealed = Math.max(...runZone(b, { end_s: 120, every_s: 1 }).columns.pressure_Pa.map((p) => p[0]!));
    const open = Math.max(...runZone(leaky, { end_s: 120, every_s: 1 }).columns.pressure_Pa.map((p) => p[0]!));
    expect(open).toBeLessThan(sealed / 5);
  });

  it("Z03 (firemodels/cfast#783): a starved fire burns what oxygen there is and comes in, and no layer leaves [0, 0.23]", () => {
    const c = readCase("Z03-starved");
    const model = createZoneModel(
      buildingOf(
        c,
        c.fire.hrr_kW!.map(([t, q]) => [t, q * 1000]),
      ),
    );
    const { state } = model;
    const start = state.species_kg[1]! + state.species_kg[state.stride + 1]!;
    let burnt_J = 0;
    let cameIn = 0;
    let least = 1;
    let most = 0;
    for (let t = 1; t <= c.tMax_s; t++) {
      model.advance(t);
      burnt_J += state.hrr_W[0]!;
      cameIn += 0.23 * (state.wallFlow_kg_s[0]! + state.wallFlow_kg_s[1]!);
      for (let l = 0; l < 2; l++) {
        const share = state.species_kg[l * state.stride + 1]! / state.mass_kg[l]!;
        least = Math.min(least, share);
        most = Math.max(most, share);
      }
    }
    expect(model.advance(c.tMax_s)).toMatchObject({ status: "running", time_s: c.tMax_s });
    expect(least).toBeGreaterThanOrEqual(0);
    expect(most).toBeLessThan(0.23);
    expect(burnt_J).toBeLessThanOrEqual((start + cameIn) * 13.1e6 * 1.001);
    // half of what the room's oxygen above the limit of 15 % can give; the rest is pushed out unburnt with the gas that expands
    expect(burnt_J).toBeGreaterThan(0.5 * start * (1 - 0.15 / 0.228) * 13.1e6);
    const { mass, elements, energy } = model.balance();
    expect(Math.max(mass, ...Object.values(elements))).toBeLessThan(1e-10);
    expect(energy).toBeLessThan(1e-4);
  });

  it("Z05 (firemodels/cfast#690, #1311, fds#439): values a thousand times off are named with the unit they may be in", () => {
    const c = readCase("Z05-units");
    const wall = c.compartments[0]!.wall!;
    const material = {
      id: "wall",
      conductivity_W_mK: wall.conductivity!,
      density_kg_m3: wall.density!,
      specificHeat_J_kgK: wall.specificHeat!,
      emissivity: 0.9,
    };
    const surface = [{ material: 0, thickness_m: wall.thickness! }];
    // the case's 200000 without a unit, read as kW
    const b = buildingOf(
      c,
      c.fire.hrr!.map(([t, q]) => [t, q * 1000]),
      { materials: [material, material] },
    );
    const wrong = { ...b, compartments: b.compartments.map((r) => ({ ...r, walls: surface })) };
    const faults = (): string[] => {
      try {
        createZoneModel(wrong);
        return [];
      } catch (error) {
        return (error as MusterError).problems.map((p) => `${p.place}: ${p.message}`);
      }
    };
    expect(faults()).toEqual(
      expect.arrayContaining([
        "material wall: conductivity 0.00016 W/m/K is outside 0.005 to 500 (kW/m/K?)",
        "material wall: specific heat 0.9 J/kg/K is outside 50 to 10000 (kJ/kg/K?)",
        "compartment room, walls: thickness 16 m is outside 0.00001 to 3 (mm?)",
        expect.stringMatching(
          /^fire fire 0: hrr_W\[1\] 200000000 W in room of 9 m2 is outside 0 to 90000000 \(W given as kW\?\)$/,
        ),
      ]),
    );
    expect(() => createZoneModel(wrong)).toThrow(MusterError);
  });
});
