/**
 * The desk: threads that read layouts and scenarios and compile worlds, so that a huge or hostile input never
 * holds up the thread that answers requests. A task over its time or memory ends its thread and is refused; the next task
 * gets a new one.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { MusterError } from "../../engine/errors.js";
import type { Limits } from "../limits.js";
import type { LayoutCheck, Order, Prepared } from "../runs/records.js";
import type { DeskAnswer, DeskTask } from "./messages.js";

/** The heavy steps before a run. Both throw MusterError with every fault of the input, or the limit that is passed. */
export interface Desk {
  check(layout: Order["layout"], signal: AbortSignal): Promise<LayoutCheck>;
  /** Reads, checks and compiles layout and scenario. */
  prepare(order: Order, signal: AbortSignal): Promise<Prepared>;
  close(): Promise<void>;
}

/** Tasks that may wait for a desk thread; more are turned away with OVERLOADED. */
const MAX_WAITING = 64;

/** Lets `size` callers in at once and the others wait in their order, so that a task's time counts from its start. */
function turnstile(size: number): { enter: () => Promise<void>; leave: () => void } {
  const waiters: (() => void)[] = [];
  let inside = 0;
  return {
    enter: async () => {
      if (inside < size) {
        inside++;
        return;
      }
      if (waiters.length >= MAX_WAITING)
        throw new MusterError("OVERLOADED", `${waiters.length} inputs wait to be read, limit ${MAX_WAITING}`);
      await new Promise<void>((resolve) => waiters.push(resolve));
    },
    leave: () => {
      const next = waiters.shift();
      if (next) next();
      else inside--;
    },
  };
}

function taskFile(): string {
  const beside = fileURLToPath(new URL("./desk-task.js", import.meta.url));
  if (existsSync(beside)) return beside;
  const built = fileURLToPath(new URL("../../dist/api/desk/desk-task.js", import.meta.url));
  if (existsSync(built)) return built;
  throw new MusterError("INTERNAL", `the desk's module ${beside} is missing: run "npm run build"`);
}

/** `threads`: tasks at once. Threads start when they are needed and end after 30 s without work. */
export function createDesk(options: { threads: number; limits: Limits }): Desk {
  const { threads, limits } = options;
  let pool: Piscina | null = null;
  const gate = turnstile(threads);

  const start = (): Piscina => {
    const created = new Piscina({
      filename: taskFile(),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: 30_000,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory_mb },
    });
    // After a thread that failed while it started, piscina starts no other: such a pool is replaced.
    created.on("error", () => {
      if (pool !== created || created.threads.length > 0) return;
      pool = null;
      void created.destroy();
    });
    return created;
  };

  const ask = async (task: DeskTask, signal: AbortSignal): Promise<DeskAnswer> => {
    await gate.enter();
    const limit = AbortSignal.timeout(limits.prepare_s * 1000);
    try {
      if (signal.aborted) throw signal.reason;
      pool ??= start();
      // The module's answer is typed where it is written (desk-task.ts); piscina hands it over untyped.
      const answer = (await pool.run(task, { signal: AbortSignal.any([signal, limit]) })) as DeskAnswer;
      if (answer.kind === "fault") throw new MusterError(answer.code, answer.problems);
      return answer;
    } catch (error) {
      if (error instanceof MusterError) throw error;
      if (signal.aborted) throw new MusterError("CANCELLED", typeof signal.reason === "string" ? signal.reason : "cancelled");
      if (limit.aborted) throw tooLarge(task, `takes longer than ${limits.prepare_s} s`, limits.prepare_s);
      const outOfMemory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      if (outOfMemory) throw tooLarge(task, `needs more than ${limits.memory_mb} MB of memory`, limits.memory_mb);
      throw error;
    } finally {
      gate.leave();
    }
  };

  return {
    check: async (layout, signal) => expectKind(await ask({ kind: "check", layout }, signal), "check").check,
    prepare: async (order, signal) => {
      const sizes = { agents: limits.agents, agent_steps: limits.agent_steps, seeds: limits.seeds };
      return expectKind(await ask({ kind: "prepare", order, limits: sizes }, signal), "prepare").prepared;
    },
    close: async () => {
      const old = pool;
      pool = null;
      await old?.destroy();
    },
  };
}

function tooLarge(task: DeskTask, what: string, limit: number): MusterError {
  const doing = task.kind === "check" ? "reading the layout" : "reading layout and scenario";
  return new MusterError("INPUT_TOO_LARGE", [{ place: "", message: `${doing} ${what}`, limit }]);
}

function expectKind<K extends DeskAnswer["kind"]>(answer: DeskAnswer, kind: K): Extract<DeskAnswer, { kind: K }> {
  if (answer.kind !== kind) throw new Error(`the desk answered ${answer.kind} to ${kind}`);
  // Just compared; TypeScript does not narrow a union by a generic kind.
  return answer as Extract<DeskAnswer, { kind: K }>;
}
