/** Charts of measured trajectories: speed and flow over density, density over time, N–t curves. */
import { exp } from "../maths.js";
import type { AreaMeasures, LineMeasures, TrajectoryMeasures } from "../measure/trajectory/measure.js";
import type { FrameSeries } from "../measure/trajectory/series.js";
import type { Trajectory } from "../trajectory/trajectory.js";
import { type Chart, chart, type View } from "./spec.js";
import { AXIS_WIDTH, INK, LINE, LINE_2, WIDTH } from "./style.js";
import { fixed, shorten, whole } from "./text.js";

export interface MeasuredInput {
  trajectory: Pick<Trajectory, "name" | "frameRate" | "persons">;
  measures: TrajectoryMeasures;
}

/** Points of one area and values of one curve beyond which they are thinned or averaged: more cannot be told apart. */
const MOST_POINTS = 1500;
const MOST_VALUES = 700;
/** Areas or lines in one chart. */
const MOST = 6;
const COLORS = [LINE, LINE_2, "#4d7c2f", "#7a4f9a", "#b3161b", "#55615e"] as const;

/** The charts that the measures allow, in the order of a report. */
export function measuredCharts(input: MeasuredInput): Chart[] {
  const { areas, lines } = input.measures;
  const crossed = lines.filter(({ counted }) => counted.frame.length > 0);
  return [
    ...(areas.length > 0 ? [diagramChart(input, areas.slice(0, MOST)), densityChart(input, areas.slice(0, MOST))] : []),
    ...(crossed.length > 0 ? [passedChart(input, crossed.slice(0, MOST))] : []),
  ];
}

const quantitative = (title: string, domain: readonly number[], more: View = {}): View => ({
  type: "quantitative",
  scale: { domain, nice: false, ...more },
  axis: { title, tickCount: 6 },
});

const colorOf = (k: number): string => COLORS[k % COLORS.length]!;

/** Names with their colours above a plot, in place of a legend. */
function names(list: readonly string[], width: number): View {
  const step = width / Math.max(list.length, 3);
  return {
    width,
    height: 16,
    view: { stroke: null },
    layer: list.flatMap((name, k): View[] => [
      {
        data: { values: [{}] },
        mark: { type: "rect", aria: false, fill: colorOf(k), width: 12, height: 12 },
        encoding: { x: { value: k * step + 6 }, y: { value: 8 } },
      },
      {
        data: { values: [{ text: shorten(name, Math.floor((step - 26) / 7)) }] },
        mark: { type: "text", aria: false, align: "left", baseline: "middle", fontSize: 12 },
        encoding: { x: { value: k * step + 18 }, y: { value: 8 }, text: { field: "text", type: "nominal" } },
      },
    ]),
  };
}

interface DiagramPoint {
  readonly density: number;
  readonly speed: number;
}

/** Frames in which the area has a density and a speed, at most MOST_POINTS of them, evenly. */
function pointsOf({ voronoi, density, speed }: AreaMeasures): DiagramPoint[] {
  const [d, v] = voronoi ? [voronoi.density, voronoi.speed] : [density, speed];
  const there: DiagramPoint[] = [];
  for (let k = 0; k < d.values.length; k++)
    if (d.values[k]! > 0 && !Number.isNaN(v.values[k]!)) there.push({ density: d.values[k]!, speed: v.values[k]! });
  const every = Math.ceil(there.length / MOST_POINTS);
  return there.filter((_, k) => k % every === 0);
}

/** Weidmann 1993, "Transporttechnik der Fussgänger", the usual reference: v = 1.34 (1 - exp(-1.913 (1/ρ - 1/5.4))), m/s. */
const weidmann = (density: number): number => 1.34 * (1 - exp(-1.913 * (1 / density - 1 / 5.4)));

/** Chart "fundamental-diagram": speed and specific flow over density, one point per frame. */
function diagramChart({ trajectory, measures }: MeasuredInput, areas: readonly AreaMeasures[]): Chart {
  const points = areas.map(pointsOf);
  const all = points.flat();
  const most = Math.max(1, ...all.map(({ density }) => density));
  const fast = Math.max(1.5, ...all.map(({ speed }) => speed));
  const flowing = Math.max(1.5, ...all.map(({ density, speed }) => density * speed));
  const low = Math.min(0, ...all.map(({ speed }) => speed));
  const width = (WIDTH - 2 * AXIS_WIDTH - 30) / 2;
  const x = quantitative("density, persons/m²", [0, 1.05 * most]);
  const cells = areas.some(({ voronoi }) => voronoi !== null);
  const curve = Array.from({ length: 80 }, (_, k) => 0.05 + ((Math.min(5.4, 1.05 * most) - 0.05) * k) / 79);
  const view = (y: View, value: (density: number, speed: number) => number): View => ({
    width,
    height: 300,
    layer: [
      ...points.map(
        (list, k): View => ({
          data: { values: list.map(({ density, speed }) => ({ d: density, v: value(density, speed) })) },
          mark: { type: "point", aria: false, filled: true, fill: colorOf(k), size: 14, opacity: 0.45, clip: true },
          encoding: { x: { field: "d", ...x }, y: { field: "v", ...y } },
        }),
      ),
      {
        data: { values: curve.map((density, i) => ({ i, d: density, v: value(density, weidmann(density)) })) },
        mark: { type: "line", aria: false, stroke: INK, strokeWidth: 1.4, strokeDash: [5, 4], clip: true },
        encoding: { x: { field: "d", ...x }, y: { field: "v", ...y }, order: { field: "i", type: "quantitative" } },
      },
    ],
  });
  return chart({
    name: "fundamental-diagram",
    axisWidth: AXIS_WIDTH,
    title: "Speed and flow over density",
    subtitle: [
      `${trajectory.name}, ${whole(trajectory.persons.length)} people; one point per frame${cells ? ", by Voronoi cells" : ", people inside"}. Dashed: Weidmann 1993.`,
    ],
    description: `Speed and specific flow over density in ${areas.map(({ place }) => place).join(", ")}: ${all.length} points up to ${fixed(most, 2)} persons/m².`,
    rows: [
      names(
        areas.map(({ place }) => place),
        WIDTH - AXIS_WIDTH,
      ),
      [
        view(quantitative("speed, m/s", [1.05 * low, 1.05 * fast]), (_, speed) => speed),
        view(
          quantitative("specific flow = density × speed, persons/(m s)", [1.05 * low * most, 1.05 * flowing]),
          (density, speed) => density * speed,
        ),
      ],
    ],
    notes: [moreOf(measures.areas.length, areas.length, "areas")],
  });
}

