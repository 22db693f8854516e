/**
 * Density maps: mean over time, largest 10 s mean, time above limits, per cell. Each frame costs a few operations per person and none
 * per empty cell: people enter the running 10 s sum of their cell with their frame and leave it 10 s later.
 */
import type { Layout } from "../layout/layout.js";
import type { Cells } from "./cells.js";
import type { DensityMap } from "./measures.js";

/** Length of the running mean, s: long enough to smooth single steps, as short as the hold of a warning. */
const PEAK_WINDOW_S = 10;

export interface DensityRecorder {
  /**
   * @param cell cell (an owner) of each person, first `count` entries; -1 for people off the floor, who are left out
   * @param time s
   */
  frame(cell: Int32Array, count: number, time: number): void;
  /** How many of the limits the running mean of a cell reaches now. */
  readonly rank: Uint8Array;
  /** Seconds at or above a limit (by its index), after `finish`. */
  above(limit: number, cell: number): number;
  finish(time: number): { maps: DensityMap[]; peak: Float32Array; peakAt: Float32Array };
}

/** @param options.limits persons/m2, rising; at most 255. @param options.every_s interval of frames, s */
export function createDensity(options: {
  layout: Layout;
  cells: Cells;
  limits: readonly number[];
  every_s: number;
}): DensityRecorder {
  const { layout, cells, limits, every_s } = options;
  const window = Math.max(1, Math.round(PEAK_WINDOW_S / every_s));
  const lists: Int32Array[] = Array.from({ length: window }, () => new Int32Array(0));
  const lengths = new Int32Array(window);
  const sum = new Int32Array(cells.count);
  const most = new Int32Array(cells.count);
  const mostAt = new Float32Array(cells.count);
  const total = new Float64Array(cells.count);
  const rank = new Uint8Array(cells.count);
  const since = new Float64Array(cells.count);
  const above = limits.map(() => new Float32Array(cells.count));
  let frames = 0;
  let last = 0;
  let begin = 0;

  const setRank = (cell: number, divisor: number, time: number): void => {
    const density = sum[cell]! / (divisor * cells.pooled[cell]!);
    let reached = 0;
    while (reached < limits.length && density >= limits[reached]!) reached++;
    const before = rank[cell]!;
    if (reached === before) return;
    for (let l = 0; l < before; l++) above[l]![cell]! += time - since[cell]!;
    rank[cell] = reached;
    since[cell] = time;
  };
  const look = (cell: number, divisor: number, time: number): void => {
    if (sum[cell]! > most[cell]!) {
      most[cell] = sum[cell]!;
      mostAt[cell] = time;
    }
    setRank(cell, divisor, time);
  };
  const lookAtAll = (divisor: number, at: number, time: number): void => {
    for (let k = 0; k < window; k++) for (let i = 0; i < lengths[k]!; i++) look(lists[k]![i]!, divisor, time);
    since.fill(at);
  };

  return {
    rank,
    above: (limit, cell) => above[limit]![cell]!,
    frame(cell, count, time) {
      const weight = frames === 0 ? 0 : time - last;
      if (frames === 0) begin = time;
      const slot = frames % window;
      const gone = lists[slot]!;
      const goneCount = lengths[slot]!;
      for (let i = 0; i < goneCount; i++) sum[gone[i]!]!--;
      const kept = gone.length >= count ? gone : new Int32Array(Math.max(count, 2 * gone.length));
      // The list that leaves is still needed for the look below when it is written over.
      const left = goneCount > 0 ? gone.slice(0, goneCount) : gone;
      let n = 0;
      for (let i = 0; i < count; i++) {
        const c = cell[i]!;
        if (c < 0) continue;
        kept[n++] = c;
        sum[c]!++;
        total[c]! += weight;
      }
      lists[slot] = kept;
      lengths[slot] = n;
      frames++;
      last = time;
      if (frames < window) return;
      if (frames === window) {
        // The first full window stands for the time since the start.
        lookAtAll(window, begin, time);
        return;
      }
      for (let i = 0; i < goneCount; i++) look(left[i]!, window, time);
      for (let i = 0; i < n; i++) look(kept[i]!, window, time);
    },
    finish(time) {
      const divisor = Math.min(window, Math.max(1, frames));
      if (frames < window) lookAtAll(divisor, begin, time);
      for (let c = 0; c < cells.count; c++) for (let l = 0; l < rank[c]!; l++) above[l]![c]! += time - since[c]!;
      const peak = new Float32Array(cells.count);
      const mean = new Float32Array(cells.count);
      const lasted = last - begin;
      for (let c = 0; c < cells.count; c++) {
        const area = cells.pooled[c]!;
        if (area <= 0) continue;
        peak[c] = most[c]! / (divisor * area);
        // A single frame has no length: it is its own mean.
        mean[c] = lasted > 0 ? total[c]! / (lasted * area) : peak[c]!;
      }
      const columns = { mean, peak, peakAt: mostAt, above };
      return { maps: cells.sheets.map((sheet) => mapOf(layout, cells, sheet, limits, columns)), peak, peakAt: mostAt };
    },
  };
}

interface Columns {
  mean: Float32Array;
  peak: Float32Array;
  peakAt: Float32Array;
  above: Float32Array[];
}

/** One sheet's part of the columns, slivers filled from their owner; cells outside the floor hold NaN. */
function mapOf(
  layout: Layout,
  cells: Cells,
  grid: Cells["sheets"][number],
  limits: readonly number[],
  columns: Columns,
): DensityMap {
  const { first, nx, ny, x0, y0 } = grid;
  const part = (column: Float32Array): Float32Array =>
    Float32Array.from({ length: nx * ny }, (_, k) =>
      cells.area[first + k]! > 0 ? column[cells.owner[first + k]!]! : Number.NaN,
    );
  const sheet = layout.sheets[grid.sheet]!;
  return {
    sheet: sheet.id,
    name: sheet.name,
    level: sheet.level,
    x0,
    y0,
    cell_m: cells.cell,
    nx,
    ny,
    area: cells.area.slice(first, first + nx * ny),
    mean: part(columns.mean),
    peak: part(columns.peak),
    peak_at: part(columns.peakAt),
    limits: [...limits],
    above: columns.above.map(part),
  };
}
