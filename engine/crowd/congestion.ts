/**
 * Ways round crowds. Shortest paths lead everybody through the same few points: the inner side of a corner, the nearest door of two. While
 * people are held up there, the floor under a crowd counts as slow for them, as in Hughes 2002 (Transportation Research B 36:507): slowness
 * is v0 / v(density), with v(density) of Weidmann 1993. Their directions lead round the crowd where the floor beside it is free; times and
 * the choice of a destination stay those of free walking.
 */
import { createLocalScratch, localDescent } from "../geometry/local-time.js";
import { fieldFor, fits, graphFor, openSeeds, wayClasses } from "../world/fields.js";
import { type Field, nodeAt } from "../world/world.js";
import { WALKING } from "./agents.js";
import { createCrowdedFloor, slowPart } from "./crowded-floor.js";
import type { Crowd } from "./state.js";

/** How often crowds are looked for, s. */
export const LOOK_EVERY = 2;
/** People of one field who walk at less than HELD of their wished speed, at least this many: ways round are looked for. Both chosen. */
const MANY = 8;
const HELD = 0.5;
/** Longest time to the next look where no way round was worth it, s; chosen. */
const LONGEST_WAIT = 16;
/** Share of the time past the crowd that must be won before anybody goes round it; chosen. */
const GAIN = 0.2;
/** How far around a crowd ways are found anew, m. */
const ROUND = 15;

/** Gives the fields of people who are held up directions round crowds, until the next look; all others are the free ones. */
export function avoidCrowds(crowd: Crowd): void {
  crowd.round ??= {
    due: new Float64Array(crowd.freeFields.length),
    wait: new Float64Array(crowd.freeFields.length).fill(LOOK_EVERY),
  };
  const { due, wait } = crowd.round;
  const held = heldPeople(crowd);
  const fields = [...crowd.freeFields];
  held.forEach((people, f) => {
    if (people.length < MANY) wait[f] = LOOK_EVERY;
    if (people.length < MANY || crowd.time < due[f]! - 1e-6) return;
    const round = fieldRound(crowd, f, people);
    const worth = people.filter((i) => turns(crowd, i, crowd.freeFields[f]!, round)).length >= MANY;
    if (worth) fields[f] = round;
    wait[f] = worth ? LOOK_EVERY : Math.min(2 * wait[f]!, LONGEST_WAIT);
    due[f] = crowd.time + wait[f]!;
  });
  crowd.fields = fields;
}

/** Slots of the people who are held up, by field. */
function heldPeople(crowd: Crowd): number[][] {
  const { agents } = crowd;
  const { mode, vx, vy, ex, ey, wish, field } = agents.now;
  const people = crowd.freeFields.map((): number[] => []);
  for (let i = 0; i < agents.count; i++)
    if (mode[i] === WALKING && field[i]! >= 0 && vx[i]! * ex[i]! + vy[i]! * ey[i]! < HELD * wish[i]!) people[field[i]!]!.push(i);
  return people;
}

/** Whether the way round leads person i elsewhere than the free one, by more than about 25 degrees. */
function turns(crowd: Crowd, i: number, free: Field, round: Field): boolean {
  const { x, y, sheet } = crowd.agents.now;
  const n = nodeAt(crowd.world, sheet[i]!, x[i]!, y[i]!);
  if (n < 0) return false;
  return free.flow[4 * n]! * round.flow[4 * n]! + free.flow[4 * n + 1]! * round.flow[4 * n + 1]! < 0.9;
}

/** Field f with directions round the crowd in which people are held up. */
function fieldRound(crowd: Crowd, f: number, people: readonly number[]): Field {
  const { world } = crowd;
  const wayClass = Math.floor(f / world.destinations.length);
  crowd.graphs ??= graphsOf(crowd);
  crowd.scratch ??= createLocalScratch(world.graph.slowness.length);
  crowd.floor ??= createCrowdedFloor(world);
  const free = crowd.freeFields[f]!;
  const slow = slowPart(world, crowd.agents, crowd.floor, free, people);
  const flow = free.flow.slice();
  const seeds = openSeeds(world.destinations[f % world.destinations.length]!, passable(crowd, wayClass));
  localDescent(crowd.graphs[wayClass]!, seeds, free.time, slow, Math.round(ROUND / world.cell), GAIN, crowd.scratch, flow);
  return { time: free.time, flow };
}

/** Whether a gate lets people of a class of ways through now. */
export function passable({ world, gates }: Crowd, wayClass: number): (gate: number) => boolean {
  return (g) => (gates.carSide[g] === 0 ? gates.open[g] : gates.serves[g]) === 1 && fits(world, g, wayClass);
}

/** Graphs for the present gates, by class of ways. */
export function graphsOf(crowd: Crowd): ReturnType<typeof graphFor>[] {
  const { world } = crowd;
  return Array.from({ length: wayClasses(world) }, (_, c) => graphFor(world.graph, world.gates, passable(crowd, c)));
}

/** Free fields and graphs for the present gates, for every class of ways. */
export function makeFields(crowd: Crowd): void {
  const { world, gates } = crowd;
  const graphs = graphsOf(crowd);
  crowd.graphs = graphs;
  crowd.round = null;
  crowd.waysRound = null;
  crowd.freeFields = graphs.flatMap((graph, c) => world.destinations.map((d) => fieldFor(graph, d, passable(crowd, c))));
  crowd.fields = crowd.freeFields;
  crowd.graph = graphFor(world.graph, world.gates, (g) => gates.open[g] === 1);
}
