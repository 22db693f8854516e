/** Doses at a target, as CFAST tabulates them: asphyxiant gases and heat by ISO 13571:2012, fractions of an incapacitating dose. */
import { exp, log, pow } from "../../maths.js";

/**
 * Added fraction of gas dose: v (CO/35000 + HCN^2.36/1.2e6) per minute with v = exp(CO2 % / 5); CO and HCN in parts per million
 * (ISO 13571:2012). v counts from the first CO2, as in CFAST; the standard asks for it above 2 % only, so this is on the safe side.
 */
export function gasDose(carbonMonoxide: number, hydrogenCyanide: number, carbonDioxide: number, step_s: number): number {
  const co = carbonMonoxide * 1e6;
  const hcn = hydrogenCyanide * 1e6;
  return (step_s / 60) * exp((carbonDioxide * 100) / 5) * (co / 35000 + (hcn > 0 ? pow(hcn, 2.36) : 0) / 1.2e6);
}

/** Radiant flux from which heat by radiation counts, W/m2: below it skin bears it for over 30 minutes (ISO 13571:2012). */
const BEARABLE = 2500;

/**
 * Added fraction of heat dose: 1/t per minute with t = 4.1e8 T^-3.61 for hot air (T in C, fully clothed) and t = 4.2 q^-1.9 for radiation
 * above 2.5 kW/m2 (q in kW/m2, pain) (ISO 13571:2012). CFAST's program has (4.2 q)^-1.9 for the latter, which makes
 * its dose 4.2^2.9 = 64 times too large; that is not followed here.
 */
export function heatDose(gas_K: number, radiation_W_m2: number, step_s: number): number {
  const degrees = gas_K - 273.15;
  const air = degrees > 0 ? pow(degrees, 3.61) / 4.1e8 : 0;
  const radiant = radiation_W_m2 > BEARABLE ? pow(radiation_W_m2 / 1000, 1.9) / 4.2 : 0;
  return (step_s / 60) * (air + radiant);
}

/** Optical density per metre (log10) of an extinction coefficient (natural). */
export const opticalDensity = (extinction_1_m: number): number => extinction_1_m / Math.LN10;

/** Extinction coefficient at which a share of the light is lost over a metre, 1/m. */
export const extinctionOf = (obscuration_1_m: number): number => -log(1 - obscuration_1_m);
