/** Doors as smoke sees them: by their state, by events, and by the people who go through. */
import { describe, expect, it } from "vitest";
import { placeStart } from "../../engine/crowd/arrivals.js";
import { createCrowd } from "../../engine/crowd/state.js";
import { step } from "../../engine/crowd/step.js";
import type { SmokeDoor } from "../../engine/fire/from-layout/doors.js";
import { createDoorWatch } from "../../engine/run/fire/doors.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "./plan.js";

const DT = 0.1;
const LEAK = 0.01;

const plan = layoutOf({
  rooms: [
    { id: "room", ring: box(0, 0, 10, 6) },
    { id: "corridor", ring: box(10, 0, 30, 6) },
  ],
  doors: [
    { id: "door", line: [[10, 2.5], [10, 3.5]] },
    { id: "out", line: [[30, 2], [30, 4]] },
    { id: "side", line: [[20, 0], [21, 0]] },
  ], // biome-ignore format: a plan
});

/** Open share of the door over each second. */
function watch(count: number, door: Partial<SmokeDoor>, seconds = 60, at = "door"): number[] {
  const scenario = scenarioOf(plan, {
    duration_s: 100,
    people: [{ name: "p", count, start: { in: "room" }, journey: [{ leave: { by: ["out"] } }] }],
  });
  const crowd = createCrowd(compileWorld(plan, scenario), 1);
  placeStart(crowd);
  const gate = plan.gates.findIndex(({ opening }) => opening === at);
  const doors = createDoorWatch(crowd, [
    { opening: at, vent: 0, gate, state: "self-closing", leak: LEAK, closing_s: 3, ...door },
  ]);
  return Array.from({ length: seconds }, (_, second) => {
    for (let k = 0; k < 10; k++) {
      crowd.time = second + k * DT;
      step(crowd, DT);
      doors.step(DT);
    }
    return doors.take()[0]!;
  });
}

describe("a self-closing door", () => {
  it("is a leak until somebody comes, open while people pass, and shut again by its closer", () => {
    const one = watch(1, {});
    const opens = one.findIndex((share) => share > 2 * LEAK);
    expect(opens).toBeGreaterThan(0);
    expect(Math.max(...one)).toBeLessThanOrEqual(1);
    // Evenly shut within three seconds of the last who held it.
    const sum = one.reduce((total, share) => total + share, 0) - one.length * LEAK;
    expect(sum).toBeGreaterThan(1.5);
    expect(sum).toBeLessThan(4);
    expect(one.at(-1)).toBeCloseTo(LEAK, 12);
    // A stream of fifty holds it all the while: it falls shut only between people further apart than they walk in its closing time.
    const fifty = watch(50, {});
    const first = fifty.findIndex((share) => share > 0.9);
    const last = fifty.findLastIndex((share) => share > 0.9);
    expect(last - first).toBeGreaterThan(15);
    const mean = fifty.slice(first, last + 1).reduce((total, share) => total + share, 0) / (last + 1 - first);
    expect(mean).toBeGreaterThan(0.9);
  });

  it("is not opened by those who walk past it", () => {
    expect(Math.max(...watch(30, {}, 60, "side"))).toBeCloseTo(LEAK, 12);
  });
});

describe("other doors", () => {
  it("that people open just while they pass are open for less time than those with a closer", () => {
    const total = (state: SmokeDoor["state"]): number => watch(10, { state }).reduce((sum, share) => sum + share, 0);
    expect(total("while-people-pass")).toBeGreaterThan(5 * DT);
    expect(total("while-people-pass")).toBeLessThan(total("self-closing"));
  });

  it("are what they are said to be, whoever passes", () => {
    expect(watch(5, { state: "open" }, 20).every((share) => share === 1)).toBe(true);
    for (const share of watch(5, { state: "closed" }, 20)) expect(share).toBeCloseTo(LEAK, 12);
    for (const share of watch(5, { state: "as-people" }, 20)) expect(share).toBeCloseTo(1, 12);
  });

  it("count events to the step: half a second of a second open is half open", () => {
    const scenario = scenarioOf(plan, { duration_s: 10, people: [{ name: "p", count: 1, start: { in: "corridor" } }] });
    const crowd = createCrowd(compileWorld(plan, scenario), 1);
    placeStart(crowd);
    const gate = plan.gates.findIndex(({ opening }) => opening === "door");
    const base = { opening: "door", vent: 0, gate, leak: 0, closing_s: 3 };
    const doors = createDoorWatch(crowd, [
      { ...base, state: "as-people" },
      { ...base, state: "closed" },
    ]);
    for (let k = 0; k < 10; k++) {
      if (k === 5) {
        crowd.gates.open[gate] = 0;
        doors.event(gate, false);
      }
      doors.step(DT);
    }
    expect(doors.take()[0]).toBeCloseTo(0.5, 12);
    doors.event(gate, true);
    for (let k = 0; k < 10; k++) doors.step(DT);
    expect([...doors.take()]).toEqual([0, 1].map((share) => expect.closeTo(share, 12)));
  });
});
