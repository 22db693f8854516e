/**
 * Named populations: speed on the level, body, speed on stairs as a share of it. Each source says how far it was checked:
 * "verified" = read in a second source, "second-hand" = read in a program or paper that quotes it, "unverified" = from memory.
 */
import type { Distribution, Population } from "./scenario.js";

/**
 * Equal-area circles of the body sizes of Simulex, as printed in NIST's "A Review of Building Evacuation Models", Table A.4:
 * woman 0.101 m2, man 0.130 m2, child 0.070 m2, elderly person 0.113 m2; r = √(A/π).
 */
const BODY =
  "body: circles of the area of Simulex's ellipses, woman 0.101 to man 0.130 m2 (NIST, A Review of Building Evacuation Models, Table A.4; verified)";
const ADULT_RADIUS: Distribution = { uniform: [0.179, 0.203] };
const CHILD_RADIUS: Distribution = { constant: 0.149 };
const OLDER_RADIUS: Distribution = { constant: 0.19 };

/** Weidmann's means on stairs, 0.610 m/s up and 0.694 m/s down, over 1.34 m/s on the level. */
const WEIDMANN_UP = 0.455;
const WEIDMANN_DOWN = 0.518;

function population(
  name: string,
  speed_m_s: Distribution,
  radius_m: Distribution,
  stairs: { up: number; down: number; up_m_s?: Distribution; down_m_s?: Distribution } | null,
  source: string,
): Population {
  return {
    name,
    source,
    speed_m_s,
    radius_m,
    stairs_up: stairs?.up ?? NO_STAIRS,
    stairs_down: stairs?.down ?? NO_STAIRS,
    ...(stairs?.up_m_s ? { stairs_up_m_s: stairs.up_m_s } : {}),
    ...(stairs?.down_m_s ? { stairs_down_m_s: stairs.down_m_s } : {}),
    uses_stairs: stairs !== null,
  };
}
/** Share for people who use no stairs: stands in the complete form and is never used. */
const NO_STAIRS = 0.1;

const normal = (mean: number, sd: number, min: number, max: number): Distribution => ({ normal: { mean, sd, min, max } });

type Span = [min: number, max: number];
/** Groups of IMO MSC.1/Circ.1533 annex 3: share of passengers, ranges on the level, down and up stairs, m/s (tables 3.1, 3.4, 3.5). */
const IMO: [name: string, share: number, level: Span, down: Span, up: Span][] = [
  ["women-under-30", 0.07, [0.93, 1.55], [0.56, 0.94], [0.47, 0.79]],
  ["women-30-50", 0.07, [0.71, 1.19], [0.49, 0.81], [0.44, 0.74]],
  ["women-over-50", 0.16, [0.56, 0.94], [0.45, 0.75], [0.37, 0.61]],
  ["women-over-50-impaired-1", 0.1, [0.43, 0.71], [0.34, 0.56], [0.28, 0.46]],
  ["women-over-50-impaired-2", 0.1, [0.37, 0.61], [0.29, 0.49], [0.23, 0.39]],
  ["men-under-30", 0.07, [1.11, 1.85], [0.76, 1.26], [0.5, 0.84]],
  ["men-30-50", 0.07, [0.97, 1.62], [0.64, 1.07], [0.47, 0.79]],
  ["men-over-50", 0.16, [0.84, 1.4], [0.5, 0.84], [0.38, 0.64]],
  ["men-over-50-impaired-1", 0.1, [0.64, 1.06], [0.38, 0.64], [0.29, 0.49]],
  ["men-over-50-impaired-2", 0.1, [0.55, 0.91], [0.33, 0.55], [0.25, 0.41]],
];

/** Weidmann's free speeds by age as RiMEA 4.1.1 prints them (figure 3): middle of the range read off the chart, m/s. */
const AGES: [age: number, mean: number][] = [
  [20, 1.62],
  [30, 1.54],
  [40, 1.48],
  [50, 1.41],
  [60, 1.27],
  [70, 1.07],
];
/** Weidmann's spread over mean of all pedestrians, 0.26 / 1.34: at 20 to 30 years it gives the 0.31 that the chart shows as about 0.32. */
const SPREAD = 0.194;

/** FDS+Evac's types: speed ± and body radius ±, uniform. */
const FDS: [name: string, speed: Span, radius: Span][] = [
  ["adult", [0.95, 1.55], [0.22, 0.29]],
  ["male", [1.15, 1.55], [0.25, 0.29]],
  ["female", [0.95, 1.35], [0.22, 0.26]],
  ["child", [0.6, 1.2], [0.195, 0.225]],
  ["elderly", [0.5, 1.1], [0.23, 0.27]],
];

