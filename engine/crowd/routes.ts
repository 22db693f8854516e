/** Journeys: what each person does next. One pass over all people inside per step, before anybody moves. */
import type { Random } from "../random.js";
import { sample } from "../scenario/distributions.js";
import { inPolygons } from "../world/areas.js";
import { nodeAt, type PlanStage } from "../world/world.js";
import { RESTING, TO_SPOT, WALKING } from "./agents.js";
import { inSight, walkingTime } from "./direction.js";
import { chooseExit, tendExits } from "./exit-choice.js";
import { quitRows } from "./lift-riders.js";
import { setService, tendLifts } from "./lifts.js";
import { chance, DOING, fieldOf, stageOf } from "./people.js";
import { chooseQueue, joinLane, quitLane, tendLanes } from "./queues.js";
import { tendRedirects } from "./redirect.js";
import { pick } from "./shares.js";
import type { Crowd } from "./state.js";
import { GAIN_ROUND } from "./ways-round.js";

/** Closer than this to their spot people stand, m. */
const ON_SPOT = 0.15;
/** Who cannot get closer to their spot for this long stays where they are, s. */
const GIVE_UP_SPOT = 2;
/** Field time within which it pays to test whether a place has been reached, s. */
const NEARLY_THERE = 1;
/** People join the shortest lane when this close to the lanes, s of walking. */
const JOIN_WITHIN = 2;

/** Advances every journey to the present time of the crowd, and lifts by a step of dt seconds. */
export function tendJourneys(crowd: Crowd, dt: number): void {
  const { agents, people } = crowd;
  for (const id of tendLanes(crowd)) nextStage(crowd, agents.slotOf[id]!, id);
  tendLifts(crowd, dt, (i, id, destination) => walkTo(crowd, i, id, destination));
  const change = (i: number, id: number, destination: number): void => changeTo(crowd, i, id, destination);
  tendRedirects(crowd, change);
  tendExits(crowd, change);
  const bank = agents.now;
  for (let i = 0; i < agents.count; i++) {
    const id = bank.id[i]!;
    switch (people.doing[id]) {
      case DOING.GOING:
        if (bank.phi[i]! < JOIN_WITHIN) tendGoing(crowd, i, id);
        break;
      case DOING.SETTLING:
        tendSettling(crowd, i, id);
        break;
      case DOING.PRE_MOVEMENT:
      case DOING.STAYING:
        if (crowd.time >= people.until[id]!) nextStage(crowd, i, id);
        break;
    }
  }
}

/**
 * Sends a person straight to the next stage in which they leave, whatever they do now; false where they cannot yet, as in a lift.
 * Who has no such stage ahead goes on as before, but waits no longer before the first one.
 */
export function leaveAtOnce(crowd: Crowd, i: number, id: number): boolean {
  const { people, world } = crowd;
  const doing = people.doing[id]!;
  if (doing === DOING.BOARDING || doing === DOING.RIDING) return false;
  const { stages, repeats } = world.groups[people.group[id]!]!;
  const first = Math.max(0, people.stage[id]!);
  const last = repeats ? first + stages.length : stages.length;
  let next = first;
  while (next < last && stages[next % stages.length]!.kind !== "leave") next++;
  if (next === last) {
    if (doing === DOING.PRE_MOVEMENT) nextStage(crowd, i, id);
    return true;
  }
  if (next === people.stage[id] && (doing === DOING.GOING || doing === DOING.AT_LIFT)) return true;
  quitLane(crowd, id);
  quitRows(crowd, id);
  people.stage[id] = next - 1;
  nextStage(crowd, i, id);
  return true;
}

