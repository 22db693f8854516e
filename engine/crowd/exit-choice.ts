/**
 * Choice of an exit by expected time, with a stated gain before anybody changes their mind.
 *
 *   T_e = w_e + Q_e(w_e),   Q' = n_e / C_e - 1 while Q > 0
 *
 * w_e is the walking time by the field of exit e at the person's own speed, n_e the people per second who are due at the exit before
 * them (everybody bound for it, by their own walking time: whoever stands before the door is due at once), C_e what the exit passes per
 * second: the fluid form of Lindley's recursion for one queue (Lindley 1952, Proc. Camb. Phil. Soc. 48:277).
 * The first choice knows only who is already on the way. Every DECIDE_EVERY seconds a person on the way to exit c looks again and
 * changes to the best e only if T_e < (1 - gain) T_c.
 *
 * Others in sight: T_e counts (1 - follow s_e) times, s_e being the share of the people in sight on the way to an exit who are bound
 * for e. Exits that a person does not know count only where people in sight walk to them, or where no known one can be reached. Both
 * rules follow the order of preference in Korhonen and Heliövaara 2011 (Fire Safety Science 10:723); the weight is Muster's.
 */
import { BIN, type PlanStage } from "../world/world.js";
import { inSight, walkingTime } from "./direction.js";
import { BINS, type ExitLoads } from "./exit-loads.js";
import { DOING, stageOf } from "./people.js";
import type { Crowd } from "./state.js";

/** Time between two looks of one person, s; chosen, unverified. */
export const DECIDE_EVERY = 5;
/** People looked at decide in turns, one share of them each second, so that not everybody runs to the same free exit. */
const TURNS = DECIDE_EVERY;
/** How far people see what others do, m; chosen, unverified. */
const SIGHT = 5;

type LeaveStage = Extract<PlanStage, { kind: "leave" }>;

/** Once per second of the run: counts who is due where, and lets a share of the people look again. */
export function tendExits(crowd: Crowd, change: (i: number, id: number, destination: number) => void): void {
  const { exits, agents, people, world } = crowd;
  if (exits.destinations.length === 0 || crowd.time < exits.turn) return;
  exits.turn = Math.floor(crowd.time + 1e-6) + 1;
  countDue(crowd);
  for (let i = 0; i < agents.count; i++) {
    const id = agents.now.id[i]!;
    if (people.leader[id]! % TURNS !== exits.turn % TURNS || people.doing[id] !== DOING.GOING || people.told[id] === 1) continue;
    const stage = stageOf(world, people, id);
    if (stage?.kind !== "leave" || !stage.expected) continue;
    const before = people.destination[id]!;
    const chosen = chooseExit(crowd, i, id, stage, before);
    if (chosen === before) continue;
    note(exits, exits.parts[before]![0], walkingTime(crowd, i, id, before), -1);
    note(exits, exits.parts[chosen]![0], walkingTime(crowd, i, id, chosen), 1);
    change(i, id, chosen);
  }
}

function note({ due }: ExitLoads, entry: number | undefined, time: number, count: number): void {
  if (entry === undefined || !(time < Infinity)) return;
  const k = entry * BINS + Math.min(BINS - 1, Math.floor(time));
  due[k] = Math.max(0, due[k]! + count);
}

function countDue(crowd: Crowd): void {
  const { exits, agents, people } = crowd;
  exits.due.fill(0);
  const { phi, id: ids } = agents.now;
  for (let i = 0; i < agents.count; i++) {
    const id = ids[i]!;
    if (people.doing[id] !== DOING.GOING) continue;
    const entry = boundFor(crowd, i, id);
    if (entry < 0) continue;
    const known = phi[i]! / people.speed[id]!;
    note(exits, entry, known < Infinity ? known : walkingTime(crowd, i, id, people.destination[id]!), 1);
  }
}

/** Entry of the weighed exit that a person on the way is bound for, -1: none. Of a set of exits it is the nearest one. */
function boundFor(crowd: Crowd, i: number, id: number): number {
  const destination = crowd.people.destination[id]!;
  const parts = destination < 0 ? [] : crowd.exits.parts[destination]!;
  if (parts.length === 0) return -1;
  if (crowd.exits.destinations[parts[0]!] === destination) return parts[0]!;
  return (
    parts[
      nearestOf(
        crowd,
        i,
        id,
        destination,
        parts.map((entry) => crowd.exits.destinations[entry]!),
      )
    ] ?? -1
  );
}

