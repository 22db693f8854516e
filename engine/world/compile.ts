/** compile: layout and scenario → World, once for all seeds and workers. */
import { MusterError, type Problem } from "../errors.js";
import type { Layout } from "../layout/layout.js";
import { lowerBound, mean, upperBound } from "../scenario/distributions.js";
import { flightOf, withRunning } from "../scenario/flight-rules.js";
import { liftsNamed, ruleOf } from "../scenario/lift-rules.js";
import { controlOf, withDirections } from "../scenario/opening-rules.js";
import { findPlace } from "../scenario/places.js";
import type { Distribution, Scenario } from "../scenario/scenario.js";
import { fieldFor, fits, graphFor, wayClasses } from "./fields.js";
import { findGaps } from "./gaps.js";
import { compileGroup, compileRedirects, gateIndex, type Registry } from "./journeys.js";
import { buildLanes } from "./lanes.js";
import { buildLifts, liftJumps } from "./lifts.js";
import { buildRaster, joinGates, type Raster } from "./raster.js";
import { checkReach } from "./reach.js";
import { shared } from "./shared.js";
import { buildSeams, buildWallLists } from "./walls.js";
import type { Field, Queue, SheetGrid, WallLists, World, WorldGate, WorldLift } from "./world.js";

/** Edge of a raster cell, m: three cells in a door of 0.8 m. Sites with more than MOST_CELLS such cells get larger ones. */
const CELL = 0.25;
const MOST_CELLS = 6_000_000;

/** Throws SCENARIO_INVALID with every problem that only the built floor shows: unreachable exits, places without floor, lanes without room. */
export function compileWorld(given: Layout, scenario: Scenario): World {
  const layout = withDirections(scenario, withRunning(scenario, given));
  const raster = buildRaster(layout, cellFor(layout));
  const doors = joinGates(layout, raster).map((gate, g) => withControl(layout, scenario, gate, layout.gates[g]!.opening));
  const gates = [...doors, ...findGaps(layout, raster, bodyWidths(scenario).most)];
  const walls = buildWallLists(layout, raster, gates);
  const problems: Problem[] = [];
  const bodies = bodyWidths(scenario);
  const lifts = buildLifts({ layout, scenario, raster, walls, gates, problems, slimmest: bodies.least, widest: bodies.most });
  markDoors(layout, scenario, lifts, gates);
  if (lifts.length > 0) raster.graph = { ...raster.graph, jumps: liftJumps(lifts, raster, scenario) };
  const registry: Registry = { layout, scenario, raster, walls, gates, problems, destinations: [], exits: [], queues: [] };
  const groups = scenario.people.map((group) => compileGroup(registry, group));
  const redirects = compileRedirects(registry);
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  const narrow = [...new Set(gates.map((g) => g.width))]
    .filter((w) => w >= bodies.least && w < bodies.most)
    .sort((a, b) => a - b);
  const stepFree = scenario.people.some(({ population }) => !population.uses_stairs);
  const widths = { gates, narrow, slimmest: bodies.least };
  const fieldsOf = (first: number, wayClass: number): Field[] => {
    const isOpen = (g: number): boolean => gates[g]!.open && fits(widths, g, wayClass);
    const graph = graphFor(raster.graph, gates, isOpen);
    return registry.destinations.slice(first).map((d) => fieldFor(graph, d, isOpen));
  };
  const fields = fieldsOf(0, 0);
  const queues = buildQueues(registry, fields, raster, walls);
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  fields.push(...fieldsOf(fields.length, 0));
  for (let k = 1; k < wayClasses({ narrow, stepFree }); k++) fields.push(...fieldsOf(0, k));
  const world: World = {
    cell: raster.cell,
    x0: raster.x0,
    y0: raster.y0,
    sheets: withFlights(layout, scenario, raster.sheets),
    stairs: scenario.stairs,
    raster: raster.raster,
    nodeX: raster.nodeX,
    nodeY: raster.nodeY,
    nodeSheet: raster.nodeSheet,
    nearWall: raster.nearWall,
    graph: raster.graph,
    gates,
    wallLists: walls,
    seams: buildSeams(raster, gates),
    binCount: raster.binCount,
    destinations: registry.destinations,
    narrow,
    stepFree,
    slimmest: bodies.least,
    widest: bodies.most,
    fields,
    exits: registry.exits,
    queues,
    lifts,
    liftEvents: liftEvents(layout, scenario, lifts),
    groups,
    events: gateEvents(registry),
    redirects,
    stops: scenario.events.flatMap((event) =>
      "stop_inflow" in event ? [{ at_s: event.at_s, groups: groupIndices(scenario, event.stop_inflow) }] : [],
    ),
    floorArea: raster.nodeX.length * raster.cell * raster.cell,
    notices: [],
    model: scenario.model,
  };
  const reach = checkReach(world);
  if (reach.problems.length > 0) throw new MusterError("SCENARIO_INVALID", reach.problems);
  return { ...world, notices: reach.notices };
}

