/**
 * Lifts. People whose quickest way leads through a lift are called to a place in one of the rows beside its doors, are let in one after
 * the other up to the capacity (and as long as there is room for their body), ride, and walk out by the doors of their level.
 *
 * Cycle of a car: doors open (doorOpen), stay open for at least `dwell` and until everybody who gets out is out and everybody who can get in
 * is in, close (doorClose), ride (h / v + v / a, see world/lifts.ts), open … Where to: on in the present direction while somebody in the car
 * wants to get out there or somebody waits there, else the other way (collective control); with nobody anywhere the car stands where it is.
 *
 * The car is a sheet of its own at each landing; people in it stand where they stand and see nobody but each other, and change
 * the sheet when the car arrives. A row of people waiting and a car full of people are inside the model at every moment.
 */
import { distance2 } from "../geometry/plane.js";
import { CLEAR_WALL } from "../world/lifts.js";
import { binAt, type Landing } from "../world/world.js";
import { RESTING, SERVED, sortByBin, TO_SPOT, WALKING } from "./agents.js";
import { locate } from "./direction.js";
import { placeInCar } from "./lift-places.js";
import { DOING } from "./people.js";
import type { Crowd, LiftWork, Rider } from "./state.js";

/** Who is let in follows the one before after this time, s; chosen. */
const NEXT = 0.8;
/** Who does not get in within this time goes back to the head of their row, s; chosen. */
const TOO_LONG = 15;
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
/** Who waits goes back to their place from this far: else they might keep the doors from closing. */
const OFF_ROW = 0.15;

type Walk = (i: number, id: number, destination: number) => void;

/** Advances all lifts by a step of dt seconds. @param walk makes a person walk to a destination */
export function tendLifts(crowd: Crowd, dt: number, walk: Walk): void {
  let moved = false;
  crowd.lifts.forEach((work, l) => {
    if (work.runs) call(crowd, work, l);
    keepRows(crowd, work, l);
    for (const rider of work.riders) lead(crowd, work, l, rider);
    if (advance(crowd, work, l, dt, walk)) moved = true;
  });
  // Who has come to another level stands in other bins now.
  if (moved) sortByBin(crowd.agents);
}

/** Takes a lift out of service or into it again; the caller makes the fields anew. Who waits for it walks on to where they go. */
export function setService(crowd: Crowd, l: number, runs: boolean, walk: Walk): void {
  const work = crowd.lifts[l]!;
  work.runs = runs;
  for (const { gate } of crowd.world.lifts[l]!.landings) crowd.gates.serves[gate] = runs ? 1 : 0;
  if (runs) return;
  for (const rows of work.rows)
    for (const row of rows)
      for (const id of row.splice(0)) {
        crowd.people.lane[id] = -1;
        walk(crowd.agents.slotOf[id]!, id, crowd.people.destination[id]!);
      }
}

/** Gives a place before the doors to everybody near whose way leads into the car. */
function call(crowd: Crowd, work: LiftWork, l: number): void {
  const { agents, people, fields, world } = crowd;
  const bank = agents.now;
  world.lifts[l]!.landings.forEach((landing, k) => {
    for (const bin of landing.bins)
      for (let i = agents.binStart[bin]!; i < agents.binStart[bin + 1]!; i++) {
        const id = bank.id[i]!;
        const field = fields[bank.field[i]!];
        if (people.doing[id] !== DOING.GOING || bank.mode[i] !== WALKING || !field || bank.sheet[i] !== landing.floor) continue;
        const node = locate(crowd, i);
        const ahead = node < 0 ? -1 : field.time[node]! - field.time[landing.node]!;
        const away = Math.sqrt((bank.x[i]! - landing.x) ** 2 + (bank.y[i]! - landing.y) ** 2);
        // The way leads through the car when it is that much nearer to the goal than here.
        if (ahead > 0 && ahead < 1.5 * away + 1.5) stand(crowd, work, l, k, i);
      }
  });
}

