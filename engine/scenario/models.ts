/**
 * The classic movement models by name, with the parameters of their authors: unit, range, default and source of each. The schema, the
 * complete form, the report and docs/models/classic-models.md say the same names. "JuPedSim" is version 1.4.2.
 */
import type { Range } from "./limits.js";

export interface ModelParameter extends Range {
  /** A whole number. */
  readonly whole?: true;
  readonly default: number;
  readonly unit: string;
  readonly description: string;
  readonly source: string;
}

interface ModelAbout {
  readonly title: string;
  readonly source: string;
  /** Time step where the scenario gives none, s. */
  readonly time_step_s: number;
  readonly parameters: Readonly<Record<string, ModelParameter>>;
}

const TORDEUX = "Tordeux, Chraibi and Seyfried 2016 (Traffic and Granular Flow '15, p. 225)";
const XU = "Xu, Chraibi and Seyfried 2021 (Transportation Research C 133:103464)";
const HELBING = "Helbing, Farkas and Vicsek 2000 (Nature 407:487)";
const ORCA = "van den Berg, Guy, Lin and Manocha 2011 (Robotics Research, STAR 70, p. 3)";
const RVO2 = "RVO2 2.0, examples with obstacles (Blocks)";
const SEITZ = "Seitz and Köster 2012 (Physical Review E 86:046108)";
const SIVERS = "von Sivers and Köster 2015 (Transportation Research B 74:104)";
const VADERE = "default of Vadere (AttributesOSM, AttributesPotentialCompactSoftshell)";
const JUPEDSIM = "default of JuPedSim 1.4.2";

/** Shared by the two speed models. */
const neighbourRepulsion = (source: string) => ({
  strength_neighbor_repulsion: {
    ...{ minimum: 0, maximum: 20, default: 8, unit: "", source },
    description: "repulsion of the direction by a neighbour whose body touches, against the wished direction of length 1",
  },
  range_neighbor_repulsion_m: {
    ...{ minimum: 0.01, maximum: 5, default: 0.1, unit: "m", source },
    description: "distance over which it falls to 1/e",
  },
});

