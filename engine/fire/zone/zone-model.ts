import type { Air } from "../fields/field.js";
import type { DeviceRef, FireBuilding } from "./building.js";

/** Order of the species in every species array; `smoulderingSoot` and `trace` are kept apart, and trace has no part in the mass of gas. */
export const SPECIES = [
  "nitrogen",
  "oxygen",
  "carbonDioxide",
  "carbonMonoxide",
  "hydrogenCyanide",
  "hydrogenChloride",
  "water",
  "soot",
  "smoulderingSoot",
  "trace",
] as const;
export type Species = (typeof SPECIES)[number];
/** Index of the first unburnt fuel: one species for each different fuel of the building follows the ten of SPECIES. */
export const FUEL = SPECIES.length;

/** "running" until the end asked for; "ended" there; "failed" says in `reason` why it could not go on (the state stays at the last good time). */
export interface ZoneStatus {
  readonly status: "running" | "ended" | "failed";
  readonly time_s: number;
  readonly reason: string;
  /** What lies outside the range the model is meant for (pressure above 500 Pa, ...), each once, with the time it began. */
  readonly warnings: readonly { readonly time_s: number; readonly message: string }[];
}

/**
 * The state at the end of the last step; the arrays are the solver's own and must only be read. N compartments;
 * layer arrays hold 2 per compartment: [upper 0, lower 0, upper 1, lower 1, ...].
 */
export interface ZoneState {
  readonly time_s: number;
  /** At the floor, relative to ambient at the same height, Pa; N. */
  readonly pressure_Pa: Float64Array;
  /** Height of the interface above the floor, m; N. */
  readonly interface_m: Float64Array;
  /** m3; 2N. */
  readonly volume_m3: Float64Array;
  /** kg of gas; 2N. */
  readonly mass_kg: Float64Array;
  /** K; 2N. The layer that does not exist yet (thinner than 1 cm) reads as the other layer. */
  readonly temperature_K: Float64Array;
  /** Species per layer: SPECIES, then one unburnt fuel for each different fuel. */
  readonly stride: number;
  /** kg; [(2 compartment + layer) * stride + species]. */
  readonly species_kg: Float64Array;
  /** Surface temperatures facing the room, K; 4 per compartment: ceiling, upper wall, lower wall, floor. */
  readonly surface_K: Float64Array;
  /** What ceiling, upper wall, lower wall and floor send out (emitted and reflected), W/m2; 4 per compartment. */
  readonly exitance_W_m2: Float64Array;
  /** Grey absorption coefficient of the layers, 1/m; 2N. */
  readonly absorption_1_m: Float64Array;
  readonly fires: readonly FireState[];
  /** Heat released in a compartment in all (at fires, in upper layers, in door jets), W; N, then the outside. */
  readonly hrr_W: Float64Array;
  /** Of these, in door jets, W; N, then the outside. */
  readonly doorJet_W: Float64Array;
  /** Open share of wall vents, horizontal vents and fans. */
  readonly wallOpen: Float64Array;
  readonly horizontalOpen: Float64Array;
  readonly fanOpen: Float64Array;
  /** kg/s; 4 per wall vent: into `from` upper, into `from` lower, out of `from` upper, out of `from` lower. */
  readonly wallFlow_kg_s: Float64Array;
  /** As `wallFlow_kg_s`, seen from the compartment below. */
  readonly horizontalFlow_kg_s: Float64Array;
  /** kg/s through each fan. */
  readonly fanFlow_kg_s: Float64Array;
  /** kg/s; 4 per fan: into `from` upper, into `from` lower (both 0), out of `from` upper, out of `from` lower; a fan from outside draws from its lower layer. */
  readonly fanLayerFlow_kg_s: Float64Array;
  /** Trace that went into each fan and what its filter held since the start, kg; 2 per fan. */
  readonly fanTrace_kg: Float64Array;
  /** Net flow out through the leaks of each compartment, kg/s; N. */
  readonly leakFlow_kg_s: Float64Array;
}

export interface FireState {
  ignited: boolean;
  /** Heat released at the fire itself in the lower or upper layer, W. */
  hrr_W: number;
  /** Heat of fuel that the plume could not burn and the upper layer does, W; not in `hrr_W`. */
  upper_W: number;
  /** Heat release of its table, cut by sprinklers, W. */
  expected_W: number;
  /** Fuel that leaves the burning surface, burnt or not; kg since the start, and of trace. */
  pyrolysis_kg_s: number;
  pyrolysed_kg: number;
  trace_kg: number;
  /** Share of the heat that leaves as radiation. */
  radiativeFraction: number;
  /** Air drawn into the plume up to the interface. */
  plume_kg_s: number;
  /** Height of the flame above its base (Heskestad). */
  flame_m: number;
  /** Height of the burning surface above the floor, m. */
  base_m: number;
  area_m2: number;
}

/** Air in one layer, for people and signs: contract with tenability and smoke fields. */
export type LayerAir = Omit<Air, "radiantFlux_W_m2">;

/** What has gone through the balance since the start; `residual` is 0 up to rounding. */
export interface ZoneBalance {
  /** Largest |change - what came in| of gas mass, relative to the mass in the building at the start. */
  readonly mass: number;
  /** The same for carbon, hydrogen, oxygen, nitrogen, chlorine, each relative to the greatest of what was there or came in. */
  readonly elements: { readonly [element in "C" | "H" | "O" | "N" | "Cl"]: number };
  /** Of energy, relative to the internal energy at the start plus all heat released. */
  readonly energy: number;
}

export interface ZoneModel {
  readonly building: FireBuilding;
  readonly state: ZoneState;
  /** Goes on to `time_s` (exactly), in steps of its own of at most 1 s. Never throws for physics: read `status`. */
  advance(time_s: number): ZoneStatus;
  /** Sets the open share 0..1 of a wall vent that is `by: "share"` from now on. */
  openness(wallVent: number, share: number): void;
  /** The same for horizontal vents and fans. */
  horizontalOpenness(vent: number, share: number): void;
  fanOpenness(fan: number, share: number): void;
  /**
   * A device has acted, or a target reads `value` (K or W/m2): vents, fans and fires that wait for it start now; a sprinkler begins to cut the
   * fires of its compartment. Called by the devices between steps.
   */
  activate(kind: DeviceRef["kind"], index: number, value?: number): void;
  /** Ignites a fire that is `by: "outside"`. */
  ignite(fire: number): void;
  /** Heat release of a fire given from outside from now on, instead of its tables (spread between items). */
  burn(fire: number, given: { hrr_W: number; area_m2: number; height_m?: number }): void;
  /** Air at a height above the compartment's floor. */
  air(compartment: number, height_m: number, into: LayerAir): LayerAir;
  balance(): ZoneBalance;
}

/**
 * Detectors and targets. `step` is called after every accepted step; what waits for a device then asks `reached`, and sprinklers are seen by their
 * moment of activation. Without these two, `step` may call `activate`.
 */
export interface ZoneDevices {
  step(model: ZoneModel, from_s: number, to_s: number): void;
  reached?(ref: DeviceRef): boolean;
  /** One per detector of the building; null until it has acted. */
  readonly detectors?: readonly { readonly activated_s: number | null }[];
}
