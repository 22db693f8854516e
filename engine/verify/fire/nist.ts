/** NIST's analytic verification cases of CFAST, run with the engine and compared by NIST's own measures and tolerances. */
import { type History, needed, readTable, runHistory, type Series } from "./history.js";
import { type Check, type FireTest, fireCheck, fireRow, nearRow, type ReadReference, type Row } from "./result.js";

const FOLDER = "nist/verification";

interface Comparison {
  readonly quantity: string;
  readonly unit: string;
  /** Column of the run, and of the expected table. */
  readonly ours: string | readonly string[];
  readonly theirs: string;
  /** Expected values are this many times ours in unit. */
  readonly scale?: number;
  /** Value at the start, taken off both. */
  readonly start: number;
  /** "max": greatest value over the times of the table; "end": the last one. */
  readonly metric: "max" | "end";
  /** Relative unless `absolute`. */
  readonly tolerance: number;
  readonly absolute?: boolean;
}

interface Case {
  readonly name: string;
  readonly input: string;
  readonly expected: string;
  readonly comparisons: readonly Comparison[];
}

const temperature = (ours: string, theirs: string, start: number, metric: "max" | "end" = "max"): Comparison => ({
  quantity: ours,
  unit: "C",
  ours,
  theirs,
  start,
  metric,
  tolerance: 0.1,
});
const pressure = (theirs: string, metric: "max" | "end" = "max", more: Partial<Comparison> = {}): Comparison => ({
  quantity: "PRS_1",
  unit: "Pa",
  ours: "PRS_1",
  theirs,
  start: 0,
  metric,
  tolerance: 0.1,
  ...more,
});
const mass = (ours: string, theirs: string): Comparison => ({
  quantity: ours,
  unit: "kg",
  ours,
  theirs,
  start: 0,
  metric: "max",
  tolerance: 0.1,
});

const ENERGY: readonly Case[] = [
  ...["sealed_test", "sealed_test_2_layers"].map((name) => ({
    name,
    input: `Energy_Balance/${name}.in`,
    expected: "Energy_Balance/sealed_test.csv",
    comparisons: [temperature("ULT_1", "ULT", 20), pressure("PRS")],
  })),
  {
    name: "tempequilib",
    input: "Thermal_Equilibrium/basic_tempequilib.in",
    expected: "Thermal_Equilibrium/basic_tempequilib.csv",
    comparisons: [temperature("ULT_1", "ULT", 20, "end"), temperature("LLT_1", "LLT", 20, "end"), pressure("PRS", "end")],
  },
  ...["basic_tempequilib_window", "basic_tempequilib_window_elevation"].map((name) => ({
    name: name.replace("basic_", ""),
    input: `Thermal_Equilibrium/${name}.in`,
    expected: `Thermal_Equilibrium/${name}.csv`,
    comparisons: [
      temperature("ULT_1", "ULT", 20, "end"),
      temperature("LLT_1", "LLT", 20, "end"),
      pressure("PRS", "end", { absolute: true }),
    ],
  })),
  {
    name: "radiation_1",
    input: "Radiation/radiation_1.in",
    expected: "Radiation/radiation_1.csv",
    comparisons: [temperature("TRGSURT_1", "Temp", 20)],
  },
];

const SPECIES: readonly Case[] = [
  {
    name: "methane_flame_simple",
    input: "Species/methane_flame_simple.in",
    expected: "Species/methane_flame_simple_calculated.csv",
    comparisons: [mass("ULMCO2_1", "mco21"), mass("ULMH2O_1", "mh2o1")],
  },
  {
    name: "species_test",
    input: "Species/species_test.in",
    expected: "Species/species_test_calculated.csv",
    comparisons: [
      mass("ULMOD_1", "msoot"),
      mass("ULMCO2_1", "mco2"),
      mass("ULMH2O_1", "mh2o"),
      mass("ULMCO_1", "mco"),
      mass("ULMHCN_1", "mhcn"),
      mass("ULMHCL_1", "mhcl"),
    ],
  },
  {
    name: "Trace_Species_1",
    input: "Species/Trace_Species_1.in",
    expected: "Species/trace_calculated.csv",
    comparisons: [mass("ULMTS_1", "Trace1")],
  },
  {
    name: "gas_tenability",
    input: "Species/gas_tenability.in",
    expected: "Species/tenability.csv",
    comparisons: [{ ...mass("TRGDFEDG_1", "Gas_FED"), unit: "1" }],
  },
  {
    name: "heat_tenability",
    input: "Species/heat_tenability.in",
    expected: "Species/tenability.csv",
    comparisons: [{ ...mass("TRGDFEDH_1", "Heat_FED"), unit: "1" }],
  },
];

