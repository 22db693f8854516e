/** Prescribed greatest flow, one-way openings and turnstiles, judged by who passed when. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecorder } from "../../engine/measure/recorder.js";
import type { RunInfo } from "../../engine/run/records.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";
import { type Walk, walk } from "../run/walk.js";

/** A room of 8 x 5 m with one door in the east, as in IMO 4, NIST 5.2 and ISO 11. */
const room = (width: number, muster: Record<string, unknown> = {}) =>
  layoutOf({
    rooms: [{ id: "room", ring: box(0, 0, 8, 5) }],
    doors: [{ id: "door", line: [[8, 2.5 - width / 2], [8, 2.5 + width / 2]], muster }], // biome-ignore format: one line a door
  });

/** Everybody leaves the room by its door. */
function empty(options: { width: number; count: number; rule?: object; muster?: Record<string, unknown>; seed?: number }): Walk {
  const layout = room(options.width, options.muster);
  const scenario = scenarioOf(layout, {
    duration_s: 600,
    seed: options.seed ?? 1,
    openings: options.rule ? [{ at: "door", ...options.rule }] : [],
    people: [
      { name: "all", count: options.count, start: { in: "room" }, population: { radius_m: 0.2 }, journey: [{ leave: "door" }] },
    ],
  });
  return walk(layout, scenario);
}

const timesOf = ({ departures }: Walk): number[] => departures.map((d) => d.time).sort((a, b) => a - b);
const span = (times: readonly number[]): number => times.at(-1)! - times[0]!;
const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((t, k) => t - times[k]!);

describe("a prescribed greatest flow", () => {
  it("HAND-01: 100 people by 1 m at 1.33 with 0.15 m at each side take 99 / 0.931 = 106.3 s", () => {
    for (const seed of [2]) {
      const run = empty({ width: 1, count: 100, seed, rule: { greatest_specific_flow: 1.33, boundary_layer_m: 0.15 } });
      const times = timesOf(run);
      expect(times).toHaveLength(100);
      expect(Math.abs(span(times) - 106.3)).toBeLessThan(1);
      expect(Math.min(...gapsOf(times))).toBeGreaterThan(1 / 0.931 - 1e-4);
    }
  });

  it("HAND-02: 50 people by 0.6 m at 1.3 take 49 / 0.78 = 62.8 s, never less, and on average within 0.5 s", () => {
    const spans = [1, 2, 3].map((seed) =>
      span(timesOf(empty({ width: 0.6, count: 50, seed, rule: { greatest_specific_flow: 1.3 } }))),
    );
    for (const one of spans) expect(one).toBeGreaterThan(49 / 0.78 - 1e-3);
    expect(spans.reduce((a, b) => a + b, 0) / spans.length - 49 / 0.78).toBeLessThan(0.5);
  });

  it("bounds every stretch of people by the rule and comes close to it, for any width, value and crowd", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.7, max: 4, noNaN: true }),
        fc.double({ min: 0.4, max: 1.4, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 1000 }),
        (width, flow, count, seed) => {
          const run = empty({ width, count, seed, rule: { greatest_specific_flow: flow } });
          const times = timesOf(run);
          expect(times).toHaveLength(count);
          expect(span(times)).toBeGreaterThan((count - 1) / (flow * width) - 1e-3);
          if (times.length > 1) expect(Math.min(...gapsOf(times))).toBeGreaterThan(1 / (flow * width) - 1e-4);
          expect(run.result.minCoreGap_m).toBeGreaterThan(-1e-4);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("is the same in the plan and in the scenario", () => {
    const free = empty({ width: 1, count: 40 });
    const given = empty({ width: 1, count: 40, rule: { greatest_specific_flow: 1, boundary_layer_m: 0.1 } });
    const drawn = empty({ width: 1, count: 40, muster: { greatest_specific_flow: 1, boundary_layer_m: 0.1 } });
    expect(drawn.hash).toBe(given.hash);
    expect(timesOf(given).at(-1)!).toBeGreaterThan(timesOf(free).at(-1)!);
  });

  it("counts both ways together through an inner opening, and nobody is stuck between the two", () => {
    const layout = layoutOf({
      rooms: [
        { id: "west", ring: box(0, 0, 8, 5) },
        { id: "east", ring: box(8, 0, 16, 5) },
      ],
      doors: [
        { id: "door", line: [[8, 1.9], [8, 3.1]] },
        { id: "w", line: [[0, 0.5], [0, 4.5]] },
        { id: "e", line: [[16, 0.5], [16, 4.5]] },
      ], // biome-ignore format: one line a door
    });
    const scenario = scenarioOf(layout, {
      duration_s: 300,
      openings: [{ at: ["door"], greatest_specific_flow: 0.8 }],
      people: [
        { name: "eastwards", count: 25, start: { in: "west" }, journey: [{ leave: "e" }] },
        { name: "westwards", count: 25, start: { in: "east" }, journey: [{ leave: "w" }] },
      ],
    });
    const { departures, result } = walk(layout, scenario);
    expect(result.status).toBe("finished");
    const times = departures.map((d) => d.time).sort((a, b) => a - b);
    // 49 intervals of 1 / 0.96 s between first and last crossing; the ways behind differ by a few seconds.
    expect(span(times)).toBeGreaterThan(49 / 0.96 - 8);
  });
});

