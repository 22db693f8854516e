/** The folder of `muster measure --out`: measures.json, tables of the series and of the speeds, charts. */
import { join } from "node:path";
import { measuredCharts } from "../../engine/chart/measured.js";
import type { Chart } from "../../engine/chart/spec.js";
import type { MeasuresDocument } from "../../engine/measure/trajectory/document.js";
import { passedBy } from "../../engine/measure/trajectory/line-crossings.js";
import type { TrajectoryMeasures } from "../../engine/measure/trajectory/measure.js";
import type { FrameSeries } from "../../engine/measure/trajectory/series.js";
import type { Trajectory } from "../../engine/trajectory/trajectory.js";
import { openOutput, writeOutput } from "../../workers/output/file.js";
import { openResults } from "../../workers/output/folder.js";
import { jsonText } from "../../workers/output/json.js";
import { FILES, MEASURED_FILES } from "../../workers/output/names.js";
import { createTable } from "../../workers/output/parquet.js";
import { toPng, toSvg } from "../../workers/output/render.js";
import { version } from "../../workers/version.js";

export type TableFormat = "csv" | "parquet";

export interface MeasuredParts {
  trajectory: Trajectory;
  measures: TrajectoryMeasures;
  document: MeasuresDocument;
}

/** Complete or not at all; an older result of this name is replaced. @returns the folder as it is named now */
export async function writeMeasures(path: string, format: TableFormat, parts: MeasuredParts): Promise<string> {
  const folder = openResults(path);
  try {
    writeOutput(join(folder.path, FILES.summary), jsonText(parts.document, true));
    writeSeries(join(folder.path, MEASURED_FILES.series[format]), format, parts);
    writeSpeeds(join(folder.path, MEASURED_FILES.speeds[format]), format, parts);
    for (const chart of measuredCharts(parts)) await writeChart(join(folder.path, FILES.charts), chart);
    folder.commit();
    return folder.finalPath;
  } finally {
    folder.discard();
  }
}

async function writeChart(folder: string, { name, spec }: Chart): Promise<void> {
  const svg = await toSvg(spec);
  writeOutput(join(folder, `${name}.svg`), svg);
  writeOutput(join(folder, `${name}.json`), `${JSON.stringify(spec)}\n`);
  writeOutput(join(folder, `${name}.png`), toPng(svg));
}

interface Named {
  place: string;
  quantity: string;
  series: FrameSeries;
}

/** All series of areas and lines by place and quantity; units in docs/formats/trajectories.md. */
function namedSeries({ trajectory, measures }: MeasuredParts): Named[] {
  const of = (place: string, list: readonly (readonly [string, FrameSeries | undefined])[]): Named[] =>
    list.flatMap(([quantity, series]) => (series ? [{ place, quantity, series }] : []));
  return [
    ...measures.areas.flatMap(({ place, density, speed, voronoi, cutOff, pressure }) =>
      of(place, [
        ["density", density],
        ["speed", speed],
        ["voronoi_density", voronoi?.density],
        ["voronoi_speed", voronoi?.speed],
        ["voronoi_density_cut_off", cutOff?.density],
        ["voronoi_speed_cut_off", cutOff?.speed],
        ["pressure", pressure ?? undefined],
      ]),
    ),
    ...measures.lines.flatMap(({ place, counted, cells, cutOff }) =>
      of(place, [
        ["crossed", { first: trajectory.firstFrame, every: 1, values: Float64Array.from(passedBy(trajectory, counted)) }],
        ["line_density", cells?.density],
        ["line_speed", cells?.speed],
        ["line_flow", cells?.flow],
        ["line_density_cut_off", cutOff?.density],
        ["line_speed_cut_off", cutOff?.speed],
        ["line_flow_cut_off", cutOff?.flow],
      ]),
    ),
  ];
}

const CREATED_BY = `muster version ${version}`;
const METADATA = { "muster.content": "trajectory-measures", "muster.version": version };

/** One row per value that there is: frame, time (s), place, quantity, value. */
function writeSeries(path: string, format: TableFormat, parts: MeasuredParts): void {
  const columns = { frame: "int", time: "double", place: "text", quantity: "text", value: "double" } as const;
  const table = openTable(path, format, columns);
  for (const { place, quantity, series } of namedSeries(parts))
    series.values.forEach((value, k) => {
      const frame = series.first + k * series.every;
      if (!Number.isNaN(value)) table.row([frame, frame / parts.trajectory.frameRate, place, quantity, value]);
    });
  table.finish();
}

/** One row per person and frame with a speed: id, frame, time (s), x, y (m), vx, vy, speed (m/s). */
function writeSpeeds(path: string, format: TableFormat, { trajectory, measures }: MeasuredParts): void {
  const columns = {
    id: "int",
    frame: "int",
    time: "double",
    x: "double",
    y: "double",
    vx: "double",
    vy: "double",
    speed: "double",
  } as const;
  const table = openTable(path, format, columns);
  const { id, frame, x, y, frameRate } = trajectory;
  const { speed, vx, vy } = measures.speeds;
  for (let row = 0; row < trajectory.rows; row++)
    if (!Number.isNaN(speed[row]!))
      table.row([id[row]!, frame[row]!, frame[row]! / frameRate, x[row]!, y[row]!, vx[row]!, vy[row]!, speed[row]!]);
  table.finish();
}

interface OpenTable {
  row(values: readonly (number | string)[]): void;
  finish(): void;
}

function openTable(path: string, format: TableFormat, columns: Readonly<Record<string, "double" | "int" | "text">>): OpenTable {
  return format === "csv" ? csvTable(path, Object.keys(columns)) : parquetTable(path, columns);
}

function parquetTable(path: string, columns: Readonly<Record<string, "double" | "int" | "text">>): OpenTable {
  const table = createTable({ path, columns, metadata: METADATA, createdBy: CREATED_BY });
  const names = Object.keys(columns);
  return {
    row(values) {
      const at = table.row();
      names.forEach((name, k) => {
        // Each column takes the kind of value that `columns` says.
        (table.columns[name] as (number | string)[])[at] = values[k]!;
      });
      table.next();
    },
    finish: table.finish,
  };
}

/** Lines gathered before they go to disk. */
const LINES = 20_000;

function csvTable(path: string, names: readonly string[]): OpenTable {
  const file = openOutput(path);
  const encoder = new TextEncoder();
  let lines = [names.join(",")];
  const flush = (): void => {
    if (lines.length > 0) file.write(encoder.encode(`${lines.join("\n")}\n`));
    lines = [];
  };
  return {
    row(values) {
      lines.push(values.map((value) => (typeof value === "string" ? quoted(value) : numberText(value))).join(","));
      if (lines.length >= LINES) flush();
    },
    finish() {
      flush();
      file.finish();
    },
  };
}

/** Nine significant digits: a tenth of a micrometre on a kilometre. */
const numberText = (value: number): string => String(Number.isInteger(value) ? value : Number(value.toPrecision(9)));

/** RFC 4180. */
const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
