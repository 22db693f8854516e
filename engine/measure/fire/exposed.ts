/** What smoke and heat did to people: how many took which dose, who fell and where. */
import type { PeopleExposure } from "../../run/fire-records.js";
import type { Incapacitated, RunInfo } from "../../run/records.js";
import type { DoseCount, FallenPerson, FireMeasures } from "./measures.js";

/**
 * Doses from which people are counted. 0.1: design for sensitive people, 0.3: design, 11 % of people are incapacitated; 1: half of them
 * (ISO 13571, lognormal with a standard deviation of 1 of the logarithm).
 */
export const DOSE_LIMITS = [0.1, 0.3, 1] as const;

/** @param exposure undefined: nobody's dose was followed, so nobody counts */
export function doseCounts(exposure: PeopleExposure | undefined): DoseCount[] {
  return DOSE_LIMITS.map((limit) => {
    const count: { -readonly [K in keyof DoseCount]: number } = { limit, asphyxiants: 0, heat: 0, irritants: 0, any: 0 };
    const people = exposure?.fedAsphyxiant.length ?? 0;
    for (let id = 0; id < people; id++) {
      const asphyxiants = exposure!.fedAsphyxiant[id]! >= limit;
      const heat = exposure!.fedHeat[id]! >= limit;
      const irritants = exposure!.fec[id]! >= limit;
      if (asphyxiants) count.asphyxiants++;
      if (heat) count.heat++;
      if (irritants) count.irritants++;
      if (asphyxiants || heat || irritants) count.any++;
    }
    return count;
  });
}

export function worstDose(exposure: PeopleExposure | undefined): FireMeasures["worst_dose"] {
  const most = (doses: ArrayLike<number> | undefined): number => {
    let largest = 0;
    for (let id = 0; id < (doses?.length ?? 0); id++) largest = Math.max(largest, doses![id]!);
    return largest;
  };
  return { asphyxiants: most(exposure?.fedAsphyxiant), heat: most(exposure?.fedHeat), irritants: most(exposure?.fec) };
}

/** Who fell, with the place. @param placeAt name of the place at (x, y) on a sheet of the run; "": none */
export function fallen(
  people: readonly Incapacitated[],
  info: RunInfo,
  placeAt: (sheet: number, x: number, y: number) => string,
): FallenPerson[] {
  return people.map(({ id, group, level, x, y, time_s, cause }) => {
    // The run names the sheet as people know it.
    const sheets = info.sheets.flatMap((sheet, s) => (sheet.name === level || sheet.level === level ? [s] : []));
    const found = sheets.find((sheet) => placeAt(sheet, x, y) !== "") ?? sheets[0];
    const place = found === undefined ? "" : placeAt(found, x, y);
    return { id, group, level: found === undefined ? level : info.sheets[found]!.level, place, x, y, time_s, cause };
  });
}
