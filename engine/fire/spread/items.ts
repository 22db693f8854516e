/** What burns over the plan: items at places, each with a curve or a front, and how it is ignited. */

import { boxOf, inPolygon } from "../../geometry/polygon.js";
import type { Polygon } from "../../layout/layout.js";
import { atan2, cosSin } from "../../maths.js";
import type { EmissivePower } from "./flame.js";
import { burnFront, type Front, type FrontGrid, type FrontMaterial, type SurfaceWind } from "./front.js";
import type { HeatRelease } from "./heat-release.js";
import type { Ignition } from "./ignition.js";
import type { Yields } from "./plume.js";

/** A rectangle on the plan. */
export interface Footprint {
  readonly x: number;
  readonly y: number;
  readonly length_m: number;
  readonly width_m: number;
  /** Of its length from the x axis, rad. */
  readonly turn_rad: number;
}

export interface SpreadItem {
  readonly name: string;
  /** Id of the compartment that its heat and smoke go to, or "open" under the sky. */
  readonly place: string;
  /** Index into the layout's sheets. */
  readonly sheet: number;
  readonly footprint: Footprint;
  /** Height of its top above the floor, m: what heats it is worked out at the nearest places of the box below it. */
  readonly height_m: number;
  /** Height of its burning surface above the floor, m. */
  readonly base_m: number;
  /** A curve of the whole item, or a front that begins where it is ignited. */
  readonly burns:
    | { readonly by: "curve"; readonly heat: HeatRelease; readonly hrrPerArea_W_m2: number }
    | { readonly by: "front"; readonly material: FrontMaterial; readonly cell_m?: number; readonly within?: Polygon };
  readonly heatOfCombustion_J_kg: number;
  readonly yields: Yields;
  /** Default 0.35. */
  readonly radiativeFraction?: number;
  /** Default "balance". */
  readonly emissive?: EmissivePower;
  /** How others ignite it; null: only by `ignitesAt_s` and flashover. */
  readonly ignition: Ignition | null;
  readonly ignitesAt_s?: number;
  /** Where it is lit by `ignitesAt_s`, for fronts, m. Default: its middle. */
  readonly litAt?: readonly [number, number];
}

/** Point of a footprint nearest to a point, into `out`, m. */
export function nearestOfFootprint(foot: Footprint, px: number, py: number, out: Float64Array): void {
  const [c, s] = cosSin(foot.turn_rad);
  const dx = px - foot.x;
  const dy = py - foot.y;
  const u = clamp(dx * c + dy * s, foot.length_m / 2);
  const v = clamp(dy * c - dx * s, foot.width_m / 2);
  out[0] = foot.x + u * c - v * s;
  out[1] = foot.y + u * s + v * c;
}

const clamp = (value: number, most: number): number => (value < -most ? -most : value > most ? most : value);

/** Cells of a front over the item's footprint. Default: 40 along its longer side, at least 0.05 m and at most 0.5 m each. */
export function gridOf({ footprint, burns }: SpreadItem): FrontGrid {
  const { x, y, length_m, width_m, turn_rad } = footprint;
  const [c, s] = cosSin(turn_rad);
  const across = Math.abs(length_m * c) + Math.abs(width_m * s);
  const up = Math.abs(length_m * s) + Math.abs(width_m * c);
  const wanted = burns.by === "front" ? burns.cell_m : undefined;
  const cell = wanted ?? Math.min(0.5, Math.max(0.05, Math.max(length_m, width_m) / 40));
  const nx = Math.max(1, Math.round(across / cell));
  const ny = Math.max(1, Math.round(up / cell));
  const [x0, y0] = [x - (nx * cell) / 2, y - (ny * cell) / 2];
  const material = new Int16Array(nx * ny).fill(-1);
  const within = burns.by === "front" ? burns.within : undefined;
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const [cx, cy] = [x0 + (i + 0.5) * cell, y0 + (j + 0.5) * cell];
      const [dx, dy] = [cx - x, cy - y];
      const inside = within
        ? inPolygon(within, cx, cy)
        : Math.abs(dx * c + dy * s) <= length_m / 2 && Math.abs(dy * c - dx * s) <= width_m / 2;
      if (inside) material[j * nx + i] = 0;
    }
  return { x0, y0, cell, nx, ny, material };
}

/** The front of an item that catches fire at a point: it begins in the burnable cell nearest to it. */
export function frontOf(item: SpreadItem, material: FrontMaterial, at: readonly [number, number], wind: SurfaceWind): Front {
  const grid = gridOf(item);
  let [least, ox, oy] = [Infinity, at[0], at[1]];
  for (let n = 0; n < grid.material.length; n++) {
    if (grid.material[n]! < 0) continue;
    const cx = grid.x0 + ((n % grid.nx) + 0.5) * grid.cell;
    const cy = grid.y0 + (Math.floor(n / grid.nx) + 0.5) * grid.cell;
    const away = (cx - at[0]) * (cx - at[0]) + (cy - at[1]) * (cy - at[1]);
    if (away < least) [least, ox, oy] = [away, cx, cy];
  }
  return burnFront(grid, [material], [[ox, oy, 0]], wind);
}

/** Least rectangle around an outline with a side along one of its edges, longer side first: the footprint of a stall drawn as a fixture. */
export function footprintOf({ outer }: Polygon): Footprint {
  let best: Footprint | null = null;
  outer.forEach(([ax, ay], k) => {
    const [bx, by] = outer[(k + 1) % outer.length]!;
    const edge = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    if (edge === 0) return;
    const [c, s] = [(bx - ax) / edge, (by - ay) / edge];
    const [u0, v0, u1, v1] = boxOf(outer.map(([x, y]): [number, number] => [x * c + y * s, y * c - x * s]));
    const [length, width] = [u1 - u0, v1 - v0];
    if (best && length * width >= best.length_m * best.width_m) return;
    const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2];
    const turn = atan2(s, c);
    const [x, y] = [u * c - v * s, u * s + v * c];
    best =
      length >= width
        ? { x, y, length_m: length, width_m: width, turn_rad: turn }
        : { x, y, length_m: width, width_m: length, turn_rad: turn + Math.PI / 2 };
  });
  return best ?? { x: outer[0]![0], y: outer[0]![1], length_m: 0, width_m: 0, turn_rad: 0 };
}
