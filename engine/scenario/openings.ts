/** Which way people may pass an opening that leads outside. */
import { inPolygons } from "../geometry/polygon.js";
import type { Layout, Opening } from "../layout/layout.js";

/** How far beside the line the floor is looked for, m: the nearest that shows it. */
const PROBES = [0.01, 0.05, 0.2, 0.5];

/**
 * Whether people may come in and go out by an opening on the outline. Both are true where the direction is "both", or where
 * the floor lies on both sides or on none, so that inside and outside cannot be told.
 */
export function wayThrough(layout: Layout, opening: Opening): { in: boolean; out: boolean } {
  const left = opening.direction === "both" ? null : floorIsLeft(layout, opening);
  if (left === null) return { in: true, out: true };
  // "forward" passes from left to right: outwards where the floor is left.
  const out = (opening.direction === "forward") === left;
  return { in: !out, out };
}

/** Whether the floor lies left of an opening's line; null where it lies on both sides or on none. */
export function floorIsLeft(layout: Layout, opening: Opening): boolean | null {
  const floors = layout.sheets.filter((sheet) => sheet.level === opening.level).map((sheet) => sheet.regions);
  return isLeft(opening, (x, y) => floors.some((regions) => inPolygons(regions, x, y)));
}

/** Whether a unit lies left of an opening's line; null where it is on neither side, or on both. */
export function unitIsLeft(layout: Layout, opening: Opening, unit: string | null): boolean | null {
  const polygons = layout.units.find((u) => u.id === unit)?.polygons;
  return polygons ? isLeft(opening, (x, y) => inPolygons(polygons, x, y)) : null;
}

function isLeft(opening: Opening, inside: (x: number, y: number) => boolean): boolean | null {
  const [[ax, ay], [bx, by]] = opening.line;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  if (!(length > 0)) return null;
  const onFloor = (reach: number): boolean => {
    const x = (ax + bx) / 2 - (reach * (by - ay)) / length;
    const y = (ay + by) / 2 + (reach * (bx - ax)) / length;
    return inside(x, y);
  };
  for (const reach of PROBES) {
    const [left, right] = [onFloor(reach), onFloor(-reach)];
    if (left !== right) return left;
  }
  return null;
}
