/** &HEAD, &TIME, &INIT, &MISC and &DIAG of a CFAST file. */
import type { Ambient, BuildingOptions } from "../zone/building.js";
import type { Fields } from "./fields.js";
import { DIAG, HEAD, INIT, MISC, TIME } from "./keys.js";
import type { Diagnostics } from "./model.js";
import { CELSIUS, type CfastReading, notice, timeTable } from "./reading.js";

/** CFAST's default, s. */
const SPREADSHEET_S = 15;
/** Most rows that a table is written with. */
const MOST_ROWS = 1_000_000;
/** CFAST's specific extinction of smouldering and flaming smoke, m2/kg (Mulholland & Croarkin 2000; Fire and Materials 24, 227). */
const EXTINCTION = [4400, 8700];

export function readHead(reading: CfastReading): { title: string; version: number } {
  const head = reading.one("HEAD", HEAD);
  if (!head) {
    reading.problems.push({ place: "", message: "has no &HEAD: it is not an input file of CFAST 7 or 8" });
    return { title: "", version: 0 };
  }
  const version = head.number("VERSION") ?? 7000;
  if (version < 7000 || version >= 9000)
    head.fault(`is ${version}, read are 7000 to 8999 (CFAST 7 and 8)`, "VERSION", { value: version });
  return { title: head.text("TITLE") ?? "", version };
}

export function readTime(reading: CfastReading): { end_s: number; spreadsheet_s: number } {
  const time = reading.one("TIME", TIME);
  if (!time) {
    reading.problems.push({ place: "", message: "has no &TIME" });
    return { end_s: 0, spreadsheet_s: SPREADSHEET_S };
  }
  const end_s = time.needed("SIMULATION");
  if (end_s === 0) time.fault("is 0 s, must be above 0", "SIMULATION", { value: 0, limit: 0 });
  const spreadsheet_s = time.number("SPREADSHEET") ?? SPREADSHEET_S;
  if (spreadsheet_s === 0) time.fault("is 0 s, must be above 0: nothing would be written", "SPREADSHEET", { value: 0, limit: 0 });
  else if (end_s / spreadsheet_s > MOST_ROWS)
    time.fault(`gives ${Math.ceil(end_s / spreadsheet_s)} rows, at most ${MOST_ROWS} are written`, "SPREADSHEET");
  return { end_s, spreadsheet_s };
}

export function readAmbient(reading: CfastReading): Ambient {
  const init = reading.one("INIT", INIT);
  const number = (key: string, fallback: number): number => init?.number(key) ?? fallback;
  return {
    pressure_Pa: number("PRESSURE", 101_325),
    interiorTemperature_K: number("INTERIOR_TEMPERATURE", 20) + CELSIUS,
    exteriorTemperature_K: number("EXTERIOR_TEMPERATURE", 20) + CELSIUS,
    relativeHumidity: number("RELATIVE_HUMIDITY", 50) / 100,
  };
}

export function readOptions(reading: CfastReading): BuildingOptions {
  const misc = reading.one("MISC", MISC);
  if (!misc) return {};
  const extinction = misc.numbers("SPECIFIC_EXTINCTION");
  if (extinction.length > 0 && [...extinction].sort((a, b) => a - b).some((value, k) => value !== EXTINCTION[k]))
    misc.fault(
      `is ${extinction.join(", ")} m2/kg; Muster has 8700 for flaming and 4400 for smouldering smoke`,
      "SPECIFIC_EXTINCTION",
    );
  if (misc.has("OVERWRITE")) notice(reading, misc, "OVERWRITE is CFAST's own; Muster replaces its tables whole");
  const limit = misc.number("LOWER_OXYGEN_LIMIT");
  const step = misc.number("MAX_TIME_STEP");
  if (step !== null && step > 1) notice(reading, misc, `MAX_TIME_STEP is ${step} s; Muster's steps are at most 1 s`);
  return {
    ...(misc.flag("ADIABATIC") ? { adiabatic: true } : {}),
    ...(limit === null ? {} : { lowerOxygenLimit: limit }),
    ...(step === null ? {} : { longestStep_s: Math.min(step, 1) }),
  };
}

/** Printing and keyboard: nothing in the results hangs on them. */
const QUIET = ["DEBUG_PRINT", "DASSL_DEBUG_PRINT", "RESIDUAL_DEBUG_PRINT", "KEYBOARD_INPUT", "VERIFICATION_TIME_STEP", "MODE"];

export function readDiagnostics(reading: CfastReading): Diagnostics | null {
  const diag = reading.one("DIAG", DIAG);
  if (!diag) return null;
  for (const key of QUIET) if (diag.has(key)) notice(reading, diag, `${key} has no effect on results and none here`);
  refuseSwitches(diag);
  const degrees = (key: string): number | undefined => {
    const value = diag.number(key);
    return value === null ? undefined : value + CELSIUS;
  };
  const scaled = (key: string, factor: number): number | undefined => {
    const value = diag.number(key);
    return value === null ? undefined : value * factor;
  };
  const furnace = diag.has("T") ? timeTable(diag, diag.numbers("T"), diag.numbers("F"), ["T", "F"]) : null;
  const found = {
    furnace_K: furnace?.map(([time, value]) => [time, value + CELSIUS] as const),
    gasTemperature_K: degrees("GAS_TEMPERATURE"),
    waterPressure_Pa: scaled("PARTIAL_PRESSURE_H2O", 1),
    carbonDioxidePressure_Pa: scaled("PARTIAL_PRESSURE_CO2", 1),
    upperLayer_m: scaled("UPPER_LAYER_THICKNESS", 1),
    fireRadiation_W: scaled("VERIFICATION_FIRE_HEAT_FLUX", 1000),
    targetFlux_W_m2:
      diag.text("ADIABATIC_TARGET_VERIFICATION")?.toUpperCase() === "ON" ? scaled("RADIATIVE_INCIDENT_FLUX", 1000) : undefined,
  };
  const fixed = Object.entries(found).filter(([, value]) => value !== undefined);
  return fixed.length === 0 ? null : (Object.fromEntries(fixed) as Diagnostics);
}

/** Parts of the model that CFAST can leave out and Muster does not. */
function refuseSwitches(diag: Fields): void {
  for (const key of Object.keys(DIAG)) {
    if (!key.endsWith("_SUB_MODEL")) continue;
    const value = diag.text(key)?.toUpperCase();
    if (value === "OFF" || value === "CONSTANT")
      diag.fault(`is '${value}'; Muster does not leave this part of the model out`, key);
  }
  const solver = diag.text("RAD_SOLVER");
  if (solver !== null && !["NULL", "DEFAULT", "RAD4"].includes(solver.toUpperCase()))
    diag.fault(`is '${solver}'; Muster has the exchange between four surfaces and two layers only`, "RAD_SOLVER");
  for (const key of ["STEADY_STATE_INITIAL_CONDITIONS", "OXYGEN_TRACKING"])
    if (diag.text(key)?.toUpperCase() === "ON") diag.fault("is 'ON'; Muster does not have this", key);
}
