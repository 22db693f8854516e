/** Lanes of a queue before an opening: one per server, straight back from the line on the side that people come from. */

import type { Problem } from "../errors.js";
import type { Opening } from "../layout/layout.js";
import { blocked, wallDistance } from "./areas.js";
import type { Raster } from "./raster.js";
import { shared } from "./shared.js";
import { type Field, type Lane, nodeAt, type WallLists, type WorldGate } from "./world.js";

/** Least width of a lane, m: a shoulder breadth of 0.47 m (GB 10000, P95) with room to move; unverified. */
const LANE_WIDTH = 0.6;
/** Where a person stands while served, m from the line. */
const SERVER_OFFSET = 0.35;
/** Spots stay this far from walls, m. */
const CLEARANCE = 0.25;
const MOST_SPOTS = 60;

/**
 * @param next field of what follows the queue: people come from the side where it takes longer
 * @param spacing distance between two people in a lane, m
 */
export function buildLanes(options: {
  opening: Opening;
  sheet: number;
  servers: number;
  spacing: number;
  next: Field;
  raster: Raster;
  walls: WallLists;
  gates: readonly WorldGate[];
  problems: Problem[];
}): Lane[] {
  const { opening, sheet, servers, spacing, next, raster, walls, gates, problems } = options;
  const [[ax, ay], [bx, by]] = opening.line;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  if (servers * LANE_WIDTH > length + 1e-9) {
    problems.push({
      place: opening.name,
      message: `${servers} servers need ${(servers * LANE_WIDTH).toFixed(1)} m, the opening is ${length.toFixed(2)} m wide: at most ${Math.floor(length / LANE_WIDTH)}`,
      value: servers,
      limit: Math.floor(length / LANE_WIDTH),
    });
    return [];
  }
  const leftX = -(by - ay) / length;
  const leftY = (bx - ax) / length;
  const time = (sign: number): number =>
    timeBeside(next, raster, sheet, (ax + bx) / 2 + sign * leftX, (ay + by) / 2 + sign * leftY);
  const left = time(1);
  const right = time(-1);
  // Where only one side is floor (an outer gate), that side is meant.
  const sign = Number.isNaN(right) || (!Number.isNaN(left) && left >= right) ? 1 : -1;
  const lanes: Lane[] = [];
  for (let k = 0; k < servers; k++) {
    const t = (k + 0.5) / servers;
    const spots = spotsFrom(
      { x: ax + t * (bx - ax), y: ay + t * (by - ay), nx: sign * leftX, ny: sign * leftY },
      { sheet, spacing, raster, walls, gates },
    );
    if (spots.length > 0) lanes.push({ spots: shared(Float32Array, spots) });
  }
  if (lanes.length === 0) problems.push({ place: opening.name, message: "no room for a queue before this opening" });
  return lanes;
}

export function spotsFrom(
  ray: { x: number; y: number; nx: number; ny: number },
  floor: { sheet: number; spacing: number; raster: Raster; walls: WallLists; gates: readonly WorldGate[] },
): number[] {
  const { sheet, spacing, raster, walls } = floor;
  const spots: number[] = [];
  let [px, py] = [ray.x + 0.05 * ray.nx, ray.y + 0.05 * ray.ny];
  for (let k = 0; k < MOST_SPOTS; k++) {
    const x = ray.x + (SERVER_OFFSET + k * spacing) * ray.nx;
    const y = ray.y + (SERVER_OFFSET + k * spacing) * ray.ny;
    if (nodeIn(raster, sheet, x, y) < 0 || blocked(raster, walls, sheet, px, py, x, y)) break;
    if (wallDistance({ sheets: raster.sheets, gates: floor.gates, wallLists: walls }, sheet, x, y) < CLEARANCE) break;
    spots.push(x, y);
    [px, py] = [x, y];
  }
  return spots;
}

const nodeIn = (raster: Raster, sheet: number, x: number, y: number): number => nodeAt(raster, sheet, x, y);

function timeBeside(field: Field, raster: Raster, sheet: number, x: number, y: number): number {
  const n = nodeIn(raster, sheet, x, y);
  return n < 0 ? Number.NaN : field.time[n]!;
}
