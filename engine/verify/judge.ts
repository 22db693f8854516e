/** Values of all runs → rows and a verdict. Nothing is judged that was not measured: a missing value fails its case. */
import type { MeasuredValues } from "./cases.js";
import type { Check, Expectation } from "./definition.js";
import { judgeDistribution } from "./judge-distribution.js";
import {
  both,
  type CaseValues,
  collect,
  type Judgement,
  type Measured,
  number,
  type Outcome,
  rowOf,
  settle,
  verdictOf,
} from "./rows.js";
import { type Summary, summarise } from "./statistics.js";

/** @param short fewer runs than the suite asks for: what their interval leaves open is undecided */
export function judge(check: Check, cases: readonly CaseValues[], reference: MeasuredValues | null, short = false): Judgement {
  const asked = check.cases ?? cases.map(({ name }) => name);
  const found = asked.map((name) => cases.find((one) => one.name === name) ?? empty(name));
  const measured = found.map((one) => ({ ...collect(one, check.measure), sparse: check.expect.sparse ?? false }));
  const { expect } = check;
  if (expect.follows) return judgeDistribution(found, measured, check.measure, expect.follows);
  if (expect.at_density) return judgeAtDensity(found, check.measure, expect.at_density, reference, short);
  if (expect.band) return judgeBand(found, check.measure, expect.band, { width: expect.band_width ?? 0.2, short });
  if (expect.reference) return judgeReference(measured, expect.reference, reference, short);
  if (expect.above) return judgeAbove(measured, found, expect.above.measure, short);
  if (expect.order !== undefined) return judgeOrder(measured, expect.order, expect.slack ?? 0, short);
  if (expect.one_hump) return judgeHump(measured, short);
  if (expect.greatest_between) return judgeGreatest(measured, expect.greatest_between, short);
  if (expect.equal_share !== undefined) return judgeEqual(measured, expect.equal_share, short);
  if (expect.difference) return judgeDifference(measured, expect.difference, short);
  if (expect.ratio) return judgeRatio(measured, expect.ratio, short);
  return judgeLimits(measured, expect, short);
}

const empty = (name: string): CaseValues => ({ name, at: null, runs: [], distribution: () => null });

function judgeLimits(measured: readonly Measured[], expect: Expectation, short: boolean): Judgement {
  if (expect.documented) return { rows: measured.map((one) => rowOf(one, "reported", null)), verdict: "documented", found: "" };
  const rows = measured.map((one) => {
    const given = expect.limits ? expect.limits[one.name] : expect.between;
    if (expect.limits && !given) return rowOf(one, "no limits", false);
    const least = given?.[0] ?? expect.at_least ?? null;
    const most = given?.[1] ?? expect.at_most ?? null;
    const inside = (value: number): boolean => (least === null || value >= least) && (most === null || value <= most);
    const words = least === null ? `at most ${most}` : most === null ? `at least ${least}` : `${least} to ${most}`;
    const ok = expect.each
      ? one.values.every(inside)
      : settle(short, one.summary, [least, most], one.summary !== null && inside(one.summary.mean));
    return rowOf(one, expect.each ? `${words}, each run` : words, ok, { least, most });
  });
  return { rows, verdict: verdictOf(rows), found: "" };
}

/** Differences of the same seeds in two cases: the runs share their people's draws, so pairs tell more than means. */
const paired = (a: readonly (number | null)[], b: readonly (number | null)[]): Summary | null =>
  summarise(a.flatMap((value, k) => (value !== null && b[k] != null ? [b[k] - value] : [])));

/** A whole suite of less than five runs gives an interval too wide to say anything: means are compared there. */
const few = ({ n }: Summary): boolean => n < 5;

/** Whether a paired difference lies beyond 0, by more than chance. */
const beyond = (short: boolean, difference: Summary, sign = 1): Outcome => {
  if (short) return settle(short, difference, [0], sign * difference.mean > 0);
  return (few(difference) ? sign * difference.mean : sign > 0 ? difference.low : -difference.high) > 0;
};

function judgeOrder(
  measured: readonly Measured[],
  order: NonNullable<Expectation["order"]>,
  slack: number,
  short: boolean,
): Judgement {
  const sign = order === "rising" || order === "not-falling" ? 1 : -1;
  const strict = order === "rising" || order === "falling";
  const steps = measured.slice(1).map((one, k) => {
    const before = measured[k]!;
    const difference = paired(before.means, one.means);
    if (!difference) return { ok: false, text: `${before.name} → ${one.name}: no pair of runs` };
    const means = sign * ((one.summary?.mean ?? 0) - (before.summary?.mean ?? 0));
    const ok = strict ? beyond(short, difference, sign) : settle(short, difference, [-sign * slack], means >= -slack);
    return {
      ok,
      text: `${before.name} → ${one.name}: ${number(difference.mean)} (${number(difference.low)} to ${number(difference.high)})`,
    };
  });
  const rows = measured.map((one, k) => rowOf(one, order, k === 0 ? true : steps[k - 1]!.ok));
  return { rows, verdict: verdictOf(rows, steps.length > 0), found: steps.map(({ text }) => text).join("; ") };
}