/** Which of the single exits a person on the way to a set of exits will reach: its index in the list; -1 where it is none of them. */
export function nearestOf(crowd: Crowd, i: number, id: number, set: number, singles: readonly number[]): number {
  const least = walkingTime(crowd, i, id, set);
  let best = least * 1.001 + 0.5;
  let found = -1;
  singles.forEach((d, k) => {
    const time = walkingTime(crowd, i, id, d);
    if (time <= best && time < Infinity) {
      best = time;
      found = k;
    }
  });
  return found;
}

/** @param walk time of walking to the exit, s @param own whether the person is counted there already; returns s */
function expectedTime({ due, capacity }: ExitLoads, entry: number, walk: number, own: boolean): number {
  const service = 1 / capacity[entry]!;
  if (!(walk < Infinity) || service === 0) return walk;
  const last = Math.min(BINS - 1, Math.floor(walk));
  const first = entry * BINS;
  let queue = 0;
  for (let k = 0; k < last; k++) queue = Math.max(0, queue + due[first + k]! * service - 1);
  const share = Math.min(1, walk - last);
  queue = Math.max(0, queue + share * (Math.max(0, due[first + last]! - (own ? 1 : 0)) * service - 1));
  return walk + queue;
}

/**
 * The destination with the least expected time, or the present one where the gain is too small.
 * @param present destination walked to now, -1: none yet
 */
export function chooseExit(crowd: Crowd, i: number, id: number, stage: LeaveStage, present: number): number {
  const { gain, follow, familiar } = stage.expected!;
  const { exits } = crowd;
  const others = follow > 0 ? seenWalking(crowd, i) : null;
  const walks = stage.destinations.map((d) => walkingTime(crowd, i, id, d));
  const knows = (k: number): boolean => familiar[k]! || (others?.count[exits.parts[stage.destinations[k]!]![0]!] ?? 0) > 0;
  const lost = walks.every((walk, k) => !knows(k) || walk === Infinity);
  let best = Infinity;
  let chosen = present < 0 ? stage.destinations[0]! : present;
  let now = Infinity;
  stage.destinations.forEach((d, k) => {
    if (!lost && !knows(k) && d !== present) return;
    const entry = exits.parts[d]![0]!;
    const share = others && others.total > 0 ? others.count[entry]! / others.total : 0;
    const time = expectedTime(exits, entry, walks[k]!, d === present) * (1 - follow * share);
    if (d === present) now = time;
    if (time < best) {
      best = time;
      chosen = d;
    }
  });
  return present >= 0 && now < Infinity && best >= (1 - gain) * now ? present : chosen;
}

interface Seen {
  /** People by entry of the weighed exits. */
  count: Float64Array;
  total: number;
}

/** People in sight who walk to an exit that somebody weighs. */
function seenWalking(crowd: Crowd, i: number): Seen {
  const { agents, world, people, exits } = crowd;
  const seen: Seen = { count: new Float64Array(exits.destinations.length), total: 0 };
  const { x, y, sheet, id, bin } = agents.now;
  const grid = world.sheets[sheet[i]!]!;
  const reach = Math.ceil(SIGHT / BIN);
  const column = (bin[i]! - grid.firstBin) % grid.bnx;
  const row = Math.floor((bin[i]! - grid.firstBin) / grid.bnx);
  for (let r = Math.max(0, row - reach); r <= Math.min(grid.bny - 1, row + reach); r++) {
    const first = grid.firstBin + r * grid.bnx;
    const end = agents.binStart[first + Math.min(grid.bnx - 1, column + reach) + 1]!;
    for (let j = agents.binStart[first + Math.max(0, column - reach)]!; j < end; j++) {
      const dx = x[j]! - x[i]!;
      const dy = y[j]! - y[i]!;
      if (j === i || dx * dx + dy * dy > SIGHT * SIGHT || people.doing[id[j]!] !== DOING.GOING) continue;
      const entry = boundFor(crowd, j, id[j]!);
      if (entry < 0 || !inSight(crowd, i, x[j]!, y[j]!)) continue;
      seen.count[entry]!++;
      seen.total++;
    }
  }
  return seen;
}
