import { OXYGEN } from "./chemistry.js";
import { HEAT_PER_OXYGEN } from "./constants.js";
import type { Fires } from "./fires.js";
import { spillFlow } from "./mixing.js";
import { smoothStep } from "./smooth.js";
import { FUEL } from "./zone-model.js";
import type { Zones } from "./zones.js";

const IGNITION_ABOVE = 100;
/** Burns at most this share of a layer's fuel or oxygen in a step. */
const SHARE_PER_STEP = 0.5;

export interface DoorJets {
  /** Burns unburnt fuel that streams through wall vents into air: adds to `layers.heat` and `rooms.hrr`; uses the flows of the last step. */
  burn(timeStep: number): void;
  /** kg/s of fuel k burnt in the upper layer of room i; [i * fuels + k]. */
  readonly rate: Float64Array;
}

/**
 * A stream from an upper layer with fuel, hotter than the ignition temperature, burns as far as the air it drags along has oxygen (as a fire does,
 * `oxygenLimit`); heat and products join the upper layer of the room it enters. Outside there is air enough: that heat is counted at the outside and lost.
 */
export function createDoorJets(z: Zones, fires: Fires): DoorJets {
  const kinds = z.fuels.length;
  const rate = new Float64Array(z.count * kinds);
  const sources = z.fuels.map((_, k) => z.fuelOfFire.indexOf(k));
  const ignition = z.building.options?.gasIgnition_K ?? z.interior_K + IGNITION_ABOVE;
  const limit = z.building.options?.lowerOxygenLimit ?? 0.15;

  const jet = (v: number, from: number, to: number, flow: number, timeStep: number): void => {
    const { layers, rooms, vents, stride } = z;
    const source = 2 * from;
    if (!(flow > 0) || layers.temperature[source]! < ignition) return;
    for (let k = 0; k < kinds; k++) {
      const spec = z.building.fires[sources[k]!]!;
      const heat = spec.fuel.heatOfCombustion_J_kg;
      const fuel = (flow * layers.species[source * stride + FUEL + k]!) / layers.mass[source]!;
      if (!(fuel > 0)) continue;
      if (to === z.count) {
        rooms.hrr[to]! += fuel * heat;
        rooms.jets[to]! += fuel * heat;
        continue;
      }
      const upper = 2 * to;
      const lower = upper + 1;
      const top = Math.min(vents.soffit[v]!, rooms.floor[to]! + rooms.interface[to]!);
      const bottom = Math.max(vents.sill[v]!, rooms.floor[from]! + rooms.interface[from]!);
      const air = spillFlow(
        layers.temperature[source]!,
        layers.temperature[lower]!,
        flow,
        top - bottom,
        vents.width[v]! * vents.open[v]!,
      );
      const share = layers.species[lower * stride + OXYGEN]! / layers.mass[lower]!;
      const byOxygen = air * share * smoothStep(share, limit, limit + 0.01) * HEAT_PER_OXYGEN;
      const perFuel = fires.list[sources[k]!]!.oxygenPerFuel;
      const left = SHARE_PER_STEP / timeStep;
      const burns = Math.min(
        fuel,
        byOxygen / heat,
        Math.max(0, left * layers.species[upper * stride + FUEL + k]! - rate[to * kinds + k]!),
        perFuel > 0 ? (left * layers.species[upper * stride + OXYGEN]!) / (perFuel * kinds * 4) : 0,
      );
      if (!(burns > 0)) continue;
      rate[to * kinds + k]! += burns;
      rooms.hrr[to]! += burns * heat;
      rooms.jets[to]! += burns * heat;
      layers.heat[upper]! += burns * heat;
    }
  };
  const burn = (timeStep: number): void => {
    rate.fill(0);
    z.rooms.jets.fill(0);
    const { vents } = z;
    if (!anyUnburnt(z)) return;
    for (let v = 0; v < vents.wallCount; v++) {
      if (!(vents.open[v]! > 0)) continue;
      jet(v, vents.from[v]!, vents.to[v]!, vents.lastFlow[4 * v]!, timeStep);
      jet(v, vents.to[v]!, vents.from[v]!, vents.lastFlow[4 * v + 2]!, timeStep);
    }
  };
  return { burn, rate };
}

/** Whether fuel worth burning has left a fire unburnt: rooms without it cost nothing. */
function anyUnburnt(z: Zones): boolean {
  const { species, mass } = z.layers;
  for (let l = 0; l < 2 * z.count; l += 2)
    for (let s = FUEL; s < z.stride; s++) if (species[l * z.stride + s]! > 1e-6 * mass[l]!) return true;
  return false;
}
