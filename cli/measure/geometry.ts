/** The walkable area of a measurement: what `--geometry` names, or what the trajectory file carries. */
import { basename } from "node:path";
import { MusterError } from "../../engine/errors.js";
import { union } from "../../engine/geometry/clip.js";
import type { Point, Polygon, Segment } from "../../engine/geometry/polygon.js";
import type { Layout, Sheet } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { crowditFloor, vadereFloor } from "../../engine/trajectory/floors.js";
import { unpacked } from "../../engine/trajectory/gzip.js";
import type { LengthUnit } from "../../engine/trajectory/raw.js";
import { readHead, readRows } from "../../engine/trajectory/table.js";
import { floorOfWallPoints } from "../../engine/trajectory/wall-points.js";
import { layoutOf, readFiles } from "../input.js";

export interface FloorFile {
  polygons: Polygon[];
  /** Doors between rooms that lie against each other. */
  passages: Segment[];
  /** Where it comes from, for the report. */
  source: string;
  notices: string[];
}

const IS_WKT = /^\s*(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON|^\s*GEOMETRYCOLLECTION/i;

export interface FloorOptions {
  level?: string | undefined;
  /** Of wall points, which state none. */
  unit?: LengthUnit | undefined;
  /** Positions are in Muster's local metres, as it writes them, not in those of a far plan. */
  local?: boolean | undefined;
}

const plain = (polygons: Polygon[], source: string, notices: string[] = []): FloorFile => ({
  polygons,
  passages: [],
  source,
  notices,
});

/** @param geometry WKT, or path of a file or an IMDF folder */
export function floorOf(geometry: string, options: FloorOptions): FloorFile {
  if (IS_WKT.test(geometry)) return plain(wktFloor("--geometry", geometry), "--geometry");
  const source = basename(geometry);
  const files = readFiles(geometry);
  const [first] = files;
  if (files.length !== 1 || !first) return ofLayout(layoutOf(source, files), options, source);
  const bytes = unpacked(source, first.bytes);
  const text = (): string => new TextDecoder().decode(bytes);
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (start.startsWith("<")) return plain(crowditFloor(source, text()), source);
  if (start.startsWith("{") && text().includes('"topography"'))
    return plain(vadereFloor(source, parse(source, text())), source, [
      "obstacles and bounding wall of the Vadere topography are no floor",
    ]);
  if (/^[-+.\d#xX]/.test(start)) return ofWallPoints(source, bytes, options.unit);
  return ofLayout(layoutOf(source, [{ ...first, bytes }]), options, source);
}

/** Union of the areas that a trajectory file carries. */
export function carriedFloor(name: string, floors: readonly string[]): FloorFile {
  const parts = floors.map((wkt) => wktFloor(name, wkt));
  return plain(parts.length === 1 ? parts[0]! : union(parts.flat()), name);
}

function wktFloor(name: string, wkt: string): Polygon[] {
  const layout = readLayout({ name: `${name}.wkt`, bytes: new TextEncoder().encode(wkt) });
  return ofLayout(layout, {}, name).polygons;
}

/**
 * Floor of one level, with its doors. Plans far from their zero are read in a shifted frame; a trajectory is in the metres of the file,
 * so the floor goes back there.
 */
function ofLayout(layout: Layout, { level, local = false }: FloorOptions, source: string): FloorFile {
  const sheet = floorSheet(layout, level, source);
  const { frame } = layout;
  const [dx, dy] = frame.kind === "metres" && !local ? [frame.x, frame.y] : [0, 0];
  const move = ([x, y]: Point): Point => [x + dx, y + dy];
  const doors = layout.gates.filter(({ kind, exit, sheetA }) => kind === "opening" && !exit && layout.sheets[sheetA] === sheet);
  return {
    polygons: sheet.regions.map(({ outer, holes }) => ({ outer: outer.map(move), holes: holes.map((hole) => hole.map(move)) })),
    passages: doors.map(({ line: [a, b] }): Segment => [move(a), move(b)]),
    source,
    notices: [
      ...layout.report.repairs.map(({ place, what }) => `${place}: ${what}`),
      ...(frame.kind === "lonlat"
        ? [`${source} is in degrees: positions are taken as metres from its middle (${frame.lon}, ${frame.lat})`]
        : []),
    ],
  };
}

function floorSheet(layout: Layout, level: string | undefined, source: string): Sheet {
  const floors = layout.sheets.filter(({ kind }) => kind === "floor");
  const found = level === undefined && floors.length === 1 ? floors[0] : floors.find((sheet) => sheet.level === level);
  if (found) return found;
  const known = floors.map((sheet) => sheet.level).join(", ");
  const message =
    level === undefined
      ? `has ${floors.length} levels (${known}); choose one (--level)`
      : `has no level ${level}; known are ${known}`;
  throw new MusterError("REQUEST_INVALID", [{ place: source, message }]);
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MusterError("INPUT_UNREADABLE", [
      { place: name, message: `is no JSON: ${error instanceof Error ? error.message : String(error)}` },
    ]);
  }
}

/** Two columns x, y: points along the walls. */
function ofWallPoints(name: string, bytes: Uint8Array, unit: LengthUnit | undefined): FloorFile {
  const head = readHead(bytes);
  const { rows, values, problems } = readRows(
    bytes,
    head,
    [
      { at: 0, kind: "number" },
      { at: 1, kind: "number" },
    ],
    ["x", "y"],
  );
  if (problems.list.length > 0)
    throw new MusterError(
      "INPUT_UNREADABLE",
      problems.told().map(({ place, message }) => ({ place: `${name}, ${place}`, message })),
    );
  const scale = unit === "cm" ? 100 : 1;
  const points = Array.from({ length: rows }, (_, k): Point => [values[0]![k]! / scale, values[1]![k]! / scale]);
  const { polygon, closed } = floorOfWallPoints(name, points);
  const gaps = closed.map((m) => m.toFixed(2)).join(", ");
  return plain([polygon], name, [`floor inside ${rows} wall points; closed where walls end: ${gaps} m`]);
}
