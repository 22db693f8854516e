/** WKT (OGC 06-103r4): POLYGON, MULTIPOLYGON and nested GEOMETRYCOLLECTION in metres; every polygon is floor without inner walls. */
import { MusterError } from "../../errors.js";
import { LIMITS } from "../limits.js";
import { nameFromFile, type RawFeature, type RawLayout } from "../raw.js";
import { groundLevel } from "./geojson.js";

type Coordinates = number[][][];

/** One open unit "polygon-1", "polygon-2", … on level "0" for each polygon of the file; throws with line and column of a fault. */
export function readWkt(fileName: string, text: string): RawLayout {
  const polygons = parse(fileName, text);
  const units = polygons.map(
    (coordinates, k): RawFeature => ({
      place: `polygon-${k + 1}`,
      id: `polygon-${k + 1}`,
      type: "unit",
      properties: { category: "unspecified", level_id: "0", muster: { boundary: "open" } },
      geometry: { type: "Polygon", coordinates },
    }),
  );
  const name = nameFromFile(fileName);
  return { format: "wkt", name, attribution: "", coordinates: "metres", features: [groundLevel(), ...units], notices: [] };
}

const WORD = /[A-Za-z]+/y;
const NUMBER = /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /\s*/y;

function parse(fileName: string, text: string): Coordinates[] {
  let offset = 0;
  const fail = (message: string): never => {
    const lines = text.slice(0, offset).split("\n");
    const where = `line ${lines.length}, column ${lines[lines.length - 1]!.length + 1}`;
    throw new MusterError("INPUT_UNREADABLE", [
      {
        place: `${fileName}:${lines.length}:${lines[lines.length - 1]!.length + 1}`,
        message: `is not valid WKT: ${where}: ${message}`,
      },
    ]);
  };
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) offset += found.length;
    return found;
  };
  const skip = (): void => void take(SPACE);
  const accept = (sign: string): boolean => {
    skip();
    if (text[offset] !== sign) return false;
    offset++;
    return true;
  };
  const expect = (sign: string): void => {
    if (!accept(sign))
      fail(offset >= text.length ? `the text ends, expected "${sign}"` : `expected "${sign}", found "${text[offset]}"`);
  };
  const word = (): string | null => {
    skip();
    return take(WORD)?.toUpperCase() ?? null;
  };
  const empty = (): boolean => {
    const before = offset;
    if (word() === "EMPTY") return true;
    offset = before;
    return false;
  };
  const list = <T>(item: () => T): T[] => {
    if (empty()) return [];
    expect("(");
    const items = [item()];
    while (accept(",")) items.push(item());
    expect(")");
    return items;
  };
  const point = (): number[] => {
    const values: number[] = [];
    for (;;) {
      skip();
      const before = offset;
      const bare = take(WORD);
      if (bare) {
        offset = before;
        return fail(`${bare} is no number`);
      }
      const value = take(NUMBER);
      if (value === null) break;
      values.push(Number(value));
    }
    return values.length >= 2 ? values.slice(0, 2) : fail("a corner needs two numbers");
  };
  const polygon = (): Coordinates => list(() => list(point));
  // A height or measure (Z, M, ZM) is read over: the plan is flat.
  const header = (): string => {
    const type = word() ?? fail("expected POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION");
    const before = offset;
    if (!["Z", "M", "ZM"].includes(word() ?? "")) offset = before;
    return type;
  };
  const geometry = (depth: number): Coordinates[] => {
    if (depth > LIMITS.nesting) fail(`collections are nested more than ${LIMITS.nesting} deep`);
    const start = offset;
    const type = header();
    if (type === "POLYGON") return [polygon()];
    if (type === "MULTIPOLYGON") return list(polygon);
    if (type === "GEOMETRYCOLLECTION") return list(() => geometry(depth + 1)).flat();
    offset = start;
    return fail(`${type} is no floor; use POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION`);
  };
  const polygons = geometry(0).filter((rings) => rings.length > 0);
  skip();
  if (offset < text.length) fail(`unexpected "${text.slice(offset, offset + 12)}" after the geometry`);
  if (polygons.length === 0) throw new MusterError("LAYOUT_INVALID", [{ place: fileName, message: "has no polygon in it" }]);
  if (polygons.length > LIMITS.features) {
    throw new MusterError("INPUT_TOO_LARGE", [
      { place: fileName, message: `has ${polygons.length} polygons, limit ${LIMITS.features}` },
    ]);
  }
  return polygons;
}
