/** Service points: lanes, who stands where in them, and who is served. */
import { sample } from "../scenario/distributions.js";
import { RESTING, SERVED, TO_SPOT } from "./agents.js";
import { walkingTime } from "./direction.js";
import { chance, DOING } from "./people.js";
import type { Crowd } from "./state.js";

/** Service begins when the first in the lane is this close to the server, m. */
const AT_SERVER = 0.25;
/** Who stands further than this from their spot walks back to it, m. */
const OFF_SPOT = 0.3;

/** The queue with the least walking plus waiting time: people in it times mean service time over lanes. Shut gates do not count. */
export function chooseQueue(crowd: Crowd, i: number, id: number, choices: readonly number[]): number {
  let best = Infinity;
  let chosen = choices[0]!;
  for (const q of choices) {
    const queue = crowd.world.queues[q]!;
    if (crowd.gates.open[queue.gate] === 0) continue;
    const time = walkingTime(crowd, i, id, queue.destination) + (inQueue(crowd, q) * queue.meanService_s) / queue.lanes.length;
    if (time < best) {
      best = time;
      chosen = q;
    }
  }
  return chosen;
}

const inQueue = (crowd: Crowd, q: number): number => crowd.queues[q]!.lanes.reduce((sum, lane) => sum + lane.line.length, 0);

/** Puts a person who has come near into the shortest lane with a free spot; false when all are full. */
export function joinLane(crowd: Crowd, i: number, id: number): boolean {
  const { people, world, agents } = crowd;
  const q = people.queue[id]!;
  const queue = world.queues[q]!;
  if (agents.now.sheet[i] !== queue.sheet || crowd.gates.open[queue.gate] === 0) return false;
  let shortest = Infinity;
  let chosen = -1;
  let nearest = Infinity;
  const companions = crowd.social[people.social[id]!]?.members;
  const theirs = crowd.queues[q]!.lanes.findIndex(
    (lane) => companions !== undefined && lane.line.some((other) => companions.includes(other)),
  );
  crowd.queues[q]!.lanes.forEach((lane, k) => {
    const { spots } = queue.lanes[k]!;
    const place = lane.line.length;
    if (2 * place >= spots.length) return;
    // Where companions stand is taken before any shorter lane.
    if (chosen >= 0 && chosen === theirs) return;
    if (k !== theirs && place > shortest) return;
    const dx = spots[2 * place]! - agents.now.x[i]!;
    const dy = spots[2 * place + 1]! - agents.now.y[i]!;
    const d2 = dx * dx + dy * dy;
    if (k !== theirs && place === shortest && d2 >= nearest) return;
    shortest = place;
    nearest = d2;
    chosen = k;
  });
  if (chosen < 0) return false;
  people.doing[id] = DOING.IN_LANE;
  people.lane[id] = chosen;
  people.joined[id] = crowd.time;
  people.destination[id] = -1;
  agents.now.field[i] = -1;
  agents.now.stuck[i] = 0;
  crowd.queues[q]!.lanes[chosen]!.line.push(id);
  setSpot(crowd, id, shortest);
  return true;
}

/** Takes a person out of their lane, if they are in one. */
export function quitLane(crowd: Crowd, id: number): void {
  const { people } = crowd;
  const q = people.queue[id]!;
  if (q < 0 || (people.doing[id] !== DOING.IN_LANE && people.doing[id] !== DOING.SERVED)) return;
  const lane = crowd.queues[q]!.lanes[people.lane[id]!]!;
  lane.line = lane.line.filter((other) => other !== id);
  if (lane.serving === id) lane.serving = -1;
  people.queue[id] = -1;
  people.lane[id] = -1;
}

function setSpot(crowd: Crowd, id: number, place: number): void {
  const { people, world } = crowd;
  const { spots } = world.queues[people.queue[id]!]!.lanes[people.lane[id]!]!;
  const k = Math.min(2 * place, spots.length - 2);
  people.spotX[id] = spots[k]!;
  people.spotY[id] = spots[k + 1]!;
}

/** Moves all lanes up, begins and ends services; returns the ids of those just served, who go on. A shut gate serves nobody. */
export function tendLanes(crowd: Crowd): number[] {
  const served: number[] = [];
  crowd.queues.forEach((work, q) => {
    const open = crowd.gates.open[crowd.world.queues[q]!.gate] === 1;
    for (const lane of work.lanes) {
      lane.line.forEach((id, place) => {
        keepSpot(crowd, id, place);
      });
      if (lane.serving >= 0) {
        if (crowd.time >= lane.doneAt) served.push(finishService(crowd, q, lane));
      } else if (open && lane.line.length > 0) startService(crowd, q, lane);
    }
  });
  return served;
}

function keepSpot(crowd: Crowd, id: number, place: number): void {
  const { people, agents } = crowd;
  const i = agents.slotOf[id]!;
  if (people.doing[id] === DOING.SERVED) return;
  setSpot(crowd, id, place);
  const bank = agents.now;
  const dx = people.spotX[id]! - bank.x[i]!;
  const dy = people.spotY[id]! - bank.y[i]!;
  const far = bank.mode[i] === RESTING ? OFF_SPOT : 0.1;
  bank.mode[i] = dx * dx + dy * dy > far * far ? TO_SPOT : RESTING;
}

function startService(crowd: Crowd, q: number, lane: Crowd["queues"][number]["lanes"][number]): void {
  const { people, agents, world, seed } = crowd;
  const id = lane.line[0]!;
  const i = agents.slotOf[id]!;
  const dx = people.spotX[id]! - agents.now.x[i]!;
  const dy = people.spotY[id]! - agents.now.y[i]!;
  if (dx * dx + dy * dy > AT_SERVER * AT_SERVER) return;
  people.doing[id] = DOING.SERVED;
  agents.now.mode[i] = SERVED;
  lane.serving = id;
  lane.doneAt = crowd.time + sample(world.queues[q]!.service_s, chance(seed, "service", id, people.stage[id]!));
  crowd.queues[q]!.waits.push(crowd.time - people.joined[id]!);
}

function finishService(crowd: Crowd, q: number, lane: Crowd["queues"][number]["lanes"][number]): number {
  const { people } = crowd;
  const id = lane.line.shift()!;
  lane.serving = -1;
  crowd.queues[q]!.served++;
  people.queue[id] = -1;
  people.lane[id] = -1;
  return id;
}
