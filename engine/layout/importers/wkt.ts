/** WKT (OGC 06-103r4): POLYGON, MULTIPOLYGON and nested GEOMETRYCOLLECTION in metres; every polygon is floor without inner walls. */
import { MusterError } from "../../errors.js";
import { type WktPolygon, wktPolygons } from "../../geometry/wkt.js";
import { LIMITS } from "../limits.js";
import { nameFromFile, type RawFeature, type RawLayout } from "../raw.js";
import { groundLevel, tooMany } from "./geojson.js";

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

function parse(fileName: string, text: string): WktPolygon[] {
  const polygons = wktPolygons(fileName, text);
  if (polygons.length === 0) throw new MusterError("LAYOUT_INVALID", [{ place: fileName, message: "has no polygon in it" }]);
  if (polygons.length > LIMITS.features) throw tooMany(fileName, polygons.length);
  return polygons;
}
