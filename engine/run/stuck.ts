/** Names those who want to go on and do not: where, since when, what they want. */
import { WALKING } from "../crowd/agents.js";
import { DOING } from "../crowd/people.js";
import type { Crowd } from "../crowd/state.js";
import type { Unfinished } from "./records.js";

/** Moving this far counts as progress, m. */
const PROGRESS = 0.5;
/** Who steps to and fro without progress for this long, s, is as stuck as one who stands. Chosen. */
const TO_AND_FRO = 10;
/** Standing this long without progress counts as stuck, s. */
export const STUCK_AFTER = 30;

/** Called at fixed times, whatever the output: remembers where each walker last got on. */
export function trackProgress(crowd: Crowd): void {
  const { agents, people } = crowd;
  const bank = agents.now;
  for (let i = 0; i < agents.count; i++) {
    const id = bank.id[i]!;
    const dx = bank.x[i]! - people.anchorX[id]!;
    const dy = bank.y[i]! - people.anchorY[id]!;
    if (bank.mode[i] === WALKING && dx * dx + dy * dy < PROGRESS * PROGRESS) {
      const since = crowd.time - people.anchorTime[id]!;
      if (since > TO_AND_FRO && bank.wish[i]! > 0) bank.stuck[i] = Math.max(bank.stuck[i]!, since);
      continue;
    }
    people.anchorX[id] = bank.x[i]!;
    people.anchorY[id] = bank.y[i]!;
    people.anchorTime[id] = crowd.time;
  }
}

/** Everybody who has not got on for STUCK_AFTER seconds, by id. */
export function findStuck(crowd: Crowd): Unfinished[] {
  const { agents, people, world } = crowd;
  const bank = agents.now;
  const stuck: Unfinished[] = [];
  for (let i = 0; i < agents.count; i++) {
    const id = bank.id[i]!;
    if (people.doing[id] !== DOING.GOING || crowd.time - people.anchorTime[id]! < STUCK_AFTER) continue;
    const sheet = world.sheets[bank.sheet[i]!]!;
    stuck.push({
      id,
      group: world.groups[people.group[id]!]!.name,
      level: sheet.name,
      x: bank.x[i]!,
      y: bank.y[i]!,
      since_s: people.anchorTime[id]!,
      wants: world.destinations[people.destination[id]!]?.name ?? "",
    });
  }
  return stuck.sort((a, b) => a.id - b.id);
}
