/** Reads a layout file of any known format into a Layout, or throws with everything that is wrong with it. */
import { MusterError } from "../errors.js";
import { polygonsArea } from "../geometry/polygon.js";
import type { Draft } from "./draft.js";
import { type Faults, gatherFaults } from "./faults.js";
import { readFeatures } from "./features.js";
import { freeze } from "./freeze.js";
import { readGeoJson } from "./importers/geojson.js";
import { readImdf } from "./importers/imdf.js";
import { readWkt } from "./importers/wkt.js";
import { decodeText, parseJson } from "./json.js";
import type { Layout } from "./layout.js";
import { LIMITS } from "./limits.js";
import { floorParts } from "./parts.js";
import { textOf } from "./project.js";
import type { RawLayout } from "./raw.js";
import { shortenRepairs } from "./repairs.js";
import { buildSheets } from "./sheets.js";
import { isZip, unzip } from "./zip.js";

/** One file (GeoJSON, WKT or a zip), or the files of an IMDF folder by path. */
export type LayoutInput = { name: string; bytes: Uint8Array } | { name: string; files: Map<string, Uint8Array> };

/** Layout in local metres, frozen; throws MusterError LAYOUT_INVALID, INPUT_UNREADABLE or INPUT_TOO_LARGE with all problems. */
export function readLayout(input: LayoutInput): Layout {
  const faults = gatherFaults();
  const raw = readRaw(input, faults);
  checkCorners(raw, input.name);
  const draft = readFeatures(raw, faults);
  if (!draft) faults.raise();
  return build(draft!, faults);
}

/** Opens the input by what it holds, not by its name alone. */
function readRaw(input: LayoutInput, faults: Faults): RawLayout {
  const sizes = "bytes" in input ? [input.bytes.length] : [...input.files.values()].map(({ length }) => length);
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  if (size > LIMITS.fileBytes) {
    const message = `has ${size} bytes, limit ${LIMITS.fileBytes}`;
    throw new MusterError("INPUT_TOO_LARGE", [{ place: input.name, message, value: size, limit: LIMITS.fileBytes }]);
  }
  const { name } = input;
  if ("files" in input) return readImdf(name, input.files, faults);
  if (isZip(input.bytes)) return readImdf(name, unzip(name, input.bytes), faults);
  if (/\.(dxf|dwg|ifc|osm|xml|gml|svg|pdf|png|jpe?g|scenario)$/i.test(name)) throw unknownFormat(name);
  const text = decodeText(name, input.bytes);
  const start = text.trimStart().slice(0, 24);
  if (/^(SRID|POLYGON|MULTIPOLYGON|GEOMETRYCOLLECTION|[A-Z]*(POINT|LINESTRING|CURVE))/i.test(start) || /\.wkt$/i.test(name))
    return readWkt(name, text);
  if (start.startsWith("{") || start.startsWith("[") || /json$/i.test(name))
    return readGeoJson(name, parseJson(name, text), faults);
  throw unknownFormat(name);
}

function unknownFormat(name: string): MusterError {
  return new MusterError("INPUT_UNREADABLE", [
    { place: name, message: "format not supported; Muster reads GeoJSON, IMDF archives (folder or zip) and WKT" },
  ]);
}

/** Counted before any geometry is made, so that a huge file costs no more than its reading. */
function checkCorners(raw: RawLayout, name: string): void {
  let corners = 0;
  const stack: unknown[] = raw.features.map(({ geometry }) => (geometry as { coordinates?: unknown } | null)?.coordinates);
  while (stack.length > 0) {
    const list = stack.pop();
    if (!Array.isArray(list)) continue;
    if (typeof list[0] === "number") corners++;
    else for (const item of list) stack.push(item);
  }
  if (corners <= LIMITS.corners) return;
  const message = `has ${corners} corners, limit ${LIMITS.corners}`;
  throw new MusterError("INPUT_TOO_LARGE", [{ place: name, message, value: corners, limit: LIMITS.corners }]);
}

function build(draft: Draft, faults: Faults): Layout {
  const { links, ...built } = buildSheets(draft, faults);
  const { sheets } = built;
  const area = sheets.reduce((sum, sheet) => sum + polygonsArea(sheet.regions), 0);
  if (sheets.length === 0 && faults.problems.length === 0)
    faults.add({ place: draft.name, message: "the layout has no walkable floor" });
  else if (area < LIMITS.leastFloor && faults.problems.length === 0)
    faults.add({
      place: draft.name,
      message: `has ${area.toFixed(3)} m² of floor in all, ${draft.extent.map((m) => m.toFixed(3)).join(" × ")} m; that is no place for people: are the units right?`,
      value: area,
      limit: LIMITS.leastFloor,
    });
  faults.raise();
  const parts = floorParts(sheets, links);
  const { format, name, attribution, frame, levels, fixtures, sections, lines, extent } = draft;
  const notices = [...draft.notices];
  if (parts.length > 1) {
    const small = parts
      .slice(1, 6)
      .map((part) => `${part.area.toFixed(1)} m² on level ${part.levels.join(", ")} at ${textOf(frame, part.at)}`);
    notices.push(
      `The floor falls into ${parts.length} parts with no way between them: besides the largest ${small.join("; ")}${parts.length > 6 ? "; …" : ""}.`,
    );
  }
  const report = { format, extent, area, parts, repairs: shortenRepairs(draft.repairs), notices };
  return freeze({ name, attribution, frame, levels, fixtures, sections, lines, ...built, report });
}
