// A real run, but for seeds whose thread dies on the way: 13 ends its process, 14 needs more memory than it may have.
import { parentPort } from "node:worker_threads";

const { default: runTask } = await import(new URL("../../dist/workers/run-task.js", import.meta.url).href);

export default function mortalTask(task) {
  if (task.seed === 13 || task.seed === 14) parentPort.postMessage({ kind: "progress", task: task.task, simulated_s: 1, inside: 40 });
  if (task.seed === 13) process.exit(3);
  if (task.seed === 14) for (const hoard = []; ; ) hoard.push(new Array(10_000).fill(Math.random()));
  return runTask(task);
}