const moreOf = (all: number, shown: number, word: string): string =>
  all > shown ? `${all - shown} more ${word} are not drawn.` : "";

/** Values over time as means of at most MOST_VALUES bins; frames without a value are left open. */
function curveOf({ first, every, values }: FrameSeries, frameRate: number): { t: number; v: number }[] {
  const join = Math.ceil(values.length / MOST_VALUES);
  const curve: { t: number; v: number }[] = [];
  for (let k = 0; k < values.length; k += join) {
    const part = values.subarray(k, k + join).filter((value) => !Number.isNaN(value));
    if (part.length === 0) continue;
    const mean = part.reduce((a, b) => a + b, 0) / part.length;
    curve.push({ t: (first + (k + (Math.min(join, values.length - k) - 1) / 2) * every) / frameRate, v: mean });
  }
  return curve;
}

/** Chart "density": density in the areas over time. */
function densityChart({ trajectory, measures }: MeasuredInput, areas: readonly AreaMeasures[]): Chart {
  const curves = areas.map(({ voronoi, density }) => curveOf(voronoi?.density ?? density, trajectory.frameRate));
  const all = curves.flat();
  const most = Math.max(0.5, ...all.map(({ v }) => v));
  const from = Math.min(...all.map(({ t }) => t));
  const to = Math.max(from + 1, ...all.map(({ t }) => t));
  const x = quantitative("time, s", [from, to]);
  const y = quantitative("density, persons/m²", [0, 1.05 * most]);
  const cells = areas.some(({ voronoi }) => voronoi !== null);
  return chart({
    name: "density",
    axisWidth: AXIS_WIDTH,
    title: "Density over time",
    subtitle: [`${trajectory.name}; ${cells ? "by Voronoi cells" : "people inside over the area"}.`],
    description: `Density in ${areas.map(({ place }) => place).join(", ")} over time, at most ${fixed(most, 2)} persons/m².`,
    rows: [
      names(
        areas.map(({ place, area_m2 }) => `${place} (${fixed(area_m2, 1)} m²)`),
        WIDTH - AXIS_WIDTH,
      ),
      {
        width: WIDTH - AXIS_WIDTH,
        height: 260,
        layer: curves.map(
          (curve, k): View => ({
            data: { values: curve },
            mark: { type: "line", aria: false, stroke: colorOf(k), strokeWidth: 1.6, clip: true },
            encoding: { x: { field: "t", ...x }, y: { field: "v", ...y }, order: { field: "t", type: "quantitative" } },
          }),
        ),
      },
    ],
    notes: [moreOf(measures.areas.length, areas.length, "areas")],
  });
}

/** Chart "n-t": people who have crossed each line, over time. */
function passedChart({ trajectory, measures }: MeasuredInput, lines: readonly LineMeasures[]): Chart {
  const { frameRate } = trajectory;
  const curves = lines.map(({ counted }) => Array.from(counted.frame, (frame, k) => ({ t: frame / frameRate, n: k + 1 })));
  const all = curves.flat();
  const from = Math.min(...all.map(({ t }) => t));
  const to = Math.max(from + 1, ...all.map(({ t }) => t));
  const most = Math.max(...all.map(({ n }) => n));
  const x = quantitative("time, s", [from - 0.02 * (to - from), to + 0.02 * (to - from)]);
  const y = quantitative("people who have crossed", [0, 1.05 * most]);
  const said = lines.map(({ place, flow }) => (flow === null ? place : `${place}: ${fixed(flow, 2)} persons/s`));
  return chart({
    name: "n-t",
    axisWidth: AXIS_WIDTH,
    title: "Who has crossed when",
    subtitle: [`${trajectory.name}; flow from the first to the last crossing.`],
    description: `Number of people who have crossed over time. ${said.join("; ")}.`,
    rows: [
      names(said, WIDTH - AXIS_WIDTH),
      {
        width: WIDTH - AXIS_WIDTH,
        height: 280,
        layer: curves.map(
          (curve, k): View => ({
            data: { values: curve },
            mark: { type: "line", aria: false, interpolate: "step-after", stroke: colorOf(k), strokeWidth: 2, clip: true },
            encoding: { x: { field: "t", ...x }, y: { field: "n", ...y }, order: { field: "n", type: "quantitative" } },
          }),
        ),
      },
    ],
    notes: [moreOf(measures.lines.filter(({ counted }) => counted.frame.length > 0).length, lines.length, "lines")],
  });
}
