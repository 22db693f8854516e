/**
 * Ways round floor that has become slow for other reasons than people: smoke, heat, fire. Whoever counts with it walks by fields of their own,
 * made for the floors of `crowd.surroundings` when first needed; everybody else walks on by the free ones.
 */
import { slowField } from "../geometry/slow-field.js";
import { openSeeds } from "../world/fields.js";
import { type Field, nodeAt } from "../world/world.js";
import { graphsOf, passable } from "./congestion.js";
import type { Crowd } from "./state.js";

/** Share of the time along the usual way that another one must save before anybody takes it: that of ways round crowds; chosen. */
export const GAIN_ROUND = 0.2;

/** The field that a person walks by, were it not for crowds: the free one, or that of their kind of way. */
export function fieldRound(crowd: Crowd, id: number, f: number): Field | undefined {
  const { surroundings } = crowd;
  const kind = surroundings === null ? 0 : surroundings.wayOf[id]!;
  if (kind === 0 || f < 0) return crowd.freeFields[f];
  if (crowd.waysRound?.version !== surroundings!.version)
    crowd.waysRound = { version: surroundings!.version, fields: surroundings!.slowness.map(() => []) };
  const fields = crowd.waysRound.fields[kind - 1]!;
  fields[f] ??= make(crowd, f, surroundings!.slowness[kind - 1]!);
  return fields[f];
}

/** The field that a person walks by or would walk by, crowds counted where they count with nothing else. */
export function fieldFor(crowd: Crowd, id: number, f: number): Field | undefined {
  const free = crowd.surroundings === null || crowd.surroundings.wayOf[id] === 0;
  return free ? crowd.fields[f] : fieldRound(crowd, id, f);
}

/** From this factor on nobody stops on slow floor for company; chosen. */
const NO_PLACE = 2;

/** Whether a person stands where they would rather not be: on floor that is slow for their kind of way. */
export function onSlowFloor({ surroundings, agents, world }: Crowd, i: number): boolean {
  const { id, sheet, x, y } = agents.now;
  const kind = surroundings === null ? 0 : surroundings.wayOf[id[i]!]!;
  if (kind === 0) return false;
  const node = nodeAt(world, sheet[i]!, x[i]!, y[i]!);
  return node >= 0 && surroundings!.slowness[kind - 1]![node]! >= NO_PLACE;
}

function make(crowd: Crowd, f: number, factor: Float32Array): Field {
  const { world } = crowd;
  const wayClass = Math.floor(f / world.destinations.length);
  crowd.graphs ??= graphsOf(crowd);
  const seeds = openSeeds(world.destinations[f % world.destinations.length]!, passable(crowd, wayClass));
  return slowField(crowd.graphs[wayClass]!, seeds, crowd.freeFields[f]!, factor, GAIN_ROUND);
}
