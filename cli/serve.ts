/** `muster serve`: the engine as a service over HTTP. */
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_LIMITS, type Limits } from "../api/limits.js";
import { startServer } from "../api/start.js";

/** Parser for a number within bounds; says the bounds when it is not. */
function within(minimum: number, maximum: number, whole = true): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (
      text.trim() === "" ||
      !Number.isFinite(value) ||
      value < minimum ||
      value > maximum ||
      (whole && !Number.isInteger(value))
    ) {
      throw new InvalidArgumentError(`must be ${whole ? "a whole number" : "a number"} from ${minimum} to ${maximum}`);
    }
    return value;
  };
}

interface ServeFlags {
  host: string;
  port: number;
  token?: string;
  workers: number;
  grace: number;
  log: string;
  maxBody: number;
  maxAgents: number;
  maxAgentSteps: number;
  maxSeeds: number;
  maxRun: number;
  maxMemory: number;
  maxQueued: number;
  keep: number;
  rate: number;
}

const limitsOf = (flags: ServeFlags): Partial<Limits> => ({
  body_bytes: flags.maxBody * 1024 * 1024,
  agents: flags.maxAgents,
  agent_steps: flags.maxAgentSteps,
  seeds: flags.maxSeeds,
  run_s: flags.maxRun * 60,
  memory_mb: flags.maxMemory,
  queued_runs: flags.maxQueued,
  kept_runs: flags.keep,
  requests_per_min: flags.rate,
});

const limit = (name: string, text: string, start: number, maximum: number): Option =>
  new Option(name, text).default(start).argParser(within(1, maximum));

/** The command, to be added to the program. It runs until SIGTERM or SIGINT, then ends runs and removes its files. */
export function serveCommand(): Command {
  const command = new Command("serve").description("answer over HTTP: check layouts, run scenarios, fetch results (docs/api.md)");
  command
    .addOption(
      new Option("--host <address>", "address to listen at; any but a loopback address requires a token").default("127.0.0.1"),
    )
    .addOption(new Option("--port <number>", "port; 0: a free one is picked").default(8080).argParser(within(0, 65_535)))
    .addOption(
      new Option(
        "--token <text>",
        "bearer token, at least 16 characters; better set MUSTER_TOKEN, which no list of processes shows",
      ).env("MUSTER_TOKEN"),
    )
    .addOption(
      new Option("--workers <number>", "threads for runs")
        .default(Math.min(256, availableParallelism()))
        .argParser(within(1, 256)),
    )
    .addOption(
      new Option("--grace <seconds>", "time that running runs have to end when the server is stopped")
        .default(0)
        .argParser(within(0, 86_400, false)),
    )
    .addOption(
      new Option("--log <level>", "what is logged to stdout")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("warn"),
    )
    .addOption(limit("--max-body <MB>", "largest request", DEFAULT_LIMITS.body_bytes / 1024 / 1024, 1024))
    .addOption(limit("--max-agents <number>", "people in one run", DEFAULT_LIMITS.agents, 10_000_000))
    .addOption(limit("--max-agent-steps <number>", "people × steps × seeds of one order", DEFAULT_LIMITS.agent_steps, 1e15))
    .addOption(limit("--max-seeds <number>", "seeds of one order", DEFAULT_LIMITS.seeds, 100_000))
    .addOption(limit("--max-run <minutes>", "wall time of one seed", DEFAULT_LIMITS.run_s / 60, 10_080))
    .addOption(limit("--max-memory <MB>", "heap of one thread", DEFAULT_LIMITS.memory_mb, 1_048_576))
    .addOption(limit("--max-queued <number>", "runs that may wait", DEFAULT_LIMITS.queued_runs, 100_000))
    .addOption(limit("--keep <number>", "finished runs whose files are kept", DEFAULT_LIMITS.kept_runs, 100_000))
    .addOption(limit("--rate <number>", "requests per minute of one client", DEFAULT_LIMITS.requests_per_min, 1_000_000))
    .action(async (flags: ServeFlags) => {
      const server = await startServer({
        host: flags.host,
        port: flags.port,
        // An empty MUSTER_TOKEN means none, as for most programs.
        token: flags.token || null,
        workers: flags.workers,
        grace_s: flags.grace,
        limits: limitsOf(flags),
        logger: flags.log === "silent" ? false : { level: flags.log },
        signals: true,
      });
      process.stdout.write(`Muster answers at ${server.url}  (documentation: ${server.url}/docs, stop: Ctrl-C)\n`);
      await server.closed;
    });
  return command;
}
