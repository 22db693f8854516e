/** Cuts the floors into raster cells and joins them to a walking graph that no wall interrupts. */
import { crosses, distance2, side } from "../geometry/plane.js";
import type { WalkingGraph } from "../geometry/travel-time.js";
import type { Connection, Layout, Polygon, Ring, Segment, Sheet } from "../layout/layout.js";
import { shared } from "./shared.js";
import { BIN, BIN_MARGIN, type SheetGrid, type WorldGate } from "./world.js";

/**
 * Walls within this distance slow a field down, so that paths round corners at about body clearance, m. Not more: a wider or stronger
 * band bends the wished directions towards the middle of a corridor and crowds its files (measured: 15 % slower at 1.7/m2 with 0.6 m).
 */
const WALL_REACH = 0.3;
/** Extra slowness at a wall, falling with the square of the distance. */
const WALL_SLOWNESS = 0.3;
/** Cells this close to a wall, m, where nobody's middle can be, are slow: else a path may turn at the very corner and hold people there. */
const BODY_REACH = 0.12;
const BODY_SLOWNESS = 4;
/** Distance within which a wall may stand between a cell's centre and a person in the cell (half diagonal of a 0.25 m cell and rounding), m. */
const NEAR_WALL = 0.35;

export interface Raster {
  cell: number;
  x0: number;
  y0: number;
  sheets: SheetGrid[];
  raster: Int32Array;
  nodeX: Float32Array;
  nodeY: Float32Array;
  nodeSheet: Uint16Array;
  nearWall: Uint8Array;
  graph: WalkingGraph;
  binCount: number;
}

/** @param cell edge of a raster cell, m */
export function buildRaster(layout: Layout, cell: number): Raster {
  const box = extent(layout.sheets);
  const x0 = Math.floor(box[0] / cell) * cell;
  const y0 = Math.floor(box[1] / cell) * cell;
  const sheets = sheetGrids(layout, cell, x0, y0);
  const last = sheets[sheets.length - 1]!;
  const inside = new Uint8Array(last.first + last.nx * last.ny);
  layout.sheets.forEach((sheet, s) => {
    for (const region of sheet.regions) fill(inside, sheets[s]!, cell, region);
  });
  const raster = shared(Int32Array, inside.length);
  let count = 0;
  for (let k = 0; k < inside.length; k++) raster[k] = inside[k] ? count++ : -1;
  const nodeX = shared(Float32Array, count);
  const nodeY = shared(Float32Array, count);
  const nodeSheet = shared(Uint16Array, count);
  sheets.forEach((grid, s) => {
    for (let iy = 0; iy < grid.ny; iy++)
      for (let ix = 0; ix < grid.nx; ix++) {
        const n = raster[grid.first + iy * grid.nx + ix]!;
        if (n < 0) continue;
        nodeX[n] = grid.x0 + (ix + 0.5) * cell;
        nodeY[n] = grid.y0 + (iy + 0.5) * cell;
        nodeSheet[n] = s;
      }
  });
  const neighbours = shared(Int32Array, 4 * count).fill(-1);
  joinNeighbours(sheets, raster, neighbours);
  const slowness = shared(Float32Array, count).fill(1);
  const nearWall = shared(Uint8Array, count);
  const nodes = { raster, nodeX, nodeY, neighbours, slowness, nearWall };
  layout.sheets.forEach((sheet, s) => {
    cutByWalls(sheet.walls, sheets[s]!, cell, nodes);
  });
  const bins = last.firstBin + last.bnx * last.bny;
  return {
    cell,
    x0,
    y0,
    sheets,
    raster,
    nodeX,
    nodeY,
    nodeSheet,
    nearWall,
    graph: { neighbours, sources: neighbours, slowness, cell },
    binCount: bins,
  };
}

function extent(sheets: readonly Sheet[]): [number, number, number, number] {
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const sheet of sheets)
    for (const region of sheet.regions)
      for (const [x, y] of region.outer) {
        ax = Math.min(ax, x);
        ay = Math.min(ay, y);
        bx = Math.max(bx, x);
        by = Math.max(by, y);
      }
  return [ax, ay, bx, by];
}

