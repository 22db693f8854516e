/** Flow at exits, openings and lines, people per minute, with the capacity where one is known. */
import type { LineMeasure } from "../measure/measures.js";
import { axisOf, type ChartInput, endOf, runsText } from "./input.js";
import { gridFor, inRows, moreNote, multipleView } from "./multiples.js";
import { placeNames } from "./place-names.js";
import { type Chart, chart, messageChart } from "./spec.js";
import { AXIS_WIDTH } from "./style.js";
import { band, fixed, percent, whole } from "./text.js";

const MOST = 12;

/**
 * Capacity of an opening, people per minute, with its reason: the rate of the hand calculation times the width, or what is prescribed,
 * or its lanes times their rate; null where the scenario gives none.
 */
export function capacityOf(
  line: LineMeasure,
  { scenario, layout }: Pick<ChartInput, "scenario" | "layout">,
): { perMinute: number; text: string } | null {
  const hand = scenario.hand_calculation;
  const named = placeNames(layout);
  const here = (place: string): boolean => named(place) === named(line.place);
  const exit = hand?.exits.find((e) => here(e.opening));
  if (exit !== undefined && line.width_m !== null) {
    const perMinute = exit.rate_per_m_min * line.width_m;
    return {
      perMinute,
      text: `capacity ${whole(perMinute)}/min = ${fixed(line.width_m, 1)} m × ${whole(exit.rate_per_m_min)}/m/min`,
    };
  }
  if (line.prescribed) {
    const { specific_flow, effective_width_m, flow } = line.prescribed;
    return {
      perMinute: 60 * flow,
      text: `prescribed ${whole(60 * flow)}/min = ${fixed(specific_flow, 2)}/m/s × ${fixed(effective_width_m, 2)} m`,
    };
  }
  const entry = hand?.entry.find((e) => here(e.gate));
  if (entry === undefined) return null;
  return {
    perMinute: entry.lanes * entry.rate_per_min,
    text: `capacity ${whole(entry.lanes * entry.rate_per_min)}/min = ${entry.lanes} lanes × ${fixed(entry.rate_per_min, 1)}/min`,
  };
}

/** Crossings summed to bins of about `wanted_s` (a multiple of the given bin), as people per minute; the last bin may be shorter. */
export function perMinute(counts: readonly number[], bin_s: number, wanted_s: number): { bin_s: number; values: number[] } {
  const join = Math.max(1, Math.round(wanted_s / bin_s));
  const values: number[] = [];
  for (let i = 0; i < counts.length; i += join) {
    const part = counts.slice(i, i + join);
    values.push((part.reduce((a, b) => a + b, 0) / (part.length * bin_s)) * 60);
  }
  return { bin_s: join * bin_s, values };
}

/** Crossings are listed up to the last one; nobody came after it, up to the end of the run. */
const toEnd = (counts: readonly number[], bin_s: number, end_s: number): number[] => [
  ...counts,
  ...new Array<number>(Math.max(0, Math.ceil(end_s / bin_s) - counts.length)).fill(0),
];

/** Chart "flow": the busiest twelve lines, exits first. */
export function flowChart(input: ChartInput): Chart {
  const title = "Flow at exits and lines";
  const { report, scenario, layout } = input;
  const used = report.lines.filter((l) => l.median.total_forward + l.median.total_backward > 0);
  if (used.length === 0)
    return messageChart(
      "flow",
      title,
      report.lines.length === 0 ? "No line or exit is measured." : "Nobody crossed an exit or a measuring line.",
    );
  const total = (m: LineMeasure): number => m.total_forward + m.total_backward;
  const rank = { exit: 0, opening: 1, line: 2 } as const;
  const sorted = [...used].sort(
    (a, b) => rank[a.kind] - rank[b.kind] || total(b.median) - total(a.median) || (a.place < b.place ? -1 : 1),
  );
  const shown = sorted.slice(0, MOST);
  const grid = gridFor(shown.length);
  const axis = axisOf(input, grid.columns === 1 ? 12 : 6);
  const end = endOf(input);
  const wanted = end <= 600 ? 10 : Math.max(60, Math.ceil(end / 240 / 60) * 60);
  const named = placeNames(layout);
  const hand = scenario.hand_calculation;
  const views = shown.map((line) => {
    const m = line.median;
    const capacity = capacityOf(m, input);
    const peak = (line.peak_flow.p50 ?? m.peak_flow) * 60;
    const both = m.total_backward > 0;
    const forward = perMinute(toEnd(m.forward, m.bin_s, end), m.bin_s, wanted);
    const kind = { exit: "exit", opening: "opening", line: "line" }[line.kind];
    const parts = [
      `${kind}${m.width_m === null ? "" : `, ${fixed(m.width_m, 2)} m`}`,
      `${whole(line.total.p50 ?? m.total_forward)} people`,
      both ? `${whole(m.total_backward)} back (dashed)` : "",
      `most ${whole(peak)}/min${capacity === null ? "" : `, ${percent(peak / capacity.perMinute)} of capacity`}`,
    ];
    const curves = [
      { ...forward, look: "bars" as const },
      ...(both ? [{ ...perMinute(toEnd(m.backward, m.bin_s, end), m.bin_s, wanted), look: "dashed" as const }] : []),
    ];
    return multipleView(
      {
        title: named(line.place),
        detail: parts.filter((p) => p !== "").join(" · "),
        yTitle: "people/min",
        curves,
        limits: [],
        line: capacity === null ? null : { at: capacity.perMinute, text: capacity.text },
      },
      axis,
      grid,
    );
  });
  const unused = report.lines.length - used.length;
  return chart({
    name: "flow",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [
      `${runsText(input, true)}. People per minute, counted over ${wanted < 60 ? `${wanted} s` : `${wanted / 60} min`}; a dashed line across is the capacity by hand, or what is prescribed.`,
    ],
    description: `Flow in people per minute at ${shown.length} places. ${shown.map((l) => `${named(l.place)}: ${band(l.total, whole)} people`).join("; ")}.`,
    rows: inRows(views, grid.columns),
    notes: [
      hand === null ? "" : `Rates of the hand calculation: ${hand.guide}.`,
      moreNote(sorted.length - shown.length, "lines are"),
      unused > 0 ? `${unused} more ${unused === 1 ? "line was" : "lines were"} crossed by nobody.` : "",
    ],
  });
}
