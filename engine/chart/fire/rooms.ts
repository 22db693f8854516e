/** Maps of fire end at walls: smoke of a room is not drawn into the next because a square lies across both. */
import type { FireMap } from "../../measure/fire/measures.js";

export interface FineMap {
  readonly grid: Pick<FireMap, "x0" | "y0" | "cell_m" | "nx" | "ny">;
  readonly values: Float32Array;
}

/**
 * Each square in `parts` × `parts` pieces. A piece takes the value of its square where the middle of both lies in one room, else that of the
 * nearest square beside it in its own room; where there is none, the worst of its square and those beside it (a room too small for the middle of any).
 * Pieces outside all rooms are painted over by the plan.
 */
export function finerMap(map: FireMap, values: Float32Array, parts: number, unitAt: (x: number, y: number) => number): FineMap {
  const { x0, y0, cell_m, nx, ny } = map;
  const rooms = Int32Array.from(values, (value, k) =>
    Number.isNaN(value) ? -2 : unitAt(x0 + ((k % nx) + 0.5) * cell_m, y0 + (Math.floor(k / nx) + 0.5) * cell_m),
  );
  const edge = cell_m / parts;
  const grid = { x0, y0, cell_m: edge, nx: nx * parts, ny: ny * parts };
  const fine = new Float32Array(grid.nx * grid.ny);
  for (let j = 0; j < grid.ny; j++)
    for (let i = 0; i < grid.nx; i++) {
      const room = unitAt(x0 + (i + 0.5) * edge, y0 + (j + 0.5) * edge);
      const k = Math.floor(i / parts) + nx * Math.floor(j / parts);
      fine[i + grid.nx * j] = rooms[k] === room ? values[k]! : borrowed({ nx, ny, parts }, rooms, values, { i, j, room });
    }
  return { grid, values: fine };
}

/** Value from the squares around the one in which piece (i, j) lies. */
function borrowed(
  { nx, ny, parts }: { nx: number; ny: number; parts: number },
  rooms: Int32Array,
  values: Float32Array,
  { i, j, room }: { i: number; j: number; room: number },
): number {
  const [ci, cj] = [Math.floor(i / parts), Math.floor(j / parts)];
  let nearest = Infinity;
  let own = Number.NaN;
  let worst = Number.NaN;
  for (let b = Math.max(0, cj - 1); b <= Math.min(ny - 1, cj + 1); b++)
    for (let a = Math.max(0, ci - 1); a <= Math.min(nx - 1, ci + 1); a++) {
      const value = values[a + nx * b]!;
      if (Number.isNaN(value)) continue;
      if (!(worst >= value)) worst = value;
      if (rooms[a + nx * b] !== room) continue;
      const [dx, dy] = [(i + 0.5) / parts - a - 0.5, (j + 0.5) / parts - b - 0.5];
      const distance = dx * dx + dy * dy;
      if (distance < nearest) {
        nearest = distance;
        own = value;
      }
    }
  return nearest < Infinity ? own : worst;
}
