/** Anticipation velocity model against what its equations give in closed form. */
import { describe, expect, it } from "vitest";
import { beginLook } from "../../engine/crowd/agents.js";
import { stream } from "../../engine/random.js";
import { type Body, stage, velocities, walk } from "./stage.js";

const model = "anticipation-velocity";
const first = (bodies: Body[], more: object = {}): [number, number, number, number] =>
  velocities(stage({ model: { name: model, ...more }, bodies }), 0.01)[0]!;

describe("anticipation velocity model", () => {
  // Xu et al. 2021, eq. 9: the time gap relation of a homogeneous file, T = 1.06 s.
  it.each([
    [0.93, 0.5],
    [1.46, 1],
    [2.9, 1.2],
  ])("walks at (d - l) / T, at most v0, in a file of spacing %f m", (spacing, speed) => {
    const bodies = Array.from({ length: 8 }, (_, k) => ({ x: 5 + k * spacing, y: 20, vx: speed, hx: 1, wx: 1.2, wy: 0 }));
    for (const [vx, vy] of velocities(stage({ model: { name: model, strength_neighbor_repulsion: 0 }, bodies }), 0.01).slice(
      0,
      -1,
    )) {
      expect(vx).toBeCloseTo(speed, 4);
      expect(vy).toBeCloseTo(0, 6);
    }
  });

  it("turns to the wished direction with the reaction time", () => {
    const crowd = stage({ model, bodies: [{ x: 20, y: 20, hx: 0.6, hy: 0.8, wx: 1.2, wy: 0 }] });
    walk(crowd, 0.01, 30);
    // Chord steps of (e - h) dt / tau shrink the angle's tangent half by half of that: tan(a / 2) falls like exp(-t / tau) for dt << tau.
    const angle = Math.atan2(crowd.out.hy[0]!, crowd.out.hx[0]!);
    expect(Math.tan(angle / 2)).toBeCloseTo(0.5 * Math.exp(-1), 2);
  });

  it("evades somebody ahead by A (1 + (1 - d . h_j) / 2) exp(-R / D) to the side they leave free", () => {
    const other = { x: 21, y: 20.1, vx: 0.3, vy: 0, hx: 1, hy: 0, wx: 0.3, wy: 0 };
    const [, , hx, hy] = first([{ x: 20, y: 20, vx: 0.5, hx: 1, wx: 1.2, wy: 0 }, other], { reaction_time_s: 0.01 });
    const d = Math.hypot(1, 0.1);
    const foreseen = d - 0.4 - (0.2 * 1) / d;
    expect(hy / hx).toBeCloseTo(-8 * Math.exp(-foreseen / 0.1), 3);
    const opposed = { ...other, vx: -0.3, hx: -1 };
    const [, , ox, oy] = first([{ x: 20, y: 20, vx: -0.1, hx: 1, wx: 1.2, wy: 0 }, opposed], { reaction_time_s: 0.01 });
    expect(oy / ox).toBeCloseTo(-8 * 2 * Math.exp(-(d - 0.4 - 0.2 / d) / 0.1), 3);
  });

  it("does not mind who is behind", () => {
    const [vx, vy] = first([
      { x: 20, y: 20, hx: 1, wx: 1.2, wy: 0 },
      { x: 19.5, y: 20.1, vx: 1, hx: 1, wx: 1.2, wy: 0 },
    ]);
    expect([vx, vy]).toEqual([Math.fround(1.2), 0]);
  });
});

it("gives the same velocities from the lists of a look as from new ones, however people turn", () => {
  const random = stream(3, "test-turns");
  const bodies = Array.from({ length: 90 }, (_, k) => ({
    x: 16 + 0.6 * (k % 10) + 0.1 * random.next(),
    y: 16 + 0.6 * Math.floor(k / 10) + 0.1 * random.next(),
    wx: k % 3 === 0 ? -1.2 : 1.2,
    wy: random.next() - 0.5,
  }));
  const [kept, anew] = [stage({ model, bodies }), stage({ model, bodies })];
  let turned = 0;
  for (let k = 0; k < 60; k++) {
    for (const crowd of [kept, anew]) if (crowd === anew || k % 5 === 0) beginLook(crowd.agents);
    for (const [crowd, looks] of [[kept, k % 5 === 0], [anew, true]] as const) // biome-ignore format: one line
      crowd.model.step(crowd.agents, crowd.gates, 0.01, 0, crowd.agents.count, looks, crowd.out);
    for (let i = 0; i < kept.agents.count; i++) {
      expect([kept.out.vx[i], kept.out.vy[i]]).toEqual([anew.out.vx[i], anew.out.vy[i]]);
      // Every tenth person is turned by force, beyond what the lists foresee.
      const angle = (i + k) % 10 === 0 ? 6.28 * random.next() : null;
      if (angle !== null) turned++;
      for (const { agents, out } of [kept, anew]) {
        const bank = agents.now;
        [bank.vx[i], bank.vy[i]] = [out.vx[i]!, out.vy[i]!];
        [bank.hx[i], bank.hy[i]] = angle === null ? [out.hx[i]!, out.hy[i]!] : [Math.cos(angle), Math.sin(angle)];
        bank.x[i]! += 0.01 * bank.vx[i]!;
        bank.y[i]! += 0.01 * bank.vy[i]!;
      }
    }
  }
  expect(turned).toBe(540);
});
