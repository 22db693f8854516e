/** `muster fields FILE`: what an FDS run or a table of CFAST holds for people: quantities, ranges, times, places. */
import { Command, InvalidArgumentError } from "commander";
import { MusterError } from "../engine/errors.js";
import type { FdsTableData } from "../engine/fire/fields/fds/table.js";
import { readFdsTable } from "../engine/fire/fields/fds/table.js";
import { type FloorSmoke, smokeOverPlan } from "../engine/fire/fields/over-plan.js";
import {
  type CfastSummary,
  cfastSummary,
  type FdsSummary,
  fdsSummary,
  type TableSummary,
  tableSummary,
} from "../engine/fire/fields/summary.js";
import { jsonText } from "../workers/output/json.js";
import { openFdsFolder, readCfastFile, readText } from "../workers/smoke/files.js";
import { openSmoke } from "../workers/smoke/open.js";
import { count, table } from "./check-text.js";
import { isScenario, readInput } from "./input.js";

/** Bytes of a table of FDS. */
const MOST_TABLE = 512 * 1024 * 1024;

export function fieldsCommand(): Command {
  return new Command("fields")
    .description(
      "Look at a smoke field: quantities, ranges, times and places of an FDS run or a table of CFAST, alone or over a plan",
    )
    .argument(
      "<file>",
      "CHID.smv, CHID_devc.csv or CHID_hrr.csv of FDS; NAME_compartments.csv of CFAST; a scenario with fire.smoke_from",
    )
    .option("--at <s,s,...>", "of a scenario: times of the run to look at (default: first, middle and last of the file)", toTimes)
    .option("--sign-factor <C>", "of a scenario: 3 for exit signs that reflect light, 8 for those that give it", toFactor, 3)
    .option("--json", "print one JSON document (docs/formats/smoke-fields.md)")
    .action((path: string, options: FieldsFlags) => {
      const summary = isScenario(path) ? overPlan(path, options) : summaryOf(path);
      process.stdout.write(options.json ? jsonText(summary, true) : fieldsText(summary));
    });
}

interface FieldsFlags {
  at?: number[];
  signFactor: number;
  json?: true;
}

function toTimes(text: string): number[] {
  const times = text.split(",").map(Number);
  if (times.length > 100 || times.some((time) => !(time >= 0 && time <= 1e7)))
    throw new InvalidArgumentError("must be up to 100 times in s, with commas.");
  return times;
}

function toFactor(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 20)) throw new InvalidArgumentError("must be a number from 1 to 20.");
  return value;
}

interface PlanSummary {
  format: "plan";
  name: string;
  field: string;
  knows: readonly string[];
  times_s: readonly [number, number];
  head_height_m: number;
  sign_factor: number;
  floors: readonly (FloorSmoke & { time_s: number })[];
  notices: readonly string[];
}

/** The smoke of a scenario over its own plan. */
function overPlan(path: string, { at, signFactor }: FieldsFlags): PlanSummary {
  const { scenario, layout, smokeFile, file } = readInput(path);
  if (!scenario.fire?.smoke_from || smokeFile === null)
    throw new MusterError("REQUEST_INVALID", [
      { place: file, message: "takes no smoke of another program (fire.smoke_from): there is no field to look at" },
    ]);
  const { field, notices, close } = openSmoke(smokeFile, layout, scenario.fire);
  try {
    const { firstTime_s: first, lastTime_s: last } = field;
    const times = at ?? [...new Set([first, (first + last) / 2, last])];
    const height_m = scenario.fire.people.head_height_m;
    return {
      format: "plan",
      name: scenario.name,
      field: field.name,
      knows: field.knows,
      times_s: [first, last],
      head_height_m: height_m,
      sign_factor: signFactor,
      floors: times.flatMap((time_s) =>
        smokeOverPlan(field, layout, { time_s, height_m, factor: signFactor }).map((floor) => ({ time_s, ...floor })),
      ),
      notices,
    };
  } finally {
    close();
  }
}

type Summary = FdsSummary | TableSummary | CfastSummary | PlanSummary;

/** @throws MusterError with every problem of the file and of those that it names */
export function summaryOf(path: string): Summary {
  const name = path.replace(/^.*[\\/]/, "");
  if (/\.smv$/i.test(path)) {
    const { run, close } = openFdsFolder(path);
    try {
      return fdsSummary(run);
    } finally {
      close();
    }
  }
  if (/_compartments\.csv$/i.test(path)) return cfastSummary(name, readCfastFile(path));
  if (/\.csv$/i.test(path)) {
    const data: FdsTableData = readFdsTable(name, readText(path, MOST_TABLE));
    return tableSummary(name, data);
  }
  throw new MusterError("INPUT_UNREADABLE", [
    { place: path, message: "is none of CHID.smv, CHID_devc.csv, CHID_hrr.csv (FDS) and NAME_compartments.csv (CFAST)" },
  ]);
}

