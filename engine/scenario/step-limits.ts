/**
 * The longest time step that each classic model bears with its explicit Euler scheme, from its own parameters.
 *
 * Speed models (x' = gap / T): two people who walk towards each other both close their gap at gap / T, so that one step takes 2 dt / T of
 * it; above dt = T / 2 they would step into each other. (Behind one who stands it is dt <= T; a file on a ring is stable up to dt = T,
 * the eigenvalues of x' = (dx - l) / T being (e^(i k) - 1) / T.) The direction turns away from walls over a body radius, so nobody may walk further than that in one step.
 */
import type { ClassicSettings } from "./models.js";

export interface Bodies {
  /** Largest walking speed of anybody, m/s. */
  fastest: number;
  /** Smallest body radius, m. */
  slimmest: number;
  /** Smallest factor on the time gap. */
  leastGapFactor: number;
}

export interface StepLimit {
  /** s */
  limit: number;
  why: string;
}

export function stepLimits(model: ClassicSettings, bodies: Bodies): StepLimit[] {
  switch (model.name) {
    case "collision-free-speed":
      return speedLimits(model.time_gap_s, bodies);
  }
}

const speedLimits = (timeGap: number, { fastest, slimmest, leastGapFactor }: Bodies): StepLimit[] => [
  {
    limit: (timeGap * leastGapFactor) / 2,
    why: `half of the smallest time gap (${timeGap * leastGapFactor} s), above it two people who meet step into each other`,
  },
  {
    limit: slimmest / fastest,
    why: `nobody may walk further in one step than the smallest body radius (${slimmest} m at ${fastest} m/s), over which walls turn people away`,
  },
];
