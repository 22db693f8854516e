/**
 * People who have been let into the car of a lift: to their place, letting others by, out again. Nobody is ever moved: each rule says where people
 * want to stand and when, and they walk there as everybody walks.
 */
import type { Landing } from "../world/world.js";
import { RESTING, SERVED, TO_SPOT } from "./agents.js";
import { goingOut, placeInCar } from "./lift-places.js";
import { DOING } from "./people.js";
import type { Crowd, LiftWork, Rider } from "./state.js";

/** Time for those in the car to move up before others are let in, s; chosen. */
const MOVE_UP = 1.5;
/** In the car, who does not get to their place for this long stands where they are, s; within OFF_SPOT of it sooner. */
const GIVE_UP = 2;
const NEAR_ENOUGH = 0.4;
/** People stand before the doors, and just behind them, on their way to their place in the car, m from the line. */
const BEFORE = 0.4;
const BEHIND = 0.35;
const THERE = 0.2;
const ON_SPOT = 0.1;
const OFF_SPOT = 0.3;

/** Takes a person out of the rows before the doors of lifts, if they are in one. */
export function quitRows({ lifts, people }: Crowd, id: number): void {
  if (people.doing[id] !== DOING.AT_LIFT) return;
  for (const row of lifts.flatMap(({ rows }) => rows.flat())) if (row.includes(id)) row.splice(row.indexOf(id), 1);
  people.lane[id] = -1;
}

/**
 * Who cannot walk any more stays where they are: in the car with their whole body they ride on for ever and nobody waits for them to get out
 * (`to` -1), in the doors they keep the lift from leaving.
 */
export function goDownInLift(crowd: Crowd, id: number): void {
  quitRows(crowd, id);
  const i = crowd.agents.slotOf[id]!;
  crowd.lifts.forEach((work, l) => {
    if (!work.riders.some((rider) => rider.id === id) && !work.leaving.includes(id)) return;
    work.leaving = work.leaving.filter((other) => other !== id);
    work.riders = work.riders.filter((rider) => rider.id !== id);
    if (!isDeep(crowd, id, crowd.world.lifts[l]!.landings[work.at]!)) return;
    const { x, y } = crowd.agents.now;
    work.riders.push({ id, to: -1, x: x[i]!, y: y[i]!, since: crowd.time, rides: true });
  });
}

/** Leads one who has been let in: before the doors, through them, to their place. */
export function lead(crowd: Crowd, work: LiftWork, l: number, rider: Rider): void {
  if (rider.to < 0) return;
  const { agents, world } = crowd;
  const landing = world.lifts[l]!.landings[work.at]!;
  const i = agents.slotOf[rider.id]!;
  const bank = agents.now;
  const dx = bank.x[i]! - landing.x;
  const dy = bank.y[i]! - landing.y;
  const depth = dx * landing.inX + dy * landing.inY;
  const aside = Math.abs(dx * landing.inY - dy * landing.inX);
  // Who has been pushed out of the doors comes in again.
  if (rider.rides && bank.sheet[i] !== landing.car) {
    rider.rides = false;
    crowd.people.doing[rider.id] = DOING.BOARDING;
    bank.mode[i] = TO_SPOT;
  }
  if (rider.rides) {
    keepPlace(crowd, work, l, rider, i, depth);
    return;
  }
  const inCar = bank.sheet[i] === landing.car;
  const free = landing.width / 2 - bank.radius[i]!;
  if (!inCar && !(aside < Math.max(THERE, free) && depth > -2 * BEFORE))
    aim(crowd, i, landing.x - BEFORE * landing.inX, landing.y - BEFORE * landing.inY);
  else if (!inCar || depth < BEHIND / 2) aim(crowd, i, landing.x + BEHIND * landing.inX, landing.y + BEHIND * landing.inY);
  else {
    aim(crowd, i, rider.x, rider.y);
    const d2 = (rider.x - bank.x[i]!) ** 2 + (rider.y - bank.y[i]!) ** 2;
    const stuck = bank.stuck[i]! > GIVE_UP;
    const near = d2 < OFF_SPOT * OFF_SPOT && bank.stuck[i]! > NEAR_ENOUGH && depth > bank.radius[i]!;
    if (d2 < ON_SPOT * ON_SPOT || near || (stuck && depth > bank.radius[i]!)) ride(crowd, rider, i);
    else if (stuck) findPlaceAnew(crowd, work, l, rider, i);
  }
}

