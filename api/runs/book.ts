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

export interface RunBook {
  /** Reads and checks the order, then queues it. Throws every fault of the input, or OVERLOADED. */
  submit(order: Order): Promise<RunView>;
  /** Newest first. */
  list(): RunView[];
  /** Throws NOT_FOUND. */
  get(id: string): RunView;
  /** Files of a finished run and their folder. Throws NOT_FOUND, or CONFLICT while there are none. */
  result(id: string): { dir: string; index: ResultIndex; view: RunView };
  /** Throws NOT_FOUND, or CONFLICT when the run is over. */
  cancel(id: string): RunView;
  /** Cancels the run if it still goes on, and drops its files. */
  remove(id: string): Promise<void>;
  /** Calls `listener` with every event from now on; ends by itself after the last one. Returns how to stop it. */
  watch(id: string, listener: RunListener): () => void;
  /** Runs under way, and runs that wait. */
  counts(): { running: number; queued: number };
  /** Takes no more orders; waits up to `grace_s` for running ones, cancels the rest, removes all files. */
  close(grace_s: number): Promise<void>;
}

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

/** Creates the book and its private folder (mode 0700), which `close` removes. */
export async function createRunBook(options: BookOptions): Promise<RunBook> {
  const { pool, desk, limits, threads, onFault } = options;
  const root = await mkdtemp(join(tmpdir(), "muster-api-"));
  const jobs = new Map<string, Job>();
  const queue: Job[] = [];
  const closing = new AbortController();
  let running = 0;

  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw notFound(id);
    return job;
  };

  const drop = async (job: Job): Promise<void> => {
    jobs.delete(job.id);
    await rm(job.dir, { recursive: true, force: true });
  };

  /** Keeps the newest `kept_runs` of the runs that are over; files of cancelled and failed ones go at once. */
  const tidy = async (ended: Job): Promise<void> => {
    await rm(ended.state === "done" ? join(ended.dir, ORDER_FILE) : ended.dir, { recursive: true, force: true });
    const over = [...jobs.values()].filter(isOver).sort((a, b) => (a.ended?.getTime() ?? 0) - (b.ended?.getTime() ?? 0));
    for (const job of over.slice(0, Math.max(0, over.length - limits.kept_runs))) await drop(job);
  };

  const pump = (): void => {
    while (running < threads) {
      const job = queue.shift();
      if (!job) return;
      running++;
      job.settled = execute(job, { pool, desk, lanes: threads, run_s: limits.run_s }, onFault)
        .then(() => tidy(job))
        .catch(onFault)
        .finally(() => {
          running--;
          pump();
        });
    }
  };

  const refuseWhenFull = (): void => {
    if (closing.signal.aborted) throw new MusterError("OVERLOADED", "the server is shutting down and takes no more runs");
    if (queue.length >= limits.queued_runs)
      throw new MusterError("OVERLOADED", `${queue.length} runs are waiting, limit ${limits.queued_runs}`);
  };

  const submit = async (order: Order): Promise<RunView> => {
    refuseWhenFull();
    const prepared = await desk.prepare(order, closing.signal);
    refuseWhenFull();
    const job = await createJob(root, order, prepared);
    if (running >= threads) job.prepared = null;
    jobs.set(job.id, job);
    queue.push(job);
    const view = viewOf(job);
    pump();
    return view;
  };

  const cancelJob = (job: Job, reason: string): void => {
    job.abort.abort(reason);
    const at = queue.indexOf(job);
    if (at < 0) return;
    queue.splice(at, 1);
    endUnstarted(job);
    job.settled = tidy(job).catch(onFault);
  };

  return {
    submit,
    list: () => [...jobs.values()].reverse().map(viewOf),
    get: (id) => viewOf(find(id)),
    result: (id) => {
      const job = find(id);
      if (job.result && job.state === "done") return { dir: job.dir, index: job.result, view: viewOf(job) };
      const why = isOver(job)
        ? `it ${job.state === "failed" ? "failed" : "was cancelled"}: ${job.problem?.detail ?? ""}`
        : `it is ${job.state}`;
      throw new MusterError("CONFLICT", [{ place: id, message: `the run has no results, ${why}` }]);
    },
    cancel: (id) => {
      const job = find(id);
      if (isOver(job))
        throw new MusterError("CONFLICT", [{ place: id, message: `the run is over (${job.state}) and cannot be cancelled` }]);
      cancelJob(job, "cancelled by a client");
      return viewOf(job);
    },
    remove: async (id) => {
      const job = find(id);
      if (!isOver(job)) cancelJob(job, "removed by a client");
      jobs.delete(id);
      await job.settled;
      await drop(job);
    },
    watch: (id, listener) => {
      const job = find(id);
      if (!isOver(job)) job.listeners.add(listener);
      return () => job.listeners.delete(listener);
    },
    counts: () => ({ running, queued: queue.length }),
    close: async (grace_s) => {
      if (!closing.signal.aborted) closing.abort("the server is shutting down");
      for (const job of [...queue]) cancelJob(job, "the server is shutting down");
      const all = [...jobs.values()];
      await within(grace_s, Promise.all(all.map((job) => job.settled)));
      for (const job of all) if (!isOver(job)) job.abort.abort("the server is shutting down");
      await Promise.all(all.map((job) => job.settled));
      await rm(root, { recursive: true, force: true });
    },
  };
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
