/**
 * One panel of a plan per level: its floor, the flights that begin or end on it, the box that is drawn and its scale.
 * All panels of a chart share one scale, so distances compare by eye.
 */
import type { Layout, Level, Polygon, Sheet } from "../../layout/layout.js";
import { WIDTH } from "../style.js";

export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface Panel {
  level: Level;
  floors: readonly Sheet[];
  /** Sheets of stairs, ramps and escalators that touch this level. */
  flights: readonly Sheet[];
  /** Drawn part of the plan, m, margin and strip included. */
  box: Box;
  /** px per m */
  scale: number;
  width: number;
  height: number;
}

/** Margin around the floor and height of the strip with scale bar and north arrow, px. */
const MARGIN = 16;
export const STRIP = 34;
const GAP = 18;
const TITLE = 24;
const MAX_HEIGHT = 1120;
const MAX_PANEL_HEIGHT = 680;

const floorsOf = (layout: Layout, level: Level): Sheet[] =>
  layout.sheets.filter((s) => (s.kind === "floor" || s.kind === "lift") && s.level === level.id);

function flightsOf(layout: Layout, level: Level): Sheet[] {
  const ids = new Set(
    layout.connections.filter((c) => c.lower.level === level.id || c.upper.level === level.id).map((c) => c.id),
  );
  return layout.sheets.filter((s) => s.connection !== null && ids.has(s.connection));
}

/** Smallest box around polygons; null without any point. */
export function boxOf(polygons: readonly Polygon[]): Box | null {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const polygon of polygons)
    for (const [x, y] of polygon.outer) {
      box.x0 = Math.min(box.x0, x);
      box.y0 = Math.min(box.y0, y);
      box.x1 = Math.max(box.x1, x);
      box.y1 = Math.max(box.y1, y);
    }
  return box.x0 <= box.x1 ? box : null;
}

/**
 * Panels of the levels for which `shown` says yes (of all levels where it says yes to none), top level first, in rows.
 * The scale is the largest that fits `WIDTH` × 1,120 px; fewer rows are taken where they cost less than a quarter of it.
 */
export function planPanels(layout: Layout, shown: (level: Level) => boolean): { rows: Panel[][]; left_out: Level[] } {
  const all = layout.levels
    .map((level) => ({ level, floors: floorsOf(layout, level), flights: flightsOf(layout, level) }))
    .map((p) => ({ ...p, floor: boxOf([...p.floors, ...p.flights].flatMap((s) => s.regions)) }))
    .filter((p): p is typeof p & { floor: Box } => p.floor !== null)
    .sort((a, b) => b.level.ordinal - a.level.ordinal);
  const chosen = all.some((p) => shown(p.level)) ? all.filter((p) => shown(p.level)) : all;
  const left_out = all.filter((p) => !chosen.includes(p)).map((p) => p.level);
  const pack = bestPacking(chosen.map((p) => p.floor));
  const panels = chosen.map(({ level, floors, flights, floor }) => ({ level, floors, flights, ...frame(floor, pack.scale) }));
  return { rows: pack.rows.map((row) => row.map((i) => panels[i]!)), left_out };
}

interface Packing {
  scale: number;
  /** Indices of panels, row by row. */
  rows: number[][];
}

function bestPacking(boxes: readonly Box[]): Packing {
  const first = boxes[0];
  if (first === undefined) return { scale: 1, rows: [] };
  let best: Packing | null = null;
  let wanted = Math.max(...boxes.map((b) => (WIDTH - 2 * MARGIN) / Math.max(b.x1 - b.x0, 0.5)));
  // Steps of 2 % downwards; the first packing that fits has the largest scale.
  for (let tries = 0; tries < 600; tries++, wanted *= 0.98) {
    if (best !== null && wanted < best.scale * 0.75) break;
    const scale = Number(wanted.toPrecision(4));
    const rows = inShelves(boxes.map((b) => frame(b, scale)));
    if (rows !== null && (best === null || rows.length < best.rows.length)) best = { scale, rows };
  }
  return best ?? { scale: 0.01, rows: boxes.map((_, i) => [i]) };
}

/** Rows filled in order as long as they fit the width; null when a panel or all rows together are too large. */
function inShelves(sizes: readonly { width: number; height: number }[]): number[][] | null {
  const rows: number[][] = [];
  let used = Infinity;
  let tall = 0;
  let total = 0;
  for (const [i, { width, height }] of sizes.entries()) {
    if (width > WIDTH || height > MAX_PANEL_HEIGHT) return null;
    if (used + GAP + width > WIDTH) {
      rows.push([]);
      total += tall;
      used = -GAP;
      tall = 0;
    }
    rows.at(-1)!.push(i);
    used += GAP + width;
    tall = Math.max(tall, height + (sizes.length > 1 ? TITLE + GAP : 0));
  }
  return total + tall <= MAX_HEIGHT ? rows : null;
}

/** Panels are at least 210 px wide, so that scale bar and legend fit. */
function frame(floor: Box, scale: number): { box: Box; scale: number; width: number; height: number } {
  const wide = Math.max((floor.x1 - floor.x0) * scale + 2 * MARGIN, 210);
  const high = Math.max((floor.y1 - floor.y0) * scale, 1) + 2 * MARGIN + STRIP;
  const [width, height] = [Math.round(wide), Math.round(high)];
  const middle = (floor.x0 + floor.x1) / 2;
  const y0 = floor.y0 - (MARGIN + STRIP) / scale;
  return {
    box: { x0: middle - width / 2 / scale, x1: middle + width / 2 / scale, y0, y1: y0 + height / scale },
    scale,
    width,
    height,
  };
}
