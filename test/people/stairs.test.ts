/** Stairs: speeds as published, pitch, diagrams up and down, people who use none; escalators. */
import { describe, expect, it } from "vitest";
import { practicalCapacity } from "../../engine/scenario/flight-rules.js";
import { WEIDMANN_GAP } from "../../engine/scenario/stair-laws.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";
import { type Walk, walk } from "../run/walk.js";
import { flightPlan } from "./flight-plan.js";

const stairs = flightPlan({ length: 20 });

/** Time on the flight of one person who walks over it, s. */
function timeOnFlight(layout: typeof stairs, up: boolean, population: object | string, more: object = {}): number {
  const at = up ? [3, 1] : [29, 1];
  const scenario = scenarioOf(layout, {
    duration_s: 300,
    output_every_s: 0.1,
    people: [{ name: "one", agents: [{ at, level: up ? "0" : "1" }], population, journey: [{ leave: up ? "high" : "low" }] }],
    ...more,
  });
  const { frames } = walk(layout, scenario);
  const on = frames.filter((f) => f.id.length > 0 && layout.sheets[f.sheet[0]!]!.kind !== "floor");
  return on.at(-1)!.time - on[0]!.time;
}

describe("speed on stairs", () => {
  it("is the absolute one where it is given, up and down", () => {
    const population = { speed_m_s: 1.2, radius_m: 0.2, stairs_up_m_s: 0.4, stairs_down_m_s: 0.8 };
    expect(timeOnFlight(stairs, true, population)).toBeCloseTo(20 / 0.4, -0.5);
    expect(timeOnFlight(stairs, false, population)).toBeCloseTo(20 / 0.8, -0.5);
  });

  it("changes by the root of tread over riser: HAND-04, 0.28 x 0.18 m at k = 1.077 takes 10 m / (1.077 x (1 - 0.266 x 0.54)) s", () => {
    // SFPE's k of the reference step 0.279 x 0.178 m: 51.8 sqrt(0.279 / 0.178) / 60 = 1.081 m/s, times (1 - 0.266 x 0.54).
    const k = (51.8 / 60) * Math.sqrt(0.279 / 0.178);
    const slow = 1 - 0.266 * 0.54;
    const layout = flightPlan({ length: 10, muster: { tread_m: 0.28, riser_m: 0.18 } });
    const at = { name: "one", agents: [{ at: [3, 1], level: "0" }], journey: [{ leave: "high" }] };
    const scenario = scenarioOf(layout, {
      duration_s: 60,
      output_every_s: 0.1,
      people: [{ ...at, population: { speed_m_s: 1.19, radius_m: 0.2, stairs_up_m_s: k * slow } }],
    });
    const { frames } = walk(layout, scenario);
    const on = frames.filter((f) => f.id.length > 0 && layout.sheets[f.sheet[0]!]!.kind === "stairs");
    const speed = (on.at(-1)!.x[0]! - on[0]!.x[0]!) / (on.at(-1)!.time - on[0]!.time);
    expect(Math.abs(10 / speed - 10.84)).toBeLessThan(0.25);
  });
});

/** Mean speed in the middle of a flight filled at a density, m/s. @param law undefined: the scenario does not say */
function speedAt(law: string | undefined, up: boolean, density: number): number {
  const scenario = scenarioOf(stairs, {
    duration_s: 9,
    output_every_s: 0.5,
    ...(law === undefined ? {} : { stairs: law }),
    people: [
      {
        name: "crowd",
        count: Math.round(density * 40),
        start: { in: "flight" },
        population: { radius_m: 0.19 },
        journey: [{ leave: up ? "high" : "low" }],
      },
    ],
  });
  const speeds = walk(stairs, scenario).frames.flatMap((f) =>
    f.time < 4 ? [] : f.x.flatMap((x, k) => (x > 12 && x < 20 ? [Math.hypot(f.vx[k]!, f.vy[k]!)] : [])),
  );
  return speeds.reduce((a, b) => a + b, 0) / speeds.length;
}

