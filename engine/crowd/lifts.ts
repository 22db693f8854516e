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
import { RESTING, sortByBin, TO_SPOT, WALKING } from "./agents.js";
import { locate } from "./direction.js";
import { goingOut, placeInCar } from "./lift-places.js";
import { aim, giveUp, isDeep, landingFor, lead, makeWay, moveUp, stepOut, takeBack } from "./lift-riders.js";
import { DOING } from "./people.js";
import type { Crowd, LiftWork } from "./state.js";
import { fieldFor } from "./ways-round.js";

/** Who is let in follows the one before after this time, s; chosen. */
const NEXT = 0.8;
/** Who does not get in within this time goes back to the head of their row, s; chosen. */
const TOO_LONG = 15;
/** Who waits stands on their place to this distance, m. */
const ON_SPOT = 0.1;
/** Who waits goes back to their place from this far: else they might keep the doors from closing. */
const OFF_ROW = 0.15;

type Walk = (i: number, id: number, destination: number) => void;

/** Advances all lifts by a step of dt seconds. @param walk makes a person walk to a destination */
export function tendLifts(crowd: Crowd, dt: number, walk: Walk): void {
  let moved = false;
  crowd.lifts.forEach((work, l) => {
    if (work.runs) call(crowd, work, l);
    if (work.state === "open") {
      takeBack(crowd, work, l);
      makeWay(crowd, work, l);
    }
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
  const { agents, people, world } = crowd;
  const bank = agents.now;
  world.lifts[l]!.landings.forEach((landing, k) => {
    for (const bin of landing.bins)
      for (let i = agents.binStart[bin]!; i < agents.binStart[bin + 1]!; i++) {
        const id = bank.id[i]!;
        const field = fieldFor(crowd, id, bank.field[i]!);
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
  work.madeWay = false;
  work.letOut = [];
  for (const { id, to } of work.riders) {
    if (to < 0 || (to !== work.at && work.runs)) continue;
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
  if (goingOut(crowd, work, car).length > 0) return;
  if (!work.movedUp) {
    moveUp(crowd, work, l);
    work.movedUp = true;
  }
  if (!work.runs || crowd.time < work.nextIn || work.riders.length >= way.capacity) return;
  const id = firstOf(crowd, work);
  if (id < 0) return;
  const place = placeInCar(crowd, work, l, id);
  if (!place) {
    work.full = true;
    work.letOut = work.letOut.filter((one) => one !== id);
    return;
  }
  for (const row of work.rows[work.at]!) if (row.includes(id)) row.splice(row.indexOf(id), 1);
  const i = agents.slotOf[id]!;
  work.riders.push({ id, to: landingFor(crowd, work, l, i), x: place.x, y: place.y, since: crowd.time, rides: false });
  work.nextIn = crowd.time + NEXT;
  if (work.letOut.includes(id)) work.letOut = work.letOut.filter((one) => one !== id);
  else {
    work.waits.count++;
    work.waits.sum += crowd.time - people.joined[id]!;
    work.waits.most = Math.max(work.waits.most, crowd.time - people.joined[id]!);
  }
  people.doing[id] = DOING.BOARDING;
  agents.now.mode[i] = TO_SPOT;
  agents.now.stuck[i] = 0;
}

/** Who comes in next, -1: nobody. Who stepped out to let others out comes first, then whoever has waited longest, while nobody has found the car full. */
function firstOf({ people }: Crowd, work: LiftWork): number {
  const rows = work.rows[work.at]!;
  const again = work.letOut.find((id) => rows.some((row) => row.includes(id)));
  if (again !== undefined) return again;
  if (work.full) return -1;
  const heads = rows.flatMap((row) => row.slice(0, 1));
  return heads.reduce((a, b) => (a < 0 || people.joined[b]! < people.joined[a]! ? b : a), -1);
}

/** Everybody who gets out is out, nobody is on the way in, nobody could still come in, and nobody stands in the doors. */
function mayClose(crowd: Crowd, work: LiftWork, l: number): boolean {
  const { agents, world, gates } = crowd;
  const { landings, way } = world.lifts[l]!;
  const { gate, floor, car } = landings[work.at]!;
  if (work.leaving.length > 0 || work.riders.some(({ rides }) => !rides)) return false;
  if (work.runs && work.riders.length < way.capacity && firstOf(crowd, work) >= 0) return false;
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
