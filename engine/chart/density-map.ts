/** Density over the plan: the largest 10 s mean of any run, and the mean over time. */
import type { Section } from "../layout/layout.js";
import type { DensityMap } from "../measure/measures.js";
import { LEVELS, type Scenario, type WarningLevel } from "../scenario/scenario.js";
import type { EnsembleReport } from "../warn/report.js";
import { clock } from "../warn/words.js";
import { type ChartInput, namesInUse } from "./input.js";
import { rectanglesFrom } from "./plan/cells.js";
import type { Label } from "./plan/labels.js";
import { type Panel, planPanels } from "./plan/panel.js";
import { planView } from "./plan/plan.js";
import { polygonFeature, shapeLayer, textLayers, xy } from "./plan/shapes.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { DENSITY_COLORS, INK } from "./style.js";
import { fixed } from "./text.js";

export interface DensityClass {
  /** Persons/m2, lowest value of the class. */
  from: number;
  label: string;
  color: string;
}

/** Levels of a density warning where no rule says otherwise (persons/m2). */
const USUAL: Partial<Record<WarningLevel, number>> = { blue: 2, yellow: 3, orange: 4, red: 5 };

/**
 * Classes of the peak map: three below the first level, then one per warning level. The levels are those of the scenario's density
 * rules where all of them agree; otherwise the usual 2, 3, 4, 5 persons/m², and the classes carry no level names.
 */
export function peakClasses(scenario: Scenario): DensityClass[] {
  const rules = scenario.warnings.filter((r) => r.scheme === "density").map((r) => r.levels);
  const same = rules.every((r) => LEVELS.every((l) => r[l] === rules[0]![l]));
  const levels = rules.length > 0 && same ? rules[0]! : USUAL;
  const named = LEVELS.filter((l) => levels[l] !== undefined).map((l) => ({ level: l, from: levels[l]! }));
  const first = named[0]?.from ?? 2;
  const low = first === 2 ? [0.2, 0.5, 1] : [0.1, 0.25, 0.5].map((share) => Math.round(share * first * 100) / 100);
  const names = rules.length > 0 && same;
  const edges = [
    ...low.map((from) => ({ from, level: "" })),
    ...named.map((n) => ({ from: n.from, level: names ? n.level : "" })),
  ];
  const colors = [...DENSITY_COLORS.slice(0, 3), ...DENSITY_COLORS.slice(DENSITY_COLORS.length - named.length)];
  return edges.map((edge, i) => ({
    from: edge.from,
    label: rangeLabel(edge.from, edges[i + 1]?.from, edge.level),
    color: colors[i]!,
  }));
}

/** Seven round classes up to the largest mean: the mean over hours is far below the peak and needs a finer scale. */
export function meanClasses(largest: number): DensityClass[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 7];
  const end = Math.max(7, steps.filter((s) => s <= largest).length);
  const edges = steps.slice(end - 7, end);
  return edges.map((from, i) => ({ from, label: rangeLabel(from, edges[i + 1], ""), color: DENSITY_COLORS[i]! }));
}

function rangeLabel(from: number, to: number | undefined, level: string): string {
  const range = to === undefined ? `≥ ${from}` : `${from}–${to}`;
  return level === "" ? range : `${range} ${level}`;
}

/** Chart "density-peak": largest 10 s mean in each cell over all runs, with the densest cell of each level marked. */
export function densityPeakChart(options: ChartInput): Chart {
  const { scenario, report } = options;
  const runs = report.runs.length;
  return densityChart(options, {
    name: "density-peak",
    title: "Peak density",
    subtitle: [
      `Largest 10 s mean in each ${cellText(report)} cell${runs > 1 ? `, largest of ${runs} runs` : ""}. White: below ${peakClasses(scenario)[0]!.from} persons/m² all the time.`,
    ],
    classes: peakClasses(scenario),
    values: (map) => map.peak,
    mark: true,
  });
}

/** Chart "density-mean": mean over time, mean over runs; its scale is finer than that of the peak map. */
export function densityMeanChart(options: ChartInput): Chart {
  const { report } = options;
  let largest = 0;
  for (const map of report.maps) for (const v of map.mean) if (v > largest) largest = v;
  const classes = meanClasses(largest);
  return densityChart(options, {
    name: "density-mean",
    title: "Mean density",
    subtitle: [
      `Mean over the whole run in each ${cellText(report)} cell. The scale is finer than that of the peak map; its colours do not mean warning levels.`,
    ],
    classes,
    values: (map) => map.mean,
    mark: false,
  });
}

const cellText = (report: EnsembleReport): string => {
  const edge = report.maps[0]?.cell_m ?? 1;
  return `${fixed(edge * edge, (edge * edge) % 1 === 0 ? 0 : 2)} m²`;
};

