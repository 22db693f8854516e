/**
 * Tables of CFAST (_compartments.csv): four head rows (column id, quantity, object, unit), then one row a time. Column ids end in the number
 * of their compartment, "ULT_1". What is titled "Optical Density" (ULOD, LLOD) holds soot in mg/m3 in CFAST 7.7 and 8.0: the unit tells.
 */
import { MusterError, type Problem } from "../../errors.js";
import { lastAtOrBefore } from "../times.js";
import { AIR_QUANTITIES } from "./field.js";
import { type LayerRooms, layerFlux, type RoomAir } from "./layers.js";

/** Characters and compartments that are read at most. */
export const CFAST_LIMITS = { text: 512 * 1024 * 1024, compartments: 10_000 } as const;

/** Mass extinction coefficient of soot of flaming fires, m2/kg (Mulholland and Croarkin 2000), as CFAST uses it. */
const MASS_EXTINCTION_m2_kg = 8700;

export interface CfastTable {
  readonly times_s: Float64Array;
  /** Names of the compartments in the order of their numbers. */
  readonly compartments: readonly string[];
  /** For each compartment one column a quantity, in the file's units. */
  readonly columns: readonly Readonly<Record<CfastColumn, Float64Array>>[];
}

/** Columns that a field needs, with the unit they must have. */
const COLUMNS = {
  ULT: "C",
  LLT: "C",
  HGT: "m",
  ULO2: "mol_frac",
  ULCO2: "mol_frac",
  ULCO: "mol_frac",
  ULHCN: "mol_frac",
  ULHCL: "mol_frac",
  ULOD: "mg/m^3",
  LLO2: "mol_frac",
  LLCO2: "mol_frac",
  LLCO: "mol_frac",
  LLHCN: "mol_frac",
  LLHCL: "mol_frac",
  LLOD: "mg/m^3",
} as const;
export type CfastColumn = keyof typeof COLUMNS;
/** A shaft has one layer, which CFAST writes as the upper one. */
const OF_ONE_LAYER: readonly CfastColumn[] = ["ULT", "ULO2", "ULCO2", "ULCO", "ULHCN", "ULHCL", "ULOD"];
const ALL = Object.keys(COLUMNS) as CfastColumn[]; // its own keys

/** Faults that are told one by one. */
const TOLD = 20;

interface Slot {
  readonly compartment: number;
  readonly column: CfastColumn;
  readonly at: number;
}

/** @throws MusterError INPUT_TOO_LARGE, or FIELD_INVALID with every missing column and every bad row (20 told) */
export function readCfastTable(name: string, text: string): CfastTable {
  if (text.length > CFAST_LIMITS.text)
    throw new MusterError("INPUT_TOO_LARGE", [
      {
        place: name,
        message: `has ${text.length} characters, at most ${CFAST_LIMITS.text} are read`,
        value: text.length,
        limit: CFAST_LIMITS.text,
      },
    ]);
  const lines = text.split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)!.trim() === "") lines.pop();
  const { slots, names, width } = headOf(name, lines);
  const rows = lines.length - 4;
  if (rows < 1)
    throw new MusterError("FIELD_INVALID", [{ place: name, message: "holds no row of numbers after its four head rows" }]);
  const times_s = new Float64Array(rows);
  const columns = names.map(
    () => Object.fromEntries(ALL.map((column) => [column, new Float64Array(rows)])) as Record<CfastColumn, Float64Array>,
  );
  const problems: Problem[] = [];
  for (let r = 0; r < rows && problems.length < TOLD; r++) {
    const cells = lines[r + 4]!.split(",");
    const place = `${name}, line ${r + 5}`;
    if (cells.length !== width) {
      problems.push({ place, message: `has ${cells.length} values for ${width} columns`, value: cells.length, limit: width });
      continue;
    }
    times_s[r] = numberOf(cells[0]!, place, "Time", problems);
    if (r > 0 && times_s[r]! <= times_s[r - 1]!)
      problems.push({ place, message: `is at ${times_s[r]} s, the row before at ${times_s[r - 1]} s`, value: times_s[r]! });
    for (const { compartment, column, at } of slots)
      columns[compartment]![column][r] = numberOf(cells[at]!, place, `${column}_${compartment + 1}`, problems);
  }
  if (problems.length > 0) throw new MusterError("FIELD_INVALID", problems.slice(0, TOLD));
  columns.forEach((of, compartment) => {
    if (slots.some((slot) => slot.compartment === compartment && slot.column === "HGT")) return;
    // One layer from the floor up.
    for (const column of OF_ONE_LAYER) of[`LL${column.slice(2)}` as CfastColumn].set(of[column]);
  });
  return { times_s, compartments: names, columns };
}

/** Fortran leaves the E out where the exponent has three digits: 0.12345-100. */
function numberOf(text: string, place: string, column: string, problems: Problem[]): number {
  const trimmed = text.trim();
  const value = Number(trimmed.replace(/(\d)([+-]\d{3})$/, "$1E$2"));
  if (trimmed === "" || !Number.isFinite(value))
    problems.push({ place: `${place}, column ${column}`, message: `"${trimmed.slice(0, 40)}" is no number` });
  return value;
}