describe("diagram of stairs", () => {
  const densities = [0.3, 0.6, 1, 1.5, 2, 2.5, 3, 3.5];

  it("has the time gaps of Weidmann's diagrams: 1.129 up and 0.971 down of that of the level", () => {
    expect(WEIDMANN_GAP.up).toBeCloseTo(1.129, 3);
    expect(WEIDMANN_GAP.down).toBeCloseTo(0.9715, 3);
  });

  it("is faster down than up at every density, and falls with density, where a scenario does not say how", () => {
    const up = densities.map((d) => speedAt(undefined, true, d));
    const down = densities.map((d) => speedAt(undefined, false, d));
    for (const [k] of densities.entries()) expect(down[k]!, `at ${densities[k]}`).toBeGreaterThan(1.04 * up[k]!);
    expect([...down].sort((a, b) => b - a)).toEqual(down);
    expect([...up].sort((a, b) => b - a)).toEqual(up);
  });

  it("scales as a whole by the sfpe law: dense crowds are slower by the share of the free speeds", () => {
    const [scaled, gap] = [speedAt("sfpe", false, 3), speedAt("free-speed", false, 3)];
    // Weidmann's share down is 0.518: where time gaps alone decide, speeds differ by it.
    expect(scaled / gap).toBeGreaterThan(0.5);
    expect(scaled / gap).toBeLessThan(0.75);
  });
});

describe("people who use no stairs", () => {
  const leave = (population: string, exit: string, level: string) => () => {
    const scenario = scenarioOf(stairs, {
      duration_s: 120,
      people: [
        { name: "chair", count: 1, start: { in: level === "0" ? "lower" : "upper" }, population, journey: [{ leave: exit }] },
      ],
    });
    return compileWorld(stairs, scenario);
  };

  it("are told before the run that there is no way for them", () => {
    expect(leave("wheelchair-manual", "high", "0")).toThrow(
      /cannot reach .* without stairs or escalators, which "wheelchair-manual"/,
    );
    expect(leave("wheelchair-manual", "low", "0")).not.toThrow();
    expect(leave("wheelchair-assisted", "high", "0")).not.toThrow();
    expect(leave("crutches", "high", "0")).not.toThrow();
  });

  /** The exit over the stairs is the nearer one from the head of the lower floor. */
  const near = flightPlan({ length: 2, upper: 1 });

  it("leave by the exit on their floor, while others take the nearer one up the stairs", () => {
    const exitOf = (uses_stairs: boolean): number => {
      const scenario = scenarioOf(near, {
        duration_s: 60,
        people: [
          {
            name: "one",
            agents: [{ at: [5.2, 1], level: "0" }],
            population: { speed_m_s: 1, radius_m: 0.2, uses_stairs },
            journey: [{ leave: ["high", "low"] }],
          },
        ],
      });
      return walk(near, scenario).departures[0]!.x;
    };
    expect(exitOf(true)).toBeGreaterThan(8.9);
    expect(exitOf(false)).toBeLessThan(0.1);
  });

  it("never set foot on a flight in a crowd that goes up", () => {
    const scenario = scenarioOf(near, {
      duration_s: 90,
      output_every_s: 0.2,
      people: [
        { name: "up", count: 12, start: { in: "lower" }, journey: [{ leave: "high" }] },
        {
          name: "chairs",
          count: 2,
          start: { in: "lower" },
          population: "wheelchair-electric",
          journey: [{ leave: ["high", "low"] }],
        },
      ],
    });
    const { frames, result } = walk(near, scenario);
    const sheetsOf = (from: number, to: number): Set<string> =>
      new Set(frames.flatMap((f) => f.id.flatMap((id, k) => (id >= from && id < to ? [near.sheets[f.sheet[k]!]!.kind] : []))));
    expect([...sheetsOf(0, 12)].sort()).toEqual(["floor", "stairs"]);
    expect([...sheetsOf(12, 14)]).toEqual(["floor"]);
    expect(result.left).toBe(14);
  });
});

