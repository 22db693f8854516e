/** What holds for every classic model: a run ends with everybody out, the same bytes again; symmetry; no order among people. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../engine/run/run.js";
import { CLASSIC_MODELS } from "../../engine/scenario/models.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";
import { type Body, stage, velocities } from "./stage.js";

const names = Object.keys(CLASSIC_MODELS);
/** Models that move everybody at once; footsteps are decided one after the other. */
const synchronous = names.filter((name) => name !== "optimal-steps");

/** Two floors joined by stairs, a queue before a gate, a group that stays at rest, an exit: one of everything that people do. */
function building(model: string) {
  const layout = layoutOf({
    levels: [
      { id: "0", ordinal: 0, elevation: 0 },
      { id: "1", ordinal: 1, elevation: 3 },
    ],
    rooms: [
      { id: "hall", ring: box(0, 0, 10, 8) },
      { id: "flight", ring: box(10, 3, 15, 5), category: "stairs" },
      { id: "upper", ring: box(15, 0, 23, 8), level: "1" },
    ],
    sections: [
      { id: "seats", ring: box(17, 1, 22, 3), level: "1" },
      { id: "bar", ring: box(6, 6, 9, 7.5) },
    ],
    doors: [
      {
        id: "way-out",
        line: [
          [0, 3],
          [0, 5],
        ],
      },
      {
        id: "stairs-low",
        line: [
          [10, 3],
          [10, 5],
        ],
      },
      {
        id: "stairs-high",
        line: [
          [15, 3],
          [15, 5],
        ],
        level: "1",
      },
    ],
    stairs: [{ id: "stairs", from: "stairs-low", flight: "flight", to: "stairs-high", rise: 3 }],
  });
  const scenario = scenarioOf(layout, {
    duration_s: 120,
    model,
    output_every_s: 1,
    people: [
      { name: "down", count: 12, start: { in: "upper" }, journey: [{ leave: "way-out" }] },
      { name: "bar", count: 4, start: { in: "hall" }, journey: [{ stay: { in: "bar", for_s: 20 } }, { leave: "way-out" }] },
    ],
  });
  return { world: compileWorld(layout, scenario), scenario };
}

function bytesOf(model: string): { hash: string; result: ReturnType<typeof run> } {
  const { world, scenario } = building(model);
  const hash = createHash("sha256");
  const result = run({
    world,
    scenario,
    seed: 3,
    sink: {
      start: () => undefined,
      event: () => undefined,
      frame(frame) {
        for (const column of [frame.x, frame.y, frame.vx, frame.vy]) {
          expect(column.subarray(0, frame.count).every(Number.isFinite)).toBe(true);
          hash.update(Buffer.from(Float32Array.from(column.subarray(0, frame.count)).buffer));
        }
      },
    },
  });
  return { hash: hash.digest("hex"), result };
}

describe.each(names)("%s", (model) => {
  it("gets everybody down the stairs, past those who rest and out, with the same bytes twice", () => {
    const { hash, result } = bytesOf(model);
    expect(result.left, JSON.stringify(result.stuck)).toBe(16);
    expect(result.status).toBe("finished");
    expect(bytesOf(model).hash).toBe(hash);
  });
});

const body = fc
  .record({
    dx: fc.integer({ min: -100, max: 100 }),
    dy: fc.integer({ min: -100, max: 100 }),
    angle: fc.integer({ min: 0, max: 62 }),
    heading: fc.integer({ min: 0, max: 62 }),
    speed: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ dx, dy, angle, heading, speed }) => ({
    dx: dx / 500,
    dy: dy / 500,
    angle: angle / 10,
    heading: heading / 10,
    speed: speed / 10,
  }));

/** Twelve people around (10, 10), a metre apart and moved at random by up to 0.2 m. */
const crowds = fc.array(body, { minLength: 12, maxLength: 12 }).map((list): Body[] =>
  list.map(({ dx, dy, angle, heading, speed }, k) => ({
    x: 8.5 + (k % 4) + dx,
    y: 9 + Math.floor(k / 4) + dy,
    hx: Math.cos(heading),
    hy: Math.sin(heading),
    vx: speed * Math.cos(heading),
    vy: speed * Math.sin(heading),
    wx: 1.2 * Math.cos(angle),
    wy: 1.2 * Math.sin(angle),
  })),
);

const dt = 0.01;
const step = (model: string, bodies: Body[]): number[][] =>
  velocities(stage({ model, bodies, width: 20, depth: 20, dt }), dt).map(([vx, vy]) => [vx, vy]);
const close = (a: number[][], b: number[][]): void => {
  a.forEach(([x, y], k) => {
    expect(Math.hypot(x! - b[k]![0]!, y! - b[k]![1]!)).toBeLessThan(2e-3);
  });
};

describe.each(synchronous)("%s in a step", (model) => {
  it("has no left, right, north or order among people (property)", () => {
    fc.assert(
      fc.property(crowds, (bodies) => {
        const plain = step(model, bodies);
        const mirrored = bodies.map((b) => ({ ...b, y: 20 - b.y, hy: -b.hy!, vy: -b.vy!, wy: -b.wy }));
        close(
          step(model, mirrored).map(([x, y]) => [x!, -y!]),
          plain,
        );
        const turned = bodies.map((b) => ({
          ...b,
          x: 20 - b.y,
          y: b.x,
          hx: -b.hy!,
          hy: b.hx!,
          vx: -b.vy!,
          vy: b.vx!,
          wx: -b.wy,
          wy: b.wx,
        }));
        close(
          step(model, turned).map(([x, y]) => [y!, -x!]),
          plain,
        );
        close(step(model, [...bodies].reverse()).reverse(), plain);
      }),
      { numRuns: 15, seed: 2 },
    );
  });
});
