/** How much of a flame a point sees past walls and through smoke. */
import { exp } from "../../maths.js";
import type { Barriers } from "./barriers.js";
import type { Flame } from "./flame.js";

/** Places in the flame: share of the way to its tip, and aside in diameters. The first is the middle of its base. */
const PLACES = [
  [0, 0],
  [1 / 3, 0],
  [0.8, 0],
  [1 / 3, 0.4],
  [1 / 3, -0.4],
] as const;

/**
 * Mean over five places in the flame of what walls let through to a point, 0 to 1. Places that the middle of the base does not see are left
 * out: flames do not reach through the wall that their item stands at, so that nothing gets through a wall without openings.
 */
export function shareSeen(barriers: Barriers, sheet: number, flame: Flame, x: number, y: number, z: number): number {
  const dx = flame.x - x;
  const dy = flame.y - y;
  const across = Math.sqrt(dx * dx + dy * dy);
  const reach = 0.4 * flame.diameter;
  const [tipX, tipY] = [flame.x + 0.8 * flame.tipX, flame.y + 0.8 * flame.tipY];
  const near = barriers.choose(
    sheet,
    Math.min(x, flame.x, tipX) - reach,
    Math.min(y, flame.y, tipY) - reach,
    Math.max(x, flame.x, tipX) + reach,
    Math.max(y, flame.y, tipY) + reach,
  );
  if (near === 0) return 1;
  let [sum, count] = [0, 0];
  for (const [up, side] of PLACES) {
    const aside = across > 0 ? (side * flame.diameter) / across : 0;
    const px = flame.x + flame.tipX * up - dy * aside;
    const py = flame.y + flame.tipY * up + dx * aside;
    const pz = flame.base + flame.tipZ * up;
    if (count > 0 && barriers.throughChosen(flame.x, flame.y, flame.base, px, py, pz) === 0) continue;
    sum += barriers.throughChosen(px, py, pz, x, y, z);
    count++;
  }
  return sum / count;
}

/** Two layers of smoke in a compartment, as the zone model has them. */
export interface SmokeLayers {
  /** Above the floor, m. */
  readonly interface_m: number;
  /** Absorption coefficients of the layers, 1/m. */
  readonly upper_1_m: number;
  readonly lower_1_m: number;
}

/**
 * Share of radiation that two layers let through along a straight way between two heights: exp(-(κu Lu + κl Ll)) (Beer and Lambert).
 * @param path_m length of the way @param a height of its one end above the floor, m @param b of the other
 */
export function throughLayers({ interface_m, upper_1_m, lower_1_m }: SmokeLayers, path_m: number, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  const above = low >= interface_m ? 1 : high <= interface_m ? 0 : (high - interface_m) / (high - low);
  return exp(-path_m * (above * upper_1_m + (1 - above) * lower_1_m));
}
