/**
 * Named pre-movement times. Each source says how far it was checked: "second-hand" = read in a program or paper that quotes it,
 * "unverified" = from memory. A study says why the one it takes fits its building and its alarm.
 */
import { lognormalFrom, lognormalThrough } from "./distributions.js";
import { PRE_MOVEMENT } from "./limits.js";
import type { Distribution } from "./scenario.js";

export interface Preset {
  /** s */
  readonly distribution: Distribution;
  readonly source: string;
}

const WHOLE = { min: PRE_MOVEMENT.minimum, max: PRE_MOVEMENT.maximum };
const weibull = (scale: number, shape: number): Distribution => ({ weibull: { scale, shape, ...WHOLE } });

const NIST =
  "presets of JuPedSim for NIST TN 1822 test 1.1 (second-hand); another port calls these figures office fits of Lovreglio et al. 2019";
const HOMES = "residential buildings, Lovreglio et al. 2019, Fire Safety Journal 105:107-128 (second-hand)";
const PROULX =
  "apartment buildings, Proulx and Fahy 1997: mean time to start only (second-hand); spread exponentially about it, an assumption of Muster";
const IMO =
  "IMO MSC.1/Circ.1533 response duration, truncated lognormal (moments of the logarithm unverified; they give the factor that norms the published density";

/** PD 7974-6: first occupant and 99th percentile after the first, min. */
const PD7974: [name: string, what: string, first: number, after: number][] = [
  ["a-m1", "A awake and familiar (office), management M1", 0.5, 1],
  ["a-m2", "A awake and familiar (office), management M2", 1, 2],
  ["b-m1", "B awake and unfamiliar (shop, assembly), management M1", 0.5, 2],
  ["b-m2", "B awake and unfamiliar (shop, assembly), management M2", 1, 3],
  ["c1-m2", "Ci sleeping and familiar (dwelling), management M2", 5, 5],
  ["c3-m1", "Ciii sleeping and unfamiliar (hotel), management M1", 15, 15],
  ["c3-m2", "Ciii sleeping and unfamiliar (hotel), management M2", 20, 20],
  ["d-m1", "D medical care, management M1", 5, 10],
  ["e-m1", "E transport, complex building B3, management M1", 1.5, 4],
  ["e-m2", "E transport, complex building B3, management M2", 2, 5],
];

/** By name, in the order in which the documentation lists them. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map<string, Preset>([
  ["nist-uniform", { distribution: { uniform: [10, 100] }, source: NIST }],
  ["nist-gamma", { distribution: { gamma: { shape: 1.291, scale: 103.901, ...WHOLE } }, source: NIST }],
  ["nist-lognormal", { distribution: { lognormal: { ...lognormalFrom(4.586, 0.967), ...WHOLE } }, source: NIST }],
  ["nist-weibull", { distribution: weibull(139.285, 1.195), source: NIST }],
  ["residential-good-alarm", { distribution: weibull(102.475, 0.767), source: `good alarm, ${HOMES}` }],
  ["residential-poor-alarm", { distribution: weibull(724.617, 0.978), source: `poor alarm or real fire, ${HOMES}` }],
  ["proulx-good-alarm", { distribution: weibull(169, 1), source: `169 s, good alarm, ${PROULX}` }],
  ["proulx-poor-alarm", { distribution: weibull(515, 1), source: `515 s, poor alarm, ${PROULX}` }],
  [
    "imo-day",
    {
      distribution: { lognormal: { ...lognormalFrom(3.44, 0.94), min: 0, max: 300 } },
      source: `${IMO}, 1.00808, for 0 to 300 s; another reading says 200 to 400 s)`,
    },
  ],
  [
    "imo-night",
    {
      distribution: { lognormal: { ...lognormalFrom(3.95, 0.84), min: 400, max: 700, offset: 400 } },
      source: `${IMO}, 1.01875); range 400 to 700 s read on a page of the circular`,
    },
  ],
  ...PD7974.map(([name, what, first, after]): [string, Preset] => [
    `pd7974-${name}`,
    {
      distribution: { lognormal: { ...lognormalThrough(60 * first, 60 * (first + after)), ...WHOLE } },
      source: `PD 7974-6, ${what}: first occupant ${first} min, last ${after} min later (unverified), lognormal through them as 1st and 99th percentile`,
    },
  ]),
]);
