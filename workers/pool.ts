/**
 * The pool of worker threads that runs ensembles: bounded queue, cancel, time limit, and a worker that dies fails its run alone.
 *
 * The queue is ours and piscina holds only what is running, since piscina (5.3.2) never starts a thread again once one has failed
 * while it was starting, and then leaves its queue waiting for ever; such a pool is replaced by a new one.
 */
import { existsSync } from "node:fs";
import { sep } from "node:path";
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
  type ResultInput,
  type RunAnswer,
  type RunTask,
  type RunTiming,
  STOP_CANCELLED,
  STOP_TIMEOUT,
  type VerifyAnswer,
  type VerifyTask,
  type WriteAnswer,
  type WriteTask,
  type Written,
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
  /** Path of the file of `fire.smoke_from`; null or absent without. */
  smokeFile?: string | null;
  signal?: AbortSignal;
  /** Limit of one run, from its start in a thread, ms. Default: none. */
  timeoutMs?: number;
  onProgress?: (progress: Progress) => void;
  /** Once per seed that ended by itself, well (null) or not. */
  onEnd?: (seed: number, failed: FailedRun | null) => void;
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
  /**
   * Joins runs and writes the results folder (see write.ts) on a thread of the pool.
   * Rejected with OUTPUT_FAILED, RUN_FAILED (no run to join), WORKER_DIED, CANCELLED, OVERLOADED.
   */
  writeResults(folder: string, input: ResultInput, signal?: AbortSignal): Promise<Written>;
  /** Runs of verification cases on the pool's threads; answers by index. Rejected with CANCELLED and OVERLOADED. */
  verify(tasks: readonly Omit<VerifyTask, "task" | "control">[], signal?: AbortSignal): Promise<VerifyAnswer[]>;
  /** Cancels what runs and waits, and ends the threads. */
  close(): Promise<void>;
}

/** Anything that waits for a thread. */
interface Job {
  task: RunTask | WriteTask | VerifyTask;
  /** The task's module. */
  file: string;
  timeoutMs: number | null;
  onProgress: (message: ProgressMessage) => void;
  done: (outcome: Outcome) => void;
}

/** What the module answered, typed where it is written; or why there is no answer. */
type Outcome = { answer: unknown } | { lost: ErrorCode; message: string };

const CANCELLED = { lost: "CANCELLED", message: "cancelled before its end" } as const;
const cancelled = (): MusterError => new MusterError("CANCELLED", CANCELLED.message);

/** A task's module: beside this file when compiled; a source checkout run through a loader uses the build. */
function moduleFile(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(beside)) return beside;
  const built = fileURLToPath(new URL(`../dist/workers/${name}.js`, import.meta.url));
  if (existsSync(built)) return built;
  throw new MusterError("INTERNAL", `the worker's module ${beside} is missing: run "npm run build"`);
}

/** @param options see PoolOptions; `workers` is an integer from 1 to 256 */
export function createPool(options: PoolOptions): Pool {
  const { workers } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > 256)
    throw new MusterError("REQUEST_INVALID", [
      { place: "workers", message: `${workers} is not an integer from 1 to 256`, value: workers },
    ]);
  return new RunPool(options);
}

