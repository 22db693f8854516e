/** Social groups: who belongs together. Drawn once per run, before anybody is put in. */
import { stream } from "../random.js";
import type { World } from "../world/world.js";
import type { People } from "./people.js";
import { pick } from "./shares.js";

export interface SocialGroup {
  /** Ids; the first decides for all. */
  readonly members: Int32Array;
  /** Stage for which somebody has decided, and the destination or queue taken; -1: none yet. */
  stage: number;
  chosen: number;
  /** Stage whose stay has begun for somebody, and its end, s. */
  stayStage: number;
  stayUntil: number;
  /** Slowest free speed of those inside, m/s. */
  pace: number;
  /** How long others have been waited for lately, s. */
  waited: number;
  /** Waited too long: nobody stands still for others until they have caught up. */
  tired: boolean;
}

/** What is known of the members of social groups, by id. */
export interface Together {
  /** How far ahead of others: 0 where one begins to slow down, 1 where one waits; -1: of nobody. */
  readonly over: Float32Array;
  /** Share of the speed that they wished, or of the group's pace, at which they got on lately. */
  readonly share: Float32Array;
  /** The same in m/s, at most the pace of the group. */
  readonly does: Float32Array;
  /** Greatest speed of who does not hurry, m/s. */
  readonly pace: Float32Array;
  readonly waits: Uint8Array;
  readonly hurries: Uint8Array;
}

export const createTogether = (people: number): Together => ({
  over: new Float32Array(people).fill(-1),
  share: new Float32Array(people).fill(1),
  does: new Float32Array(people).fill(Infinity),
  pace: new Float32Array(people),
  waits: new Uint8Array(people),
  hurries: new Uint8Array(people),
});

/**
 * Draws the social groups of every pool (groups of the scenario that mix) and writes `social`, `leader` and the common pre-movement time,
 * that of the slowest to be ready, into `people`. Sizes are drawn until everybody has a place; the last social group of a pool takes who is
 * left. In a pool of several groups the people are shuffled first; else neighbours by id belong together.
 */
export function drawSocialGroups(world: World, people: People, seed: number): SocialGroup[] {
  const pools = new Map<string, { ids: number[]; groups: number; sizes: readonly number[]; shares: readonly number[] }>();
  let first = 0;
  for (const { social, count } of world.groups) {
    if (social) {
      const pool = pools.get(social.pool) ?? { ids: [], groups: 0, sizes: social.sizes, shares: social.shares };
      for (let k = 0; k < count; k++) pool.ids.push(first + k);
      pool.groups++;
      pools.set(social.pool, pool);
    }
    first += count;
  }
  const drawn: SocialGroup[] = [];
  for (const [name, { ids, groups, sizes, shares }] of pools) {
    if (groups > 1) shuffle(ids, seed, name);
    const random = stream(seed, `social-size/${name}`);
    for (let at = 0; at < ids.length; ) {
      const size = sizes[pick(shares, random.next())]!;
      const members = Int32Array.from(ids.slice(at, at + size));
      at += size;
      if (members.length > 1) drawn.push(join(people, members, drawn.length));
    }
  }
  return drawn;
}

function join(people: People, members: Int32Array, index: number): SocialGroup {
  let ready = 0;
  for (const id of members) ready = Math.max(ready, people.until[id]!);
  for (const id of members) {
    people.social[id] = index;
    people.leader[id] = members[0]!;
    people.until[id] = ready;
  }
  return { members, stage: -1, chosen: -1, stayStage: -1, stayUntil: 0, pace: Infinity, waited: 0, tired: false };
}

/** Fisher and Yates. */
function shuffle(ids: number[], seed: number, name: string): void {
  const random = stream(seed, `social-order/${name}`);
  for (let k = ids.length - 1; k > 0; k--) {
    const j = random.int(k + 1);
    [ids[k], ids[j]] = [ids[j]!, ids[k]!];
  }
}
