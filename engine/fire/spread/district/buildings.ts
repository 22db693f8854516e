/** Footprints of a district from GeoJSON: polygons in degrees or metres with what OpenStreetMap says of buildings. */
import { MusterError, type Problem } from "../../../errors.js";
import {
  type Box,
  boxOf,
  joinBoxes,
  type Point,
  type Polygon,
  polygonArea,
  type Ring,
  ringArea,
  ringCentre,
} from "../../../geometry/polygon.js";
import { parseJson } from "../../../layout/json.js";
import type { Frame } from "../../../layout/layout.js";
import { fromFile } from "../../../layout/project.js";

export interface Building {
  readonly id: string;
  readonly name: string;
  /** Counterclockwise, m. Yards are left out: fire crosses them inside the building. */
  readonly outline: Ring;
  readonly area_m2: number;
  readonly centre: Point;
  readonly box: Box;
  readonly height_m: number;
  readonly storeys: number;
  /** Outer walls that do not burn. */
  readonly fireResistant: boolean;
}

export interface District {
  readonly name: string;
  readonly frame: Frame;
  readonly buildings: readonly Building[];
  readonly box: Box;
  /** What was not used, and what was taken where the file says nothing. */
  readonly notices: readonly string[];
}

/** Height of a storey, m, where a file gives levels only; and of a building of which nothing is known: two of them. */
const STOREY = 3;
const MOST_BUILDINGS = 20_000;

interface RawProperties {
  readonly name?: unknown;
  readonly fire_resistant?: unknown;
  readonly height_m?: unknown;
  readonly height?: unknown;
  readonly "building:levels"?: unknown;
  readonly "building:material"?: unknown;
}

