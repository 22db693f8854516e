/** CFAST's five tables on disk: rows are written as the run goes on, and all files appear together at its end or not at all. */
import { join } from "node:path";
import { cfastTables } from "../../engine/fire/cfast/tables/all.js";
import { type CfastRun, headOf, rowOf, TABLES } from "../../engine/fire/cfast/tables/table.js";
import { openOutput } from "../../workers/output/file.js";

export interface FireTables {
  row(): void;
  finish(): void;
  /** Does nothing after `finish`. */
  discard(): void;
}

export function openTables(folder: string, name: string, run: CfastRun): FireTables {
  const columns = cfastTables(run);
  const encoder = new TextEncoder();
  const opened: { file: ReturnType<typeof openOutput>; row(): string }[] = [];
  const discard = (): void => {
    for (const { file } of opened) file.discard();
  };
  try {
    for (const table of TABLES) {
      const file = openOutput(join(folder, `${name}_${table}.csv`));
      opened.push({ file, row: () => rowOf(columns[table]) });
      file.write(encoder.encode(headOf(columns[table])));
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    row: () => {
      for (const { file, row } of opened) file.write(encoder.encode(row()));
    },
    finish: () => {
      for (const { file } of opened) file.finish();
    },
    discard,
  };
}
