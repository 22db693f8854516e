/** fire.parquet: one row per place and output time, written while a run goes on. Columns: docs/formats/results.md. */
import type { FireRow } from "../../engine/measure/fire/measures.js";
import { listWriter, type Origin, originTable, type RowWriter } from "./rows.js";

/** Numbers without a value are NaN: a place without a smoke layer has no height of it. */
export function fireWriter(path: string, origin: Origin): RowWriter<readonly FireRow[]> {
  const table = originTable(path, origin, "fire", {
    time: "double",
    place: "text",
    level: "text",
    people: "int",
    interface_m: "double",
    upper_C: "double",
    lower_C: "double",
    head_C: "double",
    extinction_1_m: "double",
    visibility_m: "double",
    o2_pct: "double",
    co2_pct: "double",
    co_ppm: "double",
    hcn_ppm: "double",
    hcl_ppm: "double",
    radiant_kW_m2: "double",
    hrr_kW: "double",
    pressure_Pa: "double",
    fed_asphyxiant: "double",
    fed_heat: "double",
    tenable: "int",
    status: "text",
    reason: "text",
  });
  const { time, place, level, people, tenable, status, reason, ...values } = table.columns;
  const numbers = Object.entries(values) as [keyof typeof values, Float64Array][]; // the columns of type double
  return listWriter(table, (row, each: FireRow) => {
    time[row] = each.time;
    place[row] = each.place;
    level[row] = each.level;
    people[row] = each.people;
    for (const [name, column] of numbers) column[row] = each[name];
    tenable[row] = each.tenable ? 1 : 0;
    status[row] = each.status;
    reason[row] = each.reason;
  });
}