function headOf(name: string, lines: readonly string[]): { slots: Slot[]; names: string[]; width: number } {
  if (lines.length < 4)
    throw new MusterError("FIELD_INVALID", [
      {
        place: name,
        message: `has ${lines.length} lines; a table of CFAST begins with four head rows`,
        value: lines.length,
        limit: 4,
      },
    ]);
  const [ids, , objects, units] = lines.slice(0, 4).map((line) => line.split(",").map((cell) => cell.trim())) as [
    string[],
    string[],
    string[],
    string[],
  ];
  const problems: Problem[] = [];
  if (ids[0] !== "Time" || units[0] !== "s")
    problems.push({
      place: `${name}, line 1`,
      message: `begins with "${ids[0]!.slice(0, 40)}" in "${units[0]}"; a table of CFAST begins with Time in s`,
    });
  const slots: Slot[] = [];
  const names: string[] = [];
  ids.forEach((id, at) => {
    const [, column, number] = /^([A-Z0-9]+)_(\d+)$/.exec(id) ?? [];
    if (column === undefined || !(column in COLUMNS)) return;
    const compartment = Number(number) - 1;
    if (compartment < 0 || compartment >= CFAST_LIMITS.compartments) {
      problems.push({
        place: `${name}, line 1, column ${id}`,
        message: `is of compartment ${number}; 1 to ${CFAST_LIMITS.compartments} are read`,
      });
      return;
    }
    const wanted = COLUMNS[column as CfastColumn];
    if (units[at] !== wanted)
      problems.push({
        place: `${name}, line 4, column ${id}`,
        message: `is in "${units[at] ?? ""}", expected ${wanted}`,
        value: units[at] ?? "",
        limit: wanted,
      });
    names[compartment] = objects[at] ?? "";
    slots.push({ compartment, column: column as CfastColumn, at });
  });
  const width = ids.length;
  if (slots.length === 0)
    problems.push({
      place: `${name}, line 1`,
      message: "has no column of a compartment (ULT_1 and the like): it is no _compartments.csv",
    });
  for (let c = 0; c < names.length; c++) {
    const has = new Set(slots.filter((slot) => slot.compartment === c).map(({ column }) => column));
    const needed = has.has("HGT") || has.has("LLT") ? ALL : OF_ONE_LAYER;
    const missing = needed.filter((column) => !has.has(column));
    if (missing.length > 0)
      problems.push({ place: `${name}, line 1`, message: `compartment ${c + 1} has no ${missing.join(", ")}` });
  }
  if (problems.length > 0) throw new MusterError("FIELD_INVALID", problems.slice(0, TOLD));
  return { slots, names, width };
}

export interface CfastRoomsOptions {
  /** Height of the floor of each compartment above the layout's local zero, m, in the order of the table. */
  readonly floor_m: readonly number[];
  /** Temperature that radiation is counted above, K. Default: that of the lower layer in the first row. */
  readonly ambient_K?: number;
}

/**
 * The table as layers, linear in time. Radiation is that of a black upper layer that fills the view upwards: the table holds neither
 * emissivity nor the fire's place, so that it is too much under thin smoke and too little close to the flames.
 */
export function cfastRooms({ times_s, columns }: CfastTable, { floor_m, ambient_K }: CfastRoomsOptions): LayerRooms {
  const below = columns.map((of) => ambient_K ?? of.LLT[0]! + 273.15);
  let k = 0;
  let share = 0;
  const at = (column: Float64Array): number => column[k]! + share * (column[Math.min(k + 1, column.length - 1)]! - column[k]!);
  return {
    knows: AIR_QUANTITIES,
    firstTime_s: times_s[0]!,
    lastTime_s: times_s.at(-1)!,
    read: (time, room, into: RoomAir) => {
      k = lastAtOrBefore(times_s, time);
      share = k + 1 < times_s.length ? Math.min(1, (time - times_s[k]!) / (times_s[k + 1]! - times_s[k]!)) : 0;
      const of = columns[room]!;
      into.interface_m = floor_m[room]! + at(of.HGT);
      for (const [air, layer] of [
        [into.lower, "LL"],
        [into.upper, "UL"],
      ] as const) {
        air.temperature_K = at(of[`${layer}T`]) + 273.15;
        air.extinction_1_m = MASS_EXTINCTION_m2_kg * 1e-6 * at(of[`${layer}OD`]);
        air.oxygen = at(of[`${layer}O2`]);
        air.carbonDioxide = at(of[`${layer}CO2`]);
        air.carbonMonoxide = at(of[`${layer}CO`]);
        air.hydrogenCyanide = at(of[`${layer}HCN`]);
        air.hydrogenChloride = at(of[`${layer}HCL`]);
      }
      const upper_K = into.upper.temperature_K;
      const flux = layerFlux({ upper_K, ceiling_W_m2: 0, ambient_K: below[room]!, emissivity: 1 });
      into.lower.radiantFlux_W_m2 = flux;
      into.upper.radiantFlux_W_m2 = flux;
    },
  };
}
