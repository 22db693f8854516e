/** What people do in buildings: doors, exits, stairs, queues, stays, arrivals. */
import { describe, expect, it } from "vitest";
import { compileWorld } from "../../engine/world/compile.js";
import { box, door, layoutOf, scenarioOf } from "./plan.js";
import { walk } from "./walk.js";

const twoExits = layoutOf({
  rooms: [{ id: "hall", ring: box(0, 0, 20, 10) }],
  doors: [door("west", [0, 4], [0, 6]), door("east", [20, 4], [20, 6])],
  sections: [
    { id: "near-west", ring: box(2, 2, 6, 8) },
    { id: "near-east", ring: box(14, 2, 18, 8) },
  ],
});
const leave = { leave: { by: ["west", "east"] } };
const exits = (walked: ReturnType<typeof walk>): number[] =>
  [0, 1].map((e) => walked.departures.filter((d) => d.exit === e).length);

describe("exits", () => {
  it("least time: everybody takes the nearer one", () => {
    const scenario = scenarioOf(twoExits, {
      duration_s: 120,
      people: [
        { name: "w", count: 30, start: { in: "near-west" }, journey: [leave] },
        { name: "e", count: 20, start: { in: "near-east" }, journey: [leave] },
      ],
    });
    const walked = walk(twoExits, scenario);
    expect(walked.result).toMatchObject({ status: "finished", left: 50 });
    expect(exits(walked)).toEqual([30, 20]);
  });

  it("a door that closes re-routes the people on their way to it", () => {
    const scenario = scenarioOf(twoExits, {
      duration_s: 200,
      people: [{ name: "w", count: 30, start: { in: "near-west" }, journey: [leave] }],
      events: [{ at_s: 2, close: "west" }],
    });
    const walked = walk(twoExits, scenario);
    expect(walked.events.map((e) => e.what)).toContain("west closes");
    expect(walked.result).toMatchObject({ status: "finished", left: 30 });
    const [west, east] = exits(walked);
    expect(east).toBeGreaterThan(20);
    for (const d of walked.departures.filter((d) => d.exit === 0)) expect(d.time).toBeLessThan(2.2);
    expect(west! + east!).toBe(30);
  });

  it("when the only exit closes people stay, and are named with place and since when", () => {
    const scenario = scenarioOf(twoExits, {
      duration_s: 60,
      people: [{ name: "w", count: 12, start: { in: "near-west" }, journey: [{ leave: "west" }] }],
      events: [{ at_s: 0.5, close: "west" }],
    });
    const { result } = walk(twoExits, scenario);
    expect(result).toMatchObject({ status: "time-limit", left: 0, inside: 12, unfinished: 12 });
    expect(result.stuck).toHaveLength(12);
    for (const person of result.stuck) expect(person).toMatchObject({ group: "w", wants: "exit west" });
  });

  it("an exit that is shut and never opens is refused before the run", () => {
    const shut = layoutOf({
      rooms: [{ id: "hall", ring: box(0, 0, 10, 10) }],
      doors: [door("door", [0, 4], [0, 6], { muster: { state: "closed" } })],
    });
    const people = [{ name: "all", count: 3, start: { in: "hall" }, journey: [{ leave: "door" }] }];
    expect(() => compileWorld(shut, scenarioOf(shut, { duration_s: 60, people }))).toThrow(/cannot reach exit door/);
    const opened = scenarioOf(shut, { duration_s: 60, people, events: [{ at_s: 10, open: "door" }] });
    const walked = walk(shut, opened);
    expect(walked.result.left).toBe(3);
    expect(walked.departures[0]!.time).toBeGreaterThan(10);
  });

  it("shares are kept within chance", () => {
    const scenario = scenarioOf(twoExits, {
      duration_s: 300,
      people: [
        {
          name: "all",
          count: 200,
          start: { in: "hall" },
          journey: [{ leave: { by: ["west", "east"], choice: "shares", shares: [0.8, 0.2] } }],
        },
      ],
    });
    const [west] = exits(walk(twoExits, scenario));
    // Four standard deviations of a binomial: 4 sqrt(200 · 0.8 · 0.2) = 23.
    expect(Math.abs(west! - 160)).toBeLessThan(23);
  });

  it("one-way doors let nobody through the other way", () => {
    const rooms = [
      { id: "a", ring: box(0, 0, 10, 10) },
      { id: "b", ring: box(10, 0, 20, 10) },
    ];
    const doors = (direction: string) => [
      door("between", [10, 4], [10, 6], { muster: { direction } }),
      door("out", [20, 4], [20, 6]),
    ];
    const people = [{ name: "all", count: 10, start: { in: "a" }, journey: [{ leave: "out" }] }];
    // The line runs north: people walk from its left (west) to its right (east), which is forward.
    const forward = layoutOf({ rooms, doors: doors("forward") });
    expect(walk(forward, scenarioOf(forward, { duration_s: 120, people })).result.left).toBe(10);
    const backward = layoutOf({ rooms, doors: doors("backward") });
    expect(() => walk(backward, scenarioOf(backward, { duration_s: 120, people }))).toThrow(/cannot reach/);
  });
});

