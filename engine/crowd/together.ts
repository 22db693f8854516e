/**
 * How social groups stay together on the way, on top of any movement model: only wished speed and direction change, so that cores, walls
 * and queues hold as for everybody.
 *
 * 1. A group walks at the pace of its slowest member (NIST TN 1822 test 2.9, ISO 20414 test 14): at most the slowest free speed of those
 *    inside, and who is more than APART ahead of a member whom strangers hold up goes no faster than that member does, down to half the pace.
 *    Who is behind may hurry at their own speed.
 * 2. Who is ahead of another member by the lag L (walking time to the common goal times 1 m/s; straight distance where the goals differ)
 *    slows down from L = loose on, to half the pace at L = loose + stretch, and there waits until L is below loose again. Both are lengths
 *    that the one behind walks in half of COHESION, at what they really do; at most LOOSE and STRETCH, at least room for all in a crowd.
 *    Nobody slows down for this or waits close to an opening, on a flight, in smoke or heat, or before somebody who comes towards them, nor slows down where they do
 *    not get on: else a crowd of groups jams at a door where single people do not. Who is held up too waits by the group's pace.
 * 3. Who is aside of the middle of the others by more than (N - 1) / 2 m, in sight of it, bends towards it (threshold of Moussaid et al.
 *    2010, PLOS ONE 5:e10047, eq. 4, as read in pedsim_ros; there a force, here a bend of at most 27 degrees).
 * 4. After PATIENCE seconds of waiting, a quarter as fast while the others stand in a queue, nobody stands still any more until the
 *    others have caught up: who cannot come never blocks the rest.
 * All lengths, times and shares below are chosen, unverified.
 */
import { distance2 } from "../geometry/plane.js";
import type { Bank } from "./agents.js";
import { DOWN, RESTING, WALKING } from "./agents.js";
import { inSight } from "./direction.js";
import { DOING } from "./people.js";
import type { SocialGroup } from "./social-groups.js";
import type { Crowd } from "./state.js";
import { onSlowFloor } from "./ways-round.js";

/** Greatest lag that does not matter in a pair, m; half a metre more for each further member, since groups walk in rows. */
const LOOSE = 1.5;
const STRETCH = 3;
/** No lag is longer than the way of this time, s: half of the 10 s within which NIST 2.9 and ISO 14 want a group to arrive. */
const COHESION = 5;
/** Least lag that does not matter in a crowd for each further member, m: two abreast, half a metre from one to the next. */
const FILE = 0.25;
/** Time over which members notice how others get on, s. */
const NOTICE = 2;
/** Who walks at less than this share of the wished speed is held up by others. */
const HELD_UP = 0.7;
/** Lag from which one keeps to the pace of the one behind, m: somebody else has room between. */
const APART = 1;
/** A companion this close before one, m, within 45 degrees, is what one walks behind. */
const BEFORE = 1;
/** s */
const PATIENCE = 30;
/** Nobody waits this close to an opening, m. */
const OFF_OPENING = 1.5;
/** Largest bend as a share of the wished direction: tan 27 degrees. */
const BEND = 0.5;
/** Beyond this lag one member counts as far from another whose place cannot be compared, m. */
const FAR = 100;

/**
 * Decides for every social group who waits, before directions are set; called at every look.
 * @param span time since the last look, s
 */
export function tendTogether(crowd: Crowd, span: number): void {
  const { agents, people, together } = crowd;
  for (const group of crowd.social) {
    const inside = slotsOf(crowd, group);
    group.pace = Infinity;
    for (const i of inside) group.pace = Math.min(group.pace, people.speed[agents.now.id[i]!]!);
    for (const i of inside) noticeSpeed(crowd, group.pace, i, span);
    let waits = false;
    let queued = false;
    let furthest = -1;
    for (const i of inside) {
      const id = agents.now.id[i]!;
      compare(crowd, group, inside, i);
      furthest = Math.max(furthest, together.over[id]!);
      if (setWaiting(crowd, group, i)) waits = true;
      if (people.lane[id]! >= 0) queued = true;
    }
    group.waited = waits ? group.waited + (queued ? span / 4 : span) : Math.max(0, group.waited - span);
    if (group.waited > PATIENCE) group.tired = true;
    if (group.tired && furthest < 0) {
      group.tired = false;
      group.waited = 0;
    }
  }
}

