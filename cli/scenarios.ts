/**
 * `npm run scenarios [name …]`: runs the shipped scenarios and their variants and compares results with expected.json.
 * Exit code 1 on any mismatch, on a variant that nothing is expected of, and on a run that fails.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { MusterError } from "../engine/errors.js";
import { compileWorld } from "../engine/world/compile.js";
import { createPool, type Pool } from "../workers/pool.js";
import { type Comparison, compare, type Expected, faultsOf } from "./expected.js";
import { failureText } from "./failure.js";
import { findScenario, readInput } from "./input.js";
import { parseSeeds } from "./seeds.js";

interface Task {
  name: string;
  file: string;
  seeds: string;
  expect: Expected["expect"];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new MusterError("INPUT_UNREADABLE", [{ place: file, message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** A scenario's own run and one per file in variants/. */
function tasksOf(folder: string): Task[] {
  const name = basename(folder);
  const file = join(folder, "expected.json");
  if (!existsSync(file)) throw new MusterError("INPUT_UNREADABLE", [{ place: file, message: "is missing" }]);
  const expected = readJson(file);
  const faults = faultsOf(expected);
  if (faults.length > 0)
    throw new MusterError(
      "INPUT_UNREADABLE",
      faults.map((message) => ({ place: file, message })),
    );
  // faultsOf has checked the shape.
  const { seeds, expect, variants = {} } = expected as Expected;
  const variantFolder = join(folder, "variants");
  const files = existsSync(variantFolder) ? readdirSync(variantFolder).filter((each) => /\.(ya?ml|json)$/.test(each)) : [];
  const names = files.map((each) => basename(each, extname(each)));
  const unmatched = [
    ...names.filter((each) => !(each in variants)).map((each) => `nothing is expected of variants/${each}`),
    ...Object.keys(variants)
      .filter((each) => !names.includes(each))
      .map((each) => `variants/${each} is expected and absent`),
  ];
  if (unmatched.length > 0)
    throw new MusterError(
      "INPUT_UNREADABLE",
      unmatched.map((message) => ({ place: file, message })),
    );
  return [
    { name, file: findScenario(folder), seeds, expect },
    ...files.map((each, i) => ({ name: `${name}/${names[i]}`, file: join(variantFolder, each), ...variants[names[i] ?? ""]! })),
  ];
}

async function runTask(pool: Pool, { file, seeds: text, expect }: Task): Promise<{ rows: Comparison[]; wall_s: number }> {
  const begin = performance.now();
  const seeds = parseSeeds(text);
  const { layout, scenario, layoutFiles } = readInput(file);
  const world = compileWorld(layout, scenario);
  const folder = mkdtempSync(join(tmpdir(), "muster-scenario-"));
  try {
    const result = await pool.runSeeds({ layout, scenario, world, seeds, outDir: null });
    const failed: Comparison[] = result.failed.map((run) => ({
      path: `seed ${run.seed}`,
      expected: "a result",
      got: `${run.code}: ${run.message}`,
      ok: false,
    }));
    if (result.runs.length === 0) return { rows: failed, wall_s: 0 };
    const { document } = await pool.writeResults(folder, {
      layout,
      scenario,
      seeds,
      ...result,
      charts: false,
      notes: [],
      layoutFiles,
    });
    // As a reader of summary.json has it.
    const read: unknown = JSON.parse(JSON.stringify(document));
    return { rows: [...failed, ...compare(read, expect)], wall_s: (performance.now() - begin) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(6))) : (JSON.stringify(value) ?? "nothing");

/** @returns exit code */
async function main(root: string, only: readonly string[]): Promise<number> {
  const names = readdirSync(root, { withFileTypes: true })
    // The suites of muster verify are judged by that command.
    .filter((entry) => entry.isDirectory() && entry.name !== "verification" && (only.length === 0 || only.includes(entry.name)))
    .map((entry) => entry.name)
    .sort();
  const unknown = only.filter((name) => !names.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    process.stderr.write(`no such scenario in ${root}: ${unknown.join(", ") || "none at all"}\n`);
    return 2;
  }
  const pool = createPool({ workers: availableParallelism() });
  let mismatches = 0;
  try {
    for (const name of names) {
      try {
        for (const task of tasksOf(join(root, name))) {
          const { rows, wall_s } = await runTask(pool, task);
          process.stdout.write(`${task.name}  seeds ${task.seeds}  ${wall_s.toFixed(1)} s\n`);
          for (const { path, expected, got, ok } of rows)
            process.stdout.write(`  ${ok ? "ok      " : "MISMATCH"}  ${path}  ${shown(got)}  (${expected})\n`);
          mismatches += rows.filter((row) => !row.ok).length;
        }
      } catch (error) {
        if (!(error instanceof MusterError)) throw error;
        process.stdout.write(`${name}\n${failureText(error)}\n`);
        mismatches++;
      }
    }
  } finally {
    await pool.close();
  }
  process.stdout.write(mismatches === 0 ? "all as expected\n" : `${mismatches} not as expected\n`);
  return mismatches === 0 ? 0 : 1;
}

process.exitCode = await main("scenarios", process.argv.slice(2));
