/**
 * What surrounds people and changes how they walk. The crowd does not know smoke or fire: whoever couples it with them fills these arrays
 * before a step; what follows for people is in alarm.ts, direction.ts and ways-round.ts. Without surroundings nothing is different.
 */
import type { Field } from "../world/world.js";

export interface Surroundings {
  /** By person: share of the free speed at which they can walk here, 0 to 1. */
  readonly speedShare: Float32Array;
  /** By person: 1 once they know that they must leave. It ends waiting, stays and queues; never set back. */
  readonly alarmed: Uint8Array;
  /** By person: not 0 once they cannot walk any more, an index into `causes`. They stay where they are, in everybody's way; never set back. */
  readonly incapacitated: Uint8Array;
  /** What can incapacitate people, in words; entry 0 is never used. */
  readonly causes: readonly string[];
  /** By person: 0 walks by the free fields, k by fields over `slowness[k - 1]` (ways-round.ts). */
  readonly wayOf: Uint8Array;
  /** By kind of way and node of the world's raster: factor on the time it takes to walk there, at least 1. */
  readonly slowness: readonly Float32Array[];
  /** Raised whenever `slowness` has changed. */
  version: number;
  /** By person: 1 when the alarm has been followed. */
  readonly heeded: Uint8Array;
  /** By person: version of `slowness` by which they have weighed their exits, -1: none. */
  readonly weighed: Int32Array;
}

/** Who cannot walk any more, where and since when. */
export interface Fallen {
  readonly id: number;
  /** s */
  readonly time: number;
  readonly cause: string;
}

/** Fields of people who count with slow floor: see ways-round.ts. */
export interface WaysRound {
  /** Of `Surroundings.version` that the fields belong to. */
  readonly version: number;
  /** Of each kind of way, by field; undefined where nobody has asked yet. */
  readonly fields: (Field | undefined)[][];
}

/**
 * Surroundings in which nothing is different yet; to be set as `crowd.surroundings` before the first step.
 * @param total people @param nodes of the world's raster @param kinds kinds of ways beside the free ones
 */
export const createSurroundings = (
  total: number,
  nodes: number,
  kinds: number,
  causes: readonly string[] = ["", "what surrounds them"],
): Surroundings => ({
  causes,
  speedShare: new Float32Array(total).fill(1),
  alarmed: new Uint8Array(total),
  incapacitated: new Uint8Array(total),
  wayOf: new Uint8Array(total),
  slowness: Array.from({ length: kinds }, () => new Float32Array(nodes).fill(1)),
  version: 0,
  heeded: new Uint8Array(total),
  weighed: new Int32Array(total).fill(-1),
});