/**
 * Who rides stands still; while others get out they let them by, and go back to their place afterwards. Where they have been asked to make way they
 * go to their new place at once.
 */
function keepPlace(crowd: Crowd, work: LiftWork, l: number, rider: Rider, i: number, depth: number): void {
  const bank = crowd.agents.now;
  const { car } = crowd.world.lifts[l]!.landings[work.at]!;
  const letsBy = work.state === "open" && goingOut(crowd, work, car).length > 0;
  if (letsBy && !work.madeWay) {
    bank.mode[i] = RESTING;
    return;
  }
  const d2 = (rider.x - bank.x[i]!) ** 2 + (rider.y - bank.y[i]!) ** 2;
  const far = bank.mode[i] === TO_SPOT ? ON_SPOT : OFF_SPOT;
  if (d2 <= far * far) {
    bank.mode[i] = letsBy ? RESTING : SERVED;
    return;
  }
  aim(crowd, i, rider.x, rider.y);
  if (bank.mode[i] !== TO_SPOT) {
    bank.mode[i] = TO_SPOT;
    bank.stuck[i] = 0;
  } else if (bank.stuck[i]! > GIVE_UP) {
    if (depth > bank.radius[i]!) ride(crowd, rider, i);
    else findPlaceAnew(crowd, work, l, rider, i);
  }
}

function ride({ agents, people }: Crowd, rider: Rider, i: number): void {
  rider.rides = true;
  people.doing[rider.id] = DOING.RIDING;
  rider.x = agents.now.x[i]!;
  rider.y = agents.now.y[i]!;
  agents.now.mode[i] = SERVED;
  agents.now.stuck[i] = 0;
}

/** Others stand in the way to the place: another free one is taken, as they stand now. */
function findPlaceAnew(crowd: Crowd, work: LiftWork, l: number, rider: Rider, i: number): void {
  crowd.agents.now.stuck[i] = 0;
  const place = placeInCar(crowd, work, l, rider.id);
  if (!place) return;
  rider.x = place.x;
  rider.y = place.y;
  aim(crowd, i, place.x, place.y);
}

/** Those who ride on make room: the deepest first, each to the deepest free place. */
export function moveUp(crowd: Crowd, work: LiftWork, l: number): void {
  const { x, y, inX, inY } = crowd.world.lifts[l]!.landings[work.at]!;
  const depth = (rider: Rider): number => (rider.x - x) * inX + (rider.y - y) * inY;
  for (const rider of work.riders.filter(({ to }) => to >= 0).sort((a, b) => depth(b) - depth(a) || a.id - b.id)) {
    const place = placeInCar(crowd, work, l, rider.id);
    if (!place || (place.x - x) * inX + (place.y - y) * inY <= depth(rider) + OFF_SPOT) continue;
    rider.x = place.x;
    rider.y = place.y;
    work.nextIn = crowd.time + MOVE_UP;
  }
}

/** Time given to those who move up before somebody steps out, and then from one to the next, s; chosen. */
const STEP_OUT = 4;

/**
 * Makes way for somebody who wants out and has been held up for GIVE_UP: those who ride on move up to the deepest free places; where that does not
 * help, whoever of them stands nearest to the doors steps out to the head of a row and is the first in again. So people in lifts do.
 */
export function makeWay(crowd: Crowd, work: LiftWork, l: number): void {
  const { agents, world } = crowd;
  const bank = agents.now;
  const { car, x, y, inX, inY } = world.lifts[l]!.landings[work.at]!;
  const heldUp = goingOut(crowd, work, car).some((id) => bank.stuck[agents.slotOf[id]!]! > GIVE_UP);
  if (!heldUp) return;
  if (!work.madeWay) {
    moveUp(crowd, work, l);
    work.madeWay = true;
    work.nextOut = crowd.time + STEP_OUT;
    return;
  }
  const able = work.riders.filter(({ to }) => to >= 0);
  if (crowd.time < work.nextOut || able.length === 0) return;
  const depth = ({ id }: Rider): number => {
    const i = agents.slotOf[id]!;
    return (bank.x[i]! - x) * inX + (bank.y[i]! - y) * inY;
  };
  const first = able.reduce((a, b) => (depth(b) < depth(a) ? b : a));
  work.riders = work.riders.filter((rider) => rider !== first);
  work.letOut.push(first.id);
  toRow(crowd, work, first.id);
  work.nextOut = crowd.time + STEP_OUT;
}

