/** `muster run SCENARIO`: runs an ensemble, writes its results folder, prints what to act on. */
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { MusterError } from "../engine/errors.js";
import { printResult } from "../engine/warn/print.js";
import { compileWorld } from "../engine/world/compile.js";
import type { Written } from "../workers/messages.js";
import { noRuns } from "../workers/output/failed.js";
import { openResults } from "../workers/output/folder.js";
import { FILES, folderName } from "../workers/output/names.js";
import { resultText } from "../workers/output/result.js";
import { createPool, type RunSeedsResult } from "../workers/pool.js";
import { type Input, readInput } from "./input.js";
import { progressView } from "./progress.js";
import { parseSeeds } from "./seeds.js";

export interface RunFlags {
  seeds?: number[];
  workers?: number;
  out?: string;
  json?: boolean;
  quiet?: boolean;
  pedpy?: boolean;
  charts: boolean;
  trajectory: boolean;
}

function parseWorkers(text: string): number {
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256)
    throw new InvalidArgumentError(`"${text}" is not a number from 1 to 256`);
  return workers;
}

export function runCommand(): Command {
  return new Command("run")
    .description("Run a scenario: trajectories, measures, warnings, risk map, charts and a report")
    .argument("<scenario>", "scenario file (YAML or JSON), or a folder with scenario.yaml")
    .addOption(
      new Option("--seeds <seeds>", "one run per seed: 7, 1..20 or 1,3,8..10 (default: the scenario's seed)").argParser(
        parseSeeds,
      ),
    )
    .addOption(new Option("--seed <seed>", "one run with this seed").argParser(parseSeeds).conflicts("seeds"))
    .addOption(new Option("--workers <n>", "runs at once (default: as many as the machine has cores)").argParser(parseWorkers))
    .option("--out <folder>", "results folder, replaced when the result is complete (default: out/NAME)")
    .option("--json", "print the result as one JSON document (docs/formats/results.md)")
    .option("--quiet", "no progress")
    .option("--pedpy", "also write trajectory.txt for PedPy")
    .option("--no-charts", "no charts, and a report without pictures")
    .option("--no-trajectory", "no trajectory.parquet")
    .action(async (scenario: string, { seed, ...flags }: RunFlags & { seed?: number[] }) => {
      process.exitCode = await runScenario(scenario, seed ? { ...flags, seeds: seed } : flags);
    });
}

/**
 * Runs and prints. stdout carries the result alone; progress, notices and failures go to stderr.
 * @returns exit code: 0, 1 when a run failed (the others are written), 130 after Ctrl-C
 * @throws MusterError for everything that leaves no result
 */
export async function runScenario(path: string, flags: RunFlags): Promise<number> {
  const input = readInput(path);
  const seeds = flags.seeds ?? [input.scenario.seed];
  const world = compileWorld(input.layout, input.scenario);
  const pool = createPool({ workers: flags.workers ?? Math.min(availableParallelism(), seeds.length) });
  const folder = openResults(flags.out ?? join("out", folderName(input.scenario.name)));
  const view = progressView({ seeds: seeds.length, quiet: flags.quiet ?? false });
  const signals = cancelOnSignal(() => folder.discard());
  try {
    const { signal } = signals;
    const result = await pool.runSeeds({
      ...input,
      world,
      seeds,
      outDir: folder.path,
      trajectory: flags.trajectory,
      pedpy: flags.pedpy ?? false,
      signal,
      onProgress: view.progress,
      onEnd: view.end,
    });
    if (result.runs.length === 0) throw noRuns(result.failed);
    view.say("joining the runs, drawing charts");
    const written = await pool.writeResults(folder.path, resultInput(input, seeds, result, flags, [...world.notices]), signal);
    folder.commit();
    view.stop();
    print({ path, input, flags, seeds, result, written, folder: folder.finalPath });
    return result.failed.length > 0 ? 1 : 0;
  } catch (error) {
    view.stop();
    if (signals.exitCode() !== null && error instanceof MusterError && error.code === "CANCELLED") {
      process.stderr.write("cancelled: nothing was written\n");
      return signals.exitCode() ?? 130;
    }
    throw error;
  } finally {
    folder.discard();
    signals.release();
    await pool.close();
  }
}

function resultInput(input: Input, seeds: number[], result: RunSeedsResult, flags: RunFlags, notes: string[]) {
  const { layout, scenario, layoutFiles } = input;
  return { layout, scenario, seeds, ...result, charts: flags.charts, notes, layoutFiles };
}

interface Printed {
  path: string;
  input: Input;
  flags: RunFlags;
  seeds: number[];
  result: RunSeedsResult;
  written: Written;
  folder: string;
}

function print({ path, input, flags, seeds, result, written, folder }: Printed): void {
  if (flags.json) {
    process.stdout.write(resultText(written.document));
    return;
  }
  const { layout, scenario } = input;
  process.stdout.write(
    `${printResult({ layout, scenario, report: written.report, runs: result.runs, color: process.stdout.isTTY }).trimEnd()}\n\n`,
  );
  const shown = relative(process.cwd(), folder);
  const name = (file: string): string => join(shown.startsWith("..") ? resolve(folder) : shown, file);
  const data = join(...(seeds.length === 1 ? [] : [FILES.runs, "*"]), "*.parquet");
  process.stdout.write(
    `  report    ${name(FILES.report)}\n  risk map  ${name(FILES.risk)}\n  data      ${name(data)}\n  again     muster run ${path} --seeds ${seedsText(seeds)}\n`,
  );
}

function seedsText(seeds: number[]): string {
  const first = seeds[0] ?? 0;
  const isRange = seeds.length > 1 && seeds.every((seed, i) => seed === first + i);
  return isRange ? `${first}..${first + seeds.length - 1}` : seeds.join(",");
}

/** A launcher such as npm passes on the signal that the terminal has already sent: within this time the two are one, ms. */
const SAME_SIGNAL_MS = 500;

/** First Ctrl-C cancels and lets the threads close their files; a second one ends the process at once. */
function cancelOnSignal(cleanUp: () => void): { signal: AbortSignal; exitCode: () => number | null; release: () => void } {
  const control = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let exitCode: number | null = null;
  let first = 0;
  const onSignal = (name: NodeJS.Signals): void => {
    const code = name === "SIGTERM" ? codes.SIGTERM : codes.SIGINT;
    if (exitCode !== null) {
      if (performance.now() - first < SAME_SIGNAL_MS) return;
      cleanUp();
      process.exit(code);
    }
    exitCode = code;
    first = performance.now();
    process.stderr.write("\ncancelling …\n");
    control.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  const release = (): void => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
  return { signal: control.signal, exitCode: () => exitCode, release };
}
