/** Where people stand in the car of a lift. */
import { CLEAR_CORE, CLEAR_WALL, ROOM } from "../world/lifts.js";
import type { Crowd, LiftWork } from "./state.js";

/** People in the car who want out: who gets out here, and who was let in, found no room and goes back to their row. */
export function goingOut({ agents }: Crowd, work: LiftWork, car: number): number[] {
  const inCar = (id: number): boolean => agents.slotOf[id]! >= 0 && agents.now.sheet[agents.slotOf[id]!] === car;
  return [...work.leaving, ...work.rows[work.at]!.flat()].filter(inCar);
}

/**
 * A free place where the person's body fits beside those of the others: as far from them as a full car allows, else as close as
 * bodies may come; and of those places the one furthest from the doors. null where there is none. Wide bodies (wheelchairs) take the room of several.
 */
export function placeInCar(crowd: Crowd, work: LiftWork, l: number, id: number): { x: number; y: number } | null {
  return deepest(crowd, work, l, id, crowd.world.lifts[l]!.closeness) ?? deepest(crowd, work, l, id, CLEAR_CORE);
}

function deepest(crowd: Crowd, work: LiftWork, l: number, id: number, share: number): { x: number; y: number } | null {
  const { people, agents } = crowd;
  const { spots, landings } = crowd.world.lifts[l]!;
  const { x: doorX, y: doorY, inX, inY, car } = landings[work.at]!;
  const radius = people.radius[id]!;
  const apart = (other: number): number => share * (radius + people.radius[other]!) + ROOM;
  const riders = work.riders.filter((rider) => rider.id !== id).map((rider) => ({ ...rider, apart: apart(rider.id) }));
  // Who wants out needs room until they are out.
  const out = goingOut(crowd, work, car).map((one) => {
    const i = agents.slotOf[one]!;
    return { x: agents.now.x[i]!, y: agents.now.y[i]!, apart: apart(one) };
  });
  const others = [...riders, ...out];
  let best: { x: number; y: number } | null = null;
  let depthOfBest = -Infinity;
  for (let k = 0; k < spots.length; k += 3) {
    const [x, y, clear] = [spots[k]!, spots[k + 1]!, spots[k + 2]!];
    if (clear < CLEAR_WALL * radius + ROOM) continue;
    if (others.some((other) => (other.x - x) ** 2 + (other.y - y) ** 2 < other.apart * other.apart)) continue;
    // Along a wall first, so that the middle stays free.
    const depth = (x - doorX) * inX + (y - doorY) * inY - clear / 100;
    if (depth <= depthOfBest) continue;
    depthOfBest = depth;
    best = { x, y };
  }
  return best;
}
