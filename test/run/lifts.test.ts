/** Lifts: the cycle by hand, capacity, who uses them, what happens when one stops. */
import { describe, expect, it } from "vitest";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { readScenario } from "../../engine/scenario/read.js";
import { compileWorld } from "../../engine/world/compile.js";
import { caseFile } from "../neutral.js";
import { box, layoutOf, scenarioOf } from "./plan.js";
import { walk } from "./walk.js";

const HEIGHT = 4;
/** Two halls above each other with a lift between them and, where wanted, stairs on the far side. */
function tower(levels: number, stairs = false): Layout {
  const ids = Array.from({ length: levels }, (_, k) => `${k}`);
  return layoutOf({
    levels: ids.map((id, k) => ({ id, ordinal: k, elevation: k * HEIGHT })),
    rooms: [
      ...ids.map((id) => ({ id: `hall-${id}`, ring: box(0, 0, 10, 6), level: id })),
      ...ids.map((id) => ({ id: `car-${id}`, ring: box(10, 2, 12, 4), level: id, category: "elevator" })),
      ...(stairs ? [{ id: "flight", ring: box(0, 6, 2, 14), level: "0", category: "stairs" }] : []),
      ...(stairs ? [{ id: "landing", ring: box(0, 14, 10, 16), level: "1" }] : []),
      ...(stairs ? [{ id: "back", ring: box(8, 6, 10, 14), level: "1" }] : []),
    ],
    doors: [
      ...ids.map((id) => ({
        id: `lift-${id}`,
        line: [
          [10, 2.5],
          [10, 3.5],
        ] as [[number, number], [number, number]],
        level: id,
      })),
      { id: "out-top", line: [[0, 2], [0, 4]], level: ids.at(-1)! }, // biome-ignore format: one line each
      { id: "out-low", line: [[0, 2], [0, 4]], level: "0" }, // biome-ignore format: one line each
      ...(stairs
        ? [
            { id: "foot", line: [[0, 6], [2, 6]] as [[number, number], [number, number]], level: "0" }, // biome-ignore format: one line each
            { id: "head", line: [[0, 14], [2, 14]] as [[number, number], [number, number]], level: "1" }, // biome-ignore format: one line each
            { id: "arch", line: [[8, 14], [10, 14]] as [[number, number], [number, number]], level: "1" }, // biome-ignore format: one line each
            { id: "door", line: [[8, 6], [10, 6]] as [[number, number], [number, number]], level: "1" }, // biome-ignore format: one line each
          ]
        : []),
    ],
    stairs: stairs ? [{ id: "stairs", from: "foot", flight: "flight", to: "head", rise: HEIGHT }] : [],
    lifts: [{ id: "lift", doors: ids.map((id) => `lift-${id}`), cars: ids.map((id) => `car-${id}`) }],
  });
}

const DRIVE = { capacity: 4, speed_m_s: 1, acceleration_m_s2: 0.8, door_open_s: 2.5, door_close_s: 3, dwell_s: 12 };
/** h / v + v / a for h = 4 m, v = 1 m/s, a = 0.8 m/s². */
const RIDE = HEIGHT / 1 + 1 / 0.8;
const upwards = (count: number, more: object = {}) => ({
  name: "up",
  agents: Array.from({ length: count }, (_, k) => ({
    at: [9.4 - 0.6 * Math.floor(k / 4), 1.5 + (k % 4)],
    level: "0",
    speed_m_s: 1.2,
    radius_m: 0.2,
  })),
  journey: [{ leave: "out-top" }],
  ...more,
});
/** Time at which each person is first seen on a sheet, s. */
function firstOn(walked: ReturnType<typeof walk>, sheet: number): Map<number, number> {
  const first = new Map<number, number>();
  for (const f of walked.frames)
    f.id.forEach((id, k) => {
      if (f.sheet[k] === sheet && !first.has(id)) first.set(id, f.time);
    });
  return first;
}
const sheetOf = (layout: Layout, id: string): number => layout.sheets.findIndex((sheet) => sheet.id === id);

