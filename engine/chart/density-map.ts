/** Density over the plan: the largest 10 s mean of any run, and the mean over time. */
import type { Section } from "../layout/layout.js";
import type { DensityMap } from "../measure/measures.js";
import type { Scenario } from "../scenario/scenario.js";
import type { EnsembleReport } from "../warn/report.js";
import { clock } from "../warn/words.js";
import { type DensityClass, meanClasses, peakClasses } from "./density-classes.js";
import { type ChartInput, namesInUse } from "./input.js";
import { joinCells } from "./plan/cells.js";
import { classLayer, SMALLEST } from "./plan/class-layer.js";
import type { Label } from "./plan/labels.js";
import { type Panel, planPanels } from "./plan/panel.js";
import { planView } from "./plan/plan.js";
import { textLayers, xy } from "./plan/shapes.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { INK } from "./style.js";
import { fixed } from "./text.js";

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
    how: "largest",
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
    how: "mean",
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
  /** How cells are joined on plans of large areas. */
  how: "largest" | "mean";
  /** Whether the densest cell is marked. */
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
    layout.sheets
      .filter((s) => (s.kind === "floor" || s.kind === "lift") && s.level === level)
      .flatMap((s) => bySheet.get(s.id) ?? []);
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
  const coarse = Math.max(...rows.flat().flatMap((panel) => mapsOn(panel).map((map) => joined(panel, map))));
  return chart({
    name: look.name,
    title: look.title,
    subtitle: look.subtitle,
    description: `${look.title} of people in persons per square metre, drawn over the plan of ${layout.name}. Largest value ${fixed(largestOf(report.maps, look), 1)} persons/m².`,
    rows: views,
    notes: [
      coarse > 1
        ? `Drawn in squares of ${fixed(coarse * report.maps[0]!.cell_m, 0)} m, each with the ${look.how} value of its cells.`
        : "",
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

const joined = (panel: Panel, map: DensityMap): number => Math.max(1, Math.ceil(SMALLEST / (map.cell_m * panel.scale)));

function cellLayer(panel: Panel, maps: readonly DensityMap[], look: MapLook): View {
  const drawn = maps.map((map) => {
    const by = joined(panel, map);
    return by === 1 ? { grid: map, values: look.values(map) } : joinCells(map, look.values(map), { by, how: look.how });
  });
  return classLayer(panel, drawn, look.classes, "persons/m²");
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
