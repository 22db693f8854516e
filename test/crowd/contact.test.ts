import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addLimit, createNear, limitContact } from "../../engine/crowd/contact.js";

const limits = fc.array(fc.tuple(fc.double({ min: 0, max: 6.28, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true })), {
  maxLength: 12,
});
const speed = fc.double({ min: -2, max: 2, noNaN: true });

describe("hard limits of one step", () => {
  it("are all obeyed, and the velocity is never longer than the wished one", () => {
    fc.assert(
      fc.property(limits, speed, speed, (list, vx, vy) => {
        const near = createNear();
        for (const [angle, most] of list) addLimit(near, Math.cos(angle), Math.sin(angle), most);
        limitContact(near, vx, vy);
        for (let k = 0; k < near.count; k++)
          expect(near.vx * near.nx[k]! + near.vy * near.ny[k]!).toBeLessThanOrEqual(near.most[k]! + 1e-8);
        expect(Math.hypot(near.vx, near.vy)).toBeLessThanOrEqual(Math.hypot(vx, vy) + 1e-8);
      }),
    );
  });

  it("give the nearest velocity that obeys them, whatever their order", () => {
    fc.assert(
      fc.property(limits, speed, speed, (list, vx, vy) => {
        const answer = (order: typeof list): [number, number] => {
          const near = createNear();
          for (const [angle, most] of order) addLimit(near, Math.cos(angle), Math.sin(angle), most);
          limitContact(near, vx, vy);
          return [near.vx, near.vy];
        };
        const [ax, ay] = answer(list);
        const [bx, by] = answer([...list].reverse());
        expect(Math.hypot(ax - bx, ay - by)).toBeLessThan(2e-3);
      }),
    );
  });

  it("let a person slide between two others instead of standing still", () => {
    const near = createNear();
    addLimit(near, -0.125, -0.992, 0);
    addLimit(near, 0.31, 0.951, 0.17);
    limitContact(near, 1.16, 0);
    // The corner of both limits, by hand: x = 0.17 / (0.31 - 0.951 * 0.125 / 0.992).
    expect(near.vx).toBeCloseTo(0.8944, 3);
    expect(near.vy).toBeCloseTo(-0.1127, 3);
  });
});
