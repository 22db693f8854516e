/**
 * Dose of heat, as a rate in 1/s: 1 / t_rad + 1 / t_conv, times to pain, burns or incapacitation at the present flux and temperature
 * (ISO 13571:2012; SFPE Handbook, 5th edition, equation 63.48). Times in minutes, T in °C, q in kW/m²:
 *   radiant     pain 4.2 q^-1.9, second-degree burns 6.9 q^-1.56 (ISO 13571, from memory and the CFAST guide; unverified),
 *               purser: 1.33 q^-1.33 tolerance, 10 q^-1.33 incapacitation (equation 63.43, second-hand)
 *   convective  clothed 4.1e8 T^-3.61 (ISO 13571 equation 9, as the CFAST guide), light 5e7 T^-3.4 (equation 10, SFPE 63.44)
 * Radiation below 2.5 kW/m² is tolerable for more than 30 minutes and counts nothing. Air must be dry (less than 10 % water vapour): saturated air
 * burns airways above 60 °C already. CFAST 8 writes (4.2 q)^1.9 for q^1.9 / 4.2, which is 64 times too much; not so here.
 */
import { pow } from "../../maths.js";
import type { Air } from "../fields/field.js";

export type Clothing = "clothed" | "light";
export type RadiantEndpoint = "pain" | "burns" | "tolerance" | "incapacitation";

/** Least radiant flux that counts, kW/m². */
const LEAST_FLUX = 2.5;
/** Air no warmer than the body, °C, adds nothing; the laws would add 0.07 per hour there. Chosen. */
const BODY = 37;

const RADIANT: Readonly<Record<RadiantEndpoint, readonly [dose: number, power: number]>> = {
  pain: [4.2, 1.9],
  burns: [6.9, 1.56],
  tolerance: [1.33, 1.33],
  incapacitation: [10, 1.33],
};

/** 1/s. @param flux_W_m2 that reaches bare skin; the limit itself does not count */
export function radiantRate(endpoint: RadiantEndpoint, flux_W_m2: number): number {
  const q = flux_W_m2 / 1000;
  const [dose, power] = RADIANT[endpoint];
  return q > LEAST_FLUX ? pow(q, power) / dose / 60 : 0;
}

/** 1/s */
export function convectiveRate(clothing: Clothing, temperature_K: number): number {
  const t = temperature_K - 273.15;
  if (!(t > BODY)) return 0;
  return (clothing === "clothed" ? pow(t, 3.61) / 4.1e8 : pow(t, 3.4) / 5e7) / 60;
}

/** Rate of the dose of heat, 1/s. */
export const heatRate = (
  clothing: Clothing,
  endpoint: RadiantEndpoint,
  air: Readonly<Pick<Air, "temperature_K" | "radiantFlux_W_m2">>,
): number => radiantRate(endpoint, air.radiantFlux_W_m2) + convectiveRate(clothing, air.temperature_K);
