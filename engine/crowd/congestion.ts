/**
 * Ways round crowds. Shortest paths lead everybody through the same few points: the inner side of a corner, the nearest door of two. While
 * people are held up there, the floor under a crowd counts as slow for them, as in Hughes 2002 (Transportation Research B 36:507): slowness
 * is v0 / v(density), with v(density) of Weidmann 1993. Their directions lead round the crowd where the floor beside it is free; times and
 * the choice of a destination stay those of free walking.
 */
import { createLocalScratch, localDescent, type SlowPart } from "../geometry/local-time.js";
import { exp } from "../maths.js";
import { blocked } from "../world/areas.js";
import { fieldFor, fits, graphFor, openSeeds, wayClasses } from "../world/fields.js";
import { binAt, type Field, nodeAt, type World } from "../world/world.js";
import { WALKING } from "./agents.js";
import type { Crowd } from "./state.js";

/** How often crowds are looked for, s. */
export const LOOK_EVERY = 2;
/** People of one field who walk at less than HELD of their wished speed, at least this many: ways round are looked for. Both chosen. */
const MANY = 8;
const HELD = 0.5;
/** Radius within which a person adds to the density, m, with weight 2 / (π R²) (1 - d² / R²): wide enough that chance gaps even out. */
const SPREAD = 2;
/** Floor with less than this density, persons/m², is free. */
const CROWDED = 1;
/** Slowness at most, where people hardly move. */
const SLOWEST = 10;
/** Share of the time past the crowd that must be won before anybody goes round it; chosen. */
const GAIN = 0.2;
/** How far around a crowd ways are found anew, m. */
const ROUND = 15;

/** Gives the fields of people who are held up directions round crowds, until the next look; all others are the free ones. */
export function avoidCrowds(crowd: Crowd): void {
  const held = heldFields(crowd);
  if (held.length === 0) {
    crowd.fields = crowd.freeFields;
    return;
  }
  const fields = [...crowd.freeFields];
  for (const f of held) fields[f] = fieldRound(crowd, f);
  crowd.fields = fields;
}

function heldFields(crowd: Crowd): number[] {
  const { agents } = crowd;
  const { mode, vx, vy, ex, ey, wish, field } = agents.now;
  const people = new Int32Array(crowd.freeFields.length);
  for (let i = 0; i < agents.count; i++)
    if (mode[i] === WALKING && field[i]! >= 0 && vx[i]! * ex[i]! + vy[i]! * ey[i]! < HELD * wish[i]!) people[field[i]!]!++;
  return [...people.keys()].filter((f) => people[f]! >= MANY);
}

/** Scratch for the densities of one call after another. */
export interface CrowdedFloor {
  /** persons/m², by node; 0 but within a call. */
  readonly density: Float32Array;
  /** Nodes with a density, and how many. */
  readonly touched: Int32Array;
  count: number;
  /** Share of the weights around each node that falls on floor which it sees; 0 where not yet found. */
  readonly seen: Float32Array;
  readonly slowness: Float32Array;
}

const createCrowdedFloor = (world: World): CrowdedFloor => {
  const column = (): Float32Array => new Float32Array(world.nodeX.length);
  return {
    density: column(),
    touched: new Int32Array(world.nodeX.length),
    count: 0,
    seen: column(),
    slowness: Float32Array.from(world.graph.slowness),
  };
};

/**
 * The floor under crowds and how slow it is for people of a field. People count who stay or go its way, each on the floor that they see, so
 * that it is as dense beside a wall as amid a crowd. Who comes towards one does not count: they make room themselves, and a way round them
 * leads into others of theirs.
 */
function slowPart(crowd: Crowd, field: Field): SlowPart {
  const { world, agents } = crowd;
  crowd.floor ??= createCrowdedFloor(world);
  const { floor } = crowd;
  const { density, touched, slowness } = floor;
  const { x, y, ex, ey, sheet } = agents.now;
  slowness.set(world.graph.slowness);
  floor.count = 0;
  for (let i = 0; i < agents.count; i++) {
    const at = nodeAt(world, sheet[i]!, x[i]!, y[i]!);
    if (at >= 0 && ex[i]! * field.flow[4 * at]! + ey[i]! * field.flow[4 * at + 1]! < 0) continue;
    weightAround(world, sheet[i]!, x[i]!, y[i]!, floor);
  }
  const nodes: number[] = [];
  for (let k = 0; k < floor.count; k++) {
    const n = touched[k]!;
    const people = density[n]! / seenFrom(world, floor, n);
    density[n] = 0;
    if (people < CROWDED) continue;
    nodes.push(n);
    slowness[n]! *= slownessAt(people);
  }
  return { nodes: Int32Array.from(nodes), slowness };
}

