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
  layout.sheets.filter((s) => s.kind === "floor" && s.level === level.id);

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
 * The number of columns is the one with the largest scale that fits `WIDTH` × 1,120 px.
 */
export function planPanels(layout: Layout, shown: (level: Level) => boolean): { rows: Panel[][]; left_out: Level[] } {
  const all = layout.levels
    .map((level) => ({ level, floors: floorsOf(layout, level), flights: flightsOf(layout, level) }))
    .map((p) => ({ ...p, floor: boxOf([...p.floors, ...p.flights].flatMap((s) => s.regions)) }))
    .filter((p): p is typeof p & { floor: Box } => p.floor !== null)
    .sort((a, b) => b.level.ordinal - a.level.ordinal);
  const chosen = all.some((p) => shown(p.level)) ? all.filter((p) => shown(p.level)) : all;
  const left_out = all.filter((p) => !chosen.includes(p)).map((p) => p.level);
  let best = { scale: 0, columns: 1 };
  for (let columns = 1; columns <= Math.min(3, chosen.length); columns++) {
    const scale = scaleFor(
      chosen.map((p) => p.floor),
      columns,
    );
    if (scale > best.scale * 1.05) best = { scale, columns };
  }
  const panels = chosen.map((p) => ({ level: p.level, floors: p.floors, flights: p.flights, ...frame(p.floor, best.scale) }));
  const rows: Panel[][] = [];
  for (let i = 0; i < panels.length; i += best.columns) rows.push(panels.slice(i, i + best.columns));
  return { rows, left_out };
}

function scaleFor(boxes: readonly Box[], columns: number): number {
  const width = (b: Box): number => Math.max(b.x1 - b.x0, 0.5);
  const height = (b: Box): number => Math.max(b.y1 - b.y0, 0.5);
  let widest = 0;
  let tall = 0;
  let rows = 0;
  for (let i = 0; i < boxes.length; i += columns) {
    const row = boxes.slice(i, i + columns);
    widest = Math.max(widest, row.reduce((sum, b) => sum + width(b), 0) / (WIDTH - (columns - 1) * GAP - columns * 2 * MARGIN));
    tall += Math.max(...row.map(height));
    rows++;
  }
  const free = MAX_HEIGHT - rows * (2 * MARGIN + STRIP + TITLE + GAP);
  return Math.min(1 / widest, free / tall, ...boxes.map((b) => (MAX_PANEL_HEIGHT - 2 * MARGIN - STRIP) / height(b)));
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