describe("a lift", () => {
  const two = tower(2);

  it("NIST 2.7: brings its capacity up in the time of its cycle by hand, to one step", () => {
    for (const dt of [0.05, 0.1]) {
      const scenario = scenarioOf(two, {
        duration_s: 120,
        time_step_s: dt,
        output_every_s: dt,
        lifts: [{ at: "lift", ...DRIVE }],
        people: [upwards(4)],
      });
      const walked = walk(two, scenario);
      expect(walked.result).toMatchObject({ status: "finished", left: 4, stuck: [] });
      // Called at once; the doors stay open for the dwell time, in which all four get in.
      const hand = DRIVE.door_open_s + DRIVE.dwell_s + DRIVE.door_close_s + RIDE;
      const arrived = firstOn(walked, sheetOf(two, "lift/1"));
      expect(arrived.size).toBe(4);
      for (const time of arrived.values()) expect(Math.abs(time - hand)).toBeLessThanOrEqual(dt + 1e-6);
      // Out of the doors: not before they have opened.
      const out = firstOn(walked, sheetOf(two, "1"));
      expect(Math.min(...out.values())).toBeGreaterThan(hand + DRIVE.door_open_s - 1e-6);
      expect(walked.result.lifts).toMatchObject([{ name: "lift", trips: 1, carried: 4 }]);
    }
  });

  it("takes no more than its capacity, comes back for the others, and nobody is lost or walked through", () => {
    const scenario = scenarioOf(two, {
      duration_s: 200,
      output_every_s: 0.1,
      lifts: [{ at: "lift", ...DRIVE }],
      people: [upwards(10)],
    });
    const walked = walk(two, scenario);
    expect(walked.result).toMatchObject({ status: "finished", left: 10 });
    expect(walked.result.minCoreGap_m).toBeGreaterThan(-1e-4);
    const [low, high] = [sheetOf(two, "lift/0"), sheetOf(two, "lift/1")];
    for (const f of walked.frames) {
      expect(f.asked).toBe(f.waiting + f.id.length + f.left);
      const inside = f.sheet.filter((s) => s === low || s === high).length;
      expect(inside).toBeLessThanOrEqual(4);
    }
    const trips = [...new Set(firstOn(walked, high).values())].sort((a, b) => a - b);
    expect(trips).toHaveLength(3);
    // Round trip by hand: doors above, ride down, doors below, ride up. Who gets out and in does so within the dwell time.
    const cycle = 2 * (DRIVE.door_open_s + DRIVE.dwell_s + DRIVE.door_close_s + RIDE);
    for (const k of [1, 2]) expect(Math.abs(trips[k]! - trips[k - 1]! - cycle)).toBeLessThanOrEqual(0.1 + 1e-6);
    // Up full, down empty, up full, down empty, up with the last two.
    expect(walked.result.lifts[0]).toMatchObject({ trips: 5, carried: 10 });
  });

  it("carries people both ways and to every level in one journey of the car", () => {
    const four = tower(4);
    const from = (level: string, exit: string) => ({
      name: `${level} to ${exit}`,
      agents: [0, 1, 2].map((k) => ({ at: [8, 2 + k], level, speed_m_s: 1.2, radius_m: 0.2 })),
      journey: [{ leave: exit }],
    });
    const scenario = scenarioOf(four, {
      duration_s: 400,
      lifts: [{ at: "lift", ...DRIVE, dwell_s: 3, capacity: 6 }],
      people: [from("0", "out-top"), from("1", "out-top"), from("2", "out-low"), from("3", "out-low")],
    });
    const { result } = walk(four, scenario);
    expect(result).toMatchObject({ status: "finished", left: 12, stuck: [] });
    expect(result.lifts[0]!.carried).toBe(12);
  });

  it("does not run unless the scenario says so", () => {
    const scenario = scenarioOf(two, { duration_s: 60, people: [upwards(1)] });
    expect(() => compileWorld(two, scenario)).toThrow(/cannot reach exit out-top/);
  });

  it("that stops while people ride comes to its stop, and everybody gets out there", () => {
    const riding = DRIVE.door_open_s + DRIVE.dwell_s + DRIVE.door_close_s + 2;
    const scenario = scenarioOf(two, {
      duration_s: 120,
      lifts: [{ at: "lift", ...DRIVE }],
      people: [upwards(6)],
      events: [{ at_s: riding, stop_lift: "lift" }],
    });
    const { result } = walk(two, scenario);
    expect(result).toMatchObject({ left: 4, inside: 2, lifts: [{ trips: 1, carried: 4 }] });
    expect(result.stuck).toHaveLength(2);
  });

  it("is refused where it is not there, stands still, or is used as a door: all faults at once", () => {
    const faulty = {
      duration_s: 60,
      lifts: [{ at: ["lift", "hoist"] }],
      people: [upwards(1)],
      events: [
        { at_s: 1, stop_lift: "lfit" },
        { at_s: 2, close: "lift-0" },
      ],
    };
    expect(() => scenarioOf(two, faulty)).toThrow(
      [
        'lifts[0].at: there is no lift "hoist"',
        'events[0]: there is no lift "lfit"; did you mean "lift"?',
        'events[1]: "lift-0" is a door of lift lift: use stop_lift or start_lift',
      ].join("\n"),
    );
    expect(() => scenarioOf(two, { ...faulty, lifts: [], events: [{ at_s: 1, stop_lift: "lift" }] })).toThrow(
      'events[0]: lift "lift" stands still: name it in "lifts"',
    );
  });

  it("cannot carry more than its car holds", () => {
    const scenario = scenarioOf(two, {
      duration_s: 60,
      lifts: [{ at: "lift", ...DRIVE, capacity: 90 }],
      people: [upwards(1)],
    });
    expect(() => compileWorld(two, scenario)).toThrow(/its car holds at most \d+ people 0.36 m wide, its capacity is 90/);
  });
});

