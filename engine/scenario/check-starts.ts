/** Do the people who are inside at the start fit into their areas at all? */
import type { Problem } from "../errors.js";
import { polygonsArea, ringsOf } from "../geometry/polygon.js";
import { distance } from "../geometry/segment.js";
import type { Layout, Ring } from "../layout/layout.js";
import { floorOf } from "./check-floor.js";
import { lowerBound } from "./distributions.js";
import { lookUp } from "./places.js";
import type { Group, Scenario } from "./scenario.js";
import { join } from "./shape.js";

/** Share of the plane that equal circles cover in their densest packing, π / √12 (Thue 1910, Fejes Tóth 1940). */
const DENSEST = 0.9068996821171089;

/**
 * An upper bound, so that only the impossible is refused here: circles whose centres lie in an area A with perimeter P are inside
 * A grown by r, at most A + P r + π r² m2, and cover at most 0.907 of it. Whether a random placement finds room is told by the run.
 * Checked for each group over all of its areas, and for each area over the groups that start only there.
 */
export function checkStarts(scenario: Scenario, layout: Layout): Problem[] {
  const rooms = new Map<string, { area: number; perimeter: number }>();
  const roomOf = (name: string): { area: number; perimeter: number } => {
    const known = rooms.get(name);
    if (known) return known;
    const found = lookUp(scenario, layout, name);
    const floor = "place" in found && found.place.kind === "area" ? floorOf(layout, found.place).polygons : null;
    // A place with a fault of its own was reported: no second one for its room.
    const room = floor
      ? { area: polygonsArea(floor), perimeter: ringsOf(floor).reduce((sum, ring) => sum + length(ring), 0) }
      : { area: Infinity, perimeter: 0 };
    rooms.set(name, room);
    return room;
  };
  const starting = scenario.people.filter((group) => group.start);
  const problems = starting.flatMap((group) => fault(join("people", group.name), [group], group.start!.in, roomOf));
  for (const name of new Set(starting.flatMap((group) => group.start!.in))) {
    const only = starting.filter((group) => group.start!.in.length === 1 && group.start!.in[0] === name);
    if (only.length > 1) problems.push(...fault(`start in "${name}"`, only, [name], roomOf));
  }
  return problems;
}

function fault(
  place: string,
  groups: readonly Group[],
  areas: readonly string[],
  roomOf: (name: string) => { area: number; perimeter: number },
): Problem[] {
  const circles = groups.map((group) => ({ count: group.count, r: lowerBound(group.population.radius_m) }));
  const widest = Math.max(...circles.map(({ r }) => r));
  const covered = circles.reduce((sum, { count, r }) => sum + count * Math.PI * r * r, 0);
  const rooms = areas.map(roomOf);
  const area = rooms.reduce((sum, room) => sum + room.area, 0);
  const grown = rooms.reduce((sum, room) => sum + room.area + room.perimeter * widest + Math.PI * widest * widest, 0);
  if (!(area > 0) || covered <= DENSEST * grown) return [];
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const most = Math.floor((count * DENSEST * grown) / covered);
  return [
    {
      place,
      message: `${count} people with a radius of ${widest.toFixed(2)} m do not fit into the ${area.toFixed(1)} m2 of ${areas.map((name) => `"${name}"`).join(", ")}: at most ${most} in the densest packing`,
      value: count,
      limit: most,
    },
  ];
}

/** Length of an outline, m. */
function length(ring: Ring): number {
  let sum = 0;
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
    sum += distance(ring[j]!, ring[k]!);
  }
  return sum;
}
