/** People who stay together: pace, waiting, exits, queues, arrivals, and what is reported of them. */
import { describe, expect, it } from "vitest";
import { createRecorder } from "../../engine/measure/recorder.js";
import { run } from "../../engine/run/run.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "./plan.js";
import { walk } from "./walk.js";

/** NIST TN 1822 test 2.9: a room of 8 m x 20 m. */
const room = layoutOf({
  rooms: [{ id: "room", ring: box(0, 0, 8, 20) }],
  doors: [
    { id: "south", line: [[3, 0], [5, 0]] }, // biome-ignore format: one line each
    { id: "north", line: [[3, 20], [5, 20]] }, // biome-ignore format: one line each
  ],
  sections: [
    { id: "g1", ring: box(1, 16, 7, 19.5) },
    { id: "g2", ring: box(1, 8, 7, 12) },
    { id: "middle", ring: box(1, 8, 7, 12) },
  ],
});
const family = (social: object | null) => ({
  name: "family",
  agents: [1.25, 1.25, 1.25, 1.25, 0.5].map((speed_m_s, k) => ({ at: [2 + k, 18], speed_m_s, radius_m: 0.2 })),
  social_groups: social,
  journey: [{ leave: "south" }],
});
const slow = {
  name: "slow",
  agents: Array.from({ length: 10 }, (_, k) => ({
    at: [1.5 + (k % 5), 9 + 2 * Math.floor(k / 5)],
    speed_m_s: 0.2,
    radius_m: 0.2,
  })),
  journey: [{ leave: "south" }],
};
const spread = (walked: ReturnType<typeof walk>, ids: readonly number[]): number => {
  const times = walked.departures.filter((d) => ids.includes(d.id)).map((d) => d.time);
  expect(times).toHaveLength(ids.length);
  return Math.max(...times) - Math.min(...times);
};

