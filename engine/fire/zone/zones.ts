import { type FireBuilding, type Fuel, OUTSIDE } from "./building.js";
import type { Profile } from "./profile.js";
import type { SparseLdl } from "./sparse-ldl.js";
import type { Surfaces } from "./surfaces.js";
import type { ViewTable } from "./view-factors.js";

/**
 * Everything the solver reads and writes, in flat arrays made once. N compartments; compartment N is the outside.
 * Room arrays have N + 1 entries, layer arrays 2N + 2: layer 2i is the upper and 2i + 1 the lower layer of room i, 2N + 1 the outside air.
 * Species of a layer lie at layer * stride. Wall vents: those of the building first, then the leaks of its compartments.
 */
export interface Zones {
  readonly building: FireBuilding;
  readonly count: number;
  readonly outsideLayer: number;
  readonly stride: number;
  readonly fuels: readonly Fuel[];
  readonly fuelMolar: readonly number[];
  readonly fuelOfFire: Int32Array;
  /** Fires by compartment. */
  readonly firesOf: readonly Int32Array[];
  readonly elements: Float64Array;
  /** Species that can occur; the others stay 0. */
  readonly active: Int32Array;
  readonly interior_K: number;
  readonly exterior_K: number;
  readonly exteriorDensity: number;
  readonly rooms: Rooms;
  readonly layers: Layers;
  readonly vents: Vents;
  readonly surfaces: Surfaces;
  readonly views: readonly ViewTable[];
  readonly ldl: SparseLdl;
  readonly transfers: Transfers;
  readonly ledger: Ledger;
}

export interface Rooms {
  /** m above the datum; m; m3; plan extents of the box that stands for the room, m. */
  readonly floor: Float64Array;
  readonly height: Float64Array;
  readonly volume: Float64Array;
  readonly width: Float64Array;
  readonly depth: Float64Array;
  readonly leastVolume: Float64Array;
  readonly shaft: Uint8Array;
  readonly profile: readonly (Profile | null)[];
  /**
   * Pressure of the undisturbed outside air, Pa: that of the datum at all heights. Were it to fall with height, the air inside would
   * be lighter than the outside air, whose density is that of the datum, and a warm draught would blow through a cold building.
   */
  readonly ambient: Float64Array;
  /** At the floor above `ambient`, Pa, and the same at the end of the step in hand. */
  readonly pressure: Float64Array;
  readonly nextPressure: Float64Array;
  /** Residual of the pressure equation, W, that the next step takes up, so that energy is kept whatever the tolerance. */
  readonly owed: Float64Array;
  readonly nextOwed: Float64Array;
  /** Interface above the floor, m; 1e9 outside. */
  readonly interface: Float64Array;
  /** 1 once a room has left the state it began in: before that it exchanges no heat. */
  readonly awake: Uint8Array;
  /** Heat released in the room, W; convective heat of its largest fire, W. */
  readonly hrr: Float64Array;
  readonly convective: Float64Array;
  /** Of `hrr`, in door jets, W. */
  readonly jets: Float64Array;
  /** Heat into the gas that is not carried by flows, W. */
  readonly heat: Float64Array;
  /** Heat from backs of other rooms' surfaces, W per layer pair: [upper, lower]. */
  readonly backHeat: Float64Array;
  /** Heat that the surfaces of the room take, W. */
  readonly toSurfaces: Float64Array;
}

export interface Layers {
  readonly volume: Float64Array;
  readonly mass: Float64Array;
  readonly temperature: Float64Array;
  readonly density: Float64Array;
  readonly species: Float64Array;
  /** Work arrays of a step: volume and temperature at its end, W in, W and kg/s by flows, kg/s out, kg of species. */
  readonly nextVolume: Float64Array;
  readonly nextTemperature: Float64Array;
  readonly heat: Float64Array;
  readonly flowHeat: Float64Array;
  readonly flowMass: Float64Array;
  readonly outflow: Float64Array;
  readonly change: Float64Array;
  /** Rates of the last accepted step, m3/s and K/s. */
  readonly volumeRate: Float64Array;
  readonly temperatureRate: Float64Array;
}

export interface Vents {
  readonly wallCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Heights above the datum, m. */
  readonly sill: Float64Array;
  readonly soffit: Float64Array;
  readonly width: Float64Array;
  readonly coefficient: Float64Array;
  readonly wind: Float64Array;
  readonly open: Float64Array;
  readonly pair: Int32Array;
  /** Up to three segments each: pressure differences at their ends without those of the floors (4), flow factors from either side (3 + 3), heights (4), layers (3 + 3). */
  readonly segments: Int32Array;
  readonly cut: Float64Array;
  readonly offset: Float64Array;
  readonly factorFrom: Float64Array;
  readonly factorTo: Float64Array;
  readonly layerFrom: Int32Array;
  readonly layerTo: Int32Array;
  /** kg/s; 4 per vent: from-upper out, from-lower out, to-upper out, to-lower out. */
  readonly flow: Float64Array;
  /** Of these, what enters at a height where the other kind of layer lies: it crosses that layer and drags it along. */
  readonly crossing: Float64Array;
  /** `flow` in the last accepted step. */
  readonly lastFlow: Float64Array;
  /** As `ZoneState.wallFlow_kg_s` and `horizontalFlow_kg_s`. */
  readonly byLayer: Float64Array;
  readonly horizontalByLayer: Float64Array;
  readonly horizontalOpen: Float64Array;
  readonly horizontalPair: Int32Array;
  /** Per horizontal vent, kg/s: up from upper and lower layer below, down from upper and lower layer above. */
  readonly horizontalFlow: Float64Array;
  /** Shares of the upper layers in what is drawn from the room below and the room above (plug-holing); 2 per vent. */
  readonly plug: Float64Array;
  readonly fanOpen: Float64Array;
  readonly fanPair: Int32Array;
  /** m3/s through each fan at the pressures found, and its share from the upper layer. */
  readonly fanVolume: Float64Array;
  readonly fanUpper: Float64Array;
  /** Trace drawn and held since the start, kg; 2 per fan. */
  readonly fanTrace: Float64Array;
}

/** One list of what flows where; everything that carries mass goes through it. */
export interface Transfers {
  count: number;
  source: Int32Array;
  target: Int32Array;
  /** kg/s. */
  rate: Float64Array;
  /** Share of soot and trace that passes (filters). */
  pass: Float64Array;
  /** Fan that carries it, or -1. */
  fan: Int32Array;
}

/** What has entered and left since the start. */
export interface Ledger {
  startEnergy: number;
  /** J released by fires; J that should be in the gas beyond the start. */
  released: number;
  energyIn: number;
  /** Species that left to the outside less what came from it, and what filters hold, kg. */
  readonly outside: Float64Array;
  readonly startSpecies: Float64Array;
  readonly fuelSupplied: Float64Array;
}

/** Room index of a building's compartment index: the outside comes last. */
export const outer = (index: number, count: number): number => (index === OUTSIDE ? count : index);
