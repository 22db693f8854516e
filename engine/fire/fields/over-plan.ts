/** What a field means for the floor of a layout at one time, level by level. */
import type { Layout } from "../../layout/layout.js";
import { coverage } from "./coverage.js";
import { exitSigns } from "./exit-signs.js";
import type { SmokeField } from "./field.js";
import { planGrid, signMap, visibilityMap } from "./sign-map.js";

export interface FloorSmoke {
  readonly sheet: string;
  readonly name: string;
  /** Share of the floor that the field reaches at head height. */
  readonly reached: number;
  /** Visibility of things that reflect light, m, at most 30: least, and share of the floor with less than 10 m and less than 3 m. */
  readonly least_visibility_m: number;
  readonly below_10_m: number;
  readonly below_3_m: number;
  /** Signs over exits of this level, and share of its floor from which at least one is seen through the smoke; null where it has none. */
  readonly exit_signs: number;
  readonly sees_exit_sign: number | null;
}

export interface OverPlanOptions {
  readonly time_s: number;
  /** Of heads above the floor, m. */
  readonly height_m: number;
  /** Jin's factor of the exit signs. */
  readonly factor: number;
}

/** Looked at in squares of a metre; walls block the view of signs, shut doors do not. */
export function smokeOverPlan(field: SmokeField, layout: Layout, { time_s, height_m, factor }: OverPlanOptions): FloorSmoke[] {
  const signs = exitSigns(layout, { factor });
  const reached = coverage(field, layout, height_m, time_s);
  return layout.sheets.flatMap((sheet, index): FloorSmoke[] => {
    if (sheet.regions.length === 0) return [];
    const options = { field, time_s, index, sheet, grid: planGrid(sheet, 1), height_m };
    const visible = visibilityMap(options).filter((value) => !Number.isNaN(value));
    if (visible.length === 0) return [];
    const share = (count: number): number => count / visible.length;
    const here = signs.filter((sign) => sign.sheet === index);
    const seen = here.length === 0 ? null : signMap(options, here).filter((value) => value > 0).length;
    return [
      {
        sheet: sheet.id,
        name: sheet.name,
        reached: reached[index]!.share,
        least_visibility_m: visible.reduce((least, value) => Math.min(least, value), 30),
        below_10_m: share(visible.filter((value) => value < 10).length),
        below_3_m: share(visible.filter((value) => value < 3).length),
        exit_signs: here.length,
        sees_exit_sign: seen === null ? null : share(seen),
      },
    ];
  });
}
