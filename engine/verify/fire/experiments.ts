/** NBS multi-room test MV100A and the ATF corridor fires beside measurement. */
import type { CfastModel } from "../../fire/cfast/model.js";
import { needed, readTable, runHistory, type Series } from "./history.js";
import { type Check, type FireTest, fireCheck, fireRow, type ReadReference, type Row } from "./result.js";
import { accuracy } from "./statistics.js";

interface Place {
  readonly name: string;
  /** Number of the compartment in the input file, from 1. */
  readonly room: number;
  readonly file: string;
}

interface Experiment {
  readonly name: string;
  readonly input: string;
  /** Table with a measured heat release, kW, put in place of the input's. */
  readonly heat?: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly places: readonly Place[];
}

const EXPERIMENTS: readonly Experiment[] = [
  {
    name: "NBS MV100A",
    input: "MV100A.in",
    from_s: 600,
    to_s: 880,
    places: [
      { name: "burn room (tree 1)", room: 1, file: "NBS_MV100A_Tree1_layer.csv" },
      { name: "corridor (tree 3)", room: 3, file: "NBS_MV100A_Tree3_layer.csv" },
      { name: "corridor (tree 4)", room: 3, file: "NBS_MV100A_Tree4_layer.csv" },
      { name: "corridor (tree 5)", room: 3, file: "NBS_MV100A_Tree5_layer.csv" },
    ],
  },
  {
    name: "ATF 97 kW",
    input: "ATF_Corridors_100_kW.in",
    heat: "ATF_Corridors_097kW_avg.csv",
    from_s: 600,
    to_s: 900,
    places: [
      { name: "lower corridor", room: 1, file: "ATF_Corridors_097kW_HGL_1.csv" },
      { name: "upper corridor", room: 3, file: "ATF_Corridors_097kW_HGL_2.csv" },
    ],
  },
  {
    name: "ATF 242 kW",
    input: "ATF_Corridors_100_kW.in",
    heat: "ATF_Corridors_242kW_avg.csv",
    from_s: 600,
    to_s: 900,
    places: [
      { name: "lower corridor", room: 1, file: "ATF_Corridors_242kW_HGL_1.csv" },
      { name: "upper corridor", room: 3, file: "ATF_Corridors_242kW_HGL_2.csv" },
    ],
  },
];

/** The input with a measured heat release over time. */
function withHeat(input: CfastModel, table: Series): CfastModel {
  const hrr = table.column("HRR");
  const [fire] = input.building.fires;
  const hrr_W = table.time_s.map((t, k) => [t, Math.max(0, hrr[k]! * 1000)] as const);
  return { ...input, building: { ...input.building, fires: [{ ...fire!, hrr_W }] } };
}

/** Mean over a span of time, over the rows in it. */
function mean(table: Series, id: string, from_s: number, to_s: number): number {
  const values = table
    .column(id)
    .filter((value, k) => table.time_s[k]! >= from_s && table.time_s[k]! <= to_s && Number.isFinite(value));
  return values.reduce((a, b) => a + b, 0) / values.length;
}

interface Compared {
  name: string;
  upper: { model: number; measured: number };
  depth: { model: number; measured: number };
  lower: { model: number; measured: number };
}

function compare(read: ReadReference, one: Experiment): Compared[] {
  const heat = one.heat === undefined ? null : readTable(needed(read, `nist/experiments/${one.heat}`));
  const run = runHistory(
    needed(read, `nist/validation/${one.input}`),
    (id) => /^(ULT|LLT|HGT)_/.test(id),
    (input) => (heat ? withHeat(input, heat) : input),
  );
  const start = run.run.input.building.ambient.interiorTemperature_K - 273.15;
  return one.places.map(({ name, room, file }) => {
    const measured = readTable(needed(read, `nist/experiments/${file}`));
    const ambient = measured.column("T_lower")[0]!;
    const height = run.run.input.building.compartments[room - 1]!.height_m;
    const ours = (id: string): number => mean(run, `${id}_${room}`, one.from_s, one.to_s);
    const theirs = (id: string): number => mean(measured, id, one.from_s, one.to_s);
    return {
      name: `${one.name}, ${name}`,
      upper: { model: ours("ULT") - start, measured: theirs("T_upper") - ambient },
      depth: { model: height - ours("HGT"), measured: height - theirs("Height") },
      lower: { model: ours("LLT") - start, measured: theirs("T_lower") - ambient },
    };
  });
}

const QUANTITIES = [
  ["upper", "upper layer's temperature rise", "K"],
  ["depth", "depth of the upper layer", "m"],
  ["lower", "lower layer's temperature rise", "K"],
] as const;

function checks(read: ReadReference): Check[] {
  const found = EXPERIMENTS.flatMap((one) => compare(read, one));
  return QUANTITIES.map(([key, quantity, unit]) => {
    const rows: Row[] = found.map((each) => {
      const { model, measured } = each[key];
      const ratio = measured > 0 ? `, model / measured ${(model / measured).toFixed(2)}` : "";
      return fireRow(each.name, model, {
        reference: measured,
        expected: `measured ${Number(measured.toPrecision(3))} ${unit}${ratio}`,
      });
    });
    const pairs = found.map((each) => each[key]).filter(({ model, measured }) => model > 0 && measured > 0);
    const { n, bias, deviation } = accuracy(pairs);
    return fireCheck({
      quantity,
      unit,
      tolerance: "measurement; no limit is set",
      set_by: "measured",
      rows,
      found: `bias ${bias.toFixed(2)}, relative standard deviation ${deviation.toFixed(2)} over ${n} places`,
    });
  });
}

export const experimentsTest: FireTest = {
  id: "FIRE-ROOMS",
  title: "NBS rooms and corridor, ATF corridors on two storeys",
  source:
    "Peacock, Davis & Lee 1988 (NBSIR 88-3752), test MV100A; ATF corridor fires; layers by NIST's reduction in github.com/firemodels/exp",
  kind: "validation",
  how: "NIST's CFAST inputs; for the ATF fires with the measured heat release in place of the nominal one. Means over 600 to 880 s (NBS) and 600 to 900 s (ATF) of the model and of the layers that NIST reduced from the thermocouple trees. The layer of the lower ATF corridor is a third as deep as measured; CFAST has it so too (interface at 2.07 m).",
  run: checks,
};
