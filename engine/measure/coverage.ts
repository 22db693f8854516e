/** Exact area of polygons in each cell of a grid: Green's theorem edge by edge, no clipping of polygons. */
import { type Polygon, type Ring, ringsOf } from "../geometry/polygon.js";

/** Cells in rows from the south: cell (i, j) has the lower left corner (x0 + i cell, y0 + j cell), index j nx + i. Lengths in m. */
export interface Grid {
  readonly x0: number;
  readonly y0: number;
  readonly cell: number;
  readonly nx: number;
  readonly ny: number;
}

/**
 * Area of the polygons inside each cell, m2. Outer rings counterclockwise, holes clockwise; overlapping polygons count twice.
 * For a cell with left edge L the area is the integral of clamp(x - L, 0, cell) dy along all edges inside the cell's row:
 * an edge fills every cell on its left by its height, and the cell it runs through by its mean distance from the cell's left edge.
 */
export function coverage(polygons: readonly Polygon[], grid: Grid): Float64Array {
  const { nx, ny, cell } = grid;
  const partial = new Float64Array(nx * ny);
  // Height that fills this cell and all cells left of it in its row; summed from the right at the end.
  const filled = new Float64Array(nx * ny);
  for (const ring of ringsOf(polygons)) addRing(ring, grid, partial, filled);
  for (let j = 0; j < ny; j++) {
    let height = 0;
    for (let i = nx - 1; i >= 0; i--) {
      const k = j * nx + i;
      height += filled[k]!;
      // Rounding leaves cells outside at 1e-16 instead of 0.
      const share = partial[k]! + height;
      partial[k] = share < 1e-9 ? 0 : Math.min(1, share) * cell * cell;
    }
  }
  return partial;
}

function addRing(ring: Ring, grid: Grid, partial: Float64Array, filled: Float64Array): void {
  for (let k = 0; k < ring.length; k++) {
    const [px, py] = ring[k]!;
    const [qx, qy] = ring[(k + 1) % ring.length]!;
    addEdge(
      (px - grid.x0) / grid.cell,
      (py - grid.y0) / grid.cell,
      (qx - grid.x0) / grid.cell,
      (qy - grid.y0) / grid.cell,
      grid,
      partial,
      filled,
    );
  }
}

/** One edge in units of cells, cut at the borders of rows. */
function addEdge(ax: number, ay: number, bx: number, by: number, grid: Grid, partial: Float64Array, filled: Float64Array): void {
  if (ay === by) return;
  const up = by > ay;
  const [lowX, lowY, highX, highY] = up ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const slope = (highX - lowX) / (highY - lowY);
  const first = Math.max(0, Math.floor(lowY));
  const last = Math.min(grid.ny - 1, Math.ceil(highY) - 1);
  for (let j = first; j <= last; j++) {
    const from = Math.max(lowY, j);
    const to = Math.min(highY, j + 1);
    if (to <= from) continue;
    const x1 = lowX + (from - lowY) * slope;
    const x2 = lowX + (to - lowY) * slope;
    addInRow(x1, x2, up ? to - from : from - to, j * grid.nx, grid.nx, partial, filled);
  }
}

/** A piece inside one row with signed height, cut at the borders of columns. */
function addInRow(
  x1: number,
  x2: number,
  height: number,
  row: number,
  nx: number,
  partial: Float64Array,
  filled: Float64Array,
): void {
  const low = Math.min(x1, x2);
  const high = Math.max(x1, x2);
  if (low >= nx) {
    filled[row + nx - 1]! += height;
    return;
  }
  if (high <= 0) return;
  const span = high - low;
  for (let i = Math.max(0, Math.floor(low)); i < nx; i++) {
    const from = Math.max(low, i);
    const to = Math.min(high, i + 1);
    const part = span === 0 ? height : (height * (to - from)) / span;
    partial[row + i]! += part * ((from + to) / 2 - i);
    if (i > 0) filled[row + i - 1]! += part;
    if (high <= i + 1) return;
  }
  filled[row + nx - 1]! += (height * (high - nx)) / span;
}
