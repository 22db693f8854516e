/** Rows, checks and tests of the fire part in the shape that the verification's document has for all of them. */
import type { TestResult } from "../document.js";

export type Check = TestResult["checks"][number];
export type Row = Check["rows"][number];

/** Reads a file of test/reference/fire; null where it is not there. */
export type ReadReference = (path: string) => string | null;

export interface FireTest {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly kind: TestResult["kind"];
  readonly how: string;
  run(read: ReadReference): Check[];
}

/** One value of one run. @param limits what it must lie within; none: reported, not judged */
export function fireRow(
  name: string,
  value: number,
  options: { least?: number; most?: number; reference?: number; expected: string },
): Row {
  const { least = null, most = null, reference = null, expected } = options;
  const there = Number.isFinite(value);
  const judged = least !== null || most !== null;
  return {
    case: name,
    runs: 1,
    missing: there ? 0 : 1,
    mean: there ? value : null,
    low: there ? value : null,
    high: there ? value : null,
    min: there ? value : null,
    max: there ? value : null,
    least,
    most,
    reference,
    at: null,
    expected,
    ok: judged ? there && (least === null || value >= least) && (most === null || value <= most) : null,
    undecided: false,
  };
}

/** Value near a reference, by a share of it or by an absolute difference. */
export function nearRow(name: string, value: number, reference: number, within: { share?: number; difference?: number }): Row {
  const reach = within.difference ?? Math.abs(reference) * within.share!;
  const told =
    within.difference === undefined
      ? `± ${Number((100 * within.share!).toPrecision(3))} %`
      : `± ${Number(within.difference.toPrecision(3))}`;
  return fireRow(name, value, {
    least: reference - reach,
    most: reference + reach,
    reference,
    expected: `${Number(reference.toPrecision(5))} ${told}`,
  });
}

export function fireCheck(options: {
  quantity: string;
  unit: string;
  tolerance: string;
  set_by: Check["set_by"];
  rows: Row[];
  found?: string;
}): Check {
  const { rows, found = "" } = options;
  const judged = rows.filter(({ ok }) => ok !== null);
  const verdict = judged.length === 0 ? "documented" : judged.every(({ ok }) => ok) ? "passed" : "failed";
  return { ...options, measure: "", verdict, found, rows };
}

/** Suite under which the fire tests are listed. */
export const FIRE_SUITE = "fire";

export function fireResult(test: FireTest, checks: Check[]): TestResult {
  const { id, title, source, kind, how } = test;
  const verdict = (["failed", "passed"] as const).find((each) => checks.some((check) => check.verdict === each)) ?? "documented";
  return {
    id,
    title,
    suite: FIRE_SUITE,
    population: "",
    about: "",
    source,
    kind,
    how,
    verdict,
    reason: "",
    evidence: "",
    seeds: 1,
    checks,
  };
}
