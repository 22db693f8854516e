/** Chart "fire-exposed": how many took which dose, and how many are incapacitated over time. */

import { quantileSorted } from "simple-statistics";
import type { EnsembleFire } from "../../warn/fire/report.js";
import { type ChartInput, runsText } from "../input.js";
import { type Chart, chart, messageChart, type View } from "../spec.js";
import { AXIS_WIDTH, BAND, INK, LINE, LINE_2, WIDTH } from "../style.js";
import { band, fixed, whole } from "../text.js";
import { fireAxis, fireEnd } from "./axis.js";
import { uncertaintyNote } from "./places.js";

const KINDS = [
  ["asphyxiants", "gases", LINE],
  ["heat", "heat", LINE_2],
  ["irritants", "irritants", "#8a6fb0"],
] as const;

export function exposedChart(input: ChartInput, fire: EnsembleFire): Chart {
  const title = "People exposed and incapacitated";
  const any = fire.exposed.some(({ any: people }) => (people.p95 ?? 0) > 0);
  if (!any && fire.fallen.length === 0)
    return messageChart(
      "fire-exposed",
      title,
      "Nobody took a dose that counts.",
      fire.unknown.length > 0
        ? `Not known of the air: ${fire.unknown.join(", ")}.`
        : `Counted from a dose of ${fire.exposed[0]?.limit ?? 0.1}.`,
    );
  const people = fire.exposed.map(({ limit, any: of }) => `at least ${limit}: ${band(of, whole)}`).join(", ");
  return chart({
    name: "fire-exposed",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [
      `${runsText(input)}. Above: people by the greatest dose of their run${input.report.runs.length > 1 ? ", median and 5th to 95th percentile of the runs" : ""}. Below: incapacitated people over time.`,
    ],
    description: `People by dose: ${people}. Incapacitated: ${band(fire.incapacitated, whole)}.`,
    rows: [doses(fire), ...(fire.fallen.length > 0 ? [fallenView(input, fire)] : [])],
    notes: [
      "A dose of 0.1 is a limit for sensitive people, of 0.3 for design (about 11 % of people are incapacitated), at 1 it is half of them (ISO 13571). Each person has a threshold of their own.",
      fire.fallen.length === 0
        ? "Nobody was incapacitated in any run."
        : `Incapacitated in a run: ${band(fire.incapacitated, whole)}.`,
      fire.unknown.length > 0 ? `Not known of the air, so that its part of a dose is missing: ${fire.unknown.join(", ")}.` : "",
      uncertaintyNote(fire, [
        ["carbon monoxide", "carbon monoxide of"],
        ["heat flux on targets", "heat fluxes of"],
        ["temperature rise, natural ventilation", "temperature rises of"],
      ]),
    ],
  });
}

function doses(fire: EnsembleFire): View {
  const rows = fire.exposed.flatMap((count) =>
    KINDS.map(([key, kind]) => ({
      dose: `dose ≥ ${count.limit}`,
      kind,
      p5: count[key].p5 ?? 0,
      v: count[key].p50 ?? 0,
      p95: count[key].p95 ?? 0,
      text: whole(count[key].p50 ?? 0),
    })),
  );
  const top = Math.max(1, ...rows.map((row) => row.p95)) * 1.18;
  const y: View = {
    type: "quantitative",
    scale: { domain: [0, top], nice: false },
    axis: { title: "people", tickCount: 5, format: ",.0f", minExtent: 48 },
  };
  const x: View = { field: "dose", type: "nominal", sort: null, axis: { title: null, labelAngle: 0, labelFontSize: 12 } };
  const xOffset: View = { field: "kind", sort: KINDS.map(([, kind]) => kind) };
  return {
    width: WIDTH - AXIS_WIDTH - 14,
    height: 150,
    data: { values: rows },
    layer: [
      {
        mark: { type: "bar", aria: false },
        encoding: {
          x,
          xOffset,
          y: { field: "v", ...y },
          fill: {
            field: "kind",
            type: "nominal",
            sort: null,
            scale: { domain: KINDS.map(([, kind]) => kind), range: KINDS.map(([, , color]) => color) },
            legend: { title: "by", orient: "top", titleOrient: "left", symbolType: "square" },
          },
        },
      },
      {
        mark: { type: "rule", aria: false, stroke: INK, strokeWidth: 1.4 },
        encoding: { x, xOffset, y: { field: "p5", ...y }, y2: { field: "p95" } },
      },
      {
        mark: { type: "text", aria: false, baseline: "bottom", dy: -3, fontSize: 11 },
        encoding: { x, xOffset, y: { field: "p95", ...y }, text: { field: "text", type: "nominal" } },
      },
    ],
  };
}

/** Cumulative count of each run at even times, as quantiles over all runs. */
function fallenView(input: ChartInput, fire: EnsembleFire): View {
  const end = fireEnd(input, fire);
  const seeds = fire.runs.map(({ seed }) => seed);
  const times = seeds.map((seed) =>
    fire.fallen
      .filter((person) => person.seed === seed)
      .map(({ time_s }) => time_s)
      .sort((a, b) => a - b),
  );
  const points = Array.from({ length: 121 }, (_, k) => (k * end) / 120);
  const axis = fireAxis(input, fire);
  const rows = points.map((time) => {
    const counts = times.map((list) => list.filter((t) => t <= time).length).sort((a, b) => a - b);
    const at = (share: number): number => (counts.length === 0 ? 0 : quantileSorted(counts, share));
    return { t: axis.at(time), p5: at(0.05), v: at(0.5), p95: at(0.95) };
  });
  const top = Math.max(1, ...rows.map((row) => row.p95)) * 1.12;
  const y: View = {
    type: "quantitative",
    scale: { domain: [0, top], nice: false },
    axis: { title: "people incapacitated", tickCount: 5, format: top < 4 ? ",~r" : ",.0f", minExtent: 48 },
  };
  const spread: View[] =
    seeds.length > 1
      ? [
          {
            mark: { type: "area", aria: false, interpolate: "step-after", fill: BAND, fillOpacity: 0.75, clip: true },
            encoding: { x: axis.x("t"), y: { field: "p5", ...y }, y2: { field: "p95" } },
          },
        ]
      : [];
  return {
    width: WIDTH - AXIS_WIDTH - 14,
    height: 170,
    title: {
      text: "Incapacitated over time",
      subtitle: seeds.length > 1 ? `line: median of ${fixed(seeds.length, 0)} runs; band: 5th to 95th percentile` : "",
      anchor: "start",
      fontSize: 12,
      subtitleFontSize: 11,
      offset: 6,
    },
    data: { values: rows },
    layer: [
      ...spread,
      {
        mark: { type: "line", aria: false, interpolate: "step-after", stroke: LINE, strokeWidth: 2.2, clip: true },
        encoding: { x: axis.x("t"), y: { field: "v", ...y } },
      },
    ],
  };
}
