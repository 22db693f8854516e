/**
 * Whether a sign is seen through smoke: not by the smoke at one's head but by that along the whole line of sight. The mean extinction along
 * the ray gives S = C cos(alpha) / sigma, and the sign is seen where S is at least its distance (waypoint method: Schröder, Arnold and
 * Seyfried, A map representation of the ASET-RSET concept, Fire Safety Journal 115, 2020; program fdsvismap). Jin's factor C is 3 for signs that
 * reflect light and 8 for those that give light (range 5 to 10; Jin 1997).
 */
import { crosses } from "../../geometry/plane.js";
import { type Air, ambientAir, type SmokeField } from "./field.js";

export const SIGN_REFLECTING = 3;
export const SIGN_LUMINOUS = 8;

export interface Sign {
  readonly name: string;
  /** Index into layout.sheets; it is seen on this sheet only. */
  readonly sheet: number;
  readonly x_m: number;
  readonly y_m: number;
  /** Above the sheet's floor, m. */
  readonly height_m: number;
  /** Unit vector in plan out of its face; null for a sign that looks the same from everywhere. */
  readonly facing: readonly [number, number] | null;
  /** Jin's factor C. */
  readonly factor: number;
  /** Greatest distance at which it is read in clear air, m (EN 1838: its height times 100, or 200 if lit from within); Infinity where it is not known. */
  readonly reach_m: number;
}

export interface Eye {
  readonly sheet: number;
  readonly x_m: number;
  readonly y_m: number;
  /** Above the floor, m. */
  readonly height_m: number;
}

/** Along a ray the air is looked at this far apart at most, m: a quarter of a usual room's layer of smoke. */
const STEP = 0.25;
const air: Air = ambientAir();

/**
 * Mean extinction along the straight line from eye to sign, 1/m: the middle of pieces of at most 0.25 m. Heights are above the floor at each end.
 * Where the field does not reach the height of the line (a slice at head height), that at the height of the eye counts.
 */
export function meanExtinction(
  field: SmokeField,
  time_s: number,
  eye: Eye,
  sign: Pick<Sign, "x_m" | "y_m" | "height_m">,
): number {
  const dx = sign.x_m - eye.x_m;
  const dy = sign.y_m - eye.y_m;
  const dz = sign.height_m - eye.height_m;
  const pieces = Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy + dz * dz) / STEP));
  let sum = 0;
  for (let k = 0; k < pieces; k++) {
    const share = (k + 0.5) / pieces;
    const [x, y] = [eye.x_m + share * dx, eye.y_m + share * dy];
    if (!field.sample(time_s, eye.sheet, x, y, eye.height_m + share * dz, air))
      field.sample(time_s, eye.sheet, x, y, eye.height_m, air);
    sum += air.extinction_1_m;
  }
  return sum / pieces;
}

export interface Sight {
  readonly distance_m: number;
  /** Of the angle between the sign's face and the line of sight; 1 straight before it, 0 or less from the side and from behind. */
  readonly cosine: number;
  readonly extinction_1_m: number;
  /** C cos(alpha) / sigma, m, at most the sign's reach times cos(alpha); 0 from the side and from behind. */
  readonly visibility_m: number;
  readonly blocked: boolean;
  readonly seen: boolean;
}

/**
 * @param walls 4 per segment [ax, ay, bx, by, ...]: walls of the sheet and whatever is shut; they block at every height
 */
export function sightOf(field: SmokeField, time_s: number, eye: Eye, sign: Sign, walls: Float64Array): Sight {
  const dx = sign.x_m - eye.x_m;
  const dy = sign.y_m - eye.y_m;
  const dz = sign.height_m - eye.height_m;
  const distance_m = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const cosine = sign.facing === null || distance_m === 0 ? 1 : -(dx * sign.facing[0] + dy * sign.facing[1]) / distance_m;
  const blocked = eye.sheet !== sign.sheet || isBlocked(eye.x_m, eye.y_m, sign.x_m, sign.y_m, walls);
  if (blocked || cosine <= 0) return { distance_m, cosine, extinction_1_m: Number.NaN, visibility_m: 0, blocked, seen: false };
  const extinction_1_m = meanExtinction(field, time_s, eye, sign);
  const through = extinction_1_m > 0 ? (sign.factor * cosine) / extinction_1_m : Infinity;
  const visibility_m = Math.min(through, sign.reach_m * cosine);
  return { distance_m, cosine, extinction_1_m, visibility_m, blocked, seen: visibility_m >= distance_m };
}

/** A sign hangs on a wall: the last centimetre before it is left out, so that its own wall does not hide it. */
const ON_WALL = 0.01;

function isBlocked(ax: number, ay: number, bx: number, by: number, walls: Float64Array): boolean {
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  if (length <= ON_WALL) return false;
  const ex = bx - ((bx - ax) * ON_WALL) / length;
  const ey = by - ((by - ay) * ON_WALL) / length;
  for (let w = 0; w < walls.length; w += 4)
    if (crosses(ax, ay, ex, ey, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!)) return true;
  return false;
}
