/** Doses of all people of a run: added up as they move through the air, and compared with what each can bear. */
import { AIR_QUANTITIES, type Air, type AirQuantity, ambientAir } from "../fields/field.js";
import { asphyxiantRate, type DoseLaw, narcosisRate } from "./asphyxiants.js";
import { type Clothing, heatRate, type RadiantEndpoint } from "./heat.js";
import { irritantConcentration } from "./irritants.js";
import { thresholdOf } from "./susceptibility.js";

export interface DoseSettings {
  readonly law: DoseLaw;
  readonly clothing: Clothing;
  readonly radiant: RadiantEndpoint;
}

/** By person id. */
export interface Doses {
  /** FED of asphyxiants. */
  readonly asphyxiant: Float64Array;
  /** Dose of narcosis by CO2 (purser only). */
  readonly narcosis: Float64Array;
  readonly heat: Float64Array;
  /** Greatest FEC of irritants so far. */
  readonly irritant: Float64Array;
  /** Dose that each bears. */
  readonly threshold: Float64Array;
  /** Rates of the three doses in the air of the last call, 1/s; NaN before the first. */
  readonly last: { readonly asphyxiant: Float64Array; readonly narcosis: Float64Array; readonly heat: Float64Array };
}

/** Why a person cannot walk any more; 0: they can. */
export const CAUSES = ["", "asphyxiant gases", "heat", "irritant gases"] as const;

/** No dose yet. @param spread of susceptibility, 0: everybody bears 1 */
export function createDoses(total: number, seed: number, spread?: number): Doses {
  const column = (value = 0): Float64Array => new Float64Array(total).fill(value);
  return {
    asphyxiant: column(),
    narcosis: column(),
    heat: column(),
    irritant: column(),
    threshold: Float64Array.from({ length: total }, (_, id) => thresholdOf(seed, id, spread)),
    last: { asphyxiant: column(Number.NaN), narcosis: column(Number.NaN), heat: column(Number.NaN) },
  };
}

/**
 * Adds what person `id` has taken in during the last `dt` seconds, at the end of which they are in `air`: the mean of the rates in the air before and
 * in this one (trapezoidal rule). Before the first call the air counts as what it is then.
 */
export function addDose(doses: Doses, id: number, air: Readonly<Air>, dt: number, settings: DoseSettings): void {
  const { last } = doses;
  add(doses.asphyxiant, last.asphyxiant, id, asphyxiantRate(settings.law, air), dt);
  add(doses.narcosis, last.narcosis, id, narcosisRate(settings.law, air.carbonDioxide), dt);
  add(doses.heat, last.heat, id, heatRate(settings.clothing, settings.radiant, air), dt);
  const irritant = irritantConcentration(air);
  if (irritant > doses.irritant[id]!) doses.irritant[id] = irritant;
}

function add(dose: Float64Array, last: Float64Array, id: number, rate: number, dt: number): void {
  const before = last[id]!;
  dose[id]! += (dt * (rate + (before >= 0 ? before : rate))) / 2;
  last[id] = rate;
}

/** Air around many people, one entry each. */
export type AirColumns = Readonly<Record<AirQuantity, ArrayLike<number>>>;

const scratch = ambientAir();

/** `addDose` for `count` people: entry k of `ids` breathes entry k of every column of `air`. Allocates nothing. */
export function addDoses(
  doses: Doses,
  ids: ArrayLike<number>,
  air: AirColumns,
  count: number,
  dt: number,
  settings: DoseSettings,
): void {
  for (let k = 0; k < count; k++) {
    for (const quantity of AIR_QUANTITIES) scratch[quantity] = air[quantity][k]!;
    addDose(doses, ids[k]!, scratch, dt, settings);
  }
}

/** Index into CAUSES of what has incapacitated person `id`: the endpoint furthest beyond their threshold; 0: nothing yet. */
export function causeOf(doses: Doses, id: number): number {
  const gas = Math.max(doses.asphyxiant[id]!, doses.narcosis[id]!);
  const heat = doses.heat[id]!;
  const irritant = doses.irritant[id]!;
  const most = Math.max(gas, heat, irritant);
  if (most < doses.threshold[id]!) return 0;
  return most === gas ? 1 : most === heat ? 2 : 3;
}
