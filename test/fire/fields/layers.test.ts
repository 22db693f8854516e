import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import { cfastRooms, readCfastTable } from "../../../engine/fire/fields/cfast-table.js";
import { type Air, ambientAir } from "../../../engine/fire/fields/field.js";
import { blackBody, type LayerRooms, layerField, layerFlux, viewOf } from "../../../engine/fire/fields/layers.js";
import { floorHeights, unitAt } from "../../../engine/fire/fields/places.js";
import { zoneRooms } from "../../../engine/fire/fields/zone-rooms.js";
import type { LayerAir, ZoneModel } from "../../../engine/fire/zone/zone-model.js";
import { boxOf, inPolygons } from "../../../engine/geometry/polygon.js";
import { readLayout } from "../../../engine/layout/read.js";
import { stream } from "../../../engine/random.js";

const hot: Air = { ...ambientAir(473.15), extinction_1_m: 2, oxygen: 0.15, carbonMonoxide: 0.002 };
/** Two rooms; the interface of the second sinks from 3 m by 0.1 m/s from t = 10 s on, its floor lies at 5 m. */
const ROOMS: LayerRooms = {
  knows: ["temperature_K", "extinction_1_m", "oxygen", "carbonMonoxide"],
  firstTime_s: 10,
  lastTime_s: 30,
  read: (time, room, into) => {
    into.interface_m = room === 0 ? 2 : 8 - 0.1 * (time - 10);
    Object.assign(into.lower, ambientAir());
    Object.assign(into.upper, hot);
  },
};
const fieldOf = (blend_m = 0) =>
  layerField({ name: "rooms", rooms: ROOMS, roomAt: (_s, x) => (x < 0 ? -1 : x < 5 ? 0 : 1), floor: (s) => 5 * s, blend_m });
const at = (field: ReturnType<typeof fieldOf>, time: number, sheet: number, x: number, height: number): Air | null => {
  const into = ambientAir();
  return field.sample(time, sheet, x, 0, height, into) ? into : null;
};

test("a head above the interface is in the upper layer, below it in the lower", () => {
  const field = fieldOf();
  expect(at(field, 15, 0, 1, 1.99)).toEqual(ambientAir());
  expect(at(field, 15, 0, 1, 2)).toEqual(hot);
  expect(at(field, 15, 1, 6, 1.7)).toEqual(ambientAir()); // interface at 7.5 m, head at 6.7 m
  expect(at(field, 24, 1, 6, 1.7)).toEqual(hot); // interface at 6.6 m
  expect(at(field, 99, 1, 6, 1.1)).toEqual(hot); // held at 6 m
  expect(at(field, 15, 0, -1, 1.7)).toBeNull();
  expect(at(field, 9.9, 0, 1, 2.5)).toBeNull();
});

test("a gradual interface mixes over the depth asked for, and is half and half at its middle", () => {
  const field = fieldOf(0.4);
  expect(at(field, 15, 0, 1, 2)!.extinction_1_m).toBeCloseTo(1, 12);
  expect(at(field, 15, 0, 1, 2.1)!.extinction_1_m).toBeCloseTo(1.5, 12);
  expect(at(field, 15, 0, 1, 1.8)!.extinction_1_m).toBeCloseTo(0, 12);
  expect(at(field, 15, 0, 1, 2.2)!.temperature_K).toBeCloseTo(473.15, 9);
});

test("a black layer of 200 C sends the 2.5 kW/m2 of practice, ambient layers nothing, thin smoke lets the ceiling through", () => {
  const flux = (upper_K: number, emissivity = 1, ceiling_K = upper_K) =>
    layerFlux({ upper_K, ceiling_W_m2: blackBody(ceiling_K), ambient_K: 293.15, emissivity });
  expect(flux(473.15)).toBeCloseTo(2423, 0); // 5.670374e-8 (473.15^4 - 293.15^4)
  expect(flux(293.15)).toBe(0);
  expect(flux(280)).toBe(0);
  expect(flux(473.15, 0.5, 293.15)).toBeCloseTo(flux(473.15) / 2, 6);
});

