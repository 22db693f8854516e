/** Cells of a density map as few large rectangles per class, so that a map of 40,000 cells stays a small picture. */
import type { Point, Polygon } from "../../layout/layout.js";
import type { DensityMap } from "../../measure/measures.js";

/** Rectangles that together cover the cells with `value >= limit`: rows joined to the right, then upwards. m. */
export function rectanglesFrom(map: Grid, values: ArrayLike<number>, limit: number): Polygon[] {
  const { nx, ny, cell_m } = map;
  const rectangles: Polygon[] = [];
  /** Open rectangles by "first-last" column, with the row they began in. */
  let open = new Map<string, { first: number; last: number; row: number }>();
  const close = (r: { first: number; last: number; row: number }, end: number): void => {
    const [ax, ay] = [map.x0 + r.first * cell_m, map.y0 + r.row * cell_m];
    const [bx, by] = [map.x0 + (r.last + 1) * cell_m, map.y0 + end * cell_m];
    const outer: Point[] = [
      [ax, ay],
      [bx, ay],
      [bx, by],
      [ax, by],
    ];
    rectangles.push({ outer, holes: [] });
  };
  for (let j = 0; j <= ny; j++) {
    const next = new Map<string, { first: number; last: number; row: number }>();
    for (let i = 0; j < ny && i < nx; i++) {
      if (!(values[j * nx + i]! >= limit)) continue;
      const first = i;
      while (i + 1 < nx && values[j * nx + i + 1]! >= limit) i++;
      const key = `${first}-${i}`;
      next.set(key, open.get(key) ?? { first, last: i, row: j });
    }
    for (const [key, r] of open) if (!next.has(key)) close(r, j);
    open = next;
  }
  return rectangles;
}

export type Grid = Pick<DensityMap, "x0" | "y0" | "cell_m" | "nx" | "ny">;

/**
 * Cells joined `by` × `by` for a plan on which single cells would be specks: the largest value of the group, or its mean weighted by
 * floor area. Cells without floor (NaN) count for nothing; a group of them stays NaN.
 */
export function joinCells(
  map: Grid & Pick<DensityMap, "area">,
  values: ArrayLike<number>,
  options: { by: number; how: "largest" | "mean" },
): { grid: Grid; values: Float32Array } {
  const { by, how } = options;
  const nx = Math.ceil(map.nx / by);
  const ny = Math.ceil(map.ny / by);
  const joined = new Float32Array(nx * ny).fill(Number.NaN);
  const weight = new Float64Array(nx * ny);
  const sum = new Float64Array(nx * ny);
  for (let j = 0; j < map.ny; j++)
    for (let i = 0; i < map.nx; i++) {
      const value = values[j * map.nx + i]!;
      if (!(value >= 0)) continue;
      const k = Math.floor(j / by) * nx + Math.floor(i / by);
      sum[k]! += value * map.area[j * map.nx + i]!;
      weight[k]! += map.area[j * map.nx + i]!;
      if (!(joined[k]! >= value)) joined[k] = value;
    }
  if (how === "mean") for (let k = 0; k < joined.length; k++) joined[k] = weight[k]! > 0 ? sum[k]! / weight[k]! : Number.NaN;
  return { grid: { x0: map.x0, y0: map.y0, cell_m: map.cell_m * by, nx, ny }, values: joined };
}