interface MapLook {
  name: string;
  title: string;
  subtitle: string[];
  classes: DensityClass[];
  values: (map: DensityMap) => Float32Array;
  mark: boolean;
}

function densityChart({ layout, scenario, report }: ChartInput, look: MapLook): Chart {
  const bySheet = new Map(report.maps.map((map) => [map.sheet, map]));
  const mapsOn = (panel: Pick<Panel, "floors" | "flights">): DensityMap[] =>
    [...panel.floors, ...panel.flights].flatMap((s) => bySheet.get(s.id) ?? []);
  const people = (map: DensityMap): boolean => map.peak.some((v) => v > 0);
  if (!report.maps.some(people))
    return messageChart(look.name, look.title, "Nobody was on the floor.", "There is no density to draw.");
  const floorMaps = (level: string): DensityMap[] =>
    layout.sheets.filter((s) => s.kind === "floor" && s.level === level).flatMap((s) => bySheet.get(s.id) ?? []);
  const { rows, left_out } = planPanels(layout, (level) => floorMaps(level.id).some(people));
  const titled = layout.levels.length > 1;
  const views = rows.map((row) =>
    row.map((panel) => {
      const maps = mapsOn(panel);
      const densest = look.mark ? densestOf(maps, panel, scenario) : null;
      return planView(
        layout,
        panel,
        {
          below: [cellLayer(panel, maps, look)],
          above: densest?.layers ?? [],
          taken: densest ? [densest.label] : [],
          sectionText: named,
          inUse: namesInUse(scenario),
        },
        titled,
      );
    }),
  );
  return chart({
    name: look.name,
    title: look.title,
    subtitle: look.subtitle,
    description: `${look.title} of people in persons per square metre, drawn over the plan of ${layout.name}. Largest value ${fixed(largestOf(report.maps, look), 1)} persons/m².`,
    rows: views,
    notes: [
      left_out.length > 0 ? `Nobody was on: ${left_out.map((l) => l.name).join(", ")}.` : "",
      layout.attribution === "" ? "" : `Plan: ${layout.attribution}`,
    ],
  });
}

const named = (section: Section): string => section.name || section.id;

const largestOf = (maps: readonly DensityMap[], look: MapLook): number => {
  let largest = 0;
  for (const map of maps) for (const v of look.values(map)) if (v > largest) largest = v;
  return largest;
};

/** Each class paints all cells at or above its lower edge, the densest last, so no seam shows between classes. */
function cellLayer(panel: Panel, maps: readonly DensityMap[], look: MapLook): View {
  const features = look.classes.map((c) =>
    polygonFeature(
      panel,
      maps.flatMap((map) => rectanglesFrom(map, look.values(map), c.from)),
      { class: c.label },
    ),
  );
  return shapeLayer(
    panel,
    features,
    { strokeWidth: 0, clip: true },
    {
      fill: {
        field: "properties.class",
        type: "nominal",
        scale: { domain: look.classes.map((c) => c.label), range: look.classes.map((c) => c.color) },
        legend: {
          title: "persons/m²",
          orient: "top",
          direction: "horizontal",
          symbolType: "square",
          symbolSize: 240,
          symbolStrokeColor: "#6b7673",
          columnPadding: 14,
          titleOrient: "left",
          offset: 8,
        },
      },
    },
  );
}

/** Cross and figure at the densest cell of a panel; null below one person/m2. */
function densestOf(maps: readonly DensityMap[], panel: Panel, scenario: Scenario): { layers: View[]; label: Label } | null {
  let best = { value: 1, x: 0, y: 0, at: 0 };
  for (const map of maps)
    map.peak.forEach((value, k) => {
      if (value > best.value)
        best = {
          value,
          x: map.x0 + ((k % map.nx) + 0.5) * map.cell_m,
          y: map.y0 + (Math.floor(k / map.nx) + 0.5) * map.cell_m,
          at: map.peak_at[k]!,
        };
    });
  if (best.at === 0 && best.value === 1) return null;
  const text = `${fixed(best.value, 1)}/m² at ${clock(scenario, best.at)}`;
  const label = {
    x: Math.min(Math.max(best.x, panel.box.x0 + 60 / panel.scale), panel.box.x1 - 60 / panel.scale),
    y: best.y + 13 / panel.scale,
    text,
  };
  const cross = (stroke: string, strokeWidth: number): View => ({
    data: { values: [{ x: best.x, y: best.y }] },
    mark: {
      type: "point",
      aria: false,
      shape: "M-0.7,-0.7L0.7,0.7M0.7,-0.7L-0.7,0.7",
      size: 110,
      fill: null,
      stroke,
      strokeWidth,
      opacity: 1,
    },
    encoding: xy(panel),
  });
  return {
    layers: [cross("white", 4.5), cross(INK, 2), ...textLayers(panel, [label], { size: 12, bold: true, halo: true })],
    label,
  };
}
