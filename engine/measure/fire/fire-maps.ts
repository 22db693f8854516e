/** Maps of visibility, dose and time to untenable conditions over the plan, from the spots at which the air is looked at. */
import type { Air } from "../../fire/fields/field.js";
import type { Layout } from "../../layout/layout.js";
import type { Spots } from "./fire-places.js";
import { type Doses, MOST_VISIBLE, visibility } from "./limits.js";
import type { FireMap } from "./measures.js";

export interface FireMapsRecorder {
  spot(spot: number, time: number, air: Readonly<Air>, doses: Readonly<Doses>, untenable: boolean): void;
  finish(): FireMap[];
}

export function createFireMaps(layout: Layout, spots: Spots): FireMapsRecorder {
  const visible = new Float32Array(spots.count).fill(MOST_VISIBLE);
  const fed = new Float32Array(spots.count);
  const since = new Float32Array(spots.count).fill(Number.POSITIVE_INFINITY);
  return {
    spot(spot, time, air, doses, untenable) {
      const seen = visibility(air.extinction_1_m);
      if (seen < visible[spot]!) visible[spot] = seen;
      fed[spot] = Math.max(doses.fedAsphyxiant, doses.fedHeat);
      if (untenable && since[spot] === Number.POSITIVE_INFINITY) since[spot] = time;
    },
    finish() {
      return layout.sheets.map(({ id, name, level }, sheet): FireMap => {
        const { x0, y0, cell, nx, ny } = spots.grids[sheet]!;
        const column = (of: Float32Array): Float32Array => {
          const values = new Float32Array(nx * ny).fill(Number.NaN);
          for (let s = 0; s < spots.count; s++)
            if (spots.sheet[s] === sheet && spots.cell[s]! >= 0) values[spots.cell[s]!] = of[s]!;
          return values;
        };
        return {
          sheet: id,
          name,
          level,
          x0,
          y0,
          cell_m: cell,
          nx,
          ny,
          visibility_m: column(visible),
          fed: column(fed),
          untenable_s: column(since),
        };
      });
    },
  };
}
