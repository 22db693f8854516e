/** Social force model against closed forms: relaxation, balance of forces, friction, Newton's third law. */
import { describe, expect, it } from "vitest";
import { stage, velocities, walk } from "./stage.js";

const model = "social-force";
const [MASS, TAU, A, B, K, KAPPA] = [80, 0.5, 2000, 0.08, 120000, 240000];

describe("social force model", () => {
  it("relaxes to the wished velocity like 1 - exp(-t / tau)", () => {
    const dt = 0.01;
    const crowd = stage({ model, bodies: [{ x: 20, y: 20, wx: 0.8, wy: 0, radius: 0.3 }], dt });
    walk(crowd, dt, 1, () => expect(crowd.out.vx[0]).toBeCloseTo((0.8 * dt) / TAU, 6));
    walk(crowd, dt, 99);
    // Explicit Euler gives (1 - dt / tau)^n exactly; the exponential to first order of dt.
    expect(crowd.out.vx[0]).toBeCloseTo(0.8 * (1 - (1 - dt / TAU) ** 100), 5);
    expect(Math.abs(crowd.out.vx[0]! - 0.8 * (1 - Math.exp(-1 / TAU)))).toBeLessThan(0.005);
  });

  it("holds two who press against each other where A exp((l - d) / B) = m v0 / tau", () => {
    const bodies = [
      { x: 19, y: 20, wx: 0.8, wy: 0, radius: 0.3 },
      { x: 21, y: 20, wx: -0.8, wy: 0, radius: 0.3 },
    ];
    const crowd = stage({ model, bodies });
    walk(crowd, 0.01, 1500);
    const { x } = crowd.agents.now;
    const distance = 0.6 + B * Math.log((A * TAU) / (MASS * 0.8));
    expect(Math.abs(x[0]! - x[1]!)).toBeCloseTo(distance, 3);
  });

  it("slows a body that slides along a wall, by kappa g v / m", () => {
    const g = 0.02;
    const sliding = { x: 20, y: 0.3 - g, vx: 1, wx: 1, wy: 0, radius: 0.3 };
    const dt = 0.0101; // any step that the scenario takes; one step alone is looked at
    const [vx, vy] = velocities(stage({ model, bodies: [sliding], dt: 0.01 }), dt)[0]!;
    expect((vx - 1) / dt).toBeCloseTo((-KAPPA * g) / MASS, 2);
    expect(vy / dt).toBeCloseTo((A * Math.exp(g / B) + K * g) / MASS, 2);
  });

  it("gives a pair in contact opposite forces, friction included", () => {
    const bodies = [
      { x: 20, y: 20, vx: 0.5, vy: 0.3, wx: 0, wy: 0, radius: 0.3 },
      { x: 20.4, y: 20.35, vx: -0.4, vy: 0.1, wx: 0, wy: 0, radius: 0.3 },
    ];
    const dt = 0.001;
    // A scenario does not let bodies begin in contact: they begin apart, and the second is put where it belongs.
    const crowd = stage({ model, bodies: [bodies[0]!, { ...bodies[1]!, x: 20.8 }] });
    crowd.agents.now.x[crowd.agents.slotOf[1]!] = 20.4;
    const both = velocities(crowd, dt);
    const [a, b] = [both[0]!, both[1]!];
    const drag = (v: number): number => v * (1 - dt / TAU);
    // What is left after the drag of each is the pair's force, equal and opposite.
    expect(a[0] - drag(0.5)).toBeCloseTo(-(b[0] - drag(-0.4)), 5);
    expect(a[1] - drag(0.3)).toBeCloseTo(-(b[1] - drag(0.1)), 5);
    const d = Math.hypot(0.4, 0.35);
    const along = ((a[0] - drag(0.5)) * 0.4 + (a[1] - drag(0.3)) * 0.35) / d / dt;
    expect(along).toBeCloseTo(-(A * Math.exp((0.6 - d) / B) + K * (0.6 - d)) / MASS, 1);
  });
});
