/** One step of the crowd: journeys, directions, velocities, paths, sorting. Reads the old state, writes the new one. */
import { beginLook, sortByBin } from "./agents.js";
import { tendSurroundings } from "./alarm.js";
import { setDirections } from "./direction.js";
import { walkGoneOn } from "./gone.js";
import { holdBack } from "./hold-back.js";
import { move } from "./move.js";
import { tendJourneys } from "./routes.js";
import type { Crowd } from "./state.js";
import { tendTogether, walkTogether } from "./together.js";

/** @param dt time step, s; the crowd's time is set by the caller, who counts steps */
export function step(crowd: Crowd, dt: number): void {
  const { agents, model } = crowd;
  tendSurroundings(crowd);
  tendJourneys(crowd, dt);
  const steps = model.stepsPerLook(dt);
  const looks = crowd.sinceLook === 0;
  crowd.sinceLook = (crowd.sinceLook + 1) % steps;
  if (looks) {
    beginLook(agents);
    tendTogether(crowd, steps * dt);
  }
  setDirections(crowd, 0, agents.count, looks, steps * dt);
  if (looks) walkTogether(crowd);
  model.step(agents, crowd.gates, dt, 0, agents.count, looks, crowd.out);
  holdBack(crowd, dt);
  const { left } = crowd;
  walkGoneOn(agents.gone, dt);
  move(crowd, dt);
  // Bins matter at a look only; who has left must go at once.
  if (crowd.sinceLook === 0 || crowd.left > left) sortByBin(agents);
}
