/**
 * Fractional effective dose (FED) of asphyxiant gases, as a rate in 1/s: FED = ∫ rate dt, and 1 is the dose at which half of a population is
 * incapacitated. Two named forms, which differ by up to a third for the same air; none is added to the other.
 *
 * iso-13571 (ISO 13571:2012; terms as in the CFAST technical guide and its source):
 *   v (CO / 35000 + HCN^2.36 / 1.2e6) per minute, gases in ppm; v = exp(CO2 % / 5) above 2 % CO2, else 1 (the 2 % from memory, unverified).
 *   Low oxygen is no part of it (ISO/TR 13571-2:2016, 6.2).
 * purser (function FED of FDS, Source/func.f90, and the SFPE Handbook, 5th edition, chapter 63, both read second-hand):
 *   HV (2.764e-5 CO^1.036 + exp(HCN / 43) / 220 - 0.00454545) + 1 / exp(8.13 - 0.54 (20.9 - O2 %)) per minute,
 *   HV = exp(0.1903 CO2 % + 2.0004) / 7.1 where there is CO2, oxygen counted below 20 %. An adult at light work: 25 L/min, 30 % COHb.
 *   Narcosis by CO2 is an endpoint of its own (equation 63.37): exp(-(6.1623 - 0.5189 CO2 %)) per minute.
 */
import { exp, pow } from "../../maths.js";
import type { Air } from "../fields/field.js";

export type DoseLaw = "iso-13571" | "purser";

export const DOSE_LAWS: readonly DoseLaw[] = ["iso-13571", "purser"];

/** Mole fraction → ppm (µL/L). */
const PPM = 1e6;
/** ISO 13571 counts hyperventilation above this share of CO2, %. */
const MUCH_CO2 = 2;
/** Purser's term of low oxygen counts below this share of O2, %: as FDS does; in clean air it would add 0.02 per hour. */
const LOW_O2 = 20;
/** Beyond this HCN, ppm, the exponential form is that of this value: it then takes less than a millisecond. */
const MOST_HCN = 1000;
/** Beyond this CO2, %, the exponents are those of this value: far above all data (10 %). */
const MOST_CO2 = 25;

type Gases = Pick<Air, "oxygen" | "carbonDioxide" | "carbonMonoxide" | "hydrogenCyanide">;

const ppm = (fraction: number): number => (fraction > 0 ? PPM * fraction : 0);

/** Factor on the uptake of other gases by faster breathing, at least 1. */
export function hyperventilation(law: DoseLaw, carbonDioxide: number): number {
  const percent = Math.min(MOST_CO2, 100 * carbonDioxide);
  if (law === "iso-13571") return percent > MUCH_CO2 ? exp(percent / 5) : 1;
  return percent > 0 ? exp(0.1903 * percent + 2.0004) / 7.1 : 1;
}

/** Rate of the FED of asphyxiants, 1/s. */
export function asphyxiantRate(law: DoseLaw, air: Readonly<Gases>): number {
  const co = ppm(air.carbonMonoxide);
  const hcn = ppm(air.hydrogenCyanide);
  const breathing = hyperventilation(law, air.carbonDioxide);
  if (law === "iso-13571") return (breathing * (co / 35000 + (hcn > 0 ? pow(hcn, 2.36) / 1.2e6 : 0))) / 60;
  const cyanide = hcn > 0 ? exp(Math.min(hcn, MOST_HCN) / 43) / 220 - 1 / 220 : 0;
  return (breathing * (co > 0 ? 2.764e-5 * pow(co, 1.036) + cyanide : cyanide) + oxygenRate(air.oxygen)) / 60;
}

/** Low oxygen, 1/min. */
function oxygenRate(oxygen: number): number {
  const percent = 100 * oxygen;
  return percent < LOW_O2 ? exp(0.54 * (20.9 - Math.max(0, percent)) - 8.13) : 0;
}

/** Rate of the dose of narcosis by carbon dioxide, 1/s; part of the purser form only, as an endpoint of its own. */
export const narcosisRate = (law: DoseLaw, carbonDioxide: number): number =>
  law === "purser" && carbonDioxide > 0.001 ? exp(0.5189 * Math.min(MOST_CO2, 100 * carbonDioxide) - 6.1623) / 60 : 0;
