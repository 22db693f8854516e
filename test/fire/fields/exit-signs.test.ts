import { expect, test } from "vitest";
import { exitSigns } from "../../../engine/fire/fields/exit-signs.js";
import { ambientAir, type SmokeField, setAir } from "../../../engine/fire/fields/field.js";
import { smokeOverPlan } from "../../../engine/fire/fields/over-plan.js";
import { box, layoutOf } from "../../run/plan.js";

/** A hall of 12 m by 4 m with a way out in the east, and a room beside it whose door leads into the hall. */
const plan = layoutOf({
  rooms: [
    { id: "hall", ring: box(0, 0, 12, 4) },
    { id: "room", ring: box(0, 4, 6, 8) },
  ],
  doors: [
    { id: "door", line: [[1, 4], [2, 4]] },
    { id: "out", line: [[12, 1.5], [12, 2.5]] },
  ], // biome-ignore format: a plan
});

test("a sign over each way out looks into the floor", () => {
  expect(exitSigns(plan)).toEqual([
    { name: "out", sheet: 0, x_m: 12, y_m: 2, height_m: 2.2, facing: [-1, 0], factor: 3, reach_m: Infinity },
  ]);
});

test("smoke over the plan: what is reached, how far one sees, from where a sign is seen", () => {
  const even = (extinction: number): SmokeField => ({
    name: "even",
    knows: ["extinction_1_m"],
    firstTime_s: 0,
    lastTime_s: 10,
    sample: (_t, _sheet, _x, y, _h, into) => {
      setAir(into, ambientAir());
      if (y > 4) return false;
      into.extinction_1_m = extinction;
      return true;
    },
  });
  const at = (extinction: number, factor = 3) => smokeOverPlan(even(extinction), plan, { time_s: 5, height_m: 1.6, factor })[0]!;
  const clear = at(0);
  expect(clear).toMatchObject({ least_visibility_m: 30, below_10_m: 0, exit_signs: 1 });
  expect(clear.reached).toBeCloseTo(48 / 72, 12);
  // From the whole hall, and from a few places of the room through its door, but not from all of it.
  expect(clear.sees_exit_sign).toBeGreaterThanOrEqual(48 / 72);
  expect(clear.sees_exit_sign).toBeLessThan(1);
  // 0.5 1/m: 6 m ahead; the circle of 6 m diameter before the sign, within the hall's 4 m: about 22 of 72 squares.
  const thick = at(0.5);
  expect(thick).toMatchObject({ least_visibility_m: 6, below_3_m: 0 });
  expect(thick.below_10_m).toBeCloseTo(48 / 72, 12);
  expect(thick.sees_exit_sign! * 72).toBeGreaterThan(17);
  expect(thick.sees_exit_sign! * 72).toBeLessThan(26);
  expect(at(0.5, 8).sees_exit_sign).toBeGreaterThan(thick.sees_exit_sign!);
});
