/** `muster verify`: runs the tests of the guidelines and the validation, prints a row for each, writes the page with all numbers. */
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { MusterError } from "../engine/errors.js";
import type { TestResult } from "../engine/verify/document.js";
import { FIRE_SUITE, type FireTest } from "../engine/verify/fire/result.js";
import { FIRE_TESTS } from "../engine/verify/fire/tests.js";
import { isAsked, suiteText, unrun } from "../engine/verify/results.js";
import { createPool, type Pool } from "../workers/pool.js";
import { runFireTests } from "./verify/fire.js";
import { documentOf, writeVerification } from "./verify/output.js";
import { printSummary, printTest } from "./verify/print.js";
import { runSuite } from "./verify/run-suite.js";
import { readSuites, type Suite } from "./verify/suites.js";

interface VerifyFlags {
  seeds?: number;
  workers?: number;
  json?: boolean;
  out?: string;
  list?: boolean;
}

const countOf =
  (most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new InvalidArgumentError(`"${text}" is not a number from 1 to ${most}`);
    return value;
  };

export function verifyCommand(): Command {
  return new Command("verify")
    .description(
      "Run the verification tests of RiMEA, IMO, NIST and ISO, of the fire model, and the validation against experiments",
    )
    .argument("[ids...]", "tests, beginnings of ids (RIMEA, VAL, FIRE), suites, or validation; default: all")
    .addOption(new Option("--seeds <n>", "runs of each case instead of the suite's number").argParser(countOf(1000)))
    .addOption(new Option("--workers <n>", "runs at once (default: as many as the machine has cores)").argParser(countOf(256)))
    .option("--json", "print the result as one JSON document (docs/formats/verification.md)")
    .option("--out <folder>", "folder for verification.md, its plots and verification.json (default: docs when all tests run)")
    .option("--list", "only list the tests")
    .action(async (ids: string[], flags: VerifyFlags) => {
      process.exitCode = await verify(ids, flags);
    });
}

/** @returns exit code: 0 when no test failed, 1 when one failed or could not run */
async function verify(ids: readonly string[], flags: VerifyFlags): Promise<number> {
  const { suites, fire } = select(readSuites(), ids);
  if (flags.list) {
    for (const { name, file } of suites)
      for (const { id, title, pending } of file.tests)
        process.stdout.write(`${id.padEnd(11)} ${title}  (${name}${pending ? ", pending" : ""})\n`);
    for (const { id, title } of fire) process.stdout.write(`${id.padEnd(11)} ${title}  (${FIRE_SUITE})\n`);
    return 0;
  }
  const pool = createPool({ workers: flags.workers ?? availableParallelism() });
  const results: TestResult[] = [];
  const tell = (result: TestResult): void => {
    results.push(result);
    if (!flags.json) process.stdout.write(printTest(result));
    else process.stderr.write(`${result.id} ${result.verdict}\n`);
  };
  try {
    for (const suite of suites) for (const result of await resultsOf(pool, suite, flags)) tell(result);
    runFireTests(fire, tell);
  } finally {
    await pool.close();
  }
  const document = documentOf(results, flags.seeds ?? null);
  if (flags.json) process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
  else process.stdout.write(printSummary(document));
  const folder = flags.out ?? (ids.length === 0 && flags.seeds === undefined ? "docs" : null);
  if (folder !== null) await writeVerification(folder, document);
  return document.counts.failed + document.counts["not-runnable"] > 0 ? 1 : 0;
}

/** A scenario that the engine cannot read yet makes its tests not runnable, with the reason; everything else is a fault of the suite. */
async function resultsOf(pool: Pool, suite: Suite, { seeds }: VerifyFlags): Promise<TestResult[]> {
  const text = suiteText(suite.name, suite.file);
  const runnable = suite.file.tests.filter((test) => test.pending === undefined);
  let ran: TestResult[] = [];
  try {
    if (runnable.length > 0) ran = await runSuite(pool, suite, runnable, seeds);
  } catch (error) {
    if (!(error instanceof MusterError) || error.code !== "SCENARIO_INVALID") throw error;
    const reason = error.problems.map(({ place, message }) => (place ? `${place}: ${message}` : message)).slice(0, 3);
    ran = runnable.map((test) => unrun(text, test, "not-runnable", reason.join("; ")));
  }
  return suite.file.tests.map((test) =>
    test.pending === undefined ? ran.find(({ id }) => id === test.id)! : unrun(text, test, "pending", test.pending),
  );
}

/** Tests asked for, of the suites and of the fire part; an argument that names none is refused. */
function select(suites: readonly Suite[], ids: readonly string[]): { suites: Suite[]; fire: readonly FireTest[] } {
  if (ids.length === 0) return { suites: [...suites], fire: FIRE_TESTS };
  const fire = FIRE_TESTS.filter((test) => ids.some((id) => isAsked(id, FIRE_SUITE, test)));
  const unknown = ids.filter(
    (id) =>
      !FIRE_TESTS.some((test) => isAsked(id, FIRE_SUITE, test)) &&
      !suites.some(({ name, file }) => file.tests.some((test) => isAsked(id, name, test))),
  );
  if (unknown.length > 0)
    throw new MusterError(
      "REQUEST_INVALID",
      unknown.map((id) => ({ place: id, message: "names no test; muster verify --list shows all" })),
    );
  const some = suites.flatMap((suite) => {
    const tests = suite.file.tests.filter((test) => ids.some((id) => isAsked(id, suite.name, test)));
    return tests.length > 0 ? [{ ...suite, file: { ...suite.file, tests } }] : [];
  });
  return { suites: some, fire };
}