describe("what the result says of a flow", () => {
  const INFO: RunInfo = {
    sheets: [{ id: "0", name: "0", level: "0" }],
    exits: [{ name: "door", width_m: 1 }],
    queues: [],
    groups: ["all"],
    social: null,
    total: 1,
  };
  const nobody = empty({ width: 1, count: 1 }).result;
  const basis = (rule?: object) => {
    const layout = room(1);
    const scenario = scenarioOf(layout, {
      duration_s: 10,
      openings: rule ? [{ at: "door", ...rule }] : [],
      people: [{ name: "all", count: 1, start: { in: "room" }, journey: [{ leave: "door" }] }],
    });
    return createRecorder({ layout, scenario, info: INFO }).finish(nobody).measures.lines[0]!;
  };

  it("names it emergent, prescribed with value and width, or by a turnstile", () => {
    expect(basis()).toMatchObject({ flow_basis: "emergent", prescribed: null, turnstile_lanes: null });
    const { flow_basis, prescribed } = basis({ greatest_specific_flow: 1.33, boundary_layer_m: 0.15 });
    expect(flow_basis).toBe("prescribed");
    expect(prescribed).toMatchObject({ specific_flow: 1.33, boundary_layer_m: 0.15 });
    expect(prescribed!.effective_width_m).toBeCloseTo(0.7, 9);
    expect(prescribed!.flow).toBeCloseTo(0.931, 9);
    expect(basis({ turnstile: { lanes: 1, service_s: 2 } })).toMatchObject({ flow_basis: "turnstile", turnstile_lanes: 1 });
  });
});

describe("one-way openings", () => {
  /** Two rooms joined by two doors; the exit lies in the east. */
  const layout = layoutOf({
    rooms: [
      { id: "west", ring: box(0, 0, 8, 8) },
      { id: "east", ring: box(8, 0, 16, 8) },
    ],
    doors: [
      { id: "near", line: [[8, 3.5], [8, 4.5]] },
      { id: "far", line: [[8, 0.2], [8, 1.2]] },
      { id: "exit", line: [[16, 3], [16, 5]] },
    ], // biome-ignore format: one line a door
  });
  const run = (openings: object[]): Walk => {
    const scenario = scenarioOf(layout, {
      duration_s: 60,
      openings,
      people: [{ name: "one", agents: [{ at: [1, 4] }], journey: [{ leave: "exit" }] }],
    });
    return walk(layout, scenario);
  };
  const lowest = ({ frames }: Walk): number => Math.min(...frames.flatMap((f) => f.y));

  it("are a way for those who go with them and none for the others", () => {
    expect(lowest(run([]))).toBeGreaterThan(3);
    expect(lowest(run([{ at: "near", one_way: { from: "west", to: "east" } }]))).toBeGreaterThan(3);
    const round = run([{ at: "near", one_way: { from: "east", to: "west" } }]);
    expect(round.result.status).toBe("finished");
    expect(lowest(round)).toBeLessThan(1.3);
  });

  it("refuse an exit that lets people in only, and words without sense", () => {
    expect(() => run([{ at: "exit", one_way: "in" }])).toThrow(/lets people in only/);
    expect(run([{ at: "exit", one_way: "out" }]).result.status).toBe("finished");
    expect(() => run([{ at: "near", one_way: "out" }])).toThrow(/does not lead outside/);
    expect(() => run([{ at: "near", one_way: { from: "west", to: "exit" } }])).toThrow(/two sides/);
  });
});

