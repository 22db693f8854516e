/** One panel of a chart of fire: curves of a place over time with the band of the model's uncertainty, limits across, and the end of tenable time. */
import type { TimeAxis } from "../clock.js";
import { textWidth } from "../letters.js";
import type { View } from "../spec.js";
import { INK, LINE, LINE_2, MUTED } from "../style.js";
import { shorten } from "../text.js";

/** Apart by colour, by lightness and by dashes: blue and orange-brown (after Okabe and Ito), black, grey. */
const LOOKS = {
  main: { stroke: LINE_2, strokeWidth: 2.2 },
  second: { stroke: LINE, strokeWidth: 2, strokeDash: [6, 3] },
  third: { stroke: INK, strokeWidth: 1.6, strokeDash: [2, 3] },
  fourth: { stroke: "#8a6fb0", strokeWidth: 2, strokeDash: [9, 3, 2, 3] },
} as const;
export type Look = keyof typeof LOOKS;
const BANDS: Readonly<Record<Look, string>> = { main: "#f0cfae", second: "#a9c9de", third: "#cfd6d4", fourth: "#d9cfe8" };

export interface FireCurve {
  readonly look: Look;
  /** Entry i covers [i bin_s, (i + 1) bin_s); NaN: no value. */
  readonly values: readonly number[];
  /** Within which a measurement is expected in 90 of 100 cases. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

export interface FirePanel {
  readonly title: string;
  readonly detail: string;
  readonly yTitle: string;
  readonly bin_s: number;
  readonly curves: readonly FireCurve[];
  /** Limits across, with words. */
  readonly limits: readonly { readonly at: number; readonly text: string }[];
  /** When the place became untenable, s. */
  readonly untenable_s: number | null;
  /** Top of the y axis; by the values where it is not given. */
  readonly top?: number;
}

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

const round = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null);

export function panelView(panel: FirePanel, axis: TimeAxis, size: PanelSize): View {
  const top = panel.top ?? topOf(panel);
  const y: View = {
    type: "quantitative",
    scale: { domain: [0, top], nice: false },
    axis: { title: panel.yTitle, values: ticks(top), format: top < 4 ? ",~r" : ",.0f", minExtent: 48 },
  };
  const at = (i: number): number => axis.at((i + 0.5) * panel.bin_s);
  const x = axis.x("t");
  const layers: View[] = [];
  for (const { look, band } of panel.curves)
    if (band)
      layers.push({
        data: {
          values: band.low.flatMap((low, i) =>
            Number.isFinite(low) ? [{ t: at(i), low: round(Math.min(low, top)), high: round(Math.min(band.high[i]!, top)) }] : [],
          ),
        },
        mark: { type: "area", aria: false, fill: BANDS[look], fillOpacity: 0.65, clip: true },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } },
      });
  if (panel.untenable_s !== null)
    layers.push({
      data: { values: [{ t: axis.at(panel.untenable_s) }] },
      mark: { type: "rule", aria: false, stroke: INK, strokeWidth: 1.4, strokeDash: [5, 4] },
      encoding: { x },
    });
  for (const { look, values } of panel.curves)
    layers.push({
      data: { values: values.map((value, i) => ({ t: at(i), v: round(value) })) },
      mark: { type: "line", aria: false, clip: true, ...LOOKS[look] },
      encoding: { x, y: { field: "v", ...y } },
    });
  for (const limit of panel.limits.filter((each) => each.at <= top)) layers.push(...limitLayers(limit, y, size.width, top));
  return {
    ...size,
    title: {
      text: shorten(panel.title, Math.floor(size.width / 8)),
      subtitle: shortenDetail(panel.detail, size.width + 60),
      anchor: "start",
      fontSize: 12,
      subtitleFontSize: 11,
      offset: 6,
      subtitlePadding: 3,
    },
    layer: layers,
  };
}

/** A little above the largest value and above a limit that is near. */
function topOf({ curves, limits }: FirePanel): number {
  let largest = 0;
  for (const { values, band } of curves) {
    for (const value of values) if (value > largest) largest = value;
    // A wide band may not squash the curve.
    if (band)
      for (const value of band.high)
        if (value > largest && value < 2 * Math.max(...values.filter(Number.isFinite))) largest = value;
  }
  for (const { at } of limits) if (at > largest && at < 1.6 * largest) largest = at;
  return largest > 0 ? largest * 1.12 : 1;
}

function ticks(top: number): number[] {
  const rough = top / 4.5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough) ?? rough;
  const values: number[] = [];
  for (let k = 0; k * step <= top * 0.96; k++) values.push(Math.round(k * step * 1e6) / 1e6);
  return values;
}

const limitLayers = (limit: { at: number; text: string }, y: View, width: number, top: number): View[] => [
  {
    data: { values: [{ at: limit.at }] },
    mark: { type: "rule", aria: false, stroke: MUTED, strokeWidth: 1.2 },
    encoding: { y: { field: "at", ...y } },
  },
  ...[{ stroke: "white", strokeWidth: 3, strokeJoin: "round", opacity: 0.85, aria: false }, { fill: INK }].map(
    (look): View => ({
      data: { values: [{ at: limit.at, text: limit.text }] },
      mark: {
        type: "text",
        align: "right",
        baseline: limit.at > 0.85 * top ? "top" : "bottom",
        dx: -4,
        dy: limit.at > 0.85 * top ? 3 : -2,
        fontSize: 10,
        ...look,
      },
      encoding: { x: { value: width }, y: { field: "at", ...y }, text: { field: "text", type: "nominal" } },
    }),
  ),
];

function shortenDetail(text: string, width: number): string {
  const parts = text.split(" · ");
  while (parts.length > 1 && textWidth(parts.join(" · "), 11) > width) parts.pop();
  return parts.join(" · ");
}

export type LegendEntry =
  | { readonly look: Look; readonly text: string }
  | { readonly band: Look; readonly text: string }
  | { readonly upright: true; readonly text: string };

const LINE_HEIGHT = 18;

/** Lines above the panels that say what the curves are. */
export function legendView(entries: readonly LegendEntry[], width: number): View {
  let x = 0;
  let y = 0;
  const layers = entries.flatMap((entry): View[] => {
    const wide = 34 + textWidth(entry.text, 12);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += LINE_HEIGHT;
    }
    const from = x;
    x += wide + 22;
    return [
      { data: { values: [{}] }, ...sampleOf(entry, from, y) },
      {
        data: { values: [{ text: entry.text }] },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, fill: INK },
        encoding: { x: { value: from + 34 }, y: { value: y + 8 }, text: { field: "text", type: "nominal" } },
      },
    ];
  });
  return { width, height: y + 16, view: { stroke: null }, layer: layers };
}

/** What stands before the words: a piece of the curve, of the band, or of the upright line. */
function sampleOf(entry: LegendEntry, x: number, y: number): View {
  const at = { x: { value: x }, x2: { value: x + 28 } };
  if ("look" in entry)
    return { mark: { type: "rule", aria: false, ...LOOKS[entry.look] }, encoding: { ...at, y: { value: y + 8 } } };
  if ("band" in entry)
    return {
      mark: { type: "rect", aria: false, fill: BANDS[entry.band] },
      encoding: { ...at, y: { value: y + 2 }, y2: { value: y + 14 } },
    };
  return {
    mark: { type: "rule", aria: false, stroke: INK, strokeWidth: 1.4, strokeDash: [5, 4] },
    encoding: { x: { value: x + 14 }, y: { value: y }, y2: { value: y + 16 } },
  };
}
