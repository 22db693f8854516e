/** People at given positions: level, floor, and nobody inside another. */
import type { Problem } from "../errors.js";
import { inPolygons } from "../geometry/polygon.js";
import type { Layout, Point } from "../layout/layout.js";
import { textOf } from "../layout/project.js";
import { lowerBound } from "./distributions.js";
import { MAX_LISTED } from "./limits.js";
import { suggestion } from "./nearest.js";
import { localPoint, onlyLevel } from "./places.js";
import type { Scenario } from "./scenario.js";
import { join } from "./shape.js";

interface Placed {
  /** `agents[3]`, with the group where there are several. */
  label: string;
  path: string;
  x: number;
  y: number;
  radius: number;
}

/** Distances shorter by less than this are rounding, m. */
const TOLERANCE = 1e-6;
/** Overlaps after which no more are looked for: a heap of people has as many as it has pairs. */
const MOST_OVERLAPS = 10 * MAX_LISTED;

/**
 * Overlaps are counted with the agent's own radius, else the smallest of its population: what is called an overlap here is one
 * for every seed. Text as in `agents[3] at (5.00, 4.00) overlaps agents[2]: distance 0.12 m, needs 0.40 m`.
 */
export function checkAgents(scenario: Scenario, layout: Layout): Problem[] {
  const problems: Problem[] = [];
  const byLevel = new Map<string, Placed[]>();
  const groups = scenario.people.filter((group) => group.agents);
  for (const group of groups) {
    const smallest = lowerBound(group.population.radius_m);
    group.agents!.forEach((agent, k) => {
      const path = `${join("people", group.name)}.agents[${k}]`;
      const level = agent.level ?? onlyLevel(layout);
      if (level === null || !layout.levels.some((l) => l.id === level)) {
        const ids = layout.levels.map((l) => l.id);
        const message =
          level === null
            ? `the layout has ${ids.length} levels: say which one by "level"`
            : `there is no level "${level}"${suggestion(level, ids)}`;
        problems.push({ place: path, message });
        return;
      }
      const [x, y] = localPoint(layout, agent.at);
      const label = groups.length > 1 ? `agents[${k}] of "${group.name}"` : `agents[${k}]`;
      const placed = byLevel.get(level) ?? [];
      placed.push({ label, path, x, y, radius: agent.radius_m ?? smallest });
      byLevel.set(level, placed);
    });
  }
  for (const [level, placed] of byLevel) {
    problems.push(...limited(outsideFloor(layout, level, placed), "agents outside the floor"));
    problems.push(...limited(overlaps(layout, level, placed), "overlaps of agents"));
  }
  return problems;
}

function outsideFloor(layout: Layout, level: string, placed: readonly Placed[]): Problem[] {
  const floors = layout.sheets
    .filter((sheet) => sheet.kind === "floor" && sheet.level === level)
    .flatMap((sheet) => sheet.regions);
  return placed
    .filter(({ x, y }) => !inPolygons(floors, x, y))
    .map(({ label, path, x, y }) => ({
      place: path,
      message: `${label} at ${textOf(layout.frame, [x, y])} stands outside the floor of level "${level}"`,
      level,
      at: [x, y] as Point,
    }));
}

/** Each agent against the earlier ones in its cell and the cells around; cells are as wide as two of the widest bodies. */
function overlaps(layout: Layout, level: string, placed: readonly Placed[]): Problem[] {
  const edge = placed.reduce((widest, { radius }) => Math.max(widest, 2 * radius), 0);
  const cells = new Map<string, number[]>();
  const problems: Problem[] = [];
  placed.forEach((agent, k) => {
    if (problems.length > MOST_OVERLAPS) return;
    const [cx, cy] = [Math.floor(agent.x / edge), Math.floor(agent.y / edge)];
    const near: number[] = [];
    for (let i = cx - 1; i <= cx + 1; i++) for (let j = cy - 1; j <= cy + 1; j++) near.push(...(cells.get(`${i},${j}`) ?? []));
    for (const j of near.sort((a, b) => a - b)) {
      const other = placed[j]!;
      const distance = Math.sqrt((agent.x - other.x) * (agent.x - other.x) + (agent.y - other.y) * (agent.y - other.y));
      const needs = agent.radius + other.radius;
      if (distance >= needs - TOLERANCE) continue;
      problems.push({
        place: agent.path,
        message: `${agent.label} at ${textOf(layout.frame, [agent.x, agent.y])} overlaps ${other.label}: distance ${distance.toFixed(2)} m, needs ${needs.toFixed(2)} m`,
        value: distance,
        limit: needs,
        level,
        at: [agent.x, agent.y],
      });
    }
    const key = `${cx},${cy}`;
    const cell = cells.get(key);
    if (!cell) cells.set(key, [k]);
    // A heap of people in one spot is told by its first pairs; listing all pairs would take for ever.
    else if (cell.length < MAX_LISTED) cell.push(k);
  });
  return problems;
}

function limited(problems: Problem[], what: string): Problem[] {
  if (problems.length <= MAX_LISTED) return problems;
  return [
    ...problems.slice(0, MAX_LISTED),
    { place: "people", message: `and at least ${problems.length - MAX_LISTED} more ${what}` },
  ];
}
