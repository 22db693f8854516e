/** Lists by bin: the walls and gates a person in it may touch or that may hide a neighbour, and the bins seen across portals. */
import { distance2, side } from "../geometry/plane.js";
import type { Layout } from "../layout/layout.js";
import type { Raster } from "./raster.js";
import { shared } from "./shared.js";
import { BIN, type Seams, type SheetGrid, type WallLists, type WorldGate } from "./world.js";

/** Walls up to this far from a bin stand in its list, m: a person's reach in one step and what may stand before a near neighbour. */
const REACH = 1.2;
/** People see across a portal, and walls beyond it count, up to this far from its line, m. */
const PORTAL_REACH = 3;

export function buildWallLists(layout: Layout, raster: Raster, gates: readonly WorldGate[]): WallLists {
  const perBin: number[][] = Array.from({ length: raster.binCount }, () => []);
  const walls: number[] = [];
  const add = (entry: number, grid: SheetGrid, ax: number, ay: number, bx: number, by: number): void => {
    for (const bin of binsNear(grid, ax, ay, bx, by, REACH)) perBin[bin]!.push(entry);
  };
  layout.sheets.forEach((sheet, s) => {
    for (let w = 0; w + 3 < sheet.walls.length; w += 4) {
      const [ax, ay, bx, by] = [sheet.walls[w]!, sheet.walls[w + 1]!, sheet.walls[w + 2]!, sheet.walls[w + 3]!];
      const index = walls.length / 4;
      walls.push(ax, ay, bx, by);
      add(index, raster.sheets[s]!, ax, ay, bx, by);
      for (const gate of gates) {
        if (!gate.portal || (gate.sheetA !== s && gate.sheetB !== s)) continue;
        const other = raster.sheets[gate.sheetA === s ? gate.sheetB : gate.sheetA]!;
        const part = partNear(gate, ax, ay, bx, by);
        if (!part || !beyondPortal(gate, isLeftOf(gate, s, raster), part)) continue;
        const beyond = walls.length / 4;
        walls.push(...part);
        add(beyond, other, part[0], part[1], part[2], part[3]);
      }
    }
  });
  gates.forEach((gate, g) => {
    const [[ax, ay], [bx, by]] = gate.line;
    for (const s of new Set([gate.sheetA, gate.sheetB])) add(-1 - g, raster.sheets[s]!, ax, ay, bx, by);
  });
  const { start, flat } = pack(perBin);
  return { walls: shared(Float32Array, walls), start, list: flat };
}

/** The part of a wall within PORTAL_REACH of a portal's middle, which is all that people on the other sheet can meet. */
function partNear(gate: WorldGate, ax: number, ay: number, bx: number, by: number): [number, number, number, number] | null {
  const [[px, py], [qx, qy]] = gate.line;
  const mx = (px + qx) / 2;
  const my = (py + qy) / 2;
  const reach = PORTAL_REACH + gate.width / 2;
  const dx = bx - ax;
  const dy = by - ay;
  const a = dx * dx + dy * dy;
  if (a === 0) return null;
  const b = (ax - mx) * dx + (ay - my) * dy;
  const c = (ax - mx) * (ax - mx) + (ay - my) * (ay - my) - reach * reach;
  const root = b * b - a * c;
  if (root <= 0) return null;
  const from = Math.max(0, (-b - Math.sqrt(root)) / a);
  const to = Math.min(1, (-b + Math.sqrt(root)) / a);
  return from < to ? [ax + from * dx, ay + from * dy, ax + to * dx, ay + to * dy] : null;
}

/** Whether sheet s lies left of the portal's line. */
function isLeftOf(gate: WorldGate, s: number, raster: Raster): boolean {
  return gate.forwardEdges.some((slot) => raster.nodeSheet[slot >> 2] === s);
}

/**
 * Whether a wall of the sheet beyond a portal stands on that sheet's own side of the line. The far end of a short flight is a wall of the
 * floor around it, but not one for people on the flight.
 */
function beyondPortal(gate: WorldGate, left: boolean, [ax, ay, bx, by]: readonly [number, number, number, number]): boolean {
  const [[px, py], [qx, qy]] = gate.line;
  const depth = (x: number, y: number): number => ((left ? 1 : -1) * side(px, py, qx, qy, x, y)) / gate.width;
  return Math.max(depth(ax, ay), depth(bx, by)) > 0.01 || Math.min(depth(ax, ay), depth(bx, by)) > -0.01;
}

export function binsNear(grid: SheetGrid, ax: number, ay: number, bx: number, by: number, reach: number): number[] {
  const bins: number[] = [];
  const column = (x: number): number => Math.min(grid.bnx - 1, Math.max(0, Math.floor((x - grid.bx0) / BIN)));
  const row = (y: number): number => Math.min(grid.bny - 1, Math.max(0, Math.floor((y - grid.by0) / BIN)));
  const limit = reach + BIN * Math.SQRT1_2;
  for (let iy = row(Math.min(ay, by) - reach); iy <= row(Math.max(ay, by) + reach); iy++)
    for (let ix = column(Math.min(ax, bx) - reach); ix <= column(Math.max(ax, bx) + reach); ix++) {
      const x = grid.bx0 + (ix + 0.5) * BIN;
      const y = grid.by0 + (iy + 0.5) * BIN;
      if (distance2(x, y, ax, ay, bx, by) <= limit * limit) bins.push(grid.firstBin + iy * grid.bnx + ix);
    }
  return bins;
}

export function buildSeams(raster: Raster, gates: readonly WorldGate[]): Seams {
  const perBin: number[][] = Array.from({ length: raster.binCount }, () => []);
  for (const gate of gates) {
    if (!gate.portal) continue;
    const [[ax, ay], [bx, by]] = gate.line;
    for (const [from, to] of [
      [gate.sheetA, gate.sheetB],
      [gate.sheetB, gate.sheetA],
    ] as const) {
      const others = binsNear(raster.sheets[to]!, ax, ay, bx, by, PORTAL_REACH);
      for (const bin of binsNear(raster.sheets[from]!, ax, ay, bx, by, PORTAL_REACH))
        for (const other of others) if (!perBin[bin]!.includes(other)) perBin[bin]!.push(other);
    }
  }
  for (const bins of perBin) bins.sort((a, b) => a - b);
  const { start, flat } = pack(perBin);
  return { start, bins: flat };
}

function pack(lists: readonly number[][]): { start: Int32Array; flat: Int32Array } {
  const start = shared(Int32Array, lists.length + 1);
  lists.forEach((list, k) => {
    start[k + 1] = start[k]! + list.length;
  });
  const flat = shared(Int32Array, start[lists.length]!);
  lists.forEach((list, k) => {
    flat.set(list, start[k]!);
  });
  return { start, flat };
}
