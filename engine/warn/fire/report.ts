/** Fire over the runs of an ensemble, as plain data. */
import type { AirQuantity } from "../../fire/fields/field.js";
import type { Criterion, FallenPerson, FireMap, FireMeasures, FirePlaceMeasure } from "../../measure/fire/measures.js";
import type { Band } from "../band.js";

/** ASET less RSET over the runs in which it is known, s. */
export interface MarginBand {
  mean_s: number;
  worst_s: number;
  p5_s: number;
  p50_s: number;
  p95_s: number;
  /** Share of the runs below 0: somebody was still there when it became untenable. */
  negative_share: number;
  runs: number;
  /** Runs in which it is a bound only: still tenable at the end; somebody still inside at the end. */
  at_least: number;
  at_most: number;
}

export interface FirePlaceReport {
  place: string;
  level: string;
  kind: FirePlaceMeasure["kind"];
  area_m2: number;
  visibility_limit_m: number;
  /** Runs in which it became untenable, and the earliest time in any of them, s. */
  untenable_runs: number;
  earliest_s: number | null;
  /** null: tenable to the end. */
  aset_s: Band;
  /** The limit that was passed first in most runs. */
  criterion: Criterion | null;
  by_criterion: Record<Criterion, Band>;
  /** Whether anybody ever came. */
  used: boolean;
  /** Over the runs in which anybody came; null: somebody still there at the end, or nobody ever came. */
  rset_s: Band;
  /** 0 in runs in which it stayed tenable. */
  people_at_aset: Band;
  people_at_end: Band;
  margin: MarginBand | null;
  /** The run in the middle by margin. */
  median: FirePlaceMeasure;
}

export interface FireExit {
  exit: string;
  place: string;
  passed: Band;
  /** Over the runs in which anybody passed. */
  last_s: Band;
  aset_s: Band;
  margin: MarginBand | null;
}

export interface EnsembleFire {
  source: string;
  /** What nobody knows of the air, and limits that could not be judged, or only in part, for it. */
  unknown: AirQuantity[];
  unjudged: Criterion[];
  ignition_s: number;
  /** Of the longest fire, s: it goes on when everybody has left. */
  end_s: number;
  runs: {
    seed: number;
    /** Of the zone model; null without one. */
    status: string | null;
    status_time_s: number | null;
    reason: string;
    incapacitated: number;
    worst_dose: FireMeasures["worst_dose"];
  }[];
  /** Where the zone model left the range it is meant for: earliest time, number of runs. */
  notices: { time_s: number; message: string; runs: number }[];
  peak_hrr_kW: Band;
  /** Of the run in the middle. */
  hrr: { bin_s: number; kW: number[] };
  places: FirePlaceReport[];
  exits: FireExit[];
  /** People whose dose came to at least `limit`. */
  exposed: { limit: number; asphyxiants: Band; heat: Band; irritants: Band; any: Band }[];
  incapacitated: Band;
  fallen: (FallenPerson & { seed: number })[];
  /** The worst of all runs in each cell. */
  maps: FireMap[];
}
