/** Rows over time in a Parquet file that says where they come from: what all such tables of a run share. */
import type { Layout } from "../../engine/layout/layout.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { version } from "../version.js";
import { type Columns, createTable, type Table } from "./parquet.js";

/** Where the rows of a file come from; written into it, so that it can travel alone. */
export interface Origin {
  layout: Layout;
  scenario: Scenario;
  seed: number;
}

function metadata({ layout, scenario, seed }: Origin, content: string): Record<string, string> {
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

/** A table of rows over time that says where they come from. */
export function originTable<const C extends Columns>(path: string, origin: Origin, content: string, columns: C): Table<C> {
  return createTable({
    path,
    columns,
    repeats: ["time"],
    metadata: metadata(origin, content),
    createdBy: `muster version ${version}`,
  });
}

/** A writer of one kind of rows, complete under its name after `finish`, gone after `discard`. */
export interface RowWriter<T> {
  write(rows: T): void;
  finish(): void;
  discard(): void;
}

/** @param fill writes one of the list into row `row` of the table's columns */
export function listWriter<T>(
  table: Pick<Table<Columns>, "row" | "next" | "finish" | "discard">,
  fill: (row: number, each: T) => void,
): RowWriter<readonly T[]> {
  return {
    finish: table.finish,
    discard: table.discard,
    write: (list) => {
      for (const each of list) {
        fill(table.row(), each);
        table.next();
      }
    },
  };
}
