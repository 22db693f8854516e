/** The four-colour risk map over the plan: colour, letter and figures in every cell, outlined sections with theirs. */
import { inPolygons } from "../geometry/polygon.js";
import type { Polygon } from "../layout/layout.js";
import { LEVELS, type WarningLevel } from "../scenario/scenario.js";
import type { RiskArea } from "../warn/warnings.js";
import { type ChartInput, namesInUse } from "./input.js";
import type { Label } from "./plan/labels.js";
import { type Box, boxOf, type Panel, planPanels } from "./plan/panel.js";
import { planView } from "./plan/plan.js";
import { polygonFeature, shapeLayer, xy } from "./plan/shapes.js";
import { type Chart, chart, messageChart, type View } from "./spec.js";
import { LEVEL_STYLE } from "./style.js";
import { nice } from "./text.js";

/** What the colours say in words; the law's names for the four classes. */
const MEANING: Record<WarningLevel, string> = { blue: "B low", yellow: "Y general", orange: "O larger", red: "R major" };

const polygon = (area: RiskArea): Polygon => ({ outer: area.ring, holes: [] });

/** Chart "risk-map": likelihood (share of runs) × consequence (people exposed) per cell, per level of the layout. */
export function riskMapChart(input: ChartInput): Chart {
  const title = "Four-colour risk map";
  const { layout, report, scenario } = input;
  const { risk } = scenario;
  if (report.risk.length === 0) {
    const detail = `The limit is ${risk.density_limit} persons/m² as a 10 s mean in a cell of the density map.`;
    return messageChart(
      "risk-map",
      title,
      report.runs.length === 0
        ? "No run came to its end, so nothing can be said."
        : "No area came near the density limit in any run.",
      detail,
    );
  }
  const { rows, left_out } = planPanels(layout, (level) => report.risk.some((a) => a.level === level.id));
  const views = rows.map((row) => row.map((panel) => riskPanel(input, panel)));
  const worst = LEVELS.findLast((level) => report.risk.some((a) => a.color === level)) ?? "blue";
  return chart({
    name: "risk-map",
    title,
    subtitle: [
      `Likelihood 1–5: share of ${report.runs.length} ${report.runs.length === 1 ? "run" : "runs"} with more than ${risk.density_limit} persons/m². Consequence 1–5: people exposed to it.`,
      "Figures in a cell: likelihood × consequence. Thick outline: the same for a section as a whole.",
    ],
    description: `Risk map of ${layout.name}. Highest colour: ${worst}. ${LEVELS.map((l) => `${report.risk.filter((a) => a.color === l).length} ${l}`).join(", ")}.`,
    rows: views,
    notes: [
      `Matrix: ${nice(risk.source)}.`,
      report.runs.length < 20
        ? `${report.runs.length === 1 ? "One run gives" : `${report.runs.length} runs give`} a rough likelihood only: a share below ${Math.ceil(100 / report.runs.length)} % cannot be seen.`
        : "",
      left_out.length > 0 ? `No area of: ${left_out.map((l) => l.name).join(", ")}.` : "",
      layout.attribution === "" ? "" : `Plan: ${layout.attribution}`,
    ],
  });
}

function riskPanel(input: ChartInput, panel: Panel): View {
  const { layout, report, scenario } = input;
  const here = report.risk.filter((a) => a.level === panel.level.id);
  const cells = here.filter((a) => a.kind === "cell");
  const sections = here.filter((a) => a.kind === "section");
  const bySection = new Map(sections.map((a) => [a.id, a]));
  // One shape per colour, empty or not.
  const ofColor = (level: WarningLevel): Polygon[] => cells.filter((a) => a.color === level).map(polygon);
  const below = shapeLayer(
    panel,
    LEVELS.map((level) => polygonFeature(panel, ofColor(level), { class: MEANING[level] })),
    { stroke: "white", strokeWidth: 0.8, clip: true },
    { fill: fillScale },
  );
  const outlined = sections.filter((a) => a.color !== "blue");
  const figures = cellFigures(panel, cells);
  const above = [
    ...outlined.map((a) =>
      shapeLayer(panel, [polygonFeature(panel, [polygon(a)])], {
        fill: null,
        stroke: LEVEL_STYLE[a.color].fill,
        strokeWidth: 3.5,
      }),
    ),
    ...figureLayer(panel, figures),
  ];
  return planView(
    layout,
    panel,
    {
      below: [below],
      above,
      taken: figures,
      inUse: namesInUse(scenario),
      sectionText: (s) => {
        const area = bySection.get(s.id) ?? bySection.get(s.name);
        return area === undefined || area.color === "blue"
          ? s.name || s.id
          : `${s.name || s.id}: ${LEVEL_STYLE[area.color].letter} ${area.likelihood}×${area.consequence}`;
      },
    },
    layout.levels.length > 1,
  );
}

const fillScale: View = {
  field: "properties.class",
  type: "nominal",
  scale: { domain: LEVELS.map((l) => MEANING[l]), range: LEVELS.map((l) => LEVEL_STYLE[l].map) },
  legend: {
    title: "risk",
    orient: "top",
    direction: "horizontal",
    symbolType: "square",
    symbolSize: 240,
    symbolStrokeColor: "#6b7673",
    columnPadding: 18,
    titleOrient: "left",
    offset: 8,
  },
};

interface Figure extends Label {
  fill: string;
  size: number;
}

/** Letter and figures where the cell is wide enough; the letter alone in small cells; blue cells stay quiet. */
function cellFigures(panel: Panel, cells: readonly RiskArea[]): Figure[] {
  const floors = [...panel.floors, ...panel.flights].flatMap((s) => s.regions);
  return cells
    .filter((a) => a.color !== "blue")
    .flatMap((a) => {
      const box = boxOf([polygon(a)])!;
      const size = (box.x1 - box.x0) * panel.scale;
      const { letter, text: fill } = LEVEL_STYLE[a.color];
      const place = size >= 7 ? onFloor(box, floors) : null;
      return place === null
        ? []
        : [{ ...place, text: size >= 44 ? `${letter} ${a.likelihood}×${a.consequence}` : letter, fill, size }];
    });
}

/**
 * A point of the cell that lies on floor, the low middle preferred, so that names of sections, which stand in the middle, leave
 * it readable; null where the cell only touches the floor.
 */
function onFloor(box: Box, floors: readonly Polygon[]): { x: number; y: number } | null {
  const [w, h] = [box.x1 - box.x0, box.y1 - box.y0];
  const near = floors.filter((p) => {
    const b = boxOf([p])!;
    return b.x0 < box.x1 && box.x0 < b.x1 && b.y0 < box.y1 && box.y0 < b.y1;
  });
  for (const v of [0.18, 0.5, 0.82])
    for (const u of [0.5, 0.25, 0.75]) {
      const [x, y] = [box.x0 + u * w, box.y0 + v * h];
      if (inPolygons(near, x, y)) return { x, y };
    }
  return null;
}

function figureLayer(panel: Panel, rows: readonly Figure[]): View[] {
  if (rows.length === 0) return [];
  return [
    {
      data: { values: rows.map(({ x, y, text, fill }) => ({ x, y, text, fill })) },
      mark: { type: "text", fontSize: rows[0]!.size >= 14 ? 11 : 8, fontWeight: "bold", baseline: "middle", aria: false },
      encoding: { ...xy(panel), text: { field: "text", type: "nominal" }, fill: { field: "fill", type: "nominal", scale: null } },
    },
  ];
}
