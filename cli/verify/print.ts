/** Rows of the terminal. */
import type { TestResult, VerificationDocument } from "../../engine/verify/document.js";
import { number } from "../../engine/verify/rows.js";

const WORDS: Record<TestResult["verdict"], string> = {
  passed: "pass",
  failed: "FAIL",
  undecided: "open",
  documented: "info",
  pending: "wait",
  "not-runnable": "----",
};

const value = (given: number | null): string => (given === null ? "none" : number(given));

/** A test, a line per case of each check. */
export function printTest(test: TestResult): string {
  const lines = [`${WORDS[test.verdict]}  ${test.id}  ${test.title}${test.reason ? `: ${test.reason}` : ""}`];
  for (const check of test.checks) {
    lines.push(
      `      ${check.verdict === "failed" ? "FAIL " : check.verdict === "undecided" ? "open " : ""}${check.quantity}${check.unit === "1" ? "" : `, ${check.unit}`}${check.found ? ` · ${check.found}` : ""}`,
    );
    for (const row of check.rows)
      lines.push(
        `        ${row.ok === false ? "x" : row.undecided ? "?" : " "} ${(row.case || "all").padEnd(20)} ${value(row.mean).padStart(7)}  (${value(row.low)} to ${value(row.high)}; ${value(row.min)}–${value(row.max)})  ${row.runs} ${row.runs === 1 ? "run" : "runs"}${row.missing > 0 ? `, ${row.missing} without a value` : ""}  ${row.expected}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

export function printSummary({ counts, model }: VerificationDocument): string {
  const { tests, passed, failed, undecided, documented, pending } = counts;
  const open = undecided > 0 ? `${undecided} undecided (too few runs), ` : "";
  return `\n${tests} tests with model ${model}: ${passed} passed, ${failed} failed, ${open}${documented} documented, ${pending} pending, ${counts["not-runnable"]} not runnable\n`;
}
