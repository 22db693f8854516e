/** Sums over the whole run that CFAST tabulates: fuel and trace species released, trace carried through fans and held back by filters. */
import { type FireBuilding, OUTSIDE } from "../../zone/building.js";
import { SPECIES, type ZoneModel } from "../../zone/zone-model.js";

export interface Totals {
  /** kg, by fire. */
  readonly pyrolysed: Float64Array;
  readonly trace: Float64Array;
  /** kg, by fan: drawn in, and of that held back. */
  readonly carried: Float64Array;
  readonly filtered: Float64Array;
  /** Adds a step of the model, called at its end. */
  step(zone: ZoneModel, from_s: number, to_s: number): void;
}

const TRACE = SPECIES.indexOf("trace");

export function createTotals(building: FireBuilding): Totals {
  const pyrolysed = new Float64Array(building.fires.length);
  const trace = new Float64Array(building.fires.length);
  const carried = new Float64Array(building.fans.length);
  const filtered = new Float64Array(building.fans.length);
  const began = new Float64Array(building.fires.length).fill(Number.NaN);
  const step = ({ state }: ZoneModel, from_s: number, to_s: number): void => {
    const step_s = to_s - from_s;
    building.fires.forEach((fire, k) => {
      const now = state.fires[k]!;
      if (!now.ignited) return;
      if (Number.isNaN(began[k]!)) began[k] = from_s;
      const middle = (from_s + to_s) / 2;
      pyrolysed[k]! += now.pyrolysis_kg_s * step_s;
      trace[k]! += now.pyrolysis_kg_s * valueAt(fire.yields.trace, middle - began[k]!) * step_s;
    });
    building.fans.forEach((fan, k) => {
      if (fan.from === OUTSIDE) return;
      const mass = (layer: number): number => state.mass_kg[2 * fan.from + layer]!;
      const share = (layer: number): number => state.species_kg[(2 * fan.from + layer) * state.stride + TRACE]! / mass(layer);
      const drawn = (state.fanLayerFlow_kg_s[4 * k + 2]! * share(0) + state.fanLayerFlow_kg_s[4 * k + 3]! * share(1)) * step_s;
      carried[k]! += drawn;
      if (fan.filter) filtered[k]! += drawn * valueAt(fan.filter, (from_s + to_s) / 2);
    });
  };
  return { pyrolysed, trace, carried, filtered, step };
}

function valueAt(table: readonly (readonly [number, number])[], time: number): number {
  const next = table.findIndex(([t]) => t > time);
  if (next < 0) return table.at(-1)![1];
  if (next === 0) return table[0]![1];
  const [t0, v0] = table[next - 1]!;
  const [t1, v1] = table[next]!;
  return v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
}
