/** Tables of FDS (_devc.csv, _hrr.csv, _steps.csv): a row of units, a row of names, then rows of numbers with the time first. */
import { parse } from "csv-parse/sync";
import { MusterError, type Problem } from "../../../errors.js";

export const TABLE_LIMITS = { columns: 100_000, values: 64 * 1024 * 1024 } as const;

export interface FdsColumn {
  readonly name: string;
  readonly unit: string;
  /** One value a row. */
  readonly values: Float64Array;
}

export interface FdsTableData {
  readonly times_s: Float64Array;
  readonly columns: readonly FdsColumn[];
}

/** Faults of one table that are told one by one. */
const TOLD = 20;

/** @throws MusterError FIELD_INVALID with the line and the column of every fault */
export function readFdsTable(name: string, text: string): FdsTableData {
  const lines = text.split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)!.trim() === "") lines.pop();
  const [units, names] = [headOf(name, lines, 0, "units"), headOf(name, lines, 1, "names")];
  const refuse = (place: string, message: string): never => {
    throw new MusterError("FIELD_INVALID", [{ place, message }]);
  };
  if (units.length !== names.length) refuse(`${name}, line 2`, `has ${names.length} names for ${units.length} units`);
  if (names[0]?.toLowerCase() !== "time" || units[0] !== "s")
    refuse(`${name}, line 2`, `begins with "${names[0]}" in "${units[0]}"; a table of FDS begins with Time in s`);
  const rows = lines.length - 2;
  if (rows < 1) refuse(name, "holds no row of numbers");
  if (names.length > TABLE_LIMITS.columns || rows * names.length > TABLE_LIMITS.values)
    refuse(
      name,
      `has ${rows} rows of ${names.length} columns; at most ${TABLE_LIMITS.columns} columns and ${TABLE_LIMITS.values} values are read`,
    );
  const columns = names.map(() => new Float64Array(rows));
  const problems: Problem[] = [];
  for (let r = 0; r < rows; r++) readRow({ name, line: r + 3, text: lines[r + 2]!, names, row: r }, columns, problems);
  if (problems.length > 0) throw new MusterError("FIELD_INVALID", problems.slice(0, TOLD));
  const times_s = columns[0]!;
  for (let r = 1; r < rows; r++)
    if (times_s[r]! < times_s[r - 1]!)
      refuse(`${name}, line ${r + 3}`, `goes back in time: ${times_s[r]} s after ${times_s[r - 1]} s`);
  return { times_s, columns: names.slice(1).map((title, c) => ({ name: title, unit: units[c + 1]!, values: columns[c + 1]! })) };
}

/** Names are quoted and may hold commas. */
function headOf(name: string, lines: readonly string[], k: number, what: string): string[] {
  const line = lines[k];
  if (line === undefined)
    throw new MusterError("FIELD_INVALID", [{ place: `${name}, line ${k + 1}`, message: `the row of ${what} is missing` }]);
  try {
    const [row] = parse(line, { trim: true, relax_column_count: true }) as string[][];
    return row ?? [];
  } catch (error) {
    throw new MusterError("FIELD_INVALID", [
      {
        place: `${name}, line ${k + 1}`,
        message: `the row of ${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      },
    ]);
  }
}

interface Row {
  name: string;
  line: number;
  text: string;
  names: readonly string[];
  row: number;
}

function readRow({ name, line, text, names, row }: Row, columns: readonly Float64Array[], problems: Problem[]): void {
  const cells = text.split(",");
  if (cells.length !== names.length) {
    problems.push({
      place: `${name}, line ${line}`,
      message: `has ${cells.length} values for ${names.length} columns`,
      value: cells.length,
      limit: names.length,
    });
    return;
  }
  for (let c = 0; c < cells.length; c++) {
    const value = Number(cells[c]);
    if (cells[c]!.trim() === "" || !Number.isFinite(value))
      problems.push({ place: `${name}, line ${line}, column ${names[c]}`, message: `"${cells[c]!.trim()}" is no number` });
    columns[c]![row] = value;
  }
}
