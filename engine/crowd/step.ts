/** One step of the crowd: journeys, directions, velocities, paths, sorting. Reads the old state, writes the new one. */
import { sortByBin } from "./agents.js";
import { setDirections } from "./direction.js";
import { move } from "./move.js";
import { tendJourneys } from "./routes.js";
import type { Crowd } from "./state.js";

/** @param dt time step, s; the crowd's time is set by the caller, who counts steps */
export function step(crowd: Crowd, dt: number): void {
  tendJourneys(crowd);
  setDirections(crowd, 0, crowd.agents.count, dt);
  crowd.model(crowd.agents, crowd.gates, dt, 0, crowd.agents.count, crowd.out);
  move(crowd, dt);
  sortByBin(crowd.agents);
}