function judgeHump(measured: readonly Measured[], short: boolean): Judgement {
  const means = measured.map((one) => one.summary?.mean ?? Number.NaN);
  const top = means.indexOf(Math.max(...means));
  const rows = measured.map((one, k) => {
    const ok = k === 0 || (k <= top ? means[k]! > means[k - 1]! : means[k]! < means[k - 1]!);
    const step = k === 0 ? null : paired(measured[k - 1]!.means, one.means);
    return rowOf(one, "one maximum", settle(short, step, [0], ok));
  });
  return { rows, verdict: verdictOf(rows, top >= 0), found: top < 0 ? "" : `greatest at ${measured[top]!.name}` };
}

function judgeGreatest(measured: readonly Measured[], limits: readonly number[], short: boolean): Judgement {
  const [low, high] = limits as [number, number];
  const means = measured.flatMap((one) => one.summary?.mean ?? []);
  const most = means.length > 0 ? Math.max(...means) : Number.NaN;
  const top = measured.find((one) => one.summary?.mean === most)?.summary ?? null;
  const rows = measured.map((one) => rowOf(one, `greatest ${low} to ${high}`, true));
  return {
    rows,
    verdict: verdictOf(rows, settle(short, top, limits, most >= low && most <= high)),
    found: `greatest ${number(most)}, expected ${low} to ${high}`,
  };
}

function judgeEqual(measured: readonly Measured[], share: number, short: boolean): Judgement {
  const middle = summarise(measured.flatMap((one) => one.summary?.mean ?? []))?.mean ?? Number.NaN;
  const rows = measured.map((one) => {
    const off = Math.abs((one.summary?.mean ?? Number.NaN) - middle);
    const limits = [(1 - share) * middle, (1 + share) * middle];
    return rowOf(one, `${number(middle)} ± ${number(100 * share)} %`, settle(short, one.summary, limits, off <= share * middle));
  });
  return { rows, verdict: verdictOf(rows), found: `mean of the cases ${number(middle)}` };
}

const spanText = (found: Summary | null): string =>
  found ? `${number(found.mean)} (${number(found.low)} to ${number(found.high)})` : "none";

function judgeRatio(measured: readonly Measured[], ratio: NonNullable<Expectation["ratio"]>, short: boolean): Judgement {
  const [low, high] = ratio.between as [number, number];
  const of = measured.find(({ name }) => name === ratio.of);
  const to = measured.find(({ name }) => name === ratio.to);
  const shares = of && to ? summarise(of.means.flatMap((v, k) => (v !== null && to.means[k] ? [v / to.means[k]] : []))) : null;
  const ok = settle(short, shares, ratio.between, shares !== null && shares.mean >= low && shares.mean <= high);
  const rows = measured.map((one) => rowOf(one, `ratio ${low} to ${high}`, true));
  const found = `ratio ${ratio.of} to ${ratio.to}: ${spanText(shares)}, expected ${low} to ${high}`;
  return { rows, verdict: verdictOf(rows, ok), found };
}

function judgeDifference(
  measured: readonly Measured[],
  wanted: NonNullable<Expectation["difference"]>,
  short: boolean,
): Judgement {
  const [low, high] = wanted.between as [number, number];
  const of = measured.find(({ name }) => name === wanted.of);
  const less = measured.find(({ name }) => name === wanted.less);
  const difference = of && less ? paired(less.means, of.means) : null;
  const ok = settle(short, difference, wanted.between, difference !== null && difference.mean >= low && difference.mean <= high);
  const rows = measured.map((one) => rowOf(one, `difference ${low} to ${high}`, true));
  const found = `${wanted.of} less ${wanted.less}: ${spanText(difference)}, expected ${low} to ${high}`;
  return { rows, verdict: verdictOf(rows, ok), found };
}

function judgeAbove(measured: readonly Measured[], cases: readonly CaseValues[], other: string, short: boolean): Judgement {
  const texts: string[] = [];
  const rows = measured.map((one, k) => {
    const difference = paired(collect(cases[k]!, other).means, one.means);
    const by = difference ? `by ${spanText(difference)}` : "by nothing measured";
    texts.push(`${one.name ? `${one.name}: ` : ""}above ${other} ${by}`);
    return rowOf(one, `above ${other}`, difference !== null && beyond(short, difference));
  });
  return { rows, verdict: verdictOf(rows), found: texts.join("; ") };
}