/** v0 / v at a density, persons/m²: Weidmann's diagram, 1 / (1 - exp(-1.913 (1/density - 1/5.4))), at most SLOWEST. */
function slownessAt(density: number): number {
  const share = density < 5.4 ? 1 - exp(-1.913 * (1 / density - 1 / 5.4)) : 0;
  return share * SLOWEST > 1 ? 1 / share : SLOWEST;
}

/** Sum of the weights, 1/m², of somebody at (x, y) on the nodes within SPREAD that no wall hides; adds them to the floor, if one is given. */
function weightAround(world: World, sheet: number, x: number, y: number, floor: CrowdedFloor | null): number {
  const { start } = world.wallLists;
  const { cell, nodeX, nodeY } = world;
  const cells = Math.ceil(SPREAD / cell);
  const bin = binAt(world.sheets[sheet]!, x, y);
  const walled = start[bin + 1]! > start[bin]!;
  let sum = 0;
  for (let ky = -cells; ky <= cells; ky++)
    for (let kx = -cells; kx <= cells; kx++) {
      const n = nodeAt(world, sheet, x + kx * cell, y + ky * cell);
      if (n < 0) continue;
      const dx = nodeX[n]! - x;
      const dy = nodeY[n]! - y;
      const share = 1 - (dx * dx + dy * dy) / (SPREAD * SPREAD);
      if (share <= 0 || (walled && blocked(world, world.wallLists, sheet, x, y, nodeX[n]!, nodeY[n]!))) continue;
      const weight = (2 / (Math.PI * SPREAD * SPREAD)) * share;
      sum += weight;
      if (!floor) continue;
      if (floor.density[n] === 0) floor.touched[floor.count++] = n;
      floor.density[n]! += weight;
    }
  return sum;
}

/** Sum of the weights of somebody at a node over the floor that they see; 1 amid open floor. */
function seenFrom(world: World, { seen }: CrowdedFloor, node: number): number {
  if (seen[node] === 0)
    seen[node] =
      weightAround(world, world.nodeSheet[node]!, world.nodeX[node]!, world.nodeY[node]!, null) * world.cell * world.cell;
  return seen[node]!;
}

/** Field f with directions round the slow part. */
function fieldRound(crowd: Crowd, f: number): Field {
  const { world } = crowd;
  const wayClass = Math.floor(f / world.destinations.length);
  crowd.graphs ??= graphsOf(crowd);
  crowd.scratch ??= createLocalScratch(world.graph.slowness.length);
  const free = crowd.freeFields[f]!;
  const slow = slowPart(crowd, free);
  const flow = Float32Array.from(free.flow);
  const seeds = openSeeds(world.destinations[f % world.destinations.length]!, passable(crowd, wayClass));
  localDescent(crowd.graphs[wayClass]!, seeds, free.time, slow, Math.round(ROUND / world.cell), GAIN, crowd.scratch, flow);
  return { time: free.time, flow };
}

/** Whether a gate lets people of a class of ways through now. */
function passable({ world, gates }: Crowd, wayClass: number): (gate: number) => boolean {
  return (g) => (gates.carSide[g] === 0 ? gates.open[g] : gates.serves[g]) === 1 && fits(world, g, wayClass);
}

/** Graphs for the present gates, by class of ways. */
function graphsOf(crowd: Crowd): ReturnType<typeof graphFor>[] {
  const { world } = crowd;
  return Array.from({ length: wayClasses(world) }, (_, c) => graphFor(world.graph, world.gates, passable(crowd, c)));
}

/** Free fields and graphs for the present gates, for every class of ways. */
export function makeFields(crowd: Crowd): void {
  const { world, gates } = crowd;
  const graphs = graphsOf(crowd);
  crowd.graphs = graphs;
  crowd.freeFields = graphs.flatMap((graph, c) => world.destinations.map((d) => fieldFor(graph, d, passable(crowd, c))));
  crowd.fields = crowd.freeFields;
  crowd.graph = graphFor(world.graph, world.gates, (g) => gates.open[g] === 1);
}
