/** Density, speed and flow of a steady state: one point of a fundamental diagram, from a measured or a simulated trajectory alike. */
import { framesBetween, type Trajectory } from "../../trajectory/trajectory.js";
import { classicDensity, type MeasurementArea, meanSpeedInArea } from "./area.js";
import type { CutOff } from "./convex-cell.js";
import type { Floor } from "./floor.js";
import { statisticsOf } from "./series.js";
import { individualSpeed, type SpeedOptions } from "./speed.js";
import { voronoi } from "./voronoi.js";

export interface SteadyOptions extends SpeedOptions {
  area: MeasurementArea;
  /** First and last frame of the steady state, both included; the whole trajectory without. */
  frames?: readonly [number, number] | undefined;
  /** With a floor the Voronoi values are measured too. */
  floor?: Floor | undefined;
  cutOff?: CutOff | null | undefined;
  /** Voronoi values of every so many frames. */
  every?: number | undefined;
}

/** Means over frames, each frame alike; null where no frame has a value. */
export interface SteadyState {
  readonly frames: number;
  /** Classic density, 1/m2, over all frames. */
  readonly density: number | null;
  /** Mean speed in the area, m/s, over the frames in which somebody there has one. */
  readonly speed: number | null;
  /** 1/m2 and m/s by Voronoi cells; null without a floor. */
  readonly voronoiDensity: number | null;
  readonly voronoiSpeed: number | null;
}

export function steadyState(trajectory: Trajectory, options: SteadyOptions): SteadyState {
  const { area, frames, floor, cutOff, every } = options;
  const part = frames ? framesBetween(trajectory, ...frames) : trajectory;
  const speeds = individualSpeed(part, options);
  const density = classicDensity(part, area).values;
  const cells = floor ? voronoi(part, { floor, areas: [area], speeds, cutOff, every }).areas[0]! : null;
  const mean = (values: Float64Array | undefined): number | null => (values ? statisticsOf(values).mean : null);
  return {
    frames: density.length,
    density: mean(density),
    speed: mean(meanSpeedInArea(part, speeds, area).values),
    voronoiDensity: mean(cells?.density.values),
    voronoiSpeed: mean(cells?.speed.values),
  };
}
