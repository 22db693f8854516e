/** How much of a layout's floor a field reaches: a field that lies beside the plan would leave people in clean air without a word. */
import { inPolygons } from "../../geometry/polygon.js";
import type { Layout } from "../../layout/layout.js";
import { ambientAir, type SmokeField } from "./field.js";
import { planGrid } from "./sign-map.js";

export interface Coverage {
  readonly sheet: string;
  readonly name: string;
  /** Share of the floor's squares that the field reaches at head height, 0 to 1. */
  readonly share: number;
  /** Squares looked at. */
  readonly squares: number;
}

/** By sheet, on squares of a metre, at the field's first time with data or `time_s`. Sheets too narrow for the middle of a square have none. */
export function coverage(field: SmokeField, layout: Layout, height_m: number, time_s = field.firstTime_s): Coverage[] {
  const air = ambientAir();
  return layout.sheets.map(({ id, name, regions }, sheet) => {
    if (regions.length === 0) return { sheet: id, name, share: 0, squares: 0 };
    const grid = planGrid({ regions }, 1);
    let squares = 0;
    let reached = 0;
    for (let j = 0; j < grid.ny; j++)
      for (let i = 0; i < grid.nx; i++) {
        const x = grid.x0 + (i + 0.5) * grid.cell_m;
        const y = grid.y0 + (j + 0.5) * grid.cell_m;
        if (!inPolygons(regions, x, y)) continue;
        squares++;
        if (field.sample(time_s, sheet, x, y, height_m, air)) reached++;
      }
    return { sheet: id, name, share: squares === 0 ? 0 : reached / squares, squares };
  });
}
