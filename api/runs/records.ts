/** What the server knows of one order of runs, as plain data. */
import type { Layout } from "../../engine/layout/layout.js";
import type { LayoutSummary } from "../../engine/layout/summary.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import type { FailedRun } from "../../engine/warn/report.js";
import type { World } from "../../engine/world/world.js";
import type { ProblemDocument } from "../problem.js";

export type RunState = "queued" | "running" | "done" | "failed" | "cancelled";

/** What a client sends in. Bytes and texts are as they came; they are read in a thread, not in the server's own. */
export interface Order {
  layout: { name: string; bytes: Uint8Array };
  scenario: { name: string; text: string };
  /** Files that the scenario names, such as a table of arrivals: path → text. Nothing is read from the disk. */
  files: Record<string, string>;
  /** null: the seed of the scenario. */
  seeds: number[] | null;
  /** Seeds of this order that run at once; null: as many as the pool has threads. */
  workers: number | null;
  /** What is drawn and kept. */
  charts: boolean;
  trajectory: boolean;
}

/** An order read, checked and compiled. */
export interface Prepared {
  layout: Layout;
  scenario: Scenario;
  world: World;
  seeds: number[];
  /** Texts worth knowing that change nothing, from reading the layout and the scenario. */
  notices: string[];
}

/** One chart of a finished run. */
export interface ChartEntry {
  name: string;
  title: string;
}

/** Files of a finished run: paths inside its folder. Only what stands here can be fetched. */
export interface ResultIndex {
  charts: ChartEntry[];
  /** Seeds that have a trajectory: seed → path. */
  trajectories: Record<number, string>;
  /** Seeds that have records of a fire: seed → path. */
  fires: Record<number, string>;
  /** Chart by name and kind, e.g. chartFiles["density-peak.svg"] → path. */
  chartFiles: Record<string, string>;
  /** Texts by what they are: summary, warnings, fire, risk-map, report, scenario → path. */
  files: Record<string, string>;
}

export interface SeedProgress {
  seed: number;
  state: "waiting" | "running" | "done" | "failed";
  /** s of the simulated time, and its limit. */
  simulated_s: number;
  duration_s: number;
  /** People inside. */
  inside: number;
}

export interface Progress {
  /** 0..1, share of the simulated time of all seeds; a seed whose people have all left counts whole. */
  fraction: number;
  seeds: SeedProgress[];
}

/** The public view of an order. */
export interface RunView {
  id: string;
  name: string;
  state: RunState;
  seeds: number[];
  /** UTC, ISO 8601. */
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  progress: Progress;
  failed: FailedRun[];
  notices: string[];
  /** Why it failed or was cancelled. */
  problem: ProblemDocument | null;
  links: Record<string, string>;
}

export type RunEventName = "state" | "progress" | "done" | "failed" | "cancelled";
export type RunListener = (event: { name: RunEventName; data: RunView | Progress }) => void;

/** Answer of a layout check; a faulty layout is a problem document instead. */
export type LayoutCheck = { valid: true } & LayoutSummary;