test("a layer far overhead fills less of the view: the configuration factor as integrated over the layer", () => {
  // F = integral of h2 / (pi (h2 + x2 + y2)2) over the rectangle, midpoints.
  const integral = (w: number, d: number, h: number, n = 800): number => {
    let sum = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const x = (-0.5 + (i + 0.5) / n) * w;
        const y = (-0.5 + (j + 0.5) / n) * d;
        sum += (h * h) / (Math.PI * (h * h + x * x + y * y) ** 2);
      }
    return (sum * w * d) / (n * n);
  };
  for (const [w, d, h] of [
    [20, 20, 20],
    [4, 10, 1],
    [3, 30, 2],
  ] as const)
    expect(viewOf(w, d, h)).toBeCloseTo(integral(w, d, h), 4);
  expect(viewOf(4, 5, 1e-9)).toBeCloseTo(1, 6);
  expect(viewOf(Infinity, Infinity, 5)).toBe(1);
});

test("the zone model as layers: its state, the radiation of its upper layer, its height above the datum", () => {
  // 4 m x 5 m x 3 m, layer of 1.5 m: mean beam length 1.8 * 30 / (20 + 1.5 * 9) m.
  const beam = 54 / 33.5;
  const state = {
    time_s: 7,
    interface_m: Float64Array.of(1.5),
    volume_m3: Float64Array.of(30, 30),
    exitance_W_m2: Float64Array.of(1500, 0, 0, 0),
    absorption_1_m: Float64Array.of(Math.LN2 / beam, 0),
    temperature_K: Float64Array.of(500, 300),
  };
  const model = {
    building: { compartments: [{ floor_m: 4, height_m: 3, width_m: 4, depth_m: 5 }], ambient: { interiorTemperature_K: 293.15 } },
    state,
    air: (_c: number, height: number, into: LayerAir) => Object.assign(into, ambientAir(height > 1.5 ? 500 : 300)),
  } as unknown as ZoneModel; // only what the field reads
  const field = layerField({ name: "zones", rooms: zoneRooms(model), roomAt: () => 0, floor: () => 4 });
  const into = ambientAir();
  field.sample(7, 0, 0, 0, 1.4, into);
  expect(into.temperature_K).toBe(300);
  expect(into.radiantFlux_W_m2 / viewOf(4, 5, 0.1)).toBeCloseTo(
    0.5 * 5.670374419e-8 * 500 ** 4 + 0.5 * 1500 - 5.670374419e-8 * 293.15 ** 4,
    6,
  );
  // A ceiling counts as no hotter than the layer below it.
  state.exitance_W_m2[0] = 9000;
  state.time_s = 7.5;
  field.sample(7.5, 0, 0, 0, 1.4, into);
  expect(into.radiantFlux_W_m2 / viewOf(4, 5, 0.1)).toBeCloseTo(5.670374419e-8 * (500 ** 4 - 293.15 ** 4), 6);
  state.interface_m[0] = 1.2;
  state.time_s = 8;
  expect(field.lastTime_s).toBe(8);
  field.sample(8, 0, 0, 0, 1.4, into);
  expect(into.temperature_K).toBe(500);
});

