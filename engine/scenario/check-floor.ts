/** Do the places drawn in a scenario lie on the floor? */
import type { Problem } from "../errors.js";
import { intersection } from "../geometry/clip.js";
import { inPolygons, polygonsArea, ringArea } from "../geometry/polygon.js";
import { findCrossing } from "../geometry/validate.js";
import type { Layout, Point, Polygon } from "../layout/layout.js";
import { textOf, toFile } from "../layout/project.js";
import { LEAST_FLOOR } from "./limits.js";
import { localPoint, lookUp, type Place, placeNames } from "./places.js";
import type { InlinePlace, Scenario } from "./scenario.js";

/** Points along a line that are looked at. */
const SAMPLES = 100;

/** Floor inside an area, fixtures taken out: its pieces and their area, m2. Floors are those of the area's level, flights included. */
export function floorOf(layout: Layout, place: Extract<Place, { kind: "area" }>): { polygons: Polygon[]; area: number } {
  const polygons = intersection(place.polygons, floorsAt(layout, place.level));
  return { polygons, area: polygonsArea(polygons) };
}

/** Floor pieces of a level and of the flights that join it. */
function floorsAt(layout: Layout, level: string): Polygon[] {
  const flights = new Set(layout.connections.filter((c) => c.lower.level === level || c.upper.level === level).map((c) => c.id));
  return layout.sheets
    .filter(({ kind, level: own, connection }) =>
      connection === null || kind === "lift" ? own === level : flights.has(connection),
    )
    .flatMap((s) => s.regions);
}

/** Faults of the places drawn in the scenario, used or not: level, name, shape, floor. */
export function checkDrawnPlaces(scenario: Scenario, layout: Layout): Problem[] {
  const taken = new Set(placeNames({ places: [] }, layout));
  return scenario.places.flatMap((drawn, k) => {
    const path = `places[${k}]`;
    if (drawn.name === "site") return [{ place: path, message: 'the name "site" stands for everybody inside, take another one' }];
    if (taken.has(drawn.name))
      return [{ place: path, message: `"${drawn.name}" is also a name or id in the layout, take another one` }];
    const found = lookUp(scenario, layout, drawn.name);
    if ("problem" in found) return [{ place: path, message: `"${drawn.name}": ${found.problem}` }];
    const problem = shapeFault(layout, drawn, found.place);
    return problem
      ? [
          {
            place: path,
            message: `"${drawn.name}" ${problem.message}`,
            level: found.place.level,
            at: toFile(layout.frame, problem.at),
          },
        ]
      : [];
  });
}

function shapeFault(layout: Layout, drawn: InlinePlace, place: Place): { message: string; at: Point } | null {
  const text = (point: Point): string => textOf(layout.frame, point);
  if (place.kind === "line") return lineFault(layout, place, text);
  if (place.kind !== "area") return null;
  const ring = place.polygons[0]!.outer;
  if (!ring.every((point) => point.every(Number.isFinite))) return { message: "has coordinates out of range", at: [0, 0] };
  if (drawn.polygon) {
    const crossing = ring.length > 2 ? findCrossing([ring]) : null;
    if (crossing) return { message: `crosses itself at ${text(crossing.at)}`, at: crossing.at };
    if (Math.abs(ringArea(ring)) < LEAST_FLOOR) return { message: "has no area", at: ring[0]! };
  }
  const centre = drawn.at ? localPoint(layout, drawn.at) : ring[0]!;
  const onFloor = drawn.at
    ? inPolygons(floorsAt(layout, place.level), centre[0], centre[1])
    : floorOf(layout, place).area >= LEAST_FLOOR;
  if (onFloor) return null;
  return { message: `at ${text(centre)} lies outside the floor of level "${place.level}"`, at: centre };
}

/** A line may end in walls or cross them, but some of it must lie on the floor. */
function lineFault(
  layout: Layout,
  place: Extract<Place, { kind: "line" }>,
  text: (p: Point) => string,
): { message: string; at: Point } | null {
  const [[ax, ay], [bx, by]] = place.line;
  if (ax === bx && ay === by) return { message: `has no length at ${text([ax, ay])}`, at: [ax, ay] };
  const floors = floorsAt(layout, place.level);
  for (let k = 0; k < SAMPLES; k++) {
    const t = (k + 0.5) / SAMPLES;
    if (inPolygons(floors, ax + t * (bx - ax), ay + t * (by - ay))) return null;
  }
  return {
    message: `from ${text([ax, ay])} to ${text([bx, by])} lies outside the floor of level "${place.level}"`,
    at: [ax, ay],
  };
}
