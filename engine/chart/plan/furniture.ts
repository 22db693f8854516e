/** What makes a picture a plan: scale bar, north arrow, key to the lines. Drawn in the strip below the floor. */
import type { Layout } from "../../layout/layout.js";
import type { View } from "../spec.js";
import { EXIT_LINE, INK, OPENING_LINE, SHUT_LINE, WALL } from "../style.js";
import { type Panel, STRIP } from "./panel.js";
import { textLayers, xy } from "./shapes.js";

const LENGTHS_M = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Longest round length below 110 px, m. */
export const barLength = (scale: number): number => LENGTHS_M.filter((m) => m * scale <= 110).at(-1) ?? 0.5;

/** Scale bar at the left, key in the middle, north arrow at the right. Plans in plain metres say "y", since their north is unknown. */
export function furniture(panel: Panel, layout: Layout): View[] {
  const px = 1 / panel.scale;
  const y = panel.box.y0 + (STRIP / 2 - 5) * px;
  const x = panel.box.x0 + 12 * px;
  const length = barLength(panel.scale);
  const rule = (rows: { x: number; y: number; x2: number; y2: number }[], color: string, width: number): View => ({
    data: { values: rows },
    mark: { type: "rule", aria: false, stroke: color, strokeWidth: width, strokeCap: "butt" },
    encoding: { ...xy(panel), x2: { field: "x2" }, y2: { field: "y2" } },
  });
  const tick = (at: number) => ({ x: at, x2: at, y: y - 4 * px, y2: y + 4 * px });
  const layers: View[] = [
    rule([{ x, x2: x + length, y, y2: y }, tick(x), tick(x + length)], INK, 1.5),
    ...textLayers(panel, [{ x: x + length / 2, y: y + 11 * px, text: `${length} m` }], { size: 11 }),
  ];
  const north = panel.box.x1 - 16 * px;
  layers.push(
    rule([{ x: north, x2: north, y: y - 9 * px, y2: y + 8 * px }], INK, 1.8),
    {
      data: { values: [{ x: north, y: y + 9 * px }] },
      mark: { type: "point", aria: false, shape: "triangle-up", filled: true, fill: INK, size: 60, opacity: 1 },
      encoding: xy(panel),
    },
    ...textLayers(panel, [{ x: north - 14 * px, y, text: layout.frame.kind === "lonlat" ? "N" : "y" }], { size: 13, bold: true }),
  );
  if (panel.width > 370) layers.push(...key(panel, layout, { x: x + length + 20 * px, y }, rule));
  return layers;
}

type Rule = (rows: { x: number; y: number; x2: number; y2: number }[], color: string, width: number) => View;

/** Names only the kinds of lines that are on this panel. */
function key(panel: Panel, layout: Layout, at: { x: number; y: number }, rule: Rule): View[] {
  const px = 1 / panel.scale;
  const { y } = at;
  const openings = layout.openings.filter((o) => o.level === panel.level.id);
  const entries: [string, string, number][] = [["wall", WALL, 1.4]];
  if (openings.some((o) => o.exit && o.state === "open")) entries.push(["exit", EXIT_LINE, 4]);
  if (openings.some((o) => o.state === "closed")) entries.push(["closed at first", SHUT_LINE, 4]);
  if (panel.flights.length > 0 || openings.some((o) => !o.exit && o.state === "open"))
    entries.push([panel.width > 500 && panel.flights.length > 0 ? "opening, end of stairs" : "opening", OPENING_LINE, 3]);
  let x = at.x;
  return entries.flatMap(([text, color, width]) => {
    const layers = [
      rule([{ x, x2: x + 20 * px, y, y2: y }], color, width),
      ...textLayers(panel, [{ x: x + 25 * px, y, text }], { size: 11, align: "left" }),
    ];
    x += (44 + text.length * 7) * px;
    return layers;
  });
}
