/** Who stands in an area: exact at its border. */
import { orient2d } from "robust-predicates";
import { type Box, boxOf, type Polygon, polygonArea, ringsOf } from "../../geometry/polygon.js";
import type { Trajectory } from "../../trajectory/trajectory.js";
import type { FrameSeries } from "./series.js";
import type { Speeds } from "./speed.js";

/** A measurement area, as drawn. */
export interface MeasurementArea {
  readonly name: string;
  readonly polygon: Polygon;
}

/** 1 for each row inside, 0 outside. The border does not belong to the area, as in PedPy (shapely `contains`). */
export function rowsInside({ rows, x, y }: Trajectory, polygon: Polygon): Uint8Array {
  const inside = new Uint8Array(rows);
  const [ax, ay, bx, by] = boxOf(polygon.outer);
  const rings = ringsOf([polygon]);
  const plain = isBox(polygon, [ax, ay, bx, by]);
  for (let row = 0; row < rows; row++) {
    const px = x[row]!;
    const py = y[row]!;
    if (px > ax && px < bx && py > ay && py < by && (plain || strictlyInside(rings, px, py))) inside[row] = 1;
  }
  return inside;
}

function isBox({ outer, holes }: Polygon, [ax, ay, bx, by]: Box): boolean {
  return holes.length === 0 && outer.length === 4 && outer.every(([x, y]) => (x === ax || x === bx) && (y === ay || y === by));
}

/** Even-odd over all rings with exact sides; a point on an edge is outside. */
export function strictlyInside(rings: readonly (readonly (readonly [number, number])[])[], x: number, y: number): boolean {
  let odd = false;
  for (const ring of rings)
    for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
      const [ax, ay] = ring[k]!;
      const [bx, by] = ring[j]!;
      if (ay > y && by > y) continue;
      if (ay < y && by < y) continue;
      const turn = orient2d(ax, ay, bx, by, x, y);
      if (turn === 0) {
        if (x >= Math.min(ax, bx) && x <= Math.max(ax, bx)) return false;
        continue;
      }
      if (ay > y !== by > y && turn > 0 === by < ay) odd = !odd;
    }
  return odd;
}

/** Persons inside over the area, 1/m2, in every frame of the trajectory; 0 where nobody is. PedPy's `compute_classic_density`. */
export function classicDensity(
  trajectory: Trajectory,
  { polygon }: MeasurementArea,
  inside = rowsInside(trajectory, polygon),
): FrameSeries {
  const { firstFrame, lastFrame, frame, rows } = trajectory;
  const values = new Float64Array(Math.max(0, lastFrame - firstFrame + 1));
  for (let row = 0; row < rows; row++) if (inside[row] === 1) values[frame[row]! - firstFrame]!++;
  const area = polygonArea(polygon);
  for (let k = 0; k < values.length; k++) values[k]! /= area;
  return { first: firstFrame, every: 1, values };
}

/**
 * Arithmetic mean of the speeds of those inside, m/s, in every frame; NaN where nobody inside has a speed (PedPy's
 * `compute_mean_speed_per_frame` gives 0 there).
 */
export function meanSpeedInArea(
  trajectory: Trajectory,
  { speed }: Speeds,
  { polygon }: MeasurementArea,
  inside = rowsInside(trajectory, polygon),
): FrameSeries {
  const { firstFrame, lastFrame, frame, rows } = trajectory;
  const values = new Float64Array(Math.max(0, lastFrame - firstFrame + 1));
  const count = new Int32Array(values.length);
  for (let row = 0; row < rows; row++) {
    if (inside[row] === 0 || Number.isNaN(speed[row]!)) continue;
    values[frame[row]! - firstFrame]! += speed[row]!;
    count[frame[row]! - firstFrame]!++;
  }
  for (let k = 0; k < values.length; k++) values[k]! = count[k] === 0 ? Number.NaN : values[k]! / count[k]!;
  return { first: firstFrame, every: 1, values };
}