const short = (value: number): string => (value === 0 ? "0" : String(Number(value.toPrecision(5))));
const times = ([from, to]: readonly [number, number], frames: number): string =>
  `${short(from)} to ${short(to)} s, ${count(frames, "time")}`;

/** Text for people; every number with its unit. */
export function fieldsText(summary: Summary): string {
  return `${linesOf(summary).join("\n")}\n`;
}

function linesOf(summary: Summary): string[] {
  if (summary.format === "FDS") return fdsLines(summary);
  if (summary.format === "CFAST") return cfastLines(summary);
  return summary.format === "plan" ? planLines(summary) : tableLines(summary);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function planLines({ name, field, knows, times_s, head_height_m, sign_factor, floors, notices }: PlanSummary): string[] {
  return [
    `${name}: ${field} over the plan, ${short(times_s[0])} to ${short(times_s[1])} s of the run, heads at ${head_height_m} m`,
    `Known: ${knows.join(", ")}.`,
    "",
    ...table([
      ["Floor", "at s", "reached", "least visibility m", "below 10 m", "below 3 m", "exit signs", "sees one"],
      ...floors.map((f) => [
        f.name || f.sheet,
        short(f.time_s),
        percent(f.reached),
        f.least_visibility_m >= 30 ? "≥ 30" : f.least_visibility_m.toFixed(1),
        percent(f.below_10_m),
        percent(f.below_3_m),
        String(f.exit_signs),
        f.sees_exit_sign === null ? "–" : percent(f.sees_exit_sign),
      ]),
    ]),
    "",
    `Shares of the floor. Exit signs hang 2.2 m above the middle of each way out, C = ${sign_factor}; smoke counts along the whole line of sight, walls block it.`,
    ...notices.map((notice) => `Notice: ${notice}`),
  ];
}

function fdsLines(summary: FdsSummary): string[] {
  const { extent_m: box } = summary;
  return [
    `${summary.name} (${summary.version || "FDS"})${summary.title ? `: ${summary.title}` : ""}`,
    `${count(summary.meshes, "mesh").replace("meshs", "meshes")}, ${summary.cells} cells, ${count(summary.obstructions, "obstruction")}; x ${short(box.x[0])} to ${short(box.x[1])}, y ${short(box.y[0])} to ${short(box.y[1])}, z ${short(box.z[0])} to ${short(box.z[1])} m`,
    "",
    ...(summary.slices.length === 0
      ? ["No slices."]
      : table([
          ["Slice", "unit", "values", "place", "times", "least", "greatest", "files", "memory MB", "gives"],
          ...summary.slices.map((s) => [
            s.quantity,
            s.unit,
            s.kind === "cell" ? "in cells" : "on grid lines",
            s.place,
            times(s.times_s, s.frames),
            short(s.least),
            short(s.greatest),
            String(s.files),
            (s.memory_bytes / 1e6).toFixed(2),
            s.gives ?? "–",
          ]),
        ])),
    "",
    ...(summary.field === null
      ? ["People meet nothing of this."]
      : [
          `People meet: ${summary.field.knows.join(", ")}; ${short(summary.field.times_s[0])} to ${short(summary.field.times_s[1])} s.`,
        ]),
    ...(summary.field === null || summary.field.missing.length === 0
      ? []
      : [`Not known, so that their part of a dose is missing: ${summary.field.missing.join(", ")}.`]),
    ...summary.notices.map((notice) => `Notice: ${notice}`),
    ...(summary.tables.length === 0 ? [] : [`Tables: ${summary.tables.map(({ file }) => file).join(", ")}.`]),
  ];
}

function tableLines({ name, times_s, rows, columns }: TableSummary): string[] {
  return [
    `${name} (table of FDS), ${times(times_s, rows)}`,
    "",
    ...table([
      ["Column", "unit", "least", "greatest", "last"],
      ...columns.map((c) => [c.name, c.unit, short(c.least), short(c.greatest), short(c.last)]),
    ]),
  ];
}

function cfastLines({ name, times_s, rows, compartments }: CfastSummary): string[] {
  return [
    `${name} (CFAST), ${times(times_s, rows)}`,
    "",
    ...table([
      [
        "Compartment",
        "least interface m",
        "hottest upper °C",
        "hottest lower °C",
        "most smoke 1/m",
        "least O2 %",
        "most CO ppm",
        "most HCN ppm",
      ],
      ...compartments.map((c) => [
        c.name,
        c.least_interface_m === null ? "one layer" : c.least_interface_m.toFixed(2),
        c.upper_C.toFixed(0),
        c.lower_C.toFixed(0),
        c.extinction_1_m.toFixed(2),
        (100 * c.least_oxygen).toFixed(1),
        (1e6 * c.carbonMonoxide).toFixed(0),
        (1e6 * c.hydrogenCyanide).toFixed(0),
      ]),
    ]),
  ];
}
