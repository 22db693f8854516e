/** Who sees a fire over the floor of their level. */
import { inSight } from "../crowd/direction.js";
import type { Crowd } from "../crowd/state.js";
import { nodeAt } from "../world/world.js";

/** A fire that people may see. */
export interface Flame {
  /** Index of the sheet, and place, m. */
  readonly sheet: number;
  readonly x: number;
  readonly y: number;
  readonly hrr_W: number;
  /** Half the width of what burns, m. */
  readonly radius_m: number;
}

/** Farther than this a fire is not looked for, m; chosen. */
const FAR = 100;
/** A burning thing that is no floor is seen from the floor around it, up to this far from its middle, m. */
const AROUND = 6;
/** Of the flames, and of the places from which one is seen, those nearest to the person are tried. */
const TRIED = 2;

type Place = readonly [x: number, y: number];

/**
 * A function that tells whether the person in slot i sees one of the flames of at least `least_W`: of the two nearest ones on the sheet, past walls and
 * things, through open doors.
 * @param unit index of the unit at a place, -1: none
 */
export function createSight(
  crowd: Crowd,
  unit: (sheet: number, x_m: number, y_m: number) => number,
): (i: number, flames: readonly Flame[], least_W: number) => boolean {
  const found = new Map<string, readonly Place[]>();
  const viewsOf = (flame: Flame): readonly Place[] => {
    const key = `${flame.sheet} ${flame.x} ${flame.y}`;
    const views = found.get(key) ?? viewsAround(crowd, unit, flame);
    found.set(key, views);
    return views;
  };
  return (i, flames, least_W) => {
    const { sheet, x, y } = crowd.agents.now;
    const away2 = ([px, py]: Place): number => (px - x[i]!) * (px - x[i]!) + (py - y[i]!) * (py - y[i]!);
    const near: Flame[] = [];
    for (const flame of flames) {
      if (!(flame.hrr_W > 0 && flame.hrr_W >= least_W) || flame.sheet !== sheet[i] || away2([flame.x, flame.y]) > FAR * FAR)
        continue;
      near.push(flame);
      near.sort((a, b) => away2([a.x, a.y]) - away2([b.x, b.y]));
      if (near.length > TRIED) near.pop();
    }
    return near.some((flame) =>
      [...viewsOf(flame)]
        .sort((a, b) => away2(a) - away2(b))
        .slice(0, TRIED)
        .some(([px, py]) => inSight(crowd, i, px, py)),
    );
  };
}

/** Places of the floor from which one stands right before a flame: its own place, or in its unit those around the thing that burns. */
function viewsAround(
  { world }: Crowd,
  unit: (sheet: number, x_m: number, y_m: number) => number,
  { sheet, x, y }: Flame,
): Place[] {
  if (nodeAt(world, sheet, x, y) >= 0) return [[x, y]];
  const views: Place[] = [];
  for (const [dx, dy] of DIRECTIONS) {
    let d = world.cell;
    while (d <= AROUND && nodeAt(world, sheet, x + d * dx, y + d * dy) < 0) d += world.cell;
    const place: Place = [x + d * dx, y + d * dy];
    if (d <= AROUND && unit(sheet, ...place) === unit(sheet, x, y)) views.push(place);
  }
  return views;
}

/** To the sides and corners of a square. */
const DIRECTIONS: readonly Place[] = [
  [1, 0],
  [0.7, 0.7],
  [0, 1],
  [-0.7, 0.7],
  [-1, 0],
  [-0.7, -0.7],
  [0, -1],
  [0.7, -0.7],
];