describe("a small lift between three levels", () => {
  const car = { w: 1.1, d: 1.4 };
  const ids = ["0", "1", "2"];
  const plan = layoutOf({
    levels: ids.map((id, k) => ({ id, ordinal: k, elevation: 3.5 * k })),
    rooms: ids.flatMap((id) => [
      { id: `hall-${id}`, ring: box(0, 0, 12, 8), level: id },
      { id: `car-${id}`, ring: box(12, 4 - car.w / 2, 12 + car.d, 4 + car.w / 2), level: id, category: "elevator" },
    ]),
    doors: ids.flatMap((id) => [
      { id: `lift-${id}`, line: [[12, 3.55], [12, 4.45]], level: id }, // biome-ignore format: one line each
      { id: `out-${id}`, line: [[0, 3], [0, 5]], level: id }, // biome-ignore format: one line each
    ]),
    lifts: [{ id: "lift", doors: ids.map((id) => `lift-${id}`), cars: ids.map((id) => `car-${id}`) }],
  });

  it.each([
    ["adults", 12, 6],
    ["wheelchair-manual", 3, 1],
  ])("brings crowds of %s both ways, nobody left behind or pressed into another", (population, count, capacity) => {
    const ways = [
      ["0", "out-2"],
      ["2", "out-0"],
      ["1", "out-0"],
    ];
    const people = ways.map(([from, exit], k) => ({
      name: `g${k}`,
      count,
      population,
      start: { in: `hall-${from}` },
      journey: [{ leave: exit }],
    }));
    for (const seed of [1, 4, 5]) {
      const { result } = walk(plan, scenarioOf(plan, { duration_s: 1500, lifts: [{ at: "lift", capacity }], people }), seed);
      expect(result).toMatchObject({ status: "finished", left: 3 * count, stuck: [] });
      expect(result.minCoreGap_m).toBeGreaterThan(-1e-4);
      expect(result.lifts[0]!.carried).toBe(3 * count);
    }
  });
});

it("M01: a small lift packed full empties in every run, and those who step out for others come in again", () => {
  const read = (name: string): Uint8Array => caseFile(`M01-packed-lift/${name}`);
  const layout = readLayout({ name: "layout.geojson", bytes: read("layout.geojson") });
  const text = new TextDecoder().decode(read("input.json"));
  const scenario = readScenario({ name: "M01", text, files: () => "" });
  const expected = JSON.parse(new TextDecoder().decode(read("expected.json"))) as {
    left: number;
    inside: number;
    seeds: number[];
  };
  for (const seed of expected.seeds) {
    const { result } = walk(layout, scenario, seed);
    expect(result).toMatchObject({ status: "finished", left: expected.left, inside: expected.inside, stuck: [] });
    expect(result.minCoreGap_m).toBeGreaterThan(-1e-4);
    expect(result.lifts[0]!.carried).toBe(expected.left);
  }
});

describe("a lift beside stairs", () => {
  const house = tower(2, true);
  const mixed = (more: object, events: object[] = []) =>
    scenarioOf(house, {
      duration_s: 300,
      lifts: [{ at: "lift", ...DRIVE, dwell_s: 3, ...more }],
      events,
      people: [
        upwards(3, { name: "walkers" }),
        {
          name: "wheelchairs",
          count: 2,
          start: { in: "hall-0" },
          population: "wheelchair-manual",
          journey: [{ leave: "out-top" }],
        },
      ],
    });

  it("is the way of people who cannot use stairs, and of others where it is quicker", () => {
    const open = walk(house, mixed({}));
    expect(open.result).toMatchObject({ status: "finished", left: 5 });
    const only = walk(house, mixed({ for: "step-free" }));
    expect(only.result).toMatchObject({ status: "finished", left: 5 });
    expect(only.result.lifts[0]!.carried).toBe(2);
    const onStairs = firstOn(only, sheetOf(house, "stairs"));
    expect([...onStairs.keys()].sort()).toEqual([0, 1, 2]);
  });

  it("that goes out of service carries on to the next stop; who waits goes another way or is named", () => {
    const walked = walk(house, mixed({ for: "step-free" }, [{ at_s: 1, stop_lift: "lift" }]));
    expect(walked.events.map((e) => e.what)).toContain("lift lift goes out of service");
    expect(walked.result).toMatchObject({ left: 3, inside: 2 });
    const again = walk(
      house,
      mixed({ for: "step-free" }, [
        { at_s: 1, stop_lift: "lift" },
        { at_s: 60, start_lift: "lift" },
      ]),
    );
    expect(again.result).toMatchObject({ status: "finished", left: 5 });
    expect(walk(house, mixed({})).hash).toBe(walk(house, mixed({})).hash);
  });
});
