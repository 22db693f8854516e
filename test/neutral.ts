/**
 * Reads the neutral JSON of reported problems (test/cases: lengths in m, times in s) and translates it into a layout file in metres and
 * a scenario file with its places inline.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type XY = [number, number];

interface NeutralAgent {
  at: XY;
  level?: string;
  goal: string;
  via?: string[];
  radius: number;
  desiredSpeed: number;
}

export interface NeutralCase {
  case: string;
  layout: {
    levels: { id: string; z: number; walkable: XY[][]; obstacles: XY[][] }[];
    walls?: { level: string; segment: [XY, XY] }[];
    doors: { id: string; level: string; segment: [XY, XY] }[];
    exits: { id: string; level: string; polygon: XY[] }[];
    waypoints?: { id: string; level: string; at: XY; radius: number }[];
  };
  scenario: {
    seed?: number;
    tMax?: number;
    dt?: number | number[];
    output?: { everySeconds: number };
    goal?: string;
    agents?: NeutralAgent[];
    fill?: {
      area?: XY[];
      xMin?: number;
      xMax?: number;
      yMin?: number;
      yMax?: number;
      count: number;
      radius: number;
      desiredSpeed?: number | { normal: XY };
    };
    source?: { area: XY[]; schedule?: { t: number; count: number }[]; perMinute?: number; radius: number; desiredSpeed: number };
  } | null;
  expect: Record<string, unknown>;
}

/** Half the thickness of a wall that the neutral form gives as a bare line, m. */
const HALF_WALL = 0.01;

/** File of test/cases, e.g. "L07-sliver/input.json". */
export function caseFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`./cases/${path}`, import.meta.url))));
}

export function neutralCase(path: string): NeutralCase {
  // The files are our own and their shape is the one above.
  return JSON.parse(new TextDecoder().decode(caseFile(path))) as NeutralCase;
}

const closed = (ring: XY[]): XY[] => [...ring, ring[0]!];

/** Walkable rings become open units, obstacles and walls fixtures, doors openings; exits and waypoints are places of the scenario. */
function layoutFile({ case: name, layout }: NeutralCase): Record<string, unknown> {
  const feature = (type: string, id: string, geometry: unknown, properties: object) => ({
    type: "Feature",
    id,
    feature_type: type,
    geometry,
    properties,
  });
  const area = (ring: XY[]) => ({ type: "Polygon", coordinates: [closed(ring)] });
  const line = (segment: [XY, XY]) => ({ type: "LineString", coordinates: segment });
  const features = layout.levels.flatMap(({ id, z, walkable, obstacles }, k) => [
    feature("level", id, null, { ordinal: k, name: id, muster: { elevation_m: z } }),
    ...walkable.map((ring, u) =>
      feature("unit", `floor-${id}-${u}`, area(ring), { level_id: id, category: "room", muster: { boundary: "open" } }),
    ),
    ...obstacles.map((ring, o) => feature("fixture", `obstacle-${id}-${o}`, area(ring), { level_id: id, category: "obstacle" })),
  ]);
  const walls = (layout.walls ?? []).map(({ level, segment }, k) =>
    feature("fixture", `wall-${k}`, area(thick(segment)), { level_id: level, category: "wall" }),
  );
  const doors = layout.doors.map(({ id, level, segment }) =>
    feature("opening", id, line(segment), { level_id: level, category: "pedestrian" }),
  );
  return {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name },
    features: [...features, ...walls, ...doors],
  };
}

function thick([[ax, ay], [bx, by]]: [XY, XY]): XY[] {
  const length = Math.hypot(bx - ax, by - ay);
  const [nx, ny] = [(-HALF_WALL * (by - ay)) / length, (HALF_WALL * (bx - ax)) / length];
  return [
    [ax - nx, ay - ny],
    [bx - nx, by - ny],
    [bx + nx, by + ny],
    [ax + nx, ay + ny],
  ];
}