describe("stairs", () => {
  // Ground floor 0..10, flight 10..16 in plan, upper floor 16..26.
  const layout = layoutOf({
    levels: [
      { id: "0", ordinal: 0, elevation: 0 },
      { id: "1", ordinal: 1, elevation: 3 },
    ],
    rooms: [
      { id: "lower", ring: box(0, 0, 10, 4), level: "0" },
      { id: "flight", ring: box(10, 1, 16, 3), level: "0", category: "stairs" },
      { id: "upper", ring: box(16, 0, 26, 4), level: "1" },
    ],
    doors: [
      door("foot", [10, 1], [10, 3], { level: "0" }),
      door("head", [16, 1], [16, 3], { level: "1" }),
      door("out-low", [0, 1], [0, 3], { level: "0" }),
      door("out-high", [26, 1], [26, 3], { level: "1" }),
    ],
    stairs: [{ id: "stairs", from: "foot", flight: "flight", to: "head", rise: 3 }],
  });
  const one = (at: [number, number], level: string, exit: string) =>
    scenarioOf(layout, {
      duration_s: 120,
      output_every_s: 0.1,
      people: [{ name: "p", agents: [{ at, level, speed_m_s: 1.2, radius_m: 0.2 }], journey: [{ leave: exit }] }],
    });

  it("are walked at stair speeds, slower up than down, on a sheet of their own", () => {
    const speedOn = (walked: ReturnType<typeof walk>): number => {
      const on = walked.frames.filter((f) => f.sheet[0] !== undefined && layout.sheets[f.sheet[0]]!.kind === "stairs");
      return Math.abs(on.at(-1)!.x[0]! - on[0]!.x[0]!) / (on.at(-1)!.time - on[0]!.time);
    };
    const up = walk(layout, one([5, 2], "0", "out-high"));
    const down = walk(layout, one([21, 2], "1", "out-low"));
    expect([up.result.left, down.result.left]).toEqual([1, 1]);
    const { stairs_up, stairs_down } = one([5, 2], "0", "out-high").people[0]!.population;
    expect(speedOn(up)).toBeCloseTo(1.2 * stairs_up, 1);
    expect(speedOn(down)).toBeCloseTo(1.2 * stairs_down, 1);
    expect(speedOn(up)).toBeLessThan(speedOn(down));
  });

  it("let both directions pass without overlap and without loss", () => {
    const scenario = scenarioOf(layout, {
      duration_s: 600,
      people: [
        { name: "up", count: 15, start: { in: "lower" }, journey: [{ leave: "out-high" }] },
        { name: "down", count: 15, start: { in: "upper" }, journey: [{ leave: "out-low" }] },
      ],
    });
    const { result } = walk(layout, scenario);
    expect(result.left + result.inside).toBe(30);
    expect(result.left + result.stuck.length).toBe(30);
    expect(result.minCoreGap_m).toBeGreaterThan(-1e-4);
  });

  it("a closed flight is no way", () => {
    const scenario = { ...one([5, 2], "0", "out-high"), events: [{ at_s: 0, close: "foot" }] };
    const { result } = walk(layout, scenario);
    expect(result).toMatchObject({ left: 0, inside: 1 });
  });
});

