/** `muster fields FILE`: what an FDS run or a table of CFAST holds for people: quantities, ranges, times, places. */
import { Command } from "commander";
import { MusterError } from "../engine/errors.js";
import type { FdsTableData } from "../engine/fire/fields/fds/table.js";
import { readFdsTable } from "../engine/fire/fields/fds/table.js";
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
import { count, table } from "./check-text.js";

/** Bytes of a table of FDS. */
const MOST_TABLE = 512 * 1024 * 1024;

export function fieldsCommand(): Command {
  return new Command("fields")
    .description("Look at a smoke field: quantities, ranges, times and places of an FDS run or a table of CFAST")
    .argument("<file>", "CHID.smv, CHID_devc.csv or CHID_hrr.csv of FDS; NAME_compartments.csv of CFAST")
    .option("--json", "print one JSON document (docs/formats/smoke-fields.md)")
    .action((path: string, options: { json?: true }) => {
      const summary = summaryOf(path);
      process.stdout.write(options.json ? jsonText(summary, true) : fieldsText(summary));
    });
}

type Summary = FdsSummary | TableSummary | CfastSummary;

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
  const lines =
    summary.format === "FDS" ? fdsLines(summary) : summary.format === "CFAST" ? cfastLines(summary) : tableLines(summary);
  return `${lines.join("\n")}\n`;
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
