/** Names of a scenario → places of the layout, or drawn in the scenario itself. */
import { MusterError } from "../errors.js";
import { ringArea } from "../geometry/polygon.js";
import { openRing } from "../geometry/ring.js";
import type { Layout, Opening, Point, Polygon, Segment } from "../layout/layout.js";
import { fromFile } from "../layout/project.js";
import { cosSin } from "../maths.js";
import { suggestion } from "./nearest.js";
import type { InlinePlace, Scenario } from "./scenario.js";

/** `name` as reports should call it; coordinates in local metres. */
export type Place =
  | {
      readonly kind: "area";
      readonly name: string;
      readonly level: string;
      readonly polygons: readonly Polygon[];
      readonly exit: boolean;
    }
  | { readonly kind: "line"; readonly name: string; readonly level: string; readonly line: Segment }
  | { readonly kind: "opening"; readonly name: string; readonly level: string; readonly opening: Opening };

/** Corners of the polygon that stands for a waypoint's circle; they lie on the circle. */
const CIRCLE_CORNERS = 24;
/** Radius of a waypoint that gives none, m. */
export const WAYPOINT_RADIUS = 0.5;

type Places = Pick<Scenario, "places">;

/**
 * The place with this name or id: first places of the scenario, then ids, then names of sections, units, openings, lines and flights
 * (a flight is the area of its unit). Throws SCENARIO_INVALID when there is none or more than one; `checkScenario` says so earlier.
 */
export function findPlace(scenario: Places, layout: Layout, name: string): Place {
  const found = lookUp(scenario, layout, name);
  if ("problem" in found) throw new MusterError("SCENARIO_INVALID", [{ place: name, message: found.problem }]);
  return found.place;
}

/** As `findPlace`, with the fault in words instead of an exception. */
export function lookUp(scenario: Places, layout: Layout, name: string): { place: Place } | { problem: string } {
  const drawn = scenario.places.find((place) => place.name === name);
  if (drawn) return inlinePlace(drawn, layout);
  const features = featuresOf(layout);
  const byId = features.find((feature) => feature.id === name);
  if (byId) return { place: byId.place() };
  const named = features.filter((feature) => feature.name === name);
  if (named.length > 1) {
    return { problem: `${named.map((f) => `${f.what} "${f.id}"`).join(", ")} have the name "${name}": use the id` };
  }
  if (named[0]) return { place: named[0].place() };
  return { problem: `there is no place "${name}"${suggestion(name, placeNames(scenario, layout))}` };
}

/** All names and ids that `findPlace` knows, each once. */
export function placeNames(scenario: Places, layout: Layout): string[] {
  const names = new Set(scenario.places.map((place) => place.name));
  for (const feature of featuresOf(layout)) names.add(feature.name).add(feature.id);
  names.delete("");
  return [...names];
}

/** Local metres of a point given in the coordinates of the layout file: degrees, or metres with the frame's offset. */
export const localPoint = (layout: Pick<Layout, "frame">, point: Point): Point => fromFile(layout.frame, point);

/** The level that is meant where none is named: the only one; null where there are several. */
export const onlyLevel = (layout: Pick<Layout, "levels">): string | null =>
  layout.levels.length === 1 ? layout.levels[0]!.id : null;

interface Feature {
  id: string;
  name: string;
  what: string;
  place: () => Place;
}

function featuresOf(layout: Layout): Feature[] {
  const units = new Map(layout.units.map((unit) => [unit.id, unit]));
  const area = (what: string, feature: { id: string; name: string; level: string; polygons: readonly Polygon[] }): Feature => ({
    id: feature.id,
    name: feature.name,
    what,
    place: () => ({ kind: "area", name: title(feature), level: feature.level, polygons: feature.polygons, exit: false }),
  });
  return [
    ...layout.sections.map((section) => area("section", section)),
    ...layout.units.map((unit) => area("unit", unit)),
    ...layout.openings.map(
      (opening): Feature => ({
        id: opening.id,
        name: opening.name,
        what: "opening",
        place: () => ({ kind: "opening", name: title(opening), level: opening.level, opening }),
      }),
    ),
    ...layout.lines.map(
      (line): Feature => ({
        id: line.id,
        name: line.name,
        what: "line",
        place: () => ({ kind: "line", name: title(line), level: line.level, line: line.line }),
      }),
    ),
    ...layout.connections.flatMap((flight) => {
      const unit = units.get(flight.unit);
      // A flight that bears its unit's name is that unit's area, found above.
      return unit && unit.name !== flight.name ? [area(flight.kind, { ...unit, id: flight.id, name: flight.name })] : [];
    }),
  ];
}

const title = (feature: { id: string; name: string }): string => feature.name || feature.id;

function inlinePlace(drawn: InlinePlace, layout: Layout): { place: Place } | { problem: string } {
  const level = drawn.level ?? onlyLevel(layout);
  if (level === null) return { problem: `the layout has ${layout.levels.length} levels: say which one by "level"` };
  if (!layout.levels.some((l) => l.id === level)) {
    return {
      problem: `there is no level "${level}"${suggestion(
        level,
        layout.levels.map((l) => l.id),
      )}`,
    };
  }
  const { name } = drawn;
  if (drawn.line) {
    return { place: { kind: "line", name, level, line: [localPoint(layout, drawn.line[0]), localPoint(layout, drawn.line[1])] } };
  }
  const outer = drawn.polygon
    ? counterclockwise(drawn.polygon.map((p) => localPoint(layout, p)))
    : circle(localPoint(layout, drawn.at ?? [0, 0]), drawn.radius_m ?? WAYPOINT_RADIUS);
  return { place: { kind: "area", name, level, polygons: [{ outer, holes: [] }], exit: drawn.exit ?? false } };
}

function circle([x, y]: Point, radius: number): Point[] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, k) => {
    const [cos, sin] = cosSin((2 * Math.PI * k) / CIRCLE_CORNERS);
    return [x + radius * cos, y + radius * sin] as const;
  });
}

/** A ring as layouts keep them: no point repeated, counterclockwise. */
function counterclockwise(points: Point[]): Point[] {
  const ring = openRing(points);
  return ringArea(ring) < 0 ? ring.reverse() : ring;
}
