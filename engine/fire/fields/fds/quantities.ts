/**
 * Quantities of FDS that say something about the air, with the units that FDS writes them in and how they become SI.
 * Names and units: FDS User's Guide (NIST SP 1019), table of gas phase output quantities.
 */
import type { AirQuantity } from "../field.js";

/** How smoke and radiation of an FDS run are read; defaults as in FDS. */
export interface FdsReading {
  /** Visibility factor C of the run (MISC VISIBILITY_FACTOR), S = C / extinction: 3 for things that reflect light (Jin), 8 for signs that give light. */
  readonly visibilityFactor: number;
  /** MISC MAXIMUM_VISIBILITY, m: FDS writes no more than this, and so little smoke is not told from none. */
  readonly greatestVisibility_m: number;
  /** Of SOOT DENSITY: mass extinction coefficient, m2/kg; 8700 for flaming wood and plastics (Mulholland and Croarkin 2000), FDS's default. */
  readonly massExtinction_m2_kg: number;
  /** Temperature of the surroundings that radiation is counted above, K. */
  readonly ambient_K: number;
}

export const FDS_READING: FdsReading = {
  visibilityFactor: 3,
  greatestVisibility_m: 30,
  massExtinction_m2_kg: 8700,
  ambient_K: 293.15,
};

export interface FdsQuantity {
  readonly gives: AirQuantity;
  /** Units that the file may state. */
  readonly units: readonly string[];
  /** Lower first where several quantities of one run give the same: measured extinction before what follows from it. */
  readonly rank: number;
  /** Value of the file in SI. */
  readonly toSI: (value: number, reading: FdsReading) => number;
  /** Said where the conversion assumes something. */
  readonly note?: (reading: FdsReading) => string;
}

const FRACTION = ["mol/mol", "vol/vol", "-", ""];
const STEFAN_BOLTZMANN = 5.670374419e-8; // W/(m2 K4), CODATA 2018
/** Rounding of FDS can leave fractions and extinctions a little below 0. */
const notBelow0 = (value: number): number => (value > 0 ? value : 0);
const fraction = (gives: AirQuantity): FdsQuantity => ({ gives, units: FRACTION, rank: 0, toSI: notBelow0 });

const visibility: FdsQuantity = {
  gives: "extinction_1_m",
  units: ["m"],
  rank: 2,
  // FDS: S = C / max(K, C / greatest); at the greatest there may be no smoke at all.
  toSI: (value, { visibilityFactor, greatestVisibility_m }) =>
    value >= greatestVisibility_m * (1 - 1e-6) ? 0 : visibilityFactor / Math.max(value, 1e-3),
  note: ({ visibilityFactor, greatestVisibility_m }) =>
    `extinction is C / visibility with C = ${visibilityFactor}; where the visibility is ${greatestVisibility_m} m or more, no smoke is counted (up to ${(visibilityFactor / greatestVisibility_m).toPrecision(2)} 1/m)`,
};
const extinction: FdsQuantity = { gives: "extinction_1_m", units: ["1/m"], rank: 0, toSI: notBelow0 };
const opticalDensity: FdsQuantity = {
  gives: "extinction_1_m",
  units: ["1/m"],
  rank: 1,
  toSI: (value) => notBelow0(value) * Math.LN10,
  note: () => "extinction is optical density times ln 10",
};
const flux: FdsQuantity = { gives: "radiantFlux_W_m2", units: ["kW/m2"], rank: 0, toSI: (value) => notBelow0(value) * 1000 };

const QUANTITIES: Readonly<Record<string, FdsQuantity>> = {
  TEMPERATURE: { gives: "temperature_K", units: ["C"], rank: 0, toSI: (value) => value + 273.15 },
  "SOOT EXTINCTION COEFFICIENT": extinction,
  "EXTINCTION COEFFICIENT": extinction,
  "SOOT OPTICAL DENSITY": opticalDensity,
  "OPTICAL DENSITY": opticalDensity,
  "SOOT VISIBILITY": visibility,
  VISIBILITY: visibility,
  "SOOT DENSITY": {
    gives: "extinction_1_m",
    units: ["kg/m3"],
    rank: 1,
    toSI: (value, { massExtinction_m2_kg }) => notBelow0(value) * massExtinction_m2_kg,
    note: ({ massExtinction_m2_kg }) => `extinction is soot density times ${massExtinction_m2_kg} m²/kg`,
  },
  "OXYGEN VOLUME FRACTION": fraction("oxygen"),
  "CARBON DIOXIDE VOLUME FRACTION": fraction("carbonDioxide"),
  "CARBON MONOXIDE VOLUME FRACTION": fraction("carbonMonoxide"),
  "HYDROGEN CYANIDE VOLUME FRACTION": fraction("hydrogenCyanide"),
  "HYDROGEN CHLORIDE VOLUME FRACTION": fraction("hydrogenChloride"),
  "RADIATIVE HEAT FLUX GAS": flux,
  "GAUGE HEAT FLUX GAS": {
    ...flux,
    rank: 1,
    note: () => "the gauge heat flux counts convection to a gauge at ambient temperature as radiation",
  },
  "INTEGRATED INTENSITY": {
    gives: "radiantFlux_W_m2",
    units: ["kW/m2"],
    rank: 2,
    toSI: (value, { ambient_K }) =>
      notBelow0(1000 * value - 4 * STEFAN_BOLTZMANN * (ambient_K * ambient_K) * (ambient_K * ambient_K)),
    note: () =>
      "radiant flux is the integrated intensity beyond that of ambient surfaces: what skin receives that faces a small source; up to twice what it receives from a hot layer overhead",
  },
};

/** null where the quantity says nothing about the air that people meet. */
export const fdsQuantity = (quantity: string): FdsQuantity | null => QUANTITIES[quantity.toUpperCase()] ?? null;
