/** Density maps of the runs of an ensemble → one map per sheet. */
import type { DensityMap } from "../measure/measures.js";
import type { RunReport } from "./report.js";

/** Mean over the runs of the mean and of the time above limits; largest over the runs of the peak, with its time. */
export function joinMaps(runs: readonly Pick<RunReport, "maps">[]): DensityMap[] {
  const first = runs[0]?.maps ?? [];
  return first.map((map) => {
    const all = runs.flatMap(({ maps }) => maps.find(({ sheet }) => sheet === map.sheet) ?? []);
    const peak = map.peak.slice();
    const peak_at = map.peak_at.slice();
    for (const other of all.slice(1))
      for (let k = 0; k < peak.length; k++)
        if (other.peak[k]! > peak[k]!) {
          peak[k] = other.peak[k]!;
          peak_at[k] = other.peak_at[k]!;
        }
    const mean = meanOf(all.map((each) => each.mean));
    const above = map.limits.map((_, l) => meanOf(all.map((each) => each.above[l]!)));
    return { ...map, area: map.area.slice(), mean, peak, peak_at, above, limits: [...map.limits] };
  });
}

function meanOf(columns: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(columns[0]!.length);
  for (let k = 0; k < mean.length; k++) {
    let sum = 0;
    for (const column of columns) sum += column[k]!;
    mean[k] = sum / columns.length;
  }
  return mean;
}