/** Doors of lifts that run are ways for those who use them; those of all others stay shut. */
function markDoors(layout: Layout, scenario: Scenario, lifts: readonly WorldLift[], gates: WorldGate[]): void {
  for (const lift of layout.lifts) {
    const rule = ruleOf(scenario, lift);
    const index = lifts.findIndex(({ id }) => id === lift.id);
    lift.landings.forEach(({ opening }, landing) => {
      const g = layout.gates.findIndex((gate) => gate.opening === opening);
      const carLeft = index >= 0 && lifts[index]!.landings[landing]!.carLeft;
      const door = { lift: index, landing, carLeft, stepFreeOnly: rule?.for === "step-free" };
      gates[g] = { ...gates[g]!, open: rule !== undefined, door };
    });
  }
}

function liftEvents(layout: Layout, scenario: Scenario, lifts: readonly WorldLift[]): World["liftEvents"] {
  return scenario.events.flatMap((event) => {
    if (!("lift" in event)) return [];
    const [named] = liftsNamed(layout, [event.lift]);
    const lift = lifts.findIndex(({ id }) => id === named?.id);
    const { at_s, runs } = event;
    return lift < 0 ? [] : [{ at_s, lift, runs, what: `lift ${event.lift} ${runs ? "runs again" : "goes out of service"}` }];
  });
}

/** Notes what the plan and the scenario say about passing a gate's opening. */
function withControl(layout: Layout, scenario: Scenario, gate: WorldGate, openingId: string): WorldGate {
  const opening = layout.openings.find((o) => o.id === openingId);
  const { prescribed, turnstile } = opening ? controlOf(scenario, layout, opening) : { prescribed: null, turnstile: null };
  const onBelt = beltInterval(layout, scenario, gate.id);
  const interval_s = Math.max(prescribed ? 1 / prescribed.flow : 0, onBelt);
  return interval_s > 0 || turnstile ? { ...gate, control: { interval_s, belt: onBelt > 0, turnstile } } : gate;
}

/** Least time between two people onto an escalator's belt, s; 0 where the gate leads onto none. */
function beltInterval(layout: Layout, scenario: Scenario, gateId: string): number {
  const connection = layout.connections.find(({ id }) => gateId === `${id}/lower` || gateId === `${id}/upper`);
  const belt = connection && flightOf(scenario, connection).belt;
  return belt && gateId === `${connection.id}/${belt.running === "up" ? "lower" : "upper"}` ? 3600 / belt.capacity_per_h : 0;
}

/** Notes on the sheets of flights how they are walked. */
function withFlights(layout: Layout, scenario: Scenario, sheets: readonly SheetGrid[]): SheetGrid[] {
  return sheets.map((grid, s) => {
    const connection = layout.connections.find(({ id }) => id === layout.sheets[s]!.connection);
    const { pitch, belt } = connection ? flightOf(scenario, connection) : { pitch: 1, belt: null };
    return { ...grid, pitch, belt: belt && { speed: belt.speed, standingShare: belt.standingShare } };
  });
}