describe("queues and stays", () => {
  const layout = layoutOf({
    rooms: [
      { id: "street", ring: box(0, 0, 30, 20) },
      { id: "inside", ring: box(30, 0, 50, 20) },
    ],
    doors: [door("gate", [30, 8], [30, 12]), door("home", [50, 8], [50, 12])],
    sections: [
      { id: "far", ring: box(1, 1, 5, 19) },
      { id: "stage", ring: box(35, 5, 45, 15) },
    ],
  });

  it("serve at the rate of the servers and lose nobody", () => {
    const scenario = scenarioOf(layout, {
      duration_s: 1200,
      people: [
        {
          name: "guests",
          count: 60,
          start: { in: "far" },
          journey: [{ queue: { at: "gate", servers: 3, service_s: 10 } }, { leave: "home" }],
        },
      ],
    });
    const { result, departures } = walk(layout, scenario);
    expect(result).toMatchObject({ status: "finished", left: 60 });
    // 60 people through 3 servers: 20 services of 10 s each, and a step up of less than 3 s between two.
    const busy = departures.at(-1)!.time - departures[0]!.time;
    expect(busy).toBeGreaterThan(19 * 10);
    expect(busy).toBeLessThan(20 * 13);
  });

  it("a shut gate serves nobody until it opens", () => {
    const scenario = scenarioOf(layout, {
      duration_s: 300,
      people: [
        {
          name: "g",
          count: 5,
          start: { in: "far" },
          journey: [{ queue: { at: "gate", servers: 2, service_s: 1 } }, { leave: "home" }],
        },
      ],
      events: [
        { at_s: 1, close: "gate" },
        { at_s: 100, open: "gate" },
      ],
    });
    const { result, departures } = walk(layout, scenario);
    expect(result.left).toBe(5);
    expect(departures[0]!.time).toBeGreaterThan(100);
  });

  it("people stay until the time given, then go", () => {
    const scenario = scenarioOf(layout, {
      duration_s: 400,
      people: [
        { name: "g", count: 40, start: { in: "inside" }, journey: [{ stay: { in: "stage", until_s: 120 } }, { leave: "home" }] },
      ],
    });
    const { result, departures, frames } = walk(layout, scenario);
    expect(result.left).toBe(40);
    expect(departures[0]!.time).toBeGreaterThan(120);
    const at = frames.find((f) => f.time === 110)!;
    expect(at.x.every((x, i) => x > 34.9 && x < 45.1 && at.y[i]! > 4.9 && at.y[i]! < 15.1)).toBe(true);
  });

  it.each([0.01, 0.05, 0.1, 0.2])(
    "newcomers who appear between two looks and runners head-on keep their cores apart at a step of %d s",
    (dt) => {
      const runners = (name: string, x: number, stage: object) => ({
        name,
        agents: Array.from({ length: 25 }, (_, k) => ({ at: [x + (k % 5), 6 + Math.floor(k / 5)], speed_m_s: 3, radius_m: 0.2 })),
        journey: [stage],
      });
      const scenario = scenarioOf(layout, {
        duration_s: 40,
        time_step_s: dt,
        output_every_s: 0.2,
        people: [
          runners("in", 25, { stay: { in: "stage" } }),
          runners("out", 38, { leave: "home" }),
          runners("late", 20, { leave: "home" }),
          { name: "g", count: 60, arrivals: { at: "home", uniform_min: [0, 0.2] }, journey: [{ stay: { in: "stage" } }] },
        ],
      });
      const { result } = walk(layout, scenario);
      expect(result.asked).toBe(135);
      expect(result.left + result.inside + result.waiting).toBe(135);
      expect(result.minCoreGap_m).toBeGreaterThan(-1e-4);
    },
  );

  it("arrivals come when the table says and wait outside while there is no room", () => {
    const scenario = scenarioOf(layout, {
      duration_s: 300,
      people: [{ name: "g", count: 90, arrivals: { at: "home", uniform_min: [1, 2] }, journey: [{ stay: { in: "stage" } }] }],
    });
    const { result, frames } = walk(layout, scenario);
    expect(frames.find((f) => f.time === 59)!.asked).toBe(0);
    expect(frames.find((f) => f.time === 121)!.asked).toBe(90);
    expect(result).toMatchObject({ status: "lasting", asked: 90, inside: 90, unfinished: 0 });
  });
});
