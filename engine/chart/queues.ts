/** Queues: people waiting over time, and how long they waited. */
import { LEVELS } from "../scenario/scenario.js";
import type { EnsembleReport } from "../warn/report.js";
import { axisOf, type ChartInput, runsText } from "./input.js";
import { coarser, gridFor, inRows, type Limit, moreNote, multipleView } from "./multiples.js";
import { placeNames } from "./place-names.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { AXIS_WIDTH, INK, LINE, LINE_2, WIDTH } from "./style.js";
import { band, lasting, roughly, shorten, whole } from "./text.js";

const MOST = 12;
type Queue = EnsembleReport["queues"][number];

/** Chart "queues": length over time for the longest twelve, then waiting times of all of them as bars. */
export function queuesChart(input: ChartInput): Chart {
  const title = "Queue length and waiting time";
  const { report, scenario } = input;
  if (report.queues.length === 0)
    return messageChart(
      "queues",
      title,
      "The scenario has no queue.",
      "Give a group a queue stage to see waiting people and times.",
    );
  const sorted = [...report.queues].sort(
    (a, b) => (b.peak_waiting.p50 ?? 0) - (a.peak_waiting.p50 ?? 0) || (a.place < b.place ? -1 : 1),
  );
  const shown = sorted.slice(0, MOST);
  const grid = gridFor(shown.length);
  const axis = axisOf(input, grid.columns === 1 ? 12 : 6);
  const named = placeNames(input.layout);
  const views = shown.map((queue) => {
    const rule = scenario.warnings.find(
      (r) => r.place === queue.place && r.scheme === "queue" && /^(people|persons)$/.test(r.unit),
    );
    const limits: Limit[] = LEVELS.filter((l) => rule?.levels[l] !== undefined).map((level) => ({
      level,
      from: rule!.levels[level]!,
      text: `≥ ${whole(rule!.levels[level]!)}`,
    }));
    const waiting = coarser(queue.median.waiting, 360);
    const detail = [
      `${queue.median.servers} ${queue.median.servers === 1 ? "server" : "servers"}`,
      `${whole(queue.median.served)} served`,
      `longest ${band(queue.peak_waiting, whole)} people`,
    ].join(" · ");
    return multipleView(
      {
        title: named(queue.place),
        detail,
        yTitle: "people waiting",
        curves: [{ bin_s: waiting.bin_s, values: waiting.mean, look: "area" }],
        limits,
        line: null,
      },
      axis,
      grid,
    );
  });
  return chart({
    name: "queues",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [
      `${runsText(input, true)}. Waiting time: from joining to the start of service, over those served. Bar: 95 %, tick: mean.`,
    ],
    description: shown
      .map(
        (q) =>
          `${named(q.place)}: at most ${band(q.peak_waiting, whole)} people waiting, 95 % waited less than ${q.median.wait_p95_s === null ? "an unknown time" : lasting(q.median.wait_p95_s)}`,
      )
      .join("; "),
    rows: [...inRows(views, grid.columns), waits(shown, named)],
    notes: [moreNote(sorted.length - shown.length, "queues are")],
  });
}

/** One row per queue: bar to the 95th percentile, tick at the mean, the three figures beside it. */
function waits(queues: readonly Queue[], named: (place: string) => string): View {
  const long = Math.max(1, ...queues.map((q) => Math.max(q.median.wait_p95_s ?? 0, q.wait_p95_s.p95 ?? 0)));
  const unit = long >= 180 ? 60 : 1;
  const round = (value: number): number => Math.round((value / unit) * 100) / 100;
  const rows = queues.map((q, i) => {
    const m = q.median;
    const text =
      m.wait_p95_s === null
        ? "nobody was served"
        : `mean ${roughly(m.wait_mean_s ?? Number.NaN)} · 95 % within ${roughly(m.wait_p95_s)} · longest ${roughly(m.wait_max_s ?? Number.NaN)}`;
    return { i, name: shorten(named(q.place), 24), mean: round(m.wait_mean_s ?? 0), p95: round(m.wait_p95_s ?? 0), text };
  });
  const names = rows.map((r) => r.name);
  const y: View = {
    field: "i",
    type: "ordinal",
    axis: { title: null, labelExpr: `${JSON.stringify(names)}[datum.value]`, labelLimit: 180, ticks: false, domain: false },
    scale: { paddingInner: 0.35, paddingOuter: 0.2 },
  };
  // The figures need room to the right of the longest bar.
  const x = (field: string): View => ({
    field,
    type: "quantitative",
    scale: { domain: [0, round(long * 2.3)], nice: false },
    axis: { title: `waiting time (${unit === 60 ? "min" : "s"})`, format: ",~r", tickCount: 8, labelFlush: false },
  });
  const layer = (mark: View, encoding: View): View => ({ mark: { aria: false, ...mark }, encoding: { y, ...encoding } });
  return {
    title: { text: "Waiting time", anchor: "start", fontSize: 12, offset: 6 },
    data: { values: rows },
    width: WIDTH - 160,
    height: { step: 26 },
    layer: [
      layer({ type: "bar", fill: LINE, fillOpacity: 0.35, stroke: LINE }, { x: x("p95") }),
      layer({ type: "tick", color: LINE_2, thickness: 3, size: 18, opacity: 1 }, { x: x("mean") }),
      layer(
        { type: "text", align: "left", dx: 6, fontSize: 11, fill: INK, aria: true },
        { x: x("p95"), text: { field: "text", type: "nominal" } },
      ),
    ],
  };
}
