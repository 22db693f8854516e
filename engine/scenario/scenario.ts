/**
 * Scenario: who comes when, what they do, what happens, what is measured and warned of. Complete: every default is written in.
 * This is the normal form that a run reads and that is saved as scenario.resolved.json; it is itself a valid scenario file.
 * Times are seconds from the start of the run. Places are names (or ids) of features of the layout or of `places`.
 */
import type { Point } from "../layout/layout.js";
import type { FireScenario } from "./fire/fire.js";
import type { ModelSettings } from "./models.js";
import type { StairLaw } from "./stair-laws.js";

/** A distribution; numbers in the unit of the key that holds it. Samples outside [min, max] are drawn again. */
export type Distribution =
  | { constant: number }
  | { uniform: [number, number] }
  | { normal: { mean: number; sd: number; min: number; max: number } }
  /** mean and sd of the variable itself without `offset`, not of its logarithm; `offset` is added to every draw. */
  | { lognormal: { mean: number; sd: number; min: number; max: number; offset?: number } }
  | { weibull: { scale: number; shape: number; min: number; max: number } }
  | { gamma: { shape: number; scale: number; min: number; max: number } };

/** A place drawn in the scenario itself, for layouts without names (WKT). Coordinates as in the layout file. */
export interface InlinePlace {
  name: string;
  level?: string;
  /** Either an area (exit, start, waiting, measuring) … */
  polygon?: Point[];
  /** … or a measuring line … */
  line?: [Point, Point];
  /** … or a waypoint with a radius, m. */
  at?: Point;
  radius_m?: number;
  /** true: people with `leave` by this area leave the layout in it. */
  exit?: boolean;
}

export interface Population {
  name: string;
  /** Paper, standard or measurement behind the numbers. */
  source: string;
  /** Free walking speed on the level, m/s. */
  speed_m_s: Distribution;
  /** Body radius (half of the width a person needs), m. */
  radius_m: Distribution;
  /** Speed on stairs as a share of `speed_m_s`. */
  stairs_up: number;
  stairs_down: number;
  /** Speed on stairs in plan, m/s; goes before the share. Drawn with the random number of `speed_m_s`: who is fast is fast on stairs too. */
  stairs_up_m_s?: Distribution;
  stairs_down_m_s?: Distribution;
  /** false: stairs and escalators are no way for these people. */
  uses_stairs: boolean;
}

type ExitChoice = "least-time" | "expected-time" | "shares" | "fixed";

export type Stage =
  /** Walk to a place and go on at once. */
  | { go: { to: string } }
  /** Queue in lanes before an opening, `servers` lanes at each; the gate with the least walking plus queueing time is taken. */
  | { queue: { at: string[]; servers: number; service_s: Distribution; spacing_m: number } }
  /** Walk to a spot in the place and stay there for a time, or until a time of the run; both null: to the end of the run. */
  | { stay: { in: string; for_s: Distribution | null; until_s: number | null } }
  /** A share of the people visit one of the places for a time, drawn by weight (any scale); the others go on. */
  | { choose: { of: string[]; weights: number[]; share: number; stay_s: Distribution } }
  /**
   * `by` is never empty. `shares` is empty unless they are the choice; "fixed" has one exit. `gain` (share of the expected time that
   * another exit must save) and `follow` (weight of what others do) are there for "expected-time" only.
   */
  | { leave: { by: string[]; choice: ExitChoice; shares: number[]; gain?: number; follow?: number } }
  /** Begin again with the first stage. Always the last one. */
  | { repeat: true };

/** People per interval; inside an interval arrivals are spread evenly at random. */
export interface ArrivalInterval {
  from_s: number;
  to_s: number;
  count: number;
}

export interface Agent {
  at: Point;
  level?: string;
  speed_m_s?: number;
  radius_m?: number;
}

export interface Group {
  name: string;
  count: number;
  /** Exactly one of the three ways to begin. */
  start: { in: string[] } | null;
  arrivals: { at: string[]; shares: number[]; intervals: ArrivalInterval[] } | null;
  agents: Agent[] | null;
  population: Population;
  pre_movement_s: Distribution;
  /** Nobody overtakes: people keep behind whoever is ahead in a lane. */
  single_file: boolean;
  /** Where these times come from: a preset, or what the file says; null where it says nothing. */
  pre_movement_source: string | null;
  /** Factor on the time gap that people keep to whoever is ahead; 1 = as measured, less = more eager. */
  motivation: number;
  /** Exits that these people know, for the choice "expected-time"; empty: all. */
  familiar_with: string[];
  /** Share of the social groups that have each size; `with`: groups of one name mix in the same social groups. null: nobody has company. */
  social_groups: { sizes: number[]; shares: number[]; with: string } | null;
  journey: Stage[];
}