/** Groups of RiMEA 2.2.1 with stairs of RiMEA/Fruin (inside). */
const RIMEA: [name: string, min: number, max: number, up: number, down: number][] = [
  ["under-30", 0.58, 1.61, 0.55, 0.76],
  ["30-50", 1.41, 1.54, 0.5, 0.65],
  ["over-50", 0.68, 1.41, 0.42, 0.55],
  ["impaired", 0.46, 0.76, 0.32, 0.42],
];

const round3 = (x: number): number => Math.round(x * 1000) / 1000;
/** Mean on stairs over mean on the level. */
const share = (stairs: Span, level: Span): number => round3((stairs[0] + stairs[1]) / (level[0] + level[1]));
/** How the radius of people with an aid comes about. */
const aid = (width: number, depth: number): string =>
  `body: circle of the area of an ellipse of ${width} x ${depth} m (unverified)`;
const CHAIR_RADIUS: Distribution = { constant: 0.4 };

const list: Population[] = [
  population(
    "adults",
    normal(1.34, 0.26, 0.5, 2.2),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, all pedestrians (second-hand: defaults of Vadere); stairs: Weidmann's means 0.610 and 0.694 m/s over 1.34 (second-hand); ${BODY}`,
  ),
  population(
    "business",
    normal(1.61, 0.26, 0.5, 2.4),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, business 1.61 m/s (unverified), spread as for all pedestrians; stairs as adults; ${BODY}`,
  ),
  population(
    "commuters",
    normal(1.49, 0.26, 0.5, 2.2),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, commuting 1.49 m/s (unverified), spread as for all pedestrians; stairs as adults; ${BODY}`,
  ),
  population(
    "shoppers",
    normal(1.16, 0.26, 0.5, 2.2),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, shopping 1.16 m/s (unverified), spread as for all pedestrians; stairs as adults; ${BODY}`,
  ),
  population(
    "visitors",
    normal(1.1, 0.26, 0.4, 2.2),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, leisure 1.10 m/s (unverified), spread as for all pedestrians; stairs as adults; ${BODY}`,
  ),
  population(
    "children",
    { uniform: [0.6, 1.2] },
    CHILD_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    "speed 0.9 ± 0.3 m/s and body 0.070 m2 of Simulex (NIST, A Review of Building Evacuation Models, Table A.4; verified); stairs as adults (unverified)",
  ),
  population(
    "small-children",
    { uniform: [0.6, 0.9] },
    CHILD_RADIUS,
    { up: 0.44, down: 0.44, up_m_s: { constant: 0.33 }, down_m_s: { constant: 0.33 } },
    "3 to 6 years, walking: 0.6 to 0.9 m/s (unverified); stairs 0.33 m/s, children of 2 to 5 years, Proulx (second-hand), up as down (unverified); body as children",
  ),
  population(
    "older",
    { uniform: [0.5, 1.1] },
    OLDER_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    "speed 0.8 ± 0.3 m/s and body 0.113 m2 of Simulex (NIST, A Review of Building Evacuation Models, Table A.4; verified); stairs as adults (unverified)",
  ),
  population(
    "reduced-mobility",
    normal(0.95, 0.32, 0.24, 1.68),
    ADULT_RADIUS,
    { up: 0.453, down: 0.379 },
    `ambulant people with impaired mobility, no aid: Boyce, Shields, Silcock 1999, level 0.95 (0.32) m/s (second-hand), range and stairs 0.43 up, 0.36 down (unverified); ${BODY}`,
  ),
  population(
    "assisted-ambulant",
    normal(0.78, 0.34, 0.1, 1.6),
    { constant: 0.3 },
    { up: 0.453, down: 0.379 },
    "Boyce, Shields, Silcock 1999, level 0.78 (0.34) m/s (unverified), cut and stairs as reduced-mobility (unverified); body: two abreast need more, 0.30 m (Muster, unverified)",
  ),
  population(
    "crutches",
    normal(0.94, 0.3, 0.63, 1.35),
    { constant: 0.34 },
    { up: 0.234, down: 0.234, up_m_s: { constant: 0.22 }, down_m_s: { constant: 0.22 } },
    `Boyce, Shields, Silcock 1999, level 0.94 (0.30; 0.63 to 1.35), stairs 0.22 m/s up and down (unverified); ${aid(0.9, 0.5)}`,
  ),
  population(
    "walking-stick",
    normal(0.81, 0.38, 0.26, 1.6),
    { constant: 0.29 },
    { up: 0.432, down: 0.395, up_m_s: normal(0.35, 0.11, 0.1, 0.7), down_m_s: normal(0.32, 0.12, 0.1, 0.7) },
    `Boyce, Shields, Silcock 1999, level 0.81 (0.38; 0.26 to 1.60), stairs up 0.35 (0.11), down 0.32 (0.12) m/s, cut to 0.1 to 0.7 (unverified); ${aid(0.75, 0.45)}`,
  ),
  population(
    "rollator",
    normal(0.57, 0.29, 0.1, 1.02),
    { constant: 0.35 },
    { up: 0.246, down: 0.281, up_m_s: { constant: 0.14 }, down_m_s: { constant: 0.16 } },
    `walking frame: Boyce, Shields, Silcock 1999, level 0.57 (0.29; 0.10 to 1.02), stairs up 0.14, down 0.16 m/s (unverified); ${aid(0.65, 0.75)}`,
  ),
  population(
    "wheelchair-electric",
    { uniform: [0.85, 0.93] },
    CHAIR_RADIUS,
    null,
    "Boyce, Shields, Silcock 1999, level 0.85 to 0.93 m/s (unverified); body: between half the width, 0.35 m, and the equal-area circle, 0.52 m, of a chair of 0.70 x 1.20 m (unverified); no stairs",
  ),
  population(
    "wheelchair-manual",
    normal(0.69, 0.35, 0.13, 1.35),
    CHAIR_RADIUS,
    null,
    "Boyce, Shields, Silcock 1999, level 0.69 (0.35; 0.13 to 1.35) m/s (unverified); body as wheelchair-electric; no stairs",
  ),
  population(
    "wheelchair-assisted",
    normal(1.3, 0.34, 0.84, 1.98),
    CHAIR_RADIUS,
    { up: 0.1, down: 0.1 },
    "pushed by a helper: Boyce, Shields, Silcock 1999, level 1.30 (0.34; 0.84 to 1.98) m/s (unverified); body as wheelchair-electric, the helper not counted; carried over stairs at 0.1 of the speed (Muster, unverified)",
  ),
  ...IMO.flatMap(([name, , level, down, up]) => {
    const stairs = { up: share(up, level), down: share(down, level), up_m_s: { uniform: up }, down_m_s: { uniform: down } };
    const source = `IMO MSC.1/Circ.1533 annex 3, tables 3.4 and 3.5 (second-hand); ${BODY}`;
    const crew = /^(women|men)-under-30$/.exec(name);
    return [
      population(`imo-${name}`, { uniform: level }, ADULT_RADIUS, stairs, source),
      ...(crew
        ? [population(`imo-crew-${crew[1]}`, { uniform: level }, ADULT_RADIUS, stairs, `crew as ${name}: ${source}`)]
        : []),
    ];
  }),
  ...AGES.map(([age, mean]) =>
    population(
      `age-${age}`,
      normal(mean, round3(SPREAD * mean), round3(mean * (1 - 3 * SPREAD)), round3(mean * (1 + 3 * SPREAD))),
      ADULT_RADIUS,
      { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
      `speed: Weidmann 1993 by age, RiMEA 4.1.1 figure 3 (second-hand, read off a chart); spread 0.194 of the mean, as for all pedestrians, cut at three of them; stairs as adults; ${BODY}`,
    ),
  ),
  population(
    "men",
    normal(1.41, round3(SPREAD * 1.41), 0.59, 2.23),
    { constant: 0.203 },
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, men 1.41 m/s (second-hand: a student paper that quotes it), spread 0.194 of the mean; stairs as adults; ${BODY}`,
  ),
  population(
    "women",
    normal(1.27, round3(SPREAD * 1.27), 0.53, 2.01),
    { constant: 0.179 },
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, women 1.27 m/s (second-hand: a student paper that quotes it), spread 0.194 of the mean; stairs as adults; ${BODY}`,
  ),
  ...FDS.map(([name, speed, radius]) =>
    population(
      `fds-${name}`,
      { uniform: speed },
      { uniform: radius },
      { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
      "speed and body of FDS+Evac (unverified); stairs as adults (unverified)",
    ),
  ),
  ...RIMEA.map(([name, min, max, up, down]) =>
    population(
      `rimea-${name}`,
      { uniform: [min, max] },
      ADULT_RADIUS,
      { up: round3((2 * up) / (min + max)), down: round3((2 * down) / (min + max)) },
      `level: RiMEA 2.2.1 groups (read in SciTePress paper 54367 of 2015, Table 1); stairs: RiMEA/Fruin inside, ${up} up and ${down} m/s down (second-hand) over the mean on the level; ${BODY}`,
    ),
  ),
];

/** Named populations by name, in the order in which the documentation lists them. */
export const POPULATIONS: ReadonlyMap<string, Population> = new Map(list.map((entry) => [entry.name, entry]));

/** Named mixes: shares of named populations, adding to 1. */
export const MIXES: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map([
  ["imo-passengers", Object.fromEntries(IMO.map(([name, part]) => [`imo-${name}`, part]))],
  ["imo-crew", { "imo-crew-women": 0.5, "imo-crew-men": 0.5 }],
  ["weidmann-men-and-women", { men: 0.5, women: 0.5 }],
]);

export const DEFAULT_POPULATION = "adults";
