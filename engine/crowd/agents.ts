/**
 * People as a structure of arrays: one buffer of two banks, every column padded to 64 bytes, sorted by bin of the neighbour grid.
 * A stable counting sort copies one bank into the other after each step, so that neighbours stand side by side in memory.
 *
 * Columns (Float32 unless noted), one entry per person inside, in order of bin, then of the order before:
 *   x, y        position, m        vx, vy   velocity of the last step, m/s
 *   hx, hy      heading, unit      ex, ey   wished direction, unit
 *   wish        wished speed, m/s  radius   half body width, m
 *   phi         time still to walk, s: who has less goes first among people with one goal
 *   gapFactor   factor on the time gap kept: motivation, and what a flight adds (1 = normal)
 *   stuck       seconds without getting on though one wants to
 *   id, bin, sheet, field (Int32)  person, bin, sheet, field walked along (-1: none)
 *   mode (Int32)                   one of the constants below
 *   facing (Int32)                 1 when somebody came towards the person in the last step
 *   singleFile (Int32)             1 for people who keep behind whoever is ahead in their lane
 *   look (Int32)                   slot at the last look around (step.ts), -1: came later
 */
import { createGone, type Gone } from "./gone.js";

export const WALKING = 0;
/** Walks straight to a spot near by. */
export const TO_SPOT = 1;
/** Stands and lets others by. */
export const RESTING = 2;
/** Stands at a server. */
export const SERVED = 3;
/** Lies where they fell. */
export const DOWN = 4;

const FLOATS = ["x", "y", "vx", "vy", "hx", "hy", "ex", "ey", "wish", "radius", "phi", "stuck", "gapFactor"] as const;
const INTS = ["id", "bin", "sheet", "field", "mode", "facing", "look", "singleFile"] as const;

export type Bank = Record<(typeof FLOATS)[number], Float32Array> & Record<(typeof INTS)[number], Int32Array>;

export interface Agents {
  capacity: number;
  count: number;
  /** Bank read and written now. */
  now: Bank;
  /** Target of the next sort. */
  next: Bank;
  /** First slot of each bin after a sort; one more at the end. */
  binStart: Int32Array;
  /** People in each bin who are not at rest. */
  movers: Int32Array;
  /** Slot of each person by id, -1 when not inside. */
  slotOf: Int32Array;
  /** Scratch of the sort: next free slot per bin, new slot per person. */
  cursor: Int32Array;
  target: Int32Array;
  /** Slot now by slot at the last look, -1: has left. Lists of slots made at a look are followed through any number of sorts by it. */
  nowOf: Int32Array;
  /** 1 by slot at the last look where the list made then no longer holds everybody near. */
  stale: Uint8Array;
  /** Who has just left. */
  readonly gone: Gone;
  /** Sorts so far: slots keep their meaning while it does not change. */
  sorts: number;
}

/** @param total largest id + 1 */
export function createAgents(total: number, capacity: number, binCount: number): Agents {
  const banks = createBanks(capacity);
  return {
    capacity,
    count: 0,
    now: banks[0],
    next: banks[1],
    binStart: new Int32Array(binCount + 1),
    movers: new Int32Array(binCount),
    slotOf: new Int32Array(total).fill(-1),
    cursor: new Int32Array(binCount),
    target: new Int32Array(capacity),
    nowOf: new Int32Array(capacity),
    stale: new Uint8Array(capacity),
    gone: createGone(binCount),
    sorts: 0,
  };
}

function createBanks(capacity: number): [Bank, Bank] {
  const stride = Math.ceil((capacity * 4 + 64) / 64) * 64;
  const columns = FLOATS.length + INTS.length;
  const buffer = new ArrayBuffer(2 * columns * stride);
  const bank = (b: number): Bank => {
    let k = b * columns;
    const floats = (): Float32Array => new Float32Array(buffer, k++ * stride, capacity);
    const ints = (): Int32Array => new Int32Array(buffer, k++ * stride, capacity);
    // A literal, so that the hot loops read its columns at fixed offsets.
    return {
      x: floats(),
      y: floats(),
      vx: floats(),
      vy: floats(),
      hx: floats(),
      hy: floats(),
      ex: floats(),
      ey: floats(),
      wish: floats(),
      radius: floats(),
      phi: floats(),
      stuck: floats(),
      gapFactor: floats(),
      id: ints(),
      bin: ints(),
      sheet: ints(),
      field: ints(),
      mode: ints(),
      facing: ints(),
      look: ints(),
      singleFile: ints(),
    };
  };
  return [bank(0), bank(1)];
}

/** Doubles the room; called before an insertion only, never inside a step. */
export function reserve(agents: Agents, capacity: number): void {
  if (capacity <= agents.capacity) return;
  const larger = Math.max(capacity, 2 * agents.capacity);
  const [now, next] = createBanks(larger);
  for (const name of FLOATS) now[name].set(agents.now[name].subarray(0, agents.count));
  for (const name of INTS) now[name].set(agents.now[name].subarray(0, agents.count));
  agents.now = now;
  agents.next = next;
  agents.target = new Int32Array(larger);
  agents.nowOf = copyOf(agents.nowOf, new Int32Array(larger));
  agents.stale = copyOf(agents.stale, new Uint8Array(larger));
  agents.capacity = larger;
}

function copyOf<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Notes that everybody looks around now. */
export function beginLook(agents: Agents): void {
  const { now, nowOf, stale, count } = agents;
  for (let i = 0; i < count; i++) {
    now.look[i] = i;
    nowOf[i] = i;
  }
  stale.fill(0);
}

/** Stable counting sort by bin into the other bank; people with bin -1 have left and are not copied. */
export function sortByBin(agents: Agents): void {
  const { now, next, binStart, movers, slotOf, count, cursor, target, nowOf } = agents;
  agents.sorts++;
  const bins = movers.length;
  binStart.fill(0);
  movers.fill(0);
  const bin = now.bin;
  const mode = now.mode;
  const look = now.look;
  for (let i = 0; i < count; i++) {
    const b = bin[i]!;
    if (b < 0) continue;
    binStart[b + 1]!++;
    if (mode[i]! < RESTING) movers[b]!++;
  }
  for (let b = 0; b < bins; b++) binStart[b + 1]! += binStart[b]!;
  cursor.set(binStart.subarray(0, bins));
  for (let i = 0; i < count; i++) {
    const b = bin[i]!;
    const t = b < 0 ? -1 : cursor[b]!++;
    target[i] = t;
    if (look[i]! >= 0) nowOf[look[i]!] = t;
  }
  for (const name of FLOATS) move(now[name], next[name], target, count);
  for (const name of INTS) move(now[name], next[name], target, count);
  agents.count = binStart[bins]!;
  for (let i = 0; i < agents.count; i++) slotOf[next.id[i]!] = i;
  agents.now = next;
  agents.next = now;
}

function move(from: Float32Array | Int32Array, to: Float32Array | Int32Array, target: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const t = target[i]!;
    if (t >= 0) to[t] = from[i]!;
  }
}
