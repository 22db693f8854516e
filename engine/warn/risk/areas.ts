/** The four-colour risk map: what the runs showed in each section and each cell, graded by the scenario's matrix, with cause and figures. */
import { boxOf, inPolygons, joinBoxes, type Point } from "../../geometry/polygon.js";
import { distanceToSegment } from "../../geometry/segment.js";
import type { Layout, Polygon, Segment } from "../../layout/layout.js";
import type { ExposedArea } from "../../measure/measures.js";
import { findPlace } from "../../scenario/places.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { RunReport } from "../report.js";
import type { EnsembleWarning, RiskArea } from "../warnings.js";
import { clock, lasting, trim, whole } from "../words.js";
import { riskOf } from "./matrix.js";

/** A cell this close to a gate, queue or line is named after it, m. */
const NEAR = 15;

interface Context {
  layout: Layout;
  scenario: Scenario;
  warnings: readonly EnsembleWarning[];
  landmarks: Landmark[];
  sections: { name: string; level: string; polygons: readonly Polygon[]; area: number }[];
  limit: number;
  cell_m: number;
}

interface Landmark {
  name: string;
  level: string;
  line: Segment;
}

/**
 * Likelihood: share of the runs in which a density cell of the area had a 10 s mean at or above the limit. Consequence: most people at
 * once in such cells, mean over the runs. Sections first, then cells from the south-west; cells where nobody ever was are left out.
 * @param runs in the order of their seeds
 */
export function riskAreas(options: {
  layout: Layout;
  scenario: Scenario;
  runs: readonly RunReport[];
  warnings: readonly EnsembleWarning[];
}): RiskArea[] {
  const { layout, scenario, runs, warnings } = options;
  const first = runs[0]?.measures.exposure;
  if (first === undefined) return [];
  const found = new Map<string, ExposedArea[]>();
  for (const { measures } of runs)
    for (const area of measures.exposure.areas) {
      const key = `${area.kind}|${area.id}`;
      const list = found.get(key);
      if (list) list.push(area);
      else found.set(key, [area]);
    }
  const context: Context = {
    layout,
    scenario,
    warnings,
    landmarks: landmarksOf(layout, scenario, runs),
    sections: sectionsOf(layout, scenario, first.areas),
    limit: first.limit,
    cell_m: first.risk_cell_m,
  };
  return [...found.values()].sort((a, b) => order(a[0]!, b[0]!)).flatMap((list) => riskArea(list, runs.length, context));
}

const order = (a: ExposedArea, b: ExposedArea): number =>
  (a.kind === b.kind ? 0 : a.kind === "section" ? -1 : 1) ||
  (a.level < b.level ? -1 : a.level > b.level ? 1 : 0) ||
  a.y - b.y ||
  a.x - b.x ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A section of several pieces gives one area per piece with the same figures. */
function riskArea(list: readonly ExposedArea[], runs: number, context: Context): RiskArea[] {
  const { scenario, limit } = context;
  const area = list[0]!;
  const reached = list.filter(({ peak_density }) => peak_density >= limit);
  const share_of_runs = reached.length / runs;
  const people_exposed = list.reduce((sum, { people }) => sum + people, 0) / runs;
  const worst = list.reduce((a, b) => (b.peak_density > a.peak_density ? b : a));
  const shared = {
    kind: area.kind,
    level: area.level,
    ...riskOf(scenario.risk, share_of_runs, people_exposed),
    share_of_runs,
    people_exposed,
    peak_density: worst.peak_density,
    cause: causeOf(area, reached, runs, context, worst),
  };
  return ringsOf(area, context).map((ring, k) => ({ id: k === 0 ? area.id : `${area.id}#${k + 1}`, ring, ...shared }));
}

function ringsOf(area: ExposedArea, { cell_m, sections }: Context): [number, number][][] {
  if (area.kind === "section") {
    const section = sections.find(({ name }) => name === area.id);
    return (section?.polygons ?? []).map(({ outer }) => outer.map(([x, y]) => [x, y] as [number, number]));
  }
  const { x, y } = area;
  const [right, top] = [x + cell_m, y + cell_m];
  return [
    [
      [x, y],
      [right, y],
      [right, top],
      [x, top],
    ],
  ];
}

