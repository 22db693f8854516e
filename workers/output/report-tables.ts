/** The figures behind the charts as tables: sections, flows, queues, and the hand calculation beside the simulation. */

import { capacityOf } from "../../engine/chart/flow.js";
import { levelName } from "../../engine/chart/input.js";
import { placeNames } from "../../engine/chart/place-names.js";
import { fixed, lasting, nice, percent, roughly, tightBand, whole } from "../../engine/chart/text.js";
import type { LineMeasure } from "../../engine/measure/measures.js";
import { clock } from "../../engine/warn/words.js";
import { type Html, html, table } from "./report-html.js";
import type { ReportInput } from "./report-input.js";

const TABLE_NAME = { walkway: "walkway", queue: "queue", stairs: "stairs" } as const;

/** The name, and in brackets the id where the scenario and the data files use it. */
function place(layout: ReportInput["layout"], id: string): Html {
  const name = placeNames(layout)(id);
  return name.includes(id) ? html`${name}` : html`${name} <span class="quiet">${id}</span>`;
}

export function sectionTable({ report, layout, scenario }: ReportInput): Html {
  if (report.sections.length === 0) return html`<p class="quiet">No section is measured.</p>`;
  const rows = report.sections.map((s) => {
    const m = s.median;
    const above = m.time_above_s.filter((t) => t.seconds > 0).map((t) => `≥ ${t.limit}/m²: ${roughly(t.seconds)}`);
    return [
      place(layout, s.place),
      levelName(layout, s.level),
      whole(s.area_m2),
      tightBand(s.peak_count, whole),
      tightBand(s.peak_density, (v) => fixed(v, 1)),
      clock(scenario, m.peak.at_s),
      `${m.peak.service} (${TABLE_NAME[m.service]})`,
      above.join("; ") || "never",
    ];
  });
  return table({
    caption:
      "Brackets: 5th to 95th percentile over the runs. Level of service: Fruin 1971, A (free) to F (jammed), at the peak, with the table used. Time above limits: median run.",
    head: ["Section", "Level", "Area, m²", "Most people", "Peak persons/m²", "At", "Service", "Time above limits"],
    rows,
    numeric: [2, 3, 4],
  });
}

export function flowTable(input: ReportInput): Html {
  const { report } = input;
  if (report.lines.length === 0) return html`<p class="quiet">No line, opening or exit is measured.</p>`;
  const rows = report.lines.map((l) => {
    const m = l.median;
    const capacity = capacityOf(m, input);
    const peak = (l.peak_flow.p50 ?? m.peak_flow) * 60;
    return [
      place(input.layout, l.place),
      l.kind,
      m.width_m === null ? "–" : fixed(m.width_m, 2),
      tightBand(l.total, whole),
      l.kind === "exit" ? "–" : whole(m.total_backward),
      tightBand({ p5: minute(l.peak_flow.p5), p50: minute(l.peak_flow.p50), p95: minute(l.peak_flow.p95) }, whole),
      m.peak_specific_flow === null ? "–" : fixed(m.peak_specific_flow * 60, 0),
      basisText(m),
      capacity === null ? "–" : `${whole(capacity.perMinute)}, ${percent(peak / capacity.perMinute)} used`,
    ];
  });
  return table({
    caption:
      "Forward: from left to right of the line seen along it, or out of an exit. Largest flow: over any minute. Flow is: emergent, from bodies and time gaps alone, or bounded by what is prescribed. Brackets: 5th to 95th percentile over the runs.",
    head: [
      "Place",
      "Kind",
      "Width, m",
      "Forward, people",
      "Back, people",
      "Largest flow, /min",
      "… per metre, /m/min",
      "Flow is",
      "Capacity, /min",
    ],
    rows,
    numeric: [2, 3, 4, 5, 6],
  });
}

