/** Warnings of the runs of an ensemble → one per place and rule, with probability and spread of the onset. */
import { LEVELS, type Scenario, type WarningLevel, type WarningRule } from "../scenario/scenario.js";
import { adviceFor } from "./advice.js";
import { bandOf, middle, quantile } from "./bands.js";
import { TENABILITY_SOURCE, TENABILITY_UNIT, tenabilityLevels } from "./fire/fire-warnings.js";
import type { RunReport } from "./report.js";
import type { EnsembleWarning, WarnedScheme, Warning } from "./warnings.js";

/** What joining needs of a rule. */
type Rule = Pick<WarningRule, "place" | "unit" | "levels" | "source"> & { scheme: WarnedScheme };

/** What one run says about one rule. */
interface Said {
  episodes: Warning[];
  /** Highest level, as an index into LEVELS; -1 where the rule gave no warning. */
  highest: number;
}

/** @param runs in the order of their seeds. Red first, then by probability, start, place. */
export function joinWarnings(scenario: Scenario, runs: readonly RunReport[]): EnsembleWarning[] {
  const rules = new Map([...scenario.warnings, ...fireRules(scenario, runs)].map((rule) => [keyOf(rule), rule]));
  const joined = [...rules].flatMap(([key, rule]) => {
    const said = runs.map(({ warnings }): Said => {
      const episodes = warnings.filter((warning) => keyOf(warning) === key);
      return { episodes, highest: Math.max(-1, ...episodes.map(({ level }) => LEVELS.indexOf(level))) };
    });
    return said.some(({ highest }) => highest >= 0) ? [joinRule(rule, said)] : [];
  });
  return joined.sort(
    (a, b) =>
      LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
      b.probability - a.probability ||
      a.start_s - b.start_s ||
      (a.place < b.place ? -1 : a.place > b.place ? 1 : 0),
  );
}

/** Two rules of one place and scheme in one unit are one rule here. */
const keyOf = ({ place, scheme, unit }: Pick<Rule, "place" | "scheme" | "unit">): string => `${scheme}|${unit}|${place}`;

/** Every place of a fire is watched. */
function fireRules({ fire }: Scenario, runs: readonly RunReport[]): Rule[] {
  if (fire === undefined) return [];
  const levels = tenabilityLevels(fire.warnings);
  return (runs.find((run) => run.fire)?.fire?.measures.places ?? []).map(({ place }) => ({
    place,
    scheme: "tenability",
    unit: TENABILITY_UNIT,
    levels,
    source: TENABILITY_SOURCE,
  }));
}

function joinRule(rule: Rule, said: readonly Said[]): EnsembleWarning {
  const count = (rank: number): number => said.filter(({ highest }) => highest >= rank).length;
  const ranks = LEVELS.map((_, rank) => rank).filter((rank) => count(rank) > 0);
  const rank = ranks.findLast((each) => count(each) * 2 >= said.length) ?? ranks.at(-1)!;
  const level = LEVELS[rank]!;
  const reached = said.filter(({ highest }) => highest >= rank);
  const periods = reached.map(({ episodes }) => episodes.flatMap((episode) => periodsAt(episode, rank)));
  const onsets = periods.map((list) => list[0]!.from);
  const onset = bandOf(onsets);
  const ends = periods.map((list) => list.at(-1)!.to);
  const peaks = reached.map(({ episodes }) => Math.max(...episodes.map(({ peak }) => peak)));
  const typical = middle(reached, (run) => Math.max(...run.episodes.map(({ peak }) => peak)));
  const worst = typical.episodes.reduce((a, b) => (b.peak > a.peak ? b : a));
  const often = middle(periods, (list) => list.length).length;
  // Every level that occurs in the rule was reached in some run or has no share.
  const probability_by_level: Partial<Record<WarningLevel, number>> = {};
  for (const each of ranks) probability_by_level[LEVELS[each]!] = count(each) / said.length;
  return {
    place: rule.place,
    level,
    scheme: rule.scheme,
    unit: rule.unit,
    runs: said.length,
    runs_at_level: reached.length,
    probability: reached.length / said.length,
    probability_by_level,
    onset_s: { p5: onset.p5!, p50: onset.p50!, p95: onset.p95! },
    start_s: onset.p50!,
    end_s: quantile(ends, 0.5),
    peak: { median: quantile(peaks, 0.5)!, p95: quantile(peaks, 0.95)! },
    limit: rule.levels[level] ?? worst.limit,
    source: rule.source,
    cause: often > 1 ? `${worst.cause}; on and off, ${often} times` : worst.cause,
    // The typical run may have gone higher than the level that half of the runs reached.
    advice: worst.level === level ? worst.advice : adviceFor(rule.scheme, level, rule.place, worst.inflow_from ?? null),
    ...untenableOf(reached, onsets, worst),
  };
}

/** Medians of what warnings of a fire tell; nothing for the others. */
function untenableOf(reached: readonly Said[], onsets: readonly number[], worst: Warning): Pick<EnsembleWarning, "untenable"> {
  if (worst.untenable === undefined) return {};
  const told = reached.map(({ episodes }) => episodes[0]!.untenable!);
  const median = (values: readonly number[]): number => quantile(values, 0.5)!;
  return {
    untenable: {
      at_s: median(told.map(({ at_s }) => at_s)),
      criterion: worst.untenable.criterion,
      people: median(told.map(({ people }) => people)),
      never_left: median(told.map(({ never_left }) => never_left)),
      lead_s: median(told.map(({ at_s }, k) => at_s - onsets[k]!)),
    },
  };
}

/** Spans of one episode at a level or higher, s; `to` null where it held at the end. */
function periodsAt(warning: Warning, rank: number): { from: number; to: number | null }[] {
  const spans: { from: number; to: number | null }[] = [];
  let from: number | null = null;
  for (const { at_s, level } of warning.changes) {
    const high = LEVELS.indexOf(level) >= rank;
    if (high && from === null) from = at_s;
    else if (!high && from !== null) {
      spans.push({ from, to: at_s });
      from = null;
    }
  }
  if (from !== null) spans.push({ from, to: warning.end_s });
  return spans;
}
