/** ASET against RSET: place by place until when one can stay, and when the last person has left. */
import { byDanger } from "../../warn/fire/print-fire.js";
import type { FirePlaceReport } from "../../warn/fire/report.js";
import { exactClock } from "../../warn/words.js";
import type { TimeAxis } from "../clock.js";
import { type ChartInput, runsText } from "../input.js";
import { type Chart, chart, messageChart, type View } from "../spec.js";
import { INK, LEVEL_STYLE, LINE, MUTED, WIDTH } from "../style.js";
import { shorten, whole } from "../text.js";
import { fireAxis, fireEnd } from "./axis.js";
import { uncertaintyNote } from "./places.js";

const MOST = 20;
const NAMES = 175;
const MARGINS = 165;
const ROW = 30;
const WHITE = "#ffffff";

/** Chart "fire-aset"; nothing without fire. */
export function fireAsetCharts(input: ChartInput): Chart[] {
  const { fire } = input.report;
  if (fire === undefined) return [];
  const title = "Time until untenable against time to get out";
  const sorted = fire.places.filter(({ untenable_runs, used }) => untenable_runs > 0 || used).sort(byDanger);
  if (sorted.length === 0) return [messageChart("fire-aset", title, "Every place stayed tenable and nobody was in any of them.")];
  const shown = sorted.slice(0, MOST);
  const axis = fireAxis(input, fire, 8);
  const several = fire.runs.length > 1;
  return [
    chart({
      name: "fire-aset",
      title,
      subtitle: [
        `${runsText(input)}. Dark bar: until the last person has left (RSET); red: untenable (from ASET on)${several ? "; medians, thin lines: 5th to 95th percentile over the runs" : ""}. Figures: ASET less RSET${several ? ", median, then the worst run" : ""}.`,
      ],
      description: shown.map((place) => sentence(place, input)).join(" "),
      axisWidth: NAMES,
      rows: [
        {
          width: WIDTH - NAMES - MARGINS,
          height: shown.length * ROW,
          layer: shown.flatMap((place, k) => rowLayers(place, k, { axis, end_s: fireEnd(input, fire), several })),
        },
      ],
      notes: [
        sorted.length > shown.length ? `${sorted.length - shown.length} more places are in the report.` : "",
        uncertaintyNote(fire, [
          ["smoke", "smoke concentrations of"],
          ["layer depth, open", "depths of the layer of"],
          ["temperature rise, natural ventilation", "temperature rises of"],
        ]),
      ],
    }),
  ];
}

function sentence({ place, aset_s, rset_s, margin, used }: FirePlaceReport, { scenario }: ChartInput): string {
  const until = aset_s.p50 === null ? "tenable to the end" : `tenable until ${exactClock(scenario, aset_s.p50)}`;
  const out = !used
    ? "nobody came"
    : rset_s.p50 === null
      ? "somebody was still there at the end"
      : `last out ${exactClock(scenario, rset_s.p50)}`;
  return `${place}: ${until}, ${out}${margin === null ? "" : `, margin ${whole(margin.p50_s)} s`}.`;
}

interface Tools {
  axis: TimeAxis;
  end_s: number;
  several: boolean;
}

/** "+45 s", "−12 s · worst −30 s". */
export function marginText({ margin, used, people_at_end }: FirePlaceReport, several: boolean): string {
  if (margin === null) return used ? "people stay, tenable" : "nobody came";
  if (2 * margin.at_most > margin.runs) return `${whole(people_at_end.p50 ?? 0)} never leave`;
  const seconds = (s: number): string => `${s < 0 ? "−" : "+"}${whole(Math.abs(s))} s`;
  const bound = margin.at_most > 0 ? "≤ " : margin.at_least > 0 ? "≥ " : "";
  return `${bound}${seconds(margin.p50_s)}${several ? ` · worst ${seconds(margin.worst_s)}` : ""}`;
}

function rowLayers(place: FirePlaceReport, k: number, { axis, end_s, several }: Tools): View[] {
  const { aset_s, rset_s, used, margin } = place;
  const middle = k * ROW + ROW / 2;
  const y = (px: number): View => ({ value: middle + px });
  const base = axis.x("a") as { axis: View };
  const x = axis.x("a", { axis: { ...base.axis, grid: true, orient: "bottom" } });
  const bar = (from: number, to: number, half: number, mark: View): View => ({
    data: { values: [{ a: axis.at(from), b: axis.at(to) }] },
    mark: { type: "rect", aria: false, clip: true, ...mark },
    encoding: { x, x2: { field: "b" }, y: y(-half), y2: y(half) },
  });
  const whisker = (from: number, to: number, at: number, color: string): View[] =>
    to <= from
      ? []
      : [
          { from, to, y: at, y2: at },
          { from, to: from, y: at - 3, y2: at + 3 },
          { from: to, to, y: at - 3, y2: at + 3 },
        ].map(
          (part): View => ({
            data: { values: [{ a: axis.at(part.from), b: axis.at(part.to) }] },
            mark: { type: "rule", aria: false, clip: true, stroke: color, strokeWidth: 1.2 },
            encoding: { x, x2: { field: "b" }, y: y(part.y), y2: y(part.y2) },
          }),
        );
  const label = (text: string, at: number, look: View): View => ({
    data: { values: [{ text }] },
    mark: { type: "text", aria: false, baseline: "middle", fontSize: 11, fill: INK, ...look },
    encoding: { x: { value: at }, y: y(0), text: { field: "text", type: "nominal" } },
  });
  const layers: View[] = [bar(0, end_s, 10, { fill: "#eef3f1" })];
  if (aset_s.p50 !== null) layers.push(bar(aset_s.p50, end_s, 10, { fill: LEVEL_STYLE.red.pale }));
  if (used) layers.push(bar(0, rset_s.p50 ?? end_s, 4, { fill: LINE }));
  if (aset_s.p50 !== null) {
    layers.push({
      data: { values: [{ a: axis.at(aset_s.p50) }] },
      mark: { type: "rule", aria: false, clip: true, stroke: LEVEL_STYLE.red.fill, strokeWidth: 3 },
      encoding: { x, y: y(-11), y2: y(11) },
    });
    layers.push(...whisker(aset_s.p5 ?? aset_s.p50, aset_s.p95 ?? end_s, -8, LEVEL_STYLE.red.fill));
  }
  if (used && rset_s.p50 !== null) layers.push(...whisker(rset_s.p5 ?? rset_s.p50, rset_s.p95 ?? end_s, 8, INK));
  if (used && rset_s.p50 === null)
    layers.push(label("►", WIDTH - NAMES - MARGINS - 3, { align: "right", fill: WHITE, fontSize: 10 }));
  const bad = (margin?.negative_share ?? 0) > 0;
  layers.push(
    label(shorten(place.place, 25), -8, { align: "right" }),
    label(marginText(place, several), WIDTH - NAMES - MARGINS + 8, {
      align: "left",
      fontWeight: bad ? "bold" : "normal",
      fill: bad ? LEVEL_STYLE.red.fill : margin === null ? MUTED : INK,
    }),
  );
  return layers;
}
