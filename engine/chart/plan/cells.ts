/** Cells of a density map as few large rectangles per class, so that a map of 40,000 cells stays a small picture. */
import type { Point, Polygon } from "../../layout/layout.js";
import type { DensityMap } from "../../measure/measures.js";

/** Rectangles that together cover the cells with `value >= limit`: rows joined to the right, then upwards. m. */
export function rectanglesFrom(
  map: Pick<DensityMap, "x0" | "y0" | "cell_m" | "nx" | "ny">,
  values: ArrayLike<number>,
  limit: number,
): Polygon[] {
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
