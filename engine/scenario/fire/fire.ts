/** The fire of a scenario in complete form: every default is written in. Keys and units as in the file form (schema/fire.ts). */
import type { Point } from "../../layout/layout.js";
import type { FuelName, Growth } from "./fuels.js";
import type { Lining } from "./materials.js";

/** A named place, or a point in the coordinates of the layout file. */
export interface Spot {
  at: string | Point;
  /** Level id for a point on a layout with several levels. */
  level?: string;
}

/** What burns: heat release over time and chemistry. Either `growth` with the three keys behind it, or `curve`. */
export interface Burning {
  growth?: Growth;
  peak_kW?: number;
  /** null: to the end of the run, or until the fuel is burnt. */
  peak_for_s?: number | null;
  decay_s?: number;
  /** [s after ignition, kW], straight between them, 0 after the last unless it is held. */
  curve?: [number, number][];
  hrr_per_area_kW_m2: number;
  height_m: number;
  fuel: FuelName;
  /** Atoms of carbon, hydrogen, oxygen, nitrogen, chlorine in the fuel's formula. */
  formula: [number, number, number, number, number];
  heat_of_combustion_kJ_kg: number;
  radiative_fraction: number;
  soot_yield: number;
  co_yield: number;
  hcn_yield: number;
}

export interface DesignFire extends Spot, Burning {
  name: string;
  start_s: number;
}

/** Named properties of ignition: values and sources in fire/spread/ignition.ts. */
export const IGNITIONS = [
  "easy",
  "normal",
  "hard",
  "plywood",
  "polyurethane foam",
  "hardboard",
  "carpet",
  "pmma",
  "tent cloth",
] as const;

/** Something that burns once radiation, a hot layer or a given time has ignited it. Exactly one of growth, curve, surface. */
export interface FireItem extends Omit<Spot, "at">, Burning {
  name: string;
  /** Where it is; absent with `of`. */
  at?: Spot["at"];
  /** Fixtures by id, name or category, each of which is such an item, as large in plan as it is drawn and `tall_m` high. */
  of?: string[];
  tall_m?: number;
  /** Length, width, height, m, with `at`. */
  size_m?: readonly [number, number, number];
  /** Of its length, counterclockwise from east, with `at`. */
  turn_deg?: number;
  incubation_s: number;
  /** null: not limited. */
  fuel_mass_kg: number | null;
  /** A front that runs over it from where it is lit. */
  surface?: { flame_speed_mm_s: number; hrr_per_area_kW_m2: number; energy_MJ_m2: number; wind_gain_s_m: number };
  /** null: only by others. */
  ignites_at_s: number | null;
  ignition: (typeof IGNITIONS)[number] | { critical_flux_kW_m2: number; flux_time_product: number; index: number };
  /** Of the flame; null: what the fire radiates over the flame's surface. */
  emissive_power_kW_m2: number | null;
}

export interface SurfaceRule {
  /** Units by id, name or category; empty: all. */
  of: string[];
  walls?: Lining;
  ceiling?: Lining;
  floor?: Lining;
  walls_thickness_m?: number;
  ceiling_thickness_m?: number;
  floor_thickness_m?: number;
}

/** What a door is to smoke: see run/fire/doors.ts. */
export type DoorState = "open" | "closed" | "self-closing" | "while-people-pass";

export interface DoorRule {
  at: string[];
  state: DoorState;
  /** Left out: by the door's width (limits.ts). */
  leak_m2?: number;
  closing_s: number;
}

export type Trigger = { at_s: number } | { detector: string } | { temperature_C: number };

export interface SmokeVent {
  name: string;
  in: string;
  kind: "window" | "roof";
  width_m: number;
  /** Height of a window, length of a roof vent, m. */
  height_m: number;
  /** Above the unit's floor; 0 for a roof vent. */
  sill_m: number;
  opens: Trigger;
}

export interface FanRule {
  name: string;
  in: string;
  direction: "exhaust" | "supply";
  flow_m3_s: number;
  /** Left out: 0.3 m from the ceiling, of a supply 0.3 m above the floor. */
  height_m?: number;
  area_m2: number;
  starts: Trigger;
}

export interface DetectorRule extends Spot {
  name: string;
  kind: "smoke" | "heat";
  /** Below the ceiling, m. */
  below_ceiling_m: number;
  rti: number;
  activates_at_C: number;
  obscuration_percent_m: number;
  /** Whether it starts the alarm. */
  alarm: boolean;
}

