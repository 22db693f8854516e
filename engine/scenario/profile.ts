/** Arrival profiles: a CSV of counts or shares per interval, as ticket scanners and counters give them. */
import { parse } from "csv-parse/sync";
import { minutes } from "../units.js";
import { fault, type Reading } from "./reading.js";
import { clockToSeconds } from "./times.js";

interface ProfileRow {
  from_s: number;
  to_s: number;
  /** Count, or share (then `unit` says so). */
  value: number;
}
export interface Profile {
  unit: "count" | "share";
  rows: ProfileRow[];
}

const FORMS = [
  ["from_min", "to_min"],
  ["from_s", "to_s"],
  ["from", "to"],
];
const MAX_ROWS = 100_000;

/**
 * Reads a profile. Times by from_min,to_min or from_s,to_s or clock times from,to; or one column `time` (clock), each row up to the
 * next and the last as long as the one before. Values by `count` (whole numbers ≥ 0) or `share` (≥ 0). Lines with # are comments.
 * Adds a fault for every bad row with its line; null where nothing can be used.
 */
export function readProfile(reading: Reading, place: string, path: string): Profile | null {
  const before = reading.problems.length;
  const rows = readRows(reading, place, path);
  if (!rows) return null;
  const head = rows.columns;
  const unit = head.includes("count") ? "count" : head.includes("share") ? "share" : null;
  const form = FORMS.find((names) => names.every((name) => head.includes(name))) ?? (head.includes("time") ? ["time"] : null);
  if (!unit || !form || (head.includes("count") && head.includes("share"))) {
    fault(
      reading,
      place,
      `${path} has the columns ${head.join(", ") || "(none)"}; needs from_min,to_min or from,to or time, and one of count, share`,
    );
    return null;
  }
  const read = rows.records.map((record) => readRow(reading, place, { path, record, form, unit }));
  if (reading.problems.length > before) return null;
  const complete = form.length === 1 ? closeTimes(read as ProfileRow[]) : (read as ProfileRow[]); // a bad row has added a problem
  if (complete.length === 0) fault(reading, place, `${path} has no rows`);
  return complete.length === 0 ? null : { unit, rows: complete };
}

interface Rows {
  columns: string[];
  records: { line: number; cells: Record<string, string> }[];
}

function readRows(reading: Reading, place: string, path: string): Rows | null {
  let text: string;
  try {
    text = reading.files(path);
  } catch (error) {
    fault(reading, place, `the file "${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  try {
    let columns: string[] = [];
    const records = parse(text, {
      bom: true,
      comment: "#",
      trim: true,
      skip_empty_lines: true,
      info: true,
      to: MAX_ROWS + 1,
      columns: (names: string[]) => {
        columns = names.map((name) => name.toLowerCase());
        return columns;
      },
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[]; // with `info`, csv-parse wraps each record so
    if (records.length > MAX_ROWS) {
      fault(reading, place, `${path} has more than ${MAX_ROWS} rows`, { limit: MAX_ROWS });
      return null;
    }
    return { columns, records: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    fault(reading, place, `${path} is no CSV: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function readRow(
  reading: Reading,
  place: string,
  row: { path: string; record: Rows["records"][number]; form: string[]; unit: Profile["unit"] },
): ProfileRow | null {
  const { path, record, form, unit } = row;
  const where = `${path}, line ${record.line}`;
  const times = form.map((column) => readCellTime(reading, column, record.cells[column]!));
  const bad = times.findIndex((time) => typeof time === "string");
  if (bad >= 0) {
    fault(reading, place, `${where}: ${form[bad]} ${times[bad]}`);
    return null;
  }
  const cell = record.cells[unit]!;
  const value = cell === "" ? Number.NaN : Number(cell);
  if (!Number.isFinite(value) || value < 0 || (unit === "count" && !Number.isInteger(value))) {
    fault(
      reading,
      place,
      `${where}: ${unit} is "${cell}", must be a ${unit === "count" ? "whole number" : "number"} of at least 0`,
      { value: cell },
    );
    return null;
  }
  const [from_s, to_s] = times as number[]; // texts were refused above
  if (to_s !== undefined && to_s <= from_s!) {
    fault(reading, place, `${where}: the interval ends at ${record.cells[form[1]!]} and begins at ${record.cells[form[0]!]}`);
    return null;
  }
  return { from_s: from_s!, to_s: to_s ?? Number.NaN, value };
}

/** s, or what is wrong with the cell. */
function readCellTime(reading: Reading, column: string, cell: string): number | string {
  if (column === "from" || column === "to" || column === "time") {
    if (!reading.start) return `is a clock time, which needs "start" in the scenario`;
    const time = clockToSeconds(cell, reading.start);
    return time === null ? `is "${cell}", not a clock time` : time < 0 ? `is ${cell}, before the start of the run` : time;
  }
  const value = cell === "" ? Number.NaN : Number(cell);
  if (!Number.isFinite(value) || value < 0) return `is "${cell}", must be a number of at least 0`;
  return column.endsWith("_min") ? minutes(value) : value;
}

/** Ends each row where the next begins; the last is as long as the one before it (a single row: one minute). */
function closeTimes(rows: ProfileRow[]): ProfileRow[] {
  return rows.map((row, k) => {
    const next = rows[k + 1];
    const before = rows[k - 1];
    return { ...row, to_s: next ? next.from_s : row.from_s + (before ? row.from_s - before.from_s : 60) };
  });
}

/** Adds a fault for each pair of neighbours in the list that overlaps or goes back in time. */
export function checkOrder(reading: Reading, place: string, intervals: readonly { from_s: number; to_s: number }[]): void {
  intervals.forEach((interval, k) => {
    if (!(interval.to_s > interval.from_s)) {
      fault(reading, place, `interval ${k + 1} ends at ${interval.to_s} s and begins at ${interval.from_s} s`);
    }
    const before = intervals[k - 1];
    if (before && interval.from_s < before.to_s - 1e-9) {
      fault(reading, place, `interval ${k + 1} begins at ${interval.from_s} s, before interval ${k} ends at ${before.to_s} s`);
    }
  });
}
