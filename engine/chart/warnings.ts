/** All warnings on one time axis: level by word, letter, thickness and colour, spread of the onset as a whisker. */
import { LEVELS, type Scenario } from "../scenario/scenario.js";
import type { EnsembleWarning } from "../warn/warnings.js";
import { clock, exactClock, exactly, valueText } from "../warn/words.js";
import { axisOf, type ChartInput, endOf, runsText } from "./input.js";
import { textWidth } from "./letters.js";
import { placeNames } from "./place-names.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { INK, LEVEL_STYLE, WIDTH } from "./style.js";
import { shorten } from "./text.js";

const ROW = 46;
const MOST = 24;
/** Thickness of the bar says the level too, px. */
const THICK = { blue: 6, yellow: 9, orange: 12, red: 15 } as const;

/** Red first, then by probability, then by onset, then by name. */
export function bySeverity(a: EnsembleWarning, b: EnsembleWarning): number {
  return (
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    b.probability - a.probability ||
    a.start_s - b.start_s ||
    (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)
  );
}

/** What is wrong, by scheme: "density", "queue" … as words. */
export const schemeText = (w: Pick<EnsembleWarning, "scheme">): string =>
  ({
    density: "density",
    "level-of-service": "level of service",
    "share-of-capacity": "share of capacity",
    flow: "flow",
    queue: "queue",
    pressure: "crowd pressure",
    tenability: "smoke and heat",
  })[w.scheme];

/** Chart "warnings". */
export function warningsChart(input: ChartInput): Chart {
  const title = "Warnings over time";
  const { report, scenario } = input;
  if (report.warnings.length === 0) {
    const rules = scenario.warnings.length;
    const ran =
      report.runs.length === 0
        ? "No run came to its end, so nothing can be said."
        : `No warnings in ${report.runs.length === 1 ? "this run" : `any of ${report.runs.length} runs`}.`;
    return messageChart(
      "warnings",
      title,
      ran,
      rules === 0
        ? "The scenario has no warning rules."
        : `${rules} ${rules === 1 ? "rule was" : "rules were"} watched all the time.`,
    );
  }
  const sorted = [...report.warnings].sort(bySeverity);
  const shown = sorted.slice(0, MOST);
  const axis = axisOf(input);
  const width = WIDTH - 20;
  const y = (px: number): View => ({ value: px });
  const layers: View[] = shown.flatMap((w, i) => rowLayers(w, i * ROW, { input, axis, y }));
  return chart({
    name: "warnings",
    title,
    subtitle: [
      `${runsText(input)}. ${report.runs.length > 1 ? "Bar: median start to median end; thin line: 5th to 95th percentile of the start over the runs; the" : "The"} thicker, the higher the level.`,
    ],
    description: shown.map((w) => `${LEVEL_STYLE[w.level].word}: ${headline(w, input)}`).join(". "),
    rows: [{ width, height: shown.length * ROW + 6, layer: layers }],
    notes: [
      sorted.length > shown.length ? `${sorted.length - shown.length} more warnings of lower level are in the report.` : "",
    ],
  });
}

/** "19:02–19:21", "from 19:02 to the end", "+94 s to +104 s". */
export function spanText({ start_s, end_s, untenable }: EnsembleWarning, scenario: Pick<Scenario, "start">): string {
  const show = untenable ? exactClock : clock;
  const from = show(scenario, start_s);
  if (end_s === null) return `from ${from} to the end`;
  return `${from}${scenario.start === null ? " to " : "–"}${show(scenario, end_s)}`;
}

/** "5.6 persons/m² (P95 5.9)"; the bracket only where the runs differ, without the words that both values share. */
export function peakText(w: EnsembleWarning): string {
  const median = valueText(w.peak.median, w.scheme, w.unit);
  const words = valueText(w.peak.p95, w.scheme, w.unit).split(" ");
  for (const word of median.split(" ").reverse()) if (words.at(-1) === word) words.pop();
  return words.length === 0 || w.peak.p95 <= w.peak.median ? median : `${median} (P95 ${words.join(" ")})`;
}

