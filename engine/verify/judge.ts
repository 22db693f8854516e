/** Values of all runs → rows and a verdict. Nothing is judged that was not measured: a missing value fails its case. */
import { shareBelow } from "../scenario/distributions.js";
import type { Distribution } from "../scenario/scenario.js";
import type { MeasuredValues } from "./cases.js";
import type { Check, Expectation } from "./definition.js";
import { kolmogorovDistance, kolmogorovP, type Summary, summarise } from "./statistics.js";

/** Values of one case: by measure, one list per run in the order of the seeds; null for a run that failed. */
export interface CaseValues {
  name: string;
  /** Number that the case stands for; null where it has none. */
  at: number | null;
  runs: readonly (Readonly<Record<string, readonly number[]>> | null)[];
  /** Distribution of a group of the scenario, for `follows`. */
  distribution: (group: string, key: "speed_m_s" | "pre_movement_s") => Distribution | null;
}

export type Verdict = "passed" | "failed" | "documented";

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
  ok: boolean | null;
}

export interface Judgement {
  rows: Row[];
  verdict: Verdict;
  /** What was compared, in words and numbers. */
  found: string;
}

interface Measured {
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

/** Limit of significance of all tests, and of the intervals shown. */
const SIGNIFICANCE = 0.05;

export const number = (value: number): string => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.0005) return value.toExponential(0);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 1 ? value.toFixed(2) : value.toFixed(3);
};

export function judge(check: Check, cases: readonly CaseValues[], reference: MeasuredValues | null): Judgement {
  const asked = check.cases ?? cases.map(({ name }) => name);
  const found = asked.map((name) => cases.find((one) => one.name === name) ?? empty(name));
  const measured = found.map((one) => ({ ...collect(one, check.measure), sparse: check.expect.sparse ?? false }));
  const { expect } = check;
  if (expect.follows) return judgeDistribution(found, measured, expect.follows);
  if (expect.at_density) return judgeAtDensity(found, check.measure, expect.at_density, reference);
  if (expect.band) return judgeBand(found, check.measure, expect.band, expect.band_width ?? 0.2);
  if (expect.reference) return judgeReference(measured, expect.reference, reference);
  if (expect.above) return judgeAbove(measured, found, expect.above.measure);
  if (expect.order !== undefined) return judgeOrder(measured, expect.order, expect.slack ?? 0);
  if (expect.one_hump) return judgeHump(measured);
  if (expect.greatest_between) return judgeGreatest(measured, expect.greatest_between);
  if (expect.equal_share !== undefined) return judgeEqual(measured, expect.equal_share);
  if (expect.difference) return judgeDifference(measured, expect.difference);
  if (expect.ratio) return judgeRatio(measured, expect.ratio);
  return judgeLimits(measured, expect);
}

const empty = (name: string): CaseValues => ({ name, at: null, runs: [], distribution: () => null });

function collect(one: CaseValues, measure: string): Measured {
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

/** @param ok null: not judged */
function rowOf(one: Measured, expected: string, ok: boolean | null, numbers: Numbers = {}): Row {
  const { summary, values } = one;
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
    ok: ok === null ? null : ok && (one.missing === 0 || one.sparse === true) && summary !== null,
  };
}

const verdictOf = (rows: readonly Row[], holds = true): Verdict =>
  rows.length > 0 && holds && rows.every((row) => row.ok !== false) ? "passed" : "failed";

function judgeLimits(measured: readonly Measured[], expect: Expectation): Judgement {
  if (expect.documented) return { rows: measured.map((one) => rowOf(one, "reported", null)), verdict: "documented", found: "" };
  const rows = measured.map((one) => {
    const given = expect.limits ? expect.limits[one.name] : expect.between;
    if (expect.limits && !given) return rowOf(one, "no limits", false);
    const least = given?.[0] ?? expect.at_least ?? null;
    const most = given?.[1] ?? expect.at_most ?? null;
    const inside = (value: number): boolean => (least === null || value >= least) && (most === null || value <= most);
    const words = least === null ? `at most ${most}` : most === null ? `at least ${least}` : `${least} to ${most}`;
    const ok = expect.each ? one.values.every(inside) : one.summary !== null && inside(one.summary.mean);
    return rowOf(one, expect.each ? `${words}, each run` : words, ok, { least, most });
  });
  return { rows, verdict: verdictOf(rows), found: "" };
}

