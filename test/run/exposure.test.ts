/** People in air that is told: dose, speed, alarm, fall and ways round smoke, from outside. */
import { describe, expect, it } from "vitest";
import type { Crowd } from "../../engine/crowd/state.js";
import { givenAirField } from "../../engine/fire/fields/given-air.js";
import { asphyxiantRate } from "../../engine/fire/tenability/asphyxiants.js";
import { speedInSmoke } from "../../engine/fire/tenability/speed.js";
import { createExposure, type Exposure } from "../../engine/run/exposure.js";
import { box, door, layoutOf, type Plan, scenarioOf } from "./plan.js";
import { DT, type Left, placed, stepUntil } from "./steps.js";
import { walk } from "./walk.js";

interface Ran extends Left {
  crowd: Crowd;
  exposure: Exposure;
}

/** Air and crowd exchange every `every` seconds. */
function runIn(
  plan: Plan,
  file: Record<string, unknown>,
  until: number,
  every = 1,
  flames: Exposure["flames"] = [],
  look?: (crowd: Crowd) => void,
): Ran {
  const { layout, scenario, crowd } = placed(plan, { duration_s: until, ...file });
  const fire = scenario.fire!;
  const exposure = createExposure(crowd, givenAirField(layout, scenario, fire.air), fire.people, layout);
  exposure.flames = flames;
  const steps = Math.round(every / DT);
  const tend = (k: number): void => {
    if (k % steps === 0) exposure.tend(k === 0 ? 0 : every);
  };
  return { crowd, exposure, ...stepUntil(crowd, until, tend, look) };
}

const corridor: Plan = {
  rooms: [{ id: "corridor", ring: box(0, 0, 60, 2) }],
  doors: [door("end", [60, 0.5], [60, 1.5])],
  sections: [{ id: "smoky", ring: box(20, 0, 40, 2) }],
};
const walker = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  people: [{ name: "one", agents: [{ at: [1, 1], speed_m_s: 1.25, radius_m: 0.2 }], journey: [{ leave: "end" }], ...more }],
});
const median = { susceptibility: "median", avoid: false, cue: false };

describe("dose", () => {
  it("of somebody who stays: fall at the time calculated by hand, within an exchange", () => {
    const room: Plan = {
      rooms: [{ id: "room", ring: box(0, 0, 10, 10) }],
      doors: [door("end", [10, 4], [10, 6])],
    };
    const file = {
      people: [{ name: "one", agents: [{ at: [5, 5] }], pre_movement_s: 3000, journey: [{ leave: "end" }] }],
      fire: { air: [{ in: "all", co_ppm: 5000, co2_pct: 2, o2_pct: 18 }], people: { ...median, dose: "purser" } },
    };
    const { crowd } = runIn(room, file, 400);
    expect(crowd.fallen.length).toBe(1);
    expect(Math.abs(crowd.fallen[0]!.time - 208.7)).toBeLessThanOrEqual(1);
    expect(crowd.fallen[0]!.cause).toBe("asphyxiant gases");
  });

  it("of somebody who walks through: rate times the time in the smoke, which slows them down", () => {
    const fire = { air: [{ in: "smoky", co_ppm: 3000, extinction_1_m: 3 }], people: { ...median, dose: "iso-13571" } };
    const { exposure, leftAt } = runIn(corridor, { ...walker(), fire }, 200, 0.1);
    const speed = speedInSmoke("frantzich-nilsson", 1.25, 3);
    const rate = asphyxiantRate("iso-13571", {
      oxygen: 0.21,
      carbonDioxide: 0,
      carbonMonoxide: 0.003,
      hydrogenCyanide: 0,
    });
    expect(exposure.result().fedAsphyxiant[0]! / ((rate * 20) / speed)).toBeCloseTo(1, 1);
    expect(Math.abs(exposure.result().fedAsphyxiant[0]! - (rate * 20) / speed)).toBeLessThan(rate * 0.4);
    expect(Math.abs(leftAt.get(0)! - (39 / 1.25 + 20 / speed))).toBeLessThan(0.5);
  });

  it("of a crowd: the share that falls is that of the log-normal threshold, the same for any order of the smoke", () => {
    const file = {
      people: [{ name: "all", count: 300, start: { in: "hall" }, pre_movement_s: 3000, journey: [{ leave: "end" }] }],
      fire: { air: [{ in: "all", co_ppm: 3500 }], people: { cue: false, avoid: false } },
    };
    const hall: Plan = {
      rooms: [{ id: "hall", ring: box(0, 0, 40, 30) }],
      doors: [door("end", [40, 4], [40, 6])],
    };
    // 3500 ppm: 0.1 per minute; FED 0.3 after 3 min, 1 after 10.
    const { crowd } = runIn(hall, file, 610, 1);
    const by = (time: number): number => crowd.fallen.filter((one) => one.time <= time).length / 300;
    // Three standard errors of a share of 300.
    expect(Math.abs(by(180) - 0.114)).toBeLessThan(0.055);
    expect(Math.abs(by(600) - 0.5)).toBeLessThan(0.087);
  });
});