describe("social groups", () => {
  it("NIST 2.9, ISO 14: four at 1.25 m/s and one at 0.5 m/s leave within 10 s of each other", () => {
    const people = (social: object | null) => scenarioOf(room, { duration_s: 300, people: [family(social), slow] });
    const ids = [0, 1, 2, 3, 4];
    for (const seed of [1, 2, 3]) {
      expect(spread(walk(room, people({ sizes: [5] }), seed), ids)).toBeLessThanOrEqual(10);
      expect(spread(walk(room, people(null), seed), ids)).toBeGreaterThan(10);
    }
  });

  it("are drawn with the shares given, everybody in one of them, and start side by side", () => {
    const hall = layoutOf({
      rooms: [{ id: "hall", ring: box(0, 0, 40, 40) }],
      doors: [{ id: "out", line: [[18, 0], [22, 0]] }], // biome-ignore format: one line
    });
    const scenario = scenarioOf(hall, {
      duration_s: 1,
      people: [
        {
          name: "g",
          count: 400,
          start: { in: "hall" },
          social_groups: { sizes: [1, 2, 4], shares: [0.3, 0.5, 0.2] },
          journey: [{ leave: "out" }],
        },
      ],
    });
    const world = compileWorld(hall, scenario);
    let social: { of: Int32Array; pools: string[] } | null = null;
    const at: [number, number][] = [];
    run({
      world,
      scenario,
      seed: 1,
      sink: {
        start: (info) => {
          social = info.social;
        },
        frame: (f) => {
          if (f.index === 0) for (let k = 0; k < f.count; k++) at[f.id[k]!] = [f.x[k]!, f.y[k]!];
        },
        event: () => undefined,
      },
    });
    const { of, pools } = social! as { of: Int32Array; pools: string[] };
    const sizes = pools.map((_, s) => of.filter((g) => g === s).length);
    const alone = of.filter((g) => g < 0).length;
    const groups = alone + sizes.length;
    expect(alone + sizes.reduce((a, b) => a + b, 0)).toBe(400);
    // Four standard deviations of a binomial with about 190 social groups: 4 √(190 · ¼) = 28.
    expect(Math.abs(alone - 0.3 * groups)).toBeLessThan(28);
    expect(Math.abs(sizes.filter((n) => n === 2).length - 0.5 * groups)).toBeLessThan(28);
    for (let s = 0; s < pools.length; s++) {
      const ids = [...of.keys()].filter((id) => of[id] === s);
      for (const id of ids) {
        const [x, y] = at[id]!;
        const others = ids.filter((other) => other !== id).map((other) => Math.hypot(at[other]![0] - x, at[other]![1] - y));
        expect(Math.min(...others)).toBeLessThan(4);
      }
    }
  });

  it("wait for who falls behind, and close up", () => {
    // The slow one starts 12 m further back; the others walk on at the same free speed as the pace at first.
    const corridor = layoutOf({
      rooms: [{ id: "corridor", ring: box(0, 0, 60, 4) }],
      doors: [{ id: "out", line: [[60, 1], [60, 3]] }], // biome-ignore format: one line
    });
    const scenario = scenarioOf(corridor, {
      duration_s: 200,
      people: [
        {
          name: "pair",
          agents: [
            { at: [14, 2], speed_m_s: 1, radius_m: 0.2 },
            { at: [2, 2], speed_m_s: 1, radius_m: 0.2 },
          ],
          social_groups: { sizes: [2] },
          journey: [{ leave: "out" }],
        },
      ],
    });
    const walked = walk(corridor, scenario);
    const apart = walked.frames.filter((f) => f.x.length === 2).map((f) => Math.abs(f.x[0]! - f.x[1]!));
    expect(apart[0]).toBeCloseTo(12, 1);
    expect(apart.at(-1)).toBeLessThan(5);
    expect(spread(walked, [0, 1])).toBeLessThan(5);
  });

  it("do not walk off from a member whom a stranger holds up, wherever that happens", () => {
    // In a lane that nobody can overtake in, a stranger of 0.3 m/s walks between the two.
    for (const length of [16, 17, 18, 19, 20]) {
      const lane = layoutOf({
        rooms: [{ id: "lane", ring: box(0, 0, length, 0.7) }],
        doors: [{ id: "out", line: [[length, 0], [length, 0.7]] }], // biome-ignore format: one line
      });
      const pair = [6, 4].map((x) => ({ at: [x, 0.35], speed_m_s: 1, radius_m: 0.2 }));
      const stranger = { at: [5, 0.35], speed_m_s: 0.3, radius_m: 0.2 };
      const apart = (social: object | null): number =>
        spread(
          walk(
            lane,
            scenarioOf(lane, {
              duration_s: 120,
              people: [
                { name: "pair", agents: pair, social_groups: social, journey: [{ leave: "out" }] },
                { name: "stranger", agents: [stranger], journey: [{ leave: "out" }] },
              ],
            }),
          ),
          [0, 1],
        );
      expect(apart({ sizes: [2] }), `${length} m`).toBeLessThan(10);
      expect(apart(null), `${length} m alone`).toBeGreaterThan(20);
    }
  });

  it("never block for ever: who cannot come is waited for, then the others go", () => {
    const cell = layoutOf({
      rooms: [
        { id: "hall", ring: box(0, 0, 20, 6) },
        { id: "cell", ring: box(-4, 0, 0, 6) },
      ],
      doors: [
        { id: "hatch", line: [[0, 2], [0, 4]] }, // biome-ignore format: one line each
        { id: "out", line: [[20, 2], [20, 4]] }, // biome-ignore format: one line each
      ],
    });
    const scenario = scenarioOf(cell, {
      duration_s: 200,
      people: [
        {
          name: "pair",
          agents: [
            { at: [4, 3], speed_m_s: 1, radius_m: 0.2 },
            { at: [-2, 3], speed_m_s: 1, radius_m: 0.2 },
          ],
          social_groups: { sizes: [2] },
          journey: [{ leave: "out" }],
        },
      ],
      events: [{ at_s: 0.5, close: "hatch" }],
    });
    const { result, departures } = walk(cell, scenario);
    expect(result).toMatchObject({ left: 1, inside: 1 });
    expect(departures[0]!.id).toBe(0);
    expect(departures[0]!.time).toBeLessThan(120);
  });

  it("take one exit, also where it is further for some", () => {
    const pairs = { sizes: [2, 3], shares: [0.5, 0.5] };
    const scenario = scenarioOf(room, {
      duration_s: 200,
      people: [{ name: "g", count: 40, start: { in: "middle" }, social_groups: pairs, journey: [{ leave: ["south", "north"] }] }],
    });
    const world = compileWorld(room, scenario);
    let of: Int32Array = new Int32Array(0);
    const exits = new Map<number, Set<number>>();
    run({
      world,
      scenario,
      seed: 1,
      sink: {
        start: (info) => {
          of = info.social!.of;
        },
        frame: (f) => {
          for (const d of f.departures) exits.set(of[d.id]!, (exits.get(of[d.id]!) ?? new Set()).add(d.exit));
        },
        event: () => undefined,
      },
    });
    exits.delete(-1);
    expect(exits.size).toBeGreaterThan(10);
    for (const taken of exits.values()) expect(taken.size).toBe(1);
    expect(new Set([...exits.values()].flatMap((taken) => [...taken])).size).toBe(2);
  });

  it("queue in one lane, and go on together when they have been served", () => {
    const gates = layoutOf({
      rooms: [
        { id: "before", ring: box(0, 0, 20, 10) },
        { id: "after", ring: box(20, 0, 40, 10) },
      ],
      doors: [
        { id: "gate", line: [[20, 3], [20, 7]] }, // biome-ignore format: one line each
        { id: "out", line: [[40, 3], [40, 7]] }, // biome-ignore format: one line each
      ],
      sections: [{ id: "far", ring: box(0, 0, 8, 10) }],
    });
    const scenario = scenarioOf(gates, {
      duration_s: 400,
      people: [
        {
          name: "pairs",
          count: 16,
          start: { in: "far" },
          social_groups: { sizes: [2] },
          journey: [{ queue: { at: "gate", servers: 2, service_s: 5 } }, { leave: "out" }],
        },
      ],
    });
    const walked = walk(gates, scenario);
    expect(walked.result).toMatchObject({ status: "finished", left: 16 });
    // Two lanes of a gate from y = 3 to 7: one below and one above 5. The first spot is 0.35 m before the line.
    const lane = Array.from({ length: 16 }, (_, id) => {
      const served = walked.frames.flatMap((f) => {
        const k = f.id.indexOf(id);
        return k >= 0 && Math.abs(f.x[k]! - 19.65) < 0.3 ? [f.y[k]! > 5] : [];
      });
      return served[0]!;
    });
    for (let id = 0; id < 16; id += 2) {
      expect(lane[id]).toBe(lane[id + 1]);
      expect(spread(walked, [id, id + 1])).toBeLessThan(7);
    }
    expect(new Set(lane).size).toBe(2);
  });

  it("get through a door in a crowd, with the same bytes again", () => {
    const scenario = scenarioOf(room, {
      duration_s: 300,
      people: [
        { name: "g", count: 90, start: { in: "room" }, social_groups: { sizes: [2, 3, 4] }, journey: [{ leave: "south" }] },
        { name: "alone", count: 30, start: { in: "room" }, journey: [{ leave: "south" }] },
      ],
    });
    const walked = walk(room, scenario);
    expect(walked.result).toMatchObject({ status: "finished", left: 120, stuck: [] });
    expect(walked.result.minCoreGap_m).toBeGreaterThan(-1e-4);
    expect(walk(room, scenario).hash).toBe(walked.hash);
  });

  it("arrive together and are reported", () => {
    const street = layoutOf({
      rooms: [{ id: "street", ring: box(0, 0, 30, 20) }],
      doors: [
        { id: "gate", line: [[0, 8], [0, 12]] }, // biome-ignore format: one line each
        { id: "home", line: [[30, 8], [30, 12]] }, // biome-ignore format: one line each
      ],
    });
    const scenario = scenarioOf(street, {
      duration_s: 400,
      people: [
        {
          name: "families",
          population: { mix: { adults: 0.5, children: 0.5 } },
          arrivals: { at: "gate", intervals: [{ from_s: 0, to_s: 120, count: 60 }] },
          social_groups: { sizes: [3] },
          journey: [{ leave: "home" }],
        },
      ],
    });
    const world = compileWorld(street, scenario);
    const seen = new Map<number, number>();
    let of: Int32Array = new Int32Array(0);
    let recorder: ReturnType<typeof createRecorder> | null = null;
    const result = run({
      world,
      scenario,
      seed: 1,
      sink: {
        start: (info) => {
          of = info.social!.of;
          recorder = createRecorder({ layout: street, scenario, info });
        },
        frame: (f) => {
          recorder!.frame(f);
          for (let k = 0; k < f.count; k++) if (!seen.has(f.id[k]!)) seen.set(f.id[k]!, f.time);
        },
        event: () => undefined,
      },
    });
    expect(result).toMatchObject({ status: "finished", left: 60 });
    for (const social of new Set(of)) {
      const times = [...of.keys()].filter((id) => of[id] === social).map((id) => seen.get(id)!);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(2);
    }
    const [families] = recorder!.finish(result).measures.social_groups;
    expect(families).toMatchObject({ group: "families", count: 20, people: 60, left_whole: 20 });
    expect(families!.exit_spread_s!.max).toBeLessThan(15);
    expect(families!.exit_spread_s!.mean).toBeLessThanOrEqual(families!.exit_spread_s!.p95);
    expect(families!.largest_distance_m!.max).toBeLessThan(12);
  });
});