/** Figures, then where it is, then why by the warning that stands for the place. */
function causeOf(area: ExposedArea, reached: readonly ExposedArea[], runs: number, context: Context, worst: ExposedArea): string {
  const { scenario, limit, sections, warnings } = context;
  const middle: Point = [area.x + context.cell_m / 2, area.y + context.cell_m / 2];
  const section =
    area.kind === "section"
      ? sections.find(({ name }) => name === area.id)
      : sections
          .filter(({ level, polygons }) => level === area.level && inPolygons(polygons, ...middle))
          .reduce<Context["sections"][number] | undefined>((a, b) => (a === undefined || b.area < a.area ? b : a), undefined);
  const parts: string[] = [];
  if (reached.length === 0) parts.push(`at most ${trim(worst.peak_density, 1)} persons/m², below ${trim(limit, 1)}`);
  else {
    const people = reached.reduce((most, { people: n }) => Math.max(most, n), 0);
    const long = reached.reduce((most, { above_s }) => Math.max(most, above_s), 0);
    parts.push(
      `${trim(limit, 1)} persons/m² reached in ${reached.length} of ${runs} ${runs === 1 ? "run" : "runs"}, up to ${trim(worst.peak_density, 1)} at ${clock(scenario, worst.peak_at_s)}, for up to ${lasting(long)}, ${whole(people)} people at once`,
    );
  }
  const near = nearest(middle, area, context);
  if (area.kind === "cell" && section) parts.push(`in ${section.name}`);
  if (near !== null) parts.push(near);
  const warning = section && warnings.find(({ place, scheme }) => place === section.name && scheme !== "level-of-service");
  const about = warning ?? (section && warnings.find(({ place }) => place === section.name));
  if (reached.length > 0 && about && about.cause !== "") parts.push(about.cause);
  return parts.join("; ");
}

function nearest(middle: Point, area: ExposedArea, { landmarks }: Context): string | null {
  if (area.kind === "section") return null;
  let best: { name: string; distance: number } | null = null;
  for (const { name, level, line } of landmarks) {
    if (level !== area.level) continue;
    const distance = distanceToSegment(middle, line[0], line[1]);
    if (distance <= NEAR && (best === null || distance < best.distance)) best = { name, distance };
  }
  return best && `${trim(best.distance, 0)} m from ${best.name}`;
}

/** Exits, measured lines and queues of the runs, where they are lines. */
function landmarksOf(layout: Layout, scenario: Scenario, runs: readonly RunReport[]): Landmark[] {
  const { lines, queues } = runs[0]!.measures;
  const names = new Set([...queues.map(({ place }) => place), ...lines.map(({ place }) => place)]);
  return [...names].flatMap((name): Landmark[] => {
    const place = findPlace(scenario, layout, name);
    if (place.kind === "area") return [];
    return [{ name, level: place.level, line: place.kind === "line" ? place.line : place.opening.line }];
  });
}

function sectionsOf(layout: Layout, scenario: Scenario, areas: readonly ExposedArea[]): Context["sections"] {
  return areas.flatMap((area) => {
    if (area.kind !== "section") return [];
    // The recorder names sections that the scenario does not by name or, where it has none, by id.
    const own = layout.sections.find(({ id, name, level }) => (name || id) === area.id && level === area.level);
    const place = scenario.places.some(({ name }) => name === area.id) || !own ? findPlace(scenario, layout, area.id) : null;
    const polygons = place === null ? own!.polygons : place.kind === "area" ? place.polygons : [];
    const [ax, ay, bx, by] = joinBoxes(polygons.map(({ outer }) => boxOf(outer)));
    return [{ name: area.id, level: area.level, polygons, area: (bx - ax) * (by - ay) }];
  });
}
