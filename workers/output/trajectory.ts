/** trajectory.parquet and measures.parquet, written while a run goes on. Columns: docs/formats/results.md. */
import type { MeasureRow } from "../../engine/measure/measures.js";
import type { Frame, RunInfo } from "../../engine/run/records.js";
import { listWriter, type Origin, originTable, type RowWriter } from "./rows.js";

/** One row per person inside and output time: time (s), id, x, y (m, local), level (id), sheet (id: differs from level on stairs). */
export function trajectoryWriter(path: string, origin: Origin, info: RunInfo): RowWriter<Frame> {
  const table = originTable(path, origin, "trajectory", {
    time: "double",
    id: "int",
    x: "float",
    y: "float",
    level: "text",
    sheet: "text",
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
  const table = originTable(path, origin, "measures", { time: "double", place: "text", quantity: "text", value: "double" });
  const { time, place, quantity, value } = table.columns;
  return listWriter(table, (row, each: MeasureRow) => {
    time[row] = each.time;
    place[row] = each.place;
    quantity[row] = each.quantity;
    value[row] = each.value;
  });
}
