/**
 * Reads tables of numbers from bytes of text: PedPy's and the Jülich archive's text (blanks or tabs, `#` comments) and CSV (comma,
 * semicolon or tab). Own reading, since a trajectory has millions of numbers and only three or four columns of it are used.
 */

import { parseNumber } from "./numbers.js";
import { gatherProblems, MOST_ROWS, type Problems } from "./raw.js";

export interface TableColumn {
  /** Index of the column in the file. */
  readonly at: number;
  /** "text" columns are kept as indices into their distinct values. */
  readonly kind: "number" | "text";
}

export interface Table {
  /** Comment lines without their `#`. */
  readonly comments: readonly string[];
  /** Names of the columns, or null where the first row holds numbers. */
  readonly header: readonly string[] | null;
  /** Units row under the header (Pathfinder), or null. */
  readonly units: readonly string[] | null;
  readonly separator: "blank" | "," | ";" | "\t";
  /** Fields of the first row of values; 0 without one. */
  readonly fields: number;
  /** Offset and line number of the first row of values. */
  readonly begin: number;
  readonly line: number;
}

const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const QUOTE = 34;

/** Looks at the head of a table: comments, separator, names. */
export function readHead(bytes: Uint8Array): Table {
  const comments: string[] = [];
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  let separator: Table["separator"] = "blank";
  let header: string[] | null = null;
  while (offset < bytes.length) {
    const end = lineEnd(bytes, offset);
    const text = decode(bytes, offset, end).trim();
    if (text === "") {
      // An empty line is no row.
    } else if (text.startsWith("#")) comments.push(text.slice(1).trim());
    else if (header === null) {
      separator = separatorOf(text);
      const fields = splitLine(text, separator);
      // Names of columns are no numbers; a row with a single good number is a row of values with faults.
      if (fields.some(isNumber)) return { comments, header, units: null, separator, fields: fields.length, begin: offset, line };
      header = fields;
    } else {
      const fields = splitLine(text, separator);
      // A row of units has words or nothing where numbers are to come.
      const units = fields.some((field) => /^[a-z/²^0-9]*[a-z]$/i.test(field)) && !fields.some((field) => isNumber(field));
      const found = { comments, header, separator, fields: fields.length };
      if (!units) return { ...found, units: null, begin: offset, line };
      return { ...found, units: fields, begin: Math.min(bytes.length, end + 1), line: line + 1 };
    }
    offset = end + 1;
    line++;
  }
  return { comments, header, units: null, separator, fields: 0, begin: Math.min(offset, bytes.length), line };
}

const isNumber = (field: string): boolean => field !== "" && !Number.isNaN(Number(field));

function separatorOf(line: string): Table["separator"] {
  if (line.includes(";")) return ";";
  if (line.includes(",")) return ",";
  return "blank";
}

function splitLine(line: string, separator: Table["separator"]): string[] {
  const fields = separator === "blank" ? line.split(/\s+/) : line.split(separator);
  return fields.map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
}

const decode = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + 100_000)));

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

export interface TableRows {
  readonly rows: number;
  /** One per column asked for, in that order: values, or for text the index into `texts`. */
  readonly values: readonly Float64Array[];
  readonly texts: readonly (readonly string[])[];
  /** Line of the file of each row. */
  readonly lines: Int32Array;
  readonly problems: Problems;
}

