/** Maps over the plan: visibility where one stands, which signs are seen from where, and when the last of them is lost. */
import { boxOf, inPolygons } from "../../geometry/polygon.js";
import type { Sheet } from "../../layout/layout.js";
import { type Air, ambientAir, type SmokeField } from "./field.js";
import { type Sign, sightOf } from "./signs.js";

/** Squares over a sheet; row 0 is the southern edge. Values are those of the middle of a square; NaN where that is no floor. */
export interface PlanGrid {
  readonly x0: number;
  readonly y0: number;
  readonly cell_m: number;
  readonly nx: number;
  readonly ny: number;
}

/** Squares of one map at most. */
const MOST_CELLS = 1_000_000;

/** Squares that cover a sheet; larger ones than asked for where there would be more than a million. */
export function planGrid(sheet: Pick<Sheet, "regions">, cell_m: number): PlanGrid {
  const [x0, y0, x1, y1] = boxOf(sheet.regions.flatMap(({ outer }) => outer));
  const least = Math.sqrt(((x1 - x0) * (y1 - y0)) / MOST_CELLS);
  const cell = Math.max(cell_m, least * 1.01);
  return { x0, y0, cell_m: cell, nx: Math.max(1, Math.ceil((x1 - x0) / cell)), ny: Math.max(1, Math.ceil((y1 - y0) / cell)) };
}

/** `of` each square whose middle is floor. */
function fill(grid: PlanGrid, sheet: Pick<Sheet, "regions">, of: (x: number, y: number) => number): Float32Array {
  const values = new Float32Array(grid.nx * grid.ny).fill(Number.NaN);
  for (let j = 0; j < grid.ny; j++)
    for (let i = 0; i < grid.nx; i++) {
      const x = grid.x0 + (i + 0.5) * grid.cell_m;
      const y = grid.y0 + (j + 0.5) * grid.cell_m;
      if (inPolygons(sheet.regions, x, y)) values[i + grid.nx * j] = of(x, y);
    }
  return values;
}

export interface MapOptions {
  readonly field: SmokeField;
  readonly time_s: number;
  /** Index into layout.sheets, and the sheet itself. */
  readonly index: number;
  readonly sheet: Pick<Sheet, "regions" | "walls">;
  readonly grid: PlanGrid;
  /** Of eyes above the floor, m. */
  readonly height_m: number;
}

/** Visibility S = C / extinction of the air at eye height, m, at most `greatest_m` (30 as in FDS). */
export function visibilityMap(
  { field, time_s, index, sheet, grid, height_m }: MapOptions,
  { factor = 3, greatest_m = 30 } = {},
): Float32Array {
  const air: Air = ambientAir();
  return fill(grid, sheet, (x, y) => {
    field.sample(time_s, index, x, y, height_m, air);
    return air.extinction_1_m * greatest_m <= factor ? greatest_m : factor / air.extinction_1_m;
  });
}

/** Number of the signs that are seen from each square. @param walls beside those of the sheet, such as shut doors; 4 per segment */
export function signMap(
  { field, time_s, index, sheet, grid, height_m }: MapOptions,
  signs: readonly Sign[],
  walls = sheet.walls,
): Float32Array {
  const here = signs.filter((sign) => sign.sheet === index);
  return fill(grid, sheet, (x_m, y_m) => {
    let seen = 0;
    for (const sign of here) if (sightOf(field, time_s, { sheet: index, x_m, y_m, height_m }, sign, walls).seen) seen++;
    return seen;
  });
}

/**
 * First of the given times from which on no sign is seen from a square, s: Infinity where one is still seen at the last time, -Infinity where none
 * is seen at any. A sign that comes back into view has not been lost.
 */
export function signLossMap(
  options: Omit<MapOptions, "time_s"> & { readonly times_s: readonly number[] },
  signs: readonly Sign[],
  walls = options.sheet.walls,
): Float32Array {
  const { index, sheet, grid, times_s } = options;
  const lost = fill(grid, sheet, () => -Infinity);
  times_s.forEach((time_s, k) => {
    const seen = signMap({ ...options, index, sheet, grid, time_s }, signs, walls);
    for (let c = 0; c < seen.length; c++) if (seen[c]! > 0) lost[c] = times_s[k + 1] ?? Infinity;
  });
  return lost;
}
