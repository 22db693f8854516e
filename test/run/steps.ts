/** Steps the people of a plan one by one, for tests that stand between the steps. */
import { expect } from "vitest";
import { placeStart } from "../../engine/crowd/arrivals.js";
import { type Crowd, createCrowd } from "../../engine/crowd/state.js";
import { step } from "../../engine/crowd/step.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { compileWorld } from "../../engine/world/compile.js";
import { layoutOf, type Plan, scenarioOf } from "./plan.js";

/** Time step, s. */
export const DT = 0.1;

export interface Placed {
  layout: Layout;
  scenario: Scenario;
  crowd: Crowd;
}

/** Everybody at their place at time 0. */
export function placed(plan: Plan, file: Record<string, unknown>): Placed {
  const layout = layoutOf(plan);
  const scenario = scenarioOf(layout, file);
  const crowd = createCrowd(compileWorld(layout, scenario), 1);
  placeStart(crowd);
  return { layout, scenario, crowd };
}

export interface Left {
  /** Time (s) and exit by person. */
  leftAt: Map<number, number>;
  exitOf: Map<number, string>;
}

/**
 * Steps until nobody walks any more or `until`, and sees that nobody is lost.
 * @param before called before each step with its number, from 0
 */
export function stepUntil(
  crowd: Crowd,
  until: number,
  before: (k: number) => void,
  after: (crowd: Crowd) => void = () => undefined,
): Left {
  const leftAt = new Map<number, number>();
  const exitOf = new Map<number, string>();
  for (let k = 0; k * DT < until && crowd.agents.count > crowd.fallen.length; k++) {
    crowd.time = k * DT;
    before(k);
    step(crowd, DT);
    expect(crowd.asked).toBe(crowd.agents.count + crowd.left);
    after(crowd);
    for (const { id, time, exit } of crowd.leavers) {
      leftAt.set(id, time);
      exitOf.set(id, crowd.world.exits[exit]!.name);
    }
    crowd.leavers = [];
  }
  return { leftAt, exitOf };
}
