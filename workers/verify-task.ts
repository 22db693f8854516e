/** Entry of a worker thread for verification runs: a case and a seed in, its measured values out, never an exception. */
import { MusterError } from "../engine/errors.js";
import { observe } from "../engine/verify/observe.js";
import { GO, type VerifyAnswer, type VerifyTask } from "./messages.js";

export default function verifyTask({ control, ...task }: VerifyTask): VerifyAnswer {
  try {
    const { values } = observe({ ...task, stop: () => Atomics.load(control, 0) !== GO });
    return { kind: "values", values };
  } catch (error) {
    const known = error instanceof MusterError;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", failed: { seed: task.seed, code: known ? error.code : "RUN_FAILED", message } };
  }
}
