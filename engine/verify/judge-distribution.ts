/** Values against a distribution of the scenario, by Kolmogorov's test. */
import { shareBelow } from "../scenario/distributions.js";
import type { Distribution } from "../scenario/scenario.js";
import type { Expectation } from "./definition.js";
import { type CaseValues, type Judgement, type Measured, type Row, rowOf, verdictOf } from "./rows.js";
import { binomialTail, kolmogorovDistance, kolmogorovP } from "./statistics.js";

/** Limit of significance. */
const SIGNIFICANCE = 0.05;

/**
 * Either all values of all runs are one sample (p > 0.05), or with `per_run` those of each run: of N true samples about 0.05 N are rejected, so
 * that the number of rejected runs is judged by the binomial distribution, P(so many or more) > 0.05 / cases. The pooled test is then
 * reported beside it: over thousands of values it finds a hundredth of a metre per second, which no sample of the guideline's size can show.
 */
export function judgeDistribution(
  cases: readonly CaseValues[],
  measured: readonly Measured[],
  measure: string,
  { group, key, per_run }: NonNullable<Expectation["follows"]>,
): Judgement {
  const texts: string[] = [];
  const rows = measured.map((one, k): Row => {
    const distribution = cases[k]!.distribution(group, key);
    if (!distribution || one.values.length === 0) return rowOf(one, "its distribution", false);
    const kind = Object.keys(distribution)[0] ?? "";
    const name = one.name ? `${one.name}: ` : "";
    const pooled = against(distribution, one.values);
    if (!per_run) {
      texts.push(`${name}${pooled.text}`);
      return rowOf(one, kind, pooled.p > SIGNIFICANCE);
    }
    const samples = cases[k]!.runs.flatMap((run) => (run?.[measure]?.length ? [run[measure]] : []));
    const rejected = samples.filter((sample) => against(distribution, sample).p <= SIGNIFICANCE).length;
    const chance = binomialTail(samples.length, rejected, SIGNIFICANCE);
    texts.push(
      `${name}${rejected} of ${samples.length} runs rejected (p of so many or more by chance ${chance.toFixed(3)}); pooled, not judged: ${pooled.text}`,
    );
    return rowOf(one, `${kind}, run by run`, chance > SIGNIFICANCE / measured.length);
  });
  return { rows, verdict: verdictOf(rows), found: texts.join("; ") };
}

function against(distribution: Distribution, sample: readonly number[]): { p: number; text: string } {
  const d = kolmogorovDistance(sample, (x) => shareBelow(distribution, x));
  const p = kolmogorovP(sample.length, d);
  return { p, text: `n ${sample.length}, D ${d.toFixed(4)}, p ${p.toFixed(3)}` };
}
