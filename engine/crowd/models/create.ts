/** The movement model that a world asks for. */
import type { Field, World } from "../../world/world.js";
import { createAnticipationVelocity } from "./anticipation-velocity.js";
import { createCollisionFreeSpeed } from "./collision-free-speed.js";
import { createHeadwayModel } from "./headway.js";
import type { MovementModel } from "./model.js";
import { createOptimalSteps } from "./optimal-steps.js";
import { createOrca } from "./orca.js";
import { createSocialForce } from "./social-force.js";

/**
 * @param seed of the run, for models that draw chances
 * @param fields the fields that people follow at the time, for models that look at places beside the one they are at
 */
export function createModel(world: World, seed: number, fields: () => readonly Field[]): MovementModel {
  const { model } = world;
  if (model === "headway") return createHeadwayModel(world);
  switch (model.name) {
    case "collision-free-speed":
      return createCollisionFreeSpeed(world, model);
    case "anticipation-velocity":
      return createAnticipationVelocity(world, model, seed);
    case "social-force":
      return createSocialForce(world, model);
    case "orca":
      return createOrca(world, model);
    case "optimal-steps":
      return createOptimalSteps(world, model, seed, fields);
  }
}
