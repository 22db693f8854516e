/** Risk matrix and hand calculation: defaults and complete form. */
import { fault, type Reading } from "./reading.js";
import { type HandCalculation, LEVELS, type RiskMatrix, type WarningLevel } from "./scenario.js";
import type { HandFile, RiskFile } from "./schema/rules.js";

/** R = L × S in a 5 x 5 matrix: red from 20, orange from 15, yellow from 9, else blue (common version in Chinese practice; unverified). */
const colorOf = (product: number): WarningLevel =>
  product >= 20 ? "red" : product >= 15 ? "orange" : product >= 9 ? "yellow" : "blue";

const SOURCE =
  "four-colour matrix R = L × S of the double prevention mechanism (State Council Safety Office 2016 no. 11; the limits 9, 15, 20 unverified, to be set by the authority); likelihood from the share of runs and consequence from people exposed above 5 persons/m2: Muster";

const DEFAULT_RISK: Readonly<RiskMatrix> = {
  likelihood_share: [0.01, 0.05, 0.2, 0.5],
  consequence_people: [30, 100, 300, 1000],
  density_limit: 5,
  matrix: [1, 2, 3, 4, 5].map((likelihood) => [1, 2, 3, 4, 5].map((consequence) => colorOf(likelihood * consequence))),
  cell_m: 10,
  source: SOURCE,
};

/** Rows and columns of the matrix may not fall, limits must rise. */
export function resolveRisk(reading: Reading, given: RiskFile | undefined): RiskMatrix {
  const risk: RiskMatrix = {
    likelihood_share: [...(given?.likelihood_share ?? DEFAULT_RISK.likelihood_share)],
    consequence_people: [...(given?.consequence_people ?? DEFAULT_RISK.consequence_people)],
    density_limit: given?.density_limit ?? DEFAULT_RISK.density_limit,
    matrix: (given?.matrix ?? DEFAULT_RISK.matrix).map((row) => [...row] as WarningLevel[]), // the shape check allows the four colours only
    cell_m: given?.cell_m ?? DEFAULT_RISK.cell_m,
    source: given?.source ?? (given?.matrix ? "scenario" : SOURCE),
  };
  for (const key of ["likelihood_share", "consequence_people"] as const) {
    risk[key].forEach((value, k) => {
      const before = k === 0 ? 0 : risk[key][k - 1]!;
      if (value <= before)
        fault(reading, `risk.${key}[${k}]`, `is ${value}, must be more than ${before}`, { value, limit: before });
    });
  }
  risk.matrix.forEach((row, i) => {
    row.forEach((color, j) => {
      const lower = [risk.matrix[i - 1]?.[j], row[j - 1]].find((other) => other !== undefined && rank(other) > rank(color));
      if (lower)
        fault(reading, `risk.matrix[${i}][${j}]`, `is ${color}, lower than ${lower} at a smaller likelihood or consequence`);
    });
  });
  return risk;
}

const rank = (color: WarningLevel): number => LEVELS.indexOf(color);

/** Rates of the Green Guide, 6th ed.: 82 persons/(m min) level, all in within one hour, exit in 8 minutes. P and S are never filled in. */
export function resolveHand(given: HandFile | null | undefined): HandCalculation | null {
  if (!given) return null;
  return {
    guide: given.guide ?? "Green Guide, 6th ed. 2018",
    holding: (given.holding ?? []).map(({ section, density, physical, safety, set_by }) => ({
      section,
      density,
      physical,
      safety,
      set_by,
    })),
    entry: (given.entry ?? []).map(({ gate, lanes, rate_per_min, within_min }) => ({
      gate,
      lanes,
      rate_per_min,
      within_min: within_min ?? 60,
    })),
    exits: (given.exits ?? []).map(({ opening, rate_per_m_min }) => ({ opening, rate_per_m_min: rate_per_m_min ?? 82 })),
    exit_time_min: given.exit_time_min ?? 8,
    emergency_time_min: given.emergency_time_min,
  };
}
