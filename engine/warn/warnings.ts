/** Warnings as plain data: where, when, level, cause, what to do; from one run, and joined over an ensemble. */
import type { WarningLevel, WarningScheme } from "../scenario/scenario.js";

/** "tenability": the time by which people are too late out of a place that smoke and heat make untenable (warn/fire). */
export type WarnedScheme = WarningScheme | "tenability";

/** What a warning of a place that becomes untenable tells beside its level. */
export interface Untenable {
  /** When the first limit is passed, s from the start of the run, and which. */
  at_s: number;
  criterion: string;
  /** People inside then, and people inside who have not left at the end. */
  people: number;
  never_left: number;
}

/** One warning of one run: one record per place and rule episode, at the highest level it reached, with the level changes inside. */
export interface Warning {
  place: string;
  level: WarningLevel;
  scheme: WarnedScheme;
  unit: string;
  /** s from the start of the run; `end_s` null while it still holds at the end. */
  start_s: number;
  end_s: number | null;
  peak: number;
  peak_at_s: number;
  /** The limit of `level`, in `unit`. */
  limit: number;
  source: string;
  changes: { at_s: number; level: WarningLevel }[];
  cause: string;
  advice: string;
  /** Where most of the inflow came from when the highest level became certain; absent where nobody came. */
  inflow_from?: string;
  /** Of the scheme "tenability" only. */
  untenable?: Untenable;
}

/** Warnings of an ensemble for one place and rule. */
export interface EnsembleWarning {
  place: string;
  /** Highest level reached in at least half of the runs, or, where no level is, the highest reached at all. */
  level: WarningLevel;
  scheme: WarnedScheme;
  unit: string;
  runs: number;
  /** Runs that reached `level` or more. */
  runs_at_level: number;
  /** runs_at_level / runs. */
  probability: number;
  /** Share of runs that reached each level or more. */
  probability_by_level: Partial<Record<WarningLevel, number>>;
  /** First time at `level` or more, s: 5th, 50th and 95th percentile over the runs that reached it. */
  onset_s: { p5: number; p50: number; p95: number };
  /** Median over these runs of the first time at `level` or more and of its last end; null where it held to the end in half of them. */
  start_s: number;
  end_s: number | null;
  peak: { median: number; p95: number };
  limit: number;
  source: string;
  cause: string;
  advice: string;
  /** Of the scheme "tenability" only: medians over the runs at `level` or more; `lead_s`: from the onset to the time, s. */
  untenable?: Untenable & { lead_s: number };
}

/** One area of the four-colour risk map. */
export interface RiskArea {
  id: string;
  kind: "section" | "cell";
  level: string;
  /** Ring in local metres. */
  ring: [number, number][];
  color: WarningLevel;
  likelihood: 1 | 2 | 3 | 4 | 5;
  consequence: 1 | 2 | 3 | 4 | 5;
  /** Share of runs with the density above the limit in this area. */
  share_of_runs: number;
  /** Most people at once in 1 m cells above the limit, mean over runs. */
  people_exposed: number;
  peak_density: number;
  cause: string;
}