/** Differences of the same seeds in two cases: the runs share their people's draws, so pairs tell more than means. */
const paired = (a: readonly (number | null)[], b: readonly (number | null)[]): Summary | null =>
  summarise(a.flatMap((value, k) => (value !== null && b[k] != null ? [b[k] - value] : [])));

/** An interval of less than five pairs is too wide to say anything: a quick look then compares means. */
const few = ({ n }: Summary): boolean => n < 5;

function judgeOrder(measured: readonly Measured[], order: NonNullable<Expectation["order"]>, slack: number): Judgement {
  const sign = order === "rising" || order === "not-falling" ? 1 : -1;
  const strict = order === "rising" || order === "falling";
  const steps = measured.slice(1).map((one, k) => {
    const before = measured[k]!;
    const difference = paired(before.means, one.means);
    if (!difference) return { ok: false, text: `${before.name} → ${one.name}: no pair of runs` };
    const worst = few(difference) ? sign * difference.mean : sign > 0 ? difference.low : -difference.high;
    const means = sign * ((one.summary?.mean ?? 0) - (before.summary?.mean ?? 0));
    const ok = strict ? worst > 0 : means >= -slack;
    return {
      ok,
      text: `${before.name} → ${one.name}: ${number(difference.mean)} (${number(difference.low)} to ${number(difference.high)})`,
    };
  });
  const rows = measured.map((one, k) => rowOf(one, order, k === 0 ? true : steps[k - 1]!.ok));
  return { rows, verdict: verdictOf(rows, steps.length > 0), found: steps.map(({ text }) => text).join("; ") };
}

function judgeHump(measured: readonly Measured[]): Judgement {
  const means = measured.map((one) => one.summary?.mean ?? Number.NaN);
  const top = means.indexOf(Math.max(...means));
  const rows = measured.map((one, k) => {
    const ok = k === 0 || (k <= top ? means[k]! > means[k - 1]! : means[k]! < means[k - 1]!);
    return rowOf(one, "one maximum", ok);
  });
  return { rows, verdict: verdictOf(rows, top >= 0), found: top < 0 ? "" : `greatest at ${measured[top]!.name}` };
}

function judgeGreatest(measured: readonly Measured[], limits: readonly number[]): Judgement {
  const [low, high] = limits as [number, number];
  const means = measured.flatMap((one) => one.summary?.mean ?? []);
  const most = means.length > 0 ? Math.max(...means) : Number.NaN;
  const rows = measured.map((one) => rowOf(one, `greatest ${low} to ${high}`, true));
  return {
    rows,
    verdict: verdictOf(rows, most >= low && most <= high),
    found: `greatest ${number(most)}, expected ${low} to ${high}`,
  };
}

function judgeEqual(measured: readonly Measured[], share: number): Judgement {
  const middle = summarise(measured.flatMap((one) => one.summary?.mean ?? []))?.mean ?? Number.NaN;
  const rows = measured.map((one) => {
    const off = Math.abs((one.summary?.mean ?? Number.NaN) - middle);
    return rowOf(one, `${number(middle)} ± ${number(100 * share)} %`, off <= share * middle);
  });
  return { rows, verdict: verdictOf(rows), found: `mean of the cases ${number(middle)}` };
}

