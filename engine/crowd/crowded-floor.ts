/** How crowded the floor is around people of one way, and how slow that makes it. */
import type { SlowPart } from "../geometry/local-time.js";
import { exp } from "../maths.js";
import { blocked } from "../world/areas.js";
import { binAt, type Field, nodeAt, type World } from "../world/world.js";
import type { Agents } from "./agents.js";

/** Radius within which a person adds to the density, m, with weight 2 / (π R²) (1 - d² / R²): wide enough that chance gaps even out. */
const SPREAD = 2;
/** Floor with less than this density, persons/m², is free. */
const CROWDED = 1;
/** Bins of 1.5 m around people who are held up in which everybody counts. */
const NEAR = 2;
/** Slowness at most, where people hardly move. */
const SLOWEST = 10;

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

export const createCrowdedFloor = (world: World): CrowdedFloor => {
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
 * @param people slots of those who are held up: only who is near them counts
 */
export function slowPart(world: World, agents: Agents, floor: CrowdedFloor, field: Field, people: readonly number[]): SlowPart {
  const { density, touched, slowness } = floor;
  const { x, y, ex, ey, sheet, bin } = agents.now;
  const bins = binsAround(world, agents, people);
  slowness.set(world.graph.slowness);
  floor.count = 0;
  for (let i = 0; i < agents.count; i++) {
    if (!bins.has(bin[i]!)) continue;
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

/** Bins near some people. */
function binsAround(world: World, { now }: Agents, people: readonly number[]): Set<number> {
  const bins = new Set<number>();
  const done = new Set<number>();
  for (const i of people) {
    if (done.has(now.bin[i]!)) continue;
    done.add(now.bin[i]!);
    const { bnx } = world.sheets[now.sheet[i]!]!;
    for (let row = -NEAR; row <= NEAR; row++)
      for (let column = -NEAR; column <= NEAR; column++) bins.add(now.bin[i]! + row * bnx + column);
  }
  return bins;
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
