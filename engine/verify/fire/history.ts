/** Runs of CFAST input files as columns over time, by CFAST's column ids; and the reference files beside them. */

import type { CfastModel } from "../../fire/cfast/model.js";
import { readCfast } from "../../fire/cfast/read.js";
import { createCfastRun, runCfast } from "../../fire/cfast/run.js";
import { cfastTables } from "../../fire/cfast/tables/all.js";
import { type CfastRun, TABLES } from "../../fire/cfast/tables/table.js";
import type { ReadReference } from "./result.js";

export interface Series {
  readonly time_s: readonly number[];
  /** Column ids in order. */
  readonly ids: readonly string[];
  /** Values of a column; throws where there is none, which is a fault of the test. */
  column(id: string): readonly number[];
  /** Value at a time, linear between rows. */
  at(id: string, time_s: number): number;
}

export interface History extends Series {
  readonly run: CfastRun;
  /** Why the run ended early; empty: it did not. */
  readonly failed: string;
}

function series(time_s: readonly number[], columns: ReadonlyMap<string, readonly number[]>): Series {
  const column = (id: string): readonly number[] => {
    const found = columns.get(id);
    if (!found) throw new Error(`there is no column ${id}`);
    return found;
  };
  return {
    time_s,
    ids: [...columns.keys()],
    column,
    at: (id, time) => {
      const values = column(id);
      const next = time_s.findIndex((t) => t >= time - 1e-9);
      if (next < 0) return Number.NaN;
      const t1 = time_s[next]!;
      if (next === 0 || t1 - time < 1e-9) return values[next]!;
      const t0 = time_s[next - 1]!;
      return values[next - 1]! + ((values[next]! - values[next - 1]!) * (time - t0)) / (t1 - t0);
    },
  };
}

/** Text of a reference file; its absence is a fault of the package. */
export function needed(read: ReadReference, path: string): string {
  const text = read(path);
  if (text === null) throw new Error(`test/reference/fire/${path} is missing`);
  return text;
}

/** @param wanted which columns are kept @param change of the input before it runs */
export function runHistory(
  text: string,
  wanted: (id: string) => boolean,
  change: (input: CfastModel) => CfastModel = (input) => input,
): History {
  const run = createCfastRun(change(readCfast(text)));
  const tables = cfastTables(run);
  const columns = TABLES.flatMap((table) => tables[table]).filter(
    ({ id }, k, all) => wanted(id) && all.findIndex((c) => c.id === id) === k,
  );
  const values = new Map(columns.map(({ id }) => [id, [] as number[]]));
  const time_s: number[] = [];
  const status = runCfast(run, () => {
    time_s.push(run.zone.state.time_s);
    for (const column of columns) values.get(column.id)!.push(column.value());
  });
  return { ...series(time_s, values), run, failed: status.status === "failed" ? status.reason : "" };
}

/** A comma-separated table with one head row; the first column is what it goes over. */
export function readTable(text: string, heads = 1): Series {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(",").map((cell) => cell.trim()));
  const ids = rows[0]!.map((id) => id.replaceAll('"', ""));
  const data = rows.slice(heads).map((row) => row.map(Number));
  const columns = new Map(ids.map((id, k) => [id, data.map((row) => row[k]!)]));
  return series(
    data.map((row) => row[0]!),
    columns,
  );
}
