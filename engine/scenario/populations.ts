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
  stairs: { up: number; down: number },
  source: string,
): Population {
  return { name, source, speed_m_s, radius_m, stairs_up: stairs.up, stairs_down: stairs.down };
}

const normal = (mean: number, sd: number, min: number, max: number): Distribution => ({ normal: { mean, sd, min, max } });

/** Groups of IMO MSC.1/Circ.1533 annex 3: share, level range, means up and down (tables 3.1, 3.4, 3.5). */
const IMO: [name: string, share: number, min: number, max: number, up: number, down: number][] = [
  ["women-under-30", 0.07, 0.93, 1.55, 0.63, 0.75],
  ["women-30-50", 0.07, 0.71, 1.19, 0.59, 0.65],
  ["women-over-50", 0.16, 0.56, 0.94, 0.49, 0.6],
  ["women-over-50-impaired-1", 0.1, 0.43, 0.71, 0.37, 0.45],
  ["women-over-50-impaired-2", 0.1, 0.37, 0.61, 0.31, 0.39],
  ["men-under-30", 0.07, 1.11, 1.85, 0.67, 1.01],
  ["men-30-50", 0.07, 0.97, 1.62, 0.63, 0.855],
  ["men-over-50", 0.16, 0.84, 1.4, 0.51, 0.67],
  ["men-over-50-impaired-1", 0.1, 0.64, 1.06, 0.39, 0.51],
  ["men-over-50-impaired-2", 0.1, 0.55, 0.91, 0.33, 0.44],
];

/** Groups of RiMEA 2.2.1 with stairs of RiMEA/Fruin (inside). */
const RIMEA: [name: string, min: number, max: number, up: number, down: number][] = [
  ["under-30", 0.58, 1.61, 0.55, 0.76],
  ["30-50", 1.41, 1.54, 0.5, 0.65],
  ["over-50", 0.68, 1.41, 0.42, 0.55],
  ["impaired", 0.46, 0.76, 0.32, 0.42],
];

const round3 = (x: number): number => Math.round(x * 1000) / 1000;

const list: Population[] = [
  population(
    "adults",
    normal(1.34, 0.26, 0.5, 2.2),
    ADULT_RADIUS,
    { up: WEIDMANN_UP, down: WEIDMANN_DOWN },
    `speed: Weidmann 1993, all pedestrians (second-hand: defaults of Vadere); stairs: Weidmann's means 0.610 and 0.694 m/s over 1.34 (second-hand); ${BODY}`,
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
    "wheelchair-electric",
    { uniform: [0.85, 0.93] },
    { constant: 0.4 },
    { up: 0.1, down: 0.1 },
    "Boyce, Shields, Silcock 1999, level 0.85 to 0.93 m/s (unverified); body: between half the width, 0.35 m, and the equal-area circle, 0.52 m, of a chair of 0.70 x 1.20 m (unverified); stairs only with help, 0.1 of the speed (Muster)",
  ),
  population(
    "wheelchair-manual",
    normal(0.69, 0.35, 0.13, 1.35),
    { constant: 0.4 },
    { up: 0.1, down: 0.1 },
    "Boyce, Shields, Silcock 1999, level 0.69 (0.35; 0.13 to 1.35) m/s (unverified); body and stairs as wheelchair-electric",
  ),
  ...IMO.map(([name, , min, max, up, down]) =>
    population(
      `imo-${name}`,
      { uniform: [min, max] },
      ADULT_RADIUS,
      { up: round3((2 * up) / (min + max)), down: round3((2 * down) / (min + max)) },
      `IMO MSC.1/Circ.1533 annex 3, tables 3.4 and 3.5 (second-hand), stairs: mean up ${up} and down ${down} m/s over the mean on the level; ${BODY}`,
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
  ["imo-passengers", Object.fromEntries(IMO.map(([name, share]) => [`imo-${name}`, share]))],
]);

export const DEFAULT_POPULATION = "adults";