function judgeRatio(measured: readonly Measured[], ratio: NonNullable<Expectation["ratio"]>): Judgement {
  const [low, high] = ratio.between as [number, number];
  const of = measured.find(({ name }) => name === ratio.of);
  const to = measured.find(({ name }) => name === ratio.to);
  const shares = of && to ? summarise(of.means.flatMap((v, k) => (v !== null && to.means[k] ? [v / to.means[k]] : []))) : null;
  const ok = shares !== null && shares.mean >= low && shares.mean <= high;
  const rows = measured.map((one) => rowOf(one, `ratio ${low} to ${high}`, true));
  const text = shares ? `${number(shares.mean)} (${number(shares.low)} to ${number(shares.high)})` : "none";
  return { rows, verdict: verdictOf(rows, ok), found: `ratio ${ratio.of} to ${ratio.to}: ${text}, expected ${low} to ${high}` };
}

function judgeDifference(measured: readonly Measured[], wanted: NonNullable<Expectation["difference"]>): Judgement {
  const [low, high] = wanted.between as [number, number];
  const of = measured.find(({ name }) => name === wanted.of);
  const less = measured.find(({ name }) => name === wanted.less);
  const difference = of && less ? paired(less.means, of.means) : null;
  const ok = difference !== null && difference.mean >= low && difference.mean <= high;
  const text = difference ? `${number(difference.mean)} (${number(difference.low)} to ${number(difference.high)})` : "none";
  const rows = measured.map((one) => rowOf(one, `difference ${low} to ${high}`, true));
  return { rows, verdict: verdictOf(rows, ok), found: `${wanted.of} less ${wanted.less}: ${text}, expected ${low} to ${high}` };
}

function judgeAbove(measured: readonly Measured[], cases: readonly CaseValues[], other: string): Judgement {
  const texts: string[] = [];
  const rows = measured.map((one, k) => {
    const difference = paired(collect(cases[k]!, other).means, one.means);
    texts.push(
      `${one.name ? `${one.name}: ` : ""}above ${other} by ${difference ? `${number(difference.mean)} (${number(difference.low)} to ${number(difference.high)})` : "nothing measured"}`,
    );
    return rowOf(one, `above ${other}`, difference !== null && (few(difference) ? difference.mean : difference.low) > 0);
  });
  return { rows, verdict: verdictOf(rows), found: texts.join("; ") };
}

function judgeDistribution(
  cases: readonly CaseValues[],
  measured: readonly Measured[],
  { group, key }: NonNullable<Expectation["follows"]>,
): Judgement {
  const texts: string[] = [];
  const rows = measured.map((one, k) => {
    const distribution = cases[k]!.distribution(group, key);
    if (!distribution || one.values.length === 0) return rowOf(one, "its distribution", false);
    const d = kolmogorovDistance(one.values, (x) => shareBelow(distribution, x));
    const p = kolmogorovP(one.values.length, d);
    texts.push(`${one.name ? `${one.name}: ` : ""}n ${one.values.length}, D ${d.toFixed(4)}, p ${p.toFixed(3)}`);
    return rowOf(one, Object.keys(distribution)[0] ?? "", p > SIGNIFICANCE);
  });
  return { rows, verdict: verdictOf(rows), found: texts.join("; ") };
}

/** A row per x of the band: pairs within half of `width` of it, one mean per run. */
function judgeBand(
  cases: readonly CaseValues[],
  measure: string,
  band: readonly (readonly number[])[],
  width: number,
): Judgement {
  const rows = cases.flatMap((one) =>
    band.map((entry) => {
      const [x, low, high] = entry as [number, number, number];
      const lists = one.runs.map((run) => near(run?.[measure] ?? [], x, width));
      const means = lists.flatMap((list) => summarise(list)?.mean ?? []);
      const summary = summarise(means);
      const at: Measured = {
        name: `${one.name ? `${one.name}, ` : ""}at ${x}`,
        at: x,
        means,
        values: lists.flat(),
        missing: 0,
        summary,
      };
      const ok = summary !== null && summary.mean >= low && summary.mean <= high;
      return rowOf(at, summary === null ? `${low} to ${high}; never reached` : `${low} to ${high}`, ok, {
        least: low,
        most: high,
      });
    }),
  );
  return { rows, verdict: verdictOf(rows), found: `${rows.filter((row) => row.ok).length} of ${rows.length} points in the band` };
}

