/** Where in a layout the parts of a fire are. */
import { inPolygons, type Polygon, polygonsArea } from "../../geometry/polygon.js";
import type { Layout, Point, Unit } from "../../layout/layout.js";
import { localPoint, lookUp, onlyLevel } from "../places.js";
import type { Scenario } from "../scenario.js";
import type { Spot } from "./fire.js";

/** In local metres. */
export interface Located {
  readonly level: string;
  readonly x: number;
  readonly y: number;
  readonly unit: Unit;
}

/** The unit that holds a point; the smallest where several do. */
export function unitAt(layout: Pick<Layout, "units">, level: string, x: number, y: number): Unit | null {
  let found: Unit | null = null;
  for (const unit of layout.units)
    if (
      unit.level === level &&
      inPolygons(unit.polygons, x, y) &&
      (found === null || polygonsArea(unit.polygons) < polygonsArea(found.polygons))
    )
      found = unit;
  return found;
}

/** A spot in its unit, or what is wrong with it. */
export function locate(scenario: Pick<Scenario, "places">, layout: Layout, spot: Spot): Located | { problem: string } {
  if (typeof spot.at !== "string") {
    const level = spot.level ?? onlyLevel(layout);
    if (level === null) return { problem: `the layout has ${layout.levels.length} levels: say which one by "level"` };
    if (!layout.levels.some(({ id }) => id === level)) return { problem: `there is no level "${level}"` };
    const [x, y] = localPoint(layout, spot.at);
    return inUnit(layout, level, x, y, `(${spot.at[0]}, ${spot.at[1]})`);
  }
  const found = lookUp(scenario, layout, spot.at);
  if ("problem" in found) {
    const fixture = layout.fixtures.find(({ id }) => id === spot.at) ?? layout.fixtures.find(({ name }) => name === spot.at);
    if (!fixture) return found;
    const [x, y] = middleOf([fixture.polygon]);
    return inUnit(layout, fixture.level, x, y, `the middle of fixture "${spot.at}"`);
  }
  if (found.place.kind !== "area") return { problem: `"${spot.at}" is no area: name a unit, section or place, or give a point` };
  const [x, y] = middleOf(found.place.polygons);
  return inUnit(layout, found.place.level, x, y, `the middle of "${spot.at}"`);
}

function inUnit(layout: Layout, level: string, x: number, y: number, what: string): Located | { problem: string } {
  const unit = unitAt(layout, level, x, y);
  return unit ? { level, x, y, unit } : { problem: `${what} lies in no unit of level "${level}"` };
}

/** Centroid of the largest polygon; where that lies outside (an L or a ring), the middle of its widest stretch at that height. */
export function middleOf(polygons: readonly Polygon[]): Point {
  const largest = polygons.reduce((best, polygon) => (polygonsArea([polygon]) > polygonsArea([best]) ? polygon : best));
  const ring = largest.outer;
  let area = 0;
  let cx = 0;
  let cy = 0;
  for (let k = 0; k < ring.length; k++) {
    const [ax, ay] = ring[k]!;
    const [bx, by] = ring[(k + 1) % ring.length]!;
    const cross = ax * by - bx * ay;
    area += cross;
    cx += (ax + bx) * cross;
    cy += (ay + by) * cross;
  }
  const x = cx / (3 * area);
  const y = cy / (3 * area);
  if (inPolygons([largest], x, y)) return [x, y];
  return [widestMiddle(largest, y) ?? ring[0]![0], y];
}

function widestMiddle(polygon: Polygon, y: number): number | null {
  const cuts = [polygon.outer, ...polygon.holes]
    .flatMap((ring) =>
      ring.flatMap(([ax, ay], k) => {
        const [bx, by] = ring[(k + 1) % ring.length]!;
        return ay > y !== by > y ? [ax + ((y - ay) / (by - ay)) * (bx - ax)] : [];
      }),
    )
    .sort((a, b) => a - b);
  let middle: number | null = null;
  let widest = 0;
  for (let k = 0; k + 1 < cuts.length; k += 2) {
    const width = cuts[k + 1]! - cuts[k]!;
    if (width > widest) {
      widest = width;
      middle = (cuts[k]! + cuts[k + 1]!) / 2;
    }
  }
  return middle;
}