/** A row per x of the band: pairs within half of `width` of it, one mean per run. */
function judgeBand(
  cases: readonly CaseValues[],
  measure: string,
  band: readonly (readonly number[])[],
  { width, short }: { width: number; short: boolean },
): Judgement {
  const rows = cases.flatMap((one) =>
    band.map((entry) => {
      const [x, low, high] = entry as [number, number, number];
      const at = pairsNear(one, measure, x, width);
      const { summary } = at;
      const expected = `${low} to ${high}${summary === null ? "; never reached" : ""}`;
      const holds = summary !== null && summary.mean >= low && summary.mean <= high;
      // What so few runs never reached, more may reach.
      const ok = short && summary === null ? "open" : settle(short, summary, [low, high], holds);
      return rowOf({ ...at, name: `${one.name ? `${one.name}, ` : ""}at ${x}` }, expected, ok, { least: low, most: high });
    }),
  );
  return { rows, verdict: verdictOf(rows), found: `${rows.filter((row) => row.ok).length} of ${rows.length} points in the band` };
}

/** Mean per run of the pairs (x, y) whose x is near the given one; runs that have none are left out. */
function pairsNear(one: CaseValues, measure: string, x: number | undefined, width: number): Measured {
  const lists = one.runs.map((run) => near(run?.[measure] ?? [], x ?? Number.NaN, width));
  const means = lists.flatMap((list) => summarise(list)?.mean ?? []);
  return { name: one.name, at: x ?? null, means, values: lists.flat(), missing: 0, summary: summarise(means) };
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
  short: boolean,
): Judgement {
  const offs: { mean: number; low: number; high: number }[] = [];
  const texts: string[] = [];
  const rows = measured.map((one) => {
    const wanted = expect.key === undefined ? expect.values?.[one.name] : numberAt(values, one.name, expect.key);
    const { summary } = one;
    if (wanted === undefined || !summary) return rowOf(one, wanted === undefined ? "no reference value" : number(wanted), false);
    const off = summary.mean - wanted;
    offs.push({ mean: off, low: summary.low - wanted, high: summary.high - wanted });
    texts.push(`${one.name} ${off >= 0 ? "+" : "−"}${number(Math.abs(off))}`);
    const limit = expect.within ?? (expect.within_share === undefined ? Number.POSITIVE_INFINITY : expect.within_share * wanted);
    const free = limit === Number.POSITIVE_INFINITY;
    const ok = settle(short, summary, [wanted - limit, wanted + limit], Math.abs(off) <= limit);
    return rowOf(one, free ? number(wanted) : `${number(wanted)} ± ${number(limit)}`, ok, { reference: wanted });
  });
  const rmse = rootMeanSquare(offs.map(({ mean }) => mean));
  const most = expect.rmse_at_most;
  const span = {
    low: rootMeanSquare(offs.map(({ low, high }) => (low < 0 && high > 0 ? 0 : Math.min(Math.abs(low), Math.abs(high))))),
    high: rootMeanSquare(offs.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)))),
  };
  const runs = Math.min(...measured.map(({ summary }) => summary?.n ?? 0));
  const open = short && most !== undefined && (runs < 2 || (span.low < most && most < span.high));
  const holds = most === undefined || rmse <= most;
  const limit = most === undefined ? "" : ` (at most ${most})`;
  return {
    rows,
    verdict: verdictOf(rows, both(most === undefined || offs.length === measured.length, open ? "open" : holds)),
    found: `root mean square ${number(rmse)}${limit}; simulated − measured: ${texts.join(", ")}`,
  };
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / Math.max(1, values.length));

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
  short: boolean,
): Judgement {
  const texts: string[] = [];
  const offs: number[] = [];
  const rows = cases.map((one) => {
    const density = numberAt(values, one.name, expect.density);
    const speed = numberAt(values, one.name, expect.speed);
    const at = pairsNear(one, measure, density, expect.width);
    const { summary } = at;
    if (density === undefined || speed === undefined) return rowOf(at, "no measured value", false);
    const { within } = expect;
    const wanted = `${number(speed)}${within === undefined ? "" : ` ± ${number(within)}`} at ${number(density)}/m²`;
    if (!summary) {
      const ok = within === undefined ? null : short ? "open" : false;
      return rowOf(at, `${wanted}; density never reached`, ok, { reference: speed });
    }
    const off = summary.mean - speed;
    offs.push(off);
    texts.push(`${one.name} ${off >= 0 ? "+" : "−"}${number(Math.abs(off))}`);
    const ok = within === undefined ? null : settle(short, summary, [speed - within, speed + within], Math.abs(off) <= within);
    return rowOf(at, wanted, ok, { reference: speed });
  });
  const found = `root mean square ${number(rootMeanSquare(offs))}; simulated − measured at the measured density: ${texts.join(", ")}`;
  return { rows, verdict: expect.within === undefined ? "documented" : verdictOf(rows), found };
}
