/** Compiles the scenario's people: places become destinations, entries and exits with indices. */
import type { Problem } from "../errors.js";
import type { Layout } from "../layout/layout.js";
import { findPlace, localPoint, type Place } from "../scenario/places.js";
import type { Group, Scenario, Stage } from "../scenario/scenario.js";
import { areaOf, areaSeeds, exitSeeds } from "./areas.js";
import { eachNodeNear, type Raster } from "./raster.js";
import { shared } from "./shared.js";
import type { Area, Destination, Entry, Exit, PlanGroup, PlanStage, Redirect, WallLists, WorldGate } from "./world.js";

export interface Registry {
  readonly layout: Layout;
  readonly scenario: Scenario;
  readonly raster: Raster;
  readonly walls: WallLists;
  readonly gates: readonly WorldGate[];
  readonly problems: Problem[];
  readonly destinations: Destination[];
  readonly exits: Exit[];
  /** Queues are laid out after the fields of what follows them are known: here only what was asked for. */
  readonly queues: QueueRequest[];
}

export interface QueueRequest {
  readonly place: string;
  readonly gate: number;
  readonly stage: Extract<Stage, { queue: unknown }>["queue"];
  /** Destinations that follow the queue. */
  next: readonly number[];
}

/** Index of the gate that an opening became, or -1. Gates of the layout come first and in its order. */
export function gateIndex(registry: Pick<Registry, "layout">, openingId: string): number {
  return registry.layout.gates.findIndex((gate) => gate.opening === openingId);
}

export function compileGroup(registry: Registry, group: Group): PlanGroup {
  const stages: PlanStage[] = [];
  for (const stage of group.journey) if (!("repeat" in stage)) stages.push(compileStage(registry, stage, group));
  const repeats = stages.length < group.journey.length;
  stages.forEach((stage, k) => {
    if (stage.kind !== "queue") return;
    const next = stages[k + 1] ?? (repeats ? stages[0] : undefined);
    const following = next ? destinationsOf(next, registry) : [];
    for (const q of stage.queues) registry.queues[q]!.next = following;
  });
  return {
    name: group.name,
    count: group.count,
    population: group.population,
    pre_movement_s: group.pre_movement_s,
    singleFile: group.single_file,
    social: group.social_groups && { ...group.social_groups, pool: group.social_groups.with },
    gapFactor: group.motivation,
    stages,
    repeats,
    start: group.start ? group.start.in.map((name) => entryOf(registry, name, 1)) : [],
    arrivals: group.arrivals
      ? {
          entries: group.arrivals.at.map((name, k) => entryOf(registry, name, group.arrivals!.shares[k]!)),
          intervals: group.arrivals.intervals,
        }
      : null,
    agents: (group.agents ?? []).map((agent, k) => {
      const level = agent.level ?? registry.layout.levels[0]!.id;
      const sheet = registry.layout.sheets.findIndex((s) => s.kind === "floor" && s.level === level);
      if (sheet < 0) registry.problems.push({ place: `${group.name}.agents[${k}]`, message: `there is no level "${level}"` });
      const [x, y] = localPoint(registry.layout, agent.at);
      return { x, y, sheet, speed: agent.speed_m_s ?? null, radius: agent.radius_m ?? null };
    }),
  };
}

