/** The scenario key `model`: names, parameters, defaults, steps that are too long. */
import { describe, expect, it } from "vitest";
import { readScenario } from "../../engine/scenario/read.js";

const read = (more: object) =>
  readScenario({
    name: "test",
    files: () => "",
    text: JSON.stringify({
      muster: 1,
      duration_s: 60,
      people: [{ name: "all", count: 10, start: { in: "room" }, journey: [{ leave: "door" }] }],
      ...more,
    }),
  });

describe("model", () => {
  it("is the headway model with its step of 0.1 s unless the file says otherwise", () => {
    expect(read({})).toMatchObject({ model: "headway", time_step_s: 0.1 });
    expect(read({ model: "headway" })).toMatchObject({ model: "headway" });
    expect(read({ model: { name: "headway" } })).toMatchObject({ model: "headway" });
  });

  it("writes every parameter of a classic model and its own step into the complete form, which reads as itself", () => {
    const scenario = read({ model: "collision-free-speed" });
    expect(scenario.model).toEqual({
      name: "collision-free-speed",
      time_gap_s: 1,
      strength_neighbor_repulsion: 8,
      range_neighbor_repulsion_m: 0.1,
      strength_geometry_repulsion: 5,
      range_geometry_repulsion_m: 0.02,
    });
    expect(scenario.time_step_s).toBe(0.01);
    const again = readScenario({ name: "again", files: () => "", text: JSON.stringify(scenario) });
    expect(again).toEqual(scenario);
    expect(read({ model: { name: "collision-free-speed", time_gap_s: 0.6 } }).model).toMatchObject({ time_gap_s: 0.6 });
  });

  it.each([
    [{ model: "social-froce" }, /model.*: is the text "social-froce", must be one of headway, collision-free-speed/],
    [
      { model: { name: "collision-free-speed", time_gap: 1 } },
      /model\.time_gap .*: unknown key "time_gap"; did you mean "time_gap_s"/,
    ],
    [{ model: { name: "collision-free-speed", time_gap_s: 0 } }, /model\.time_gap_s .*: is 0, must be at least 0\.1 s/],
    [{ model: { time_gap_s: 1 } }, /model .*: "name" is missing/],
    [{ model: { name: "headway", time_gap_s: 1 } }, /model\.time_gap_s .*: unknown key/],
  ])("refuses %j", (more, message) => {
    expect(() => read(more)).toThrow(message);
  });

  it("refuses a step above the model's limit and names the limit", () => {
    expect(() =>
      read({ model: { name: "collision-free-speed", time_gap_s: 0.1 }, time_step_s: 0.08, output_every_s: 0.8 }),
    ).toThrow(
      /time_step_s .*: is 0\.08 s, must be at most 0\.05 s for the collision-free speed model: half of the smallest time gap/,
    );
    expect(() => read({ model: "collision-free-speed", time_step_s: 0.1 })).toThrow(
      /time_step_s .*: is 0\.1 s, must be at most 0\.0813/,
    );
  });

  // 2 sqrt(80 / (6 (120000 + 2000 / 0.08))) = 0.01918 s.
  it.each([
    ["social-force", 0.02, /must be at most 0\.0191 s for the social force model/],
    [
      { name: "social-force", body_force_kg_s2: 0, agent_scale_N: 0, obstacle_scale_N: 0, reaction_time_s: 0.05 },
      0.1,
      /the reaction time \(0\.05 s\)/,
    ],
    [{ name: "anticipation-velocity", reaction_time_s: 0.01 }, 0.02, /must be at most 0\.01 s .* the reaction time/],
    [{ name: "orca", time_horizon_s: 0.1 }, 0.2, /must be at most 0\.1 s .* the time horizon/],
    [
      { name: "optimal-steps", step_length_intercept_m: 0.1, step_length_slope_s: 0 },
      0.1,
      /must be at most 0\.0454 s .* footstep/,
    ],
  ])("refuses %j with a step of %f s", (model, time_step_s, message) => {
    expect(() => read({ model, time_step_s })).toThrow(message);
  });
});
