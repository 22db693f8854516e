/** Small multiples: one narrow chart per place with the same time axis, bands of warning levels behind the line. */
import type { Series } from "../measure/measures.js";
import { LEVELS, type WarningLevel } from "../scenario/scenario.js";
import type { TimeAxis } from "./clock.js";
import { textWidth } from "./letters.js";
import type { View } from "./spec.js";
import { INK, LEVEL_STYLE, LINE, LINE_2 } from "./style.js";
import { shorten } from "./text.js";

export interface Limit {
  level: WarningLevel;
  /** In the unit of the y axis. */
  from: number;
  /** Said at the band, e.g. "≥ 4 /m²". */
  text: string;
}

interface Curve {
  /** Entry i covers [i * bin_s, (i + 1) * bin_s). */
  bin_s: number;
  values: readonly number[];
  look: "area" | "bars" | "dashed";
}

export interface Multiple {
  title: string;
  detail: string;
  yTitle: string;
  curves: readonly Curve[];
  limits: readonly Limit[];
  /** A dashed line across, e.g. a capacity. */
  line: { at: number; text: string } | null;
}

/** Columns and size of each panel: one wide column up to three places, two beyond. */
export const gridFor = (count: number): { columns: 1 | 2; width: number; height: number } =>
  count <= 3 ? { columns: 1, width: 780, height: 128 } : { columns: 2, width: 350, height: 108 };

/** Arranges views in rows of `columns`. */
export function inRows(views: readonly View[], columns: number): View[][] {
  const rows: View[][] = [];
  for (let i = 0; i < views.length; i += columns) rows.push(views.slice(i, i + columns));
  return rows;
}

/** Joins bins until at most `most` are left; means stay means (a shorter last bin counts with its own length), maxima stay maxima. */
export function coarser(series: Series, most: number): Series {
  const join = Math.ceil(series.mean.length / most);
  if (join <= 1) return series;
  const mean: number[] = [];
  const max: number[] = [];
  for (let i = 0; i < series.mean.length; i += join) {
    const part = series.mean.slice(i, i + join);
    mean.push(part.reduce((a, b) => a + b, 0) / part.length);
    max.push(Math.max(...series.max.slice(i, i + join)));
  }
  return { bin_s: series.bin_s * join, mean, max };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** One panel. The y axis begins at 0 and ends above the largest value, or at the next limit where that is near. */
export function multipleView(m: Multiple, axis: TimeAxis, size: { width: number; height: number }): View {
  const largest = Math.max(...m.curves.flatMap((c) => c.values), m.line !== null ? 0 : 1, 1);
  const next = m.limits.map((l) => l.from).find((from) => from > largest);
  const near = m.line !== null && m.line.at <= largest * 1.8 ? m.line.at : (next ?? Infinity);
  const top = round(near > largest && near <= largest * 1.5 ? near * 1.12 : largest * 1.15);
  const y: View = {
    type: "quantitative",
    scale: { domain: [0, top], nice: false },
    axis: { title: m.yTitle, values: ticks(top), format: top < 4 ? ",~r" : ",.0f", minExtent: 48 },
  };
  const rows = m.limits.filter((l) => l.from < top).map((l, i, list) => ({ ...l, to: Math.min(list[i + 1]?.from ?? top, top) }));
  const px = (value: number): number => (value / top) * size.height;
  const side: Side = { side: freeSide(m.curves), width: size.width };
  const layers: View[] = [
    ...(rows.length > 0 ? [bandLayer(rows, y, size.width)] : []),
    ...m.curves.map((curve) => curveLayer(curve, axis, y)),
    ...(m.line !== null && m.line.at <= top ? lineLayers(m.line, y, side) : []),
    ...bandLabels(
      rows.filter((l) => px(l.to - l.from) >= 13),
      y,
      side,
    ),
  ];
  const room = size.width / 6.6;
  return {
    ...size,
    title: {
      text: shorten(m.title, Math.floor(room * 0.8)),
      subtitle: shortenDetail(m.detail, size.width + 60),
      anchor: "start",
      fontSize: 12,
      subtitleFontSize: 11,
      offset: 6,
      subtitlePadding: 3,
    },
    layer: layers,
  };
}

/** About four round values from 0, none so near the top that its label would push the title up; whole people from a top of 4. */
function ticks(top: number): number[] {
  const rough = top / 4.5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough) ?? rough;
  const values: number[] = [];
  for (let k = 0; k * step <= top * 0.94; k++) values.push(round(k * step));
  return values;
}

