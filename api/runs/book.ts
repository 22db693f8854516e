/** The book of orders: takes them in, lets them wait their turn, keeps a bounded number of results, ends them all on closing. */
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { MusterError } from "../../engine/errors.js";
import type { Pool } from "../../workers/pool.js";
import type { Desk } from "../desk/desk.js";
import type { Limits } from "../limits.js";
import { execute } from "./execute.js";
import { endUnstarted, isOver, type Job, viewOf } from "./job.js";
import type { Order, Prepared, ResultIndex, RunListener, RunView } from "./records.js";

interface BookOptions {
  pool: Pick<Pool, "runSeeds" | "writeResults">;
  desk: Pick<Desk, "prepare">;
  limits: Limits;
  /** Threads of the pool: so many orders run at once, and so many seeds of one order. */
  threads: number;
  onFault: (error: unknown) => void;
}

const ORDER_FILE = "order.bin";

const notFound = (id: string): MusterError =>
  new MusterError("NOT_FOUND", [{ place: "id", message: `no run ${id.slice(0, 64)}` }]);

const DOWN = "the server is shutting down";

const byEnd = (a: Job, b: Job): number => (a.ended?.getTime() ?? 0) - (b.ended?.getTime() ?? 0);

/** Creates the book and its private folder (mode 0700), which `close` removes. */
export async function createRunBook(options: BookOptions): Promise<RunBook> {
  return new RunBook(options, await mkdtemp(join(tmpdir(), "muster-api-")));
}

/** Lives as long as its server. An id that it does not know, or no more, is NOT_FOUND in every method. */
export class RunBook {
  readonly #options: BookOptions;
  readonly #root: string;
  /** In order of arrival. */
  readonly #jobs = new Map<string, Job>();
  readonly #queue: Job[] = [];
  readonly #closing = new AbortController();
  #running = 0;

  constructor(options: BookOptions, root: string) {
    this.#options = options;
    this.#root = root;
  }

