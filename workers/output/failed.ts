import { MusterError } from "../../engine/errors.js";
import type { FailedRun } from "../../engine/warn/report.js";

/** The error of an ensemble of which no run came to its end: the code of the first, a problem for each. */
export function noRuns(failed: readonly FailedRun[]): MusterError {
  // Codes of failed runs come from the error table; they are plain texts in reports.
  const code = (failed[0]?.code ?? "RUN_FAILED") as MusterError["code"];
  const problems = failed.map(({ seed, message }) => ({ place: `seed ${seed}`, message }));
  return new MusterError(code, problems.length > 0 ? problems : "no run was given");
}
