/** Signs over the ways out of a layout, for plans that draw none. */
import { inPolygons } from "../../geometry/polygon.js";
import type { Layout, Opening } from "../../layout/layout.js";
import type { Sign } from "./signs.js";

/** How far on either side of an opening its inner side is looked for, m. */
const BESIDE = 0.3;

/**
 * One sign over each opening that leads outside, looking into the floor. @param height_m of its middle above the floor
 * @param factor Jin's C: 3 for signs that reflect light, 8 for those that give it
 * @param reach_m greatest distance at which it is read in clear air
 */
export function exitSigns(layout: Layout, { height_m = 2.2, factor = 3, reach_m = Infinity } = {}): Sign[] {
  return layout.openings.flatMap((opening): Sign[] => {
    if (!opening.exit) return [];
    const sheet = layout.sheets.findIndex(({ kind, level }) => kind === "floor" && level === opening.level);
    if (sheet < 0) return [];
    const [[ax, ay], [bx, by]] = opening.line;
    const facing = inward(layout, sheet, opening);
    return [
      { name: opening.name || opening.id, sheet, x_m: (ax + bx) / 2, y_m: (ay + by) / 2, height_m, facing, factor, reach_m },
    ];
  });
}

/** Unit vector across the opening into the floor; null where both sides or neither are floor: then it is read from everywhere. */
function inward(layout: Layout, sheet: number, { line: [[ax, ay], [bx, by]] }: Opening): readonly [number, number] | null {
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  if (length === 0) return null;
  const [nx, ny] = [-(by - ay) / length, (bx - ax) / length];
  const { regions } = layout.sheets[sheet]!;
  const floorAt = (side: 1 | -1): boolean =>
    inPolygons(regions, (ax + bx) / 2 + side * BESIDE * nx, (ay + by) / 2 + side * BESIDE * ny);
  const [left, right] = [floorAt(1), floorAt(-1)];
  return left === right ? null : left ? [nx, ny] : [-nx, -ny];
}