/** 0.25 m, doubled until the site fits: a coarse raster still keeps walls exact, only directions get coarser. */
function cellFor(layout: Layout): number {
  let area = 0;
  for (const sheet of layout.sheets) {
    const xs = sheet.regions.flatMap((r) => r.outer.map((p) => p[0]));
    const ys = sheet.regions.flatMap((r) => r.outer.map((p) => p[1]));
    area +=
      (xs.reduce(maximum, -Infinity) - xs.reduce(minimum, Infinity)) *
      (ys.reduce(maximum, -Infinity) - ys.reduce(minimum, Infinity));
  }
  let cell = CELL;
  while (area / (cell * cell) > MOST_CELLS) cell *= 2;
  return cell;
}
const maximum = (a: number, b: number): number => (a > b ? a : b);
const minimum = (a: number, b: number): number => (a < b ? a : b);

/** Least and largest body width that anybody of the scenario may have, m. */
function bodyWidths(scenario: Scenario): { least: number; most: number } {
  const radii = scenario.people.flatMap(({ population, agents }) => [
    lowerBound(population.radius_m),
    upperBound(population.radius_m),
    ...(agents ?? []).flatMap((agent) => agent.radius_m ?? []),
  ]);
  return { least: 2 * Math.min(...radii), most: 2 * Math.max(...radii) };
}

function buildQueues(registry: Registry, fields: readonly Field[], raster: Raster, walls: WallLists): Queue[] {
  return registry.queues.map((request) => {
    const gate = registry.gates[request.gate]!;
    const place = findPlace(registry.scenario, registry.layout, request.place);
    if (place.kind !== "opening") throw new MusterError("INTERNAL", `queue ${request.place} lost its opening`);
    const first = request.next[0];
    const next: Field =
      first === undefined ? { time: shared(Float32Array, raster.nodeX.length), flow: new Float32Array(0) } : fields[first]!;
    const lanes = buildLanes({
      opening: place.opening,
      sheet: gate.sheetA,
      servers: request.stage.servers,
      spacing: request.stage.spacing_m,
      next,
      raster,
      walls,
      gates: registry.gates,
      problems: registry.problems,
    });
    const nodes = laneNodes(lanes, gate.sheetA, raster);
    const seeds = { nodes, times: new Float32Array(nodes.length), directions: new Float32Array(0) };
    registry.destinations.push({
      name: `queue ${request.place}`,
      seeds,
      seedGates: new Int32Array(0),
      area: null,
      exitGates: [],
      exitAreas: [],
    });
    return {
      name: request.place,
      gate: request.gate,
      sheet: gate.sheetA,
      lanes,
      service_s: request.stage.service_s as Distribution,
      meanService_s: mean(request.stage.service_s),
      destination: registry.destinations.length - 1,
    };
  });
}

/** Nodes under the spots of all lanes: who stands on one has arrived at the queue. */
function laneNodes(lanes: readonly { spots: Float32Array }[], sheet: number, raster: Raster): Int32Array {
  const nodes = new Set<number>();
  const grid = raster.sheets[sheet]!;
  for (const { spots } of lanes)
    for (let k = 0; k < spots.length; k += 2) {
      const ix = Math.floor((spots[k]! - grid.x0) / raster.cell);
      const iy = Math.floor((spots[k + 1]! - grid.y0) / raster.cell);
      const n = raster.raster[grid.first + iy * grid.nx + ix]!;
      if (n >= 0) nodes.add(n);
    }
  return Int32Array.from([...nodes].sort((a, b) => a - b));
}

function gateEvents(registry: Registry): World["events"] {
  const events = registry.scenario.events.flatMap((event) => {
    if ("stop_inflow" in event || "redirect" in event || "lift" in event) return [];
    const open = "open" in event;
    const name = open ? event.open : event.close;
    const place = findPlace(registry.scenario, registry.layout, name);
    const gate = place.kind === "opening" ? gateIndex(registry, place.opening.id) : -1;
    return gate < 0 ? [] : [{ at_s: event.at_s, gate, open, what: `${name} ${open ? "opens" : "closes"}` }];
  });
  return events.sort((a, b) => a.at_s - b.at_s);
}

function groupIndices(scenario: Scenario, names: readonly string[]): number[] {
  return scenario.people.flatMap((group, g) => (names.length === 0 || names.includes(group.name) ? [g] : []));
}
