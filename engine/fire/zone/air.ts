import {
  CARBON_DIOXIDE,
  CARBON_MONOXIDE,
  HYDROGEN_CHLORIDE,
  HYDROGEN_CYANIDE,
  MOLAR_MASS,
  NITROGEN,
  OXYGEN,
  SMOULDERING_SOOT,
  SOOT,
  WATER,
} from "./chemistry.js";
import { EXTINCTION_FLAMING, EXTINCTION_SMOULDERING } from "./constants.js";
import type { LayerAir } from "./zone-model.js";
import type { Zones } from "./zones.js";

/** A layer thinner than this, m, is not there yet: the air is that of the other layer. */
export const THINNEST = 0.01;

/** The layer at a height above the floor of a compartment. */
export function layerAt(z: Zones, room: number, height_m: number): number {
  const interfaceAt = z.rooms.interface[room]!;
  const depth = z.rooms.height[room]! - interfaceAt;
  const upper = interfaceAt < THINNEST || (height_m > interfaceAt && depth >= THINNEST);
  return 2 * room + (upper ? 0 : 1);
}

/** Temperature, extinction and mole fractions of a layer. */
export function layerAir(z: Zones, layer: number, into: LayerAir): LayerAir {
  const { layers, stride } = z;
  const at = layer * stride;
  const { species } = layers;
  const moles = (s: number): number => species[at + s]! / MOLAR_MASS[s]!;
  const gas =
    moles(NITROGEN) +
    moles(OXYGEN) +
    moles(CARBON_DIOXIDE) +
    moles(CARBON_MONOXIDE) +
    moles(HYDROGEN_CYANIDE) +
    moles(HYDROGEN_CHLORIDE) +
    moles(WATER) +
    fuelMoles(z, layer);
  into.temperature_K = layers.temperature[layer]!;
  into.extinction_1_m =
    (EXTINCTION_FLAMING * species[at + SOOT]! + EXTINCTION_SMOULDERING * species[at + SMOULDERING_SOOT]!) / layers.volume[layer]!;
  into.oxygen = moles(OXYGEN) / gas;
  into.carbonDioxide = moles(CARBON_DIOXIDE) / gas;
  into.carbonMonoxide = moles(CARBON_MONOXIDE) / gas;
  into.hydrogenCyanide = moles(HYDROGEN_CYANIDE) / gas;
  into.hydrogenChloride = moles(HYDROGEN_CHLORIDE) / gas;
  return into;
}

function fuelMoles(z: Zones, layer: number): number {
  let sum = 0;
  const first = layer * z.stride + z.stride - z.fuels.length;
  for (let k = 0; k < z.fuels.length; k++) sum += z.layers.species[first + k]! / z.fuelMolar[k]!;
  return sum;
}