function sheetGrids(layout: Layout, cell: number, x0: number, y0: number): SheetGrid[] {
  let first = 0;
  let firstBin = 0;
  return layout.sheets.map((sheet) => {
    const [ax, ay, bx, by] = extent([sheet]);
    const ix = Math.floor((ax - x0) / cell);
    const iy = Math.floor((ay - y0) / cell);
    const nx = Math.ceil((bx - x0) / cell) - ix + 1;
    const ny = Math.ceil((by - y0) / cell) - iy + 1;
    const binX = Math.floor((ax - x0) / BIN) - BIN_MARGIN;
    const binY = Math.floor((ay - y0) / BIN) - BIN_MARGIN;
    const bnx = Math.floor((bx - x0) / BIN) - binX + 1 + BIN_MARGIN;
    const bny = Math.floor((by - y0) / BIN) - binY + 1 + BIN_MARGIN;
    const [upX, upY] = up(layout.connections.find((c) => c.id === sheet.connection));
    const grid: SheetGrid = {
      id: sheet.id,
      name: sheet.name,
      level: sheet.level,
      kind: sheet.kind,
      x0: x0 + ix * cell,
      y0: y0 + iy * cell,
      nx,
      ny,
      first,
      bx0: x0 + binX * BIN,
      by0: y0 + binY * BIN,
      bnx,
      bny,
      firstBin,
      upX,
      upY,
      pitch: 1,
      belt: null,
    };
    first += nx * ny;
    firstBin += bnx * bny;
    return grid;
  });
}

function up(connection: Connection | undefined): [number, number] {
  if (!connection) return [0, 0];
  const [[ax, ay], [bx, by]] = connection.lower.line;
  const [[cx, cy], [dx, dy]] = connection.upper.line;
  const x = (cx + dx - ax - bx) / 2;
  const y = (cy + dy - ay - by) / 2;
  const length = Math.sqrt(x * x + y * y);
  return length > 0 ? [x / length, y / length] : [0, 0];
}

/** Marks the cells whose centre lies in the polygon (even-odd over all rings, one scan line per row of centres). */
function fill(inside: Uint8Array, grid: SheetGrid, cell: number, polygon: Polygon): void {
  const rings: Ring[] = [polygon.outer, ...polygon.holes];
  const rows: number[][] = Array.from({ length: grid.ny }, () => []);
  for (const ring of rings)
    for (let k = 0; k < ring.length; k++) {
      const [ax, ay] = ring[k]!;
      const [bx, by] = ring[(k + 1) % ring.length]!;
      const low = Math.max(0, Math.ceil((Math.min(ay, by) - grid.y0) / cell - 0.5));
      const high = Math.min(grid.ny - 1, Math.floor((Math.max(ay, by) - grid.y0) / cell - 0.5));
      for (let iy = low; iy <= high; iy++) {
        const y = grid.y0 + (iy + 0.5) * cell;
        if (ay <= y === by <= y) continue;
        rows[iy]!.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      }
    }
  rows.forEach((xs, iy) => {
    xs.sort((a, b) => a - b);
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const from = Math.max(0, Math.ceil((xs[k]! - grid.x0) / cell - 0.5));
      const to = Math.min(grid.nx - 1, Math.ceil((xs[k + 1]! - grid.x0) / cell - 0.5) - 1);
      inside.fill(1, grid.first + iy * grid.nx + from, grid.first + iy * grid.nx + to + 1);
    }
  });
}

