import { expect, test } from "vitest";
import type { Probe } from "../../engine/verify/definition.js";
import { observe } from "../../engine/verify/observe.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

// Three people walk at 1 m/s along a corridor of 20 m, too far apart to see each other; the last one waits 10 s first.
const layout = layoutOf({
  rooms: [{ id: "corridor", ring: box(0, 0, 20, 2) }],
  doors: [
    {
      id: "end",
      line: [
        [20, 0],
        [20, 2],
      ],
    },
  ],
  sections: [
    { id: "middle", ring: box(10, 0, 12, 2) },
    { id: "far", ring: box(18, 0, 20, 2) },
  ],
});
const person = (x: number): object => ({ at: [x, 1], speed_m_s: 1, radius_m: 0.2 });
const scenario = scenarioOf(layout, {
  duration_s: 40,
  output_every_s: 0.5,
  places: [
    {
      name: "near",
      line: [
        [8, 0],
        [8, 2],
      ],
    },
    {
      name: "later",
      line: [
        [14, 0],
        [14, 2],
      ],
    },
  ],
  people: [
    { name: "two", agents: [person(7), person(2)], journey: [{ leave: "end" }] },
    { name: "one", agents: [person(1)], pre_movement_s: 10, journey: [{ leave: "end" }] },
  ],
});

function measure(probe: Probe): number[] {
  const world = compileWorld(layout, scenario);
  return observe({ layout, scenario, world, seed: 1, probes: { it: probe } }).values.it!;
}
const mean = (probe: Probe): number => {
  const values = measure(probe);
  return values.reduce((sum, v) => sum + v, 0) / values.length;
};

test("times and flows at lines", () => {
  const times = measure({ probe: "crossing-time", from: "near", to: "later" });
  expect(times).toHaveLength(3);
  for (const time of times) expect(time).toBeCloseTo(6, 1);
  for (const speed of measure({ probe: "crossing-speed", from: "near", to: "later", length_m: 6 }))
    expect(speed).toBeCloseTo(1, 1);
  // They cross it after 1, 6 and 17 s.
  expect(mean({ probe: "flow", line: "near", group: "two" })).toBeCloseTo(0.2, 2);
  expect(mean({ probe: "flow", line: "near" })).toBeCloseTo(0.125, 3);
  expect(mean({ probe: "flow", line: "end", width_m: 2 })).toBeCloseTo(0.0625, 3);
  expect(mean({ probe: "flow", line: "near", from_s: 0, to_s: 10 })).toBeCloseTo(0.2, 6);
  expect(mean({ probe: "last-crossing", line: "later" })).toBeCloseTo(23, 1);
  expect(mean({ probe: "crossing-share", line: "near", group: "one" })).toBeCloseTo(1 / 3, 6);
});

test("density, speed and flow of an area", () => {
  // Each is in the 4 m2 for 2 s of the 30 s.
  expect(mean({ probe: "area", area: "middle", quantity: "count", from_s: 0.5, to_s: 30 })).toBeCloseTo(0.2, 1);
  expect(mean({ probe: "area", area: "middle", quantity: "density", from_s: 0.5, to_s: 30 })).toBeCloseTo(0.05, 2);
  expect(mean({ probe: "area", area: "middle", quantity: "speed" })).toBeCloseTo(1, 1);
  expect(mean({ probe: "area", area: "middle", quantity: "flow", from_s: 0.5, to_s: 30 })).toBeCloseTo(0.05, 2);
  expect(mean({ probe: "peak-density", area: "middle", window_s: 1 })).toBeCloseTo(0.25, 6);
  expect(measure({ probe: "area-pairs", area: "middle", window_s: 1 }).length).toBeGreaterThan(8);
  expect(mean({ probe: "speed-at-density", area: "middle", near: 0.25 })).toBeCloseTo(1, 1);
  expect(measure({ probe: "speed-at-density", area: "middle", near: 3 })).toEqual([]);
});

test("departures, paths and limits", () => {
  expect(mean({ probe: "clear-time" })).toBeCloseTo(29, 1);
  expect(mean({ probe: "clear-time", group: "two" })).toBeCloseTo(18, 1);
  expect(mean({ probe: "spread", group: "two" })).toBeCloseTo(5, 1);
  expect(measure({ probe: "departures" })).toHaveLength(3);
  expect(measure({ probe: "exit-share", exit: "end" })).toEqual([1]);
  expect(measure({ probe: "left-inside" })).toEqual([0]);
  expect(measure({ probe: "off-floor" })).toEqual([0]);
  expect(measure({ probe: "path-share", area: "far" })).toEqual([1]);
  expect(mean({ probe: "path-speed", group: "two" })).toBeCloseTo(1, 1);
  expect(mean({ probe: "start-time", group: "one" })).toBeCloseTo(10, 1);
  expect(mean({ probe: "start-delay" })).toBeCloseTo(0, 1);
  // Nobody comes near anybody, so there is no distance to tell.
  expect(measure({ probe: "core-gap" })).toEqual([]);
});

test("what a run did not show has no value", () => {
  expect(measure({ probe: "area", area: "middle", from_s: 100 })).toEqual([]);
  expect(() => measure({ probe: "exit-share", exit: "none" })).toThrow('no exit "none"');
  expect(() => measure({ probe: "clear-time", group: "none" })).toThrow('no group "none"');
  expect(() => measure({ probe: "flow", line: "middle" })).toThrow("is no line");
});
