/** All measures of one trajectory in areas and at lines, as series. */
import { polygonArea } from "../../geometry/polygon.js";
import { distance } from "../../geometry/segment.js";
import type { Trajectory } from "../../trajectory/trajectory.js";
import type { ServiceTable } from "../measures.js";
import { classicDensity, type MeasurementArea, meanSpeedInArea, rowsInside } from "./area.js";
import type { CutOff } from "./convex-cell.js";
import type { Floor } from "./floor.js";
import type { LineSeries } from "./line-cells.js";
import {
  type CrossingPolicy,
  type Crossings,
  countedCrossings,
  type FlowWindow,
  flowFirstToLast,
  flowWindows,
  type MeasurementLine,
  rawCrossings,
} from "./line-crossings.js";
import { pressureIn } from "./pressure-series.js";
import type { FrameSeries } from "./series.js";
import { individualSpeed, type SpeedOptions, type Speeds } from "./speed.js";
import { type VoronoiResult, type VoronoiSeries, voronoi } from "./voronoi.js";

export interface MeasureOptions {
  /** Without a floor there are no Voronoi cells and no pressure. */
  floor: Floor | null;
  areas: readonly MeasurementArea[];
  lines: readonly MeasurementLine[];
  speed: SpeedOptions;
  /** A second set of Voronoi values with this cut-off. */
  cutOff: CutOff | null;
  /** Voronoi cells in every frame that is a multiple of it. */
  every: number;
  crossings: CrossingPolicy;
  /** Length of the windows of flow, s. */
  window_s: number;
  service: ServiceTable;
}

export interface AreaMeasures {
  readonly place: string;
  readonly area_m2: number;
  /** Persons who were inside at any time. */
  readonly persons: number;
  readonly density: FrameSeries;
  readonly speed: FrameSeries;
  readonly voronoi: VoronoiSeries | null;
  readonly cutOff: VoronoiSeries | null;
  readonly pressure: FrameSeries | null;
}

export interface LineMeasures {
  readonly place: string;
  readonly length_m: number;
  /** Every crossing, and those that count by the policy. */
  readonly all: Crossings;
  readonly counted: Crossings;
  /** persons/s, first to last. */
  readonly flow: number | null;
  readonly windows: readonly FlowWindow[];
  readonly cells: LineSeries | null;
  readonly cutOff: LineSeries | null;
}

export interface TrajectoryMeasures {
  readonly speeds: Speeds;
  readonly areas: readonly AreaMeasures[];
  readonly lines: readonly LineMeasures[];
  /** Rows without a Voronoi cell, since they lie too far outside the floor. */
  readonly rowsWithoutCell: number;
}

/** Pure: the same trajectory and options give the same values. */
export function measureTrajectory(trajectory: Trajectory, options: MeasureOptions): TrajectoryMeasures {
  const { floor, areas, lines, cutOff, every } = options;
  const speeds = individualSpeed(trajectory, options.speed);
  const inside = areas.map(({ polygon }) => rowsInside(trajectory, polygon));
  const cells = (cut: CutOff | null): VoronoiResult | null =>
    floor && areas.length + lines.length > 0 ? voronoi(trajectory, { floor, areas, lines, speeds, cutOff: cut, every }) : null;
  const plain = cells(null);
  const cut = cutOff ? cells(cutOff) : null;
  const pressure = floor ? pressureIn(trajectory, speeds, floor.polygons, inside) : null;
  return {
    speeds,
    areas: areas.map(
      (area, k): AreaMeasures => ({
        place: area.name,
        area_m2: polygonArea(area.polygon),
        persons: personsIn(trajectory, inside[k]!),
        density: classicDensity(trajectory, area, inside[k]!),
        speed: meanSpeedInArea(trajectory, speeds, area, inside[k]!),
        voronoi: plain?.areas[k] ?? null,
        cutOff: cut?.areas[k] ?? null,
        pressure: pressure?.[k] ?? null,
      }),
    ),
    lines: lines.map((line, k): LineMeasures => {
      const all = rawCrossings(trajectory, line);
      const counted = countedCrossings(trajectory, all, options.crossings);
      return {
        place: line.name,
        length_m: distance(line.from, line.to),
        all,
        counted,
        flow: flowFirstToLast(counted, trajectory.frameRate),
        windows: flowWindows(trajectory, counted, speeds, Math.max(1, Math.floor(options.window_s * trajectory.frameRate))),
        cells: plain?.lines[k] ?? null,
        cutOff: cut?.lines[k] ?? null,
      };
    }),
    rowsWithoutCell: plain?.rowsWithoutCell ?? 0,
  };
}

function personsIn({ persons, personStart }: Trajectory, inside: Uint8Array): number {
  return persons.reduce((count, _, p) => count + (inside.subarray(personStart[p]!, personStart[p + 1]!).includes(1) ? 1 : 0), 0);
}
