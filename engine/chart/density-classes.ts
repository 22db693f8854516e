/** Classes of density that a map is drawn in, with their labels and colours. */
import { LEVELS, type Scenario, type WarningLevel } from "../scenario/scenario.js";
import { DENSITY_COLORS } from "./style.js";

export interface DensityClass {
  /** Persons/m2, lowest value of the class. */
  from: number;
  label: string;
  color: string;
}

/** Levels of a density warning where no rule says otherwise (persons/m2). */
const USUAL: Partial<Record<WarningLevel, number>> = { blue: 2, yellow: 3, orange: 4, red: 5 };

/**
 * Classes of the peak map: three below the first level, then one per warning level. The levels are those of the scenario's density
 * rules where all of them agree; otherwise the usual 2, 3, 4, 5 persons/m², and the classes carry no level names.
 */
export function peakClasses(scenario: Scenario): DensityClass[] {
  const rules = scenario.warnings.filter((r) => r.scheme === "density").map((r) => r.levels);
  const same = rules.every((r) => LEVELS.every((l) => r[l] === rules[0]![l]));
  const levels = rules.length > 0 && same ? rules[0]! : USUAL;
  const named = LEVELS.filter((l) => levels[l] !== undefined).map((l) => ({ level: l, from: levels[l]! }));
  const first = named[0]?.from ?? 2;
  const low = first === 2 ? [0.2, 0.5, 1] : [0.1, 0.25, 0.5].map((share) => Math.round(share * first * 100) / 100);
  const names = rules.length > 0 && same;
  const edges = [
    ...low.map((from) => ({ from, level: "" })),
    ...named.map((n) => ({ from: n.from, level: names ? n.level : "" })),
  ];
  const colors = [...DENSITY_COLORS.slice(0, 3), ...DENSITY_COLORS.slice(DENSITY_COLORS.length - named.length)];
  return edges.map((edge, i) => ({
    from: edge.from,
    label: rangeLabel(edge.from, edges[i + 1]?.from, edge.level),
    color: colors[i]!,
  }));
}

/** Seven round classes up to the largest mean: the mean over hours is far below the peak and needs a finer scale. */
export function meanClasses(largest: number): DensityClass[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 7];
  const end = Math.max(7, steps.filter((s) => s <= largest).length);
  const edges = steps.slice(end - 7, end);
  return edges.map((from, i) => ({ from, label: rangeLabel(from, edges[i + 1], ""), color: DENSITY_COLORS[i]! }));
}

function rangeLabel(from: number, to: number | undefined, level: string): string {
  const range = to === undefined ? `≥ ${from}` : `${from}–${to}`;
  return level === "" ? range : `${range} ${level}`;
}
