import type { TimeTable } from "./building.js";

/** Value of a table, linear between points; at a time given twice the later value holds. End values hold beyond the ends; 0 for an empty table. */
export function valueAt(table: TimeTable, time: number): number {
  const count = table.length;
  if (count === 0) return 0;
  if (time < table[0]![0]) return table[0]![1];
  if (time >= table[count - 1]![0]) return table[count - 1]![1];
  let low = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (table[middle]![0] <= time) low = middle;
    else high = middle;
  }
  const [t0, v0] = table[low]!;
  const [t1, v1] = table[high]!;
  return v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
}
