/**
 * Keys of the namelist groups of CFAST 7 and 8 with their units and limits. Sources: CFAST User's Guide (NIST TN 1889v2) and the
 * namelists of the program's input routine. Limits that CFAST does not state are ours: they keep out what no building has.
 */
import type { FieldSpec, FieldSpecs } from "./fields.js";

const text: FieldSpec = { kind: "text" };
const flag: FieldSpec = { kind: "flag" };
const word = (...words: string[]): FieldSpec => ({ kind: "text", words });
const texts = (most: number): FieldSpec => ({ kind: "text", most });
/** Longest list of points that CFAST reads. */
const POINTS = 1000;
const length: FieldSpec = { kind: "number", above: 0, to: 10_000, unit: "m" };
const place = (most: number): FieldSpec => ({ kind: "number", most, from: -100_000, to: 100_000, unit: "m" });
const share: FieldSpec = { kind: "number", from: 0, to: 1 };
const celsius: FieldSpec = { kind: "number", above: -273.15, to: 3000, unit: "C" };
const seconds: FieldSpec = { kind: "number", from: 0, to: 1e7, unit: "s" };
const yields: FieldSpec = { kind: "number", from: 0, to: 10, unit: "kg/kg" };
const atoms: FieldSpec = { kind: "number", from: 0, to: 1000 };
const times: FieldSpec = { kind: "number", most: POINTS, from: 0, to: 1e7, unit: "s" };

export const HEAD: FieldSpecs = { VERSION: { kind: "number" }, TITLE: text };

export const TIME: FieldSpecs = { SIMULATION: seconds, PRINT: seconds, SMOKEVIEW: seconds, SPREADSHEET: seconds };

export const INIT: FieldSpecs = {
  PRESSURE: { kind: "number", from: 20_000, to: 120_000, unit: "Pa" },
  RELATIVE_HUMIDITY: { kind: "number", from: 0, to: 100, unit: "%" },
  INTERIOR_TEMPERATURE: celsius,
  EXTERIOR_TEMPERATURE: celsius,
};

export const MISC: FieldSpecs = {
  ADIABATIC: flag,
  MAX_TIME_STEP: { kind: "number", above: 0, to: 1e6, unit: "s" },
  LOWER_OXYGEN_LIMIT: { kind: "number", from: 0, to: 0.23 },
  SPECIFIC_EXTINCTION: { kind: "number", most: 2, above: 0, to: 50_000, unit: "m2/kg" },
  OVERWRITE: flag,
};

export const MATL: FieldSpecs = {
  ID: text,
  MATERIAL: text,
  FYI: text,
  CONDUCTIVITY: { kind: "number", above: 0, to: 5000, unit: "W/(m K)" },
  DENSITY: { kind: "number", above: 0, to: 25_000, unit: "kg/m3" },
  SPECIFIC_HEAT: { kind: "number", above: 0, to: 100, unit: "kJ/(kg K)" },
  THICKNESS: { kind: "number", above: 0, to: 10, unit: "m" },
  EMISSIVITY: share,
};

const thicknesses: FieldSpec = { kind: "number", most: 6, from: 0, to: 10, unit: "m" };

export const COMP: FieldSpecs = {
  ID: text,
  FYI: text,
  DEPTH: length,
  HEIGHT: length,
  WIDTH: length,
  ORIGIN: place(3),
  GRID: { kind: "number", most: 3, from: 1, to: 1000 },
  HALL: flag,
  SHAFT: flag,
  CEILING_MATL_ID: texts(6),
  WALL_MATL_ID: texts(6),
  FLOOR_MATL_ID: texts(6),
  CEILING_THICKNESS: thicknesses,
  WALL_THICKNESS: thicknesses,
  FLOOR_THICKNESS: thicknesses,
  CROSS_SECT_AREAS: { kind: "number", most: POINTS, above: 0, to: 1e6, unit: "m2" },
  CROSS_SECT_HEIGHTS: { kind: "number", most: POINTS, from: 0, to: 10_000, unit: "m" },
  LEAK_AREA_RATIO: { kind: "number", most: 2, from: 0, to: 1, unit: "m2/m2" },
  LEAK_AREA: { kind: "number", most: 2, from: 0, to: 1e4, unit: "m2" },
};

export const VENT: FieldSpecs = {
  TYPE: word("WALL", "CEILING", "FLOOR", "MECHANICAL"),
  ID: text,
  FYI: text,
  COMP_IDS: texts(2),
  BOTTOM: { kind: "number", from: 0, to: 10_000, unit: "m" },
  TOP: { kind: "number", from: 0, to: 10_000, unit: "m" },
  HEIGHT: length,
  WIDTH: length,
  FACE: word("FRONT", "RIGHT", "REAR", "LEFT"),
  OFFSET: place(1),
  OFFSETS: place(2),
  AREA: { kind: "number", above: 0, to: 1e5, unit: "m2" },
  AREAS: { kind: "number", most: 2, above: 0, to: 1e4, unit: "m2" },
  SHAPE: word("ROUND", "SQUARE"),
  HEIGHTS: { kind: "number", most: 2, from: 0, to: 10_000, unit: "m" },
  ORIENTATIONS: { kind: "text", most: 2, words: ["VERTICAL", "HORIZONTAL"] },
  FLOW: { kind: "number", from: 0, to: 1e5, unit: "m3/s" },
  CUTOFFS: { kind: "number", most: 2, from: 0, to: 1e7, unit: "Pa" },
  CRITERION: word("TIME", "TEMPERATURE", "FLUX"),
  SETPOINT: { kind: "number", from: -273.15, to: 1e5 },
  DEVC_ID: text,
  PRE_FRACTION: share,
  POST_FRACTION: share,
  T: times,
  F: { kind: "number", most: POINTS, from: 0, to: 1 },
  FILTER_TIME: seconds,
  FILTER_EFFICIENCY: { kind: "number", from: 0, to: 100, unit: "%" },
};