function tendGoing(crowd: Crowd, i: number, id: number): void {
  const stage = stageOf(crowd.world, crowd.people, id);
  if (!stage) return;
  if (stage.kind === "queue") {
    if (joinLane(crowd, i, id)) crowd.agents.now.mode[i] = TO_SPOT;
    return;
  }
  const bank = crowd.agents.now;
  if (bank.phi[i]! > NEARLY_THERE) return;
  const destination = crowd.world.destinations[crowd.people.destination[id]!]!;
  const { area } = destination;
  if (!area?.sheets.includes(bank.sheet[i]!) || !inPolygons(area.polygons, bank.x[i]!, bank.y[i]!)) return;
  if (stage.kind === "stay" || stage.kind === "choose") settle(crowd, i, id, stage);
  else nextStage(crowd, i, id);
}

/** Times a person picks another spot when they cannot get to theirs. */
const SPOTS = 6;
/** Companions stand this close together, m; chosen, unverified. */
const BESIDE = 1;
/** Spots drawn at most until one is in sight. */
const GLANCES = 24;

/** Begins the time in the place just reached and goes to a spot in it. */
function settle(crowd: Crowd, i: number, id: number, stage: PlanStage & { kind: "stay" | "choose" }): void {
  const { people, seed } = crowd;
  const time = chance(seed, "stay", people.leader[id]!, people.stage[id]!);
  const limit = stage.kind === "stay" ? stage.until_s : null;
  const duration = stage.kind === "stay" ? stage.for_s : stage.stay_s;
  people.until[id] = Math.max(limit ?? 0, duration ? crowd.time + sample(duration, time) : 0);
  if (limit === null && !duration) people.until[id] = Infinity;
  stayAsCompanions(crowd, id);
  people.doing[id] = DOING.SETTLING;
  people.spots[id] = 0;
  pickSpot(crowd, i, id);
}

/** Companions end a stay together, at the time of the first who began it. */
function stayAsCompanions(crowd: Crowd, id: number): void {
  const { people } = crowd;
  const group = crowd.social[people.social[id]!];
  if (!group) return;
  if (group.stayStage === people.stage[id]) people.until[id] = group.stayUntil;
  group.stayStage = people.stage[id]!;
  group.stayUntil = people.until[id]!;
}

/** A random spot of the place that is in sight, so that a straight way leads there; without one, people stay where they are. */
function pickSpot(crowd: Crowd, i: number, id: number): void {
  const { people, world, seed } = crowd;
  const bank = crowd.agents.now;
  const random = chance(seed, `spot/${people.spots[id]}`, id, people.stage[id]!);
  const { nodes } = world.destinations[people.destination[id]!]!.area!;
  bank.mode[i] = TO_SPOT;
  bank.field[i] = -1;
  bank.stuck[i] = 0;
  people.spots[id]!++;
  const companion = companionIn(crowd, id);
  for (let k = 0; k < GLANCES; k++) {
    const node = companion < 0 || k >= GLANCES / 2 ? nodes[random.int(nodes.length)]! : nodeBeside(crowd, companion, random);
    if (node < 0 || (companion >= 0 && !nodes.includes(node))) continue;
    people.spotX[id] = world.nodeX[node]! + (random.next() - 0.5) * world.cell;
    people.spotY[id] = world.nodeY[node]! + (random.next() - 0.5) * world.cell;
    if (world.nodeSheet[node] === bank.sheet[i] && inSight(crowd, i, people.spotX[id]!, people.spotY[id]!)) return;
  }
  people.spotX[id] = bank.x[i]!;
  people.spotY[id] = bank.y[i]!;
}

/** A companion who has a spot in the place that the person has come to, -1: none. */
function companionIn(crowd: Crowd, id: number): number {
  const { people } = crowd;
  const group = crowd.social[people.social[id]!];
  if (!group) return -1;
  const there = (other: number): boolean =>
    other !== id &&
    crowd.agents.slotOf[other]! >= 0 &&
    people.stage[other] === people.stage[id] &&
    people.destination[other] === people.destination[id] &&
    (people.doing[other] === DOING.SETTLING || people.doing[other] === DOING.STAYING);
  return group.members.find(there) ?? -1;
}

