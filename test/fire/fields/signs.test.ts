import { expect, test } from "vitest";
import { ambientAir, type SmokeField, setAir } from "../../../engine/fire/fields/field.js";
import { planGrid, signLossMap, signMap, visibilityMap } from "../../../engine/fire/fields/sign-map.js";
import {
  type Eye,
  meanExtinction,
  SIGN_LUMINOUS,
  SIGN_REFLECTING,
  type Sign,
  sightOf,
} from "../../../engine/fire/fields/signs.js";

const smoke = (extinction: (x: number, y: number, h: number, t: number) => number): SmokeField => ({
  name: "smoke",
  knows: ["extinction_1_m"],
  firstTime_s: 0,
  lastTime_s: 100,
  sample: (t, _sheet, x, y, h, into) => {
    setAir(into, ambientAir());
    into.extinction_1_m = extinction(x, y, h, t);
    return true;
  },
});
/** On the eastern wall of a hall, at x = 0, looking west. */
const SIGN: Sign = {
  name: "exit",
  sheet: 0,
  x_m: 0,
  y_m: 0,
  height_m: 2,
  facing: [-1, 0],
  factor: SIGN_REFLECTING,
  reach_m: Infinity,
};
const eye = (x_m: number, y_m: number, height_m = 2): Eye => ({ sheet: 0, x_m, y_m, height_m });
const NONE = new Float64Array();

test("in even smoke a sign is seen within the circle of diameter C / sigma before it", () => {
  const even = smoke(() => 0.3); // 10 m straight on
  for (const angle of [0, 20, 45, 70, -60]) {
    const a = (angle * Math.PI) / 180;
    const edge = 10 * Math.cos(a);
    const at = (r: number) => sightOf(even, 0, eye(-r * Math.cos(a), r * Math.sin(a)), SIGN, NONE);
    expect(at(edge - 0.01).seen).toBe(true);
    expect(at(edge + 0.01).seen).toBe(false);
    expect(at(edge).visibility_m).toBeCloseTo(edge, 9);
  }
  const luminous = { ...SIGN, factor: SIGN_LUMINOUS };
  expect(sightOf(even, 0, eye(-26.6, 0), luminous, NONE).seen).toBe(true);
  expect(sightOf(even, 0, eye(-26.7, 0), luminous, NONE).seen).toBe(false);
  expect(sightOf(even, 0, eye(1, 0), SIGN, NONE)).toMatchObject({ seen: false, visibility_m: 0 }); // behind
  expect(sightOf(even, 0, eye(-0.001, 4), SIGN, NONE).seen).toBe(false); // from the side
  expect(sightOf(even, 0, eye(0.001, 4), { ...SIGN, facing: null }, NONE).seen).toBe(true);
});

test("the mean over the ray counts, not the smoke at one's head", () => {
  // Clear for 8 m before the sign, then 2 1/m.
  const far = smoke((x) => (x < -8 ? 2 : 0));
  expect(meanExtinction(far, 0, eye(-10, 0), SIGN)).toBeCloseTo(0.4, 2);
  expect(sightOf(far, 0, eye(-9, 0), SIGN, NONE).seen).toBe(true); // 3 / (2 / 9) = 13.5 m
  expect(sightOf(far, 0, eye(-11, 0), SIGN, NONE).seen).toBe(false); // 3 / (6 / 11) = 5.5 m
  // A linear field is met exactly by midpoints.
  expect(
    meanExtinction(
      smoke((x) => -0.1 * x),
      0,
      eye(-7.3, 2),
      SIGN,
    ),
  ).toBeCloseTo(0.365, 12);
  // A layer overhead hides a high sign from somebody below it only over the last part of the way.
  const layer = smoke((_x, _y, h) => (h > 1.8 ? 3 : 0));
  expect(meanExtinction(layer, 0, eye(-6, 0, 1.6), { ...SIGN, height_m: 2.2 })).toBeCloseTo(2, 1);
});

test("walls and shut doors block, the wall that carries the sign does not; clear air reaches as far as the sign is read", () => {
  const clear = smoke(() => 0);
  const own = Float64Array.of(0, -5, 0, 5);
  expect(sightOf(clear, 0, eye(-20, 3), SIGN, own)).toMatchObject({ blocked: false, seen: true });
  const between = Float64Array.of(0, -5, 0, 5, -3, 1, -3, 9);
  expect(sightOf(clear, 0, eye(-6, 4), SIGN, between)).toMatchObject({ blocked: true, seen: false });
  expect(sightOf(clear, 0, eye(-6, 1), SIGN, between).seen).toBe(true);
  expect(sightOf(clear, 0, { ...eye(-1, 0), sheet: 1 }, SIGN, NONE)).toMatchObject({ blocked: true, seen: false });
  const small = { ...SIGN, reach_m: 15 };
  expect(sightOf(clear, 0, eye(-15, 0), small, NONE).seen).toBe(true);
  expect(sightOf(clear, 0, eye(-15.1, 0), small, NONE).seen).toBe(false);
});

test("maps: visibility, signs seen, and when the last one is lost", () => {
  // A hall 10 m by 4 m; smoke thickens from 0 to 1 1/m in 100 s.
  const sheet = {
    regions: [
      {
        outer: [
          [-10, -2],
          [0, -2],
          [0, 2],
          [-10, 2],
        ] as [number, number][],
        holes: [
          [
            [-9, -2],
            [-8, -2],
            [-8, 2],
            [-9, 2],
          ] as [number, number][],
        ],
      },
    ],
    walls: NONE,
  };
  const field = smoke((_x, _y, _h, t) => t / 100);
  const grid = planGrid(sheet, 1);
  expect(grid).toEqual({ x0: -10, y0: -2, cell_m: 1, nx: 10, ny: 4 });
  const options = { field, index: 0, sheet, grid, height_m: 2 };
  const visible = visibilityMap({ ...options, time_s: 50 });
  expect(visible[0]).toBeCloseTo(6, 6);
  expect(visible[1]).toBeNaN();
  expect(visibilityMap({ ...options, time_s: 5 })[0]).toBe(30);
  const seen = signMap({ ...options, time_s: 50 }, [SIGN, { ...SIGN, sheet: 1 }]);
  expect(seen[9 + 10 * 1]).toBe(1); // 0.5 m before the sign
  expect(seen[0 + 10 * 1]).toBe(0);
  const times_s = Array.from({ length: 101 }, (_, t) => t);
  const lost = signLossMap({ ...options, times_s }, [SIGN]);
  // Row at y = -0.5: S = 3 cos / (t / 100) falls below the distance d; with cos = dx / d it is lost at t = 300 dx / d².
  for (const [i, dx] of [
    [4, 5.5],
    [6, 3.5],
    [0, 9.5],
  ] as const)
    expect(lost[i + 10 * 1]).toBe(Math.floor((300 * dx) / (dx * dx + 0.25)) + 1);
  expect(lost[9 + 10 * 1]).toBe(Infinity);
  expect(signLossMap({ ...options, times_s }, [{ ...SIGN, facing: [1, 0] }])[0]).toBe(-Infinity);
});
