/** What surroundings (smoke, heat, fire, filled in by whoever couples) do to people: slower, alarmed, fallen, sent round. */
import { describe, expect, it } from "vitest";
import { DOING } from "../../engine/crowd/people.js";
import type { Crowd } from "../../engine/crowd/state.js";
import { createSurroundings, type Surroundings } from "../../engine/crowd/surroundings.js";
import { stream } from "../../engine/random.js";
import type { Field } from "../../engine/world/world.js";
import { box, door, type Plan, type XY } from "../run/plan.js";
import { DT, type Left, placed, stepUntil } from "../run/steps.js";

/** `around` is called before each step. */
function runWith(
  plan: Plan,
  file: Record<string, unknown>,
  until: number,
  around: (air: Surroundings, crowd: Crowd) => void,
): Left & { crowd: Crowd } {
  const { crowd } = placed(plan, { duration_s: until, ...file });
  const air = createSurroundings(crowd.people.total, crowd.world.nodeX.length, 1);
  crowd.surroundings = air;
  return { crowd, ...stepUntil(crowd, until, () => around(air, crowd)) };
}

const corridor = (length: number): Plan => ({
  rooms: [{ id: "corridor", ring: box(0, 0, length, 2) }],
  doors: [door("end", [length, 0.5], [length, 1.5])],
});
const one = (at: XY, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  people: [{ name: "one", agents: [{ at, speed_m_s: 1.2, radius_m: 0.2 }], journey: [{ leave: "end" }], ...more }],
});

describe("speed share", () => {
  it("slows a walker to that share, to a step", () => {
    const alone = (share: number): number => {
      const { leftAt } = runWith(corridor(25), one([1, 1]), 100, (air) => air.speedShare.fill(share));
      return leftAt.get(0)!;
    };
    const free = alone(1);
    expect(free).toBeCloseTo(24 / 1.2, 0);
    for (const share of [0.8, 0.5, 0.25]) expect(Math.abs(alone(share) * share - free)).toBeLessThan(0.15);
  });

  it("is 1 without smoke: surroundings that say nothing change no position", () => {
    const plan: Plan = {
      rooms: [{ id: "r", ring: box(0, 0, 8, 5) }],
      doors: [door("end", [8, 2], [8, 3])],
    };
    const file = { people: [{ name: "all", count: 30, start: { in: "r" }, journey: [{ leave: "end" }] }] };
    const still = runWith(plan, file, 60, () => undefined);
    const without = runWith(plan, file, 60, (_, crowd) => {
      crowd.surroundings = null;
    });
    expect(still.leftAt.size).toBe(30);
    expect([...still.leftAt]).toEqual([...without.leftAt]);
  });
});

describe("alarm", () => {
  const hall: Plan = {
    rooms: [{ id: "hall", ring: box(0, 0, 12, 8) }],
    doors: [door("end", [12, 3], [12, 5])],
    sections: [{ id: "bar", ring: box(1, 1, 4, 4) }],
  };

  it("ends pre-movement and stays at once, and whoever comes with the alarmed goes too", () => {
    const file = {
      people: [
        { name: "late", agents: [{ at: [6, 6] }], pre_movement_s: 500, journey: [{ leave: "end" }] },
        { name: "guest", agents: [{ at: [2, 2] }], journey: [{ stay: { in: "bar", for_s: 500 } }, { leave: "end" }] },
        {
          name: "pair",
          count: 2,
          start: { in: "bar" },
          pre_movement_s: 500,
          social_groups: { sizes: [2] },
          journey: [{ leave: "end" }],
        },
      ],
    };
    const { leftAt } = runWith(hall, file, 60, (air, crowd) => {
      if (crowd.time < 10) return;
      air.alarmed[0] = 1;
      air.alarmed[1] = 1;
      air.alarmed[2] = 1;
    });
    expect(leftAt.size).toBe(4);
    for (const time of leftAt.values()) {
      expect(time).toBeGreaterThan(10);
      expect(time).toBeLessThan(30);
    }
  });
});