  /** Reads and checks the order, then queues it. Throws every fault of the input, or OVERLOADED. */
  async submit(order: Order): Promise<RunView> {
    const { desk, threads } = this.#options;
    this.#refuseWhenFull();
    const prepared = await desk.prepare(order, this.#closing.signal).finally(() => this.#refuseWhenFull());
    const job = await createJob(this.#root, order, prepared);
    if (this.#closing.signal.aborted) {
      await rm(job.dir, { recursive: true, force: true });
      throw new MusterError("OVERLOADED", DOWN);
    }
    if (this.#running >= threads) job.prepared = null;
    this.#jobs.set(job.id, job);
    this.#queue.push(job);
    const view = viewOf(job);
    this.#pump();
    return view;
  }

  /** Newest first. */
  list(): RunView[] {
    return [...this.#jobs.values()].reverse().map(viewOf);
  }

  get(id: string): RunView {
    return viewOf(this.#find(id));
  }

  /** Files of a finished run and their folder. Throws CONFLICT while there are none. */
  result(id: string): { dir: string; index: ResultIndex; view: RunView } {
    const job = this.#find(id);
    if (job.result && job.state === "done") return { dir: job.dir, index: job.result, view: viewOf(job) };
    const why = isOver(job)
      ? `it ${job.state === "failed" ? "failed" : "was cancelled"}: ${job.problem?.detail ?? ""}`
      : `it is ${job.state}`;
    throw new MusterError("CONFLICT", [{ place: id, message: `the run has no results, ${why}` }]);
  }

  /** Throws CONFLICT when the run is over. */
  cancel(id: string): RunView {
    const job = this.#find(id);
    if (isOver(job))
      throw new MusterError("CONFLICT", [{ place: id, message: `the run is over (${job.state}) and cannot be cancelled` }]);
    this.#cancel(job, "cancelled by a client");
    return viewOf(job);
  }

  /** Cancels the run if it still goes on, and drops its files; settles when they are gone. */
  async remove(id: string): Promise<void> {
    const job = this.#find(id);
    if (!isOver(job)) this.#cancel(job, "removed by a client");
    await job.settled;
    await this.#drop(job);
  }

  /** Calls `listener` with every event from now on; ends by itself after the last one. Returns how to stop it. */
  watch(id: string, listener: RunListener): () => void {
    const job = this.#find(id);
    if (!isOver(job)) job.listeners.add(listener);
    return () => job.listeners.delete(listener);
  }

  /** Runs under way, and runs that wait. */
  counts(): { running: number; queued: number } {
    return { running: this.#running, queued: this.#queue.length };
  }

  /** Takes no more orders; waits up to `grace_s` for running ones, cancels the rest, removes all files. */
  async close(grace_s: number): Promise<void> {
    if (!this.#closing.signal.aborted) this.#closing.abort(DOWN);
    for (const job of [...this.#queue]) this.#cancel(job, DOWN);
    const all = [...this.#jobs.values()];
    const settled = Promise.all(all.map((job) => job.settled));
    await within(grace_s, settled);
    for (const job of all) if (!isOver(job)) job.abort.abort(DOWN);
    await settled;
    await rm(this.#root, { recursive: true, force: true });
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw notFound(id);
    return job;
  }

  #refuseWhenFull(): void {
    const { queued_runs } = this.#options.limits;
    if (this.#closing.signal.aborted) throw new MusterError("OVERLOADED", DOWN);
    if (this.#queue.length >= queued_runs)
      throw new MusterError("OVERLOADED", `${this.#queue.length} runs are waiting, limit ${queued_runs}`);
  }

  #pump(): void {
    const { pool, desk, threads, limits, onFault } = this.#options;
    while (this.#running < threads) {
      const job = this.#queue.shift();
      if (!job) return;
      this.#running++;
      job.settled = execute(job, { pool, desk, lanes: threads, run_s: limits.run_s }, onFault)
        .then(() => this.#tidy(job))
        .catch(onFault)
        .finally(() => {
          this.#running--;
          this.#pump();
        });
    }
  }

  #cancel(job: Job, reason: string): void {
    job.abort.abort(reason);
    const at = this.#queue.indexOf(job);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    endUnstarted(job);
    job.settled = this.#tidy(job).catch(this.#options.onFault);
  }

  async #drop(job: Job): Promise<void> {
    this.#jobs.delete(job.id);
    await rm(job.dir, { recursive: true, force: true });
  }

  /** Keeps the newest `kept_runs` of the runs that are over; files of cancelled and failed ones go at once. */
  async #tidy(ended: Job): Promise<void> {
    await rm(ended.state === "done" ? join(ended.dir, ORDER_FILE) : ended.dir, { recursive: true, force: true });
    const over = [...this.#jobs.values()].filter(isOver).sort(byEnd);
    const excess = Math.max(0, over.length - this.#options.limits.kept_runs);
    for (const job of over.slice(0, excess)) await this.#drop(job);
  }
}

/** Waits for `work`, but no longer than `limit_s`. */
async function within(limit_s: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit_s * 1000);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/** The order goes to the disk, so that a waiting one holds no memory; its texts are needed again when its turn comes. */
async function createJob(root: string, order: Order, prepared: Prepared): Promise<Job> {
  const id = randomUUID();
  const dir = join(root, id);
  const file = join(dir, ORDER_FILE);
  try {
    await mkdir(dir, { mode: 0o700 });
    await writeFile(file, serialize(order));
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new MusterError("OUTPUT_FAILED", `the server cannot keep the order on its disk (${code})`);
  }
  const duration_s = prepared.scenario.duration_s;
  return {
    id,
    name: prepared.scenario.name,
    dir,
    seeds: prepared.seeds,
    workers: order.workers,
    charts: order.charts,
    trajectory: order.trajectory,
    created: new Date(),
    state: "queued",
    started: null,
    ended: null,
    seedProgress: prepared.seeds.map((seed) => ({ seed, state: "waiting", simulated_s: 0, duration_s, inside: 0 })),
    failed: [],
    notices: prepared.notices,
    problem: null,
    result: null,
    prepared,
    // Written above by this server alone, so its type is known.
    order: async () => deserialize(await readFile(file)) as Order,
    abort: new AbortController(),
    listeners: new Set(),
    settled: Promise.resolve(),
  };
}