function joinNeighbours(sheets: readonly SheetGrid[], raster: Int32Array, neighbours: Int32Array): void {
  for (const grid of sheets)
    for (let iy = 0; iy < grid.ny; iy++)
      for (let ix = 0; ix < grid.nx; ix++) {
        const k = grid.first + iy * grid.nx + ix;
        const n = raster[k]!;
        if (n < 0) continue;
        const east = ix + 1 < grid.nx ? raster[k + 1]! : -1;
        if (east >= 0) {
          neighbours[4 * n] = east;
          neighbours[4 * east + 2] = n;
        }
        const north = iy + 1 < grid.ny ? raster[k + grid.nx]! : -1;
        if (north >= 0) {
          neighbours[4 * n + 1] = north;
          neighbours[4 * north + 3] = n;
        }
      }
}

interface Nodes {
  raster: Int32Array;
  nodeX: Float32Array;
  nodeY: Float32Array;
  neighbours: Int32Array;
  slowness: Float32Array;
  nearWall: Uint8Array;
}

/** Cuts every edge that a wall crosses and slows the cells beside it. */
function cutByWalls(walls: Float64Array, grid: SheetGrid, cell: number, nodes: Nodes): void {
  const { neighbours, nodeX, nodeY, slowness, nearWall } = nodes;
  for (let w = 0; w + 3 < walls.length; w += 4) {
    const [ax, ay, bx, by] = [walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!];
    eachNodeNear(ax, ay, bx, by, WALL_REACH + cell, grid, cell, nodes.raster, (n) => {
      const x = nodeX[n]!;
      const y = nodeY[n]!;
      const d = Math.sqrt(distance2(x, y, ax, ay, bx, by));
      if (d < NEAR_WALL) nearWall[n] = 1;
      if (d < WALL_REACH) {
        const body = d < BODY_REACH ? BODY_SLOWNESS * (1 - d / BODY_REACH) : 0;
        const slow = 1 + WALL_SLOWNESS * (1 - d / WALL_REACH) * (1 - d / WALL_REACH) + body;
        if (slow > slowness[n]!) slowness[n] = slow;
      }
      if (d > cell) return;
      const east = neighbours[4 * n]!;
      if (east >= 0 && crosses(x, y, nodeX[east]!, nodeY[east]!, ax, ay, bx, by)) {
        neighbours[4 * n] = -1;
        neighbours[4 * east + 2] = -1;
      }
      const north = neighbours[4 * n + 1]!;
      if (north >= 0 && crosses(x, y, nodeX[north]!, nodeY[north]!, ax, ay, bx, by)) {
        neighbours[4 * n + 1] = -1;
        neighbours[4 * north + 3] = -1;
      }
    });
  }
}

/** Visits the nodes of one sheet within `reach` of a segment (by rows, so that long slanting walls stay cheap). */
export function eachNodeNear(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  reach: number,
  grid: SheetGrid,
  cell: number,
  raster: Int32Array,
  visit: (node: number) => void,
): void {
  const low = Math.max(0, Math.floor((Math.min(ay, by) - reach - grid.y0) / cell));
  const high = Math.min(grid.ny - 1, Math.floor((Math.max(ay, by) + reach - grid.y0) / cell));
  for (let iy = low; iy <= high; iy++) {
    const y = grid.y0 + (iy + 0.5) * cell;
    let from = Math.min(ax, bx);
    let to = Math.max(ax, bx);
    if (Math.abs(by - ay) > 1e-9) {
      const t1 = Math.min(1, Math.max(0, (y - reach - ay) / (by - ay)));
      const t2 = Math.min(1, Math.max(0, (y + reach - ay) / (by - ay)));
      const x1 = ax + t1 * (bx - ax);
      const x2 = ax + t2 * (bx - ax);
      from = Math.min(x1, x2);
      to = Math.max(x1, x2);
    }
    const left = Math.max(0, Math.floor((from - reach - grid.x0) / cell));
    const right = Math.min(grid.nx - 1, Math.floor((to + reach - grid.x0) / cell));
    for (let ix = left; ix <= right; ix++) {
      const n = raster[grid.first + iy * grid.nx + ix]!;
      if (n >= 0) visit(n);
    }
  }
}

