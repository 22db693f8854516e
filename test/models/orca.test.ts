/** ORCA: geometry of its half planes after the paper, reciprocal evasion, walls. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPerson, addWall } from "../../engine/crowd/models/orca/half-planes.js";
import { createHalfPlanes, solve } from "../../engine/crowd/models/orca/solver.js";
import { stage, velocities, walk } from "./stage.js";

const model = "orca";

describe("half planes", () => {
  it("touch the velocity obstacle where it is nearest to the relative velocity (van den Berg et al. 2011, figure 2)", () => {
    const planes = createHalfPlanes();
    // A head-on meeting: other at 4 m, radii together 1 m, closing at 2 m/s, horizon 2 s. The obstacle is cut off by the disc round (2, 0) with radius 0.5;
    // the relative velocity (2, 0.2) lies in it, nearest to the upper leg, whose half angle is asin(1 / 4).
    addPerson(planes, { x: 4, y: 0, ownX: 1, ownY: 0.1, vx: 2.5, vy: 0.2, reach: 1, horizon: 2, dt: 0.1, share: 0.5 });
    const half = Math.asin(1 / 4);
    expect(planes.nx[0]).toBeCloseTo(-Math.sin(half), 12);
    expect(planes.ny[0]).toBeCloseTo(Math.cos(half), 12);
    const depth = 2.5 * Math.sin(half) - 0.2 * Math.cos(half);
    expect(planes.px[0]).toBeCloseTo(1 - (depth / 2) * Math.sin(half), 12);
    expect(planes.py[0]).toBeCloseTo(0.1 + (depth / 2) * Math.cos(half), 12);
  });

  it("of a wall keep a person's path for the horizon clear of it, and change nothing that does (property)", () => {
    const unit = fc.integer({ min: -1000, max: 1000 }).map((k) => k / 1000);
    fc.assert(
      fc.property(fc.tuple(unit, unit, unit, unit, unit, unit), ([a, b, c, d, e, f]) => {
        const [ax, ay, bx, by] = [4 * a, 4 * b, 4 * c, 4 * d];
        const { near, distance } = nearest(ax, ay, bx, by);
        fc.pre(distance > 0.25 && Math.hypot(bx - ax, by - ay) > 0.1);
        const planes = createHalfPlanes();
        const [vx, vy] = [2 * e, 2 * f];
        addWall(planes, { ax, ay, bx, by, nearX: near[0] / distance, nearY: near[1] / distance, distance }, vx, vy, 0.2, 2);
        planes.walls = planes.count;
        solve(planes, 5, vx, vy, createHalfPlanes());
        const before = apart(vx, vy, ax, ay, bx, by);
        const after = apart(planes.vx, planes.vy, ax, ay, bx, by);
        expect(after).toBeGreaterThan(0.2 - 1e-6);
        if (before > 0.2 + 1e-6) expect(Math.hypot(planes.vx - vx, planes.vy - vy)).toBeLessThan(1e-6);
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});

/** Least distance of the path over 2 s at velocity v from the wall, sampled. */
function apart(vx: number, vy: number, ax: number, ay: number, bx: number, by: number): number {
  let least = Infinity;
  for (let k = 0; k <= 400; k++) {
    const t = k / 200;
    const { distance } = nearest(ax - vx * t, ay - vy * t, bx - vx * t, by - vy * t);
    least = Math.min(least, distance);
  }
  return least;
}

function nearest(ax: number, ay: number, bx: number, by: number): { near: [number, number]; distance: number } {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  const near: [number, number] = [ax + t * dx, ay + t * dy];
  return { near, distance: Math.hypot(...near) };
}

describe("linear programme", () => {
  it("gives the nearest velocity of all that obey, and the least bad one where none does (property, against a grid)", () => {
    const unit = fc.integer({ min: -1000, max: 1000 }).map((k) => k / 1000);
    const plane = fc.record({ angle: fc.integer({ min: 0, max: 628 }).map((k) => k / 100), offset: unit });
    fc.assert(
      fc.property(fc.array(plane, { minLength: 1, maxLength: 6 }), unit, unit, (list, wx, wy) => {
        const planes = createHalfPlanes();
        list.forEach(({ angle, offset }, k) => {
          planes.nx[k] = Math.cos(angle);
          planes.ny[k] = Math.sin(angle);
          planes.px[k] = offset * planes.nx[k]!;
          planes.py[k] = offset * planes.ny[k]!;
        });
        planes.count = list.length;
        planes.walls = 0;
        const depth = (x: number, y: number): number =>
          Math.max(...list.map((_, k) => (planes.px[k]! - x) * planes.nx[k]! + (planes.py[k]! - y) * planes.ny[k]!));
        solve(planes, 1, wx, wy, createHalfPlanes());
        expect(Math.hypot(planes.vx, planes.vy)).toBeLessThan(1 + 1e-9);
        const found = depth(planes.vx, planes.vy);
        let [best, shallowest] = [Infinity, Infinity];
        for (let i = -40; i <= 40; i++)
          for (let j = -40; j <= 40; j++) {
            const [x, y] = [i / 40, j / 40];
            if (x * x + y * y > 1) continue;
            shallowest = Math.min(shallowest, depth(x, y));
            if (depth(x, y) <= 0) best = Math.min(best, Math.hypot(x - wx, y - wy));
          }
        if (best < Infinity) {
          expect(found).toBeLessThan(1e-6);
          expect(Math.hypot(planes.vx - wx, planes.vy - wy)).toBeLessThan(best + 1e-6);
        } else expect(found).toBeLessThan(shallowest + 1e-6);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe("ORCA model", () => {
  it("lets one person walk at the wished velocity", () => {
    const [vx, vy] = velocities(stage({ model, bodies: [{ x: 20, y: 20, wx: 0.72, wy: 0.96 }], dt: 0.1 }), 0.1)[0]!;
    expect(vx).toBeCloseTo(0.72, 6);
    expect(vy).toBeCloseTo(0.96, 6);
  });

  it("lets two swap places along mirrored paths without touching", () => {
    const crowd = stage({
      model,
      dt: 0.1,
      bodies: [
        { x: 15, y: 20.01, wx: 1.2, wy: 0 },
        { x: 25, y: 19.99, wx: -1.2, wy: 0 },
      ],
    });
    const bank = crowd.agents.now;
    const [a, b] = [crowd.agents.slotOf[0]!, crowd.agents.slotOf[1]!];
    let least = Infinity;
    walk(crowd, 0.1, 120, () => {
      const { x, y } = crowd.agents.now;
      expect(x[a]! + x[b]!).toBeCloseTo(40, 4);
      expect(y[a]! + y[b]!).toBeCloseTo(40, 4);
      least = Math.min(least, Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!));
    });
    expect(bank.x[a]!).toBeGreaterThan(25);
    expect(least).toBeGreaterThan(0.4 - 1e-3);
  });

  it("walks round one who rests, who does not move", () => {
    const crowd = stage({
      model,
      dt: 0.1,
      bodies: [
        { x: 15, y: 20.01, wx: 1.2, wy: 0 },
        { x: 20, y: 20, wx: 0, wy: 0, mode: 2 },
      ],
    });
    let least = Infinity;
    walk(crowd, 0.1, 100, () => {
      const { x, y } = crowd.agents.now;
      least = Math.min(least, Math.hypot(x[0]! - x[1]!, y[0]! - y[1]!));
    });
    expect(least).toBeGreaterThan(0.4 - 1e-3);
    expect(Math.max(crowd.agents.now.x[0]!, crowd.agents.now.x[1]!)).toBeGreaterThan(24);
  });
});
