/** Reads WKT (OGC 06-103r4). */
import { MusterError } from "../errors.js";

/** Rings of [x, y] corners as written: the outer one, then holes. */
export type WktPolygon = number[][][];

/** Collections may stand in each other up to this depth. */
const NESTING = 64;

/** All polygons of POLYGON, MULTIPOLYGON and nested GEOMETRYCOLLECTION; throws INPUT_UNREADABLE with line and column of a fault. */
export function wktPolygons(fileName: string, text: string): WktPolygon[] {
  const scanner = scan(fileName, text);
  const polygons = geometry(scanner, 0).filter((rings) => rings.length > 0);
  end(scanner);
  return polygons;
}

/** Corners of a LINESTRING; throws as `wktPolygons`. */
export function wktLine(fileName: string, text: string): number[][] {
  const scanner = scan(fileName, text);
  if (scanner.word() !== "LINESTRING") scanner.fail("expected LINESTRING");
  scanner.option("Z", "M", "ZM");
  const points = list(scanner, () => point(scanner));
  end(scanner);
  return points;
}

function end(scanner: Scanner): void {
  const rest = scanner.rest();
  if (rest) scanner.fail(`unexpected "${rest}" after the geometry`);
}

const WORD = /[A-Za-z]+/y;
const NUMBER = /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /\s*/y;

/** Reads words, numbers and signs from left to right; every fault says line and column. */
interface Scanner {
  readonly fail: (message: string) => never;
  /** Next word in capitals, or null. */
  readonly word: () => string | null;
  readonly number: () => number | null;
  /** Whether the next sign is this one; then it is taken. */
  readonly accept: (sign: string) => boolean;
  readonly expect: (sign: string) => void;
  /** Takes the next word if it is one of these. */
  readonly option: (...words: string[]) => boolean;
  /** What is left, "" at the end. */
  readonly rest: () => string;
}

function scan(fileName: string, text: string): Scanner {
  let offset = 0;
  const fail = (message: string): never => {
    const lines = text.slice(0, offset).split("\n");
    const [line, column] = [lines.length, lines[lines.length - 1]!.length + 1];
    throw new MusterError("INPUT_UNREADABLE", [
      { place: `${fileName}:${line}:${column}`, message: `is not valid WKT: line ${line}, column ${column}: ${message}` },
    ]);
  };
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) offset += found.length;
    return found;
  };
  const word = (): string | null => {
    take(SPACE);
    return take(WORD)?.toUpperCase() ?? null;
  };
  const accept = (sign: string): boolean => {
    take(SPACE);
    if (text[offset] !== sign) return false;
    offset++;
    return true;
  };
  const number = (): number | null => {
    take(SPACE);
    const value = take(NUMBER);
    return value === null ? null : Number(value);
  };
  const expect = (sign: string): void => {
    if (!accept(sign))
      fail(offset >= text.length ? `the text ends, expected "${sign}"` : `expected "${sign}", found "${text[offset]}"`);
  };
  const option = (...words: string[]): boolean => {
    const before = offset;
    if (words.includes(word() ?? "")) return true;
    offset = before;
    return false;
  };
  const rest = (): string => {
    take(SPACE);
    return text.slice(offset, offset + 12);
  };
  return { fail, word, number, accept, expect, option, rest };
}

function geometry(scanner: Scanner, depth: number): WktPolygon[] {
  if (depth > NESTING) scanner.fail(`collections are nested more than ${NESTING} deep`);
  const type = scanner.word() ?? scanner.fail("expected POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION");
  // A height or measure is read over: the plan is flat.
  scanner.option("Z", "M", "ZM");
  if (type === "POLYGON") return [polygon(scanner)];
  if (type === "MULTIPOLYGON") return list(scanner, () => polygon(scanner));
  if (type === "GEOMETRYCOLLECTION") return list(scanner, () => geometry(scanner, depth + 1)).flat();
  return scanner.fail(`${type} is no floor; use POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION`);
}

const polygon = (scanner: Scanner): WktPolygon => list(scanner, () => list(scanner, () => point(scanner)));

/** EMPTY, or items in parentheses. */
function list<T>(scanner: Scanner, item: () => T): T[] {
  if (scanner.option("EMPTY")) return [];
  scanner.expect("(");
  const items = [item()];
  while (scanner.accept(",")) items.push(item());
  scanner.expect(")");
  return items;
}

function point(scanner: Scanner): number[] {
  const values: number[] = [];
  for (let value = scanner.number(); value !== null; value = scanner.number()) values.push(value);
  const word = scanner.word();
  if (word) return scanner.fail(`${word} is no number`);
  if (values.length < 2 || values.length > 4)
    scanner.fail(`a corner needs two numbers, with Z and M up to four, and has ${values.length}`);
  return values.slice(0, 2);
}
