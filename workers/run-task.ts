/** Entry of a worker thread for runs: a task in, an answer out, never an exception. */
import { parentPort } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { MusterError } from "../engine/errors.js";
import type { RunReport } from "../engine/warn/report.js";
import { type ProgressMessage, type RunAnswer, type RunTask, STOP_TIMEOUT } from "./messages.js";
import { oneRun } from "./one-run.js";

export default function runTask(task: RunTask): unknown {
  const { task: number, seed } = task;
  const post = (simulated_s: number, inside: number): void =>
    parentPort?.postMessage({ kind: "progress", task: number, simulated_s, inside } satisfies ProgressMessage);
  try {
    const { report, events, timing } = oneRun(task, post);
    const answer: RunAnswer = { kind: "report", report, events, timing };
    // piscina moves the listed buffers with the value instead of copying them, if the pair of both is marked by `move`. Its type
    // for such pairs names one transferable object; its worker takes a list.
    return move({ [transferableSymbol]: mapBuffers(report), [valueSymbol]: answer } as unknown as ArrayBuffer);
  } catch (error) {
    return { kind: "failed", failed: { seed, ...failureOf(error, task) } } satisfies RunAnswer;
  }
}

function failureOf(error: unknown, task: RunTask): { code: string; message: string } {
  if (!(error instanceof MusterError)) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { code: "RUN_FAILED", message: text };
  }
  // The run only knows that it was stopped; why is in the flag that stopped it.
  if (error.code === "CANCELLED" && Atomics.load(task.control, 0) === STOP_TIMEOUT)
    return { code: "RUN_TIMEOUT", message: "took longer than its limit" };
  return { code: error.code, message: error.message };
}

function mapBuffers(report: RunReport): ArrayBufferLike[] {
  const arrays = report.maps.flatMap((map) => [map.area, map.mean, map.peak, map.peak_at, ...map.above]);
  const burnt = (report.fire?.maps ?? []).flatMap((map) => [map.visibility_m, map.fed, map.untenable_s]);
  return [...new Set([...arrays, ...burnt].map((array) => array.buffer))];
}
