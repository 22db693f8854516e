/** Which sheets a measured place lies on, and its floor. */
import { intersection } from "../geometry/clip.js";
import { inPolygons, type Polygon, polygonsArea, type Segment } from "../geometry/polygon.js";
import { distance, distanceToSegment } from "../geometry/segment.js";
import type { Layout } from "../layout/layout.js";
import { findPlace } from "../scenario/places.js";
import type { Scenario } from "../scenario/scenario.js";
import { SITE } from "./measures.js";

export interface MeasuredArea {
  /** As the scenario names it. */
  readonly place: string;
  readonly level: string;
  readonly polygons: readonly Polygon[];
  /** Indices into `Layout.sheets`. */
  readonly sheets: readonly number[];
  /** Floor inside, fixtures taken out, m2. */
  readonly area_m2: number;
}

export interface MeasuredLine {
  readonly place: string;
  readonly kind: "line" | "opening" | "exit";
  readonly level: string;
  readonly line: Segment;
  readonly width_m: number;
  readonly sheets: readonly number[];
}

/** A line this close to a flight, as the line of its stairhead is, also counts people who step off the flight, m. */
const AT_FLIGHT = 0.3;

/** Measured areas of the scenario first (`measured` of them), then the layout's other sections, which only the risk map shows. */
export function measuredAreas(layout: Layout, scenario: Scenario): { areas: MeasuredArea[]; measured: number } {
  const ruled = scenario.warnings.filter((r) => r.place !== SITE && r.scheme !== "flow" && r.scheme !== "queue");
  const names = new Set([...scenario.measure.sections, ...ruled.map((rule) => rule.place)]);
  const own = [...names].flatMap((name) => measuredArea(layout, scenario, name) ?? []);
  const others = layout.sections
    .filter((section) => !names.has(section.id) && !names.has(section.name))
    .map((section) => areaOn(layout, { place: section.name || section.id, level: section.level, polygons: section.polygons }));
  return { areas: [...own, ...others], measured: own.length };
}

/** The area of a name; null where the name is a line or an opening. Flights are measured on their own sheet, all else on the floor. */
function measuredArea(layout: Layout, scenario: Scenario, name: string): MeasuredArea | null {
  const place = findPlace(scenario, layout, name);
  if (place.kind !== "area") return null;
  return areaOn(layout, { place: name, level: place.level, polygons: place.polygons });
}

/**
 * Floor of an area: that of its level; where it has none there, that of the flights it lies on which begin or end on the level
 * (an outline of stairs, whatever its name).
 */
export function areaOn(layout: Layout, area: { place: string; level: string; polygons: readonly Polygon[] }): MeasuredArea {
  const floor = (sheets: readonly number[]): number =>
    sheets.reduce((sum, s) => sum + polygonsArea(intersection(area.polygons, layout.sheets[s]!.regions)), 0);
  const floors = sheetsOf(layout, (sheet) => sheet.kind === "floor" && sheet.level === area.level);
  const area_m2 = floor(floors);
  if (area_m2 > 1e-6) return { ...area, sheets: floors, area_m2 };
  const flights = flightsOf(layout, area.level).filter((s) => floor([s]) > 1e-6);
  return { ...area, sheets: flights, area_m2: floor(flights) };
}

/** The line of a name; null where the name is an area. */
export function measuredLine(layout: Layout, scenario: Scenario, name: string): MeasuredLine | null {
  const place = findPlace(scenario, layout, name);
  if (place.kind === "area") return null;
  const { level } = place;
  const line = place.kind === "line" ? place.line : place.opening.line;
  const middle = [(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2] as const;
  const isAt = (polygon: Polygon): boolean =>
    inPolygons([polygon], middle[0], middle[1]) ||
    polygon.outer.some((p, k) => distanceToSegment(middle, p, polygon.outer[(k + 1) % polygon.outer.length]!) < AT_FLIGHT);
  const flights = flightsOf(layout, level).filter((s) => layout.sheets[s]!.regions.some(isAt));
  const sheets = [...sheetsOf(layout, (sheet) => sheet.kind === "floor" && sheet.level === level), ...flights];
  const length = distance(line[0], line[1]);
  if (place.kind === "line") return { place: name, kind: "line", level, line, width_m: length, sheets };
  const { opening } = place;
  return { place: name, kind: opening.exit ? "exit" : "opening", level, line, width_m: opening.width, sheets };
}

function sheetsOf(layout: Layout, passes: (sheet: Layout["sheets"][number]) => boolean): number[] {
  return layout.sheets.flatMap((sheet, s) => (passes(sheet) ? [s] : []));
}

/** Sheets of the flights that begin or end on a level, and of the cars of lifts at it. */
function flightsOf(layout: Layout, level: string): number[] {
  const joined = layout.connections.filter((c) => c.lower.level === level || c.upper.level === level).map((c) => c.id);
  return sheetsOf(
    layout,
    (sheet) =>
      (sheet.kind === "lift" && sheet.level === level) || (sheet.connection !== null && joined.includes(sheet.connection)),
  );
}
