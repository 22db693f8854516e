/** Who can get where, checked on the built floor before anybody walks. */
import type { Problem } from "../errors.js";
import { fieldFor, fits, graphFor, wayClassOf } from "./fields.js";
import type { Destination, Field, PlanGroup, PlanStage, World } from "./world.js";
import { nodeAt } from "./world.js";

export interface Reach {
  /** Groups of which nobody, and named agents who, can never get to where they are sent. */
  problems: Problem[];
  /** Parts of start places from which a destination cannot be reached. */
  notices: string[];
}

/** Gates that are shut first and opened by an event count as passable. */
export function checkReach(world: World): Reach {
  const opened = new Set(world.events.filter((e) => e.open).map((e) => e.gate));
  const shut = world.gates.map((gate, g) => !gate.open && !opened.has(g));
  const changed = world.gates.some((gate, g) => !gate.open && opened.has(g));
  const fieldsFor = (wayClass: number): ((d: number) => Field) => {
    const first = wayClass * world.destinations.length;
    if (!changed) return (d) => world.fields[first + d]!;
    const isOpen = (g: number): boolean => !shut[g] && fits(world, g, wayClass);
    const graph = graphFor(world.graph, world.gates, isOpen);
    const cache = new Map<number, Field>();
    return (d) => {
      const known = cache.get(d) ?? fieldFor(graph, world.destinations[d]!, isOpen);
      cache.set(d, known);
      return known;
    };
  };
  const reach: Reach = { problems: [], notices: [] };
  const [all, stepFree] = [fieldsFor(0), world.stepFree ? fieldsFor(wayClassOf(world, 0, false)) : null];
  for (const group of world.groups) checkGroup(world, group, group.population.uses_stairs || !stepFree ? all : stepFree, reach);
  return reach;
}

function checkGroup(world: World, group: PlanGroup, fieldOf: (d: number) => Field, reach: Reach): void {
  const first = group.stages.findIndex((stage) => targets(world, stage).length > 0);
  if (first < 0) return;
  const goals = targets(world, group.stages[first]!);
  const reached = (node: number): boolean => node >= 0 && goals.some((d) => fieldOf(d).time[node]! < Infinity);
  const goalNames = goals.map((d) => world.destinations[d]!.name).join(" or ");
  for (const entry of [...group.start, ...(group.arrivals?.entries ?? [])]) {
    const cut = [...entry.nodes].filter((n) => !reached(n));
    if (cut.length === entry.nodes.length) {
      reach.problems.push({
        place: group.name,
        message: `people in ${entry.name} cannot reach ${goalNames}${withoutStairs(group)}`,
      });
    } else if (cut.length > 0) {
      const share = Math.max(0.1, (100 * cut.length) / entry.nodes.length).toFixed(1);
      const [x, y] = [world.nodeX[cut[0]!]!, world.nodeY[cut[0]!]!];
      reach.notices.push(
        `${group.name}: from ${share} % of ${entry.name} (for example at (${x.toFixed(2)}, ${y.toFixed(2)})) ${goalNames} cannot be reached${withoutStairs(group)}`,
      );
    }
  }
  group.agents.forEach((agent, k) => {
    const node = nodeAt(world, agent.sheet, agent.x, agent.y);
    if (!reached(node))
      reach.problems.push({
        place: `${group.name}.agents[${k}]`,
        message: `agents[${k}] cannot reach ${goalNames}${withoutStairs(group)}`,
        at: [agent.x, agent.y],
      });
  });
  checkLegs(world, group, fieldOf, reach, first);
}

/** Every later leg must begin where its end can be reached. */
function checkLegs(world: World, group: PlanGroup, fieldOf: (d: number) => Field, reach: Reach, first: number): void {
  let from = targets(world, group.stages[first]!);
  const again = group.repeats ? group.stages.slice(0, first + 1) : [];
  for (const stage of [...group.stages.slice(first + 1), ...again]) {
    const to = targets(world, stage);
    for (const d of to) {
      const lost = from.filter((f) => !seedsOf(world.destinations[f]!).some((n) => fieldOf(d).time[n]! < Infinity));
      for (const f of lost)
        reach.problems.push({
          place: group.name,
          message: `${world.destinations[d]!.name} cannot be reached from ${world.destinations[f]!.name}${withoutStairs(group)}`,
        });
    }
    if (to.length > 0) from = to;
  }
}

/** Why there may be no way, for people who use no stairs. */
const withoutStairs = ({ population }: PlanGroup): string =>
  population.uses_stairs ? "" : ` without stairs or escalators, which "${population.name}" do not use`;

const seedsOf = (destination: Destination): number[] => [...destination.seeds.nodes];

function targets(world: World, stage: PlanStage): readonly number[] {
  if (stage.kind === "go" || stage.kind === "stay") return [stage.destination];
  if (stage.kind === "queue") return stage.queues.map((q) => world.queues[q]!.destination);
  return stage.destinations;
}
