/** Rows of a check: what one case measured, what it must meet, and whether it does. */
import type { Distribution } from "../scenario/scenario.js";
import { type Summary, summarise } from "./statistics.js";

/** Values of one case: by measure, one list per run in the order of the seeds; null for a run that failed. */
export interface CaseValues {
  name: string;
  /** Number that the case stands for; null where it has none. */
  at: number | null;
  runs: readonly (Readonly<Record<string, readonly number[]>> | null)[];
  /** Distribution of a group of the scenario, for `follows`. */
  distribution: (group: string, key: "speed_m_s" | "pre_movement_s") => Distribution | null;
}

export type Verdict = "passed" | "failed" | "undecided" | "documented";

/** Whether a comparison holds; open: too few runs to say, see `settle`. */
export type Outcome = boolean | "open";

export interface Row {
  case: string;
  /** Runs asked for, and those without a value (failed, or it did not happen). */
  runs: number;
  missing: number;
  /** Mean and 95 % interval over the runs (each run's mean); smallest and largest single value. */
  mean: number | null;
  low: number | null;
  high: number | null;
  min: number | null;
  max: number | null;
  /** Limits, reference value and number of the case, where they are numbers. */
  least: number | null;
  most: number | null;
  reference: number | null;
  at: number | null;
  expected: string;
  /** null: not judged by itself, or undecided. */
  ok: boolean | null;
  undecided: boolean;
}

export interface Judgement {
  rows: Row[];
  verdict: Verdict;
  /** What was compared, in words and numbers. */
  found: string;
}

export interface Measured {
  name: string;
  at: number | null;
  /** Per run: mean of its values; null where it has none. */
  means: (number | null)[];
  values: number[];
  missing: number;
  /** Whether runs may lack a value. */
  sparse?: boolean;
  summary: Summary | null;
}

export const number = (value: number): string => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.0005) return value.toExponential(0);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 1 ? value.toFixed(2) : value.toFixed(3);
};

export function collect(one: CaseValues, measure: string): Measured {
  const lists = one.runs.map((run) => run?.[measure] ?? []);
  const means = lists.map((list) => summarise(list)?.mean ?? null);
  const there = means.filter((mean) => mean !== null);
  return {
    name: one.name,
    at: one.at,
    means,
    values: lists.flat(),
    missing: means.length - there.length,
    summary: summarise(there),
  };
}

type Numbers = Partial<Pick<Row, "least" | "most" | "reference" | "at">>;

/** @param outcome null: not judged. A run without a value fails its case, however few runs there are. */
export function rowOf(one: Measured, expected: string, outcome: Outcome | null, numbers: Numbers = {}): Row {
  const { summary, values } = one;
  const whole = one.missing === 0 || one.sparse === true;
  return {
    case: one.name,
    runs: one.means.length,
    missing: one.missing,
    mean: summary?.mean ?? null,
    low: summary?.low ?? null,
    high: summary?.high ?? null,
    min: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : null,
    max: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : null,
    least: null,
    most: null,
    reference: null,
    at: one.at,
    ...numbers,
    expected,
    ok: outcome === null ? null : outcome === "open" ? (whole ? null : false) : outcome && whole && summary !== null,
    undecided: outcome === "open" && whole,
  };
}

/** Failed where a row is, or the comparison of all of them; else undecided where one is open. */
export function verdictOf(rows: readonly Row[], holds: Outcome = true): Verdict {
  if (rows.length === 0 || holds === false || rows.some((row) => row.ok === false)) return "failed";
  return holds === "open" || rows.some((row) => row.undecided) ? "undecided" : "passed";
}

/**
 * Outcome of comparing a mean with limits. A short run is one with fewer runs than its suite asks for: there the comparison is open where a
 * limit lies inside the 95 % interval, on whichever side the mean is, and where one run gives no interval at all.
 * @param holds whether the mean meets the limits
 */
export function settle(short: boolean, summary: Summary | null, limits: readonly (number | null)[], holds: boolean): Outcome {
  if (!short || summary === null) return holds;
  const given = limits.filter((limit) => limit !== null && Number.isFinite(limit)) as number[];
  const open = given.some((limit) => summary.n < 2 || (summary.low < limit && limit < summary.high));
  return open ? "open" : holds;
}

/** All must hold; one that does not decides, however open others are. */
export const both = (...outcomes: readonly Outcome[]): Outcome =>
  outcomes.includes(false) ? false : outcomes.includes("open") ? "open" : true;
