/** One order on its way: its state, its public view, and what it tells its listeners. */
import type { FailedRun } from "../../engine/warn/report.js";
import { problemDocument } from "../problem.js";
import type {
  Order,
  Prepared,
  Progress,
  ResultIndex,
  RunEventName,
  RunListener,
  RunState,
  RunView,
  SeedProgress,
} from "./records.js";

export interface Job {
  readonly id: string;
  readonly name: string;
  /** Folder of its files, made by the server; no part of it comes from a request. */
  readonly dir: string;
  readonly seeds: readonly number[];
  readonly workers: number | null;
  readonly charts: boolean;
  readonly trajectory: boolean;
  readonly created: Date;
  state: RunState;
  started: Date | null;
  ended: Date | null;
  seedProgress: SeedProgress[];
  failed: FailedRun[];
  notices: string[];
  problem: RunView["problem"];
  result: ResultIndex | null;
  /** Compiled input of a job that starts at once; null: it is read again from `order` when its turn comes, so that waiting jobs hold no memory. */
  prepared: Prepared | null;
  readonly order: () => Promise<Order>;
  readonly abort: AbortController;
  readonly listeners: Set<RunListener>;
  /** Settles when the job has ended, whatever its state. */
  settled: Promise<void>;
}

export const isOver = (job: Job): boolean => job.state === "done" || job.state === "failed" || job.state === "cancelled";

/** Share of the work done, 0..1. */
function progressOf(job: Job): Progress {
  const share = (seed: SeedProgress): number =>
    seed.state === "done" || seed.state === "failed"
      ? 1
      : seed.duration_s > 0
        ? Math.min(1, seed.simulated_s / seed.duration_s)
        : 0;
  const sum = job.seedProgress.reduce((total, seed) => total + share(seed), 0);
  return {
    fraction: job.state === "done" ? 1 : sum / Math.max(1, job.seedProgress.length),
    seeds: job.seedProgress.map((seed) => ({ ...seed })),
  };
}

/** The public view. Addresses of results stand in it only when they can be fetched. */
export function viewOf(job: Job): RunView {
  const self = `/v1/runs/${job.id}`;
  const links: Record<string, string> = { self, events: `${self}/events` };
  if (!isOver(job)) links.cancel = `${self}/cancel`;
  if (job.state === "done") {
    for (const name of ["summary", "warnings", "risk-map", "report", "charts", "trajectory"]) links[name] = `${self}/${name}`;
    if (job.result?.files.fire !== undefined) links.fire = `${self}/fire`;
    if (Object.keys(job.result?.fires ?? {}).length > 0) links["fire-records"] = `${self}/fire-records`;
  }
  return {
    id: job.id,
    name: job.name,
    state: job.state,
    seeds: [...job.seeds],
    created_at: job.created.toISOString(),
    started_at: job.started?.toISOString() ?? null,
    ended_at: job.ended?.toISOString() ?? null,
    progress: progressOf(job),
    failed: [...job.failed],
    notices: [...job.notices],
    problem: job.problem,
    links,
  };
}

/** Tells all listeners; one that throws (a broken connection) is dropped and disturbs nobody. */
export function tell(job: Job, name: RunEventName): void {
  const data = name === "progress" ? progressOf(job) : viewOf(job);
  for (const listener of [...job.listeners]) {
    try {
      listener({ name, data });
    } catch {
      job.listeners.delete(listener);
    }
  }
}

export const cancelledBy = (job: Job): RunView["problem"] => {
  const reason: unknown = job.abort.signal.reason;
  return problemDocument("CANCELLED", [{ place: "", message: typeof reason === "string" ? reason : "cancelled" }]);
};

/** Ends a job that never started. */
export function endUnstarted(job: Job): void {
  job.state = "cancelled";
  job.problem = cancelledBy(job);
  end(job);
}

/** Writes the end down, tells it and lets all listeners go. */
export function end(job: Job): void {
  job.prepared = null;
  job.ended = new Date();
  if (job.state === "done" || job.state === "failed" || job.state === "cancelled") tell(job, job.state);
  job.listeners.clear();
}