function compileStage(registry: Registry, stage: Exclude<Stage, { repeat: true }>, group: Group): PlanStage {
  if ("go" in stage) return { kind: "go", destination: areaDestination(registry, stage.go.to) };
  if ("queue" in stage) {
    const queues = stage.queue.at.map((place) => queueRequest(registry, place, stage));
    return { kind: "queue", queues: queues.filter((q) => q >= 0) };
  }
  if ("stay" in stage) {
    return {
      kind: "stay",
      destination: areaDestination(registry, stage.stay.in),
      for_s: stage.stay.for_s,
      until_s: stage.stay.until_s,
    };
  }
  if ("choose" in stage) {
    const { of, weights, share, stay_s } = stage.choose;
    return { kind: "choose", destinations: of.map((name) => areaDestination(registry, name)), weights, share, stay_s };
  }
  const { by, choice, shares, gain, follow } = stage.leave;
  // Companions take one exit even where the way to another is shorter for some of them.
  const apart = group.social_groups === null;
  if (choice === "least-time" && apart)
    return { kind: "leave", destinations: [exitDestination(registry, by)], shares: [1], expected: null, nearest: true };
  if (choice === "fixed" && by.length !== 1)
    registry.problems.push({ place: `people.${group.name}.journey`, message: `a fixed exit is one place, got ${by.length}` });
  return {
    kind: "leave",
    destinations: by.map((name) => exitDestination(registry, [name])),
    shares: choice === "shares" ? shares : by.map(() => 1),
    expected:
      choice === "expected-time"
        ? {
            gain: gain!, // read.ts writes it for this choice
            follow: follow ?? 0,
            familiar: by.map((name) => group.familiar_with.length === 0 || group.familiar_with.includes(name)),
          }
        : null,
    nearest: choice === "least-time",
  };
}

function destinationsOf(stage: PlanStage, registry: Registry): readonly number[] {
  if (stage.kind === "go" || stage.kind === "stay") return [stage.destination];
  if (stage.kind === "queue") return stage.queues.flatMap((q) => registry.queues[q]!.next);
  return stage.destinations;
}

function register(registry: Registry, key: string, make: () => Destination): number {
  const known = registry.destinations.findIndex((d) => d.name === key);
  if (known >= 0) return known;
  registry.destinations.push(make());
  return registry.destinations.length - 1;
}

function placeOf(registry: Registry, name: string): Place {
  return findPlace(registry.scenario, registry.layout, name);
}

export function resolveArea(registry: Registry, name: string): Area {
  const place = placeOf(registry, name);
  if (place.kind === "area") {
    const area = areaOf({ name, level: place.level, polygons: place.polygons, layout: registry.layout, raster: registry.raster });
    if (area.nodes.length === 0)
      registry.problems.push({ place: name, message: `no floor inside this place on level "${place.level}"` });
    return area;
  }
  registry.problems.push({
    place: name,
    message: `people can walk to and stay in an area; this is ${place.kind === "line" ? "a line" : "an opening"}`,
  });
  return { name, sheets: [], polygons: [], nodes: new Int32Array(0) };
}

function areaDestination(registry: Registry, name: string): number {
  return register(registry, name, () => {
    const area = resolveArea(registry, name);
    return { name, seeds: areaSeeds(area), seedGates: new Int32Array(0), area, exitGates: [], exitAreas: [] };
  });
}

/** What the marshals of the scenario do, in order of time. Registers the exits they name. */
export function compileRedirects(registry: Registry): Redirect[] {
  const { scenario } = registry;
  const events = scenario.events.flatMap((event) => ("redirect" in event ? [event] : []));
  return events.map(({ at_s, redirect: { groups, from, to, share, in: reach, for_s } }) => {
    const singles = from.map((name) => exitDestination(registry, [name]));
    const where = reach === null ? "" : ` in ${reach}`;
    return {
      at_s,
      until_s: for_s === null ? Infinity : at_s + for_s,
      groups: scenario.people.map(({ name }) => groups.length === 0 || groups.includes(name)),
      from: singles,
      sets: [...registry.destinations.keys()].filter(
        (d) => !singles.includes(d) && singles.some((s) => shareExit(registry, d, s)),
      ),
      to: exitDestination(registry, [to]),
      share,
      area: reach === null ? null : resolveArea(registry, reach),
      what: `a marshal${where} sends people from ${from.join(" or ")} to ${to}, ${Math.round(share * 100)} % are to follow`,
    };
  });
}