function stand(crowd: Crowd, work: LiftWork, l: number, k: number, i: number): void {
  const { agents, people, world } = crowd;
  const rows = work.rows[k]!;
  const { rows: places } = world.lifts[l]!.landings[k]!;
  let row = -1;
  rows.forEach((line, r) => {
    const free = 2 * line.length < places[r]!.spots.length;
    if (free && (row < 0 || line.length < rows[row]!.length)) row = r;
  });
  if (row < 0) return;
  const id = agents.now.id[i]!;
  rows[row]!.push(id);
  people.doing[id] = DOING.AT_LIFT;
  people.lane[id] = row;
  people.joined[id] = crowd.time;
  agents.now.field[i] = -1;
  agents.now.stuck[i] = 0;
  agents.now.mode[i] = TO_SPOT;
}

function keepRows(crowd: Crowd, work: LiftWork, l: number): void {
  const { agents, people, world } = crowd;
  const bank = agents.now;
  work.rows.forEach((rows, k) => {
    rows.forEach((row, r) => {
      const { spots } = world.lifts[l]!.landings[k]!.rows[r]!;
      row.forEach((id, place) => {
        const i = agents.slotOf[id]!;
        const at = Math.min(2 * place, spots.length - 2);
        if (stepOut(crowd, world.lifts[l]!.landings[k]!, i)) return;
        aim(crowd, i, spots[at]!, spots[at + 1]!);
        const far = bank.mode[i] === RESTING ? OFF_ROW : ON_SPOT;
        const d2 = (people.spotX[id]! - bank.x[i]!) ** 2 + (people.spotY[id]! - bank.y[i]!) ** 2;
        bank.mode[i] = d2 > far * far ? TO_SPOT : RESTING;
      });
    });
  });
}

/** Leads one out of the car who was let in and has found no room; false when they are out. */
function stepOut(crowd: Crowd, { car, x, y, inX, inY, width }: Landing, i: number): boolean {
  const bank = crowd.agents.now;
  if (bank.sheet[i] !== car) return false;
  const aside = Math.abs((bank.x[i]! - x) * inY - (bank.y[i]! - y) * inX);
  // To the middle of the doors first, then straight out.
  const to = aside > Math.max(THERE, width / 2 - bank.radius[i]!) ? BEHIND : -BEFORE;
  aim(crowd, i, x + to * inX, y + to * inY);
  bank.mode[i] = TO_SPOT;
  return true;
}

function aim(crowd: Crowd, i: number, x: number, y: number): void {
  const id = crowd.agents.now.id[i]!;
  crowd.people.spotX[id] = x;
  crowd.people.spotY[id] = y;
}

