/**
 * The longest time step that each classic model bears with its explicit Euler scheme, from its own parameters.
 *
 * Speed models (x' = gap / T): two people who walk towards each other both close their gap at gap / T, so that one step takes 2 dt / T of
 * it; above dt = T / 2 they would step into each other. (Behind one who stands it is dt <= T; a file on a ring is stable up to dt = T,
 * the eigenvalues of x' = (dx - l) / T being (e^(i k) - 1) / T.) The direction turns away from walls over a body radius, so nobody may walk further than that in one step.
 *
 * Social force model, semi-implicit Euler: a body in a dense triangular lattice of springs with K = k + A / B (contact and repulsion at touch) swings at most
 * with w^2 = 6 K / m, and the scheme is stable while w dt < 2: dt < 2 sqrt(m / (6 K)). The velocity relaxes without overshoot up to dt = tau. Sliding friction
 * at an overlap g adds a decay of 2 kappa g / m per contact; no overlap is known before a run, so it gives no limit here (docs/models/classic-models.md).
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
    case "anticipation-velocity":
      return [
        ...speedLimits(model.time_gap_s, bodies),
        { limit: model.reaction_time_s, why: `the reaction time (${model.reaction_time_s} s), above it headings turn too far` },
      ];
    case "social-force":
      return forceLimits(model);
    case "optimal-steps": {
      const shortest = model.step_length_intercept_m / bodies.fastest + model.step_length_slope_s;
      return [{ limit: shortest, why: `the shortest time of a footstep (at ${bodies.fastest} m/s): people decide once in it` }];
    }
    case "orca":
      return [
        {
          limit: model.time_horizon_s,
          why: `the time horizon (${model.time_horizon_s} s), beyond which collisions are not foreseen`,
        },
        {
          limit: model.time_horizon_obstacles_s,
          why: `the time horizon for obstacles (${model.time_horizon_obstacles_s} s), beyond which walls are not foreseen`,
        },
      ];
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

/** Contacts around a body in the densest packing of circles. */
const LATTICE = 6;

function forceLimits(model: ClassicSettings<"social-force">): StepLimit[] {
  const stiffness = model.body_force_kg_s2 + Math.max(model.agent_scale_N, model.obstacle_scale_N) / model.force_distance_m;
  return [
    {
      limit: 2 * Math.sqrt(model.mass_kg / (LATTICE * stiffness)),
      why: `2 sqrt(mass / (6 stiffness)) with a stiffness of ${Math.round(stiffness)} kg/s2, above it bodies in contact are thrown apart`,
    },
    { limit: model.reaction_time_s, why: `the reaction time (${model.reaction_time_s} s)` },
  ];
}
