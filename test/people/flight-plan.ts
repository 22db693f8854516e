/** A long straight flight between two floors, and what people do on it. */
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { box } from "../run/plan.js";

/** Floors of 6 m (the upper one `upper` m, the lower one `hall` m wider at each side) beside a flight `length` m long in plan and 2 m wide; "low" and "high" lead out. */
export function flightPlan(options: {
  length: number;
  category?: string;
  directed?: boolean;
  muster?: object;
  width?: number;
  upper?: number;
  hall?: number;
}): Layout {
  const { length, category = "stairs", directed = false, muster = {}, width = 2, upper = 6, hall = 0 } = options;
  const area = (ring: [number, number][]): object => ({ type: "Polygon", coordinates: [[...ring, ring[0]!]] });
  const feature = (type: string, id: string, geometry: unknown, properties: object): object => ({
    type: "Feature",
    id,
    feature_type: type,
    geometry,
    properties: { name: id, ...properties },
  });
  const line = (x: number, from = 0.1, to = width - 0.1): object => ({ type: "LineString", coordinates: [[x, from], [x, to]] }); // biome-ignore format: a line
  const end = 6 + length;
  const file = {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "flight" },
    features: [
      feature("level", "0", null, { ordinal: 0, muster: { elevation_m: 0 } }),
      feature("level", "1", null, { ordinal: 1, muster: { elevation_m: length / 1.75 } }),
      feature("unit", "lower", area(box(0, -hall, 6, width + hall)), { level_id: "0", category: "room" }),
      feature("unit", "flight", area(box(6, 0, end, width)), { level_id: "0", category: "stairs" }),
      feature("unit", "upper", area(box(end, 0, end + upper, width)), { level_id: "1", category: "room" }),
      feature("opening", "foot", line(6), { level_id: "0", category: "pedestrian" }),
      feature("opening", "head", line(end), { level_id: "1", category: "pedestrian" }),
      feature("opening", "low", line(0), { level_id: "0", category: "pedestrian" }),
      feature("opening", "high", line(end + upper), { level_id: "1", category: "pedestrian" }),
      feature("relationship", "stair", null, {
        category,
        direction: directed ? "directed" : "undirected",
        origin: { id: "foot", feature_type: "opening" },
        intermediary: [{ id: "flight", feature_type: "unit" }],
        destination: { id: "head", feature_type: "opening" },
        muster,
      }),
    ],
  };
  return readLayout({ name: "flight.geojson", bytes: new TextEncoder().encode(JSON.stringify(file)) });
}
