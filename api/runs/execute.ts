/** Carries an order out: read it, run its seeds, draw its report. */
import { MusterError } from "../../engine/errors.js";
import type { FailedRun } from "../../engine/warn/report.js";
import { runFolder } from "../../workers/output/names.js";
import type { Pool, Progress as PoolProgress, RunSeedsResult } from "../../workers/pool.js";
import type { Desk } from "../desk/desk.js";
import { problemDocument, toProblem } from "../problem.js";
import { findFiles } from "./files.js";
import { cancelledBy, end, type Job, tell } from "./job.js";
import type { Prepared, RunView } from "./records.js";

export interface ExecuteOptions {
  pool: Pick<Pool, "runSeeds" | "writeResults">;
  desk: Pick<Desk, "prepare">;
  /** Seeds of one order at once: threads of the pool. */
  lanes: number;
  /** Wall time of one seed, s. */
  run_s: number;
}

/** Texts of failed runs leave the server without paths of this machine: of an absolute path the last part stays. */
const withoutPaths = (text: string): string => text.replace(/(?:file:\/\/)?(?:\/[\w.@+-]+)+\/([\w.@+-]+)/g, "$1");

async function runSeed(job: Job, prepared: Prepared, index: number, options: ExecuteOptions): Promise<RunSeedsResult> {
  const seed = job.seeds[index]!;
  const entry = job.seedProgress[index]!;
  const onProgress = ({ simulated_s, duration_s, inside }: PoolProgress): void => {
    if (entry.state !== "running") return;
    Object.assign(entry, { simulated_s, duration_s, inside });
    tell(job, "progress");
  };
  entry.state = "running";
  const outcome = await options.pool.runSeeds({
    layout: prepared.layout,
    scenario: prepared.scenario,
    world: prepared.world,
    seeds: [seed],
    outDir: runFolder(job.dir, job.seeds, seed),
    trajectory: job.trajectory,
    signal: job.abort.signal,
    timeoutMs: options.run_s * 1000,
    onProgress,
  });
  entry.state = outcome.failed.length > 0 ? "failed" : "done";
  // The last message of progress may come after the answer, or never: the answer says how it ended.
  for (const { result } of outcome.runs) Object.assign(entry, { simulated_s: result.simulated_s, inside: result.inside });
  const failed = outcome.failed.map((run) => ({ ...run, message: withoutPaths(run.message) }));
  job.failed.push(...failed);
  if (!job.abort.signal.aborted) tell(job, "progress");
  return { ...outcome, failed };
}

/**
 * Runs the seeds, at most `lanes` at once, each as a call of its own: so one order cannot fill the pool's queue, and orders
 * take turns seed by seed. Reports and failures come back in the order of `seeds`, never of arrival.
 */
async function runSeeds(job: Job, prepared: Prepared, options: ExecuteOptions): Promise<RunSeedsResult> {
  const parts: RunSeedsResult[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < job.seeds.length && !job.abort.signal.aborted) {
      const index = next++;
      parts[index] = await runSeed(job, prepared, index, options);
    }
  };
  const lanes = Math.min(job.workers ?? options.lanes, options.lanes, job.seeds.length);
  // All lanes come to rest before a fault of one is passed on: a thread may still be writing into the job's folder.
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of ends) if (one.status === "rejected") throw one.reason;
  return {
    runs: parts.flatMap((part) => part.runs),
    failed: parts.flatMap((part) => part.failed),
    events: parts.flatMap((part) => part.events),
    timings: parts.flatMap((part) => part.timings),
  };
}

/** All seeds failed: the code is theirs when they agree, else RUN_FAILED. */
function allFailed(failed: readonly FailedRun[]): RunView["problem"] {
  const codes = new Set(failed.map((run) => run.code));
  const known = ["WORKER_DIED", "RUN_TIMEOUT", "OUTPUT_FAILED", "SCENARIO_INVALID"] as const;
  const code = known.find((one) => codes.size === 1 && codes.has(one)) ?? "RUN_FAILED";
  const problems = failed.map((run) => ({ place: `seed ${run.seed}`, message: run.message }));
  return problemDocument(code, problems);
}

async function carryOut(job: Job, options: ExecuteOptions): Promise<void> {
  const { signal } = job.abort;
  const prepared = job.prepared ?? (await options.desk.prepare(await job.order(), signal));
  job.prepared = null;
  const outcome = await runSeeds(job, prepared, options);
  signal.throwIfAborted();
  job.failed = outcome.failed;
  if (outcome.runs.length === 0) {
    job.problem = allFailed(outcome.failed);
    job.state = "failed";
    return;
  }
  const { layout, scenario } = prepared;
  const input = {
    layout,
    scenario,
    seeds: job.seeds,
    ...outcome,
    charts: job.charts,
    notes: [...prepared.world.notices],
    layoutFiles: [],
  };
  await options.pool.writeResults(job.dir, input, signal);
  job.result = await findFiles(job.dir, job.seeds);
  signal.throwIfAborted();
  job.state = "done";
}

/**
 * Carries a job out. Never throws: whatever happens ends in a state and one last event. A run counts as done when at least one
 * seed came to its end; the others are named in `failed`. `onFault` hears of faults that are Muster's own.
 */
export async function execute(job: Job, options: ExecuteOptions, onFault: (error: unknown) => void): Promise<void> {
  job.state = "running";
  job.started = new Date();
  tell(job, "state");
  try {
    await carryOut(job, options);
  } catch (error) {
    const cancelled = job.abort.signal.aborted || (error instanceof MusterError && error.code === "CANCELLED");
    job.state = cancelled ? "cancelled" : "failed";
    const document = cancelled ? cancelledBy(job) : toProblem(error);
    if (!document) onFault(error);
    job.problem = document ?? problemDocument("INTERNAL", [{ place: "", message: "unexpected fault; the server's log has it" }]);
  }
  end(job);
}
