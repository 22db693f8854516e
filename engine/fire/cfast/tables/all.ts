/** All five tables of a run. */
import { compartmentColumns } from "./compartments.js";
import { deviceColumns } from "./devices.js";
import { massColumns } from "./masses.js";
import type { CfastRun, Column, TableName } from "./table.js";
import { ventColumns } from "./vents.js";
import { wallColumns } from "./walls.js";

export const cfastTables = (run: CfastRun): Readonly<Record<TableName, readonly Column[]>> => ({
  compartments: compartmentColumns(run),
  vents: ventColumns(run),
  devices: deviceColumns(run),
  masses: massColumns(run),
  walls: wallColumns(run),
});