/** Sets how far person i is ahead of the others, whether they hurry, and how fast they may walk. */
function compare(crowd: Crowd, group: SocialGroup, inside: readonly number[], i: number): void {
  const { agents, together } = crowd;
  let over = -1;
  let behind = false;
  let slowest = group.pace;
  for (const j of inside) {
    const lag = ahead(crowd, i, j);
    if (lag > 0) {
      const pace = lagPace(crowd, group, i, j);
      over = Math.max(over, (lag - looseness(group, pace)) / stretch(pace));
      if (lag > APART) slowest = Math.min(slowest, pace);
    }
    const lead = ahead(crowd, j, i);
    if (lead > 0 && lead > looseness(group, lagPace(crowd, group, j, i))) behind = true;
  }
  const id = agents.now.id[i]!;
  together.over[id] = over;
  together.hurries[id] = behind && over <= 0 ? 1 : 0;
  together.pace[id] = slowest < HELD_UP * group.pace ? Math.max(slowest, group.pace / 2) : group.pace;
}

function slotsOf(crowd: Crowd, { members }: SocialGroup): number[] {
  const slots: number[] = [];
  for (const id of members)
    if (crowd.agents.slotOf[id]! >= 0 && crowd.people.doing[id] !== DOING.INCAPACITATED) slots.push(crowd.agents.slotOf[id]!);
  return slots;
}

/** Lag that does not matter, m, where the one behind walks at `pace`. */
const looseness = ({ members }: SocialGroup, pace: number): number => {
  const most = LOOSE + (members.length - 2) / 2;
  return Math.min(most, Math.max((COHESION * pace) / 2, FILE * (members.length - 1)));
};

/** Further lag over which one slows down, m. */
const stretch = (pace: number): number => Math.min(STRETCH, Math.max((COHESION * pace) / 2, FILE));

/** Keeps how fast a member got on in the last seconds; that of who waits stays. */
function noticeSpeed({ agents, together }: Crowd, pace: number, i: number, span: number): void {
  const { id, mode, vx, vy, wish } = agents.now;
  if (mode[i] !== WALKING || !(wish[i]! > 0)) return;
  const most = Math.min(pace, wish[i]!);
  const share = Math.min(1, Math.sqrt(vx[i]! * vx[i]! + vy[i]! * vy[i]!) / most);
  together.share[id[i]!]! += (share - together.share[id[i]!]!) * Math.min(1, span / NOTICE);
  together.does[id[i]!] = together.share[id[i]!]! * most;
}

/**
 * Pace of the lag of j behind i, m/s: what j really does where strangers hold j up, or the companion right before j; that of the group where i
 * is held up too, since who is in a crowd leaves no room by waiting, and where it is i who walks before them.
 */
function lagPace(crowd: Crowd, group: SocialGroup, i: number, j: number): number {
  const { agents, together } = crowd;
  const { id } = agents.now;
  if (together.share[id[i]!]! < HELD_UP) return group.pace;
  let first = j;
  for (let n = 0; n < group.members.length && first !== i; n++) {
    const before = companionBefore(crowd, group, first);
    if (before < 0) break;
    first = before;
  }
  return first === i ? group.pace : Math.min(group.pace, together.does[id[first]!]!);
}

/** The companion who walks right before person j; -1: nobody. */
function companionBefore({ agents }: Crowd, { members }: SocialGroup, j: number): number {
  const { x, y, ex, ey, sheet } = agents.now;
  for (const id of members) {
    const k = agents.slotOf[id]!;
    if (k < 0 || k === j || sheet[k] !== sheet[j]) continue;
    const dx = x[k]! - x[j]!;
    const dy = y[k]! - y[j]!;
    const d2 = dx * dx + dy * dy;
    const along = dx * ex[j]! + dy * ey[j]!;
    if (d2 < BEFORE * BEFORE && along > 0 && along * along > d2 / 2) return k;
  }
  return -1;
}

/** How far person i is ahead of person j, m; 0 or less where they are not. */
function ahead(crowd: Crowd, i: number, j: number): number {
  const { people } = crowd;
  const { phi, field, sheet, x, y, id } = crowd.agents.now;
  const [a, b] = [id[i]!, id[j]!];
  const stages = people.stage[a]! - people.stage[b]!;
  if (stages < 0 || (stages === 0 && people.destination[a] !== people.destination[b])) return 0;
  if (stages === 0) return phi[i]! < Infinity && phi[j]! < Infinity && field[j]! >= 0 ? phi[j]! - phi[i]! : 0;
  return sheet[i] === sheet[j] ? Math.sqrt((x[i]! - x[j]!) * (x[i]! - x[j]!) + (y[i]! - y[j]!) * (y[i]! - y[j]!)) : FAR;
}

