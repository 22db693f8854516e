/** Runs a CFAST input file through the zone model, its devices and the sums that CFAST tabulates. */
import { createDevices, type FireDevices } from "../devices/devices.js";
import { createZoneModel } from "../zone/create.js";
import type { ZoneModel, ZoneStatus } from "../zone/zone-model.js";
import type { CfastModel } from "./model.js";
import type { CfastRun } from "./tables/table.js";
import { createTotals } from "./tables/totals.js";

/** A run at time 0 with its devices coupled in. */
export function createCfastRun(input: CfastModel): CfastRun {
  const devices: FireDevices = createDevices(input.building);
  const totals = createTotals(input.building);
  const zone: ZoneModel = createZoneModel(input.building, {
    step: (model, from_s, to_s) => {
      devices.step(model, from_s, to_s);
      totals.step(model, from_s, to_s);
    },
  });
  return { input, zone, devices, totals };
}

/**
 * Goes through the file's time, calling `row` at 0, at each interval of its tables and at the end. (CFAST leaves the last one out.)
 * @returns the status at the end; "failed" names the time and the reason, and no further row is called
 */
export function runCfast(run: CfastRun, row: () => void): ZoneStatus {
  const { end_s, spreadsheet_s } = run.input;
  row();
  let status = run.zone.advance(0);
  for (let k = 1; status.status !== "failed" && status.time_s < end_s; k++) {
    // From the number of the row, so that no rounding adds up.
    status = run.zone.advance(Math.min(end_s, k * spreadsheet_s));
    if (status.status !== "failed") row();
  }
  return status.status === "failed" ? status : { ...status, status: "ended" };
}