describe("escalators", () => {
  const plan = (muster: object) => flightPlan({ length: 12, category: "escalator", directed: true, width: 1.2, muster });
  const through = (layout: typeof stairs, count: number, more: object = {}): Walk => {
    const scenario = scenarioOf(layout, {
      duration_s: 400,
      output_every_s: 0.5,
      people: [{ name: "riders", count, start: { in: "lower" }, population: { radius_m: 0.19 }, journey: [{ leave: "high" }] }],
      ...more,
    });
    return walk(layout, scenario);
  };

  it("carry those who stand at the speed of the belt in plan, and those who walk faster", () => {
    const time = (standing_share: number): number => {
      const layout = plan({ speed_m_s: 0.5, standing_share });
      const run = through(layout, 1);
      const on = run.frames.filter((f) => f.id.length > 0 && layout.sheets[f.sheet[0]!]!.kind === "escalator");
      return (on.at(-1)!.x[0]! - on[0]!.x[0]!) / (on.at(-1)!.time - on[0]!.time);
    };
    // Rise over length is 1 / 1.75: cos 29.7 degrees.
    const belt = 0.5 / Math.sqrt(1 + 1 / (1.75 * 1.75));
    expect(time(1)).toBeCloseTo(belt, 2);
    expect(time(0)).toBeGreaterThan(belt + 0.3);
  });

  it("take no more than their capacity and lose nobody", () => {
    const run = through(plan({ speed_m_s: 0.5, capacity_per_h: 1800 }), 20);
    const times = run.departures.map((d) => d.time).sort((a, b) => a - b);
    expect(times).toHaveLength(20);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan((19 * 3600) / 1800 - 3);
    expect(times.at(-1)! - times[0]!).toBeLessThan((19 * 3600) / 1800 + 6);
  });

  it("fill to most of the practical capacity before a crowd, and never beyond", () => {
    const layout = flightPlan({
      length: 8,
      category: "escalator",
      directed: true,
      width: 1.2,
      hall: 3,
      muster: { speed_m_s: 0.5 },
    });
    const times = through(layout, 70).departures.map((d) => d.time);
    times.sort((a, b) => a - b);
    const perHour = (40 / (times[55]! - times[15]!)) * 3600;
    expect(perHour).toBeGreaterThan(0.75 * practicalCapacity(0.5, 1));
    expect(perHour).toBeLessThan(1.01 * practicalCapacity(0.5, 1));
  });

  it("run one way: no way for those who want the other", () => {
    const layout = plan({ speed_m_s: 0.5 });
    const down = () =>
      compileWorld(
        layout,
        scenarioOf(layout, {
          duration_s: 60,
          people: [{ name: "down", count: 1, start: { in: "upper" }, journey: [{ leave: "low" }] }],
        }),
      );
    expect(down).toThrow(/cannot reach/);
    const turned = scenarioOf(layout, {
      duration_s: 100,
      flights: [{ at: "stair", running: "down" }],
      people: [{ name: "down", count: 3, start: { in: "upper" }, journey: [{ leave: "low" }] }],
    });
    expect(walk(layout, turned).result.left).toBe(3);
  });

  it("have the practical capacity of EN 115-1 by default: 6000 /h at 0.5 m/s, 7300 /h at 0.65 m/s for 1 m", () => {
    expect(practicalCapacity(0.5, 1)).toBe(6000);
    expect(practicalCapacity(0.65, 1)).toBe(7300);
    expect(practicalCapacity(0.5, 0.8)).toBeCloseTo(4800, 6);
    expect(practicalCapacity(0.9, 1)).toBe(8200);
  });

  it("and their rules are refused where they have no sense", () => {
    const refuse = (rule: object) => () => through(plan({}), 1, { flights: [{ at: "stair", ...rule }] });
    expect(refuse({ standing_share: 0.5 })).toThrow(/does not move/);
    expect(refuse({ tread_m: 0.3 })).toThrow(/one is missing/);
    expect(() => scenarioOf(stairs, { duration_s: 1, flights: [{ at: "stair", speed_m_s: 0.5 }], people: [{ name: "a", count: 1, start: { in: "lower" } }] })).toThrow(/no escalator/); // biome-ignore format: one line a case
    expect(() => flightPlan({ length: 5, muster: { riser_m: 0.17 } })).toThrow(/one is missing/);
  });
});

it("a plan without stairs has one set of fields, whoever comes", () => {
  const layout = layoutOf({ rooms: [{ id: "r", ring: box(0, 0, 5, 5) }], doors: [{ id: "d", line: [[5, 2], [5, 3]] }] }); // biome-ignore format: a plan
  const world = (population: string) =>
    compileWorld(layout, scenarioOf(layout, { duration_s: 1, people: [{ name: "a", count: 1, start: { in: "r" }, population, journey: [{ leave: "d" }] }] })); // biome-ignore format: a call
  expect(world("adults").fields).toHaveLength(1);
  expect(world("wheelchair-manual").fields).toHaveLength(2);
});