describe("places", () => {
  const folder = fileURLToPath(new URL("../../../scenarios/school-building", import.meta.url));
  const layout = readLayout({ name: "school", bytes: readFileSync(join(folder, "layout.geojson")) });

  it("gives the unit that a place lies in, at random places as by testing every unit", () => {
    const find = unitAt(layout);
    const random = stream(5, "places", 0);
    const carried = new Set(layout.connections.map(({ unit }) => unit));
    let inside = 0;
    layout.sheets.forEach((sheet, s) => {
      if (sheet.kind !== "floor") return;
      const units = layout.units.filter(({ level, id }) => level === sheet.level && !carried.has(id));
      const [x0, y0, x1, y1] = boxOf(units.flatMap(({ polygons }) => polygons.flatMap(({ outer }) => outer)));
      for (let k = 0; k < 2000; k++) {
        const x = x0 - 2 + (x1 - x0 + 4) * random.next();
        const y = y0 - 2 + (y1 - y0 + 4) * random.next();
        const expected = layout.units.findIndex((unit) => units.includes(unit) && inPolygons(unit.polygons, x, y));
        expect(find(s, x, y)).toBe(expected);
        if (expected >= 0) inside++;
      }
    });
    expect(inside).toBeGreaterThan(1000);
  });

  it("gives the unit of a flight, whose floor rises evenly from portal to portal", () => {
    const find = unitAt(layout);
    const height = floorHeights(layout);
    let flights = 0;
    layout.sheets.forEach((sheet, s) => {
      const flight = layout.connections.find(({ id }) => id === sheet.connection);
      if (!flight) return;
      flights++;
      const middle = ([a, b]: typeof flight.lower.line): [number, number] => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const [ax, ay] = middle(flight.lower.line);
      const [bx, by] = middle(flight.upper.line);
      const base = layout.levels.find(({ id }) => id === flight.lower.level)!.elevation;
      expect(layout.units[find(s, (ax + bx) / 2, (ay + by) / 2)]!.id).toBe(flight.unit);
      expect(height(s, ax, ay)).toBeCloseTo(base, 6);
      expect(height(s, (ax + bx) / 2, (ay + by) / 2)).toBeCloseTo(base + flight.rise / 2, 6);
      expect(height(s, bx, by)).toBeCloseTo(base + flight.rise, 6);
    });
    expect(flights).toBeGreaterThan(0);
  });
});

/** A table of CFAST with one room of two layers and a shaft. */
function cfast(changes: Record<string, string> = {}): string {
  const two = [
    "ULT",
    "LLT",
    "HGT",
    "ULO2",
    "ULCO2",
    "ULCO",
    "ULHCN",
    "ULHCL",
    "ULOD",
    "LLO2",
    "LLCO2",
    "LLCO",
    "LLHCN",
    "LLHCL",
    "LLOD",
  ];
  const unit = (id: string): string => (id.endsWith("LT") ? "C" : id === "HGT" ? "m" : id.endsWith("OD") ? "mg/m^3" : "mol_frac");
  const one = two.filter((id) => id.startsWith("UL"));
  const ids = ["Time", ...two.map((id) => `${id}_1`), ...one.map((id) => `${id}_2`), "HRR_1"];
  const units = ["s", ...two.map(unit), ...one.map(unit), "W"];
  const objects = ["Time", ...two.map(() => "Hall"), ...one.map(() => "Stair"), "Sofa"];
  const row = (time: number, hall: number[], stair: number[]): string =>
    [time, ...hall, ...stair, 1000].map((v) => v.toExponential(5)).join(", ");
  let text = [
    ids.join(","),
    ids.map(() => "title").join(","),
    objects.join(","),
    units.join(","),
    row(0, [20, 20, 2.7, 0.205, 0, 0, 0, 0, 0, 0.205, 0, 0, 0, 0, 0], [20, 0.205, 0, 0, 0, 0, 0]),
    row(10, [200, 30, 1.7, 0.155, 0.04, 1e-3, 1e-4, 2e-4, 200, 0.2, 0.01, 1e-4, 0, 0, 10], [60, 0.2, 0.01, 2e-4, 0, 0, 50]),
    "",
  ].join("\n");
  for (const [from, to] of Object.entries(changes)) text = text.replace(from, to);
  return text;
}
const said = (text: string): string => {
  try {
    readCfastTable("c.csv", text);
  } catch (error) {
    if (error instanceof MusterError) return error.message;
    throw error;
  }
  throw new Error("no error");
};

