/** Entry of a desk thread: one task in, one answer out. Faults of the input come back as data, others as exceptions. */
import { MusterError } from "../../engine/errors.js";
import { readLayout } from "../../engine/layout/read.js";
import { summarise } from "../../engine/layout/summary.js";
import type { DeskAnswer, DeskTask } from "./messages.js";
import { prepare } from "./prepare.js";

function answer(task: DeskTask): DeskAnswer {
  if (task.kind === "check") return { kind: "check", check: { valid: true, ...summarise(readLayout(task.layout)) } };
  return { kind: "prepare", prepared: prepare(task.order, task.limits) };
}

/** Called by piscina. */
export default function deskTask(task: DeskTask): DeskAnswer {
  try {
    return answer(task);
  } catch (error) {
    if (error instanceof MusterError) return { kind: "fault", code: error.code, problems: error.problems };
    throw error;
  }
}
