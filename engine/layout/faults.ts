/** Gathers every fault of a layout file, so that its owner sees all of them at once. */
import { type ErrorCode, MusterError, type Problem } from "../errors.js";
import { LIMITS } from "./limits.js";

export interface Faults {
  readonly problems: readonly Problem[];
  readonly add: (problem: Problem) => void;
  /** Throws everything gathered so far, if there is anything. */
  readonly raise: (code?: ErrorCode) => void;
}

/** A long list is cut after LIMITS.problems entries and says how many more there are. */
export function gatherFaults(): Faults {
  const problems: Problem[] = [];
  return {
    problems,
    add: (problem) => {
      problems.push(problem);
    },
    raise: (code = "LAYOUT_INVALID") => {
      if (problems.length === 0) return;
      const shown = problems.slice(0, LIMITS.problems);
      const rest = problems.length - shown.length;
      throw new MusterError(code, rest > 0 ? [...shown, { place: "", message: `and ${rest} more problems` }] : shown);
    },
  };
}
