/**
 * The pool of worker threads that runs ensembles: bounded queue, cancel, time limit, and a worker that dies fails its run alone.
 *
 * The queue is ours and piscina holds only what is running, since piscina (5.3.2) never starts a thread again once one has failed
 * while it was starting, and then leaves its queue waiting for ever; such a pool is replaced by a new one.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { type ErrorCode, MusterError, type Problem } from "../engine/errors.js";
import type { Layout } from "../engine/layout/layout.js";
import type { RunEvent } from "../engine/run/records.js";
import type { Scenario } from "../engine/scenario/scenario.js";
import type { FailedRun, RunReport } from "../engine/warn/report.js";
import type { World } from "../engine/world/world.js";
import {
  GO,
  type ProgressMessage,
  type RunAnswer,
  type RunTask,
  type RunTiming,
  STOP_CANCELLED,
  STOP_TIMEOUT,
} from "./messages.js";
import { runFolder } from "./output/names.js";

export interface PoolOptions {
  /** Threads; each runs one seed at a time. */
  workers: number;
  /** Most runs that may wait for a thread; more are refused with OVERLOADED. Default 10,000. */
  maxQueue?: number;
  /** Heap of each thread, MB; a run that needs more dies alone. Default: that of Node. Buffers of typed arrays do not count. */
  memoryMb?: number;
  /** The task's module (default export: `(task: RunTask) => RunAnswer`). Default: run-task.js beside this file. */
  taskFile?: string;
  /** Time that a run has to stop by itself when it was told to, ms; then its thread is ended. Default 10,000. */
  graceMs?: number;
}

export interface Progress {
  seed: number;
  simulated_s: number;
  duration_s: number;
  inside: number;
}

export interface RunSeedsOptions {
  layout: Layout;
  scenario: Scenario;
  world: World;
  /** One run each; no seed twice. */
  seeds: number[];
  /** Results folder (see `runFolder` for where each run writes); null: nothing is written. */
  outDir: string | null;
  /** Default true. */
  trajectory?: boolean;
  /** Default false. */
  pedpy?: boolean;
  signal?: AbortSignal;
  /** Limit of one run, from its start in a thread, ms. Default: none. */
  timeoutMs?: number;
  onProgress?: (progress: Progress) => void;
}

export interface RunSeedsResult {
  /** In the order of `seeds`, without those that failed. */
  runs: RunReport[];
  /** In the order of `seeds`. */
  failed: FailedRun[];
  /** Beside `runs`. */
  events: RunEvent[][];
  timings: RunTiming[];
}

export interface Pool {
  /** Runs in a thread now, and runs that wait for one. */
  running(): number;
  waiting(): number;
  /**
   * Runs one seed after another on the pool's threads. A failed run is in `failed`; the promise is rejected only with
   * CANCELLED (by the signal; after the last thread has let go of its files), OVERLOADED (queue full) or REQUEST_INVALID.
   */
  runSeeds(options: RunSeedsOptions): Promise<RunSeedsResult>;
  /** Cancels what runs and waits, and ends the threads. */
  close(): Promise<void>;
}

interface Job {
  seed: number;
  task: RunTask;
  timeoutMs: number | null;
  onProgress: (message: ProgressMessage) => void;
  done: (answer: RunAnswer) => void;
}

const failure = (seed: number, code: ErrorCode, message: string): RunAnswer => ({
  kind: "failed",
  failed: { seed, code, message },
});

const CANCELLED_TEXT = "cancelled before its end";

/** The task's module: beside this file when compiled; a source checkout run through a loader uses the build. */
function defaultTaskFile(): string {
  const beside = fileURLToPath(new URL("./run-task.js", import.meta.url));
  if (existsSync(beside)) return beside;
  const built = fileURLToPath(new URL("../dist/workers/run-task.js", import.meta.url));
  if (existsSync(built)) return built;
  throw new MusterError("INTERNAL", `the worker's module ${beside} is missing: run "npm run build"`);
}