describe("incapacitated people", () => {
  it("stay where they fell, are counted, block nobody for ever and do not keep companions", () => {
    const plan: Plan = {
      rooms: [{ id: "c", ring: box(0, 0, 30, 3) }],
      doors: [door("end", [30, 0.5], [30, 2.5])],
    };
    const file = {
      people: [{ name: "all", count: 24, start: { in: "c" }, social_groups: { sizes: [3] }, journey: [{ leave: "end" }] }],
    };
    const places = new Map<number, XY>();
    const { crowd, leftAt } = runWith(plan, file, 200, (air, { time, agents, fallen }) => {
      if (time >= 4) for (const id of [3, 7, 11]) air.incapacitated[id] = agents.slotOf[id]! >= 0 ? 1 : 0;
      for (const { id } of fallen) {
        const i = agents.slotOf[id]!;
        const at: XY = [agents.now.x[i]!, agents.now.y[i]!];
        expect(places.get(id) ?? at).toEqual(at);
        places.set(id, at);
      }
    });
    expect(crowd.fallen.length).toBeGreaterThan(0);
    expect(crowd.fallen.map(({ time }) => time)).toEqual(crowd.fallen.map(() => 4));
    expect(crowd.agents.count).toBe(crowd.fallen.length);
    expect(leftAt.size + crowd.fallen.length).toBe(24);
    expect(crowd.people.doing.filter((doing) => doing === DOING.INCAPACITATED).length).toBe(crowd.fallen.length);
  });

  it("leave their lane to those behind them", () => {
    const plan: Plan = {
      rooms: [
        { id: "hall", ring: box(0, 0, 7, 6) },
        { id: "behind", ring: box(7, 0, 14, 6) },
      ],
      doors: [door("till", [7, 2], [7, 4]), door("end", [14, 2], [14, 4])],
    };
    const file = {
      people: [
        {
          name: "all",
          count: 5,
          start: { in: "hall" },
          journey: [{ queue: { at: "till", servers: 1, service_s: 3 } }, { leave: "end" }],
        },
      ],
    };
    let first = -1;
    const { crowd, leftAt } = runWith(plan, file, 120, (air, { queues, people }) => {
      if (first < 0) first = queues[0]!.lanes[0]!.serving;
      if (first >= 0 && people.doing[first] !== DOING.LEFT) air.incapacitated[first] = 1;
    });
    expect(crowd.fallen.map(({ id }) => id)).toEqual([first]);
    // Lying before the desk itself: nobody is served over them, and nobody is lost.
    expect(leftAt.size + crowd.agents.count).toBe(5);
    expect(crowd.queues[0]!.lanes[0]!.line).not.toContain(first);
  });
});

