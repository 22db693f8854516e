/**
 * The cells in which density is measured, for all sheets in one flat numbering. Cells lie on one lattice (multiples of the cell edge
 * from the local zero), so that sheets, runs and the coarser risk cells fit each other.
 */
import { boxOf, joinBoxes, type Polygon } from "../geometry/polygon.js";
import type { Layout } from "../layout/layout.js";
import { coverage, type Grid } from "./coverage.js";

/** More cells than this are not kept: the edge doubles until they fit, and the map says its edge. */
export const MOST_CELLS = 400_000;
/** A cell with less floor than this share of its square is measured together with a neighbour: 0.05 m2 would make one person 20 per m2. */
const SLIVER = 0.5;

export interface SheetCells extends Grid {
  /** Index into `Layout.sheets`. */
  readonly sheet: number;
  /** Number of its first cell. */
  readonly first: number;
}

export interface Cells {
  /** Edge, m. */
  readonly cell: number;
  readonly count: number;
  /** By index into `Layout.sheets`. */
  readonly sheets: readonly SheetCells[];
  /** Floor in each cell, m2. */
  readonly area: Float32Array;
  /** The cell that measures for this one: itself, or for slivers and cells without floor a neighbour; -1 where no floor is near. */
  readonly owner: Int32Array;
  /** Floor of all cells that an owner measures for, m2. */
  readonly pooled: Float32Array;
}

/** @param cell_m wanted edge, m */
export function buildCells(layout: Pick<Layout, "sheets">, cell_m: number): Cells {
  let cell = cell_m;
  let grids = layout.sheets.map(({ regions }) => gridAround(regions, cell));
  const size = (): number => grids.reduce((sum, { nx, ny }) => sum + nx * ny, 0);
  while (size() > MOST_CELLS) {
    cell *= 2;
    grids = layout.sheets.map(({ regions }) => gridAround(regions, cell));
  }
  let first = 0;
  const sheets = grids.map((grid, sheet): SheetCells => {
    const numbered = { ...grid, sheet, first };
    first += grid.nx * grid.ny;
    return numbered;
  });
  const area = new Float32Array(first);
  for (const sheet of sheets) area.set(coverage(layout.sheets[sheet.sheet]!.regions, sheet), sheet.first);
  const owner = new Int32Array(first);
  for (const sheet of sheets) poolSlivers(sheet, cell, area, owner);
  const pooled = new Float32Array(first);
  for (let k = 0; k < first; k++) if (owner[k]! >= 0) pooled[owner[k]!]! += area[k]!;
  return { cell, count: first, sheets, area, owner, pooled };
}

/** The lattice cells around polygons; one cell where there are none. */
export function gridAround(polygons: readonly Polygon[], cell: number): Grid {
  const [ax, ay, bx, by] = joinBoxes(polygons.map(({ outer }) => boxOf(outer)));
  if (!(ax <= bx)) return { x0: 0, y0: 0, cell, nx: 1, ny: 1 };
  const i = Math.floor(ax / cell);
  const j = Math.floor(ay / cell);
  return {
    x0: i * cell,
    y0: j * cell,
    cell,
    nx: Math.max(1, Math.ceil(bx / cell) - i),
    ny: Math.max(1, Math.ceil(by / cell) - j),
  };
}

/** Number of the cell that holds (x, y) on a sheet; positions outside the grid count to the nearest border cell. */
export function cellAt(grid: SheetCells, x: number, y: number): number {
  let i = Math.floor((x - grid.x0) / grid.cell);
  let j = Math.floor((y - grid.y0) / grid.cell);
  i = i < 0 ? 0 : i >= grid.nx ? grid.nx - 1 : i;
  j = j < 0 ? 0 : j >= grid.ny ? grid.ny - 1 : j;
  return grid.first + j * grid.nx + i;
}

/**
 * Joins each cell with too little floor to the neighbour (of eight) with the most, smallest first, so that areas add up and every
 * person is counted in a cell with floor. A piece of floor that is small as a whole stays one cell of its true area.
 */
function poolSlivers(grid: SheetCells, cell: number, area: Float32Array, owner: Int32Array): void {
  const { nx, ny, first } = grid;
  const parent = (k: number): number => {
    while (owner[k]! !== k) k = owner[k]!;
    return k;
  };
  const sum = new Float64Array(nx * ny);
  const small: number[] = [];
  for (let k = first; k < first + nx * ny; k++) {
    owner[k] = k;
    sum[k - first] = area[k]!;
    if (area[k]! > 0 && area[k]! < SLIVER * cell * cell) small.push(k);
  }
  small.sort((a, b) => area[a]! - area[b]! || a - b);
  for (const k of small) {
    const root = parent(k);
    if (sum[root - first]! >= SLIVER * cell * cell) continue;
    const best = bestNeighbour(grid, k, area, (n) => parent(n) !== root);
    if (best < 0) continue;
    const into = parent(best);
    sum[into - first]! += sum[root - first]!;
    owner[root] = into;
  }
  const none: number[] = [];
  for (let k = first; k < first + nx * ny; k++) {
    if (area[k]! > 0) owner[k] = parent(k);
    else none.push(k);
  }
  // Positions are rounded to 32 bits, so a person at a wall may lie a hair outside the floor.
  const found = none.map((k) => bestNeighbour(grid, k, area, () => true));
  none.forEach((k, n) => {
    owner[k] = found[n]! < 0 ? -1 : owner[found[n]!]!;
  });
}

/** Neighbours across an edge come before those across a corner. */
const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** The neighbour with the most floor that passes, the first one at equal floor; -1 where none has floor. */
function bestNeighbour(grid: SheetCells, k: number, area: Float32Array, passes: (n: number) => boolean): number {
  const i = (k - grid.first) % grid.nx;
  const j = Math.floor((k - grid.first) / grid.nx);
  let best = -1;
  for (const [di, dj] of AROUND) {
    const [ni, nj] = [i + di, j + dj];
    if (ni < 0 || nj < 0 || ni >= grid.nx || nj >= grid.ny) continue;
    const n = grid.first + nj * grid.nx + ni;
    if (area[n]! > 0 && (best < 0 || area[n]! > area[best]!) && passes(n)) best = n;
  }
  return best;
}
