/** The open room of the benches: a square with one exit of 10 m, people on a jittered lattice at 1.25/m². */
import type { Layout } from "../engine/layout/layout.js";
import { readLayout } from "../engine/layout/read.js";
import { stream } from "../engine/random.js";
import { readScenario } from "../engine/scenario/read.js";
import type { Scenario } from "../engine/scenario/scenario.js";

const DENSITY = 1.25;

export interface Room {
  layout: Layout;
  scenario: Scenario;
  /** m */
  side: number;
}

/** @param people number of people; the room is as large as they need at 1.25/m² and half a metre of edge */
export function openRoom(people: number, timeStep: number): Room {
  const side = Math.sqrt(people / DENSITY) + 1;
  const ring = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
    [0, 0],
  ];
  const file = {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "open room" },
    features: [
      { type: "Feature", id: "0", feature_type: "level", geometry: null, properties: { ordinal: 0, name: "0" } },
      {
        type: "Feature",
        id: "room",
        feature_type: "unit",
        geometry: { type: "Polygon", coordinates: [ring] },
        properties: { level_id: "0", category: "room", name: "room" },
      },
    ],
  };
  const layout = readLayout({ name: "room.geojson", bytes: new TextEncoder().encode(JSON.stringify(file)) });
  const middle = side / 2;
  const exit = [
    [side - 0.5, middle - 5],
    [side, middle - 5],
    [side, middle + 5],
    [side - 0.5, middle + 5],
  ];
  const text = JSON.stringify({
    muster: 1,
    name: "open room",
    layout: "room.geojson",
    duration_s: 600,
    time_step_s: timeStep,
    places: [{ name: "exit", polygon: exit, exit: true }],
    people: [{ name: "all", count: 1, start: { in: "room" }, journey: [{ leave: "exit" }] }],
  });
  const scenario = readScenario({ name: "room", text, files: () => "" });
  // The file form is limited to what a planner writes by hand; the lattice is put into the normal form.
  const [group] = scenario.people;
  group!.agents = lattice(people, side);
  group!.start = null;
  group!.count = people;
  return { layout, scenario, side };
}

function lattice(people: number, side: number): { at: [number, number] }[] {
  const random = stream(1, "bench-lattice");
  const rows = Math.round(Math.sqrt(people));
  const columns = Math.ceil(people / rows);
  const dx = (side - 1) / columns;
  const dy = (side - 1) / rows;
  const jitter = Math.min(0.2, (Math.min(dx, dy) - 0.5) / 2);
  return Array.from({ length: people }, (_, k) => ({
    at: [
      0.5 + (Math.floor(k / rows) + 0.5) * dx + (2 * random.next() - 1) * jitter,
      0.5 + ((k % rows) + 0.5) * dy + (2 * random.next() - 1) * jitter,
    ],
  }));
}
