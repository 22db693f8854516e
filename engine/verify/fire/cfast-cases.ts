/** The engine beside CFAST on the same input files: layers, species and flows over the whole run. */
import { type History, needed, readTable, runHistory, type Series } from "./history.js";
import { type Check, type FireTest, fireCheck, fireRow, type ReadReference } from "./result.js";

interface Case {
  readonly name: string;
  readonly file: string;
  /** Species and flows are judged too. */
  readonly whole: boolean;
  /** Held to the second, narrower gate. */
  readonly narrow: boolean;
  /** Compared up to this time, s: CFAST creates gas after it (docs/models/fire-zone.md). */
  readonly until_s?: number;
}

const CASES: readonly Case[] = [
  { name: "c01 adiabatic room, 100 kW", file: "c01_adiabatic_100kW_door", whole: true, narrow: false },
  { name: "c02 room, t² to 500 kW", file: "c02_t2_medium_door", whole: true, narrow: true },
  { name: "c03 two rooms and corridor", file: "c03_two_rooms_corridor", whole: false, narrow: true },
  { name: "c04 hall with exhaust fan", file: "c04_mech_exhaust", whole: true, narrow: false },
  { name: "c05 hall with roof vent", file: "c05_ceiling_vent", whole: true, narrow: true },
  { name: "c06 nearly closed room", file: "c06_closed_room_vitiated", whole: false, narrow: false, until_s: 70 },
  { name: "c06s room with a slit", file: "c06s_stall_gap", whole: false, narrow: false, until_s: 70 },
  { name: "c07 stairwell, three storeys", file: "c07_stairwell_3_floors", whole: false, narrow: false },
  { name: "c08 polyurethane, HCN", file: "c08_pu_tenability", whole: true, narrow: false },
  { name: "c09 15 compartments", file: "c09_floor_15_comp", whole: false, narrow: false },
  { name: "c10 60 compartments", file: "c10_floor_60_comp", whole: false, narrow: false },
];

const SPECIES = ["ULO2", "ULCO2", "ULCO", "ULHCN", "ULOD"];
/** Compared from here, s: the "after the first 60 s"; runs of 70 s from 30 s. */
const FROM_S = 60;
/** After smoke has come (layer over 0.1 m deep) the layers of a room are compared from here, s. */
const AFTER_ARRIVAL_S = 15;
const ARRIVED_M = 0.1;
/** Differences of flows below this are shares of this, kg/s. */
const LEAST_FLOW = 0.02;
/** Temperature rises below this likewise, K. */
const LEAST_RISE = 10;

interface Worst {
  value: number;
  where: string;
}

interface Differences {
  temperature: Worst;
  interface: Worst;
  lower: Worst;
  species: Worst;
  flow: Worst;
}

const take = (worst: Worst, value: number, where: string): void => {
  if (value > worst.value) Object.assign(worst, { value, where });
};

/** Greatest differences over rooms and times, each with its place and time. */
function differences(ours: History, theirs: Series, from_s: number): Differences {
  const none = (): Worst => ({ value: 0, where: "" });
  const found = { temperature: none(), interface: none(), lower: none(), species: none(), flow: none() };
  const { compartments, ambient } = ours.run.input.building;
  const start = ambient.interiorTemperature_K - 273.15;
  compartments.forEach(({ id: room, height_m }, c) => {
    const n = c + 1;
    const height = theirs.column(`HGT_${n}`);
    const arrived = theirs.time_s.find((_, k) => height_m - height[k]! > ARRIVED_M);
    if (arrived === undefined) return;
    theirs.time_s.forEach((t, k) => {
      if (t < from_s || t < arrived + AFTER_ARRIVAL_S) return;
      const where = `${room} at ${t} s`;
      const upper = theirs.column(`ULT_${n}`)[k]!;
      take(found.temperature, Math.abs(ours.at(`ULT_${n}`, t) - upper) / Math.max(LEAST_RISE, upper - start), where);
      take(found.interface, Math.abs(ours.at(`HGT_${n}`, t) - height[k]!), where);
      take(found.lower, Math.abs(ours.at(`LLT_${n}`, t) - theirs.column(`LLT_${n}`)[k]!), where);
      for (const species of SPECIES) {
        const reference = theirs.column(`${species}_${n}`)[k]!;
        if (reference > 1e-9)
          take(found.species, Math.abs(ours.at(`${species}_${n}`, t) / reference - 1), `${species} in ${where}`);
      }
    });
  });
  for (const id of theirs.ids.filter((name) => /^(CF|M|W)_/.test(name)))
    theirs.time_s.forEach((t, k) => {
      if (t < from_s) return;
      const reference = theirs.column(id)[k]!;
      const value = flowOf(ours, id, t);
      take(
        found.flow,
        Math.abs(value - reference) / Math.max(Math.abs(reference), LEAST_FLOW),
        `${id} at ${t} s, ${value.toPrecision(3)} against ${reference.toPrecision(3)} kg/s`,
      );
    });
  return found;
}

