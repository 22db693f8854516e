/** Excerpts of measured trajectories with what PedPy says of them (test/reference/trajectories/README.md). */
import { readFileSync } from "node:fs";
import { readLayout } from "../../../engine/layout/read.js";
import type { MeasurementArea } from "../../../engine/measure/trajectory/area.js";
import { type Floor, measuredFloor } from "../../../engine/measure/trajectory/floor.js";
import type { MeasurementLine } from "../../../engine/measure/trajectory/line-crossings.js";
import { readArea, readLine } from "../../../engine/measure/trajectory/shapes.js";
import { readTrajectoryText } from "../../../engine/trajectory/read.js";
import type { Trajectory } from "../../../engine/trajectory/trajectory.js";

type Series = Record<string, number | null>;
interface CellValues {
  density: Series;
  speed: Series;
  line_density: Series;
  line_speed: Series;
  line_flow: Series;
  species: Record<string, number>;
}
export interface Reference {
  walkable_area: string;
  measurement_area: string;
  measurement_line: string;
  frame_step: number;
  voronoi_every: number;
  speed_exclude: { count: number; sum: number; greatest: number };
  speed_adaptive: { count: number; sum: number; greatest: number };
  speed_single_sided: { count: number; sum: number; greatest: number };
  speed_direction: { direction: [number, number]; sum: number; least: number };
  classic_density: Series;
  mean_speed: Series;
  crossings: [number, number][];
  flow_windows: { delta_frame: number; flow: number[]; mean_speed: number[] };
  voronoi: CellValues;
  voronoi_cutoff: CellValues;
}

const folder = new URL("../../reference/trajectories/", import.meta.url);
export const EXCERPTS = ["uo-050-180-180", "040_c_56_h-"] as const;

export function excerpt(name: (typeof EXCERPTS)[number]): {
  trajectory: Trajectory;
  floor: Floor;
  area: MeasurementArea;
  line: MeasurementLine;
  expected: Reference;
} {
  const { trajectory } = readTrajectoryText(readFileSync(new URL(`${name}.txt.gz`, folder)), { name });
  const expected = JSON.parse(readFileSync(new URL("pedpy.json", folder), "utf8"))[name] as Reference;
  const area = readArea("area", expected.measurement_area, "area");
  const line = readLine("line", expected.measurement_line, "line");
  return { trajectory, floor: floorOfWkt(expected.walkable_area), area, line, expected };
}

export function floorOfWkt(wkt: string): Floor {
  const layout = readLayout({ name: "floor.wkt", bytes: new TextEncoder().encode(wkt) });
  return measuredFloor(layout.sheets.flatMap(({ regions }) => regions));
}
