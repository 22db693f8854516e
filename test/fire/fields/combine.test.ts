import { expect, test } from "vitest";
import { addFields, layFields, startField } from "../../../engine/fire/fields/combine.js";
import {
  type Air,
  type AirQuantity,
  ambientAir,
  ambientField,
  mixAir,
  type SmokeField,
  setAir,
} from "../../../engine/fire/fields/field.js";

/** West of x = `until` the quantities of `values`; ambient elsewhere. */
function half(name: string, until: number, values: Partial<Air>, times: readonly [number, number] = [0, 100]): SmokeField {
  return {
    name,
    knows: Object.keys(values) as AirQuantity[],
    firstTime_s: times[0],
    lastTime_s: times[1],
    sample: (time, _sheet, x, _y, _height, into) => {
      setAir(into, ambientAir());
      if (x > until || time < times[0]) return false;
      Object.assign(into, values);
      return true;
    },
  };
}
const at = (field: SmokeField, time: number, x: number): Air => {
  const into = ambientAir();
  into.oxygen = Number.NaN;
  field.sample(time, 0, x, 0, 1.7, into);
  return into;
};

test("the first field that knows a quantity and reaches the place gives it", () => {
  const slices = half("slices", 5, { temperature_K: 400 });
  const zones = half("zones", 10, { temperature_K: 350, carbonMonoxide: 0.001 });
  const both = layFields([slices, zones]);
  expect(both.knows).toEqual(["temperature_K", "carbonMonoxide"]);
  expect(at(both, 1, 2)).toEqual({ ...ambientAir(), temperature_K: 400, carbonMonoxide: 0.001 });
  expect(at(both, 1, 7)).toEqual({ ...ambientAir(), temperature_K: 350, carbonMonoxide: 0.001 });
  expect(at(both, 1, 12)).toEqual(ambientAir());
});

test("fields that add up give the sum of their differences, fractions within bounds", () => {
  const sum = addFields([
    half("a", 5, { extinction_1_m: 0.4, oxygen: 0.109476, radiantFlux_W_m2: 1000 }),
    half("b", 10, { extinction_1_m: 0.3, oxygen: 0.059476, radiantFlux_W_m2: 500 }),
  ]);
  const air = at(sum, 1, 2);
  expect(air.extinction_1_m).toBeCloseTo(0.7, 12);
  expect(air.radiantFlux_W_m2).toBe(1500);
  expect(air.oxygen).toBe(0);
  expect(at(sum, 1, 7).oxygen).toBeCloseTo(0.059476, 12);
  expect(at(sum, 1, 12)).toEqual(ambientAir());
});

test("a field of no fields, and clean air, are ambient everywhere", () => {
  for (const field of [layFields([]), addFields([]), ambientField()]) {
    expect(field.knows).toEqual([]);
    expect(field.sample(0, 0, 0, 0, 0, ambientAir())).toBe(false);
    expect(at(field, 0, 0)).toEqual(ambientAir());
  }
});

test("a field that starts later is ambient before, and the earliest end of several is told", () => {
  const late = startField(half("fire", 5, { temperature_K: 400 }), 60);
  expect([late.firstTime_s, late.lastTime_s]).toEqual([60, 160]);
  expect(at(late, 59.9, 0)).toEqual(ambientAir());
  expect(at(late, 60, 0).temperature_K).toBe(400);
  expect(layFields([late, half("other", 5, { oxygen: 0.1 }, [10, 90])]).lastTime_s).toBe(90);
  expect(layFields([late, half("other", 5, { oxygen: 0.1 }, [10, 90])]).firstTime_s).toBe(10);
});

test("air mixes linearly, into itself too", () => {
  const a = ambientAir(300);
  const b = { ...ambientAir(400), carbonMonoxide: 0.01 };
  mixAir(a, a, b, 0.25);
  expect(a.temperature_K).toBe(325);
  expect(a.carbonMonoxide).toBe(0.0025);
});
