/** A snapshot as rows of measures.parquet. */
import type { MeasureRow } from "./measures.js";
import type { AreaNow, Snapshot } from "./snapshot.js";

/** Every value at this output time: areas, lines (mean flow of the last minute), queues, the site. */
export function measureRows(snapshot: Snapshot): MeasureRow[] {
  const { time } = snapshot;
  const rows: MeasureRow[] = [];
  const add = (place: string, quantity: MeasureRow["quantity"], value: number): void => {
    rows.push({ time, place, quantity, value });
  };
  const addArea = (area: AreaNow): void => {
    add(area.place, "count", area.count);
    add(area.place, "density", area.density);
    add(area.place, "speed", area.speed);
    add(area.place, "pressure", area.pressure);
  };
  addArea(snapshot.site);
  add(snapshot.site.place, "waiting", snapshot.waiting);
  for (const area of snapshot.areas) addArea(area);
  for (const line of snapshot.lines) add(line.place, "flow", line.flow);
  for (const queue of snapshot.queues) add(queue.place, "queue", queue.waiting);
  return rows;
}