/** The layout file as bytes, as a reader gets it from disk. */
export function layoutInput(given: NeutralCase): { name: string; bytes: Uint8Array } {
  return { name: `${given.case}.geojson`, bytes: new TextEncoder().encode(JSON.stringify(layoutFile(given))) };
}

/**
 * The scenario file of a case: people with the same way (via, goal) are one group, in the order of the case.
 * Throws where the case itself contradicts itself (S07b: xMin > xMax), since the scenario format has no such box.
 */
export function scenarioFile({ case: name, layout, scenario }: NeutralCase): Record<string, unknown> {
  if (!scenario) throw new Error(`${name} has no scenario`);
  const { seed = 1, tMax = 60, agents = [], fill, source, goal, dt, output } = scenario;
  const step = typeof dt === "number" ? dt : undefined;
  const places: Record<string, unknown>[] = [
    ...layout.exits.map(({ id, level, polygon }) => ({ name: id, level, polygon, exit: true })),
    ...(layout.waypoints ?? []).map(({ id, level, at, radius }) => ({ name: id, level, at, radius_m: radius })),
  ];
  const people: Record<string, unknown>[] = [];
  const ways = new Map<string, NeutralAgent[]>();
  for (const agent of agents) {
    const key = JSON.stringify([agent.via ?? [], agent.goal]);
    ways.set(key, [...(ways.get(key) ?? []), agent]);
  }
  for (const [key, group] of ways) {
    const [via, to] = JSON.parse(key) as [string[], string];
    people.push({
      name: `to ${[...via, to].join(", ")}`,
      agents: group.map(({ at, level, radius, desiredSpeed }) => ({
        at,
        ...(level === undefined ? {} : { level }),
        speed_m_s: desiredSpeed,
        radius_m: radius,
      })),
      journey: [...via.map((place) => ({ go: place })), { leave: to }],
    });
  }
  const level = layout.levels[0]!.id;
  if (fill) {
    places.push({ name: "fill", level, polygon: fillArea(fill) });
    people.push({
      name: "fill",
      count: fill.count,
      start: { in: "fill" },
      population: populationOf(fill.radius, fill.desiredSpeed ?? 1.34),
      journey: goal === undefined ? [] : [{ leave: goal }],
    });
  }
  if (source) {
    places.push({ name: "source", level, polygon: source.area });
    const perMinute = source.perMinute ?? 0;
    const intervals = source.schedule
      ? source.schedule.map(({ t, count }) => ({ from_s: t, to_s: t + 1, count }))
      : [{ from_s: 0, to_s: tMax, count: Math.round((perMinute * tMax) / 60) }];
    people.push({
      name: "source",
      count: intervals.reduce((sum, { count }) => sum + count, 0),
      arrivals: { at: "source", intervals },
      population: populationOf(source.radius, source.desiredSpeed),
      journey: goal === undefined ? [] : [{ leave: goal }],
    });
  }
  return {
    muster: 1,
    name,
    layout: `${name}.geojson`,
    duration_s: tMax,
    seed,
    ...(step === undefined ? {} : { time_step_s: step }),
    ...(output ? { output_every_s: output.everySeconds } : {}),
    places,
    people,
  };
}

function populationOf(radius: number, speed: number | { normal: XY }): Record<string, unknown> {
  const speed_m_s =
    typeof speed === "number" ? speed : { normal: { mean: speed.normal[0], sd: speed.normal[1], min: 0.5, max: 2.2 } };
  return { name: "case", source: "neutral case", speed_m_s, radius_m: radius };
}

function fillArea(fill: NonNullable<NonNullable<NeutralCase["scenario"]>["fill"]>): XY[] {
  if (fill.area) return fill.area;
  const { xMin = 0, xMax = 0, yMin = 0, yMax = 0 } = fill;
  if (xMin > xMax) throw new Error(`fill: xMin > xMax (${xMin} > ${xMax})`);
  if (yMin > yMax) throw new Error(`fill: yMin > yMax (${yMin} > ${yMax})`);
  return [
    [xMin, yMin],
    [xMax, yMin],
    [xMax, yMax],
    [xMin, yMax],
  ];
}