describe("turnstiles", () => {
  it("let one person at a time through each lane: N services in a row take N times the service time at least", () => {
    const run = empty({ width: 1, count: 30, rule: { turnstile: { lanes: 1, service_s: 2 } } });
    const times = timesOf(run);
    expect(Math.min(...gapsOf(times))).toBeGreaterThan(2 - 1e-3);
    // The way up to the lane comes on top: below a second.
    expect(span(times) / 29).toBeLessThan(2.6);
  });

  it("work side by side", () => {
    const [one, four] = [1, 4].map((lanes) =>
      span(timesOf(empty({ width: 2.4, count: 40, rule: { turnstile: { lanes, service_s: 3 } } }))),
    );
    expect(four!).toBeGreaterThan((39 * 3) / 4 - 3);
    expect(four!).toBeLessThan(one! / 3);
  });

  it("keep people who wait long at their lane: nobody wanders off", () => {
    const times = timesOf(empty({ width: 1, count: 5, rule: { turnstile: { lanes: 1, service_s: 40 } } }));
    expect(times).toHaveLength(5);
    expect(span(times) / 4).toBeGreaterThan(40 - 1e-3);
    expect(span(times) / 4).toBeLessThan(42);
  });

  it("draw each service from its distribution, the same at every run", () => {
    const rule = { turnstile: { lanes: 1, service_s: { uniform: [1, 3] } } };
    const run = empty({ width: 1, count: 40, rule });
    const mean = span(timesOf(run)) / 39;
    expect(mean).toBeGreaterThan(1.8);
    expect(mean).toBeLessThan(2.6);
    expect(empty({ width: 1, count: 40, rule }).hash).toBe(run.hash);
  });
});

describe("rules over openings that cannot be", () => {
  const refuse =
    (rule: object, more: object = {}) =>
    () =>
      scenarioOf(room(1), {
        duration_s: 1,
        openings: [rule],
        people: [{ name: "a", count: 1, start: { in: "room" }, journey: [{ leave: "door" }] }],
        ...more,
      });
  it("are refused with the reason", () => {
    expect(refuse({ at: "door" })).toThrow();
    expect(refuse({ at: "dor", greatest_specific_flow: 1 })).toThrow(/door/);
    expect(refuse({ at: "room", greatest_specific_flow: 1 })).toThrow(/needs an opening/);
    expect(refuse({ at: "door", greatest_specific_flow: 0 })).toThrow();
    expect(refuse({ at: "door", greatest_specific_flow: 1, boundary_layer_m: 0.5 })).toThrow(/no effective width/);
    expect(refuse({ at: "door", turnstile: { lanes: 1, service_s: 1 }, boundary_layer_m: 0.1 })).toThrow();
    const queue = { people: [{ name: "a", count: 1, start: { in: "room" }, journey: [{ queue: { at: "door", servers: 1, service_s: 2 } }, { leave: "door" }] }] }; // biome-ignore format: data
    expect(refuse({ at: "door", turnstile: { lanes: 1, service_s: 1 } }, queue)).toThrow(/served twice/);
  });
});
