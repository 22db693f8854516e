/** The movement model that a world asks for. */
import type { World } from "../../world/world.js";
import { createCollisionFreeSpeed } from "./collision-free-speed.js";
import { createHeadwayModel } from "./headway.js";
import type { MovementModel } from "./model.js";

/** @param seed of the run, for models that draw chances */
export function createModel(world: World, _seed: number): MovementModel {
  const { model } = world;
  if (model === "headway") return createHeadwayModel(world);
  switch (model.name) {
    case "collision-free-speed":
      return createCollisionFreeSpeed(world, model);
  }
}
