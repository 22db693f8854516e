/** Collision-free speed model against what its equations give in closed form. */
import { describe, expect, it } from "vitest";
import { stage, velocities, walk } from "./stage.js";

const model = "collision-free-speed";
const alone = (...step: Parameters<typeof velocities>) => velocities(...step)[0]!;

describe("collision-free speed model", () => {
  it("lets one person walk at the wished velocity", () => {
    const [vx, vy] = alone(stage({ model, bodies: [{ x: 20, y: 20, wx: 0.72, wy: 0.96 }] }), 0.01);
    expect(vx).toBeCloseTo(0.72, 6);
    expect(vy).toBeCloseTo(0.96, 6);
  });

  // Tordeux et al. 2016, eq. 3: in a homogeneous file of spacing d the speed is min(v0, (d - l) / T).
  it.each([
    [0.9, 0.5],
    [1.5, 1.1],
    [2.5, 1.2],
  ])("walks at (d - l) / T, at most v0, in a file of spacing %f m", (spacing, speed) => {
    const bodies = Array.from({ length: 12 }, (_, k) => ({ x: 5 + k * spacing, y: 20, wx: 1.2, wy: 0 }));
    const first = velocities(stage({ model, bodies }), 0.01);
    for (const [vx, vy] of first.slice(0, -1)) {
      // From behind pushes the person behind, along the way: the direction stays, the speed does not see it.
      expect(vx).toBeCloseTo(speed, 4);
      expect(vy).toBeCloseTo(0, 6);
    }
    expect(first.at(-1)![0]).toBeCloseTo(1.2, 6);
  });

  it("closes the gap to one who stands like exp(-t / T)", () => {
    const crowd = stage({
      model: { name: model, time_gap_s: 0.5, strength_neighbor_repulsion: 0 },
      bodies: [
        { x: 10, y: 20, wx: 1.2, wy: 0 },
        { x: 10.9, y: 20, wx: 0, wy: 0 },
      ],
    });
    walk(crowd, 0.01, 100);
    const bank = crowd.agents.now;
    // Explicit Euler: gap (1 - dt / T)^n; the start of 0.5 m asks for 1 m/s, below v0.
    expect(10.9 - 0.4 - bank.x[crowd.agents.slotOf[0]!]!).toBeCloseTo(0.5 * (1 - 0.01 / 0.5) ** 100, 4);
  });

  it("turns away from a wall as A exp((r - d) / D) says", () => {
    const d = 0.23;
    const [vx, vy] = alone(stage({ model, bodies: [{ x: 20, y: d, wx: 1, wy: 0 }] }), 0.01);
    const push = 5 * Math.exp((0.2 - d) / 0.02);
    expect(vy / vx).toBeCloseTo(push, 4);
    expect(Math.hypot(vx, vy)).toBeCloseTo(1, 5);
  });

  it("stops at a neighbour ahead that a wall does not hide, and not at one beside the path", () => {
    const gap = (x: number, y: number): number =>
      velocities(
        stage({
          model: { name: model, strength_neighbor_repulsion: 0 },
          bodies: [
            { x: 20, y: 20, wx: 1.2, wy: 0 },
            { x, y, wx: 0, wy: 0 },
          ],
        }),
        0.01,
      )[0]![0];
    expect(gap(20.9, 20)).toBeCloseTo(0.5, 4);
    expect(gap(20.5, 20.41)).toBeCloseTo(1.2, 5);
    expect(gap(19.5, 20)).toBeCloseTo(1.2, 5);
  });
});
