/**
 * Crowd pressure P = density times variance of velocity, 1/s2 (D. Helbing, A. Johansson, H. Z. Al-Abideen 2007, PRE 75:046109;
 * formula and the threshold of 0.02 at second hand, the kernel of the paper not seen: unverified).
 *
 * The measure is local: over a whole section two streams that pass each other would look like turbulence. So it is taken in blocks
 * of 2 m (as wide as a disc of radius 1.1 m) that hold at least 2 persons/m2 on at least 1 m2 of floor; below that a crowd flows
 * freely and the scatter of its velocities is no pressure. A section's value is the mean over the people in such blocks.
 */
import type { Polygon } from "../geometry/polygon.js";
import { gridAround } from "./cells.js";
import { coverage } from "./coverage.js";

const BLOCK = 2;
const LEAST_DENSITY = 2;
const LEAST_FLOOR = 1;
const MOST_BLOCKS = 200_000;

export interface PressureField {
  /** Forgets the last frame. */
  clear(): void;
  /** Adds a person on a sheet (index into `Layout.sheets`) with velocity, m/s; returns the number of the block. */
  add(sheet: number, x: number, y: number, vx: number, vy: number): number;
  /** Pressure in a block, 1/s2, or -1 where too few people stand for one. */
  at(block: number): number;
}

export function createPressure(layout: { readonly sheets: readonly { readonly regions: readonly Polygon[] }[] }): PressureField {
  let edge = BLOCK;
  let grids = layout.sheets.map(({ regions }) => gridAround(regions, edge));
  while (grids.reduce((sum, { nx, ny }) => sum + nx * ny, 0) > MOST_BLOCKS) {
    edge *= 2;
    grids = layout.sheets.map(({ regions }) => gridAround(regions, edge));
  }
  const first: number[] = [];
  let total = 0;
  for (const { nx, ny } of grids) {
    first.push(total);
    total += nx * ny;
  }
  const floor = new Float32Array(total);
  grids.forEach((grid, s) => {
    floor.set(coverage(layout.sheets[s]!.regions, grid), first[s]!);
  });
  const count = new Int32Array(total);
  // 3 per block: sums of vx, vy and v2.
  const sums = new Float64Array(3 * total);
  const used = new Int32Array(total);
  let usedCount = 0;
  return {
    clear() {
      for (let k = 0; k < usedCount; k++) {
        const block = used[k]!;
        count[block] = 0;
        sums[3 * block] = 0;
        sums[3 * block + 1] = 0;
        sums[3 * block + 2] = 0;
      }
      usedCount = 0;
    },
    add(sheet, x, y, vx, vy) {
      const grid = grids[sheet]!;
      let i = Math.floor((x - grid.x0) / edge);
      let j = Math.floor((y - grid.y0) / edge);
      i = i < 0 ? 0 : i >= grid.nx ? grid.nx - 1 : i;
      j = j < 0 ? 0 : j >= grid.ny ? grid.ny - 1 : j;
      const block = first[sheet]! + j * grid.nx + i;
      if (count[block]!++ === 0) used[usedCount++] = block;
      sums[3 * block]! += vx;
      sums[3 * block + 1]! += vy;
      sums[3 * block + 2]! += vx * vx + vy * vy;
      return block;
    },
    at(block) {
      const n = count[block]!;
      const area = floor[block]!;
      if (n < 2 || area < LEAST_FLOOR || n < LEAST_DENSITY * area) return -1;
      const vx = sums[3 * block]! / n;
      const vy = sums[3 * block + 1]! / n;
      // Unbiased: eight people are few.
      const variance = (sums[3 * block + 2]! - n * (vx * vx + vy * vy)) / (n - 1);
      return (n / area) * Math.max(0, variance);
    },
  };
}
