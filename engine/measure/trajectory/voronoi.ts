/** Voronoi density and speed in areas and at lines, frame by frame. */
import { convexArea, cutConvex, roomForCorners } from "../../geometry/convex.js";
import { convexPieces } from "../../geometry/convex-pieces.js";
import { boxOf, polygonArea } from "../../geometry/polygon.js";
import { rowsOfFrame, type Trajectory } from "../../trajectory/trajectory.js";
import type { MeasurementArea } from "./area.js";
import { type Cell, createCells } from "./cells.js";
import type { CutOff } from "./convex-cell.js";
import { distance2ToFloor, type Floor, MOST_OUTSIDE } from "./floor.js";
import { createLineSums, type LineSeries } from "./line-cells.js";
import type { MeasurementLine } from "./line-crossings.js";
import type { FrameSeries } from "./series.js";
import type { Speeds } from "./speed.js";

export interface VoronoiOptions {
  floor: Floor;
  areas: readonly MeasurementArea[];
  lines?: readonly MeasurementLine[] | undefined;
  speeds: Speeds;
  /** Cells reach no farther than this polygon around each person; null: as far as the floor. */
  cutOff?: CutOff | null | undefined;
  /** Only frames that are multiples of it. */
  every?: number | undefined;
}

/** Series over the frames that are multiples of `every`; formulas at each. */
export interface VoronoiSeries {
  /** D = Σ A(cell ∩ area) / A(cell) / A(area), 1/m2; 0 where nobody's cell meets the area (Steffen and Seyfried 2010, Physica A 389:1902). */
  readonly density: FrameSeries;
  /** V = Σ v A(cell ∩ area) / Σ A(cell ∩ area), m/s, over cells with a speed; NaN where there is none. */
  readonly speed: FrameSeries;
  /** PedPy's V = Σ v A(cell ∩ area) / A(area), m/s: too low where cells leave a part of the area empty. NaN as above. */
  readonly speedOverArea: FrameSeries;
}

/** One result per area and line, in their order, and what was left out. */
export interface VoronoiResult {
  readonly areas: readonly VoronoiSeries[];
  readonly lines: readonly LineSeries[];
  /** Rows without a cell, since they lie too far outside the floor. */
  readonly rowsWithoutCell: number;
}

export function voronoi(trajectory: Trajectory, options: VoronoiOptions): VoronoiResult {
  const { floor, areas, lines = [], speeds, cutOff = null, every = 1 } = options;
  const first = Math.ceil(trajectory.firstFrame / every) * every;
  const count = Math.max(0, Math.floor((trajectory.lastFrame - first) / every) + 1);
  const cells = createCells(floor, cutOff);
  const sums = areas.map((area) => createSums(area, count));
  const lineSums = lines.map((line) => createLineSums(trajectory, speeds, line, count));
  const boxes = [...areas.map(({ polygon }) => boxOf(polygon.outer)), ...lines.map(({ from, to }) => boxOf([from, to]))];
  let rowsWithoutCell = 0;
  for (let k = 0; k < count; k++) {
    const all = rowsOfFrame(trajectory, first + k * every);
    const rows = all.filter(
      (row) => distance2ToFloor(floor, trajectory.x[row]!, trajectory.y[row]!) <= MOST_OUTSIDE * MOST_OUTSIDE,
    );
    rowsWithoutCell += all.length - rows.length;
    if (rows.length === 0) continue;
    rowsWithoutCell += cells.frame(positionsOf(trajectory, rows), boxes, (cell) => {
      const row = rows[cell.person]!;
      for (const sum of sums) sum.add(k, cell, speeds.speed[row]!);
      for (const sum of lineSums) sum.add(k, cell, row);
    });
  }
  return {
    areas: sums.map((sum) => sum.finish(first, every)),
    lines: lineSums.map((sum) => sum.finish(first, every)),
    rowsWithoutCell,
  };
}

export function positionsOf({ x, y }: Trajectory, rows: Int32Array): Float64Array {
  const xy = new Float64Array(2 * rows.length);
  for (let k = 0; k < rows.length; k++) {
    xy[2 * k] = x[rows[k]!]!;
    xy[2 * k + 1] = y[rows[k]!]!;
  }
  return xy;
}

function createSums({ polygon }: MeasurementArea, count: number) {
  const area = polygonArea(polygon);
  const { pieces } = convexPieces([polygon]);
  const density = new Float64Array(count);
  const weighted = new Float64Array(count);
  const covered = new Float64Array(count);
  const common = roomForCorners();
  const spare = roomForCorners();
  return {
    add(k: number, cell: Cell, speed: number): void {
      let inside = 0;
      for (let part = 0; part < cell.parts; part++)
        for (const piece of pieces) {
          const corners = cutConvex(cell.rings[part]!, cell.corners[part]!, piece.ring, piece.corners, common, spare);
          if (corners > 2) inside += convexArea(common, corners);
        }
      if (inside <= 0) return;
      density[k]! += inside / cell.area;
      if (Number.isNaN(speed)) return;
      weighted[k]! += (inside / cell.sharing) * speed;
      covered[k]! += inside / cell.sharing;
    },
    finish(first: number, every: number): VoronoiSeries {
      const series = (value: (k: number) => number): FrameSeries => ({
        first,
        every,
        values: Float64Array.from({ length: count }, (_, k) => value(k)),
      });
      const missing = (k: number): boolean => covered[k] === 0;
      return {
        density: series((k) => density[k]! / area),
        speed: series((k) => (missing(k) ? Number.NaN : weighted[k]! / covered[k]!)),
        speedOverArea: series((k) => (missing(k) ? Number.NaN : weighted[k]! / area)),
      };
    },
  };
}
