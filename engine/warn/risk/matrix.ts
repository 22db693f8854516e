/**
 * The four-colour matrix: likelihood times consequence (double prevention mechanism, State Council Safety Office 2016 no. 11; the matrix
 * and its limits stand in the scenario and can be edited; the default's limits are unverified, see scenario.risk.source).
 */
import type { RiskMatrix, WarningLevel } from "../../scenario/scenario.js";

type Grade = 1 | 2 | 3 | 4 | 5;

export interface Risk {
  likelihood: Grade;
  consequence: Grade;
  color: WarningLevel;
}

/**
 * @param share_of_runs share of runs (0..1) in which a density cell of the area reached the limit
 * @param people people exposed at once, mean over the runs
 */
export function riskOf(matrix: RiskMatrix, share_of_runs: number, people: number): Risk {
  const likelihood = grade(matrix.likelihood_share, share_of_runs);
  const consequence = grade(matrix.consequence_people, people);
  return { likelihood, consequence, color: matrix.matrix[likelihood - 1]![consequence - 1]! };
}

/** 1 plus the number of limits reached. */
function grade(limits: RiskMatrix["likelihood_share"], value: number): Grade {
  // Shares are quotients: 1/20 of the runs must reach a limit of 0.05. Four limits give grades 1 to 5.
  return (1 + limits.filter((limit) => value >= limit - 1e-12).length) as Grade;
}
