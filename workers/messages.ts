/**
 * Every type that crosses a thread. Tasks and answers are plain data; the big arrays of a World lie in shared memory and are not
 * copied, the density maps of a report are transferred.
 */
import type { ErrorCode, Problem } from "../engine/errors.js";
import type { Layout } from "../engine/layout/layout.js";
import type { RunEvent } from "../engine/run/records.js";
import type { Scenario } from "../engine/scenario/scenario.js";
import type { Probe } from "../engine/verify/definition.js";
import type { EnsembleReport, FailedRun, RunReport } from "../engine/warn/report.js";
import type { World } from "../engine/world/world.js";
import type { ResultDocument } from "./output/result.js";

/** Values of `RunTask.control[0]`: read by the running thread at every step, written by the pool. */
export const GO = 0;
export const STOP_CANCELLED = 1;
export const STOP_TIMEOUT = 2;

/** What a run leaves in its folder. */
interface RunFiles {
  /** Folder of this run, made by the worker if absent. */
  folder: string;
  trajectory: boolean;
  /** Also trajectory.txt, as PedPy reads it. */
  pedpy: boolean;
  /** Also summary.json, the result of this run alone. */
  report: boolean;
}

/** Pool to worker: one run. */
export interface RunTask {
  /** Number of the task in its pool, returned in every message. */
  task: number;
  seed: number;
  layout: Layout;
  scenario: Scenario;
  world: World;
  /** null: nothing is written to disk. */
  files: RunFiles | null;
  /** Path of the file of `fire.smoke_from`; absent without. */
  smokeFile?: string;
  /** One Int32 over shared memory: GO or why to stop. */
  control: Int32Array;
}

/** Worker to pool while a run goes on; at most four per second, besides the first. */
export interface ProgressMessage {
  kind: "progress";
  task: number;
  simulated_s: number;
  inside: number;
}

/** What one run cost. Kept apart from reports, whose bytes do not depend on the machine. */
export interface RunTiming {
  seed: number;
  /** Wall clock of the run in its thread, s. */
  wall_s: number;
  agentSteps: number;
  steps: number;
}

/** Worker to pool at the end of a run: its report or why it failed, never an exception. */
export type RunAnswer =
  | { kind: "report"; report: RunReport; events: RunEvent[]; timing: RunTiming }
  | { kind: "failed"; failed: FailedRun };

/** What is joined and written. */
export interface ResultInput {
  layout: Layout;
  scenario: Scenario;
  seeds: readonly number[];
  /** At least one. */
  runs: RunReport[];
  failed: FailedRun[];
  /** Beside `runs`. */
  events: RunEvent[][];
  timings: RunTiming[];
  /** false: no charts folder, and a report without pictures. */
  charts: boolean;
  /** Lines for the report that only the caller knows. */
  notes: string[];
  /** The files the layout was read from, kept with the result so that it can be run again; empty: not kept. */
  layoutFiles: { name: string; bytes: Uint8Array }[];
}

/** What the caller shows of it. */
export interface Written {
  report: EnsembleReport;
  document: ResultDocument;
}

/** Pool to worker: join the runs and write the results folder. */
export interface WriteTask {
  task: number;
  folder: string;
  input: ResultInput;
  control: Int32Array;
}

export type WriteAnswer = ({ kind: "written" } & Written) | { kind: "error"; code: ErrorCode; problems: Problem[] };

/** Pool to worker: one run of a verification case, looked at through its probes. */
export interface VerifyTask {
  task: number;
  seed: number;
  layout: Layout;
  scenario: Scenario;
  world: World;
  probes: Readonly<Record<string, Probe>>;
  control: Int32Array;
}

/** Values by measure, or why the run failed. */
export type VerifyAnswer = { kind: "values"; values: Record<string, number[]> } | { kind: "failed"; failed: FailedRun };
