import { atan, log } from "../../maths.js";

const INTERVALS = 256;

/** View factor between two equal parallel rectangles a distance apart, tabled over distances 0 to `height_m`. */
export interface ViewTable {
  readonly height_m: number;
  readonly values: Float64Array;
}

/** Table for rectangles width x depth, linear between 257 distances (error below 1e-5 for rooms as wide as high). */
export function createViewTable(width_m: number, depth_m: number, height_m: number): ViewTable {
  const values = new Float64Array(INTERVALS + 2);
  values[0] = 1;
  for (let k = 1; k <= INTERVALS; k++) values[k] = parallelRectangles(width_m, depth_m, (height_m * k) / INTERVALS);
  values[INTERVALS + 1] = values[INTERVALS]!;
  return { height_m, values };
}

export function viewAt(table: ViewTable, distance_m: number): number {
  const x = (distance_m / table.height_m) * INTERVALS;
  const k = x <= 0 ? 0 : x >= INTERVALS ? INTERVALS : x | 0;
  const low = table.values[k]!;
  return low + (table.values[k + 1]! - low) * (x - k);
}

/** View factor between aligned equal rectangles (Howell, A Catalog of Radiation Heat Transfer Configuration Factors, C-11). */
export function parallelRectangles(width_m: number, depth_m: number, distance_m: number): number {
  const x = width_m / distance_m;
  const y = depth_m / distance_m;
  const x1 = Math.sqrt(1 + x * x);
  const y1 = Math.sqrt(1 + y * y);
  const sum =
    0.5 * log(((1 + x * x) * (1 + y * y)) / (1 + x * x + y * y)) +
    x * y1 * atan(x / y1) +
    y * x1 * atan(y / x1) -
    x * atan(x) -
    y * atan(y);
  return (2 / (Math.PI * x * y)) * sum;
}

/** Solid angle of a rectangle seen from a point at `distance_m` from its plane; the foot of the point lies inside, `left`, `right`, ... from its edges, sr. */
export function solidAngle(left: number, right: number, front: number, back: number, distance_m: number): number {
  const d = Math.max(distance_m, 1e-3);
  return corner(left, front, d) + corner(left, back, d) + corner(right, front, d) + corner(right, back, d);
}

const corner = (a: number, b: number, d: number): number => atan((a * b) / (d * Math.sqrt(a * a + b * b + d * d)));