/** A node within BESIDE of a companion's spot, -1 where that is no floor. */
function nodeBeside(crowd: Crowd, companion: number, random: Random): number {
  const { people, agents, world } = crowd;
  const x = people.spotX[companion]! + (2 * random.next() - 1) * BESIDE;
  const y = people.spotY[companion]! + (2 * random.next() - 1) * BESIDE;
  return nodeAt(world, agents.now.sheet[agents.slotOf[companion]!]!, x, y);
}

function tendSettling(crowd: Crowd, i: number, id: number): void {
  const { people, agents } = crowd;
  const bank = agents.now;
  const dx = people.spotX[id]! - bank.x[i]!;
  const dy = people.spotY[id]! - bank.y[i]!;
  const there = dx * dx + dy * dy < ON_SPOT * ON_SPOT;
  if (crowd.time >= people.until[id]!) nextStage(crowd, i, id);
  else if (there || (bank.stuck[i]! > GIVE_UP_SPOT && people.spots[id]! >= SPOTS)) {
    people.doing[id] = DOING.STAYING;
    rest(crowd, i);
  } else if (bank.stuck[i]! > GIVE_UP_SPOT) pickSpot(crowd, i, id);
}

function rest(crowd: Crowd, i: number): void {
  const bank = crowd.agents.now;
  bank.mode[i] = RESTING;
  bank.field[i] = -1;
  bank.stuck[i] = 0;
}

/** Ends the present stage and begins the next that has something to do; after the last one people stay where they are. */
export function nextStage(crowd: Crowd, i: number, id: number): void {
  const { people } = crowd;
  for (;;) {
    people.stage[id]!++;
    const stage = stageOf(crowd.world, crowd.people, id);
    if (!stage) {
      people.doing[id] = DOING.STAYING;
      people.until[id] = Infinity;
      people.destination[id] = -1;
      rest(crowd, i);
      return;
    }
    if (stage.kind === "stay" && stage.until_s !== null && crowd.time >= stage.until_s && !stage.for_s) continue;
    if (stage.kind === "choose" && chance(crowd.seed, "visits", people.leader[id]!, people.stage[id]!).next() >= stage.share)
      continue;
    walkTo(crowd, i, id, destinationFor(crowd, i, id, stage));
    return;
  }
}

function destinationFor(crowd: Crowd, i: number, id: number, stage: PlanStage): number {
  const { people, seed, world } = crowd;
  if (stage.kind === "go" || stage.kind === "stay") return stage.destination;
  if (stage.kind === "queue") {
    const q = asCompanions(crowd, id, (known) =>
      isOpenQueue(crowd, stage, known) ? known : chooseQueue(crowd, i, id, stage.queues),
    );
    people.queue[id] = q;
    return world.queues[q]!.destination;
  }
  if (stage.kind === "leave" && (stage.expected || stage.nearest))
    return asCompanions(crowd, id, (known) => {
      if (stage.destinations.includes(known) && walkingTime(crowd, i, id, known) < Infinity) return known;
      return stage.expected ? chooseExit(crowd, i, id, stage, -1) : nearest(crowd, i, id, stage.destinations);
    });
  const shares = stage.kind === "choose" ? stage.weights : stage.shares;
  return stage.destinations[pick(shares, chance(seed, "which", people.leader[id]!, people.stage[id]!).next())]!;
}

/** What the companions of a person have chosen for the present stage, or what `choose` says, which they then take too. */
function asCompanions(crowd: Crowd, id: number, choose: (known: number) => number): number {
  const group = crowd.social[crowd.people.social[id]!];
  if (!group) return choose(-1);
  const stage = crowd.people.stage[id]!;
  group.chosen = choose(group.stage === stage ? group.chosen : -1);
  group.stage = stage;
  return group.chosen;
}

const isOpenQueue = (crowd: Crowd, stage: PlanStage & { kind: "queue" }, q: number): boolean =>
  stage.queues.includes(q) && crowd.gates.open[crowd.world.queues[q]!.gate] === 1;