/** Reads the columns asked for from all rows; every row that lacks one or has no number there is a problem with its line. */
export function readRows(bytes: Uint8Array, head: Table, columns: readonly TableColumn[], names: readonly string[]): TableRows {
  const problems = gatherProblems();
  const most = countLines(bytes, head.begin);
  if (most > MOST_ROWS) {
    problems.add("", `has ${most} lines, limit ${MOST_ROWS}`);
    return {
      rows: 0,
      values: columns.map(() => new Float64Array(0)),
      texts: columns.map(() => []),
      lines: new Int32Array(0),
      problems,
    };
  }
  const values = columns.map(() => new Float64Array(most));
  const lines = new Int32Array(most);
  const dictionaries = columns.map(() => new Map<string, number>());
  const width = Math.max(...columns.map(({ at }) => at)) + 1;
  const from = new Int32Array(width);
  const to = new Int32Array(width);
  const separator = head.separator === "blank" ? 0 : head.separator.charCodeAt(0);
  let rows = 0;
  let line = head.line;
  for (let offset = head.begin; offset < bytes.length; line++) {
    const end = lineEnd(bytes, offset);
    const found = separator === 0 ? splitBlanks(bytes, offset, end, from, to) : splitBy(bytes, offset, end, separator, from, to);
    offset = end + 1;
    if (found === 0) continue;
    if (found < width) {
      problems.add(`line ${line}`, `has ${found} columns, needs ${width}`);
      continue;
    }
    let fine = true;
    for (let c = 0; c < columns.length; c++) {
      const { at, kind } = columns[c]!;
      if (kind === "text") {
        values[c]![rows] = indexOf(dictionaries[c]!, decode(bytes, from[at]!, to[at]!));
        continue;
      }
      const value = parseNumber(bytes, from[at]!, to[at]!);
      if (Number.isNaN(value)) {
        problems.add(
          `line ${line}`,
          `${names[c]} is "${decode(bytes, from[at]!, Math.min(to[at]!, from[at]! + 40))}", no number`,
        );
        fine = false;
      }
      values[c]![rows] = value;
    }
    if (fine) lines[rows++] = line;
  }
  return { rows, values, texts: dictionaries.map((map) => [...map.keys()]), lines, problems };
}

function countLines(bytes: Uint8Array, from: number): number {
  let count = 1;
  for (let k = bytes.indexOf(NEWLINE, from); k >= 0; k = bytes.indexOf(NEWLINE, k + 1)) count++;
  return count;
}

function indexOf(dictionary: Map<string, number>, text: string): number {
  const known = dictionary.get(text);
  if (known !== undefined) return known;
  dictionary.set(text, dictionary.size);
  return dictionary.size - 1;
}

/** Fields between blanks and tabs: their bounds go into from and to, as many as fit; 0 for a line without values or a comment. */
function splitBlanks(bytes: Uint8Array, start: number, end: number, from: Int32Array, to: Int32Array): number {
  let found = 0;
  let k = start;
  while (k < end && found < from.length) {
    while (k < end && bytes[k]! <= 32) k++;
    if (k >= end || (found === 0 && bytes[k] === HASH)) break;
    from[found] = k;
    while (k < end && bytes[k]! > 32) k++;
    to[found++] = k;
  }
  return found;
}

/** Fields between separators, without blanks and quotes around them; a quoted field may hold the separator. */
function splitBy(
  bytes: Uint8Array,
  start: number,
  lineEnds: number,
  separator: number,
  from: Int32Array,
  to: Int32Array,
): number {
  let end = lineEnds;
  while (end > start && (bytes[end - 1] === RETURN || bytes[end - 1] === 32)) end--;
  let k = start;
  while (k < end && bytes[k] === 32) k++;
  if (k >= end || bytes[k] === HASH) return 0;
  let found = 0;
  for (; found < from.length; found++) {
    while (k < end && bytes[k] === 32) k++;
    if (bytes[k] === QUOTE) {
      const close = bytes.indexOf(QUOTE, k + 1);
      from[found] = k + 1;
      to[found] = close < 0 || close > end ? end : close;
      k = to[found]! + 1;
      while (k < end && bytes[k] !== separator) k++;
    } else {
      from[found] = k;
      while (k < end && bytes[k] !== separator) k++;
      let last = k;
      while (last > from[found]! && bytes[last - 1] === 32) last--;
      to[found] = last;
    }
    if (k >= end) return found + 1;
    k++;
  }
  return found;
}
