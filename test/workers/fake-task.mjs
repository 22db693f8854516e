// Stands in for workers/run-task.js: the seed says what the thread does. 1..99 answer at once, the others misbehave.
import { parentPort } from "node:worker_threads";

const report = (seed, status = "finished") => ({
  seed,
  result: { status, simulated_s: seed, steps: 1, asked: 1, waiting: 0, inside: 0, left: 1, agentSteps: 1, minCoreGap_m: 0, wallCrossings: 0, wallLimited: 0, stuck: [], redirects: [], lifts: [], unfinished: 0 },
  measures: {},
  maps: [],
  warnings: [],
});
const answer = (seed) => ({ kind: "report", report: report(seed), events: [], timing: { seed, wall_s: 0, agentSteps: 1, steps: 1 } });
const failed = (seed, code) => ({ kind: "failed", failed: { seed, code, message: "stopped" } });
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

export default function fakeTask({ task, seed, control }) {
  const progress = (simulated_s) => parentPort.postMessage({ kind: "progress", task, simulated_s, inside: 1 });
  progress(0);
  if (seed === 100) process.exit(3);
  if (seed === 101) for (const hoard = []; ; ) hoard.push(new Array(10_000).fill(Math.random()));
  if (seed === 102) throw new Error("thrown by the task");
  // A run that listens to its control, 110..119; one that never does, 120..129.
  if (seed >= 110 && seed < 120) {
    for (let i = 0; i < 6000; i++) {
      progress(i);
      pause(5);
      const why = Atomics.load(control, 0);
      if (why !== 0) return failed(seed, why === 1 ? "CANCELLED" : "RUN_TIMEOUT");
    }
  }
  if (seed >= 120 && seed < 130) for (;;) pause(1000);
  // Later seeds are quicker, so that arrival is not the order asked for.
  pause(Math.max(0, 60 - 3 * seed));
  return answer(seed);
}
