/** Checks the structure of GeoJSON geometries: finite numbers, enough corners, within the limits. Coordinates stay as in the file. */
import type { Point } from "../geometry/polygon.js";
import type { Faults } from "./faults.js";
import { LIMITS } from "./limits.js";
import { isRecord, type RawFeature, type RawLayout } from "./raw.js";

/** Rings of polygons (outer ring first) or one line, in the file's coordinates. */
export type Shape =
  | { readonly kind: "area"; readonly polygons: readonly (readonly Point[][])[] }
  | { readonly kind: "line"; readonly points: readonly Point[] };

/** The shape a feature must have, or null with every reason in `faults`. */
export function readShape(feature: RawFeature, wanted: "area" | "line", raw: RawLayout, faults: Faults): Shape | null {
  const level = levelOf(feature);
  const fail = (message: string, extra: object = {}): null => {
    faults.add({ place: feature.place, message, ...(level === undefined ? {} : { level }), ...extra });
    return null;
  };
  const { geometry } = feature;
  const needs = wanted === "area" ? "Polygon or MultiPolygon" : "LineString";
  if (!isRecord(geometry)) return fail(`has no geometry, needs a ${needs}`);
  const { type, coordinates } = geometry;
  if (wanted === "line") {
    if (type !== "LineString") return fail(`is a ${String(type)}, needs a ${needs}`);
    const points = readPoints(coordinates, raw, fail);
    if (!points) return null;
    return points.length < 2 ? fail("is a line of fewer than 2 points") : { kind: "line", points };
  }
  if (type !== "Polygon" && type !== "MultiPolygon") return fail(`is a ${String(type)}, needs a ${needs}`);
  const lists: unknown = type === "Polygon" ? [coordinates] : coordinates;
  if (!Array.isArray(lists) || lists.length === 0) return fail("has no polygon in it");
  const corners = countCorners(lists);
  if (corners > LIMITS.polygonCorners)
    return fail(`has ${corners} corners, limit ${LIMITS.polygonCorners}`, { value: corners, limit: LIMITS.polygonCorners });
  let good = true;
  const polygons = lists.map((rings: unknown): Point[][] => {
    if (!Array.isArray(rings) || rings.length === 0) {
      good = false;
      fail("has an empty polygon");
      return [];
    }
    return rings.map((ring: unknown, k): Point[] => {
      const points = readPoints(ring, raw, fail);
      if (points && new Set(points.map(String)).size < 3)
        fail(`${k === 0 ? "outer ring" : `hole ${k}`} has fewer than 3 different corners`);
      else if (points) return points;
      good = false;
      return [];
    });
  });
  return good ? { kind: "area", polygons } : null;
}

export function levelOf(feature: RawFeature): string | undefined {
  const level = feature.properties.level_id;
  return typeof level === "string" || typeof level === "number" ? String(level) : undefined;
}

function countCorners(polygons: readonly unknown[]): number {
  let count = 0;
  for (const rings of polygons) if (Array.isArray(rings)) for (const ring of rings) if (Array.isArray(ring)) count += ring.length;
  return count;
}

function readPoints(list: unknown, raw: RawLayout, fail: (message: string, extra?: object) => null): Point[] | null {
  if (!Array.isArray(list)) return fail("has coordinates that are no list of points");
  const points: Point[] = [];
  for (const [k, item] of list.entries()) {
    const [x, y]: unknown[] = Array.isArray(item) ? item : [];
    if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y))
      return fail(`corner ${k} is ${shown(x)}, ${shown(y)}; needs two finite numbers`);
    if (raw.coordinates === "lonlat" && (Math.abs(y) > 90 || Math.abs(x) > 180))
      return fail(
        `corner ${k} at (${x}, ${y}) is no lon/lat: longitude reaches 180, latitude 90 degrees; a plan in metres says "muster": {"coordinates": "metres"} at its root`,
        { at: [x, y] },
      );
    points.push([x, y]);
  }
  return points;
}

/** JSON's own text turns NaN and infinity into null; here they keep their names. */
function shown(value: unknown): string {
  return typeof value === "number" || value === undefined ? String(value) : (JSON.stringify(value) ?? String(value)).slice(0, 40);
}
