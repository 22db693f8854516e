/**
 * Neighbour lists of the classic models, made at a look and used in every step until the next (Verlet 1967, Physical Review 159:98): each
 * holds everybody within the model's reach and a skin, so that nobody who is out of the list can come within reach before two people have
 * together walked the skin. Then, and for those who came in since, the bins are searched in every step until the next look.
 *
 * Layout: people by their slot at the look; the list of slot s is `slots[start[s]]` to `slots[start[s + 1] - 1]`, slots of that look too.
 */
import { BIN, type World } from "../../../world/world.js";
import { type Agents, type Bank, RESTING } from "../../agents.js";

/** Time from one look around to the next, s: directions from the fields and lists of neighbours are made anew. */
const LOOK = 0.05;

export const stepsPerLook = (dt: number): number => Math.max(1, Math.floor(LOOK / dt + 1e-6));

/** How far the neighbours of slot i matter, m from middle to middle. */
export type ReachOf = (bank: Bank, i: number) => number;

export interface Lists {
  start: Int32Array;
  slots: Int32Array;
  /** Where the list asked for by `listOf` stands: `at[from]` to `at[to - 1]`, slots of today. */
  at: Int32Array;
  from: number;
  to: number;
  /** Lists put together for one person. */
  found: Int32Array;
  /** Skin of the lists, and the furthest that anybody can have walked since they were made, m. */
  skin: number;
  walked: number;
  /** Sorts of the people when the lists were made: while there was none since, slots are still the same. */
  sorts: number;
  /** Skin for people who walk up to this much faster than the fastest wish. */
  readonly haste: number;
}

/** @param haste largest speed over wished speed that the lists are meant for: people may be faster, at the cost of searches */
export function createLists(haste: number): Lists {
  const found = new Int32Array(256);
  return {
    start: new Int32Array(1),
    slots: new Int32Array(0),
    at: found,
    from: 0,
    to: 0,
    found,
    skin: 0,
    walked: 0,
    sorts: -1,
    haste,
  };
}

/** Notes how far people can have walked since they were sorted at the last look, for who searches without lists. */
export function noteWalked(agents: Agents, lists: Lists, dt: number, looks: boolean): void {
  lists.walked = looks ? 0 : lists.walked + dt * fastestOf(agents.now, agents.count);
}

/**
 * Makes the lists anew at a look; else notes how far people have walked. Called once at the start of a step.
 * @param fastest largest speed of anybody in the step before, m/s, where the model knows it already
 */
export function tendLists(
  world: World,
  agents: Agents,
  lists: Lists,
  dt: number,
  looks: boolean,
  reachOf: ReachOf,
  fastest?: number,
): void {
  const { now, count } = agents;
  if (!looks) {
    lists.walked += dt * (fastest ?? fastestOf(now, count));
    return;
  }
  let wish = 0;
  for (let i = 0; i < count; i++) if (now.wish[i]! > wish) wish = now.wish[i]!;
  lists.skin = 2 * (stepsPerLook(dt) - 1) * dt * lists.haste * wish;
  lists.walked = 0;
  lists.sorts = agents.sorts;
  if (lists.start.length <= agents.capacity) lists.start = new Int32Array(agents.capacity + 1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    lists.start[i] = end;
    if (now.mode[i]! >= RESTING) continue;
    const length = search(world, agents, i, reachOf(now, i) + lists.skin, 0, lists);
    if (end + length > lists.slots.length) {
      const larger = new Int32Array(Math.max(1024, 2 * (end + length)));
      larger.set(lists.slots.subarray(0, end));
      lists.slots = larger;
    }
    for (let k = 0; k < length; k++) lists.slots[end + k] = lists.found[k]!;
    end += length;
  }
  lists.start[count] = end;
}

function fastestOf({ vx, vy }: Bank, count: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    const v2 = vx[i]! * vx[i]! + vy[i]! * vy[i]!;
    if (v2 > most) most = v2;
  }
  return Math.sqrt(most);
}

/** Points `at`, `from` and `to` at the neighbours of slot i: everybody within reach, and some beyond it. */
export function listOf(world: World, agents: Agents, lists: Lists, i: number, reachOf: ReachOf): void {
  const { now, stale } = agents;
  const old = now.look[i]!;
  if (old < 0 || stale[old] === 1 || 2 * lists.walked > lists.skin) {
    searchAround(world, agents, lists, i, reachOf(now, i));
    return;
  }
  pointAt(agents, lists, lists.slots, lists.start, old);
}

/** Points `at`, `from` and `to` at the list that slot `old` of the last look has in `slots`, in slots of today and without those who have left. */
export function pointAt(agents: Agents, lists: Lists, slots: Int32Array, start: Int32Array, old: number): void {
  const { nowOf } = agents;
  const from = start[old]!;
  const to = start[old + 1]!;
  if (agents.sorts === lists.sorts) {
    lists.at = slots;
    lists.from = from;
    lists.to = to;
    return;
  }
  while (lists.found.length < to - from) lists.found = new Int32Array(2 * lists.found.length);
  const { found } = lists;
  let length = 0;
  for (let k = from; k < to; k++) {
    const j = nowOf[slots[k]!]!;
    found[length] = j;
    length += +(j >= 0);
  }
  lists.at = found;
  lists.from = 0;
  lists.to = length;
}

/** Points `at`, `from` and `to` at everybody within `reach` of slot i, however far that is. */
export function searchAround(world: World, agents: Agents, lists: Lists, i: number, reach: number): void {
  lists.from = 0;
  lists.to = search(world, agents, i, reach, lists.walked, lists);
  lists.at = lists.found;
}

/** Lists everybody within `reach` of slot i into `found`; people may stand `moved` outside their bins. Returns their number. */
function search(world: World, agents: Agents, i: number, reach: number, moved: number, lists: Lists): number {
  const { now, binStart } = agents;
  const grid = world.sheets[now.sheet[i]!]!;
  const px = now.x[i]! - grid.bx0;
  const py = now.y[i]! - grid.by0;
  const far = reach + moved;
  const left = Math.max(0, Math.floor((px - far) / BIN));
  const right = Math.min(grid.bnx - 1, Math.floor((px + far) / BIN));
  const low = Math.max(0, Math.floor((py - far) / BIN));
  const high = Math.min(grid.bny - 1, Math.floor((py + far) / BIN));
  let length = 0;
  for (let row = low; row <= high; row++) {
    const first = grid.firstBin + row * grid.bnx;
    length = scan(now, i, reach * reach, binStart[first + left]!, binStart[first + right + 1]!, lists, length);
  }
  const { start, bins } = world.seams;
  const bin = now.bin[i]!;
  for (let k = start[bin]!; k < start[bin + 1]!; k++)
    length = scan(now, i, reach * reach, binStart[bins[k]!]!, binStart[bins[k]! + 1]!, lists, length);
  return length;
}

/** The test is arithmetic, not a branch: a mispredicted branch costs more than the sum. */
function scan(bank: Bank, i: number, reach2: number, b0: number, b1: number, lists: Lists, length: number): number {
  if (length + b1 - b0 > lists.found.length) {
    const larger = new Int32Array(2 * (length + b1 - b0));
    larger.set(lists.found);
    lists.found = larger;
  }
  const { found } = lists;
  const { x: X, y: Y } = bank;
  const x = X[i]!;
  const y = Y[i]!;
  for (let j = b0; j < b1; j++) {
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    found[length] = j;
    length += +(dx * dx + dy * dy <= reach2) & +(j !== i);
  }
  return length;
}
