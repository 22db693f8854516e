/** A slice as numbers on a grid in space: where its values lie, which of them are inside solids, and interpolation between them. */

import type { SliceFile } from "./slice-file.js";
import type { FdsMesh, FdsSlice } from "./smv.js";

export interface SliceGrid {
  /** Axis across which the slice is one value thick; null for slices with depth. */
  readonly flat: 0 | 1 | 2 | null;
  /** Places of the values along each axis, m, rising; along `flat` one place. */
  readonly at: readonly [Float64Array, Float64Array, Float64Array];
  /** What the values stand for along each axis, m: from the first grid line or cell face to the last. */
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** Index in the file of the value at (0, 0, 0), and steps along the axes. */
  readonly first: number;
  readonly step: readonly [number, number, number];
  /** 1 where the value lies inside a solid; null where none does. Indexed as the file. */
  readonly solid: Uint8Array | null;
}

/**
 * Places of the values of a slice: grid lines for "node", centres of cells for "cell". Cell n lies between the lines n - 1 and n, so that
 * the first index along an axis is a cell outside the slice (at the edge of a mesh a dummy), which is left out, as by fdsreader.
 */
export function sliceGrid(mesh: FdsMesh, kind: FdsSlice["kind"], file: SliceFile): SliceGrid {
  const cells = kind === "cell";
  const lines = [mesh.x, mesh.y, mesh.z] as const;
  const skip = [0, 1, 2].map((axis) => (cells && file.shape[axis]! > 1 ? 1 : 0));
  const at = lines.map((line, axis) => {
    const low = file.bounds[2 * axis]! + skip[axis]!;
    const high = file.bounds[2 * axis + 1]!;
    return Float64Array.from({ length: high - low + 1 }, (_, k) => (cells ? centre(line, low + k) : line[low + k]!));
  }) as [Float64Array, Float64Array, Float64Array];
  const edge = (axis: number, index: number): number => lines[axis]![Math.min(Math.max(index, 0), lines[axis]!.length - 1)]!;
  const from = [0, 1, 2].map((a) => edge(a, file.bounds[2 * a]! + skip[a]! - (cells ? 1 : 0))) as [number, number, number];
  const to = [0, 1, 2].map((a) => edge(a, file.bounds[2 * a + 1]!)) as [number, number, number];
  const flat = [0, 1, 2].find((axis) => file.shape[axis] === 1);
  const step = [1, file.shape[0], file.shape[0] * file.shape[1]] as const;
  return {
    flat: flat === undefined ? null : (flat as 0 | 1 | 2),
    at,
    from,
    to,
    first: skip[0]! * step[0] + skip[1]! * step[1] + skip[2]! * step[2],
    step,
    solid: solids(mesh, cells, file),
  };
}

const centre = (line: Float64Array, cell: number): number =>
  cell === 0 ? line[0]! - (line[1]! - line[0]!) / 2 : (line[cell - 1]! + line[cell]!) / 2;

/** Cells of obstructions, and grid points with nothing but obstruction around them. */
function solids(mesh: FdsMesh, cells: boolean, { bounds, shape, values }: SliceFile): Uint8Array | null {
  const solid = new Uint8Array(values);
  const blocks = mesh.obstructions;
  // The outermost grid points of a solid belong to the air; within the mesh's own border there is no air beyond.
  const end = [mesh.x.length - 1, mesh.y.length - 1, mesh.z.length - 1];
  let any = false;
  for (let b = 0; b < blocks.length; b += 6) {
    const low = [0, 0, 0];
    const high = [0, 0, 0];
    for (let a = 0; a < 3; a++) {
      const [from, to] = [blocks[b + 2 * a]!, blocks[b + 2 * a + 1]!];
      low[a] = Math.max(cells ? from + 1 : from === 0 ? 0 : from + 1, bounds[2 * a]!) - bounds[2 * a]!;
      high[a] = Math.min(cells ? to : to === end[a] ? to : to - 1, bounds[2 * a + 1]!) - bounds[2 * a]!;
      if (from === to) high[a] = -1; // thin: no cells
    }
    for (let k = low[2]!; k <= high[2]!; k++)
      for (let j = low[1]!; j <= high[1]!; j++)
        for (let i = low[0]!; i <= high[0]!; i++) {
          solid[i + shape[0] * (j + shape[1] * k)] = 1;
          any = true;
        }
  }
  return any ? solid : null;
}

/** Index of the interval of `at` that holds `value`: at[i] <= value <= at[i + 1], clamped to the ends; 0 for a single place. */
export function interval(at: Float64Array, value: number): number {
  let low = 0;
  let high = at.length - 2;
  if (high <= 0 || value <= at[0]!) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Corners and weights of one place, made once and used for two frames. */
export interface Stencil {
  /** What it was made for. */
  grid: SliceGrid | null;
  x: number;
  y: number;
  z: number;
  n: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

export const makeStencil = (): Stencil => ({
  grid: null,
  x: 0,
  y: 0,
  z: 0,
  n: 0,
  index: new Int32Array(8),
  weight: new Float64Array(8),
});

/**
 * Weights of trilinear interpolation (bilinear across `flat`). Values inside solids take no part and the others share their weight;
 * n = 0 where all are inside. Between the outermost centre and the face of a cell slice the value of the centre holds.
 */
export function stencilAt(grid: SliceGrid, x: number, y: number, z: number, into: Stencil): void {
  if (into.grid === grid && into.x === x && into.y === y && into.z === z) return;
  into.grid = grid;
  into.x = x;
  into.y = y;
  into.z = z;
  const { at, step, solid } = grid;
  const i = interval(at[0], x);
  const j = interval(at[1], y);
  const k = interval(at[2], z);
  const u = share(at[0], i, x);
  const v = share(at[1], j, y);
  const w = share(at[2], k, z);
  let n = 0;
  let sum = 0;
  for (let c = 0; c < 8; c++) {
    const weight = (c & 1 ? u : 1 - u) * (c & 2 ? v : 1 - v) * (c & 4 ? w : 1 - w);
    if (weight === 0) continue;
    const index = grid.first + (i + (c & 1)) * step[0] + (j + ((c >> 1) & 1)) * step[1] + (k + (c >> 2)) * step[2];
    if (solid !== null && solid[index] === 1) continue;
    into.index[n] = index;
    into.weight[n] = weight;
    sum += weight;
    n++;
  }
  if (n > 0 && sum !== 1) for (let c = 0; c < n; c++) into.weight[c]! /= sum;
  into.n = n;
}

function share(at: Float64Array, i: number, value: number): number {
  if (at.length === 1) return 0;
  const low = at[i]!;
  const high = at[i + 1]!;
  return value <= low ? 0 : value >= high ? 1 : (value - low) / (high - low);
}
