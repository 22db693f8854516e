/** Optimal steps model: footsteps after the regression of Seitz and Köster 2012, potentials in closed form, order of events. */
import { describe, expect, it } from "vitest";
import { personPotential, wallPotential } from "../../engine/crowd/models/optimal-steps.js";
import { readScenario } from "../../engine/scenario/read.js";
import { stage, walk } from "./stage.js";

const model = { name: "optimal-steps", step_length_sd_m: 0 };

const settings = (() => {
  const text = JSON.stringify({
    muster: 1,
    duration_s: 1,
    model: "optimal-steps",
    people: [{ name: "a", count: 1, start: { in: "x" }, journey: [] }],
  });
  const scenario = readScenario({ name: "t", text, files: () => "" });
  if (scenario.model === "headway" || scenario.model.name !== "optimal-steps") throw new Error("another model");
  return scenario.model;
})();

describe("optimal steps model", () => {
  it.each([0.6, 1.2, 1.8])("walks at %f m/s in footsteps of 0.4625 m + 0.2345 s v", (speed) => {
    const crowd = stage({ model, bodies: [{ x: 5, y: 20, wx: speed, wy: 0 }], dt: 0.01 });
    crowd.agents.now.phi[0] = 1000;
    const length = 0.4625 + 0.2345 * speed;
    /** Heading and number of steps of each footstep; a step over the end of one has a heading between two. */
    const headings: { angle: number; steps: number }[] = [];
    let way = 0;
    const seconds = 8;
    walk(crowd, 0.01, seconds * 100, () => {
      const { hx, hy, vx, vy } = crowd.agents.now;
      way += 0.01 * Math.hypot(vx[0]!, vy[0]!);
      const angle = Math.atan2(hy[0]!, hx[0]!);
      const last = headings.at(-1);
      if (last && Math.abs(angle - last.angle) < 2e-3) last.steps++;
      else headings.push({ angle, steps: 1 });
      expect(Math.hypot(vx[0]!, vy[0]!)).toBeLessThan(speed * 1.001 + 1e-3);
    });
    // People keep their speed along the footsteps; each goes its own way within half of the angle between two points of the circle.
    expect(way / seconds).toBeCloseTo(speed, 1);
    const whole = headings.filter(({ steps }) => steps > 5);
    for (const { angle } of whole) expect(Math.abs(angle)).toBeLessThan(Math.PI / 18 + 0.01);
    // Footsteps of one heading after another count as one run of several.
    const footsteps = whole.map(({ steps }) => (steps * 0.01 * speed) / length);
    expect(whole.length).toBeGreaterThan(4);
    for (const count of footsteps.slice(1, -1))
      expect(Math.abs(count - Math.round(count)) * (length / speed)).toBeLessThan(0.025);
  });

  // von Sivers et al. 2016, eq. 4.1, as Vadere has it; by hand for radii of 0.195 m together 0.39 m.
  it("gives the potentials of personal space and walls", () => {
    const radii = 0.39;
    expect(personPotential(settings, 1.59, radii)).toBe(0);
    expect(personPotential(settings, 1.2, radii)).toBeCloseTo(50 * Math.exp(4 / ((1.2 / 1.59) ** 2 - 1)), 8);
    expect(personPotential(settings, 0.6, radii)).toBeCloseTo(
      50 * Math.exp(4 / ((0.6 / 1.59) ** 2 - 1)) + (50 / 1.2) * Math.exp(4 / ((0.6 / 0.84) ** 2 - 1)),
      7,
    );
    expect(personPotential(settings, 0, radii)).toBeCloseTo(
      50 * Math.exp(-4) + (50 / 1.2) * Math.exp(-4) + 1000 * Math.exp(-1),
      4,
    );
    expect(wallPotential(settings, 0.8, 0.2)).toBe(0);
    expect(wallPotential(settings, 0.4, 0.2)).toBeCloseTo(6 * Math.exp(2 / (0.25 - 1)), 8);
    expect(wallPotential(settings, 0, 0.2)).toBeCloseTo(6 * Math.exp(-2) + 100000 * Math.exp(-1), 3);
  });

  it("lets nobody step onto one who stands in the way, and passes", () => {
    const crowd = stage({
      model,
      dt: 0.05,
      bodies: [
        { x: 15, y: 20, wx: 1.2, wy: 0 },
        { x: 18, y: 20, wx: 0, wy: 0, mode: 2 },
      ],
    });
    const walker = crowd.agents.slotOf[0]!;
    crowd.agents.now.phi[walker] = 1000;
    let least = Infinity;
    walk(crowd, 0.05, 160, () => {
      const { x, y } = crowd.agents.now;
      least = Math.min(least, Math.hypot(x[0]! - x[1]!, y[0]! - y[1]!));
    });
    expect(least).toBeGreaterThan(0.4);
    expect(crowd.agents.now.x[walker]!).toBeGreaterThan(20);
  });
});