interface RawFeature {
  readonly id?: unknown;
  readonly properties?: RawProperties | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

/**
 * Reads a FeatureCollection of Polygons and MultiPolygons. Degrees, unless the collection says `"muster": {"coordinates": "metres"}`.
 * Properties: `fire_resistant` (true, false), else `building:material` (wood, timber_framing: burns; absent: burns); `height` or
 * `height_m` (m), else `building:levels`; `name`. All faults are told together (LAYOUT_INVALID).
 */
export function readDistrict(name: string, text: string): District {
  const root = parseJson(name, text) as {
    type?: unknown;
    features?: unknown;
    muster?: { coordinates?: unknown; name?: unknown };
  } | null;
  if (root?.type !== "FeatureCollection" || !Array.isArray(root.features))
    throw new MusterError("LAYOUT_INVALID", [{ place: name, message: "is no GeoJSON FeatureCollection" }]);
  const features = root.features as readonly (RawFeature | null)[];
  const problems: Problem[] = [];
  const metres = root.muster?.coordinates === "metres";
  const drawn = features.flatMap((feature, k) => readFeature(feature, k, metres, problems));
  if (drawn.length === 0 && problems.length === 0) problems.push({ place: name, message: "has no polygon of a building" });
  if (drawn.length > MOST_BUILDINGS)
    problems.push({
      place: name,
      message: `has ${drawn.length} buildings, limit ${MOST_BUILDINGS}`,
      value: drawn.length,
      limit: MOST_BUILDINGS,
    });
  checkIds(drawn, problems);
  if (problems.length > 0) throw new MusterError("LAYOUT_INVALID", problems);
  const all = boxOf(drawn.flatMap(({ rings }) => rings.flat()));
  const frame: Frame = metres
    ? { kind: "metres", x: 0, y: 0 }
    : { kind: "lonlat", lon: (all[0] + all[2]) / 2, lat: (all[1] + all[3]) / 2 };
  const buildings = drawn.map((one) => toBuilding(one, frame));
  const guessed = drawn.filter(({ guessed }) => guessed).length;
  const skipped = features.length - new Set(drawn.map(({ index }) => index)).size;
  return {
    name: typeof root.muster?.name === "string" ? root.muster.name : name,
    frame,
    buildings,
    box: joinBoxes(buildings.map(({ box }) => box)),
    notices: [
      ...(skipped > 0 ? [`Features that are no polygons and are not used: ${skipped}.`] : []),
      ...(guessed > 0 ? [`Buildings with neither height nor levels, taken as two storeys of ${STOREY} m: ${guessed}.`] : []),
    ],
  };
}

interface Drawn {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly rings: readonly Ring[];
  readonly height: number;
  readonly storeys: number;
  readonly fireResistant: boolean;
  readonly guessed: boolean;
}

function readFeature(feature: RawFeature | null, index: number, metres: boolean, problems: Problem[]): Drawn[] {
  const { type, coordinates } = feature?.geometry ?? {};
  if (type !== "Polygon" && type !== "MultiPolygon") return [];
  const properties: RawProperties = feature?.properties ?? {};
  const id = typeof feature?.id === "string" || typeof feature?.id === "number" ? String(feature.id) : `building ${index + 1}`;
  const place = `features[${index}] (${id})`;
  const parts = (type === "Polygon" ? [coordinates] : coordinates) as unknown;
  const rings = Array.isArray(parts) ? parts.map((part: unknown) => ringOf(part, metres)) : [];
  if (rings.length === 0 || rings.some((ring) => ring === null)) {
    problems.push({ place, message: `has an outline that is no ring of at least 4 ${metres ? "points" : "lon/lat pairs"}` });
    return [];
  }
  const height = lengthOf(properties.height_m ?? properties.height);
  const levels = lengthOf(properties["building:levels"]);
  for (const [key, value, most] of [
    ["height", height, 1000],
    ["building:levels", levels, 200],
  ] as const)
    if (value !== null && !(value > 0 && value <= most))
      problems.push({ place, message: `has ${key} ${value}, must lie above 0 and up to ${most}`, value, limit: most });
  const said = properties.fire_resistant;
  if (said !== undefined && typeof said !== "boolean")
    problems.push({ place, message: `has fire_resistant ${JSON.stringify(said)}, must be true or false` });
  const material = String(properties["building:material"] ?? "");
  const stone = /^(brick|stone|concrete|masonry|reinforced_concrete|steel|sandstone|limestone|cement_block)$/.test(material);
  const tall = height ?? (levels ?? 2) * STOREY;
  return (rings as Ring[]).map((ring, part) => ({
    index,
    id: rings.length > 1 ? `${id}/${part + 1}` : id,
    name: typeof properties.name === "string" ? properties.name : "",
    rings: [ring],
    height: tall,
    storeys: levels ?? Math.max(1, Math.round(tall / STOREY)),
    fireResistant: typeof said === "boolean" ? said : stone,
    guessed: height === null && levels === null,
  }));
}

/** Outer ring, open; null where it is none. */
function ringOf(part: unknown, metres: boolean): Ring | null {
  const outer: unknown = Array.isArray(part) ? part[0] : null;
  if (!Array.isArray(outer) || outer.length < 4) return null;
  const points = outer.map((p: unknown): Point | null => {
    if (!Array.isArray(p) || typeof p[0] !== "number" || typeof p[1] !== "number") return null;
    const good = metres ? Math.abs(p[0]) < 1e7 && Math.abs(p[1]) < 1e7 : Math.abs(p[0]) <= 180 && Math.abs(p[1]) <= 90;
    return good ? [p[0], p[1]] : null;
  });
  if (points.some((p) => p === null)) return null;
  const ring = points as Point[];
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

/** A number, or a text that begins with one ("12", "12 m"); null where there is none. */
function lengthOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const number = Number.parseFloat(value);
  return Number.isFinite(number) ? number : null;
}

function checkIds(drawn: readonly Drawn[], problems: Problem[]): void {
  const seen = new Set<string>();
  for (const { id, index } of drawn) {
    if (seen.has(id)) problems.push({ place: `features[${index}] (${id})`, message: "has an id that another building has" });
    seen.add(id);
  }
}

function toBuilding(one: Drawn, frame: Frame): Building {
  const ring = one.rings[0]!.map((p) => fromFile(frame, p));
  const outline = ringArea(ring) < 0 ? ring.reverse() : ring;
  const polygon: Polygon = { outer: outline, holes: [] };
  return {
    id: one.id,
    name: one.name,
    outline,
    area_m2: polygonArea(polygon),
    centre: ringCentre(outline),
    box: boxOf(outline),
    height_m: one.height,
    storeys: one.storeys,
    fireResistant: one.fireResistant,
  };
}
