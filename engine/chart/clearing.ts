/** Who is out when: share of all people who have left over time, with the spread over the runs. */
import type { Band } from "../warn/report.js";
import { clock } from "../warn/words.js";
import { axisOf, type ChartInput, runsText } from "./input.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { AXIS_WIDTH, BAND, INK, LINE, WIDTH } from "./style.js";
import { band, lasting, whole } from "./text.js";

const HEIGHT = 300;

/** Chart "clearing": median over the runs, band from the 5th to the 95th percentile; shares that were not reached are not drawn. */
export function clearingChart(input: ChartInput): Chart {
  const title = "Who is out when";
  const { report, scenario } = input;
  const points = report.curve.filter((p) => p.time_s.p50 !== null);
  if (points.length < 2 || report.asked === 0)
    return messageChart(
      "clearing",
      title,
      "Nobody left the layout during the run.",
      "People who stay to the end are counted under occupancy.",
    );
  const axis = axisOf(input);
  const share: View = {
    type: "quantitative",
    scale: { domain: [0, 100] },
    axis: { title: "left, % of all people", tickCount: 5, labelExpr: "datum.value + ' %'" },
  };
  const spread = report.curve.filter((p) => p.time_s.p5 !== null && p.time_s.p95 !== null && p.time_s.p95 > p.time_s.p5);
  const layers: View[] = [];
  if (spread.length > 1)
    layers.push({
      data: { values: spread.map((p) => ({ y: p.share * 100, a: axis.at(p.time_s.p5!), b: axis.at(p.time_s.p95!) })) },
      mark: { type: "area", aria: false, orient: "horizontal", fill: BAND, fillOpacity: 0.75, clip: true },
      encoding: { x: axis.x("a"), x2: { field: "b" }, y: { field: "y", ...share } },
    });
  layers.push({
    data: { values: points.map((p, i) => ({ i, y: p.share * 100, t: axis.at(p.time_s.p50!) })) },
    mark: { type: "line", aria: false, stroke: LINE, strokeWidth: 2.4, clip: true },
    encoding: { x: axis.x("t"), y: { field: "y", ...share }, order: { field: "i", type: "quantitative" } },
  });
  layers.push(...marks(input, axis, share));
  const { t50_s, t95_s, t100_s } = report.clearing;
  const say = (b: Band): string => band(b, (t) => clock(scenario, t));
  const open = report.runs.filter((r) => r.inside + r.waiting > 0).length;
  return chart({
    name: "clearing",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [
      `${whole(report.asked)} people, ${runsText(input)}.${spread.length > 1 ? " Line: median; band: 5th to 95th percentile of the runs." : ""}`,
    ],
    description: `Share of people who have left over time. Half were out at ${say(t50_s)}, 95 % at ${say(t95_s)}, all at ${say(t100_s)}.`,
    rows: [{ width: WIDTH - 70, height: HEIGHT, layer: layers }],
    notes: [open > 0 ? `In ${open} of ${report.runs.length} runs not everybody had left at the end.` : ""],
  });
}

/** Points at 50 %, 95 % and all, each with its time; the text stands above and left of the band, where a rising curve never is. */
function marks(input: ChartInput, axis: ReturnType<typeof axisOf>, share: View): View[] {
  const { clearing } = input.report;
  const rows = [
    { name: "50 %", y: 50, of: clearing.t50_s, dy: -8 },
    { name: "95 %", y: 95, of: clearing.t95_s, dy: -7 },
    { name: "all", y: 100, of: clearing.t100_s, dy: -10 },
  ].flatMap(({ name, y, of, dy }) =>
    of.p50 === null ? [] : [{ y, t: axis.at(of.p50), free: axis.at(of.p5 ?? of.p50), text: label(input, name, of.p50), dy }],
  );
  const span = axis.domain[1] - axis.domain[0];
  return rows.flatMap((r): View[] => {
    const right = (r.t - axis.domain[0]) / span < 0.3;
    return [
      {
        data: { values: [r] },
        mark: { type: "point", aria: false, filled: true, fill: INK, size: 55, opacity: 1 },
        encoding: { x: axis.x("t"), y: { field: "y", ...share } },
      },
      {
        data: { values: [r] },
        mark: {
          type: "text",
          align: right ? "left" : "right",
          baseline: right ? "top" : "middle",
          dx: right ? 9 : -9,
          dy: right && r.y < 100 ? 2 : r.dy,
          fontSize: 12,
          fontWeight: "bold",
        },
        encoding: { x: axis.x(right ? "t" : "free"), y: { field: "y", ...share }, text: { field: "text", type: "nominal" } },
      },
    ];
  });
}

const label = ({ scenario }: ChartInput, name: string, time_s: number): string =>
  `${name} out ${scenario.start === null ? `after ${lasting(time_s)}` : clock(scenario, time_s)}`;
