/** Values of a suite's cases → results of its tests. */
import type { MeasuredValues } from "./cases.js";
import type { SuiteFile, TestFile } from "./definition.js";
import type { TestResult } from "./document.js";
import { judge } from "./judge.js";
import type { CaseValues } from "./rows.js";

/** What a result says of its suite. */
export type SuiteText = Pick<TestResult, "suite" | "population" | "about">;

export const suiteText = (suite: string, { population = "", about = "" }: SuiteFile): SuiteText => ({
  suite,
  population: population.trim(),
  about: about.trim(),
});

/** Test that did not run. */
export function unrun(suite: SuiteText, test: TestFile, verdict: "pending" | "not-runnable", reason: string): TestResult {
  const { id, title, source, kind, how } = test;
  return { id, title, ...suite, source, kind, how, verdict, reason, evidence: "", seeds: 0, checks: [] };
}

/** A test fails when one of its checks does, is undecided when one of them is, passes when all hold; it is documented when none of them judges. */
export function testResult(options: {
  suite: SuiteText;
  test: TestFile;
  seeds: number;
  cases: readonly CaseValues[];
  reference: MeasuredValues | null;
  /** Failed runs in words; empty: none. */
  failures: string;
  /** Fewer runs than the suite asks for. */
  short: boolean;
}): TestResult {
  const { suite, test, seeds, cases, reference, failures, short } = options;
  const checks = (test.checks ?? []).map((check) => {
    const { rows, verdict, found } = judge(check, cases, reference, short);
    const { quantity, unit, measure, tolerance, set_by } = check;
    return { quantity, unit, measure, tolerance, set_by, verdict, found, rows };
  });
  const verdict =
    (["failed", "undecided", "passed"] as const).find((each) => checks.some((check) => check.verdict === each)) ?? "documented";
  const { id, title, source, kind, how } = test;
  const evidence = verdict === "failed" ? (test.evidence ?? "") : "";
  return { id, title, ...suite, source, kind, how, verdict, reason: failures, evidence, seeds, checks };
}

/** Whether an argument of the command line names this test: its id, the beginning of ids (`RIMEA`, `VAL`), its suite, or "validation". */
export function isAsked(asked: string, suite: string, test: { readonly id: string }): boolean {
  const name = asked.toUpperCase();
  const id = test.id.toUpperCase();
  return (
    id === name || id.startsWith(`${name}-`) || suite.toUpperCase() === name || (name === "VALIDATION" && id.startsWith("VAL-"))
  );
}