describe("ways round slow floor", () => {
  // Two doors: one 5 m away, the other 15 m.
  const hall: Plan = {
    rooms: [{ id: "hall", ring: box(0, 0, 20, 6) }],
    doors: [door("near", [0, 2], [0, 4]), door("far", [20, 2], [20, 4])],
  };
  const file = (leave: unknown) => ({
    people: [
      {
        name: "two",
        agents: [
          { at: [5, 2.5], speed_m_s: 1.2 },
          { at: [5, 3.5], speed_m_s: 1.2 },
        ],
        journey: [{ leave }],
      },
    ],
  });
  const smokeBefore = (air: Surroundings, crowd: Crowd, factor: number): void => {
    if (air.version > 0) return;
    const { world } = crowd;
    world.nodeX.forEach((x, n) => {
      air.slowness[0]![n] = x < 4 ? factor : 1;
    });
    air.version++;
    air.wayOf[1] = 1;
  };

  it("lead to another door only where that saves the stated gain, and only those who count with it", () => {
    for (const leave of [
      { by: ["near", "far"] },
      { by: ["near", "far"], choice: "expected-time" },
      { by: ["near", "far"], shares: [1, 0] },
    ]) {
      const exits = (factor: number): (string | undefined)[] => {
        const { exitOf } = runWith(hall, file(leave), 60, (air, crowd) => smokeBefore(air, crowd, factor));
        return [exitOf.get(0), exitOf.get(1)];
      };
      // To the near door through the slow floor: 1 + 4 f m of time, to the far one 15 m.
      expect(exits(3), JSON.stringify(leave)).toEqual(["near", "near"]);
      expect(exits(4.2), JSON.stringify(leave)).toEqual(["near", "near"]);
      expect(exits(5.5), JSON.stringify(leave)).toEqual(["near", "far"]);
      expect(exits(50), JSON.stringify(leave)).toEqual(["near", "far"]);
    }
  });

  it("end at an exit from everywhere, on random floors", () => {
    const plan: Plan = {
      rooms: [
        { id: "a", ring: box(0, 0, 12, 10) },
        { id: "b", ring: box(12, 0, 24, 10) },
      ],
      doors: [
        door("d1", [12, 1], [12, 2.2]),
        door("d2", [12, 7], [12, 8.2]),
        door("end", [24, 4], [24, 6]),
        door("other", [0, 8], [0, 9]),
      ],
      fixtures: [{ id: "f", ring: box(4, 3, 8, 5) }],
    };
    const file = {
      people: ["a", "b"].map((room) => ({
        name: room,
        count: 12,
        start: { in: room },
        journey: [{ leave: { by: ["end", "other"] } }],
      })),
    };
    for (let k = 0; k < 6; k++) {
      const random = stream(k, "floor");
      let changed = 0;
      const { leftAt } = runWith(plan, file, 120, (air, { world, freeFields, waysRound, time }) => {
        if (waysRound) changed = Math.max(changed, differing(freeFields[0]!, waysRound.fields[0]![0]));
        // Smoke grows: three floors, one worse than the other.
        if (time > 8 || Math.round(time * 10) % 40 !== 0) return;
        const [px, py, radius, factor] = [24 * random.next(), 10 * random.next(), 2 + 3 * random.next(), 2 + 30 * random.next()];
        world.nodeX.forEach((x, n) => {
          if (Math.hypot(x - px, world.nodeY[n]! - py) < radius) air.slowness[0]![n] = factor;
        });
        air.version++;
        air.wayOf.fill(1);
      });
      expect(leftAt.size, `floor ${k}`).toBe(24);
      expect(changed, `floor ${k}`).toBeGreaterThan(0);
    }
  });
});

/** Nodes at which two fields lead elsewhere. */
function differing(free: Field, other: Field | undefined): number {
  let count = 0;
  if (other) for (let n = 0; n < free.time.length; n++) if (free.flow[4 * n] !== other.flow[4 * n]) count++;
  return count;
}

describe("company on slow floor", () => {
  it("stops for those behind, but not in smoke or heat", () => {
    const plan: Plan = {
      rooms: [{ id: "c", ring: box(0, 0, 40, 3) }],
      doors: [door("end", [40, 0.5], [40, 2.5])],
    };
    const one = (name: string, speed: number, x: number) => ({
      name,
      agents: [{ at: [x, 1.5], speed_m_s: speed, radius_m: 0.2 }],
      social_groups: { sizes: [2], with: "pair" },
      journey: [{ leave: "end" }],
    });
    const stops = (factor: number): number => {
      let most = 0;
      let stood = 0;
      runWith(plan, { people: [one("fast", 1.4, 14), one("slow", 0.4, 2)] }, 60, (air, { world, agents }) => {
        if (air.version === 0) {
          world.nodeX.forEach((x, n) => {
            air.slowness[0]![n] = x > 12 && x < 30 ? factor : 1;
          });
          air.version++;
          air.wayOf.fill(1);
        }
        const i = agents.slotOf[0]!;
        if (i < 0 || !(agents.now.x[i]! > 12 && agents.now.x[i]! < 29.5)) return;
        stood = agents.now.vx[i]! < 0.05 ? stood + DT : 0;
        most = Math.max(most, stood);
      });
      return most;
    };
    expect(stops(1)).toBeGreaterThan(3);
    expect(stops(5)).toBeLessThan(0.5);
  });
});

