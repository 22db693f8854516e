/** trajectory.parquet and measures.parquet, written while a run goes on. Columns: docs/formats/results.md. */
import type { Layout } from "../../engine/layout/layout.js";
import type { MeasureRow } from "../../engine/measure/measures.js";
import type { Frame, RunInfo } from "../../engine/run/records.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { version } from "../version.js";
import { createTable } from "./parquet.js";

/** Where the rows of a file come from; written into it, so that it can travel alone. */
export interface Origin {
  layout: Layout;
  scenario: Scenario;
  seed: number;
}

export const CREATED_BY = `muster version ${version}`;

export function metadata({ layout, scenario, seed }: Origin, content: string): Record<string, string> {
  const frame = layout.frame;
  return {
    "muster.content": content,
    "muster.version": version,
    "muster.scenario": scenario.name,
    "muster.seed": String(seed),
    "muster.start": scenario.start ?? "",
    "muster.levels": JSON.stringify(layout.levels.map(({ id, name, ordinal, elevation }) => ({ id, name, ordinal, elevation }))),
    // How the local metres map back: longitude and latitude of the local zero, or the offset taken off the file's metres.
    "muster.frame": JSON.stringify(frame),
    "muster.attribution": layout.attribution,
  };
}

/** A writer of one kind of rows, complete under its name after `finish`, gone after `discard`. */
export interface RowWriter<T> {
  write(rows: T): void;
  finish(): void;
  discard(): void;
}

/** One row per person inside and output time: time (s), id, x, y (m, local), level (id), sheet (id: differs from level on stairs). */
export function trajectoryWriter(path: string, origin: Origin, info: RunInfo): RowWriter<Frame> {
  const table = createTable({
    path,
    columns: { time: "double", id: "int", x: "float", y: "float", level: "text", sheet: "text" },
    repeats: ["time"],
    metadata: metadata(origin, "trajectory"),
    createdBy: CREATED_BY,
  });
  const { time, id, x, y, level, sheet } = table.columns;
  return {
    finish: table.finish,
    discard: table.discard,
    write: (frame) => {
      for (let i = 0; i < frame.count; i++) {
        const row = table.row();
        const at = info.sheets[frame.sheet[i]!]!;
        time[row] = frame.time;
        id[row] = frame.id[i]!;
        x[row] = frame.x[i]!;
        y[row] = frame.y[i]!;
        level[row] = at.level;
        sheet[row] = at.id;
        table.next();
      }
    },
  };
}

/** Long form: time (s), place, quantity, value (units by quantity: docs/formats/results.md). */
export function measureWriter(path: string, origin: Origin): RowWriter<readonly MeasureRow[]> {
  const table = createTable({
    path,
    columns: { time: "double", place: "text", quantity: "text", value: "double" },
    repeats: ["time"],
    metadata: metadata(origin, "measures"),
    createdBy: CREATED_BY,
  });
  const { time, place, quantity, value } = table.columns;
  return {
    finish: table.finish,
    discard: table.discard,
    write: (rows) => {
      for (const each of rows) {
        const row = table.row();
        time[row] = each.time;
        place[row] = each.place;
        quantity[row] = each.quantity;
        value[row] = each.value;
        table.next();
      }
    },
  };
}