/** Total flow into or out of the first room of a wall vent ("W_1_2_1_in"); the net flow of other vents by their own id. */
function flowOf(ours: History, id: string, time_s: number): number {
  const wall = /^W_(\w+?)_\w+?_(\d+)_(in|out)$/.exec(id);
  if (!wall) return ours.at(id, time_s);
  const [, side, number, way] = wall;
  return ["u", "l"].reduce((sum, layer) => sum + ours.at(`WT_${side}_${layer}_${way}flow_${number}`, time_s), 0);
}

const percent = (share: number): number => 100 * share;

function checks(read: ReadReference): Check[] {
  const keep = /^(ULT|LLT|HGT|ULO2|ULCO2|ULCO|ULHCN|ULOD|CF|M|WT)_/;
  const found = CASES.map((one) => {
    const ours = runHistory(needed(read, `cfast/${one.file}.in`), (id) => keep.test(id));
    const theirs = readTable(needed(read, `cfast/expected/${one.file}.csv`));
    const until = one.until_s ?? Number.POSITIVE_INFINITY;
    const cut = theirs.time_s.findIndex((t) => t > until);
    const compared = cut < 0 ? theirs : firstRows(theirs, cut);
    return { ...one, differences: differences(ours, compared, one.until_s === undefined ? FROM_S : 30) };
  });
  const rows = (of: typeof found, pick: (d: Differences) => Worst, scale: (x: number) => number, most: number, unit: string) =>
    of.map(({ name, differences: d }) =>
      fireRow(name, scale(pick(d).value), { most, expected: `≤ ${most} ${unit}, greatest: ${pick(d).where}` }),
    );
  const same = (x: number): number => x;
  const whole = found.filter((each) => each.whole);
  const narrow = found.filter((each) => each.narrow);
  const by = { set_by: "ours" as const };
  return [
    fireCheck({
      ...by,
      quantity: "greatest difference of the upper layer's temperature rise",
      unit: "%",
      tolerance: "5 % of the rise (of 10 K where it is less), all rooms",
      rows: rows(found, (d) => d.temperature, percent, 5, "%"),
    }),
    fireCheck({
      ...by,
      quantity: "greatest difference of the interface",
      unit: "m",
      tolerance: "0.10 m, all rooms",
      rows: rows(found, (d) => d.interface, same, 0.1, "m"),
    }),
    fireCheck({
      ...by,
      quantity: "greatest difference of species in the upper layer",
      unit: "%",
      tolerance: "5 %: O2, CO2, CO, HCN, soot",
      rows: rows(whole, (d) => d.species, percent, 5, "%"),
    }),
    fireCheck({
      ...by,
      quantity: "greatest difference of flows through openings",
      unit: "%",
      tolerance: `5 % of the flow in and of the flow out (of ${LEAST_FLOW} kg/s where it is less)`,
      rows: rows(whole, (d) => d.flow, percent, 5, "%"),
    }),
    fireCheck({
      ...by,
      quantity: "second gate: upper layer's temperature rise",
      unit: "%",
      tolerance: "3 %",
      rows: rows(narrow, (d) => d.temperature, percent, 3, "%"),
    }),
    fireCheck({
      ...by,
      quantity: "second gate: interface",
      unit: "m",
      tolerance: "0.03 m",
      rows: rows(narrow, (d) => d.interface, same, 0.03, "m"),
    }),
    fireCheck({
      ...by,
      quantity: "second gate: lower layer's temperature",
      unit: "K",
      tolerance: "2 K",
      rows: rows(narrow, (d) => d.lower, same, 2, "K"),
    }),
  ];
}

/** The first rows of a table. */
function firstRows(table: Series, rows: number): Series {
  return { ...table, time_s: table.time_s.slice(0, rows) };
}

export const cfastTest: FireTest = {
  id: "FIRE-CFAST",
  title: "Eleven models beside CFAST 8",
  source: "CFAST 8.0.0.dev354 (NIST) run on the same input files; test/reference/fire/cfast",
  kind: "quantitative",
  how: `Each input file runs in both programs. Compared every 30 s from ${FROM_S} s on (the nearly closed rooms from 30 s), in each room from ${AFTER_ARRIVAL_S} s after smoke has come (layer over ${ARRIVED_M} m deep); the nearly closed rooms up to 70 s, after which CFAST's layer clamp creates gas (its own masses and flows tell). c07: CFAST lets the air inside grow thinner with height and not the air outside, a draught without any fire; with the same in Muster the greatest differences are 1.7 % and 0.091 m.`,
  run: checks,
};
