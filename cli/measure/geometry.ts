/** The walkable area of a measurement: what `--geometry` names, or what the trajectory file carries. */
import { basename } from "node:path";
import { MusterError } from "../../engine/errors.js";
import { union } from "../../engine/geometry/clip.js";
import type { Point, Polygon } from "../../engine/geometry/polygon.js";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { crowditFloor, vadereFloor } from "../../engine/trajectory/floors.js";
import { unpacked } from "../../engine/trajectory/gzip.js";
import type { LengthUnit } from "../../engine/trajectory/raw.js";
import { readHead, readRows } from "../../engine/trajectory/table.js";
import { floorOfWallPoints } from "../../engine/trajectory/wall-points.js";
import { layoutOf, readFiles } from "../input.js";

export interface FloorFile {
  polygons: Polygon[];
  /** Where it comes from, for the report. */
  source: string;
  notices: string[];
}

const IS_WKT = /^\s*(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON|^\s*GEOMETRYCOLLECTION/i;

/** @param geometry WKT, or path of a file or an IMDF folder; @param unit of wall points, which state none */
export function floorOf(geometry: string, options: { level?: string | undefined; unit?: LengthUnit | undefined }): FloorFile {
  if (IS_WKT.test(geometry)) return { polygons: wktFloor("--geometry", geometry), source: "--geometry", notices: [] };
  const source = basename(geometry);
  const files = readFiles(geometry);
  const [first] = files;
  if (files.length !== 1 || !first) return ofLayout(layoutOf(source, files), options.level, source);
  const bytes = unpacked(source, first.bytes);
  const text = (): string => new TextDecoder().decode(bytes);
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (start.startsWith("<")) return { polygons: crowditFloor(source, text()), source, notices: [] };
  if (start.startsWith("{") && text().includes('"topography"')) {
    const notices = ["obstacles of the Vadere topography are taken out, its bounding wall too"];
    return { polygons: vadereFloor(source, parse(source, text())), source, notices };
  }
  if (/^[-+.\d#xX]/.test(start)) return ofWallPoints(source, bytes, options.unit);
  return ofLayout(layoutOf(source, [{ ...first, bytes }]), options.level, source);
}

/** Union of the areas that a trajectory file carries. */
export function carriedFloor(name: string, floors: readonly string[]): FloorFile {
  const parts = floors.map((wkt) => wktFloor(name, wkt));
  return { polygons: parts.length === 1 ? parts[0]! : union(parts.flat()), source: name, notices: [] };
}

function wktFloor(name: string, wkt: string): Polygon[] {
  return ofLayout(readLayout({ name: `${name}.wkt`, bytes: new TextEncoder().encode(wkt) }), undefined, name).polygons;
}

function ofLayout(layout: Layout, level: string | undefined, source: string): FloorFile {
  const { frame } = layout;
  if (frame.kind === "metres" && (frame.x !== 0 || frame.y !== 0)) return shifted(layout, level, source, [frame.x, frame.y]);
  return {
    polygons: floorsOf(layout, level, source),
    source,
    notices: [...layout.report.repairs.map(({ place, what }) => `${place}: ${what}`)],
  };
}

/** Plans far from their zero are read in a shifted frame; trajectories are in the file's own metres, so the floor goes back there. */
function shifted(layout: Layout, level: string | undefined, source: string, [dx, dy]: Point): FloorFile {
  const move = (ring: readonly Point[]): Point[] => ring.map(([x, y]): Point => [x + dx, y + dy]);
  const polygons = floorsOf(layout, level, source).map(({ outer, holes }) => ({ outer: move(outer), holes: holes.map(move) }));
  return { polygons, source, notices: [] };
}

function floorsOf(layout: Layout, level: string | undefined, source: string): Polygon[] {
  const floors = layout.sheets.filter(({ kind }) => kind === "floor");
  if (level === undefined && floors.length === 1) return [...floors[0]!.regions];
  const found = floors.find((sheet) => sheet.level === level);
  if (!found) {
    const known = floors.map((sheet) => sheet.level).join(", ");
    const message =
      level === undefined
        ? `has ${floors.length} levels (${known}); choose one (--level)`
        : `has no level ${level}; known are ${known}`;
    throw new MusterError("REQUEST_INVALID", [{ place: source, message }]);
  }
  return [...found.regions];
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
  return { polygons: [polygon], source: name, notices: [`floor inside ${rows} wall points; closed where walls end: ${gaps} m`] };
}