export interface SprinklerRule extends Spot {
  name: string;
  below_ceiling_m: number;
  rti: number;
  activates_at_C: number;
  spray_density_mm_s: number;
}

export const SPEED_LAWS = ["frantzich-nilsson", "jin-irritant", "jin-non-irritant", "fridolf", "linear", "none"] as const;
export const DOSES = ["iso-13571", "purser"] as const;

export const RADIANT_ENDPOINTS = ["pain", "burns", "incapacitation"] as const;
export const SUSCEPTIBILITIES = ["individual", "median"] as const;

/** Meaning of each: schema/fire-people.ts. */
export interface FirePeople {
  speed_law: (typeof SPEED_LAWS)[number];
  dose: (typeof DOSES)[number];
  radiant: (typeof RADIANT_ENDPOINTS)[number];
  clothed: boolean;
  susceptibility: (typeof SUSCEPTIBILITIES)[number];
  incapacitate: boolean;
  cue: boolean;
  cue_extinction_1_m: number;
  see_fire_kW: number;
  reaction_s: number;
  avoid: boolean;
  turn_back_visibility_m: number;
  /** Names of groups. */
  familiar: string[];
  head_height_m: number;
}

export interface Tenability {
  height_m: number;
  visibility_m: number;
  small_room_visibility_m: number;
  small_room_m2: number;
  temperature_C: number;
  layer_temperature_C: number;
  heat_flux_kW_m2: number;
  fed: number;
  /** Share of a place's floor on which a limit must be passed. */
  share_of_floor: number;
}

/** Warnings that a place will be untenable while people are in it. */
export interface FireWarnings {
  lead_s: number;
  /** Margin (ASET less RSET) at or below which each level begins, s. */
  margin_s: { blue: number; yellow: number; orange: number; red: number };
}

/** Results of another fire model instead of the zone model. */
export interface SmokeFrom {
  format: "fds" | "cfast";
  /** .smv of FDS, _compartments.csv of CFAST, relative to the scenario file. */
  file: string;
  /** Time of the run that is time 0 of the file. */
  start_s: number;
  /** Where the origin of FDS lies, coordinates of the layout file; null: the same coordinates, of a plan in degrees its local zero. */
  at: readonly [number, number] | null;
  /** Height of z = 0 of FDS above the layout's elevation 0. */
  height_m: number;
  /** From the layout's x axis to that of FDS, counterclockwise. */
  turn_deg: number;
  /** C of SOOT VISIBILITY. */
  visibility_factor: number;
  /** Units of compartments of CFAST that have another name. */
  rooms: readonly { compartment: string; unit: string }[];
}

/** Air that is told instead of calculated, for studies and tests. Keys that are left out are those of clean air. */
export interface GivenAir {
  /** A unit, section or place; "all": everywhere. */
  in: string;
  extinction_1_m: number;
  temperature_C: number;
  co_ppm: number;
  co2_pct: number;
  o2_pct: number;
  hcn_ppm: number;
  hcl_ppm: number;
  radiant_kW_m2: number;
  from_s: number;
  /** null: to the end. */
  to_s: number | null;
}

export interface FireScenario {
  fires: DesignFire[];
  items: FireItem[];
  surfaces: SurfaceRule[];
  doors: DoorRule[];
  leakage: { walls_m2_per_m2: number; floors_m2_per_m2: number };
  vents: SmokeVent[];
  fans: FanRule[];
  detectors: DetectorRule[];
  sprinklers: SprinklerRule[];
  /** When everybody is warned: at a time, or when a detector says so; and how long after that the signal sounds. null: pre-movement counts from the start. */
  alarm: { at_s: number | null; delay_s: number } | null;
  ambient: { inside_C: number; outside_C: number; pressure_Pa: number; relative_humidity: number };
  /** null: no wind. */
  wind: {
    speed_m_s: number;
    from_deg: number;
    reference_height_m: number;
    terrain: "urban" | "open";
    stability: "A" | "B" | "C" | "D" | "E" | "F";
  } | null;
  smoke_from: SmokeFrom | null;
  air: GivenAir[];
  people: FirePeople;
  tenability: Tenability;
  warnings: FireWarnings;
  /** Time between two exchanges of fire and crowd, s; at most 1. */
  exchange_s: number;
}
