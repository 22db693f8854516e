/** The command line as a whole: verbs, version, help, exit codes. A verb's module is loaded when it is asked for. */
import { Command, CommanderError } from "commander";
import { version } from "../workers/version.js";
import { tellFailure } from "./failure.js";

const VERBS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./run.js")).runCommand(),
  check: async () => (await import("./check.js")).checkCommand(),
  measure: async () => (await import("./measure.js")).measureCommand(),
  fields: async () => (await import("./fields.js")).fieldsCommand(),
  fire: async () => (await import("./fire.js")).fireCommand(),
  schema: async () => (await import("./schema.js")).schemaCommand(),
  verify: async () => (await import("./verify.js")).verifyCommand(),
  serve: async () => (await import("./serve.js")).serveCommand(),
};

async function program(verb: string | undefined): Promise<Command> {
  const muster = new Command("muster")
    .description("Crowd safety: from a plan to charts and congestion warnings in four colours")
    .version(version)
    .showHelpAfterError("(muster --help, muster COMMAND --help)")
    // Options behind a verb are the verb's own, so that those of its sub-verbs may have the same names.
    .enablePositionalOptions()
    .exitOverride();
  const one = verb === undefined || !Object.hasOwn(VERBS, verb) ? undefined : VERBS[verb];
  const asked = verb === "--version" || verb === "-V" ? [] : one ? [one] : Object.values(VERBS);
  for (const load of asked) muster.addCommand((await load()).exitOverride().showHelpAfterError("(add --help for the options)"));
  return muster;
}

/**
 * Runs one command line. Exit codes: 0 well, 1 a run failed, 2 bad input, 130 cancelled by Ctrl-C.
 * @param args without node and script; the verb comes first
 * @returns the exit code; nothing is thrown
 */
export async function main(args: readonly string[]): Promise<number> {
  process.exitCode = 0;
  try {
    const muster = await program(args[0]);
    await muster.parseAsync([...args], { from: "user" });
    return process.exitCode;
  } catch (error) {
    // Commander has told its own errors; help and version end with 0, a bad argument is bad input.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return tellFailure(error);
  }
}