/** Makes a walker stand and wait, or go on; returns whether they wait. */
function setWaiting(crowd: Crowd, group: SocialGroup, i: number): boolean {
  const { people, together } = crowd;
  const bank = crowd.agents.now;
  const id = bank.id[i]!;
  if (people.doing[id] !== DOING.GOING) {
    together.waits[id] = 0;
    return false;
  }
  const waits =
    together.over[id]! > (together.waits[id] === 1 ? 0 : 1) &&
    !group.tired &&
    bank.facing[i] === 0 &&
    !onPassage(crowd, i) &&
    !onSlowFloor(crowd, i);
  if (waits && bank.mode[i] === WALKING) {
    bank.mode[i] = RESTING;
    bank.stuck[i] = 0;
  } else if (!waits && together.waits[id] === 1 && bank.mode[i] === RESTING) bank.mode[i] = WALKING;
  together.waits[id] = waits ? 1 : 0;
  return waits;
}

/** Whether a person stands on a flight or so close to an opening that they would be in the way. */
function onPassage(crowd: Crowd, i: number): boolean {
  const { world, agents, gates } = crowd;
  const { bin, sheet, x, y } = agents.now;
  if (world.sheets[sheet[i]!]!.kind !== "floor") return true;
  const { start, list } = world.wallLists;
  for (let k = start[bin[i]!]!; k < start[bin[i]! + 1]!; k++) {
    if (list[k]! >= 0) continue;
    const g = 4 * (-1 - list[k]!);
    const d2 = distance2(x[i]!, y[i]!, gates.line[g]!, gates.line[g + 1]!, gates.line[g + 2]!, gates.line[g + 3]!);
    if (d2 < OFF_OPENING * OFF_OPENING) return true;
  }
  return false;
}

/** Changes the wished speeds and directions of all walkers of social groups, which were just set as if they were alone. */
export function walkTogether(crowd: Crowd): void {
  const { agents, people, together } = crowd;
  const bank = agents.now;
  for (const group of crowd.social) {
    const { pace } = group;
    for (const id of group.members) {
      const i = agents.slotOf[id]!;
      if (i < 0 || bank.mode[i] !== WALKING) continue;
      const hindered = bank.stuck[i]! > 0 || bank.facing[i] === 1;
      const free = !hindered && !onPassage(crowd, i) && !onSlowFloor(crowd, i);
      const over = free ? Math.min(1, Math.max(0, together.over[id]!)) : 0;
      if (together.hurries[id] === 0)
        bank.wish[i]! *= ((hindered ? pace : together.pace[id]!) / people.speed[id]!) * (1 - over / 2);
      if (free) bendToOthers(crowd, group, i);
    }
  }
}

function bendToOthers(crowd: Crowd, { members }: SocialGroup, i: number): void {
  const { slotOf, now } = crowd.agents;
  let others = 0;
  let cx = 0;
  let cy = 0;
  for (const id of members) {
    const j = slotOf[id]!;
    if (j < 0 || j === i || now.sheet[j] !== now.sheet[i] || now.mode[j] === DOWN) continue;
    cx += now.x[j]!;
    cy += now.y[j]!;
    others++;
  }
  if (others > 0) bend(crowd, now, i, cx / others, cy / others, (members.length - 1) / 2);
}

/** Bends the wished direction sideways towards (cx, cy), fully at a metre beyond `free`. */
function bend(crowd: Crowd, bank: Bank, i: number, cx: number, cy: number, free: number): void {
  const dx = cx - bank.x[i]!;
  const dy = cy - bank.y[i]!;
  const d = Math.sqrt(dx * dx + dy * dy);
  if (d <= free) return;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  // To the left of the direction, m.
  const aside = ex * dy - ey * dx;
  if (Math.abs(aside) < 0.1 || !inSight(crowd, i, cx, cy)) return;
  const share = (BEND * Math.min(1, d - free) * aside) / d;
  const length = Math.sqrt(1 + share * share);
  bank.ex[i] = (ex - share * ey) / length;
  bank.ey[i] = (ey + share * ex) / length;
}