export const FIRE: FieldSpecs = {
  ID: text,
  FYI: text,
  COMP_ID: text,
  FIRE_ID: text,
  LOCATION: place(2),
  IGNITION_CRITERION: word("TIME", "TEMPERATURE", "FLUX"),
  SETPOINT: { kind: "number", from: 0, to: 1e7 },
  DEVC_ID: text,
};

export const CHEM: FieldSpecs = {
  ID: text,
  COMP_ID: text,
  TABLE_ID: text,
  CARBON: atoms,
  HYDROGEN: atoms,
  OXYGEN: atoms,
  NITROGEN: atoms,
  CHLORINE: atoms,
  HEAT_OF_COMBUSTION: { kind: "number", from: 1000, to: 150_000, unit: "kJ/kg" },
  RADIATIVE_FRACTION: share,
  AREA: { kind: "number", above: 0, to: 1e4, unit: "m2" },
  HRR: { kind: "number", from: 0, to: 1e7, unit: "kW" },
  CO_YIELD: yields,
  SOOT_YIELD: yields,
  HCN_YIELD: yields,
  HCL_YIELD: yields,
  TRACE_YIELD: yields,
  FLAMING_TRANSITION_TIME: seconds,
};

export const TABL: FieldSpecs = { ID: text, LABELS: texts(16), DATA: { kind: "number", most: 16 } };

export const DEVC: FieldSpecs = {
  ID: text,
  FYI: text,
  COMP_ID: text,
  TYPE: word("PLATE", "CYLINDER", "HEAT_DETECTOR", "SMOKE_DETECTOR", "SPRINKLER"),
  LOCATION: place(3),
  MATL_ID: text,
  THICKNESS: { kind: "number", above: 0, to: 10, unit: "m" },
  NORMAL: { kind: "number", most: 3, from: -1000, to: 1000 },
  SURFACE_ORIENTATION: text,
  FRONT_SURFACE_ORIENTATION: text,
  SURFACE_TEMPERATURE: celsius,
  FRONT_SURFACE_TEMPERATURE: celsius,
  TEMPERATURE_DEPTH: { kind: "number", from: 0, to: 10 },
  DEPTH_UNITS: word("M", "FRACTION"),
  RTI: { kind: "number", above: 0, to: 10_000, unit: "(m s)^1/2" },
  SETPOINT: { kind: "number", above: -273.15, to: 3000 },
  SETPOINTS: { kind: "number", most: 2, above: 0, to: 100, unit: "%/m" },
  SPRAY_DENSITY: { kind: "number", from: -1000, to: 0.1, unit: "m/s" },
  ADIABATIC_TARGET: flag,
  CONVECTION_COEFFICIENTS: { kind: "number", most: 2, from: 0, to: 10, unit: "kW/(m2 K)" },
};

export const CONN: FieldSpecs = {
  TYPE: word("WALL", "CEILING", "FLOOR"),
  COMP_ID: text,
  COMP_IDS: texts(POINTS),
  F: { kind: "number", most: POINTS, from: 0, to: 1 },
};

const onOff = word("ON", "OFF");

export const DIAG: FieldSpecs = {
  MODE: text,
  RAD_SOLVER: text,
  PARTIAL_PRESSURE_H2O: { kind: "number", from: 0, to: 1e6, unit: "Pa" },
  PARTIAL_PRESSURE_CO2: { kind: "number", from: 0, to: 1e6, unit: "Pa" },
  GAS_TEMPERATURE: celsius,
  T: times,
  F: { kind: "number", most: POINTS, above: -273.15, to: 3000, unit: "C" },
  UPPER_LAYER_THICKNESS: { kind: "number", from: 0, to: 10_000, unit: "m" },
  VERIFICATION_TIME_STEP: seconds,
  VERIFICATION_FIRE_HEAT_FLUX: { kind: "number", from: 0, to: 1e6, unit: "kW" },
  RADIATIVE_INCIDENT_FLUX: { kind: "number", from: 0, to: 1e4, unit: "kW/m2" },
  ADIABATIC_TARGET_VERIFICATION: onOff,
  FIRE_SUB_MODEL: onOff,
  HORIZONTAL_FLOW_SUB_MODEL: onOff,
  ENTRAINMENT_SUB_MODEL: onOff,
  VERTICAL_FLOW_SUB_MODEL: onOff,
  CEILING_JET_SUB_MODEL: onOff,
  DOOR_JET_FIRE_SUB_MODEL: onOff,
  CONVECTION_SUB_MODEL: onOff,
  RADIATION_SUB_MODEL: onOff,
  CONDUCTION_SUB_MODEL: onOff,
  MECHANICAL_FLOW_SUB_MODEL: onOff,
  LAYER_MIXING_SUB_MODEL: onOff,
  STEADY_STATE_INITIAL_CONDITIONS: onOff,
  OXYGEN_TRACKING: onOff,
  GAS_ABSORBTION_SUB_MODEL: word("CALCULATED", "CONSTANT"),
  DEBUG_PRINT: onOff,
  DASSL_DEBUG_PRINT: onOff,
  RESIDUAL_DEBUG_PRINT: onOff,
  KEYBOARD_INPUT: onOff,
};

/** Groups that say what is drawn or tabulated and leave the results alone. */
export const OUTPUT_GROUPS: Readonly<Record<string, string>> = {
  ISOF: "an isosurface for Smokeview",
  SLCF: "a slice file for Smokeview",
  DUMP: "a table derived from the outputs",
  OUTP: "a table derived from the outputs",
};
