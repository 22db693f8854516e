/** What is judged untenable at one spot, and what cannot be judged. Pure functions of air, dose and limits. */
import type { Air, AirQuantity } from "../../fire/fields/field.js";
import type { Tenability } from "../../scenario/fire/fire.js";
import { CRITERIA, type Criterion } from "./measures.js";

/** 0 °C, K. */
const ZERO_C = 273.15;
export const celsius = (kelvin: number): number => kelvin - ZERO_C;

/** Visibility of reflecting signs = SIGN / extinction (Jin; FDS User Guide, VISIBILITY_FACTOR 3). */
const SIGN = 3;
/** Clear air is reported as this, m (FDS User Guide, MAXIMUM_VISIBILITY). */
export const MOST_VISIBLE = 30;

/** Distance at which a reflecting sign is seen, m, at most MOST_VISIBLE. @param extinction_1_m light extinction, 1/m */
export function visibility(extinction_1_m: number): number {
  return extinction_1_m * MOST_VISIBLE <= SIGN ? MOST_VISIBLE : SIGN / extinction_1_m;
}

/** The limit of visibility of a room of this floor, m. */
export const visibilityLimit = (limits: Tenability, area_m2: number): number =>
  area_m2 <= limits.small_room_m2 ? Math.min(limits.visibility_m, limits.small_room_visibility_m) : limits.visibility_m;

/** Doses of somebody who has stayed at a spot. */
export interface Doses {
  fedAsphyxiant: number;
  fedHeat: number;
  /** Greatest so far. */
  fec: number;
}

export const bitOf = (criterion: Criterion): number => 1 << CRITERIA.indexOf(criterion);
const VISIBILITY = bitOf("visibility");
const ASPHYXIANTS = bitOf("asphyxiants");
const HEAT = bitOf("heat dose");
const IRRITANTS = bitOf("irritants");
const TEMPERATURE = bitOf("temperature");
const RADIATION = bitOf("radiation");

/** Limits passed at a spot, one bit each (`bitOf`); those of layers are judged by `passedOverhead`. @param visible limit of visibility, m */
export function passedAt(air: Readonly<Air>, doses: Readonly<Doses>, limits: Tenability, visible: number): number {
  let bits = 0;
  if (air.extinction_1_m * visible > SIGN) bits |= VISIBILITY;
  if (doses.fedAsphyxiant >= limits.fed) bits |= ASPHYXIANTS;
  if (doses.fedHeat >= limits.fed) bits |= HEAT;
  if (doses.fec >= limits.fed) bits |= IRRITANTS;
  if (celsius(air.temperature_K) >= limits.temperature_C) bits |= TEMPERATURE;
  if (air.radiantFlux_W_m2 >= limits.heat_flux_kW_m2 * 1000) bits |= RADIATION;
  return bits;
}

/** The smoke layer of a compartment. */
export interface Overhead {
  /** Height of its lower face above the floor, m. */
  readonly interface_m: number;
  readonly temperature_K: number;
  /** Extinction inside it, 1/m. */
  readonly extinction_1_m: number;
}

/**
 * Limits of the layer. It counts as below `height_m` only where it would be untenable itself (hides signs or is too hot):
 * a thin warm haze below head height is judged by what it does there.
 */
export function passedOverhead(layer: Overhead, limits: Tenability, visible: number): number {
  const temperature = celsius(layer.temperature_K);
  const harmful = temperature >= limits.temperature_C || layer.extinction_1_m * visible > SIGN;
  let bits = 0;
  if (harmful && layer.interface_m < limits.height_m) bits |= bitOf("layer height");
  if (temperature >= limits.layer_temperature_C) bits |= bitOf("layer temperature");
  return bits;
}

const NEEDS: Readonly<Record<Criterion, readonly AirQuantity[]>> = {
  visibility: ["extinction_1_m"],
  asphyxiants: ["oxygen", "carbonDioxide", "carbonMonoxide", "hydrogenCyanide"],
  "heat dose": ["temperature_K", "radiantFlux_W_m2"],
  irritants: ["hydrogenChloride"],
  temperature: ["temperature_K"],
  radiation: ["radiantFlux_W_m2"],
  "layer height": [],
  "layer temperature": [],
};

/** Limits that cannot be judged, or only in part, because something of the air is not known. */
export const unjudged = (unknown: readonly AirQuantity[]): Criterion[] =>
  CRITERIA.filter((criterion) => NEEDS[criterion].some((quantity) => unknown.includes(quantity)));
