/** What surroundings do to people at once: who is alarmed sets off, who cannot walk any more falls. */
import { DOWN } from "./agents.js";
import { goDownInLift } from "./lift-riders.js";
import { DOING } from "./people.js";
import { quitLane } from "./queues.js";
import { leaveAtOnce, leaveByBetter } from "./routes.js";
import type { Crowd } from "./state.js";

/** Lets fall who cannot walk any more, sends off who has been alarmed, and lets who sees slow floor weigh their exits; before journeys are tended. */
export function tendSurroundings(crowd: Crowd): void {
  const { agents, people, surroundings } = crowd;
  if (!surroundings) return;
  const { alarmed, heeded, incapacitated, wayOf, weighed, version } = surroundings;
  for (let i = 0; i < agents.count; i++) {
    const id = agents.now.id[i]!;
    if (incapacitated[id] !== 0) {
      if (people.doing[id] !== DOING.INCAPACITATED) fall(crowd, i, id);
      continue;
    }
    if (alarmed[id] === 1 && heeded[id] === 0) heed(crowd, id);
    if (wayOf[id] === 0 || weighed[id] === version || people.doing[id] !== DOING.GOING) continue;
    weighed[id] = version;
    leaveByBetter(crowd, i, id);
  }
}

/** One who is alarmed takes their companions along. */
function heed(crowd: Crowd, id: number): void {
  const { agents, people, surroundings } = crowd;
  const { alarmed, heeded, incapacitated } = surroundings!;
  for (const member of crowd.social[people.social[id]!]?.members ?? [id]) {
    alarmed[member] = 1;
    const i = agents.slotOf[member]!;
    if (i < 0 || heeded[member] === 1 || incapacitated[member] !== 0) continue;
    if (leaveAtOnce(crowd, i, member)) heeded[member] = 1;
  }
}

function fall(crowd: Crowd, i: number, id: number): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  quitLane(crowd, id);
  goDownInLift(crowd, id);
  people.doing[id] = DOING.INCAPACITATED;
  people.until[id] = Infinity;
  people.destination[id] = -1;
  bank.mode[i] = DOWN;
  bank.field[i] = -1;
  bank.vx[i] = 0;
  bank.vy[i] = 0;
  bank.ex[i] = 0;
  bank.ey[i] = 0;
  bank.wish[i] = 0;
  bank.stuck[i] = 0;
  const { causes, incapacitated } = crowd.surroundings!; // who falls does so by it
  crowd.fallen.push({ id, time: crowd.time, cause: causes[incapacitated[id]!] ?? "" });
}
