/**
 * Criteria of the available safe egress time (ASET): a place is untenable from the first time that one of them is passed. Practice values
 * (PD 7974-6, SFPE; from memory, unverified): visibility 10 m, 5 m in small rooms; FED 0.3; 60 °C at the head where the air may be saturated (120 °C
 * dry); 2.5 kW/m² radiation, which a layer of 200 °C sends down; oxygen 15 %.
 */
import type { Air } from "../fields/field.js";
import { visibility } from "./visibility.js";

export interface Limits {
  readonly visibility_m: number;
  readonly temperature_K: number;
  readonly radiantFlux_W_m2: number;
  /** Mole fraction. */
  readonly oxygen: number;
  readonly fed: number;
  readonly fec: number;
}

export const LIMITS: Limits = {
  visibility_m: 10,
  temperature_K: 333.15,
  radiantFlux_W_m2: 2500,
  oxygen: 0.15,
  fed: 0.3,
  fec: 0.3,
};

export type Criterion = "visibility" | "temperature" | "radiation" | "oxygen" | "asphyxiants" | "heat" | "irritants";

/** Doses of somebody who stays at a place. */
export interface PlaceDose {
  readonly asphyxiant: number;
  readonly heat: number;
  readonly irritant: number;
}

/** Criteria that are passed, in the order of `Criterion`; the limit itself is still tenable. */
export function passed(limits: Limits, air: Readonly<Air>, dose: PlaceDose): Criterion[] {
  const tests: [Criterion, boolean][] = [
    ["visibility", visibility(air.extinction_1_m) < limits.visibility_m],
    ["temperature", air.temperature_K > limits.temperature_K],
    ["radiation", air.radiantFlux_W_m2 > limits.radiantFlux_W_m2],
    ["oxygen", air.oxygen < limits.oxygen],
    ["asphyxiants", dose.asphyxiant > limits.fed],
    ["heat", dose.heat > limits.fed],
    ["irritants", dose.irritant > limits.fec],
  ];
  return tests.filter(([, is]) => is).map(([criterion]) => criterion);
}