function near(pairs: readonly number[], x: number, width: number): number[] {
  const found: number[] = [];
  for (let k = 0; k + 1 < pairs.length; k += 2) if (Math.abs(pairs[k]! - x) <= width / 2) found.push(pairs[k + 1]!);
  return found;
}

function judgeReference(
  measured: readonly Measured[],
  expect: NonNullable<Expectation["reference"]>,
  values: MeasuredValues | null,
): Judgement {
  let squares = 0;
  const texts: string[] = [];
  const rows = measured.map((one) => {
    const wanted = expect.key === undefined ? expect.values?.[one.name] : numberAt(values, one.name, expect.key);
    if (wanted === undefined || !one.summary)
      return rowOf(one, wanted === undefined ? "no reference value" : number(wanted), false);
    const off = one.summary.mean - wanted;
    squares += off * off;
    texts.push(`${one.name} ${off >= 0 ? "+" : "−"}${number(Math.abs(off))}`);
    const limit = expect.within ?? (expect.within_share === undefined ? Number.POSITIVE_INFINITY : expect.within_share * wanted);
    return rowOf(
      one,
      limit === Number.POSITIVE_INFINITY ? number(wanted) : `${number(wanted)} ± ${number(limit)}`,
      Math.abs(off) <= limit,
      { reference: wanted },
    );
  });
  const rmse = Math.sqrt(squares / Math.max(1, texts.length));
  const holds = expect.rmse_at_most === undefined || (texts.length === measured.length && rmse <= expect.rmse_at_most);
  const limit = expect.rmse_at_most === undefined ? "" : ` (at most ${expect.rmse_at_most})`;
  return {
    rows,
    verdict: verdictOf(rows, holds),
    found: `root mean square ${number(rmse)}${limit}; simulated − measured: ${texts.join(", ")}`,
  };
}

/** Measured value of a case; a name of several choices takes the one that the file knows. */
function numberAt(values: MeasuredValues | null, name: string, key: string): number | undefined {
  const known = [name, ...name.split(", ")].find((part) => values?.[part] !== undefined);
  const value = known === undefined ? undefined : values?.[known]?.[key];
  return typeof value === "number" ? value : undefined;
}

function judgeAtDensity(
  cases: readonly CaseValues[],
  measure: string,
  expect: NonNullable<Expectation["at_density"]>,
  values: MeasuredValues | null,
): Judgement {
  const texts: string[] = [];
  let squares = 0;
  const rows = cases.map((one) => {
    const density = numberAt(values, one.name, expect.density);
    const speed = numberAt(values, one.name, expect.speed);
    const lists = one.runs.map((run) => near(run?.[measure] ?? [], density ?? Number.NaN, expect.width));
    const means = lists.flatMap((list) => summarise(list)?.mean ?? []);
    const summary = summarise(means);
    const at: Measured = { name: one.name, at: density ?? null, means, values: lists.flat(), missing: 0, summary };
    if (density === undefined || speed === undefined) return rowOf(at, "no measured value", false);
    const judged = expect.within !== undefined;
    const wanted = `${number(speed)}${judged ? ` ± ${number(expect.within ?? 0)}` : ""} at ${number(density)}/m²`;
    if (!summary) return rowOf(at, `${wanted}; density never reached`, judged ? false : null, { reference: speed });
    const off = summary.mean - speed;
    squares += off * off;
    texts.push(`${one.name} ${off >= 0 ? "+" : "−"}${number(Math.abs(off))}`);
    return rowOf(at, wanted, judged ? Math.abs(off) <= (expect.within ?? 0) : null, { reference: speed });
  });
  const found = `root mean square ${number(Math.sqrt(squares / Math.max(1, texts.length)))}; simulated − measured at the measured density: ${texts.join(", ")}`;
  return { rows, verdict: expect.within === undefined ? "documented" : verdictOf(rows), found };
}