/** "peak 5.6 persons/m²"; of smoke and heat "untenable in 95 s, 45 s short, 23 people inside". */
export function worstText(w: EnsembleWarning): string {
  if (!w.untenable) return `peak ${peakText(w)}`;
  const { lead_s, people, never_left } = w.untenable;
  const inside = `${Math.round(people)} ${Math.round(people) === 1 ? "person" : "people"} inside`;
  const late = never_left > 0 ? `${inside}, ${Math.round(never_left)} never leave` : `${peakText(w)}, ${inside}`;
  return `untenable in ${exactly(lead_s)}, ${late}`;
}

/** "front-of-stage – density, peak 5.6 persons/m² (P95 5.9), 19:02–19:21, in 4 of 4 runs". */
function headline(w: EnsembleWarning, { scenario, layout }: Pick<ChartInput, "scenario" | "layout">): string {
  return `${shorten(placeNames(layout)(w.place), 36)} – ${schemeText(w)}, ${worstText(w)}, ${spanText(w, scenario)}${w.runs === 1 ? "" : `, in ${w.runs_at_level} of ${w.runs} runs`}`;
}

function rowLayers(
  w: EnsembleWarning,
  top: number,
  tools: { input: ChartInput; axis: ReturnType<typeof axisOf>; y: (px: number) => View },
): View[] {
  const { input, axis, y } = tools;
  const style = LEVEL_STYLE[w.level];
  const end = w.end_s ?? endOf(input);
  const bar = top + 33;
  const x = axis.x("a", { axis: { ...(axis.x("a").axis as View), grid: true, orient: "bottom" } });
  const values = [{ a: axis.at(w.start_s), b: axis.at(Math.max(end, w.start_s)) }];
  const half = THICK[w.level] / 2;
  const badge = textWidth(style.word, 10, true) + 12;
  const text = (at: number, value: string, look: View): View => ({
    data: { values: [{ text: value }] },
    mark: { type: "text", baseline: "middle", fontSize: 11, ...look },
    encoding: { x: { value: at }, y: y(top + 13), text: { field: "text", type: "nominal" } },
  });
  const layers: View[] = [
    {
      data: { values },
      mark: { type: "rect", aria: false, fill: style.fill, stroke: INK, strokeWidth: 0.7, clip: true },
      encoding: { x, x2: { field: "b" }, y: y(bar - half), y2: y(bar + half) },
    },
    {
      data: { values: [{}] },
      mark: { type: "rect", aria: false, fill: style.fill, stroke: INK, strokeWidth: 0.7, cornerRadius: 3 },
      encoding: { x: { value: 3 }, x2: { value: 3 + badge }, y: y(top + 5), y2: y(top + 21) },
    },
    text(3 + badge / 2, style.word, { align: "center", fontSize: 10, fontWeight: "bold", fill: style.text }),
    text(badge + 10, headline(w, input), { align: "left" }),
  ];
  if (w.end_s === null)
    layers.push({
      data: { values },
      mark: {
        type: "text",
        aria: false,
        align: "right",
        baseline: "middle",
        fontSize: 10,
        dx: -3,
        fontWeight: "bold",
        text: "►",
        fill: style.text,
      },
      encoding: { x: axis.x("b"), y: y(bar) },
    });
  if (w.onset_s.p95 > w.onset_s.p5) layers.push(...whisker(w, bar, { axis, y }));
  return layers;
}

function whisker(
  w: EnsembleWarning,
  bar: number,
  { axis, y }: { axis: ReturnType<typeof axisOf>; y: (px: number) => View },
): View[] {
  const values = [{ a: axis.at(w.onset_s.p5), b: axis.at(w.onset_s.p95) }];
  const rule = (encoding: View): View => ({
    data: { values },
    mark: { type: "rule", aria: false, stroke: INK, strokeWidth: 1.2, clip: true },
    encoding,
  });
  const end = (field: string): View => rule({ x: axis.x(field), y: y(bar - 4), y2: y(bar + 4) });
  return [rule({ x: axis.x("a"), x2: { field: "b" }, y: y(bar) }), end("a"), end("b")];
}