export const CLASSIC_MODELS = {
  "collision-free-speed": {
    title: "collision-free speed model",
    source: TORDEUX,
    time_step_s: 0.01,
    parameters: {
      time_gap_s: {
        ...{ minimum: 0.1, maximum: 10, default: 1, unit: "s", source: `${TORDEUX}; ${JUPEDSIM}` },
        description: "time gap: speed = gap ahead / time gap",
      },
      ...neighbourRepulsion(JUPEDSIM),
      strength_geometry_repulsion: {
        ...{ minimum: 0, maximum: 20, default: 5, unit: "", source: JUPEDSIM },
        description: "repulsion of the direction by a wall that the body touches",
      },
      range_geometry_repulsion_m: {
        ...{ minimum: 0.005, maximum: 5, default: 0.02, unit: "m", source: JUPEDSIM },
        description: "distance over which it falls to 1/e",
      },
    },
  },
  "anticipation-velocity": {
    title: "anticipation velocity model",
    source: XU,
    time_step_s: 0.01,
    parameters: {
      time_gap_s: {
        ...{ minimum: 0.1, maximum: 10, default: 1.06, unit: "s", source: `${XU}; ${JUPEDSIM}` },
        description: "time gap: speed = gap ahead / time gap",
      },
      ...neighbourRepulsion(JUPEDSIM),
      wall_buffer_distance_m: {
        ...{ minimum: 0, maximum: 1, default: 0.1, unit: "m", source: JUPEDSIM },
        description: "distance between body and wall from which people turn away",
      },
      anticipation_time_s: {
        ...{ minimum: 0, maximum: 5, default: 1, unit: "s", source: `${XU}; ${JUPEDSIM}` },
        description: "how far ahead people foresee where others will be",
      },
      reaction_time_s: {
        ...{ minimum: 0.01, maximum: 1, default: 0.3, unit: "s", source: `${XU}; ${JUPEDSIM}` },
        description: "relaxation of the heading",
      },
      pushout_strength: {
        ...{ minimum: 0, maximum: 10, default: 0.3, unit: "", source: JUPEDSIM },
        description: "how strongly the heading is turned away from a wall within the buffer, against its length of 1",
      },
    },
  },
  "social-force": {
    title: "social force model",
    source: HELBING,
    time_step_s: 0.01,
    parameters: {
      mass_kg: {
        ...{ minimum: 1, maximum: 500, default: 80, unit: "kg", source: `${HELBING}; ${JUPEDSIM}` },
        description: "body mass",
      },
      reaction_time_s: {
        ...{ minimum: 0.05, maximum: 10, default: 0.5, unit: "s", source: `${HELBING}; ${JUPEDSIM}` },
        description: "relaxation of the velocity",
      },
      agent_scale_N: {
        ...{ minimum: 0, maximum: 1e5, default: 2000, unit: "N", source: `${HELBING}; ${JUPEDSIM}` },
        description: "repulsion of two bodies that touch",
      },
      obstacle_scale_N: {
        ...{ minimum: 0, maximum: 1e5, default: 2000, unit: "N", source: `${HELBING}; ${JUPEDSIM}` },
        description: "repulsion by a wall that the body touches",
      },
      force_distance_m: {
        ...{ minimum: 0.01, maximum: 5, default: 0.08, unit: "m", source: `${HELBING}; ${JUPEDSIM}` },
        description: "distance over which repulsion falls to 1/e",
      },
      body_force_kg_s2: {
        ...{ minimum: 0, maximum: 1e6, default: 120000, unit: "kg/s2", source: `${HELBING}; ${JUPEDSIM}` },
        description: "stiffness of bodies",
      },
      friction_kg_m_s: {
        ...{ minimum: 0, maximum: 1e6, default: 240000, unit: "kg/(m s)", source: `${HELBING}; ${JUPEDSIM}` },
        description: "sliding friction of bodies and walls",
      },
    },
  },
  orca: {
    title: "ORCA model",
    source: ORCA,
    time_step_s: 0.1,
    parameters: {
      time_horizon_s: {
        ...{ minimum: 0.1, maximum: 60, default: 5, unit: "s", source: RVO2 },
        description: "time for which collisions with people are avoided",
      },
      time_horizon_obstacles_s: {
        ...{ minimum: 0.1, maximum: 60, default: 5, unit: "s", source: RVO2 },
        description: "time for which collisions with walls are avoided",
      },
      neighbour_distance_m: {
        ...{ minimum: 1, maximum: 15, default: 15, unit: "m", source: RVO2 },
        description: "how far people mind others",
      },
      most_neighbours: {
        ...{ minimum: 1, maximum: 100, default: 10, unit: "persons", source: RVO2, whole: true },
        description: "how many of the nearest people are minded",
      },
      greatest_speed_m_s: {
        ...{ minimum: 0.1, maximum: 5, default: 2, unit: "m/s", source: RVO2 },
        description: "speed up to which people walk to evade, if they do not wish to walk faster",
      },
    },
  },
  "optimal-steps": {
    title: "optimal steps model",
    source: `${SEITZ}; ${SIVERS}`,
    time_step_s: 0.1,
    parameters: {
      step_length_intercept_m: {
        ...{ minimum: 0.1, maximum: 1, default: 0.4625, unit: "m", source: `${SEITZ}; ${VADERE}` },
        description: "step length = intercept + slope times speed + deviation of the person",
      },
      step_length_slope_s: {
        ...{ minimum: 0, maximum: 1, default: 0.2345, unit: "s", source: `${SEITZ}; ${VADERE}` },
        description: "slope of it",
      },
      step_length_sd_m: {
        ...{ minimum: 0, maximum: 0.1, default: 0.036, unit: "m", source: `${SEITZ}; ${VADERE}` },
        description: "standard deviation of the deviation of people, drawn once each",
      },
      least_step_m: {
        ...{ minimum: 0, maximum: 0.5, default: 0.1, unit: "m", source: VADERE },
        description: "nobody makes a shorter step",
      },
      circle_points: {
        ...{ minimum: 4, maximum: 100, default: 18, unit: "", source: SEITZ, whole: true },
        description: "places looked at on the outermost circle",
      },
      circles: {
        ...{
          minimum: 1,
          maximum: 20,
          default: 4,
          unit: "",
          source: "stands for the disc of von Sivers and Köster 2015",
          whole: true,
        },
        description: "circles looked at, evenly up to the step length; 1 is the model of 2012",
      },
      person_height_m: {
        ...{ minimum: 0, maximum: 1000, default: 50, unit: "m", source: VADERE },
        description: "potential of a person's personal space, in metres of way",
      },
      personal_space_m: {
        ...{ minimum: 0.01, maximum: 3, default: 1.2, unit: "m", source: VADERE },
        description: "width of the personal space beyond the bodies",
      },
      intimate_space_m: {
        ...{ minimum: 0.01, maximum: 3, default: 0.45, unit: "m", source: VADERE },
        description: "width of the intimate space beyond the bodies",
      },
      intimate_space_factor: {
        ...{ minimum: 0.1, maximum: 100, default: 1.2, unit: "", source: VADERE },
        description: "potential of the personal space over that of the intimate space",
      },
      obstacle_height_m: {
        ...{ minimum: 0, maximum: 1000, default: 6, unit: "m", source: VADERE },
        description: "potential of a wall, in metres of way",
      },
      obstacle_width_m: {
        ...{ minimum: 0.01, maximum: 1, default: 0.8, unit: "m", source: VADERE },
        description: "how far a wall is felt",
      },
    },
  },
} as const satisfies Record<string, ModelAbout>;

export type ClassicName = keyof typeof CLASSIC_MODELS;
export const MODEL_NAMES = ["headway", ...(Object.keys(CLASSIC_MODELS) as ClassicName[])] as const; // keys of a literal

type ParametersOf<N extends ClassicName> = { [K in keyof (typeof CLASSIC_MODELS)[N]["parameters"]]: number };
/** A classic model with every parameter, as it stands in the complete form of a scenario. */
export type ClassicSettings<N extends ClassicName = ClassicName> = { [M in N]: { name: M } & ParametersOf<M> }[N];
export type ModelSettings = "headway" | ClassicSettings;

export const modelName = (model: ModelSettings): "headway" | ClassicName => (model === "headway" ? model : model.name);

/** Every parameter of a classic model by name; none for the headway model. */
export function modelParameters(model: ModelSettings): Record<string, number> {
  if (model === "headway") return {};
  const { name: _, ...parameters } = model;
  return parameters;
}
