/** Fields over slow floor: equal to a solution from scratch where ways change, within the gain elsewhere. */
import { describe, expect, it } from "vitest";
import { slowField } from "../../engine/geometry/slow-field.js";
import { travelTime } from "../../engine/geometry/travel-time.js";
import { stream } from "../../engine/random.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

const layout = layoutOf({
  rooms: [
    { id: "a", ring: box(0, 0, 12, 10) },
    { id: "b", ring: box(12, 0, 24, 10) },
  ],
  doors: [
    { id: "d1", line: [[12, 1], [12, 2.2]] }, // biome-ignore format: one line each
    { id: "d2", line: [[12, 7], [12, 8.2]] }, // biome-ignore format: one line each
    { id: "end", line: [[24, 4], [24, 6]] }, // biome-ignore format: one line each
    { id: "other", line: [[0, 8], [0, 9]] }, // biome-ignore format: one line each
  ],
  fixtures: [{ id: "f", ring: box(4, 3, 8, 5) }],
});
const scenario = scenarioOf(layout, {
  duration_s: 10,
  people: [{ name: "p", count: 1, start: { in: "a" }, journey: [{ leave: { by: ["end", "other"] } }] }],
});
const world = compileWorld(layout, scenario);
const free = world.fields[0]!;
const { seeds } = world.destinations[0]!;
const GAIN = 0.2;

describe("slowField", () => {
  it("gives the field itself where no floor is slow", () => {
    expect(slowField(world.graph, seeds, free, new Float32Array(free.time.length).fill(1), GAIN)).toBe(free);
  });

  it("has least times where the way changed, and elsewhere those of the usual way, at most 1 / (1 - gain) of the least", () => {
    let changed = 0;
    for (let k = 0; k < 10; k++) {
      const random = stream(k, "slow");
      const [px, py, radius, f] = [24 * random.next(), 10 * random.next(), 1 + 4 * random.next(), 1.2 + 30 * random.next()];
      const factor = Float32Array.from(world.nodeX, (x, n) => (Math.hypot(x - px, world.nodeY[n]! - py) < radius ? f : 1));
      const round = slowField(world.graph, seeds, free, factor, GAIN);
      const least = new Float32Array(factor.length);
      travelTime({ ...world.graph, slowness: world.graph.slowness.map((s, n) => s * factor[n]!) }, seeds, least);
      for (let n = k % 3; n < factor.length; n += 3) {
        const turned = round.flow[4 * n] !== free.flow[4 * n] || round.flow[4 * n + 1] !== free.flow[4 * n + 1];
        const stands = round.flow[4 * n] === 0 && round.flow[4 * n + 1] === 0;
        expect(stands, `no direction at node ${n} of floor ${k}`).toBe(free.flow[4 * n] === 0 && free.flow[4 * n + 1] === 0);
        if (turned) {
          changed++;
          expect(round.time[n]).toBeCloseTo(least[n]!, 3);
        }
        expect(round.time[n]!).toBeGreaterThanOrEqual(least[n]! - 1e-3);
        // Directions are continuous, times first order: a hundredth for what that makes of them.
        expect(round.time[n]!).toBeLessThanOrEqual((least[n]! / (1 - GAIN)) * 1.01 + 1e-3);
        expect(round.flow[4 * n + 2]).toBe(round.time[n]);
      }
    }
    expect(changed).toBeGreaterThan(100);
  });
});