/** Leaves out the last parts of a detail line that is wider than the panel. */
function shortenDetail(text: string, width: number): string {
  const parts = text.split(" · ");
  while (parts.length > 1 && textWidth(parts.join(" · "), 11) > width) parts.pop();
  return parts.join(" · ");
}

interface Side {
  side: "left" | "right";
  width: number;
}

/** The side where the curves are lower, so that labels of bands lie on free ground. */
function freeSide(curves: readonly Curve[]): "left" | "right" {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const third = (values: readonly number[]): number => Math.ceil(values.length / 3);
  const left = sum(curves.map((c) => sum(c.values.slice(0, third(c.values)))));
  const right = sum(curves.map((c) => sum(c.values.slice(-third(c.values)))));
  return left < right ? "left" : "right";
}

const paleScale: View = { domain: [...LEVELS], range: LEVELS.map((l) => LEVEL_STYLE[l].pale) };

const bandLayer = (rows: readonly { level: WarningLevel; from: number; to: number }[], y: View, width: number): View => ({
  data: { values: rows.map((r) => ({ level: r.level, from: round(r.from), to: round(r.to) })) },
  mark: { type: "rect", aria: false },
  encoding: {
    x: { value: 0 },
    x2: { value: width },
    y: { field: "from", ...y },
    y2: { field: "to" },
    fill: { field: "level", type: "nominal", scale: paleScale, legend: null },
  },
});

const bandLabels = (
  rows: readonly { level: WarningLevel; from: number; to: number; text: string }[],
  y: View,
  at: Side,
): View[] =>
  rows.length === 0
    ? []
    : [
        {
          data: { values: rows.map((r) => ({ at: round(r.from), text: `${LEVEL_STYLE[r.level].word} ${r.text}` })) },
          mark: {
            type: "text",
            align: at.side,
            baseline: "bottom",
            fontSize: 10,
            fontWeight: "bold",
            dy: -1,
            dx: at.side === "left" ? 4 : -4,
            fill: "#3a3000",
          },
          encoding: {
            x: { value: at.side === "left" ? 0 : at.width },
            y: { field: "at", ...y },
            text: { field: "text", type: "nominal" },
          },
        },
      ];

function curveLayer(curve: Curve, axis: TimeAxis, y: View): View {
  const values = curve.values.map((value, i) => ({
    t: axis.at(curve.look === "area" ? (i + 0.5) * curve.bin_s : i * curve.bin_s),
    v: round(value),
  }));
  // A step needs its last bin closed, or it would look as if nobody came in it.
  if (curve.look !== "area" && values.length > 0)
    values.push({ t: axis.at(curve.values.length * curve.bin_s), v: values.at(-1)!.v });
  const mark: View =
    curve.look === "dashed"
      ? { type: "line", interpolate: "step-after", stroke: LINE_2, strokeWidth: 1.6, strokeDash: [5, 3], clip: true }
      : {
          type: "area",
          interpolate: curve.look === "bars" ? "step-after" : "linear",
          fill: LINE,
          fillOpacity: 0.22,
          line: { stroke: LINE, strokeWidth: 1.8 },
          clip: true,
        };
  return { data: { values }, mark: { aria: false, ...mark }, encoding: { x: axis.x("t"), y: { field: "v", ...y } } };
}

const lineLayers = (line: { at: number; text: string }, y: View, at: Side): View[] => [
  {
    data: { values: [{ at: round(line.at) }] },
    mark: { type: "rule", aria: false, stroke: INK, strokeWidth: 1.3, strokeDash: [7, 3] },
    encoding: { y: { field: "at", ...y } },
  },
  ...[{ stroke: "white", strokeWidth: 3, strokeJoin: "round", opacity: 0.8, aria: false }, { fill: INK }].map(
    (look): View => ({
      data: { values: [{ at: round(line.at), text: line.text }] },
      mark: { type: "text", align: at.side, baseline: "bottom", dx: at.side === "left" ? 4 : -4, dy: -2, fontSize: 10, ...look },
      encoding: {
        x: { value: at.side === "left" ? 0 : at.width },
        y: { field: "at", ...y },
        text: { field: "text", type: "nominal" },
      },
    }),
  ),
];

/** "3 more in the tables of the report." or nothing. */
export const moreNote = (count: number, what: string): string =>
  count > 0 ? `${count} more ${what} in the tables of the report.` : "";
