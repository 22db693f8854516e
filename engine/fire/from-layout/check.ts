/** Faults of the building that a plan and a scenario make together; `checkScenario` has passed both. */
import type { Problem } from "../../errors.js";
import type { Layout } from "../../layout/layout.js";
import type { Scenario } from "../../scenario/scenario.js";
import { checkBuilding } from "../zone/check.js";
import { fireFromLayout } from "./from-layout.js";

/** Empty without fire, and where all burns under the sky. */
export function checkFirePlan(layout: Layout, scenario: Scenario): Problem[] {
  const { fire } = scenario;
  if (!fire || fire.fires.length + fire.items.length === 0) return [];
  const { building } = fireFromLayout(layout, { ...scenario, fire });
  if (building.compartments.length === 0) return [];
  return checkBuilding(building).map((problem) => ({ ...problem, place: `fire: ${problem.place}` }));
}