/** @param options see PoolOptions; `workers` is an integer from 1 to 256 */
export function createPool(options: PoolOptions): Pool {
  const { workers, maxQueue = 10_000, memoryMb, taskFile = defaultTaskFile(), graceMs = 10_000 } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > 256)
    throw new MusterError("REQUEST_INVALID", [
      { place: "workers", message: `${workers} is not an integer from 1 to 256`, value: workers },
    ]);
  const queue: Job[] = [];
  const running = new Map<number, Job>();
  /** By task: tells the run to stop by itself, and ends its thread when it does not. */
  const stoppers = new Map<number, () => void>();
  let nextTask = 0;
  let closed = false;
  let threads: Piscina | null = null;

  const startThreads = (): Piscina => {
    const pool = new Piscina({
      filename: taskFile,
      minThreads: Math.min(workers, Math.max(1, queue.length + running.size)),
      maxThreads: workers,
      idleTimeout: 30_000,
      maxQueue: workers,
      recordTiming: false,
      ...(memoryMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
    });
    pool.on("message", (message: ProgressMessage) => running.get(message.task)?.onProgress(message));
    // A thread that fails while it starts has no task to fail: its waiting task would never be answered, so the whole pool goes.
    pool.on("error", () => {
      if (threads === pool && pool.threads.length === 0) {
        threads = null;
        void pool.destroy();
      }
    });
    return pool;
  };

  /** One run in a thread; resolves when the thread is free again or gone. */
  async function runJob(job: Job): Promise<RunAnswer> {
    const { control } = job.task;
    const kill = new AbortController();
    let graceTimer: NodeJS.Timeout | undefined;
    const stop = (why: number): void => {
      Atomics.compareExchange(control, 0, GO, why);
      graceTimer ??= setTimeout(() => kill.abort(), graceMs);
    };
    const limit = job.timeoutMs === null ? undefined : setTimeout(() => stop(STOP_TIMEOUT), job.timeoutMs);
    stoppers.set(job.task.task, () => stop(STOP_CANCELLED));
    try {
      threads ??= startThreads();
      // The module's answer is typed where it is written (run-task.ts); piscina hands it over untyped.
      return (await threads.run(job.task, { signal: kill.signal })) as RunAnswer;
    } catch (error) {
      const why = Atomics.load(control, 0);
      if (why === STOP_TIMEOUT) return timedOut(job);
      if (why === STOP_CANCELLED) return failure(job.seed, "CANCELLED", CANCELLED_TEXT);
      return failure(
        job.seed,
        "WORKER_DIED",
        `the worker thread ended before its run did: ${error instanceof Error ? error.message : error}`,
      );
    } finally {
      clearTimeout(limit);
      clearTimeout(graceTimer);
      stoppers.delete(job.task.task);
    }
  }
  function pump(): void {
    while (running.size < workers && queue.length > 0) {
      // The loop's condition says that there is one.
      const job = queue.shift() as Job;
      running.set(job.task.task, job);
      void runJob(job).then((answer) => {
        running.delete(job.task.task);
        job.done(answer);
        pump();
      });
    }
  }

  function cancel(tasks: ReadonlySet<number>): void {
    for (let i = queue.length - 1; i >= 0; i--) {
      const job = queue[i];
      if (!job || !tasks.has(job.task.task)) continue;
      queue.splice(i, 1);
      job.done(failure(job.seed, "CANCELLED", CANCELLED_TEXT));
    }
    for (const [task, stop] of stoppers) if (tasks.has(task)) stop();
  }

  async function runSeeds(request: RunSeedsOptions): Promise<RunSeedsResult> {
    const { seeds, signal } = request;
    if (closed) throw new MusterError("CONFLICT", "the pool is closed");
    if (signal?.aborted) throw new MusterError("CANCELLED", CANCELLED_TEXT);
    checkSeeds(seeds);
    const room = maxQueue + workers - running.size - queue.length;
    if (seeds.length > room)
      throw new MusterError(
        "OVERLOADED",
        `${seeds.length} runs asked for, room for ${Math.max(0, room)}: ${queue.length} runs wait`,
      );
    const tasks = new Set<number>();
    const answers = seeds.map(
      (seed) =>
        new Promise<RunAnswer>((done) => {
          const task = makeTask(request, seed, nextTask++);
          tasks.add(task.task);
          queue.push({ seed, task, timeoutMs: request.timeoutMs ?? null, onProgress: progressOf(request, seed), done });
        }),
    );
    const onAbort = (): void => cancel(tasks);
    signal?.addEventListener("abort", onAbort, { once: true });
    pump();
    try {
      const all = await Promise.all(answers);
      if (signal?.aborted || closed) throw new MusterError("CANCELLED", CANCELLED_TEXT);
      return gather(all);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    const busy = [...running.keys(), ...queue.map((job) => job.task.task)];
    cancel(new Set(busy));
    while (running.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const pool = threads;
    threads = null;
    await pool?.destroy();
  }

  return { running: () => running.size, waiting: () => queue.length, runSeeds, close };
}

function timedOut(job: Job): RunAnswer {
  return failure(job.seed, "RUN_TIMEOUT", `took longer than its limit of ${(job.timeoutMs ?? 0) / 1000} s`);
}

function checkSeeds(seeds: readonly number[]): void {
  const problems: Problem[] = [];
  const seen = new Set<number>();
  seeds.forEach((seed, i) => {
    const place = `seeds[${i}]`;
    if (!Number.isSafeInteger(seed) || seed < 0)
      problems.push({ place, message: `${seed} is not an integer from 0 to 2^53 - 1`, value: seed });
    else if (seen.has(seed)) problems.push({ place, message: `${seed} is given twice`, value: seed });
    seen.add(seed);
  });
  if (seeds.length === 0) problems.push({ place: "seeds", message: "no seed is given" });
  if (problems.length > 0) throw new MusterError("REQUEST_INVALID", problems);
}

function makeTask(request: RunSeedsOptions, seed: number, task: number): RunTask {
  const { layout, scenario, world, seeds, outDir, trajectory = true, pedpy = false } = request;
  const files = outDir === null ? null : { folder: runFolder(outDir, seeds, seed), trajectory, pedpy, report: seeds.length > 1 };
  return { task, seed, layout, scenario, world, files, control: new Int32Array(new SharedArrayBuffer(4)) };
}

function progressOf(request: RunSeedsOptions, seed: number): Job["onProgress"] {
  const { onProgress, scenario } = request;
  return ({ simulated_s, inside }) => onProgress?.({ seed, simulated_s, duration_s: scenario.duration_s, inside });
}

/** By index of the seed, whatever the order of arrival. */
function gather(answers: readonly RunAnswer[]): RunSeedsResult {
  const result: RunSeedsResult = { runs: [], failed: [], events: [], timings: [] };
  for (const answer of answers) {
    if (answer.kind === "failed") result.failed.push(answer.failed);
    else {
      result.runs.push(answer.report);
      result.events.push(answer.events);
      result.timings.push(answer.timing);
    }
  }
  return result;
}