/**
 * Joins the nodes on both sides of each gate: portals join cells of two sheets, openings note the edges that cross them.
 * Returns the gates with their edges; a gate without edges in either direction leads nowhere.
 */
export function joinGates(layout: Layout, raster: Raster): WorldGate[] {
  return layout.gates.map((gate) => {
    if (gate.kind === "portal") {
      joinSheets(raster, gate.line, gate.sheetA, gate.sheetB);
      joinSheets(raster, gate.line, gate.sheetB, gate.sheetA);
    }
    const sheets = gate.kind === "portal" ? [gate.sheetA, gate.sheetB] : [gate.sheetA];
    const [[ax, ay], [bx, by]] = gate.line;
    if (gate.exit)
      eachNodeNear(ax, ay, bx, by, NEAR_WALL, raster.sheets[gate.sheetA]!, raster.cell, raster.raster, (n) => {
        raster.nearWall[n] = 1;
      });
    return {
      id: gate.id,
      line: gate.line,
      sheetA: gate.sheetA,
      sheetB: gate.sheetB,
      portal: gate.kind === "portal",
      exit: gate.exit,
      direction: gate.direction,
      open: gate.state === "open",
      stepped: sheets.some((s) => isStepped(raster.sheets[s]!)),
      width:
        layout.openings.find((o) => o.id === gate.opening)?.width ?? Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay)),
      ...edgesAcross(raster, gate.line, gate.exit ? [] : sheets),
    };
  });
}

/** Wheels cannot go where steps are, whether they move or not. */
const isStepped = ({ kind }: SheetGrid): boolean => kind === "stairs" || kind === "escalator";

/** Joins each cell of one sheet to the cell of the other that lies beyond the portal. */
function joinSheets(raster: Raster, [[ax, ay], [bx, by]]: Segment, from: number, to: number): void {
  const { sheets, cell, nodeX, nodeY, graph } = raster;
  eachNodeNear(ax, ay, bx, by, cell, sheets[from]!, cell, raster.raster, (n) => {
    for (let k = 0; k < 4; k++) {
      const toX = nodeX[n]! + (k === 0 ? cell : k === 2 ? -cell : 0);
      const toY = nodeY[n]! + (k === 1 ? cell : k === 3 ? -cell : 0);
      const m = nodeIn(sheets[to]!, raster, toX, toY);
      if (m >= 0 && crosses(nodeX[n]!, nodeY[n]!, toX, toY, ax, ay, bx, by)) graph.neighbours[4 * n + k] = m;
    }
  });
}

/** Edges of the graph that cross a line, from its left to its right and the other way. */
export function edgesAcross(
  raster: Raster,
  [[ax, ay], [bx, by]]: Segment,
  sheets: readonly number[],
): Pick<WorldGate, "forwardEdges" | "backwardEdges"> {
  const { cell, nodeX, nodeY, graph } = raster;
  const forward: number[] = [];
  const backward: number[] = [];
  for (const s of sheets)
    eachNodeNear(ax, ay, bx, by, cell, raster.sheets[s]!, cell, raster.raster, (n) => {
      const x = nodeX[n]!;
      const y = nodeY[n]!;
      for (let slot = 4 * n; slot < 4 * n + 4; slot++) {
        const m = graph.neighbours[slot]!;
        if (m < 0 || !crosses(x, y, nodeX[m]!, nodeY[m]!, ax, ay, bx, by)) continue;
        (side(ax, ay, bx, by, x, y) >= 0 ? forward : backward).push(slot);
      }
    });
  return { forwardEdges: shared(Int32Array, forward), backwardEdges: shared(Int32Array, backward) };
}

function nodeIn(grid: SheetGrid, raster: Raster, x: number, y: number): number {
  const ix = Math.floor((x - grid.x0) / raster.cell);
  const iy = Math.floor((y - grid.y0) / raster.cell);
  if (ix < 0 || iy < 0 || ix >= grid.nx || iy >= grid.ny) return -1;
  return raster.raster[grid.first + iy * grid.nx + ix]!;
}
