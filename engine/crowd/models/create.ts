/** The movement model that a world asks for. */
import type { World } from "../../world/world.js";
import { createAnticipationVelocity } from "./anticipation-velocity.js";
import { createCollisionFreeSpeed } from "./collision-free-speed.js";
import { createHeadwayModel } from "./headway.js";
import type { MovementModel } from "./model.js";
import { createOrca } from "./orca.js";
import { createSocialForce } from "./social-force.js";

/** @param seed of the run, for models that draw chances */
export function createModel(world: World, seed: number): MovementModel {
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
  }
}