test("CFAST tables: layers linear in time, soot in mg/m3 as extinction, a shaft as one layer", () => {
  const table = readCfastTable("c.csv", cfast());
  expect(table.compartments).toEqual(["Hall", "Stair"]);
  const field = layerField({
    name: "CFAST c.csv",
    rooms: cfastRooms(table, { floor_m: [3, 0] }),
    roomAt: (_s, x) => (x < 0 ? 0 : 1),
    floor: (sheet) => 3 * sheet,
  });
  const into = ambientAir();
  field.sample(5, 1, -1, 0, 2.25, into); // interface at 2.2 m
  expect(into.temperature_K).toBeCloseTo(273.15 + 110, 9);
  expect(into.extinction_1_m).toBeCloseTo(0.87, 9);
  expect(into.oxygen).toBeCloseTo(0.18, 9);
  expect(into.carbonMonoxide).toBeCloseTo(5e-4, 9);
  expect(into.hydrogenCyanide).toBeCloseTo(5e-5, 9);
  expect(into.hydrogenChloride).toBeCloseTo(1e-4, 9);
  expect(into.radiantFlux_W_m2).toBeCloseTo(5.670374419e-8 * (383.15 ** 4 - 293.15 ** 4), 6);
  field.sample(5, 1, -1, 0, 2.1, into);
  expect(into.temperature_K).toBeCloseTo(273.15 + 25, 9);
  expect(into.extinction_1_m).toBeCloseTo(0.0435, 9);
  field.sample(10, 0, 1, 0, 0.1, into);
  expect(into.temperature_K).toBeCloseTo(333.15, 9);
  expect(into.extinction_1_m).toBeCloseTo(0.435, 9);
  field.sample(500, 0, 1, 0, 1.7, into);
  expect(into.temperature_K).toBeCloseTo(333.15, 9);
});

test("CFAST tables: exponents without E are read; every fault is told with its line and column", () => {
  expect(readCfastTable("c.csv", cfast({ "1.00000e-3": "0.10000-102" })).columns[0]!.ULCO[1]).toBe(1e-103);
  expect(said(cfast({ ULT_1: "ULT_9" }))).toMatch(/compartment 1 has no ULT/);
  expect(said(cfast({ "mg/m^3": "1/m" }))).toMatch(/line 4, column ULOD_1: is in "1\/m", expected mg\/m\^3/);
  expect(said(cfast({ "1.70000e+0": "abc", "3.00000e+1": "NaN" }))).toBe(
    'c.csv, line 6, column LLT_1: "NaN" is no number\nc.csv, line 6, column HGT_1: "abc" is no number',
  );
  expect(said(cfast({ "1.00000e+1,": "0," }))).toMatch(/line 6: is at 0 s, the row before at 0 s/);
  expect(said(cfast().slice(0, -30))).toMatch(/line 6: has 22 values for 24 columns/);
  expect(said("a\nb")).toMatch(/has 2 lines; a table of CFAST begins with four head rows/);
  expect(said("a,b\n1,2\n3,4\n5,6\n7,8")).toMatch(/begins with "a" in "5".*\n.*no column of a compartment/);
});

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const reference = join(data, "reference/fire/cfast");
if (!existsSync(reference))
  process.stderr.write(`test/fire/fields/layers.test.ts: tables skipped, ${reference} is not there (set MUSTER_DATA)\n`);
describe.runIf(existsSync(reference))("tables of CFAST 8", () => {
  it.each(["c02_t2_medium_door", "c07_stairwell_3_floors", "c09_floor_15_comp"])(
    "%s gives its summary's values at 300 s",
    (name) => {
      const table = readCfastTable(name, readFileSync(join(reference, name, `${name}_compartments.csv`), "latin1"));
      const rooms = cfastRooms(table, { floor_m: table.compartments.map(() => 0) });
      const summary = JSON.parse(readFileSync(join(reference, name, "summary.json"), "utf8")) as {
        compartments: Record<string, Record<string, Record<string, number>>>;
      };
      const told = Object.keys(summary.compartments); // the first nine at most
      expect(table.compartments.slice(0, told.length)).toEqual(told);
      told.forEach((compartment, room) => {
        const wanted = summary.compartments[compartment]!["300"]!; // rounded to 2, 3 and 5 places
        const into = { interface_m: 0, width_m: Infinity, depth_m: Infinity, lower: ambientAir(), upper: ambientAir() };
        rooms.read(300, room, into);
        expect(into.interface_m).toBeCloseTo(wanted.z_m!, 2);
        expect(into.upper.temperature_K).toBeCloseTo(wanted.T_u_C! + 273.15, 1);
        expect(into.lower.temperature_K).toBeCloseTo(wanted.T_l_C! + 273.15, 1);
        expect(into.upper.oxygen).toBeCloseTo(wanted.O2_u!, 4);
        expect(into.upper.carbonDioxide).toBeCloseTo(wanted.CO2_u!, 4);
        expect(into.upper.extinction_1_m / 8.7e-3).toBeCloseTo(wanted.OD_u_raw!, 1);
      });
    },
  );
});