describe("smoke as a cue", () => {
  const room: Plan = {
    rooms: [
      { id: "front", ring: box(0, 0, 8, 6) },
      { id: "back", ring: box(8, 0, 16, 6) },
    ],
    doors: [door("between", [8, 2], [8, 4]), door("end", [0, 2], [0, 4])],
  };
  const file = (people: Record<string, unknown>) => ({
    people: [
      { name: "front", agents: [{ at: [3, 3] }], pre_movement_s: 300, journey: [{ leave: "end" }] },
      { name: "back", agents: [{ at: [14, 3] }], pre_movement_s: 300, journey: [{ leave: "end" }] },
    ],
    fire: { air: [{ in: "back", extinction_1_m: 0.2, from_s: 20 }], people },
  });

  it("ends pre-movement of those in it, not of others, after the reaction time", () => {
    const { leftAt } = runIn(room, file({ reaction_s: 5 }), 400);
    expect(leftAt.get(1)!).toBeGreaterThan(25 + 13 / 2);
    expect(leftAt.get(1)!).toBeLessThan(25 + 15 / 0.9 + 3);
    expect(leftAt.get(0)!).toBeGreaterThan(300);
    const none = runIn(room, file({ cue: false }), 400);
    expect(none.leftAt.get(1)!).toBeGreaterThan(300);
  });

  it("a fire in sight is one too, from its size on, and walls hide it", () => {
    const clear = (size: number) => ({
      ...file({ see_fire_kW: size }),
      fire: { air: [{ in: "back", from_s: 500 }], people: { see_fire_kW: size } },
    });
    const flames = [{ sheet: 0, x: 9, y: 5.5, hrr_W: 100_000, radius_m: 0.5 }];
    const seen = runIn(room, clear(50), 400, 1, flames);
    expect(seen.leftAt.get(1)!).toBeLessThan(40);
    expect(seen.leftAt.get(0)!).toBeGreaterThan(300);
    expect(runIn(room, clear(200), 400, 1, flames).leftAt.get(1)!).toBeGreaterThan(300);
  });
});

describe("a burning thing that people cannot walk into", () => {
  it("is seen from its own side of the wall it stands at, not from the other", () => {
    const plan: Plan = {
      rooms: [
        { id: "front", ring: box(0, 0, 8, 6) },
        { id: "back", ring: box(8, 0, 16, 6) },
      ],
      doors: [door("between", [8, 0.5], [8, 1.5]), door("end", [0, 2], [0, 4]), door("other", [16, 2], [16, 4])],
      fixtures: [{ id: "stall", ring: box(8, 3, 10, 6) }],
    };
    const agents = [{ at: [3, 4.5] }, { at: [14, 4.5] }];
    const { leftAt } = runIn(
      plan,
      {
        people: [{ name: "two", agents, pre_movement_s: 100, journey: [{ leave: { by: ["end", "other"] } }] }],
        fire: { air: [{ in: "all", from_s: 500 }], people: {} },
      },
      200,
      1,
      [{ sheet: 0, x: 9, y: 4.5, hrr_W: 1e6, radius_m: 0.5 }],
    );
    expect(leftAt.get(0)!).toBeGreaterThan(100);
    expect(leftAt.get(1)!).toBeLessThan(20);
  });
});