function shareExit({ destinations }: Registry, a: number, b: number): boolean {
  const [one, other] = [destinations[a]!, destinations[b]!];
  return (
    one.exitGates.some((g) => other.exitGates.includes(g)) ||
    one.exitAreas.some(({ exit }) => other.exitAreas.some((area) => area.exit === exit))
  );
}

/** One destination for a set of exits: least time to any of them. */
function exitDestination(registry: Registry, names: readonly string[]): number {
  return register(registry, `exit ${names.join(" or ")}`, () => {
    const nodes: number[] = [];
    const times: number[] = [];
    const directions: number[] = [];
    const gates: number[] = [];
    const seedGates: number[] = [];
    const exitAreas: { area: Area; exit: number }[] = [];
    for (const name of names) {
      const place = placeOf(registry, name);
      if (place.kind === "opening") {
        const g = gateIndex(registry, place.opening.id);
        if (g < 0 || !registry.gates[g]!.exit) {
          registry.problems.push({ place: name, message: "this opening does not lead outside, nobody can leave by it" });
          continue;
        }
        const seeds = exitSeeds(place.opening, registry.gates[g]!.sheetA, registry.raster, registry.walls);
        nodes.push(...seeds.nodes);
        seedGates.push(...Array.from(seeds.nodes, () => g));
        times.push(...seeds.times);
        directions.push(...seeds.directions);
        gates.push(g);
        if (!registry.exits.some((e) => e.gate === g)) registry.exits.push({ name, width_m: place.opening.width, gate: g });
      } else {
        const area = resolveArea(registry, name);
        for (const n of area.nodes) {
          nodes.push(n);
          seedGates.push(-1);
          times.push(0);
          directions.push(0, 0);
        }
        const known = registry.exits.findIndex((e) => e.name === name);
        exitAreas.push({ area, exit: known >= 0 ? known : registry.exits.push({ name, width_m: null, gate: -1 }) - 1 });
      }
    }
    const seeds = { nodes: Int32Array.from(nodes), times: Float32Array.from(times), directions: Float32Array.from(directions) };
    return {
      name: `exit ${names.join(" or ")}`,
      seeds,
      seedGates: Int32Array.from(seedGates),
      area: null,
      exitGates: gates,
      exitAreas,
    };
  });
}

function queueRequest(registry: Registry, name: string, stage: Extract<Stage, { queue: unknown }>): number {
  const place = placeOf(registry, name);
  if (place.kind !== "opening") {
    registry.problems.push({ place: name, message: "people queue before an opening; this is not one" });
    return -1;
  }
  const gate = gateIndex(registry, place.opening.id);
  const known = registry.queues.findIndex((q) => q.gate === gate && q.stage === stage.queue);
  if (known >= 0) return known;
  registry.queues.push({ place: name, gate, stage: stage.queue, next: [] });
  return registry.queues.length - 1;
}

/** Nodes where people of a group may appear: an area, or the first metre behind an opening. */
function entryOf(registry: Registry, name: string, share: number): Entry {
  const place = placeOf(registry, name);
  if (place.kind !== "opening") {
    const area = resolveArea(registry, name);
    return { name, share, sheet: area.sheets[0] ?? 0, gate: -1, nodes: area.nodes };
  }
  const gate = gateIndex(registry, place.opening.id);
  const sheet = registry.gates[gate]?.sheetA ?? 0;
  const [[ax, ay], [bx, by]] = place.opening.line;
  const found: number[] = [];
  eachNodeNear(ax, ay, bx, by, 1.2, registry.raster.sheets[sheet]!, registry.raster.cell, registry.raster.raster, (n) => {
    const t =
      ((registry.raster.nodeX[n]! - ax) * (bx - ax) + (registry.raster.nodeY[n]! - ay) * (by - ay)) /
      ((bx - ax) ** 2 + (by - ay) ** 2);
    if (t > 0 && t < 1) found.push(n);
  });
  if (found.length === 0)
    registry.problems.push({ place: name, message: "no floor behind this opening where people could enter" });
  return { name, share, sheet, gate, nodes: shared(Int32Array, found) };
}