describe("falls and alarms at any moment", () => {
  // Two floors with a lift, a desk before its doors, stays and company: everything that people can be doing.
  const levels = ["0", "1"];
  const tower: Plan = {
    levels: levels.map((id, k) => ({ id, ordinal: k, elevation: 4 * k })),
    rooms: [
      ...levels.map((id) => ({ id: `hall-${id}`, ring: box(0, 0, 10, 6), level: id })),
      ...levels.map((id) => ({ id: `car-${id}`, ring: box(10, 2, 12, 4), level: id, category: "elevator" })),
      { id: "back", ring: box(0, 6, 10, 10), level: "1" },
    ],
    doors: [
      ...levels.map((id) => door(`lift-${id}`, [10, 2.5], [10, 3.5], { level: id })),
      door("desk", [4, 6], [6, 6], { level: "1" }),
      door("out", [0, 7], [0, 9], { level: "1" }),
      door("low", [0, 2], [0, 4], { level: "0" }),
    ],
    sections: [{ id: "bar", ring: box(1, 1, 4, 4), level: "0" }],
    lifts: [{ id: "lift", doors: ["lift-0", "lift-1"], cars: ["car-0", "car-1"] }],
  };
  const file = {
    lifts: [{ at: "lift", capacity: 4, speed_m_s: 1, acceleration_m_s2: 0.8, door_open_s: 2, door_close_s: 2, dwell_s: 4 }],
    people: [
      { name: "up", count: 14, start: { in: "hall-0" }, journey: [{ queue: { at: "desk", servers: 2, service_s: 3 } }, { leave: "out" }] }, // biome-ignore format: one line each
      { name: "company", count: 6, start: { in: "hall-0" }, social_groups: { sizes: [3] }, pre_movement_s: { uniform: [0, 20] }, journey: [{ stay: { in: "bar", for_s: 15 } }, { leave: { by: ["low", "out"] } }] }, // biome-ignore format: one line each
      { name: "down", count: 6, start: { in: "hall-1" }, journey: [{ leave: "low" }] },
    ],
  };

  it("lose nobody, move nobody who fell, and keep no lane or lift for them", () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = stream(seed, "falls");
      const falls = Array.from({ length: 5 }, () => [random.int(26), 60 * random.next()] as const);
      const alarms = Array.from({ length: 8 }, () => [random.int(26), 60 * random.next()] as const);
      const places = new Map<number, string>();
      const { crowd } = runWith(tower, file, 90, (air, { time, agents, people, fallen, queues, lifts }) => {
        for (const [id, at] of alarms) if (time >= at) air.alarmed[id] = 1;
        for (const [id, at] of falls) if (time >= at && agents.slotOf[id]! >= 0) air.incapacitated[id] = 1;
        for (const { id } of fallen) {
          const i = agents.slotOf[id]!;
          const at = `${agents.now.x[i]} ${agents.now.y[i]}`;
          expect(places.get(id) ?? at).toBe(at);
          places.set(id, at);
          expect(people.doing[id]).toBe(DOING.INCAPACITATED);
          for (const { lanes } of queues)
            for (const { line, serving } of lanes) expect(line.includes(id) || serving === id).toBe(false);
          for (const { rows, leaving } of lifts) expect(leaving.includes(id) || rows.flat(2).includes(id)).toBe(false);
        }
      });
      expect(crowd.fallen.length, `seed ${seed}`).toBeGreaterThan(0);
      expect(crowd.asked).toBe(26);
    }
  });
});