/** Properties of openings that go before what the layout says. At least one of flow, direction, turnstile is there. */
export interface OpeningRule {
  at: string[];
  /** persons/(m s), over the effective width, both ways together. */
  greatest_specific_flow?: number;
  /** Each side, m; there whenever greatest_specific_flow is. */
  boundary_layer_m?: number;
  one_way?: "in" | "out" | { from: string; to: string };
  turnstile?: { lanes: number; service_s: Distribution };
}

/** What stairs and escalators are like; goes before what the layout says. Keys as in the file form, none filled in. */
export interface FlightRule {
  at: string[];
  tread_m?: number;
  riser_m?: number;
  speed_m_s?: number;
  running?: "up" | "down";
  standing_share?: number;
  capacity_per_h?: number;
}

/** Lifts that run. Keys as in the file form; numbers that are left out are the layout's or the defaults. */
export interface LiftRule {
  at: string[];
  for: "all" | "step-free";
  capacity?: number;
  speed_m_s?: number;
  acceleration_m_s2?: number;
  door_open_s?: number;
  door_close_s?: number;
  dwell_s?: number;
}

export type ScenarioEvent =
  | { at_s: number; open: string }
  | { at_s: number; close: string }
  /** Arrivals of the named groups stop; people already asked for and waiting outside still come in. Empty list: all groups. */
  | { at_s: number; stop_inflow: string[] }
  /** A lift goes out of service, or into it again. */
  | { at_s: number; lift: string; runs: boolean }
  /** A marshal sends people on the way to `from` to `to`. No groups: all; in: area where it is heard, null: everywhere. */
  | {
      at_s: number;
      redirect: { groups: string[]; from: string[]; to: string; share: number; in: string | null; for_s: number | null };
    };

export const LEVELS = ["blue", "yellow", "orange", "red"] as const;
export type WarningLevel = (typeof LEVELS)[number];

export type WarningScheme = "density" | "level-of-service" | "share-of-capacity" | "flow" | "queue" | "pressure";

export interface WarningRule {
  place: string;
  scheme: WarningScheme;
  unit: string;
  source: string;
  /**
   * Lowest value of each level, in `unit`: persons/m2, persons/(m s), 1/s2, share of `capacity`, persons or s in a queue, Fruin's level of
   * service as a number from A = 1 to F = 6. A level without a number does not exist for this rule. Rising in the order of LEVELS.
   */
  levels: Partial<Record<WarningLevel, number>>;
  /** A level must hold this long before it is given and be gone this long before it ends. */
  hold_s: number;
  /** A level ends only when the value is this much below its limit. */
  hysteresis: number;
  /** People, for share-of-capacity; persons/(m s) is not needed for flow. */
  capacity: number | null;
}

/** Inputs of the hand calculations; factors are set by a competent person and never filled in. */
export interface HandCalculation {
  guide: string;
  /** Persons/m2 for holding, by section; sections named here make up the holding area. */
  holding: { section: string; density: number; physical: number; safety: number; set_by: string }[];
  entry: { gate: string; lanes: number; rate_per_min: number; within_min: number }[];
  exits: { opening: string; rate_per_m_min: number }[];
  exit_time_min: number;
  emergency_time_min: number;
}

/** matrix[likelihood - 1][consequence - 1]; both from 1 (least) to 5. */
export interface RiskMatrix {
  /** Lowest share of runs (0..1) of likelihood 2, 3, 4, 5. */
  likelihood_share: [number, number, number, number];
  /** Lowest number of people exposed of consequence 2, 3, 4, 5. */
  consequence_people: [number, number, number, number];
  /** Density above which people count as exposed, persons/m2. */
  density_limit: number;
  matrix: WarningLevel[][];
  cell_m: number;
  source: string;
}

export interface Scenario {
  muster: 1;
  name: string;
  /** Path of the layout, relative to the scenario file. */
  layout: string;
  /** ISO 8601 with offset; gives charts a clock. null: charts count from 00:00. */
  start: string | null;
  duration_s: number;
  time_step_s: number;
  /** Interval of trajectory frames and measures, s; a multiple of the time step. */
  output_every_s: number;
  seed: number;
  /** Movement model; a classic one with all of its parameters. */
  model: ModelSettings;
  places: InlinePlace[];
  openings: OpeningRule[];
  flights: FlightRule[];
  lifts: LiftRule[];
  /** How dense crowds walk on stairs: see stair-laws.ts. */
  stairs: StairLaw;
  people: Group[];
  events: ScenarioEvent[];
  measure: {
    /** Edge of a density cell, m. */
    cell_m: number;
    sections: string[];
    lines: string[];
    /** Which Fruin table applies to which section; sections without an entry use "walkway". */
    service: Record<string, "walkway" | "queue" | "stairs">;
  };
  warnings: WarningRule[];
  hand_calculation: HandCalculation | null;
  risk: RiskMatrix;
  /** Absent without fire. */
  fire?: FireScenario;
}
