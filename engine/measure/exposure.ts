/** Most people at once in dense cells, by section and by cell of the risk map. */
import type { Layout } from "../layout/layout.js";
import type { Cells } from "./cells.js";
import type { ExposedArea, Exposure } from "./measures.js";
import type { MeasuredArea } from "./places.js";
import type { Zones } from "./zones.js";

export interface ExposureRecorder {
  /** To be called for each person in a cell at or above the limit. */
  add(cell: number, set: number): void;
  /** Ends a frame. */
  close(time: number): void;
  finish(map: { peak: Float32Array; peakAt: Float32Array; above: (cell: number) => number }): Exposure;
}

interface RiskCell {
  readonly level: string;
  readonly x: number;
  readonly y: number;
  readonly cells: number[];
}

export function createExposure(options: {
  layout: Layout;
  cells: Cells;
  zones: Zones;
  areas: readonly MeasuredArea[];
  limit: number;
  cell_m: number;
}): ExposureRecorder {
  const { cells, zones, areas, limit } = options;
  const { riskCells, riskOf, edge } = joinCells(options.layout, cells, options.cell_m);
  // Risk cells first, then areas.
  const size = riskCells.length + areas.length;
  const now = new Int32Array(size);
  const most = new Int32Array(size);
  const mostAt = new Float64Array(size);
  const used: number[] = [];
  const count = (k: number): void => {
    if (now[k]!++ === 0) used.push(k);
  };
  return {
    add(cell, set) {
      count(riskOf[cell]!);
      for (const a of zones.sets[set]!) count(riskCells.length + a);
    },
    close(time) {
      for (const k of used) {
        if (now[k]! > most[k]!) {
          most[k] = now[k]!;
          mostAt[k] = time;
        }
        now[k] = 0;
      }
      used.length = 0;
    },
    finish({ peak, peakAt, above }) {
      const worst = (list: Iterable<number>, k: number) => {
        const found = { people: most[k]!, people_at_s: mostAt[k]!, peak_density: 0, peak_at_s: 0, above_s: 0 };
        for (const cell of list) {
          if (peak[cell]! > found.peak_density) {
            found.peak_density = peak[cell]!;
            found.peak_at_s = peakAt[cell]!;
          }
          found.above_s = Math.max(found.above_s, above(cell));
        }
        return found;
      };
      const sections = areas.map(
        (area, a): ExposedArea => ({
          kind: "section",
          id: area.place,
          level: area.level,
          x: 0,
          y: 0,
          ...worst(zones.cellsOf[a]!, riskCells.length + a),
        }),
      );
      const squares = riskCells.map(
        (risk, k): ExposedArea => ({
          kind: "cell",
          id: `${risk.level}/${Math.round(risk.x)}/${Math.round(risk.y)}`,
          level: risk.level,
          x: risk.x,
          y: risk.y,
          ...worst(risk.cells, k),
        }),
      );
      return {
        limit,
        cell_m: cells.cell,
        risk_cell_m: edge,
        areas: [...sections, ...squares.filter((area) => area.peak_density > 0)],
      };
    },
  };
}

/** Density cells joined to squares of the risk map by the middle of the cell; sheets of one level share their squares. */
function joinCells(layout: Layout, cells: Cells, cell_m: number): { riskCells: RiskCell[]; riskOf: Int32Array; edge: number } {
  const edge = Math.max(cell_m, cells.cell);
  const riskCells: RiskCell[] = [];
  const riskOf = new Int32Array(cells.count).fill(-1);
  const numbers = new Map<string, number>();
  for (const grid of cells.sheets) {
    const { level } = layout.sheets[grid.sheet]!;
    for (let k = 0; k < grid.nx * grid.ny; k++) {
      const cell = grid.first + k;
      if (cells.owner[cell] !== cell) continue;
      const i = Math.floor((grid.x0 + ((k % grid.nx) + 0.5) * cells.cell) / edge);
      const j = Math.floor((grid.y0 + (Math.floor(k / grid.nx) + 0.5) * cells.cell) / edge);
      const key = `${level}/${i}/${j}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = riskCells.push({ level, x: i * edge, y: j * edge, cells: [] }) - 1;
        numbers.set(key, number);
      }
      riskCells[number]!.cells.push(cell);
      riskOf[cell] = number;
    }
  }
  return { riskCells, riskOf, edge };
}
