/** Turns named places into nodes of the walking graph: what people walk to, start in, enter by. */
import { crosses, distance2, nearestOn } from "../geometry/plane.js";
import type { Seeds } from "../geometry/travel-time.js";
import type { Layout, Opening, Polygon, Ring, Segment } from "../layout/layout.js";
import { eachNodeNear, type Raster } from "./raster.js";
import { shared } from "./shared.js";
import type { Area, SheetGrid, WallLists, WorldGate } from "./world.js";
import { BIN } from "./world.js";

/** Even-odd test over all rings; points on an edge count as inside on the lower and left side only. */
export function inPolygons(polygons: readonly Polygon[], x: number, y: number): boolean {
  let odd = false;
  const ring = (points: Ring): void => {
    for (let k = 0, j = points.length - 1; k < points.length; j = k++) {
      const [ax, ay] = points[k]!;
      const [bx, by] = points[j]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
  };
  for (const polygon of polygons) {
    ring(polygon.outer);
    for (const hole of polygon.holes) ring(hole);
  }
  return odd;
}

/** The nodes of a named area; a place smaller than a cell gets the node nearest to its middle. */
export function areaOf(options: {
  name: string;
  level: string;
  polygons: readonly Polygon[];
  layout: Layout;
  raster: Raster;
}): Area {
  const { name, level, polygons, layout, raster } = options;
  const flight = layout.connections.find((c) => c.unit === name || c.id === name);
  const sheets = layout.sheets.flatMap((sheet, s) =>
    flight ? (sheet.connection === flight.id ? [s] : []) : sheet.kind === "floor" && sheet.level === level ? [s] : [],
  );
  const found: number[] = [];
  for (const s of sheets) {
    const grid = raster.sheets[s]!;
    const [ax, ay, bx, by] = boxOf(polygons);
    eachNodeNear(ax, (ay + by) / 2, bx, (ay + by) / 2, (by - ay) / 2, grid, raster.cell, raster.raster, (n) => {
      if (inPolygons(polygons, raster.nodeX[n]!, raster.nodeY[n]!)) found.push(n);
    });
    if (found.length === 0) {
      let best = Infinity;
      let nearest = -1;
      const mx = (ax + bx) / 2;
      const my = (ay + by) / 2;
      eachNodeNear(mx, my, mx, my, 3 * raster.cell, grid, raster.cell, raster.raster, (n) => {
        const d = distance2(raster.nodeX[n]!, raster.nodeY[n]!, mx, my, mx, my);
        if (d < best) {
          best = d;
          nearest = n;
        }
      });
      if (nearest >= 0) found.push(nearest);
    }
  }
  return { name, sheets, polygons, nodes: shared(Int32Array, found) };
}

function boxOf(polygons: readonly Polygon[]): [number, number, number, number] {
  const points = polygons.flatMap((p) => p.outer);
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Field seeds inside an area: people stop there. */
export function areaSeeds(area: Area): Seeds {
  return { nodes: area.nodes, times: new Float32Array(area.nodes.length), directions: new Float32Array(0) };
}

/**
 * Field seeds in front of an exit line: time is the distance to the line, the direction leads through it, so that a wide exit is
 * used in full width. Aims keep 0.2 m off the jambs.
 */
export function exitSeeds(opening: Opening, sheet: number, raster: Raster, walls: WallLists): Seeds {
  const [[ax, ay], [bx, by]] = insetLine(opening.line, 0.2);
  const nodes: number[] = [];
  const times: number[] = [];
  const directions: number[] = [];
  eachNodeNear(ax, ay, bx, by, 2 * raster.cell, raster.sheets[sheet]!, raster.cell, raster.raster, (n) => {
    const x = raster.nodeX[n]!;
    const y = raster.nodeY[n]!;
    const [px, py] = nearestOn(x, y, ax, ay, bx, by);
    if (blocked(raster, walls, sheet, x, y, px, py)) return;
    const d = Math.sqrt((px - x) * (px - x) + (py - y) * (py - y));
    nodes.push(n);
    times.push(d);
    directions.push(...(d > 1e-6 ? [(px - x) / d, (py - y) / d] : outward(opening.line, n, raster)));
  });
  return { nodes: Int32Array.from(nodes), times: Float32Array.from(times), directions: Float32Array.from(directions) };
}

function outward(line: Segment, node: number, raster: Raster): [number, number] {
  const [[ax, ay], [bx, by]] = line;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const left = (bx - ax) * (raster.nodeY[node]! - ay) - (by - ay) * (raster.nodeX[node]! - ax) >= 0 ? 1 : -1;
  return [(left * (by - ay)) / length, (-left * (bx - ax)) / length];
}

function insetLine([[ax, ay], [bx, by]]: Segment, by_m: number): Segment {
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const t = Math.min(0.45, by_m / length);
  return [
    [ax + t * (bx - ax), ay + t * (by - ay)],
    [bx + t * (ax - bx), by + t * (ay - by)],
  ];
}

/** Whether a wall (no gate) of the bin around (x, y) stands between the two points. */
export function blocked(
  raster: { readonly sheets: readonly SheetGrid[] },
  lists: WallLists,
  sheet: number,
  x: number,
  y: number,
  px: number,
  py: number,
): boolean {
  const grid = raster.sheets[sheet]!;
  const bin = grid.firstBin + Math.floor((y - grid.by0) / BIN) * grid.bnx + Math.floor((x - grid.bx0) / BIN);
  for (let k = lists.start[bin]!; k < lists.start[bin + 1]!; k++) {
    const w = 4 * lists.list[k]!;
    if (w < 0) continue;
    if (crosses(x, y, px, py, lists.walls[w]!, lists.walls[w + 1]!, lists.walls[w + 2]!, lists.walls[w + 3]!)) return true;
  }
  return false;
}

/** Distance from (x, y) to the nearest wall or exit line of its bin, m; Infinity where none is near. Beyond an exit line is no floor. */
export function wallDistance(
  site: { readonly sheets: readonly SheetGrid[]; readonly gates: readonly WorldGate[]; readonly wallLists: WallLists },
  sheet: number,
  x: number,
  y: number,
): number {
  const grid = site.sheets[sheet]!;
  const { start, list, walls } = site.wallLists;
  const bin = grid.firstBin + Math.floor((y - grid.by0) / BIN) * grid.bnx + Math.floor((x - grid.bx0) / BIN);
  let best = Infinity;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const entry = list[k]!;
    const gate = entry < 0 ? site.gates[-1 - entry]! : null;
    if (gate && !gate.exit) continue;
    const [ax, ay, bx, by] = gate ? [...gate.line[0], ...gate.line[1]] : walls.subarray(4 * entry, 4 * entry + 4);
    best = Math.min(best, distance2(x, y, ax!, ay!, bx!, by!));
  }
  return Math.sqrt(best);
}