/** What the flow came from, with the value that bounds it. */
function basisText({ flow_basis, prescribed, turnstile_lanes }: LineMeasure): string {
  if (flow_basis === "emergent") return "emergent";
  const lanes = turnstile_lanes === null ? "" : `turnstile, ${turnstile_lanes} ${turnstile_lanes === 1 ? "lane" : "lanes"}`;
  if (!prescribed) return lanes;
  const most = `prescribed, at most ${prescribed.specific_flow} /m/s over ${fixed(prescribed.effective_width_m, 2)} m`;
  return lanes === "" ? most : `${most}; ${lanes}`;
}

const minute = (perSecond: number | null): number | null => (perSecond === null ? null : perSecond * 60);

export function queueTable({ report, scenario, layout }: ReportInput): Html {
  if (report.queues.length === 0) return html`<p class="quiet">The scenario has no queue.</p>`;
  const time = (v: number | null): string => (v === null ? "–" : roughly(v));
  const rows = report.queues.map((q) => [
    place(layout, q.place),
    whole(q.median.servers),
    whole(q.median.served),
    tightBand(q.peak_waiting, whole),
    clock(scenario, q.median.peak.at_s),
    time(q.median.wait_mean_s),
    time(q.wait_p95_s.p50),
    time(q.median.wait_max_s),
  ]);
  return table({
    caption:
      "Waiting: people in the lanes or stopped before them, without those being served. Times over people whose wait has ended.",
    head: ["Queue", "Servers", "Served", "Most waiting", "At", "Mean wait", "95 % within", "Longest wait"],
    rows,
    numeric: [1, 2, 3],
  });
}

/** How well social groups stayed together; null where nobody had company. */
export function companionTable({ report }: ReportInput): Html | null {
  if (report.social_groups.length === 0) return null;
  const show = (value: number | null | undefined, digits: number): string => (value == null ? "–" : fixed(value, digits));
  return table({
    caption:
      "Social groups: time between the first and the last of one social group to leave, largest distance between two of one social group in plan. Brackets: 5th to 95th percentile over the runs.",
    head: [
      "Group",
      "Social groups",
      "People in them",
      "Spread, mean, s",
      "Spread, largest, s",
      "Distance, mean, m",
      "Distance, largest, m",
    ],
    rows: report.social_groups.map(({ group, exit_spread_max_s, largest_distance_m, median }) => [
      group,
      whole(median.count),
      whole(median.people),
      show(median.exit_spread_s?.mean, 1),
      tightBand(exit_spread_max_s, (v) => fixed(v, 1)),
      show(median.largest_distance_m?.mean, 1),
      tightBand(largest_distance_m, (v) => fixed(v, 1)),
    ]),
    numeric: [1, 2, 3, 4, 5, 6],
  });
}

/** Hand calculation beside the simulation: value, guide, sum, twin, difference, reason. */
export function handTable({ report }: ReportInput): Html {
  if (report.hand.length === 0)
    return html`<p class="quiet">There is no hand calculation: the layout has no exit with a width, and the scenario names none.</p>`;
  const show = (value: number, unit: string): string =>
    unit === "s"
      ? lasting(value)
      : `${Math.abs(value) >= 20 || Number.isInteger(value) ? whole(value) : fixed(value, 2)} ${nice(unit)}`;
  const rows = report.hand.map((r) => [
    r.quantity,
    show(r.value, r.unit),
    html`<span>${r.working}</span><br><span class="quiet">${r.guide}</span>`,
    r.simulated === null ? "–" : show(r.simulated, r.unit),
    r.difference === null ? "–" : `${r.difference > 0 ? "+" : r.difference < 0 ? "−" : ""}${percent(Math.abs(r.difference))}`,
    r.why ?? "",
  ]);
  return table({
    caption:
      "Every figure names its guide; two families of rates are in use, so the same door can have two capacities. Where hand and simulation differ by more than 20 %, the last column says why.",
    head: ["Quantity", "By hand", "Sum and guide", "Simulated", "Difference", "Why"],
    rows,
    numeric: [1, 3, 4],
  });
}
