/** Small plans in metres for tests, written as a planner's file would be. */
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";

export type XY = [number, number];

export const box = (x0: number, y0: number, x1: number, y1: number): XY[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

/** A door of a plan, or an exit where nothing lies behind it. */
export const door = (id: string, from: XY, to: XY, more: Omit<Door, "id" | "line"> = {}): Door => ({
  id,
  line: [from, to],
  ...more,
});

interface Door {
  id: string;
  line: [XY, XY];
  level?: string;
  muster?: Record<string, unknown>;
}

export interface Plan {
  /** Walled rooms; `open: true` joins floors without walls. */
  /** `sky: true`: no ceiling. */
  rooms: { id: string; ring: XY[]; level?: string; open?: boolean; sky?: boolean; category?: string }[];
  doors?: Door[];
  sections?: { id: string; ring: XY[]; level?: string }[];
  fixtures?: { id: string; ring: XY[]; level?: string }[];
  levels?: { id: string; ordinal: number; elevation: number }[];
  /** Lifts: the doors and the rooms that are their car, one for each level. */
  lifts?: { id: string; doors: string[]; cars: string[]; muster?: Record<string, unknown> }[];
  /** Flights: two doors and the room between them. */
  stairs?: { id: string; from: string; flight: string; to: string; rise: number }[];
}

export function layoutOf(plan: Plan): Layout {
  const feature = (type: string, id: string, geometry: unknown, properties: object): object => ({
    type: "Feature",
    id,
    feature_type: type,
    geometry,
    properties: { name: id, ...properties },
  });
  const area = (ring: XY[]): object => ({ type: "Polygon", coordinates: [[...ring, ring[0]!]] });
  const levels = plan.levels ?? [{ id: "0", ordinal: 0, elevation: 0 }];
  const file = {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "plan" },
    features: [
      ...levels.map(({ id, ordinal, elevation }) => feature("level", id, null, { ordinal, muster: { elevation_m: elevation } })),
      ...plan.rooms.map(({ id, ring, level = "0", open = false, sky = false, category = "room" }) =>
        feature("unit", id, area(ring), {
          level_id: level,
          category,
          muster: { boundary: open ? "open" : "walled", ...(sky ? { ceiling_m: null } : {}) },
        }),
      ),
      ...(plan.doors ?? []).map(({ id, line, level = "0", muster = {} }) =>
        feature("opening", id, { type: "LineString", coordinates: line }, { level_id: level, category: "pedestrian", muster }),
      ),
      ...(plan.sections ?? []).map(({ id, ring, level = "0" }) =>
        feature("section", id, area(ring), { level_id: level, category: "zone" }),
      ),
      ...(plan.fixtures ?? []).map(({ id, ring, level = "0" }) =>
        feature("fixture", id, area(ring), { level_id: level, category: "obstacle" }),
      ),
      ...(plan.lifts ?? []).map(({ id, doors, cars, muster = {} }) =>
        feature("relationship", id, null, {
          category: "elevator",
          origin: { id: doors[0]!, feature_type: "opening" },
          intermediary: [
            ...cars.map((car) => ({ id: car, feature_type: "unit" })),
            ...doors.slice(1, -1).map((door) => ({ id: door, feature_type: "opening" })),
          ],
          destination: { id: doors.at(-1)!, feature_type: "opening" },
          muster,
        }),
      ),
      ...(plan.stairs ?? []).map(({ id, from, flight, to, rise }) =>
        feature("relationship", id, null, {
          category: "stairs",
          direction: "undirected",
          origin: { id: from, feature_type: "opening" },
          intermediary: [{ id: flight, feature_type: "unit" }],
          destination: { id: to, feature_type: "opening" },
          muster: { rise_m: rise },
        }),
      ),
    ],
  };
  return readLayout({ name: "plan.geojson", bytes: new TextEncoder().encode(JSON.stringify(file)) });
}

/** A scenario in file form over a plan; throws with all problems. */
export function scenarioOf(layout: Layout, file: Record<string, unknown>): Scenario {
  const text = JSON.stringify({ muster: 1, name: "test", layout: "plan.geojson", seed: 1, ...file });
  const scenario = readScenario({ name: "test", text, files: () => "" });
  const problems = checkScenario(scenario, layout);
  if (problems.length > 0) throw new Error(problems.map((p) => `${p.place}: ${p.message}`).join("\n"));
  return scenario;
}
