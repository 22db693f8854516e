/** The joined result of one or more runs, as plain data: what the printed result, the charts, report.html and the API show. */

import type { FireMap, FireMeasures } from "../measure/fire/measures.js";
import type { DensityMap, LineMeasure, Measures, QueueMeasure, SectionMeasure, SocialMeasure } from "../measure/measures.js";
import type { RunResult } from "../run/records.js";
import type { Band } from "./band.js";
import type { EnsembleFire } from "./fire/report.js";
import type { EnsembleWarning, RiskArea, Warning } from "./warnings.js";

export type { Band } from "./band.js";

/** Everything that one run leaves behind, small enough to cross a thread. */
export interface RunReport {
  seed: number;
  result: RunResult;
  measures: Measures;
  maps: DensityMap[];
  warnings: Warning[];
  /** Only where the scenario has fire. */
  fire?: { measures: FireMeasures; maps: FireMap[] };
}

/** A run that did not come to its end; the others go on. */
export interface FailedRun {
  seed: number;
  code: string;
  message: string;
}

/** One number of the hand calculation beside its simulated twin. */
export interface HandRow {
  quantity: string;
  value: number;
  unit: string;
  guide: string;
  /** The sum as a reviewer would write it, e.g. "(20 m − 4 m) × 82 /m/min × 8 min". */
  working: string;
  simulated: number | null;
  /** (simulated - value) / value; null where there is no simulated twin. */
  difference: number | null;
  /** Said where |difference| > 0.2. */
  why: string | null;
}

export interface EnsembleReport {
  runs: {
    seed: number;
    status: RunResult["status"];
    simulated_s: number;
    left: number;
    inside: number;
    waiting: number;
    stuck: number;
  }[];
  failed: FailedRun[];
  asked: number;
  clearing: { t50_s: Band; t95_s: Band; t100_s: Band };
  /** Share left (0..1) → time, s. 101 entries. */
  curve: { share: number; time_s: Band }[];
  sections: { place: string; level: string; area_m2: number; peak_count: Band; peak_density: Band; median: SectionMeasure }[];
  lines: { place: string; kind: LineMeasure["kind"]; total: Band; peak_flow: Band; median: LineMeasure }[];
  queues: { place: string; peak_waiting: Band; wait_p95_s: Band; median: QueueMeasure }[];
  /** `median`: the run in the middle by the largest spread at the exits. */
  social_groups: { group: string; exit_spread_max_s: Band; largest_distance_m: Band; median: SocialMeasure }[];
  warnings: EnsembleWarning[];
  risk: RiskArea[];
  hand: HandRow[];
  /** Only where the scenario has fire. */
  fire?: EnsembleFire;
  /** Mean over runs of the mean, largest over runs of the peak, mean over runs of the time above. */
  maps: DensityMap[];
}