/** Leads one who has been let in: before the doors, through them, to their place. */
function lead(crowd: Crowd, work: LiftWork, l: number, rider: Rider): void {
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

/** Who rides stands still; while others get out they let them by, and go back to their place afterwards. */
function keepPlace(crowd: Crowd, work: LiftWork, l: number, rider: Rider, i: number, depth: number): void {
  const bank = crowd.agents.now;
  if (work.leaving.length > 0) {
    bank.mode[i] = RESTING;
    return;
  }
  const d2 = (rider.x - bank.x[i]!) ** 2 + (rider.y - bank.y[i]!) ** 2;
  const far = bank.mode[i] === TO_SPOT ? ON_SPOT : OFF_SPOT;
  if (d2 <= far * far) bank.mode[i] = SERVED;
  else if (bank.mode[i] !== TO_SPOT) {
    aim(crowd, i, rider.x, rider.y);
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

/** One step of the cycle; returns whether people came to another level. */
function advance(crowd: Crowd, work: LiftWork, l: number, dt: number, walk: Walk): boolean {
  const { way, landings, rides } = crowd.world.lifts[l]!;
  // What is due within this step happens in it: no time is ever off by more than a step, and none adds to the next.
  const due = work.until < crowd.time + dt - 1e-9;
  if (work.state === "moving" && due) {
    arrive(crowd, work, landings);
    work.state = "opening";
    work.until += way.doorOpen;
    return true;
  }
  if (work.state === "opening" && due) open(crowd, work, landings[work.at]!, way.dwell, walk);
  else if (work.state === "open") {
    letIn(crowd, work, l);
    if (due && mayClose(crowd, work, l)) {
      crowd.gates.open[landings[work.at]!.gate] = 0;
      work.state = "closing";
      work.until = Math.max(work.until, crowd.time) + way.doorClose;
    }
  } else if ((work.state === "closing" && due) || work.state === "idle") {
    const since = work.state === "closing" ? work.until : crowd.time;
    const next = nextLanding(work, landings.length, way.capacity);
    work.state = next < 0 ? "idle" : next === work.at ? "opening" : "moving";
    if (next < 0) return false;
    work.to = next;
    work.until = since + (next === work.at ? way.doorOpen : rides[work.at * landings.length + next]!);
    if (next === work.at) return false;
    work.direction = next > work.at ? 1 : -1;
    work.trips++;
  }
  return false;
}

function arrive({ agents, world }: Crowd, work: LiftWork, landings: readonly Landing[]): void {
  const bank = agents.now;
  const { car } = landings[work.to]!;
  for (const { id } of work.riders) {
    const i = agents.slotOf[id]!;
    bank.sheet[i] = car;
    bank.bin[i] = binAt(world.sheets[car]!, bank.x[i]!, bank.y[i]!);
  }
  work.at = work.to;
}

/** The doors are open: who wants to get out here, and everybody where the lift has stopped, walks on. */
function open(crowd: Crowd, work: LiftWork, landing: Landing, dwell: number, walk: Walk): void {
  crowd.gates.open[landing.gate] = 1;
  work.state = "open";
  work.until += dwell;
  work.nextIn = crowd.time;
  work.full = false;
  work.movedUp = false;
  for (const { id, to } of work.riders) {
    if (to !== work.at && work.runs) continue;
    work.leaving.push(id);
    work.carried++;
    crowd.people.lane[id] = -1;
    walk(crowd.agents.slotOf[id]!, id, crowd.people.destination[id]!);
  }
  work.riders = work.riders.filter(({ id }) => !work.leaving.includes(id));
}

/** Lets the one in who has waited longest, when those who get out are out and there is room. */
function letIn(crowd: Crowd, work: LiftWork, l: number): void {
  const { agents, people, world } = crowd;
  const { landings, way } = world.lifts[l]!;
  const landing = landings[work.at]!;
  const { car } = landing;
  work.leaving = work.leaving.filter((id) => agents.slotOf[id]! >= 0 && agents.now.sheet[agents.slotOf[id]!] === car);
  const held = crowd.time > Math.max(work.until, work.nextIn) + TOO_LONG;
  for (const rider of work.riders)
    if ((!rider.rides && crowd.time > rider.since + TOO_LONG) || (held && !isDeep(crowd, rider.id, landing)))
      giveUp(crowd, work, rider, landing);
  work.riders = work.riders.filter(({ since }) => since >= 0);
  if (work.leaving.length > 0) return;
  if (!work.movedUp) moveUp(crowd, work, l);
  if (!work.runs || work.full || crowd.time < work.nextIn || work.riders.length >= way.capacity) return;
  const rows = work.rows[work.at]!;
  const heads = rows.flatMap((row, r) => (row.length > 0 ? [r] : []));
  if (heads.length === 0) return;
  const first = heads.reduce((a, b) => (people.joined[rows[b]![0]!]! < people.joined[rows[a]![0]!]! ? b : a));
  const id = rows[first]![0]!;
  const place = placeInCar(crowd, work, l, id);
  work.full = place === null;
  if (!place) return;
  rows[first]!.shift();
  const i = agents.slotOf[id]!;
  work.riders.push({ id, to: landingFor(crowd, work, l, i), x: place.x, y: place.y, since: crowd.time, rides: false });
  work.nextIn = crowd.time + NEXT;
  work.waits.count++;
  work.waits.sum += crowd.time - people.joined[id]!;
  work.waits.most = Math.max(work.waits.most, crowd.time - people.joined[id]!);
  people.doing[id] = DOING.BOARDING;
  agents.now.mode[i] = TO_SPOT;
  agents.now.stuck[i] = 0;
}

/** Whether a person stands in the car with their whole body. */
function isDeep({ agents }: Crowd, id: number, { car, x, y, inX, inY }: Landing): boolean {
  const i = agents.slotOf[id]!;
  const bank = agents.now;
  return bank.sheet[i] === car && (bank.x[i]! - x) * inX + (bank.y[i]! - y) * inY > bank.radius[i]!;
}

/** Those who ride on make room: the deepest first, each to the deepest free place. */
function moveUp(crowd: Crowd, work: LiftWork, l: number): void {
  const { x, y, inX, inY } = crowd.world.lifts[l]!.landings[work.at]!;
  const depth = (rider: Rider): number => (rider.x - x) * inX + (rider.y - y) * inY;
  work.movedUp = true;
  for (const rider of [...work.riders].sort((a, b) => depth(b) - depth(a) || a.id - b.id)) {
    const place = placeInCar(crowd, work, l, rider.id);
    if (!place || (place.x - x) * inX + (place.y - y) * inY <= depth(rider) + OFF_SPOT) continue;
    rider.x = place.x;
    rider.y = place.y;
    work.nextIn = crowd.time + MOVE_UP;
  }
}

/** Who is not in yet goes back to the head of their row, out of the doors if need be, and waits for the next car; who is in stays. */
function giveUp(crowd: Crowd, work: LiftWork, rider: Rider, landing: Landing): void {
  const { agents, people } = crowd;
  if (isDeep(crowd, rider.id, landing)) {
    ride(crowd, rider, agents.slotOf[rider.id]!);
    return;
  }
  rider.since = -1;
  work.full = true;
  people.doing[rider.id] = DOING.AT_LIFT;
  work.rows[work.at]![Math.max(0, people.lane[rider.id]!)]!.unshift(rider.id);
}

/** The landing at which a person gets out soonest to where they go. */
function landingFor(crowd: Crowd, work: LiftWork, l: number, i: number): number {
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

/** Everybody who gets out is out, nobody is on the way in, nobody could still come in, and nobody stands in the doors. */
function mayClose(crowd: Crowd, work: LiftWork, l: number): boolean {
  const { agents, world, gates } = crowd;
  const { landings, way } = world.lifts[l]!;
  const { gate, floor, car } = landings[work.at]!;
  if (work.leaving.length > 0 || work.riders.some(({ rides }) => !rides)) return false;
  const comes = work.runs && work.riders.length < way.capacity && !work.full && work.rows[work.at]!.some((row) => row.length > 0);
  if (comes) return false;
  const { x, y, radius, sheet, id } = agents.now;
  const [ax, ay, bx, by] = [4 * gate, 4 * gate + 1, 4 * gate + 2, 4 * gate + 3].map((k) => gates.line[k]!);
  const clear = (i: number): boolean => distance2(x[i]!, y[i]!, ax!, ay!, bx!, by!) >= (CLEAR_WALL * radius[i]!) ** 2;
  for (const rider of work.riders) if (!isDeep(crowd, rider.id, landings[work.at]!)) return false;
  for (let i = 0; i < agents.count; i++) {
    // Nobody stays behind in the shaft.
    if (sheet[i] === car && !work.riders.some((rider) => rider.id === id[i])) return false;
    if (sheet[i] === floor && !clear(i)) return false;
  }
  return true;
}

/** Where the car goes next, -1: nowhere; the present landing where somebody waits before its doors. */
function nextLanding(work: LiftWork, count: number, capacity: number): number {
  const wanted = (k: number): boolean =>
    work.riders.some(({ to }) => to === k) ||
    (work.runs && work.riders.length < capacity && k !== work.at && work.rows[k]!.some((row) => row.length > 0));
  if (work.riders.length === 0 && work.runs && work.rows[work.at]!.some((row) => row.length > 0)) return work.at;
  for (const direction of [work.direction, -work.direction])
    for (let k = work.at + direction; k >= 0 && k < count; k += direction) if (wanted(k)) return k;
  return -1;
}
