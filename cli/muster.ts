#!/usr/bin/env node
/** The `muster` command. Exit codes: 0 well, 1 a run failed, 2 bad input, 130 cancelled by Ctrl-C. */
import { Command, CommanderError } from "commander";
import { version } from "../workers/version.js";
import { checkCommand } from "./check.js";
import { tellFailure } from "./failure.js";
import { runCommand } from "./run.js";
import { schemaCommand } from "./schema.js";
import { serveCommand } from "./serve.js";

/** @returns the whole command line, to be given its arguments */
export function program(): Command {
  const muster = new Command("muster")
    .description("Crowd safety: from a plan to charts and congestion warnings in four colours")
    .version(version)
    .showHelpAfterError("(muster --help, muster COMMAND --help)");
  for (const command of [runCommand(), checkCommand(), schemaCommand(), serveCommand()])
    muster.addCommand(command.exitOverride().showHelpAfterError("(add --help for the options)"));
  return muster.exitOverride();
}

async function main(): Promise<void> {
  // A reader that has seen enough (muster … | head) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    // Commander has told its own errors; help and version end with 0, a bad argument is bad input.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else process.exitCode = tellFailure(error);
  }
}

await main();
