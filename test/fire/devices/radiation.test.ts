/** What a small surface in a room sees and receives, against closed forms and NIST's verification cases. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import { createIncident, fromEnclosure, fromFires, STEFAN_BOLTZMANN } from "../../../engine/fire/devices/radiation.js";
import { createRoom, LOWER, UPPER } from "../../../engine/fire/devices/room.js";
import { createView, FACES, lookRound, PIECES } from "../../../engine/fire/devices/view.js";

const faceSum = (factor: Float64Array, face: number, side = 0): number =>
  factor.slice((side * FACES + face) * PIECES, (side * FACES + face + 1) * PIECES).reduce((a, b) => a + b, 0);

/** From a small element to a parallel rectangle a x b whose corner stands over it at height c (Howell B-3). */
const toCorner = (a: number, b: number, c: number): number => {
  const x = a / c;
  const y = b / c;
  return (
    ((x / Math.sqrt(1 + x * x)) * Math.atan(y / Math.sqrt(1 + x * x)) +
      (y / Math.sqrt(1 + y * y)) * Math.atan(x / Math.sqrt(1 + y * y))) /
    (2 * Math.PI)
  );
};

test("factor of a floor element to the ceiling as by the catalogue, from any place", () => {
  const size = { width_m: 5, depth_m: 4, height_m: 3 };
  for (const [x, y] of [
    [2.5, 2],
    [1, 3.5],
    [0.01, 0.01],
  ] as const) {
    const view = lookRound(size, 2, [x, y, 0], [0, 0, 1], createView());
    const known = toCorner(x, y, 3) + toCorner(5 - x, y, 3) + toCorner(x, 4 - y, 3) + toCorner(5 - x, 4 - y, 3);
    expect(faceSum(view.factor, 0)).toBeCloseTo(known, 9);
    expect(faceSum(view.factor, 9)).toBe(0);
  }
});

test("a wall that the interface cuts is seen in two parts that add up to the whole", () => {
  const size = { width_m: 5, depth_m: 4, height_m: 3 };
  const cut = lookRound(size, 1.2, [1, 1, 0.4], [0.6, 0, 0.8], createView());
  const whole = lookRound(size, 3, [1, 1, 0.4], [0.6, 0, 0.8], createView());
  for (let wall = 1; wall <= 4; wall++)
    expect(faceSum(cut.factor, wall) + faceSum(cut.factor, wall + 4)).toBeCloseTo(faceSum(whole.factor, wall + 4), 9);
});

test("in a room of one temperature every place and direction receives sigma T^4, whatever the gas absorbs", () => {
  const unit = fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 6.28, noNaN: true }))
    .map(([z, a]) => [Math.sqrt(1 - z * z) * Math.cos(a), Math.sqrt(1 - z * z) * Math.sin(a), z] as const);
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(share, share, share, share, unit, fc.double({ min: 0, max: 5, noNaN: true }), (x, y, z, zi, normal, kappa) => {
      const room = createRoom({ width_m: 6, depth_m: 3, height_m: 2.5, corridor: false }, 0);
      room.interface_m = zi * 2.5;
      room.gas_K.fill(600);
      room.absorption_1_m[UPPER] = kappa;
      room.absorption_1_m[LOWER] = kappa / 7;
      room.exitance_W_m2.fill(STEFAN_BOLTZMANN * 600 ** 4);
      const at = [x * 6, y * 3, z * 2.5] as const;
      const incident = createIncident();
      fromEnclosure(room, lookRound(room, room.interface_m, at, normal, createView()), at, incident);
      for (let side = 0; side < 2; side++)
        expect((incident.surface[side]! + incident.gas[side]!) / (STEFAN_BOLTZMANN * 600 ** 4)).toBeCloseTo(1, 9);
    }),
    { numRuns: 200, seed: 5 },
  );
});

test("smoke between takes radiation away as exp(-kappa s)", () => {
  const room = createRoom({ width_m: 20, depth_m: 20, height_m: 4, corridor: false }, 1);
  room.interface_m = 2;
  room.absorption_1_m[UPPER] = 1;
  Object.assign(room.fires[0]!, { x_m: 10, y_m: 10, base_m: 1, area_m2: 0.5, hrr_W: 1e4, radiative_W: 3e4 });
  const incident = createIncident();
  fromFires(room, [10, 10, 3], [0, 0, -1], incident);
  const clear = 3e4 / (4 * Math.PI * 4);
  expect(incident.fire[0]).toBeCloseTo(clear * Math.exp(-1), 6);
  fromFires(room, [10, 10, 3], [0, 0, 1], incident);
  expect([incident.fire[0], incident.fire[1]!]).toEqual([0, expect.closeTo(clear * Math.exp(-1), 6)]);
});

test("NIST target_2: point source, and no more than Qr / A close to the fire", () => {
  const reference = new URL("../../reference/fire/nist/verification/Target/", import.meta.url);
  const { building, diagnostics } = readCfast(readFileSync(new URL("target_2.in", reference), "utf8"));
  const rows = readFileSync(new URL("target_2.csv", reference), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split(",").map(Number));
  const [fire] = building.fires;
  const room = createRoom({ width_m: 6, depth_m: 6, height_m: 8, corridor: false }, 1);
  Object.assign(room.fires[0]!, {
    x_m: fire!.x_m,
    y_m: fire!.y_m,
    base_m: fire!.height_m[0]![1],
    area_m2: fire!.area_m2[0]![1],
    hrr_W: 1e5,
    radiative_W: diagnostics!.fireRadiation_W,
  });
  expect(rows).toHaveLength(8);
  for (const [z, flux] of rows as [number, number][]) {
    const target = building.targets.find(({ at }) => at[2] === z)!;
    const incident = createIncident();
    fromFires(room, target.at, target.normal, incident);
    expect(incident.fire[0]! / 1000).toBeCloseTo(flux, 3);
  }
});
