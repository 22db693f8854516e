import type { FireBuilding } from "./building.js";
import { createZoneModel } from "./create.js";
import type { ZoneBalance, ZoneDevices, ZoneState, ZoneStatus } from "./zone-model.js";

/** Histories of a run; row k of a column holds all compartments (or layers, 2 per compartment) at `time_s[k]`. */
export interface ZoneHistory {
  readonly status: ZoneStatus;
  readonly balance: ZoneBalance;
  readonly time_s: readonly number[];
  readonly columns: {
    readonly pressure_Pa: readonly Float64Array[];
    readonly interface_m: readonly Float64Array[];
    readonly temperature_K: readonly Float64Array[];
    readonly species_kg: readonly Float64Array[];
    readonly hrr_W: readonly Float64Array[];
    readonly wallFlow_kg_s: readonly Float64Array[];
  };
}

/**
 * A whole run to `end_s` with a record every `every_s` (and at 0 and the end). It always comes back: when the model cannot go on, `status` says so
 * and the records end at the last good time.
 */
export function runZone(
  building: FireBuilding,
  { end_s, every_s, devices, each }: { end_s: number; every_s: number; devices?: ZoneDevices; each?: (state: ZoneState) => void },
): ZoneHistory {
  const model = createZoneModel(building, devices);
  const time_s: number[] = [];
  const names = ["pressure_Pa", "interface_m", "temperature_K", "species_kg", "hrr_W", "wallFlow_kg_s"] as const;
  const columns = Object.fromEntries(names.map((n) => [n, [] as Float64Array[]])) as Record<
    (typeof names)[number],
    Float64Array[]
  >;
  const record = (): void => {
    time_s.push(model.state.time_s);
    for (const n of names) columns[n].push(model.state[n].slice());
    each?.(model.state);
  };
  record();
  let status: ZoneStatus = model.advance(0);
  for (let k = 1; status.status === "running" && model.state.time_s < end_s; k++) {
    status = model.advance(Math.min(end_s, k * every_s));
    if (status.status === "running") record();
  }
  if (status.status === "running") status = { ...status, status: "ended", reason: `reached ${end_s} s` };
  return { status, balance: model.balance(), time_s, columns };
}
