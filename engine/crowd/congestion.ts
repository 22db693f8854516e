/**
 * Streams that meet head-on at a corner can lock there while the floor beside them is free: every shortest path leads through one point.
 * While that is so, the floor under people who stand counts as slow for them, and their fields lead round it.
 */
import { fieldFor, fits, graphFor } from "../world/fields.js";
import { nodeAt } from "../world/world.js";
import { WALKING } from "./agents.js";
import type { Crowd } from "./state.js";

/** How often locks are looked for, s. */
export const LOOK_EVERY = 20;
/** People on one way who are stuck for longer than STUCK s before somebody who comes towards them, at least this many: a lock. */
const LOCK = 8;
const STUCK = 6;
/** Slower than this counts as standing, m/s. */
const STANDING = 0.2;
/** Raster cells to each side of a person that become slow, and by how much: times 1 + SLOWER per standing person near the cell. */
const SPREAD = 2;
const SLOWER = 1.5;
const SLOWEST = 15;

/**
 * Looks for locks. The fields of people who are locked lead round the standing ones until the next look; all others, and those of locks
 * that have gone, are the free ones.
 */
export function avoidLocks(crowd: Crowd): void {
  const locked = lockedFields(crowd);
  if (locked.length === 0) {
    crowd.fields = crowd.freeFields;
    return;
  }
  const { world } = crowd;
  const slowness = slownessOfStanding(crowd);
  const fields = [...crowd.freeFields];
  for (const f of locked) {
    const isOpen = passable(crowd, Math.floor(f / world.destinations.length));
    const graph = { ...graphFor(world.graph, world.gates, isOpen), slowness };
    fields[f] = fieldFor(graph, world.destinations[f % world.destinations.length]!, isOpen);
  }
  crowd.fields = fields;
}

function lockedFields(crowd: Crowd): number[] {
  const { agents } = crowd;
  const { mode, facing, stuck, field } = agents.now;
  const people = new Int32Array(crowd.freeFields.length);
  for (let i = 0; i < agents.count; i++)
    if (mode[i] === WALKING && facing[i] === 1 && stuck[i]! > STUCK && field[i]! >= 0) people[field[i]!]!++;
  return [...people.keys()].filter((f) => people[f]! >= LOCK);
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

/** Whether a gate lets people of a width class through now. */
function passable({ world, gates }: Crowd, widthClass: number): (gate: number) => boolean {
  return (g) => gates.open[g] === 1 && fits(world, g, widthClass);
}

/** Free fields and graph for the present gates, for every class of body width. */
export function makeFields(crowd: Crowd): void {
  const { world, gates } = crowd;
  crowd.freeFields = [...world.narrow.keys(), world.narrow.length].flatMap((widthClass) => {
    const isOpen = passable(crowd, widthClass);
    const graph = graphFor(world.graph, world.gates, isOpen);
    return world.destinations.map((d) => fieldFor(graph, d, isOpen));
  });
  crowd.fields = crowd.freeFields;
  crowd.graph = graphFor(world.graph, world.gates, (g) => gates.open[g] === 1);
}
