/** Far from the origin of the plan people walk as they do near it, though positions are Float32. */
import { describe, expect, it } from "vitest";
import { restsFor } from "../../engine/crowd/rests.js";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, scenarioOf } from "./plan.js";
import { walk } from "./walk.js";

function corridor(length: number): Layout {
  const bytes = new TextEncoder().encode(`POLYGON ((0 0, ${length} 0, ${length} 1, 0 1))`);
  return readLayout({ name: "corridor.wkt", bytes });
}

/** One who starts at x and walks to the end of the corridor. */
function walker(layout: Layout, length: number, x: number, speed_m_s: number, more: object): Scenario {
  return scenarioOf(layout, {
    duration_s: 40,
    output_every_s: 10,
    ...more,
    places: [{ name: "end", polygon: box(length - 1, 0, length, 1), exit: true }],
    people: [{ name: "one", agents: [{ at: [x, 0.5], speed_m_s, radius_m: 0.2 }], journey: [{ leave: "end" }] }],
  });
}

describe("5 km from the origin", () => {
  const long = corridor(6000);

  it.each([
    [0.02, "collision-free-speed", 0.01],
    [0.2, "collision-free-speed", 0.01],
    [0.2, "headway", 0.05],
    [0.05, "headway", 0.1],
  ])("somebody at %f m/s walks at that speed: %s, step %f s", (speed, model, time_step_s) => {
    // Without the rests of positions: -100 %, -2.3 %, -2.3 %, -2.3 %. Each of two stored places is off by half of 0.49 mm at most.
    for (const x of [10, 1100, 5000]) {
      const { frames } = walk(long, walker(long, 6000, x, speed, { model, time_step_s }));
      expect(Math.abs(frames.at(-1)!.x[0]! - frames[1]!.x[0]! - 30 * speed)).toBeLessThan(0.0005);
    }
  });

  it.each([
    [1000, 0.1, false],
    [1100, 0.1, true],
    [100, 0.01, false],
    [200, 0.01, true],
  ])("a plan that ends at %d m keeps rests at a step of %f s: %s", (length, step, keeps) => {
    const layout = corridor(length);
    const world = compileWorld(layout, walker(layout, length, 1, 1, {}));
    expect(restsFor(world, 1, step) !== null).toBe(keeps);
  });
});
