/**
 * What a small surface in a box-shaped room sees: its configuration factors to ceiling, four upper walls, four lower walls and floor,
 * and how far each of them is on average.
 */
import { atan2 } from "../../maths.js";
import { CEILING, FLOOR, LOWER_WALL, UPPER_WALL } from "./room.js";

/** Faces: ceiling, upper walls (4), lower walls (4), floor. */
export const FACES = 10;
/** Which of the room's four surfaces a face belongs to. */
export const SURFACE_OF = [
  CEILING,
  UPPER_WALL,
  UPPER_WALL,
  UPPER_WALL,
  UPPER_WALL,
  LOWER_WALL,
  LOWER_WALL,
  LOWER_WALL,
  LOWER_WALL,
  FLOOR,
] as const;

/** Corners of the faces by number: 0-3 at the ceiling, 4-7 at the interface, 8-11 at the floor, each round the plan. */
const CORNERS = [
  [0, 1, 2, 3],
  [0, 1, 5, 4],
  [1, 2, 6, 5],
  [2, 3, 7, 6],
  [3, 0, 4, 7],
  [4, 5, 9, 8],
  [5, 6, 10, 9],
  [6, 7, 11, 10],
  [7, 4, 8, 11],
  [8, 9, 10, 11],
] as const;

/** Closer than this to the plane of a face, m, a surface does not see it. */
const FLAT = 1e-9;

/** Triangles that a face is cut into, from its middle to each edge: a path to each is better than one path for all. */
export const PIECES = 6;

export interface View {
  /** Configuration factor of each piece of each face from the front, then from the back; each side adds up to 1. */
  readonly factor: Float64Array;
  /** Middle of each piece relative to the target, m; 3 per piece. */
  readonly towards: Float64Array;
}

export const createView = (): View => ({
  factor: new Float64Array(2 * FACES * PIECES),
  towards: new Float64Array(6 * FACES * PIECES),
});

const corner = new Float64Array(12 * 3);
const above = new Float64Array(12);
/** A clipped face has at most 4 corners and 2 cuts; its middle comes last. */
const polygon = new Float64Array((PIECES + 1) * 3);
const MIDDLE = PIECES;

/**
 * Configuration factors by Lambert's contour formula, F = 1/(2 pi) |sum of angle_i n . (r_i x r_i+1)/|r_i x r_i+1|| over the edges of what
 * lies before the surface's plane (Hottel & Sarofim 1967; Howell, Catalog of Radiation Heat Transfer Configuration Factors, B).
 * A face in the surface's own plane is not seen. `at` may lie on a wall.
 */
export function lookRound(
  size: { width_m: number; depth_m: number; height_m: number },
  interface_m: number,
  at: readonly [number, number, number],
  normal: readonly [number, number, number],
  into: View,
): View {
  for (let k = 0; k < 12; k++) {
    const around = k & 3;
    const x = (around === 1 || around === 2 ? size.width_m : 0) - at[0];
    const y = (around >= 2 ? size.depth_m : 0) - at[1];
    const z = (k < 4 ? size.height_m : k < 8 ? interface_m : 0) - at[2];
    corner[3 * k] = x;
    corner[3 * k + 1] = y;
    corner[3 * k + 2] = z;
    above[k] = normal[0] * x + normal[1] * y + normal[2] * z;
  }
  const { factor, towards } = into;
  factor.fill(0);
  for (let side = 0; side < 2; side++) {
    const start = side * FACES * PIECES;
    for (let face = 0; face < FACES; face++) {
      const n = clip(CORNERS[face]!, side === 0 ? 1 : -1);
      if (n >= 3) pieces(n, normal, factor, towards, start + face * PIECES);
    }
    // The room is closed: what is missing is rounding and corners that touch the target.
    let sum = 0;
    for (let k = start; k < start + FACES * PIECES; k++) sum += factor[k]!;
    if (sum > 0) for (let k = start; k < start + FACES * PIECES; k++) factor[k]! /= sum;
  }
  return into;
}

/** Part of a face before the plane, into `polygon`; its number of corners, 0 where nothing is. */
function clip(face: readonly number[], sign: number): number {
  let n = 0;
  let most = 0;
  for (let k = 0; k < 4; k++) {
    const a = face[k]!;
    const b = face[(k + 1) & 3]!;
    const da = sign * above[a]!;
    const db = sign * above[b]!;
    if (da > most) most = da;
    if (da >= 0) push(n++, a, a, 0);
    if ((da < 0 && db > 0) || (da > 0 && db < 0)) push(n++, a, b, da / (da - db));
  }
  return most > FLAT ? n : 0;
}

function push(n: number, a: number, b: number, share: number): void {
  for (let axis = 0; axis < 3; axis++)
    polygon[3 * n + axis] = corner[3 * a + axis]! + share * (corner[3 * b + axis]! - corner[3 * a + axis]!);
}

/** Factors and middles of the triangles of the polygon's `n` corners. */
function pieces(
  n: number,
  normal: readonly [number, number, number],
  factor: Float64Array,
  towards: Float64Array,
  at: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += polygon[3 * k + axis]!;
    polygon[3 * MIDDLE + axis] = sum / n;
  }
  for (let k = 0; k < n; k++) {
    const next = k + 1 === n ? 0 : k + 1;
    const sum = edge(MIDDLE, k, normal) + edge(k, next, normal) + edge(next, MIDDLE, normal);
    factor[at + k] = Math.abs(sum) / (2 * Math.PI);
    for (let axis = 0; axis < 3; axis++)
      towards[3 * (at + k) + axis] = (polygon[3 * MIDDLE + axis]! + polygon[3 * k + axis]! + polygon[3 * next + axis]!) / 3;
  }
}

/** Angle of an edge as seen from the target times the share of its normal along the target's. */
function edge(from: number, to: number, normal: readonly [number, number, number]): number {
  const i = 3 * from;
  const j = 3 * to;
  const x = polygon[i + 1]! * polygon[j + 2]! - polygon[i + 2]! * polygon[j + 1]!;
  const y = polygon[i + 2]! * polygon[j]! - polygon[i]! * polygon[j + 2]!;
  const z = polygon[i]! * polygon[j + 1]! - polygon[i + 1]! * polygon[j]!;
  const cross = Math.sqrt(x * x + y * y + z * z);
  if (cross === 0) return 0;
  const dot = polygon[i]! * polygon[j]! + polygon[i + 1]! * polygon[j + 1]! + polygon[i + 2]! * polygon[j + 2]!;
  return (atan2(cross, dot) * (normal[0] * x + normal[1] * y + normal[2] * z)) / cross;
}
