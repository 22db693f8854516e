/**
 * How social groups stay together on the way, on top of any movement model: only wished speed and direction change, so that cores, walls
 * and queues hold as for everybody.
 *
 * 1. Everybody walks at most at the pace of the slowest member inside (NIST TN 1822 test 2.9, ISO 20414 test 14); who is behind may
 *    hurry at their own speed.
 * 2. Who is ahead of another member by the lag L (walking time to the common goal times 1 m/s; straight distance where the goals differ)
 *    slows down from L = LOOSE on, to half the pace at L = LOOSE + STRETCH (in slow groups 2.5 and 5 s of walking at most), and there waits
 *    until L is below LOOSE again. Nobody slows down or waits close to an opening, on a flight, or before somebody who comes towards
 *    them, nor slows down where they do not get on: else a crowd of groups jams at a door where single people do not.
 * 3. Who is aside of the middle of the others by more than (N - 1) / 2 m, in sight of it, bends towards it (threshold of Moussaid et al.
 *    2010, PLOS ONE 5:e10047, eq. 4, as read in pedsim_ros; there a force, here a bend of at most 27 degrees).
 * 4. After PATIENCE seconds of waiting, a quarter as fast while the others stand in a queue, nobody stands still any more until the
 *    others have caught up: who cannot come never blocks the rest.
 * LOOSE, STRETCH and PATIENCE are chosen, unverified.
 */
import { distance2 } from "../geometry/plane.js";
import type { Bank } from "./agents.js";
import { RESTING, WALKING } from "./agents.js";
import { inSight } from "./direction.js";
import { DOING } from "./people.js";
import type { SocialGroup } from "./social-groups.js";
import type { Crowd } from "./state.js";

/** Lag that does not matter in a pair, m; half a metre more for each further member, since groups walk in rows. */
const LOOSE = 1.5;
const STRETCH = 3;
/** No lag is longer than this, s: half of the 10 s within which NIST 2.9 and ISO 14 want a group to arrive. */
const COHESION = 5;
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
  for (const group of crowd.social) {
    const inside = slotsOf(crowd, group);
    group.pace = Infinity;
    for (const i of inside) group.pace = Math.min(group.pace, crowd.people.speed[crowd.agents.now.id[i]!]!);
    let waits = false;
    let queued = false;
    let spread = 0;
    for (const i of inside) {
      let lag = 0;
      let lead = 0;
      for (const j of inside) {
        lag = Math.max(lag, ahead(crowd, i, j));
        lead = Math.max(lead, ahead(crowd, j, i));
      }
      const id = crowd.agents.now.id[i]!;
      crowd.together.lag[id] = lag;
      crowd.together.hurries[id] = lead > looseness(group) && lag <= looseness(group) ? 1 : 0;
      if (lag > spread) spread = lag;
      if (setWaiting(crowd, group, i, lag)) waits = true;
      if (crowd.people.lane[id]! >= 0) queued = true;
    }
    group.waited = waits ? group.waited + (queued ? span / 4 : span) : Math.max(0, group.waited - span);
    if (group.waited > PATIENCE) group.tired = true;
    if (group.tired && spread < looseness(group)) {
      group.tired = false;
      group.waited = 0;
    }
  }
}

function slotsOf(crowd: Crowd, { members }: SocialGroup): number[] {
  const slots: number[] = [];
  for (const id of members) if (crowd.agents.slotOf[id]! >= 0) slots.push(crowd.agents.slotOf[id]!);
  return slots;
}

const looseness = ({ members, pace }: SocialGroup): number => Math.min(LOOSE + (members.length - 2) / 2, (COHESION * pace) / 2);
const stretch = (group: SocialGroup): number => Math.min(STRETCH, COHESION * group.pace - looseness(group));

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
function setWaiting(crowd: Crowd, group: SocialGroup, i: number, lag: number): boolean {
  const { people, together } = crowd;
  const bank = crowd.agents.now;
  const id = bank.id[i]!;
  if (people.doing[id] !== DOING.GOING) {
    together.waits[id] = 0;
    return false;
  }
  const limit = looseness(group) + (together.waits[id] === 1 ? 0 : stretch(group));
  const waits = lag > limit && !group.tired && bank.facing[i] === 0 && !onPassage(crowd, i);
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
      const hindered = bank.stuck[i]! > 0 || bank.facing[i] === 1 || onPassage(crowd, i);
      const over = hindered ? 0 : Math.min(1, Math.max(0, (together.lag[id]! - looseness(group)) / stretch(group)));
      if (together.hurries[id] === 0) bank.wish[i]! *= (pace / people.speed[id]!) * (1 - over / 2);
      if (!hindered) bendToOthers(crowd, group, i);
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
    if (j < 0 || j === i || now.sheet[j] !== now.sheet[i]) continue;
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
