/** Runs all cases of one suite and judges its tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MusterError } from "../../engine/errors.js";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { readText } from "../../engine/scenario/text.js";
import { type Case, caseLayout, caseProbes, caseScenario, casesOf, type MeasuredValues } from "../../engine/verify/cases.js";
import type { Probe, ProbeFile, TestFile } from "../../engine/verify/definition.js";
import type { TestResult } from "../../engine/verify/document.js";
import { suiteText, testResult } from "../../engine/verify/results.js";
import type { CaseValues } from "../../engine/verify/rows.js";
import { compileWorld } from "../../engine/world/compile.js";
import type { World } from "../../engine/world/world.js";
import type { VerifyAnswer } from "../../workers/messages.js";
import type { Pool } from "../../workers/pool.js";
import { packageRoot, type Suite } from "./suites.js";

const DEFAULT_SEEDS = 50;

interface Prepared {
  case: Case;
  layout: Layout;
  scenario: Scenario;
  world: World;
  probes: Record<string, Probe>;
}

/** @throws MusterError SCENARIO_INVALID where the engine does not know what a scenario asks for */
export async function runSuite(pool: Pool, suite: Suite, tests: readonly TestFile[], seeds?: number): Promise<TestResult[]> {
  const own = suite.file.seeds ?? DEFAULT_SEEDS;
  // A suite of one seed has nothing random in it: more runs would be the same run again.
  const count = own === 1 ? 1 : (seeds ?? own);
  const measured = measuredOf(suite);
  const asked = neededCases(suite, tests);
  const probes = neededProbes(suite, tests);
  const prepared = asked.map((one) => prepare(suite, one, measured, probes));
  const list = Array.from({ length: count }, (_, k) => k + 1);
  const tasks = prepared.flatMap(({ layout, scenario, world, probes }) =>
    list.map((seed) => ({ seed, layout, scenario, world, probes })),
  );
  const answers = await pool.verify(tasks);
  const cases = prepared.map((one, c): CaseValues => {
    const own = answers.slice(c * count, (c + 1) * count);
    return {
      name: one.case.name,
      at: one.case.choices.find((choice) => choice.at !== undefined)?.at ?? null,
      runs: own.map((answer) => (answer.kind === "values" ? answer.values : null)),
      distribution: (group, key) => {
        const found = one.scenario.people.find(({ name }) => name === group);
        if (!found) return null;
        return key === "speed_m_s" ? found.population.speed_m_s : found.pre_movement_s;
      },
    };
  });
  const failures = failuresOf(prepared, answers, count);
  const text = suiteText(suite.name, suite.file);
  return tests.map((test) =>
    testResult({ suite: text, test, seeds: count, cases, reference: measured, failures, short: count < own }),
  );
}

function failuresOf(prepared: readonly Prepared[], answers: readonly VerifyAnswer[], count: number): string {
  const failed = answers.flatMap((answer, k) =>
    answer.kind === "failed"
      ? [`${prepared[Math.floor(k / count)]!.case.name || "run"}, seed ${answer.failed.seed}: ${answer.failed.message}`]
      : [],
  );
  return failed.length === 0 ? "" : `${failed.length} of ${answers.length} runs failed; ${failed[0]}`;
}

/** Cases that a check of the tests names; all where one names none. */
function neededCases(suite: Suite, tests: readonly TestFile[]): Case[] {
  const all = casesOf(suite.file);
  const checks = tests.flatMap((test) => test.checks ?? []);
  const named = new Set(checks.flatMap((check) => check.cases ?? all.map(({ name }) => name)));
  const missing = [...named].filter((name) => !all.some((one) => one.name === name));
  if (missing.length > 0)
    throw new MusterError("INPUT_UNREADABLE", [{ place: suite.name, message: `there is no case ${missing.join("; ")}` }]);
  return all.filter(({ name }) => named.has(name));
}

function neededProbes(suite: Suite, tests: readonly TestFile[]): Record<string, ProbeFile> {
  const names = new Set(
    tests.flatMap((test) =>
      (test.checks ?? []).flatMap(({ measure, expect }) => [measure, ...(expect.above ? [expect.above.measure] : [])]),
    ),
  );
  return Object.fromEntries(Object.entries(suite.file.measures ?? {}).filter(([name]) => names.has(name)));
}

function measuredOf({ file }: Suite): MeasuredValues | null {
  if (file.measured === undefined) return null;
  const path = join(packageRoot, "test", "reference", "trajectories", file.measured);
  // Written by our own script; entries that are missing are named where they are used.
  return (JSON.parse(readFileSync(path, "utf8")) as { values: MeasuredValues }).values;
}

function prepare(
  { folder }: Suite,
  one: Case,
  measured: MeasuredValues | null,
  probes: Readonly<Record<string, ProbeFile>>,
): Prepared {
  const scenarioPath = join(folder, one.scenario);
  const layoutPath = join(folder, one.layout);
  const { value } = readText(scenarioPath, readFileSync(scenarioPath, "utf8"));
  const text = JSON.stringify(caseScenario(scenarioPath, value, one, measured));
  const scenario = readScenario({ name: scenarioPath, text, files: (name) => readFileSync(join(folder, name), "utf8") });
  const file = caseLayout(layoutPath, JSON.parse(readFileSync(layoutPath, "utf8")), one);
  const layout = readLayout({ name: layoutPath, bytes: new TextEncoder().encode(JSON.stringify(file)) });
  const problems = checkScenario(scenario, layout);
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  return {
    case: one,
    layout,
    scenario,
    world: compileWorld(layout, scenario),
    probes: caseProbes(folder, probes, one, measured),
  };
}
