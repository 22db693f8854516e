/** What crosses from the server's thread to a desk thread and back. Plain data; a World's arrays lie in shared memory. */
import type { ErrorCode, Problem } from "../../engine/errors.js";
import type { RunEvent } from "../../engine/run/records.js";
import type { FailedRun, RunReport } from "../../engine/warn/report.js";
import type { RunTiming } from "../../workers/messages.js";
import type { LayoutCheck, Order, Prepared, ResultIndex } from "../runs/records.js";

/** Bounds that the desk checks before it compiles anything. */
export interface SizeLimits {
  agents: number;
  agent_steps: number;
  seeds: number;
}

/** What the runs of an order left behind; `events` and `timings` stand beside `runs`. */
export interface Outcome {
  runs: RunReport[];
  failed: FailedRun[];
  events: RunEvent[][];
  timings: RunTiming[];
}

export type DeskTask =
  | { kind: "check"; layout: Order["layout"] }
  | { kind: "prepare"; order: Order; limits: SizeLimits }
  | { kind: "finish"; prepared: Omit<Prepared, "world">; outcome: Outcome; dir: string };

export type DeskAnswer =
  | { kind: "check"; check: LayoutCheck }
  | { kind: "prepare"; prepared: Prepared }
  | { kind: "finish"; index: ResultIndex }
  /** A fault of the input: an Error would lose its code and problems on the way. */
  | { kind: "fault"; code: ErrorCode; problems: readonly Problem[] };
