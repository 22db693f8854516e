/**
 * The zone model beside CFAST's own output (issue 5, "Done when" 1). The CSV files are too large to ship: MUSTER_DATA names the folder that has
 * reference/fire/cfast; without it the comparison is skipped. Prints one line per case.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import { MOLAR_MASS } from "../../../engine/fire/zone/chemistry.js";
import { createZoneModel } from "../../../engine/fire/zone/create.js";
import type { ZoneModel } from "../../../engine/fire/zone/zone-model.js";

const root = `${process.env.MUSTER_DATA ?? ""}/reference/fire/cfast`;
const there = process.env.MUSTER_DATA !== undefined && existsSync(root);

/** Worst differences over all compartments and times that count. */
interface Worst {
  upper_pct: number;
  interface_m: number;
  /** Where 0.10 m is exceeded, the greater of 0.10 m and 5 % is what counts; share of the limit. */
  interfaceShare: number;
  lower_K: number;
  flow_pct: number;
  species_pct: number;
}

interface Table {
  readonly ids: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

function table(name: string, kind: string): Table {
  const lines = readFileSync(`${root}/${name}/${name}_${kind}.csv`, "utf8").trim().split("\n");
  const rows = lines.slice(4).map((line) => line.split(",").map(Number));
  return { ids: lines[0]!.split(",").map((id) => id.trim()), rows };
}

const SPECIES = ["N2", "O2", "CO2", "CO", "HCN", "HCL", "H2O"];
/** Their order in the model: nitrogen, oxygen, carbon dioxide, carbon monoxide, hydrogen cyanide, hydrogen chloride, water. */
const LEAST_FRACTION = [0.1, 0.02, 1e-3, 1e-5, 1e-6, 1e-6, 5e-3];
const LEAST_SOOT_MG = 10;
const LEAST_FLOW = 0.4;

/** Which rows count: from a time, until a time, and in each room from a while after smoke has come, a layer of 0.1 m that is warmer by `arrivalRise_K`. */
interface When {
  readonly from_s: number;
  readonly until_s: number;
  readonly afterArrival_s: number;
  readonly arrivalRise_K: number;
}

function compare(name: string, { from_s, until_s, afterArrival_s, arrivalRise_K }: When): Worst {
  const { building } = readCfast(readFileSync(`test/reference/fire/cfast/${name}.in`, "utf8"));
  const model = createZoneModel(building);
  const compartments = table(name, "compartments");
  const vents = table(name, "vents");
  const worst: Worst = { upper_pct: 0, interface_m: 0, interfaceShare: 0, lower_K: 0, flow_pct: 0, species_pct: 0 };
  const arrived = building.compartments.map(() => Number.POSITIVE_INFINITY);
  compartments.rows.forEach((row, k) => {
    const time = row[0]!;
    if (time > until_s) return;
    expect(model.advance(time).reason).toBe("");
    building.compartments.forEach((room, i) => {
      const value = (id: string): number => row[compartments.ids.indexOf(`${id}_${i + 1}`)]!;
      if (room.height_m - value("HGT") > 0.1 && value("ULT") - value("LLT") >= arrivalRise_K)
        arrived[i] = Math.min(arrived[i]!, time);
      if (time < from_s || time < arrived[i]! + afterArrival_s) return;
      compareRoom(model, i, value, worst);
    });
    if (time >= from_s) compareFlows(model, vents, k, worst);
  });
  const { mass, energy } = model.balance();
  expect(mass).toBeLessThan(1e-10);
  expect(energy).toBeLessThan(1e-4);
  return worst;
}

const more = (worst: Worst, key: keyof Worst, value: number): void => {
  worst[key] = Math.max(worst[key], Math.abs(value));
};

function compareRoom(model: ZoneModel, i: number, value: (id: string) => number, worst: Worst): void {
  const { state } = model;
  const kelvin = (id: string): number => value(id) + 273.15;
  // rises below 10 K are compared against 10 K
  more(worst, "upper_pct", (100 * (state.temperature_K[2 * i]! - kelvin("ULT"))) / Math.max(10, value("ULT") - 20));
  const apart = state.interface_m[i]! - value("HGT");
  more(worst, "interface_m", apart);
  more(worst, "interfaceShare", apart / Math.max(0.1, 0.05 * value("HGT")));
  more(worst, "lower_K", state.temperature_K[2 * i + 1]! - kelvin("LLT"));
  const at = 2 * i * state.stride;
  const moles = SPECIES.map((_, s) => state.species_kg[at + s]! / MOLAR_MASS[s]!);
  const sum = moles.reduce((a, b) => a + b, 0);
  SPECIES.forEach((id, s) => {
    const reference = value(`UL${id}`);
    more(worst, "species_pct", (100 * (moles[s]! / sum - reference)) / Math.max(LEAST_FRACTION[s]!, reference));
  });
  const soot = ((state.species_kg[at + 7]! + state.species_kg[at + 8]!) * 1e6) / state.volume_m3[2 * i]!;
  more(worst, "species_pct", (100 * (soot - value("ULOD"))) / Math.max(LEAST_SOOT_MG, value("ULOD")));
}

/** Whole flows in and out of every wall vent and the net flow of every horizontal vent and fan; flows below 0.4 kg/s are compared against 0.4. */
function compareFlows(model: ZoneModel, vents: Table, k: number, worst: Worst): void {
  const row = vents.rows[k]!;
  const { state, building } = model;
  const check = (mine: number, reference: number): void =>
    more(worst, "flow_pct", (100 * (mine - reference)) / Math.max(LEAST_FLOW, Math.abs(reference)));
  building.wallVents.forEach((_, v) => {
    const first = vents.ids.findIndex((id) => id.startsWith("WT_") && id.endsWith(`_u_inflow_${v + 1}`));
    const f = state.wallFlow_kg_s;
    check(f[4 * v]! + f[4 * v + 1]!, row[first]! + row[first + 2]!);
    check(f[4 * v + 2]! + f[4 * v + 3]!, row[first + 1]! + row[first + 3]!);
  });
  building.horizontalVents.forEach((_, v) => {
    const first = vents.ids.findIndex((id) => id.startsWith("CFT_") && id.endsWith(`_u_inflow_${v + 1}`));
    const f = state.horizontalFlow_kg_s;
    const net = row[first + 1]! + row[first + 3]! - row[first]! - row[first + 2]!;
    check(f[4 * v + 2]! + f[4 * v + 3]! - f[4 * v]! - f[4 * v + 1]!, net);
  });
  building.fans.forEach((_, v) => {
    const first = vents.ids.findIndex((id) => id.startsWith("MT_") && id.endsWith(`_u_inflow_${v + 1}`));
    check(state.fanFlow_kg_s[v]!, row[first + 1]! + row[first + 3]!);
  });
}

const WHOLE: When = { from_s: 60, until_s: 1e9, afterArrival_s: 0, arrivalRise_K: 0 };
const AFTER_ARRIVAL: When = { from_s: 15, until_s: 1e9, afterArrival_s: 15, arrivalRise_K: 0 };
/**
 * CFAST lets the pressure inside fall with height and the density outside not: in c07, at 20 C everywhere, 0.109 kg/s rise through the stair at 5 s, and the
 * upper layer of Stair0 fills with clean air of 20.00 C before any smoke (0.09 m at 30 s, T_u 20.004). Smoke has come when the layer is warmer.
 */
const AFTER_SMOKE: When = { ...AFTER_ARRIVAL, arrivalRise_K: 2 };
const STARVED: When = { from_s: 30, until_s: 70, afterArrival_s: 0, arrivalRise_K: 0 };
const cases: [string, When, Partial<Worst>][] = [
  ["c01", WHOLE, { upper_pct: 5, interfaceShare: 1, flow_pct: 5, species_pct: 5 }],
  ["c02", WHOLE, { upper_pct: 3, interface_m: 0.03, lower_K: 2, flow_pct: 5, species_pct: 5 }],
  ["c03", AFTER_ARRIVAL, { upper_pct: 3, interface_m: 0.03, lower_K: 2 }],
  ["c04", WHOLE, { upper_pct: 5, interfaceShare: 1, flow_pct: 5, species_pct: 5 }],
  ["c05", WHOLE, { upper_pct: 3, interface_m: 0.03, lower_K: 2, flow_pct: 5, species_pct: 5 }],
  ["c06_", STARVED, { upper_pct: 5, interfaceShare: 1 }],
  ["c06s", STARVED, { upper_pct: 5, interfaceShare: 1 }],
  ["c07", AFTER_SMOKE, { upper_pct: 5, interface_m: 0.1 }],
  ["c08", WHOLE, { upper_pct: 5, interfaceShare: 1, flow_pct: 5, species_pct: 5 }],
  ["c09", AFTER_ARRIVAL, { upper_pct: 5, interface_m: 0.1 }],
  ["c10", AFTER_ARRIVAL, { upper_pct: 5, interface_m: 0.1 }],
];

describe.skipIf(!there)("beside CFAST 8", () => {
  it.each(cases)("%s", { timeout: 60_000 }, (start, when, limits) => {
    const name = readdirSync(root).find((d) => d.startsWith(start))!;
    const worst = compare(name, when);
    const figures = `upper ${worst.upper_pct.toFixed(2)} %, interface ${worst.interface_m.toFixed(3)} m, lower ${worst.lower_K.toFixed(2)} K`;
    console.log(`${name}: ${figures}, flows ${worst.flow_pct.toFixed(1)} %, species ${worst.species_pct.toFixed(1)} %`);
    for (const [key, limit] of Object.entries(limits)) expect(worst[key as keyof Worst], key).toBeLessThan(limit);
  });
});
