/** How errors are told on the command line: title from the one table, then every problem, then the exit code. */
import { ERRORS, MusterError } from "../engine/errors.js";

/** "Title [CODE]" and one indented line per problem. */
export function failureText(error: MusterError): string {
  const { title } = ERRORS[error.code];
  const lines = error.problems.map(({ place, message }) => `  ${place ? `${place}: ` : ""}${message}`);
  const count = lines.length > 1 ? `: ${lines.length} problems` : "";
  return [`${title}${count} [${error.code}]`, ...lines].join("\n");
}

/**
 * Writes an error to stderr and returns the exit code: 2 for bad input, 1 for a failed run and for faults of Muster itself,
 * which also show where they arose.
 */
export function tellFailure(error: unknown): number {
  if (error instanceof MusterError) {
    process.stderr.write(`${failureText(error)}\n`);
    return error.exit;
  }
  process.stderr.write(
    `${ERRORS.INTERNAL.title} [INTERNAL]\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return ERRORS.INTERNAL.exit;
}
