/** Steckler's 55 steady room fires: layer temperatures and depth beside measurement. */
import type { CfastModel } from "../../fire/cfast/model.js";
import { type History, needed, readTable, runHistory, type Series } from "./history.js";
import { type Check, type FireTest, fireCheck, fireRow, type ReadReference } from "./result.js";
import { accuracy, noWorse } from "./statistics.js";

const HEIGHT = 2.13;
const CELSIUS = 273.15;

/** NIST's input of test 10 with the opening, the fire and the air of another test. */
function changed(input: CfastModel, table: Series, k: number, place: readonly [number, number]): CfastModel {
  const value = (id: string): number => table.column(id)[k]!;
  const { building } = input;
  const temperature = value("T_amb_C") + CELSIUS;
  const bottom = value("vent_bottom_m");
  const [vent] = building.wallVents;
  const [fire] = building.fires;
  const until = input.end_s;
  return {
    ...input,
    building: {
      ...building,
      ambient: { ...building.ambient, interiorTemperature_K: temperature, exteriorTemperature_K: temperature },
      wallVents: [{ ...vent!, sill_m: bottom, soffit_m: bottom + value("vent_height_m"), width_m: value("vent_width_m") }],
      fires: [
        {
          ...fire!,
          x_m: place[0],
          y_m: place[1],
          hrr_W: [
            [0, value("HRR_kW") * 1000],
            [until, value("HRR_kW") * 1000],
          ],
          height_m: [[0, value("fire_height_m")]],
        },
      ],
    },
  };
}

interface Pair {
  model: number;
  measured: number;
}

interface Outcome {
  upper: Pair[];
  depth: Pair[];
  lower: Pair[];
  failed: string[];
}

function runAll(read: ReadReference): Outcome {
  const text = needed(read, "nist/validation/Steckler_010.in");
  const source = needed(read, "nist/experiments/steckler_table.csv");
  const table = readTable(source);
  const places = source
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split(",")[6]!.split(";").map(Number) as [number, number]);
  const found: Outcome = { upper: [], depth: [], lower: [], failed: [] };
  table.time_s.forEach((test, k) => {
    const run: History = runHistory(
      text,
      (id) => /^(ULT|LLT|HGT)_/.test(id),
      (input) => changed(input, table, k, places[k]!),
    );
    if (run.failed !== "") found.failed.push(`test ${test}: ${run.failed}`);
    const last = (id: string): number => run.column(id).at(-1)!;
    const measured = (id: string): number => table.column(id)[k]!;
    const ambient = measured("T_amb_C");
    found.upper.push({ model: last("ULT_1") - ambient, measured: measured("exp_T_upper_C") - ambient });
    found.depth.push({ model: HEIGHT - last("HGT_1"), measured: HEIGHT - measured("exp_interface_m") });
    found.lower.push({ model: last("LLT_1") - ambient, measured: measured("exp_T_lower_C") - ambient });
  });
  return found;
}

/** CFAST's own figures on these tests: bias and relative standard deviation. */
const CFAST = { upper: [0.9, 0.14], depth: [0.8, 0.13], lower: [0.88, 0.24] } as const;
const TITLES = {
  upper: "upper layer's temperature rise",
  depth: "depth of the upper layer",
  lower: "lower layer's temperature rise",
} as const;

function checks(read: ReadReference): Check[] {
  const found = runAll(read);
  const keys = ["upper", "depth", "lower"] as const;
  const figures = keys.map((key) => ({ key, ...accuracy(found[key]) }));
  return [
    fireCheck({
      quantity: "bias: geometric mean of model / measured over 55 tests",
      unit: "1",
      tolerance: "no further from 1 than CFAST's on the same tests (0.90, 0.80, 0.88), two digits",
      set_by: "measured",
      found: found.failed.join("; "),
      rows: figures.map(({ key, bias }) => {
        const { least, most } = noWorse(CFAST[key][0]);
        return fireRow(TITLES[key], bias, { least, most, reference: 1, expected: `CFAST ${CFAST[key][0].toFixed(2)}` });
      }),
    }),
    fireCheck({
      quantity: "relative standard deviation of model / measured",
      unit: "1",
      tolerance: "no greater than CFAST's on the same tests (0.14, 0.13, 0.24), two digits",
      set_by: "measured",
      rows: figures.map(({ key, deviation }) =>
        fireRow(TITLES[key], deviation, { most: CFAST[key][1] + 0.005, expected: `CFAST ${CFAST[key][1].toFixed(2)}` }),
      ),
    }),
    fireCheck({
      quantity: "tests that ran to their end",
      unit: "1",
      tolerance: "all 55",
      set_by: "ours",
      rows: [fireRow("", found.upper.length - found.failed.length, { least: 55, expected: "55" })],
    }),
  ];
}

export const stecklerTest: FireTest = {
  id: "FIRE-STECKLER",
  title: "Steckler's 55 room fires",
  source: "Steckler, Quintiere & Rinkinen 1982 (NBSIR 82-2520); layers by NIST's reduction in github.com/firemodels/exp",
  kind: "validation",
  how: "NIST's CFAST input of test 10 with the opening, fire and air temperature of each test, 1800 s; the state at the end against the measured layer temperatures and interface. Bias and scatter as in NIST's own validation (McGrattan & Toman 2011). What is measured as interface hangs on how profiles are reduced to two layers.",
  run: checks,
};