class RunPool implements Pool {
  readonly #workers: number;
  readonly #maxQueue: number;
  readonly #memoryMb: number | undefined;
  readonly #taskFile: string;
  readonly #graceMs: number;
  readonly #queue: Job[] = [];
  readonly #running = new Map<number, Job>();
  /** By task: tells the run to stop by itself, and ends its thread when it does not. */
  readonly #stoppers = new Map<number, (why: number) => void>();
  #threads: Piscina | null = null;
  #nextTask = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#workers = options.workers;
    this.#maxQueue = options.maxQueue ?? 10_000;
    this.#memoryMb = options.memoryMb;
    this.#taskFile = options.taskFile ?? moduleFile("run-task");
    this.#graceMs = options.graceMs ?? 10_000;
  }

  running(): number {
    return this.#running.size;
  }

  waiting(): number {
    return this.#queue.length;
  }

  async runSeeds(request: RunSeedsOptions): Promise<RunSeedsResult> {
    const { seeds, timeoutMs = null, outDir } = request;
    checkSeeds(seeds);
    const jobs = seeds.map((seed) => {
      const onProgress = progressOf(request, seed);
      return { task: makeTask(request, seed, this.#nextTask++), file: this.#taskFile, timeoutMs, onProgress };
    });
    const outcomes = await this.#all(jobs, request.signal, (index, outcome) => {
      const seed = seeds[index] ?? 0;
      const answer = answerOf(seed, outcome, outDir);
      // The end is told here, from the answer: a thread's last message may arrive after it.
      if (answer.kind !== "failed")
        request.onProgress?.({
          seed,
          simulated_s: answer.report.result.simulated_s,
          duration_s: request.scenario.duration_s,
          inside: answer.report.result.inside,
        });
      request.onEnd?.(seed, answer.kind === "failed" ? answer.failed : null);
    });
    return gather(outcomes.map((outcome, i) => answerOf(seeds[i] ?? 0, outcome, outDir)));
  }

  async writeResults(folder: string, input: ResultInput, signal?: AbortSignal): Promise<Written> {
    const task: WriteTask = { task: this.#nextTask++, folder, input, control: newControl() };
    const [outcome = CANCELLED] = await this.#all(
      [{ task, file: moduleFile("write-task"), timeoutMs: null, onProgress: () => {} }],
      signal,
    );
    if (!("answer" in outcome)) throw new MusterError(outcome.lost, outcome.message);
    // write-task.ts returns nothing else.
    const answer = outcome.answer as WriteAnswer;
    if (answer.kind === "error") throw new MusterError(answer.code, answer.problems);
    return answer;
  }

  async verify(tasks: readonly Omit<VerifyTask, "task" | "control">[], signal?: AbortSignal): Promise<VerifyAnswer[]> {
    const file = moduleFile("verify-task");
    const jobs = tasks.map((task) => ({
      task: { ...task, task: this.#nextTask++, control: newControl() },
      file,
      timeoutMs: null,
      onProgress: () => {},
    }));
    const outcomes = await this.#all(jobs, signal);
    return outcomes.map((outcome, i): VerifyAnswer => {
      // verify-task.ts returns nothing else.
      if ("answer" in outcome) return outcome.answer as VerifyAnswer;
      return { kind: "failed", failed: { seed: tasks[i]!.seed, code: outcome.lost, message: outcome.message } };
    });
  }

  /** Queues jobs and waits for all of them; by index. Rejected when the queue has no room, and when cancelled. */
  async #all(
    jobs: Omit<Job, "done">[],
    signal: AbortSignal | undefined,
    onOutcome: (index: number, outcome: Outcome) => void = () => {},
  ): Promise<Outcome[]> {
    if (this.#closed) throw new MusterError("CONFLICT", "the pool is closed");
    if (signal?.aborted) throw cancelled();
    const room = Math.max(0, this.#maxQueue + this.#workers - this.#running.size - this.#queue.length);
    if (jobs.length > room)
      throw new MusterError("OVERLOADED", `${jobs.length} runs asked for, room for ${room}: ${this.#queue.length} runs wait`);
    const tasks = new Set(jobs.map((job) => job.task.task));
    const outcomes = jobs.map(async (job, index) => {
      const outcome = await new Promise<Outcome>((done) => this.#queue.push({ ...job, done }));
      if (!signal?.aborted) onOutcome(index, outcome);
      return outcome;
    });
    const onAbort = (): void => this.#cancel(tasks);
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#pump();
    try {
      const all = await Promise.all(outcomes);
      if (signal?.aborted || this.#closed) throw cancelled();
      return all;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel(new Set([...this.#running.keys(), ...this.#queue.map((job) => job.task.task)]));
    while (this.#running.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const threads = this.#threads;
    this.#threads = null;
    await threads?.destroy();
  }

  /** Hands waiting jobs to free threads. */
  #pump(): void {
    while (this.#running.size < this.#workers) {
      const job = this.#queue.shift();
      if (!job) return;
      this.#running.set(job.task.task, job);
      void this.#run(job).then((outcome) => {
        this.#running.delete(job.task.task);
        job.done(outcome);
        this.#pump();
      });
    }
  }

  /** One job in a thread; resolves when the thread is free again or gone, and is never rejected. */
  async #run(job: Job): Promise<Outcome> {
    const { control, task } = job.task;
    const kill = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    const stop = (why: number): void => {
      Atomics.compareExchange(control, 0, GO, why);
      grace ??= setTimeout(() => kill.abort(), this.#graceMs);
    };
    const limit = job.timeoutMs === null ? undefined : setTimeout(() => stop(STOP_TIMEOUT), job.timeoutMs);
    this.#stoppers.set(task, stop);
    try {
      this.#threads ??= this.#startThreads();
      return { answer: await this.#threads.run(job.task, { signal: kill.signal, filename: job.file }) };
    } catch (error) {
      if (this.#threads?.threads.length === 0) this.#dropThreads();
      const why = Atomics.load(control, 0);
      if (why === STOP_CANCELLED) return CANCELLED;
      if (why === STOP_TIMEOUT)
        return { lost: "RUN_TIMEOUT", message: `took longer than its limit of ${(job.timeoutMs ?? 0) / 1000} s` };
      return { lost: "WORKER_DIED", message: `the worker thread ended before its run did: ${causeOf(error, this.#memoryMb)}` };
    } finally {
      clearTimeout(limit);
      clearTimeout(grace);
      this.#stoppers.delete(task);
    }
  }

  #cancel(tasks: ReadonlySet<number>): void {
    const waiting = this.#queue.splice(0);
    for (const job of waiting) {
      if (tasks.has(job.task.task)) job.done(CANCELLED);
      else this.#queue.push(job);
    }
    for (const [task, stop] of this.#stoppers) if (tasks.has(task)) stop(STOP_CANCELLED);
  }

  #startThreads(): Piscina {
    const threads = new Piscina({
      filename: this.#taskFile,
      minThreads: 1,
      maxThreads: this.#workers,
      idleTimeout: 30_000,
      maxQueue: this.#workers,
      recordTiming: false,
      ...(this.#memoryMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb } }),
    });
    threads.on("message", (message: ProgressMessage) => this.#running.get(message.task)?.onProgress(message));
    // A thread that fails while it starts has no task to fail: a task that waits for it would never be answered, so all threads go.
    threads.on("error", () => {
      if (this.#threads === threads && threads.threads.length === 0) this.#dropThreads();
    });
    return threads;
  }

  #dropThreads(): void {
    const threads = this.#threads;
    this.#threads = null;
    void threads?.destroy();
  }
}

function causeOf(error: unknown, memoryMb: number | undefined): string {
  if (!(error instanceof Error)) return String(error);
  if (!("code" in error) || error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error.message;
  return memoryMb === undefined ? "out of memory" : `out of its memory of ${memoryMb} MB`;
}

/** An answer of run-task.ts; a run without one failed. Files are named from the results folder, which may be a passing name. */
function answerOf(seed: number, outcome: Outcome, outDir: string | null): RunAnswer {
  if ("answer" in outcome) {
    // run-task.ts returns nothing else.
    const answer = outcome.answer as RunAnswer;
    if (answer.kind !== "failed" || outDir === null) return answer;
    return { kind: "failed", failed: { ...answer.failed, message: answer.failed.message.replaceAll(outDir + sep, "") } };
  }
  return { kind: "failed", failed: { seed, code: outcome.lost, message: outcome.message } };
}

const newControl = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

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
  const { layout, scenario, world, seeds, outDir, trajectory = true, pedpy = false, smokeFile } = request;
  const files = outDir === null ? null : { folder: runFolder(outDir, seeds, seed), trajectory, pedpy, report: seeds.length > 1 };
  return { task, seed, layout, scenario, world, files, ...(smokeFile == null ? {} : { smokeFile }), control: newControl() };
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
