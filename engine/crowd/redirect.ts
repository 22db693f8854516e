/**
 * A marshal's redirection: people on the way to some exits are sent to another one. Each person hears it once, at once or when they come
 * into the area within which it is heard, and follows it by chance (`share`), a social group as one. Who follows does not weigh exits any
 * more, unless the one they were sent to can no longer be reached.
 */
import { inPolygons } from "../world/areas.js";
import type { Redirect } from "../world/world.js";
import { nearestOf } from "./exit-choice.js";
import { chance, DOING } from "./people.js";
import type { Crowd } from "./state.js";

/** Tells everybody who can hear a marshal now. @param send makes a person walk to a destination */
export function tendRedirects(crowd: Crowd, send: (i: number, id: number, destination: number) => void): void {
  crowd.world.redirects.forEach((redirect, k) => {
    if (crowd.time < redirect.at_s || crowd.time >= redirect.until_s) return;
    const { agents, people } = crowd;
    for (let i = 0; i < agents.count; i++) {
      const id = agents.now.id[i]!;
      if (people.doing[id] !== DOING.GOING || crowd.redirects[k]!.told[id] === 1) continue;
      if (!redirect.groups[people.group[id]!] || !hears(crowd, i, redirect) || !isBound(crowd, i, id, redirect)) continue;
      tell(crowd, i, id, k, send);
    }
  });
}

function tell(crowd: Crowd, i: number, id: number, k: number, send: (i: number, id: number, to: number) => void): void {
  const work = crowd.redirects[k]!;
  const { share, to } = crowd.world.redirects[k]!;
  work.told[id] = 1;
  work.heard++;
  if (chance(crowd.seed, `redirect/${k}`, crowd.people.leader[id]!, 0).next() >= share) return;
  work.followed++;
  crowd.people.told[id] = 1;
  send(i, id, to);
}

function hears(crowd: Crowd, i: number, { area }: Redirect): boolean {
  const { sheet, x, y } = crowd.agents.now;
  return area === null || (area.sheets.includes(sheet[i]!) && inPolygons(area.polygons, x[i]!, y[i]!));
}

function isBound(crowd: Crowd, i: number, id: number, { from, sets }: Redirect): boolean {
  const destination = crowd.people.destination[id]!;
  if (from.includes(destination)) return true;
  return sets.includes(destination) && nearestOf(crowd, i, id, destination, from) >= 0;
}