const VENTILATION: readonly Case[] = [
  {
    name: "ventilation_1",
    input: "Ventilation/ventilation_1.in",
    expected: "Ventilation/ventilation_1.csv",
    comparisons: [pressure("Pressure")],
  },
  {
    name: "ventilation_2",
    input: "Ventilation/ventilation_2.in",
    expected: "Ventilation/ventilation_2.csv",
    comparisons: ["ULT_1", "ULT_4"].map((id) => ({ ...temperature(id, id, 0), absolute: true })),
  },
  {
    name: "ventilation_3",
    input: "Ventilation/ventilation_3.in",
    expected: "Ventilation/ventilation_3.csv",
    comparisons: [temperature("ULT_1", "ULT_1", 20), pressure("PRS_1")],
  },
  {
    name: "Leakage_1",
    input: "Ventilation/Leakage_1.in",
    expected: "Ventilation/Leakage_Flow.csv",
    comparisons: [{ ...mass("L_Room_1_Outside_1", "MFLOW"), unit: "kg/s" }],
  },
  {
    name: "Leakage_2",
    input: "Ventilation/Leakage_2.in",
    expected: "Ventilation/Leakage_Flow.csv",
    comparisons: [{ ...mass("L_Room_1_Outside_1", "MFLOW"), unit: "kg/s" }, pressure("P_FLOOR")],
  },
  {
    name: "VVent_Tests",
    input: "Ventilation/VVent_Tests.in",
    expected: "Ventilation/VVent_Flow.csv",
    comparisons: ["CF_3_Outside_1", "CF_2_3_2", "CF_1_2_3"].map((id) => ({ ...mass(id, "MFLOW"), unit: "kg/s" })),
  },
];

/** Rows from 10 s on of tables with two head rows; NIST leaves the first seconds out there. */
function expectedTable(read: ReadReference, path: string): Series {
  const text = needed(read, `${FOLDER}/${path}`);
  const heads = text.trim().split(/\r?\n/)[1]!.startsWith("s,") ? 2 : 1;
  return readTable(text, heads);
}

function compare(history: History, table: Series, one: Comparison): Row {
  const name = typeof one.ours === "string" ? one.ours : one.ours.join(" + ");
  const scale = one.scale ?? 1;
  const times = table.time_s.filter((t) => Number.isFinite(t) && t <= history.time_s.at(-1)! + 1e-9);
  const ids = typeof one.ours === "string" ? [one.ours] : one.ours;
  const ours = times.map((t) => ids.reduce((sum, id) => sum + history.at(id, t), 0) * scale - one.start);
  const theirs = times.map((t) => table.at(one.theirs, t) - one.start);
  const pick = (values: readonly number[]): number => (one.metric === "end" ? values.at(-1)! : Math.max(...values));
  const within = one.absolute ? { difference: one.tolerance } : { share: one.tolerance };
  return nearRow(
    name,
    pick(ours) + one.start,
    pick(theirs) + one.start,
    one.absolute || one.start === 0 ? within : { difference: one.tolerance * Math.abs(pick(theirs)) },
  );
}

function checksOf(cases: readonly Case[]): (read: ReadReference) => Check[] {
  return (read) =>
    cases.map(({ name, input, expected, comparisons }) => {
      const wanted = new Set(comparisons.flatMap(({ ours }) => ours));
      const history = runHistory(needed(read, `${FOLDER}/${input}`), (id) => wanted.has(id));
      const table = expectedTable(read, expected);
      const rows = comparisons.map((one) => compare(history, table, one));
      return fireCheck({
        quantity: name,
        unit: [...new Set(comparisons.map(({ unit }) => unit))].join(", "),
        tolerance: toleranceOf(comparisons),
        set_by: "guideline",
        rows:
          history.failed === ""
            ? rows
            : [fireRow(`run failed: ${history.failed}`, Number.NaN, { least: 0, expected: "runs to its end" })],
      });
    });
}

function toleranceOf(comparisons: readonly Comparison[]): string {
  const relative = comparisons.some(({ absolute }) => !absolute) ? ["10 % of the change"] : [];
  const absolute = comparisons.some((one) => one.absolute) ? ["0.1 absolute"] : [];
  return `${[...relative, ...absolute].join(", ")}; greatest or last value (NIST)`;
}

const SOURCE =
  "NIST's verification of CFAST (github.com/firemodels/cfast, Verification; tolerances: Utilities/Python/CFAST_verification_dataplot_inputs.csv)";
const HOW =
  "NIST's input files unchanged; the greatest value over the times of the expected table, or the last one, as NIST's own script compares them.";

const test = (id: string, title: string, run: FireTest["run"], how = HOW): FireTest => ({
  id,
  title,
  source: SOURCE,
  kind: "quantitative",
  how,
  run,
});

export const nistTests: readonly FireTest[] = [
  test("FIRE-NIST-ENERGY", "Sealed rooms, thermal equilibrium, a warmed plate", checksOf(ENERGY)),
  test("FIRE-NIST-SPECIES", "Species of flames, trace, doses at targets", checksOf(SPECIES)),
  test(
    "FIRE-NIST-VENTS",
    "Fans, openings by time, leakage, ceiling vents",
    checksOf(VENTILATION),
    `${HOW} Not run: surface_opened_fraction_1, a printed geometry of CFAST that neither program uses in its balances.`,
  ),
];
