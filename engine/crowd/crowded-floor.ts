/** How crowded the floor is around people of one way, and how slow that makes it. */
import type { SlowPart } from "../geometry/local-time.js";
import { crosses, distance2 } from "../geometry/plane.js";
import { exp } from "../maths.js";
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
  /** Walls within SPREAD of one place, 4 each [ax, ay, bx, by], m. */
  readonly walls: number[];
}

export const createCrowdedFloor = (world: World): CrowdedFloor => {
  const column = (): Float32Array => new Float32Array(world.nodeX.length);
  return {
    density: column(),
    touched: new Int32Array(world.nodeX.length),
    count: 0,
    seen: column(),
    slowness: Float32Array.from(world.graph.slowness),
    walls: [],
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
    weightAround(world, floor, sheet[i]!, x[i]!, y[i]!, true);
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

/** Sum of the weights, 1/m², of somebody at (x, y) on the nodes within SPREAD that no wall hides. @param adds whether they are added to the floor */
function weightAround(world: World, floor: CrowdedFloor, sheet: number, x: number, y: number, adds: boolean): number {
  const { cell, nodeX, nodeY, raster } = world;
  const { density, touched, walls } = floor;
  const grid = world.sheets[sheet]!;
  const cells = Math.ceil(SPREAD / cell);
  const column = Math.floor((x - grid.x0) / cell);
  const row = Math.floor((y - grid.y0) / cell);
  const left = Math.max(0, column - cells);
  const right = Math.min(grid.nx - 1, column + cells);
  const high = Math.min(grid.ny - 1, row + cells);
  const clear2 = wallsAround(world, sheet, x, y, walls);
  let sum = 0;
  for (let iy = Math.max(0, row - cells); iy <= high; iy++) {
    const first = grid.first + iy * grid.nx;
    for (let ix = left; ix <= right; ix++) {
      const n = raster[first + ix]!;
      if (n < 0) continue;
      const dx = nodeX[n]! - x;
      const dy = nodeY[n]! - y;
      const d2 = dx * dx + dy * dy;
      const share = 1 - d2 / (SPREAD * SPREAD);
      if (share <= 0 || (d2 >= clear2 && hides(walls, x, y, nodeX[n]!, nodeY[n]!))) continue;
      const weight = (2 / (Math.PI * SPREAD * SPREAD)) * share;
      sum += weight;
      if (!adds) continue;
      if (density[n] === 0) touched[floor.count++] = n;
      density[n]! += weight;
    }
  }
  return sum;
}

/** Lists the walls of a place's bin within SPREAD of it; returns the square of a distance within which there is none, m². */
function wallsAround(world: World, sheet: number, x: number, y: number, near: number[]): number {
  const { start, list, walls } = world.wallLists;
  const bin = binAt(world.sheets[sheet]!, x, y);
  // A little more than the reach, a little less than the distance: rounding must not decide.
  let least = 1.01 * SPREAD * SPREAD;
  near.length = 0;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const w = 4 * list[k]!;
    if (w < 0) continue;
    const d2 = distance2(x, y, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!);
    if (d2 > 1.01 * SPREAD * SPREAD) continue;
    near.push(walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!);
    if (d2 < least) least = d2;
  }
  return 0.99 * least;
}

function hides(walls: readonly number[], x: number, y: number, px: number, py: number): boolean {
  for (let w = 0; w < walls.length; w += 4)
    if (crosses(x, y, px, py, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!)) return true;
  return false;
}

/** Sum of the weights of somebody at a node over the floor that they see; 1 amid open floor. */
function seenFrom(world: World, floor: CrowdedFloor, node: number): number {
  const { seen } = floor;
  if (seen[node] === 0) {
    const sum = weightAround(world, floor, world.nodeSheet[node]!, world.nodeX[node]!, world.nodeY[node]!, false);
    seen[node] = sum * world.cell * world.cell;
  }
  return seen[node]!;
}
