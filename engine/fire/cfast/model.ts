/** What a CFAST input file says: the building in SI, the times of its tables, and everything that was left aside, named. */
import type { FireBuilding, TimeTable } from "../zone/building.js";

export interface CfastModel {
  readonly title: string;
  readonly version: number;
  /** Simulated time, s. */
  readonly end_s: number;
  /** Time between two rows of the tables, s. */
  readonly spreadsheet_s: number;
  readonly building: FireBuilding;
  /** Lower left corner of each compartment in the drawing of the building, m. */
  readonly origins: readonly (readonly [number, number, number])[];
  /** Wall vents whose first compartment in the file is the outside; their flows are reported as seen from there. */
  readonly outsideFirst: readonly boolean[];
  /** State that &DIAG fixes instead of calculating it, for verification; null without one. */
  readonly diagnostics: Diagnostics | null;
  /** What the file asks for and Muster does otherwise or leaves out without changing results, with lines. */
  readonly notices: readonly string[];
}

/** Fixed conditions of CFAST's verification runs; absent what the file does not fix. SI. */
export interface Diagnostics {
  /** Temperature of all surfaces and of the gas that convects, K over s: targets in a furnace. */
  readonly furnace_K?: TimeTable;
  readonly gasTemperature_K?: number;
  readonly waterPressure_Pa?: number;
  readonly carbonDioxidePressure_Pa?: number;
  readonly upperLayer_m?: number;
  /** Radiant power of every fire, W. */
  readonly fireRadiation_W?: number;
  /** Incident flux of all targets, W/m2. */
  readonly targetFlux_W_m2?: number;
}