describe("ways round smoke", () => {
  // From the middle the near door is 10 m off, the far one 20 m.
  const hall: Plan = {
    rooms: [{ id: "hall", ring: box(0, 0, 30, 6) }],
    doors: [door("near", [0, 2], [0, 4]), door("far", [30, 2], [30, 4])],
    sections: [{ id: "smoke", ring: box(0, 0, 12, 6) }],
  };
  const exits = (air: Record<string, unknown>, people: Record<string, unknown> = {}): (string | undefined)[] => {
    const { exitOf } = runIn(
      hall,
      {
        people: [
          { name: "strangers", agents: [{ at: [10, 2.5] }], journey: [{ leave: { by: ["near", "far"] } }] },
          { name: "staff", agents: [{ at: [10, 3.5] }], journey: [{ leave: { by: ["near", "far"], shares: [1, 0] } }] },
        ],
        fire: { air: [{ in: "smoke", ...air }], people: { incapacitate: false, familiar: ["staff"], ...people } },
      },
      120,
    );
    return [exitOf.get(0), exitOf.get(1)];
  };

  it("thin smoke changes nobody's way, thick smoke that of strangers, heat that of all", () => {
    expect(exits({ extinction_1_m: 0.5 })).toEqual(["near", "near"]);
    expect(exits({ extinction_1_m: 1.5 })).toEqual(["far", "near"]);
    expect(exits({ temperature_C: 90 })).toEqual(["far", "far"]);
    expect(exits({ radiant_kW_m2: 4 })).toEqual(["far", "far"]);
    expect(exits({ temperature_C: 90 }, { avoid: false })).toEqual(["near", "near"]);
    expect(exits({ extinction_1_m: 1.5 }, { turn_back_visibility_m: 1 })).toEqual(["near", "near"]);
  });

  it("lead round what burns, at a distance, from its first moment", () => {
    const court: Plan = {
      rooms: [{ id: "court", ring: box(0, 0, 30, 12) }],
      doors: [door("end", [30, 5], [30, 7])],
    };
    let least = Infinity;
    const flame = { sheet: 0, x: 15, y: 6, hrr_W: 1e6, radius_m: 1 };
    runIn(
      court,
      {
        people: [{ name: "one", agents: [{ at: [2, 6] }], journey: [{ leave: "end" }] }],
        fire: { air: [{ in: "all", from_s: 500 }], people: {} },
      },
      60,
      1,
      [flame],
      ({ agents }) => {
        if (agents.count > 0) least = Math.min(least, Math.hypot(agents.now.x[0]! - flame.x, agents.now.y[0]! - flame.y));
      },
    );
    expect(least).toBeGreaterThan(2);
    expect(least).toBeLessThan(6);
  });

  it("smoke of one room slows no floor behind its wall, however the floor is divided into squares", () => {
    const rooms: Plan = {
      rooms: [
        { id: "a", ring: box(0, 0, 5.3, 4.1) },
        { id: "b", ring: box(5.3, 0, 12, 4.1) },
      ],
      doors: [door("between", [5.3, 1], [5.3, 2.2]), door("end", [12, 1], [12, 3])],
    };
    const { crowd } = runIn(
      rooms,
      {
        people: [{ name: "one", agents: [{ at: [1, 1] }], pre_movement_s: 100, journey: [{ leave: "end" }] }],
        fire: { air: [{ in: "a", extinction_1_m: 2 }], people: { cue: false, incapacitate: false } },
      },
      3,
    );
    const { nodeX } = crowd.world;
    const slow = crowd.surroundings!.slowness[0]!;
    // Only in the doorway may a square reach to the other side.
    nodeX.forEach((x, n) => {
      const inDoorway = Math.abs(x - 5.3) < 0.5 && Math.abs(crowd.world.nodeY[n]! - 1.6) < 0.9;
      if (!inDoorway) expect(slow[n]! > 1, `${x} ${crowd.world.nodeY[n]}`).toBe(x < 5.3);
    });
  });
});

describe("a whole run", () => {
  const plan: Plan = {
    rooms: [
      { id: "hall", ring: box(0, 0, 20, 10) },
      { id: "lobby", ring: box(20, 0, 30, 10) },
    ],
    doors: [door("between", [20, 4], [20, 6]), door("end", [30, 4], [30, 6])],
  };
  const file = {
    duration_s: 600,
    people: [
      { name: "all", count: 60, start: { in: "hall" }, pre_movement_s: { uniform: [0, 120] }, journey: [{ leave: "end" }] },
    ],
    fire: { air: [{ in: "hall", co_ppm: 8000, hcn_ppm: 150, extinction_1_m: 4, from_s: 10 }], people: { cue: false } },
  };

  it("ends when only people are left who fell; asked = waiting + inside + left, and who fell is told with place, time and cause", () => {
    const layout = layoutOf(plan);
    const { result, frames, departures } = walk(layout, scenarioOf(layout, file));
    const fallen = result.incapacitated!;
    expect(result).toMatchObject({ status: "finished", waiting: 0, unfinished: 0, asked: 60, inside: fallen.length, stuck: [] });
    expect(result.simulated_s).toBeLessThan(600);
    expect(fallen.length).toBeGreaterThan(5);
    expect(fallen.length).toBeLessThan(50);
    expect(departures.length).toBe(60 - fallen.length);
    for (const frame of frames) expect(frame.asked).toBe(frame.waiting + frame.id.length + frame.left);
    for (const { cause, time_s, x, level, group } of fallen) {
      expect({ cause, level, group }).toEqual({ cause: "asphyxiant gases", level: "0", group: "all" });
      expect(time_s).toBeGreaterThan(10);
      expect(x).toBeLessThan(30);
    }
    const { fedAsphyxiant } = result.exposure!;
    expect(Array.from(fedAsphyxiant).filter((dose) => dose > 0).length).toBeGreaterThan(fallen.length);
  });

  it("gives the same bytes again, and other ones where people bear more or less", () => {
    const layout = layoutOf(plan);
    const hash = (people: Record<string, unknown>): string =>
      walk(layout, scenarioOf(layout, { ...file, fire: { ...file.fire, people: { ...file.fire.people, ...people } } })).hash;
    expect(hash({})).toBe(hash({}));
    expect(hash({ susceptibility: "median" })).not.toBe(hash({}));
  });
});
