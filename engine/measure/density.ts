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
  const window = createWindow(Math.max(1, Math.round(PEAK_WINDOW_S / every_s)));
  const sum = new Int32Array(cells.count);
  const most = new Int32Array(cells.count);
  const mostAt = new Float32Array(cells.count);
  const total = new Float64Array(cells.count);
  const ranks = createRanks(cells.count, limits);
  let frames = 0;
  let last = 0;
  let begin = 0;

  /** Looks at the running sums of these cells, the only ones that have changed. */
  const look = (list: Int32Array, count: number, time: number): void => {
    const divisor = Math.min(window.size, frames);
    for (let i = 0; i < count; i++) {
      const c = list[i]!;
      if (sum[c]! > most[c]!) {
        most[c] = sum[c]!;
        mostAt[c] = time;
      }
      ranks.set(c, sum[c]! / (divisor * cells.pooled[c]!), time);
    }
  };
  /** The first full window stands for the time since the start. */
  const lookAtAll = (time: number): void => {
    window.each((list, count) => look(list, count, time));
    ranks.restart(begin);
  };

  return {
    rank: ranks.rank,
    above: (limit, cell) => ranks.above[limit]![cell]!,
    frame(cell, count, time) {
      const weight = frames === 0 ? 0 : time - last;
      if (frames === 0) begin = time;
      const gone = window.take();
      for (let i = 0; i < gone.length; i++) sum[gone[i]!]!--;
      const { list, length } = window.put(cell, count);
      for (let i = 0; i < length; i++) {
        const c = list[i]!;
        sum[c]!++;
        total[c]! += weight;
      }
      frames++;
      last = time;
      if (frames < window.size) return;
      if (frames === window.size) {
        lookAtAll(time);
        return;
      }
      look(gone, gone.length, time);
      look(list, length, time);
    },
    finish(time) {
      if (frames > 0 && frames < window.size) lookAtAll(time);
      ranks.close(time);
      const peak = new Float32Array(cells.count);
      const mean = new Float32Array(cells.count);
      const divisor = Math.max(1, Math.min(window.size, frames));
      const lasted = last - begin;
      for (let c = 0; c < cells.count; c++) {
        const area = cells.pooled[c]!;
        if (area <= 0) continue;
        peak[c] = most[c]! / (divisor * area);
        // A single frame has no length: it is its own mean.
        mean[c] = lasted > 0 ? total[c]! / (lasted * area) : peak[c]!;
      }
      const columns = { mean, peak, peakAt: mostAt, above: ranks.above };
      return { maps: cells.sheets.map((sheet) => mapOf(layout, cells, sheet, limits, columns)), peak, peakAt: mostAt };
    },
  };
}

/** The cells of everybody in the last frames. */
function createWindow(size: number) {
  const lists: Int32Array[] = Array.from({ length: size }, () => new Int32Array(0));
  const lengths = new Int32Array(size);
  let slot = -1;
  return {
    size,
    /** Opens the place of the oldest frame; a copy of its cells, since the place is written over. */
    take(): Int32Array {
      slot = (slot + 1) % size;
      return lists[slot]!.slice(0, lengths[slot]!);
    },
    /** Keeps the cells of a frame, without those off the floor (-1). */
    put(cell: Int32Array, count: number): { list: Int32Array; length: number } {
      const old = lists[slot]!;
      const list = old.length >= count ? old : new Int32Array(Math.max(count, 2 * old.length));
      let length = 0;
      for (let i = 0; i < count; i++) if (cell[i]! >= 0) list[length++] = cell[i]!;
      lists[slot] = list;
      lengths[slot] = length;
      return { list, length };
    },
    each(visit: (list: Int32Array, length: number) => void) {
      lists.forEach((list, k) => {
        visit(list, lengths[k]!);
      });
    },
  };
}

/** How many limits each cell reaches, and for how long it has reached each. */
function createRanks(count: number, limits: readonly number[]) {
  const rank = new Uint8Array(count);
  const since = new Float64Array(count);
  const above = limits.map(() => new Float32Array(count));
  const add = (cell: number, time: number): void => {
    for (let l = 0; l < rank[cell]!; l++) above[l]![cell]! += time - since[cell]!;
  };
  return {
    rank,
    above,
    set(cell: number, density: number, time: number) {
      let reached = 0;
      while (reached < limits.length && density >= limits[reached]!) reached++;
      if (reached === rank[cell]!) return;
      add(cell, time);
      rank[cell] = reached;
      since[cell] = time;
    },
    restart(time: number) {
      since.fill(time);
    },
    close(time: number) {
      for (let cell = 0; cell < count; cell++) add(cell, time);
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
