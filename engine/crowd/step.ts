/** One step of the crowd: journeys, directions, velocities, paths, sorting. Reads the old state, writes the new one. */
import { sortByBin } from "./agents.js";
import { setDirections } from "./direction.js";
import { isShort } from "./models/headway/parameters.js";
import { move } from "./move.js";
import { tendJourneys } from "./routes.js";
import type { Crowd } from "./state.js";

/** @param dt time step, s; the crowd's time is set by the caller, who counts steps */
export function step(crowd: Crowd, dt: number): void {
  const { agents } = crowd;
  tendJourneys(crowd);
  // Between two looks exactly one sort may lie; an arrival sorts once more, and then everybody looks.
  const looks = !isShort(dt) || crowd.lookedAt !== agents.sorts - 1;
  if (looks) setDirections(crowd, 0, agents.count, dt);
  crowd.model(agents, crowd.gates, dt, 0, agents.count, looks, crowd.out);
  crowd.lookedAt = looks ? agents.sorts : -1;
  move(crowd, dt);
  sortByBin(agents);
}