/** Back to the head of their row, or of the last where this landing has fewer. */
function toRow({ people }: Crowd, work: LiftWork, id: number): void {
  const rows = work.rows[work.at]!;
  people.doing[id] = DOING.AT_LIFT;
  rows[Math.min(Math.max(0, people.lane[id]!), rows.length - 1)]!.unshift(id);
}

/** Who went back to their row and could not get out again rides after all, if they now stand in the car with their whole body and there is room for one more. */
export function takeBack(crowd: Crowd, work: LiftWork, l: number): void {
  const { agents, world } = crowd;
  const { landings, way } = world.lifts[l]!;
  if (!work.runs || work.leaving.length > 0) return;
  for (const row of work.rows[work.at]!)
    for (const id of [...row]) {
      const i = agents.slotOf[id]!;
      const mayRide = work.riders.length < way.capacity && !work.letOut.includes(id);
      if (!mayRide || !isDeep(crowd, id, landings[work.at]!)) continue;
      row.splice(row.indexOf(id), 1);
      const rider = { id, to: landingFor(crowd, work, l, i), x: 0, y: 0, since: crowd.time, rides: true };
      work.riders.push(rider);
      ride(crowd, rider, i);
    }
}

/** Who is not in yet goes back to the head of their row, out of the doors if need be, and waits for the next car; who is in stays. */
export function giveUp(crowd: Crowd, work: LiftWork, rider: Rider, landing: Landing): void {
  if (isDeep(crowd, rider.id, landing)) {
    ride(crowd, rider, crowd.agents.slotOf[rider.id]!);
    return;
  }
  rider.since = -1;
  work.full = true;
  toRow(crowd, work, rider.id);
}

/** Whether a person stands in the car with their whole body. */
export function isDeep({ agents }: Crowd, id: number, { car, x, y, inX, inY }: Landing): boolean {
  const i = agents.slotOf[id]!;
  const bank = agents.now;
  return bank.sheet[i] === car && (bank.x[i]! - x) * inX + (bank.y[i]! - y) * inY > bank.radius[i]!;
}

/** Leads one out of the car who was let in and has found no room; false when they are out. */
export function stepOut(crowd: Crowd, { car, x, y, inX, inY, width }: Landing, i: number): boolean {
  const bank = crowd.agents.now;
  if (bank.sheet[i] !== car) return false;
  const aside = Math.abs((bank.x[i]! - x) * inY - (bank.y[i]! - y) * inX);
  // To the middle of the doors first, then straight out.
  const to = aside > Math.max(THERE, width / 2 - bank.radius[i]!) ? BEHIND : -BEFORE;
  aim(crowd, i, x + to * inX, y + to * inY);
  bank.mode[i] = TO_SPOT;
  return true;
}

/** The landing at which a person gets out soonest to where they go. */
export function landingFor(crowd: Crowd, work: LiftWork, l: number, i: number): number {
  const { people, world, freeFields } = crowd;
  const { landings, rides } = world.lifts[l]!;
  const id = crowd.agents.now.id[i]!;
  const field = freeFields[people.wayClass[id]! * world.destinations.length + people.destination[id]!]!;
  let best = Infinity;
  let chosen = work.at === 0 ? 1 : 0;
  landings.forEach(({ node }, k) => {
    const time = field.time[node]! + rides[work.at * landings.length + k]! * people.speed[id]!;
    if (k === work.at || time >= best) return;
    best = time;
    chosen = k;
  });
  return chosen;
}

export function aim(crowd: Crowd, i: number, x: number, y: number): void {
  const id = crowd.agents.now.id[i]!;
  crowd.people.spotX[id] = x;
  crowd.people.spotY[id] = y;
}
