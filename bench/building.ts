/**
 * The two-floor building of the bench, 80 m by 60 m: on each floor a concourse 8 m wide along its middle, eight rooms of 403 m² beside it, each with
 * two doors of 1.2 m, and six stair halls at its sides with a straight flight 2.4 m wide, which end at doors to the outside. The ground floor has
 * four more exits at the ends of the concourse and one from each room. Ways are as wide as 1.2 m for every 200 people need (rule of the German model
 * decree on places of assembly; from memory, unverified): 2,400 people above have six flights of 2.4 m, 2,600 below 19.2 m of exits of their own.
 */
import type { Layout } from "../engine/layout/layout.js";
import { readLayout } from "../engine/layout/read.js";
import { readScenario } from "../engine/scenario/read.js";
import type { Scenario } from "../engine/scenario/scenario.js";

export const ABOVE = 2400;
export const BELOW = 2600;

/** Size of the building and height of a floor, m. */
const LENGTH = 80;
const DEPTH = 60;
const STOREY = 4;
/** Sides of the concourse. */
const SOUTH = 26;
const NORTH = 34;
const STAIR = 2.4;
/** Left sides of the stair halls, 6 m wide each, and both sides of the rooms between them. */
const HALLS = [0, 37, 74];
const HALL = 6;
const ROOMS = [
  [6, 21.5],
  [21.5, 37],
  [43, 58.5],
  [58.5, 74],
] as const;
/** Ends of a flight, counted from the outer wall: foot and head. */
const FOOT = 9;
const HEAD = 16;

type XY = [number, number];

const box = (x0: number, y0: number, x1: number, y1: number): XY[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
];

interface Part {
  feature_type: string;
  id: string;
  geometry: object | null;
  properties: object;
}

const unit = (level: number, id: string, ring: XY[], category = "room"): Part => ({
  feature_type: "unit",
  id,
  geometry: { type: "Polygon", coordinates: [ring] },
  properties: { level_id: `${level}`, category, name: id, muster: { boundary: "walled" } },
});

const opening = (level: number, id: string, from: XY, to: XY): Part => ({
  feature_type: "opening",
  id,
  geometry: { type: "LineString", coordinates: [from, to] },
  properties: { level_id: `${level}`, category: "pedestrian", name: id },
});

/** Draws in the southern half, or mirrored in the northern one. */
const side = (name: "s" | "n", y: number): number => (name === "s" ? y : DEPTH - y);

function floor(level: number): Part[] {
  const parts = [unit(level, `concourse-${level}`, box(0, SOUTH, LENGTH, NORTH), "walkway")];
  for (const name of ["s", "n"] as const) {
    ROOMS.forEach(([x0, x1], k) => {
      const id = `room-${name}${k}-${level}`;
      const y = side(name, SOUTH);
      parts.push(unit(level, id, box(x0, side(name, 0), x1, y)));
      for (const [d, x] of [x0 + 2.5, x1 - 3.7].entries()) parts.push(opening(level, `${id}-door${d}`, [x, y], [x + 1.2, y]));
      if (level === 0) parts.push(opening(0, `exit-${id}`, [x0 + 7, side(name, 0)], [x0 + 8.2, side(name, 0)]));
    });
    HALLS.forEach((x, k) => {
      // Above, the hall ends at the head of the flight.
      const outer = level === 0 ? 0 : HEAD;
      parts.push(unit(level, `hall-${name}${k}-${level}`, box(x, side(name, outer), x + HALL, side(name, SOUTH)), "lobby"));
      parts.push(
        opening(level, `hall-${name}${k}-${level}-door`, [x + 2, side(name, SOUTH)], [x + 2 + STAIR, side(name, SOUTH)]),
      );
      if (level === 0) parts.push(opening(0, `exit-hall-${name}${k}`, [x, side(name, 0)], [x + STAIR, side(name, 0)]));
    });
  }
  return parts;
}

function flights(): Part[] {
  return (["s", "n"] as const).flatMap((name) =>
    HALLS.flatMap((x, k): Part[] => {
      const id = `stairs-${name}${k}`;
      const [foot, head] = [side(name, FOOT), side(name, HEAD)];
      return [
        unit(0, `${id}-flight`, box(x, foot, x + STAIR, head), "stairs"),
        opening(0, `${id}-foot`, [x, foot], [x + STAIR, foot]),
        opening(1, `${id}-head`, [x, head], [x + STAIR, head]),
        {
          feature_type: "relationship",
          id,
          geometry: null,
          properties: {
            category: "stairs",
            name: id,
            direction: "undirected",
            origin: { id: `${id}-foot`, feature_type: "opening" },
            intermediary: [{ id: `${id}-flight`, feature_type: "unit" }],
            destination: { id: `${id}-head`, feature_type: "opening" },
            muster: { rise_m: STOREY },
          },
        },
      ];
    }),
  );
}

export function twoFloors(): Layout {
  const levels = [0, 1].map((k) => ({
    feature_type: "level",
    id: `${k}`,
    geometry: null,
    properties: { ordinal: k, name: `${k}`, muster: { elevation_m: k * STOREY } },
  }));
  const ends = [0, LENGTH].flatMap((x, e) =>
    [SOUTH + 1, NORTH - 3.4].map((y, k) => opening(0, `exit-concourse-${e}${k}`, [x, y], [x, y + STAIR])),
  );
  const file = {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "two-floor building" },
    features: [...levels, ...floor(0), ...floor(1), ...flights(), ...ends].map((part) => ({ type: "Feature", ...part })),
  };
  return readLayout({ name: "building.geojson", bytes: new TextEncoder().encode(JSON.stringify(file)) });
}

/** Everybody leaves by the exit that they reach soonest. @param preMovement value of the scenario's key `pre_movement_s` */
export function evacuation(layout: Layout, preMovement: unknown, timeStep: number): Scenario {
  const exits = layout.gates.filter(({ opening }) => opening.startsWith("exit-")).map(({ opening }) => opening);
  const rooms = (level: number): string[] => ["s", "n"].flatMap((name) => ROOMS.map((_, k) => `room-${name}${k}-${level}`));
  const group = (name: string, level: number, count: number): object => ({
    name,
    count,
    start: { in: rooms(level) },
    population: "adults",
    pre_movement_s: preMovement,
    journey: [{ leave: { by: exits } }],
  });
  const text = JSON.stringify({
    muster: 1,
    name: "two-floor building",
    layout: "building.geojson",
    duration_min: 20,
    time_step_s: timeStep,
    people: [group("upper floor", 1, ABOVE), group("ground floor", 0, BELOW)],
  });
  return readScenario({ name: "building", text, files: () => "" });
}
