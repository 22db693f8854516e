/**
 * Streams that meet head-on at a corner can lock there while the floor beside them is free: every shortest path leads through one point.
 * While that is so, the floor under people who stand counts as slow, and everybody's field leads round them.
 */
import { fieldFor, fits, graphFor } from "../world/fields.js";
import { nodeAt } from "../world/world.js";
import { WALKING } from "./agents.js";
import type { Crowd } from "./state.js";

/** How often locks are looked for, s. */
export const LOOK_EVERY = 10;
/** People stuck for longer than STUCK s before somebody who comes towards them, at least this many: a lock. */
const LOCK = 8;
const STUCK = 4;
/** Slower than this counts as standing, m/s. */
const STANDING = 0.2;
/** Raster cells to each side of a person that become slow, and by how much: times 1 + SLOWER per standing person near the cell. */
const SPREAD = 2;
const SLOWER = 1.5;
const SLOWEST = 15;

/** Looks for locks and, where there are some or the last ones have gone, makes the fields anew. True when the fields changed. */
export function avoidLocks(crowd: Crowd): boolean {
  const locked = lockedPeople(crowd);
  if (locked < LOCK && !crowd.slowness) return false;
  crowd.slowness = locked < LOCK ? null : slownessOfStanding(crowd);
  makeFields(crowd);
  return true;
}

function lockedPeople(crowd: Crowd): number {
  const { agents } = crowd;
  const { mode, facing, stuck } = agents.now;
  let count = 0;
  for (let i = 0; i < agents.count; i++) if (mode[i] === WALKING && facing[i] === 1 && stuck[i]! > STUCK) count++;
  return count;
}

function slownessOfStanding(crowd: Crowd): Float32Array {
  const { world, agents } = crowd;
  const { x, y, vx, vy, sheet, mode } = agents.now;
  const slowness = Float32Array.from(world.graph.slowness);
  for (let i = 0; i < agents.count; i++) {
    if (mode[i] !== WALKING || vx[i]! * vx[i]! + vy[i]! * vy[i]! > STANDING * STANDING) continue;
    for (let ky = -SPREAD; ky <= SPREAD; ky++)
      for (let kx = -SPREAD; kx <= SPREAD; kx++) {
        const n = nodeAt(world, sheet[i]!, x[i]! + kx * world.cell, y[i]! + ky * world.cell);
        if (n >= 0) slowness[n] = Math.min(SLOWEST, slowness[n]! + SLOWER);
      }
  }
  return slowness;
}

/** Travel-time fields and graph for the present gates and slowness, for every class of body width. */
export function makeFields(crowd: Crowd): void {
  const { world, gates } = crowd;
  const slowness = crowd.slowness ?? world.graph.slowness;
  crowd.fields = [...world.narrow.keys(), world.narrow.length].flatMap((widthClass) => {
    const isOpen = (g: number): boolean => gates.open[g] === 1 && fits(world, g, widthClass);
    const graph = { ...graphFor(world.graph, world.gates, isOpen), slowness };
    return world.destinations.map((d) => fieldFor(graph, d, isOpen));
  });
  crowd.graph = graphFor(world.graph, world.gates, (g) => gates.open[g] === 1);
}