/** The destination with the least walking time; the first where none can be reached. */
function nearest(crowd: Crowd, i: number, id: number, destinations: readonly number[]): number {
  let best = Infinity;
  let chosen = destinations[0]!;
  for (const d of destinations) {
    const time = walkingTime(crowd, i, id, d);
    if (time < best) {
      best = time;
      chosen = d;
    }
  }
  return chosen;
}

/** Sends a person to another destination of the present stage, and their companions on the same stage with them. */
function changeTo(crowd: Crowd, i: number, id: number, destination: number): void {
  const { people, agents } = crowd;
  const group = crowd.social[people.social[id]!];
  walkTo(crowd, i, id, destination);
  if (!group) return;
  group.stage = people.stage[id]!;
  group.chosen = destination;
  for (const member of group.members) {
    const j = agents.slotOf[member]!;
    if (j < 0 || j === i || people.doing[member] !== DOING.GOING || people.stage[member] !== people.stage[id]) continue;
    walkTo(crowd, j, member, destination);
  }
}

export function walkTo(crowd: Crowd, i: number, id: number, destination: number): void {
  const { people, world, agents } = crowd;
  const bank = agents.now;
  people.destination[id] = destination;
  people.doing[id] = DOING.GOING;
  people.anchorX[id] = bank.x[i]!;
  people.anchorY[id] = bank.y[i]!;
  people.anchorTime[id] = crowd.time;
  bank.mode[i] = WALKING;
  bank.field[i] = fieldOf(world, people, id, destination);
  bank.phi[i] = Infinity;
  bank.stuck[i] = 0;
}

/** Takes a lift out of service or into it again; `reconsider` and new fields must follow. */
export function serveLift(crowd: Crowd, lift: number, runs: boolean): void {
  setService(crowd, lift, runs, (i, id, destination) => walkTo(crowd, i, id, destination));
}

/** After a gate has opened or closed: people on their way to a queue choose again. */
export function reconsider(crowd: Crowd): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  for (let i = 0; i < agents.count; i++) {
    const id = bank.id[i]!;
    if (people.doing[id] !== DOING.GOING) continue;
    const stage = stageOf(crowd.world, crowd.people, id);
    if (stage?.kind === "queue") walkTo(crowd, i, id, destinationFor(crowd, i, id, stage));
    else if (stage?.kind === "leave") leaveByOther(crowd, i, id, stage);
  }
}

/** Who was sent to an exit that is now out of reach takes the nearest of the others, by walking time; who weighs exits weighs them again. */
function leaveByOther(crowd: Crowd, i: number, id: number, stage: PlanStage & { kind: "leave" }): void {
  const { people } = crowd;
  const present = people.destination[id]!;
  if (walkingTime(crowd, i, id, present) < Infinity) return;
  people.told[id] = 0;
  const other = stage.expected || stage.nearest ? destinationFor(crowd, i, id, stage) : nearest(crowd, i, id, stage.destinations);
  if (other !== present && walkingTime(crowd, i, id, other) < Infinity) walkTo(crowd, i, id, other);
}

/**
 * Who sees slow floor and is sent to one of several exits takes another one where that saves GAIN_ROUND of the time; who weighs exits by expected time
 * does so by themselves (exit-choice.ts), and who follows a marshal goes where they are sent.
 */
export function leaveByBetter(crowd: Crowd, i: number, id: number): void {
  const { people, world } = crowd;
  const stage = stageOf(world, people, id);
  if (stage?.kind !== "leave" || stage.expected || stage.destinations.length < 2 || people.told[id] === 1) return;
  const present = people.destination[id]!;
  const other = nearest(crowd, i, id, stage.destinations);
  if (other === present || walkingTime(crowd, i, id, other) >= (1 - GAIN_ROUND) * walkingTime(crowd, i, id, present)) return;
  changeTo(crowd, i, id, other);
}
