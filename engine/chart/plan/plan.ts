/** A plan with something on it: floor, content, walls, openings, fixtures, names, scale bar and north arrow, in this order. */
import { polygonArea } from "../../geometry/polygon.js";
import type { Layout, Opening, Section, Segment } from "../../layout/layout.js";
import type { View } from "../spec.js";
import { EXIT_LINE, INK, MUTED, OPENING_LINE, PAPER, SHUT_LINE, WALL } from "../style.js";
import { shorten } from "../text.js";
import { furniture } from "./furniture.js";
import { insidePoint, type Label, placeLabels, type Wanted } from "./labels.js";
import type { Panel } from "./panel.js";
import { lineFeature, outsideFeature, polygonFeature, shapeLayer, textLayers } from "./shapes.js";

export interface PlanContent {
  /** Drawn on the floor, under walls and names; what reaches beyond the floor is painted over. */
  below: readonly View[];
  /** Drawn above everything but the names. */
  above?: readonly View[];
  /** Added to the name of a section, e.g. its figure; null leaves the section's name out. */
  sectionText?: (section: Section) => string | null;
  /** Names and ids of openings inside that are worth a name on the plan; exits always are. */
  inUse?: ReadonlySet<string>;
  /** Names that must stay free, already placed. */
  taken?: readonly Label[];
}

const dashed = [4, 3] as const;

/** One panel as a layered view. `titled`: the name of the level above it. */
export function planView(layout: Layout, panel: Panel, content: PlanContent, titled: boolean): View {
  const here = <T extends { readonly level: string }>(list: readonly T[]): T[] =>
    list.filter((item) => item.level === panel.level.id);
  const floors = panel.floors.flatMap((s) => s.regions);
  const flights = panel.flights.flatMap((s) => s.regions);
  const openings = here(layout.openings);
  const shut = openings.filter((o) => o.state === "closed");
  const exits = openings.filter((o) => o.exit && o.state === "open");
  const sections = here(layout.sections);
  const walls = [...panel.floors, ...panel.flights].flatMap((s) => segments(s.walls));
  const names = labelLayers(panel, sections, openings, content);
  return {
    ...(titled ? { title: { text: panel.level.name, anchor: "start", fontSize: 13, offset: 4 } } : {}),
    width: panel.width,
    height: panel.height,
    view: { fill: PAPER, stroke: null },
    layer: [
      shapeLayer(panel, [polygonFeature(panel, floors)], { fill: "white" }),
      ...(flights.length > 0 ? [shapeLayer(panel, [polygonFeature(panel, flights)], { fill: "#eef2f8" })] : []),
      ...content.below,
      shapeLayer(panel, [outsideFeature(panel, [...floors, ...flights])], { fill: PAPER }),
      ...fixtureLayers(
        panel,
        here(layout.fixtures).map((f) => f.polygon),
      ),
      ...lineLayer(panel, walls, { stroke: WALL, strokeWidth: 1.2 }),
      ...lineLayer(panel, portals(layout, panel), { stroke: OPENING_LINE, strokeWidth: 2 }),
      ...lineLayer(
        panel,
        openings.filter((o) => !o.exit && o.state === "open").map((o) => o.line),
        { stroke: OPENING_LINE, strokeWidth: 3 },
      ),
      ...lineLayer(
        panel,
        shut.map((o) => o.line),
        { stroke: SHUT_LINE, strokeWidth: 4 },
      ),
      ...lineLayer(
        panel,
        exits.map((o) => o.line),
        { stroke: EXIT_LINE, strokeWidth: 4 },
      ),
      ...(sections.length > 0
        ? [
            shapeLayer(
              panel,
              sections.map((s) => polygonFeature(panel, s.polygons)),
              { fill: null, stroke: INK, strokeWidth: 1, strokeDash: dashed, clip: true },
            ),
          ]
        : []),
      ...(content.above ?? []),
      ...names,
      ...furniture(panel, layout),
    ],
  };
}

const lineLayer = (panel: Panel, lines: readonly Segment[], mark: View): View[] =>
  lines.length === 0 ? [] : [shapeLayer(panel, [lineFeature(panel, lines)], { fill: null, ...mark })];

const fixtureLayers = (panel: Panel, polygons: readonly Section["polygons"][number][]): View[] =>
  polygons.length === 0
    ? []
    : [shapeLayer(panel, [polygonFeature(panel, polygons)], { fill: "#bcc5c2", stroke: "#77827e", strokeWidth: 0.7 })];

function segments(walls: Float64Array): Segment[] {
  const list: Segment[] = [];
  for (let i = 0; i < walls.length; i += 4)
    list.push([
      [walls[i]!, walls[i + 1]!],
      [walls[i + 2]!, walls[i + 3]!],
    ]);
  return list;
}

/** Ends of flights on this level. */
const portals = (layout: Layout, panel: Panel): Segment[] =>
  layout.connections.flatMap((c) => [c.lower, c.upper].filter((end) => end.level === panel.level.id).map((end) => end.line));

/** Sections by name in bold, then exits, then openings in use and flights where there is room. */
function labelLayers(panel: Panel, sections: readonly Section[], openings: readonly Opening[], content: PlanContent): View[] {
  const big = 12;
  const small = 10;
  const sectionNames: Wanted[] = sections.flatMap((section) => {
    const text = content.sectionText === undefined ? section.name || section.id : content.sectionText(section);
    const largest = [...section.polygons].sort((a, b) => polygonArea(b) - polygonArea(a))[0];
    if (text === null || largest === undefined) return [];
    const [x, y] = insidePoint(largest);
    return [{ x, y, text, must: true }];
  });
  const columns = panel.width > 500 ? 34 : 22;
  const first = placeLabels(panel, sectionNames, { size: big, max: columns, taken: [...(content.taken ?? [])] });
  const atOpening = (o: Opening): Wanted => ({ ...besideLine(panel, o), text: shorten(o.name || o.id, 18), must: false });
  const flights = panel.flights.flatMap((s) =>
    s.regions.slice(0, 1).map((region) => ({ at: insidePoint(region), name: s.name || s.id })),
  );
  const others: Wanted[] = [
    ...openings.filter((o) => o.exit).map(atOpening),
    ...openings.filter((o) => !o.exit && (content.inUse?.has(o.name) || content.inUse?.has(o.id))).map(atOpening),
    ...flights.map((f) => ({ x: f.at[0], y: f.at[1], text: shorten(f.name, 14), must: false })),
  ];
  const taken = [...(content.taken ?? []), ...first.labels];
  const second = placeLabels(panel, others, { size: small, max: 18, taken });
  return [
    ...textLayers(panel, second.labels, { size: small, halo: true, fill: MUTED }),
    ...textLayers(panel, first.labels, { size: big, bold: true, halo: true }),
  ];
}

/** Ten px towards the middle of the panel from the middle of the opening. */
function besideLine(panel: Panel, opening: Opening): { x: number; y: number } {
  const [[ax, ay], [bx, by]] = opening.line;
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  const along = Math.abs(bx - ax) > Math.abs(by - ay);
  const towards = (v: number, low: number, high: number): number => (v < (low + high) / 2 ? 1 : -1);
  const px = 1 / panel.scale;
  const half = ((opening.name || opening.id).length * 6) / 2 + 6;
  return along
    ? { x, y: y + towards(y, panel.box.y0, panel.box.y1) * 12 * px }
    : { x: x + towards(x, panel.box.x0, panel.box.x1) * half * px, y };
}
