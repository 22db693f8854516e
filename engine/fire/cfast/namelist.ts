/**
 * Fortran namelist groups as CFAST's `.in` files hold them: `&NAME key = value, value … /`.
 * Text between groups is comment, `!` begins a comment inside a group, keys and names are not case-sensitive (Fortran 2018, 13.11).
 */
import type { Problem } from "../../errors.js";

export type NamelistValue = number | string | boolean;

export interface NamelistEntry {
  /** Upper case, without subscript. */
  key: string;
  line: number;
  /** In order; null where a value was left out between commas. */
  values: readonly (NamelistValue | null)[];
}

export interface NamelistGroup {
  /** Upper case, without `&`. */
  name: string;
  line: number;
  entries: readonly NamelistEntry[];
}

interface Cursor {
  text: string;
  at: number;
  line: number;
}

interface Token {
  kind: "value" | "key" | "comma" | "end" | "fault";
  line: number;
  value?: NamelistValue;
  /** Of a key: its name. Of a fault: what is wrong. */
  text?: string;
  /** Of a key: first index of its subscript. */
  index?: number;
  /** Of a value: how often (`3*0.5`). */
  times?: number;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const KEY = /([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?:\([ \t]*(\d+)[ \t]*(?::[ \t]*\d*[ \t]*)?\)[ \t]*)?[ \t]*=/y;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/;
/** A plain token ends at a blank, a separator or a quote. */
const PLAIN = /[^\s,/!'"=]+/y;
/** Repeats of one value in `n*value`; CFAST's longest list has 1000 places. */
const MOST_REPEATS = 1000;

/** Groups in the order of the file, and every place that is not a namelist. */
export function readNamelists(text: string): { groups: NamelistGroup[]; problems: Problem[] } {
  const cursor: Cursor = { text, at: 0, line: 1 };
  const groups: NamelistGroup[] = [];
  const problems: Problem[] = [];
  for (let group = nextGroup(cursor, problems); group !== null; group = nextGroup(cursor, problems)) groups.push(group);
  return { groups, problems };
}

const problem = (line: number, message: string): Problem => ({ place: `line ${line}`, message });

/** Moves to the next `&` that begins a line and reads its group; null at the end of the text. */
function nextGroup(cursor: Cursor, problems: Problem[]): NamelistGroup | null {
  const start = /^[ \t]*&/gm;
  start.lastIndex = cursor.at;
  const found = start.exec(cursor.text);
  if (!found) return null;
  moveTo(cursor, start.lastIndex);
  const { line } = cursor;
  NAME.lastIndex = cursor.at;
  const name = NAME.exec(cursor.text)?.[0];
  if (name === undefined) {
    problems.push(problem(line, 'has "&" without the name of a group'));
    return { name: "", line, entries: [] };
  }
  moveTo(cursor, NAME.lastIndex);
  return { name: name.toUpperCase(), line, entries: readEntries(cursor, name.toUpperCase(), problems) };
}

function moveTo(cursor: Cursor, at: number): void {
  for (let k = cursor.at; k < at; k++) if (cursor.text.charCodeAt(k) === 10) cursor.line++;
  cursor.at = at;
}

interface OpenEntry {
  key: string;
  line: number;
  values: (NamelistValue | null)[];
  /** Whether a value was read since the last comma: two commas in a row leave one out. */
  filled: boolean;
}

function readEntries(cursor: Cursor, name: string, problems: Problem[]): NamelistEntry[] {
  const start = cursor.line;
  const entries: OpenEntry[] = [];
  for (;;) {
    const token = nextToken(cursor);
    const open = entries.at(-1);
    if (token.kind === "end") {
      if (token.text === "") problems.push(problem(start, `&${name} has no end: "/" is missing`));
      return entries.map(({ key, line, values }) => ({ key, line, values }));
    }
    if (token.kind === "fault") problems.push(problem(token.line, `&${name}: ${token.text}`));
    else if (token.kind === "key") {
      const values = Array.from({ length: (token.index ?? 1) - 1 }, () => null);
      entries.push({ key: token.text!.toUpperCase(), line: token.line, values, filled: false });
    } else if (open === undefined) {
      if (token.kind === "value")
        problems.push(problem(token.line, `&${name} has the value ${String(token.value)} before any key`));
    } else if (token.kind === "comma") {
      if (!open.filled) open.values.push(null);
      open.filled = false;
    } else {
      for (let k = 0; k < (token.times ?? 1); k++) open.values.push(token.value!);
      open.filled = true;
    }
  }
}

function nextToken(cursor: Cursor): Token {
  skipBlank(cursor);
  const { text, line } = cursor;
  const first = text[cursor.at];
  if (first === undefined) return { kind: "end", line, text: "" };
  if (first === "/") {
    moveTo(cursor, cursor.at + 1);
    return { kind: "end", line, text: "/" };
  }
  // A group that begins before this one ended: the "/" was forgotten.
  if (first === "&") return { kind: "end", line, text: "" };
  if (first === ",") {
    moveTo(cursor, cursor.at + 1);
    return { kind: "comma", line };
  }
  if (first === "'" || first === '"') return readString(cursor, first);
  KEY.lastIndex = cursor.at;
  const key = KEY.exec(text);
  if (key) {
    moveTo(cursor, KEY.lastIndex);
    const index = key[2] === undefined ? 1 : Number(key[2]);
    if (index < 1 || index > MOST_REPEATS)
      return { kind: "fault", line, text: `${key[1]}(${key[2]}) is outside 1 to ${MOST_REPEATS}` };
    return { kind: "key", line, text: key[1]!, index };
  }
  return readPlain(cursor);
}

function skipBlank(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const c = text[cursor.at];
    if (c === "!") {
      const end = text.indexOf("\n", cursor.at);
      moveTo(cursor, end < 0 ? text.length : end);
    } else if (c === " " || c === "\t" || c === "\r" || c === "\n") moveTo(cursor, cursor.at + 1);
    else return;
  }
}

/** A quoted text; a doubled quote is one quote. A text ends on its line: an open quote would swallow the rest of the file. */
function readString(cursor: Cursor, quote: string): Token {
  const { text, line } = cursor;
  let value = "";
  let at = cursor.at + 1;
  for (;;) {
    const c = text[at];
    if (c === undefined || c === "\n") {
      moveTo(cursor, at);
      return { kind: "fault", line, text: `the text ${quote}${value.trim()} has no closing quote on its line` };
    }
    if (c === quote && text[at + 1] !== quote) break;
    if (c === quote) at++;
    value += c;
    at++;
  }
  moveTo(cursor, at + 1);
  return { kind: "value", line, value: value.trimEnd() };
}

function readPlain(cursor: Cursor): Token {
  const { text, line } = cursor;
  PLAIN.lastIndex = cursor.at;
  const word = PLAIN.exec(text)?.[0];
  if (word === undefined) {
    moveTo(cursor, cursor.at + 1);
    return { kind: "fault", line, text: `"${text[cursor.at - 1]}" stands where a key or a value is expected` };
  }
  moveTo(cursor, cursor.at + word.length);
  const repeat = /^(\d+)\*(.*)$/.exec(word);
  const times = repeat ? Number(repeat[1]) : 1;
  if (times < 1 || times > MOST_REPEATS)
    return { kind: "fault", line, text: `${word} repeats ${times} times, allowed are 1 to ${MOST_REPEATS}` };
  const plain = repeat ? repeat[2]! : word;
  if (plain === "" && (text[cursor.at] === "'" || text[cursor.at] === '"')) {
    const quoted = readString(cursor, text[cursor.at]!);
    return quoted.kind === "value" ? { ...quoted, times } : quoted;
  }
  const value = plainValue(plain);
  if (value === null) return { kind: "fault", line, text: `${word} is neither a number, a quoted text, .TRUE. nor .FALSE.` };
  return { kind: "value", line, value, times };
}

function plainValue(word: string): NamelistValue | null {
  if (NUMBER.test(word)) {
    const value = Number(word.replace(/[dD]/, "e"));
    return Number.isFinite(value) ? value : null;
  }
  if (/^\.?T(RUE)?\.?$/i.test(word)) return true;
  if (/^\.?F(ALSE)?\.?$/i.test(word)) return false;
  return null;
}
