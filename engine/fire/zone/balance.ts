import { ELEMENTS } from "./chemistry.js";
import { gasEnergy } from "./step.js";
import type { ZoneBalance } from "./zone-model.js";
import type { Zones } from "./zones.js";

/** Notes what is there at the start. */
export function openAccount(z: Zones): void {
  z.ledger.startEnergy = gasEnergy(z);
  z.ledger.startSpecies.set(totals(z));
}

function totals(z: Zones): Float64Array {
  const sum = new Float64Array(z.stride);
  for (let l = 0; l < 2 * z.count; l++) for (let s = 0; s < z.stride; s++) sum[s]! += z.layers.species[l * z.stride + s]!;
  return sum;
}

/**
 * What is there now and went out, less what was there and came in: mass, each element, energy. Species carry the elements, so the
 * first two are one sum with different weights; trace has no mass.
 */
export function balance(z: Zones): ZoneBalance {
  const { ledger, stride } = z;
  const now = totals(z);
  const residual = (weight: (species: number) => number): number => {
    let sum = 0;
    let scale = 0;
    for (let s = 0; s < stride; s++) {
      const w = weight(s);
      sum += w * (now[s]! + ledger.outside[s]! - ledger.startSpecies[s]! - ledger.fuelSupplied[s]!);
      scale += w * (ledger.startSpecies[s]! + ledger.fuelSupplied[s]!);
    }
    return scale > 0 ? Math.abs(sum) / scale : Math.abs(sum);
  };
  const share = (element: number) => (species: number) => z.elements[species * ELEMENTS.length + element]!;
  const elements = { C: 0, H: 0, O: 0, N: 0, Cl: 0 };
  for (const [i, e] of ELEMENTS.entries()) elements[e] = residual(share(i));
  const mass = residual((s) => ELEMENTS.reduce((sum, _, i) => sum + share(i)(s), 0));
  const energy = Math.abs(gasEnergy(z) - ledger.startEnergy - ledger.energyIn) / (ledger.startEnergy + ledger.released);
  return { mass, elements, energy };
}
