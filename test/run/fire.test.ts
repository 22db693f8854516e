/** Fire and crowd in one run: conservation, doors that act back, smoke that slows, the alarm, and the same bytes for any number of workers. */
import { describe, expect, it } from "vitest";
import { SPECIES } from "../../engine/fire/zone/zone-model.js";
import type { FireNow } from "../../engine/run/fire-records.js";
import type { RunEvent, RunInfo, RunResult } from "../../engine/run/records.js";
import { run } from "../../engine/run/run.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "./plan.js";

/** A room with a door to a corridor that leads out. */
const plan = layoutOf({
  rooms: [
    { id: "room", ring: box(0, 0, 8, 6) },
    { id: "corridor", ring: box(8, 2, 26, 4.5) },
  ],
  doors: [
    { id: "door", line: [[8, 2.8], [8, 3.8]] },
    { id: "out", line: [[26, 2.5], [26, 4]] },
  ], // biome-ignore format: a plan
});

const FIRE = { name: "sofa", at: [2, 5], growth: "fast", peak_kW: 1000, fuel: "polyurethane" };
const PEOPLE = { name: "p", count: 40, start: { in: "room" }, journey: [{ leave: { by: ["out"] } }] };

interface Seen {
  result: RunResult;
  events: RunEvent[];
  info: RunInfo | null;
  /** At each exchange. */
  times: number[];
  alone: boolean[];
  /** Upper layer of the corridor, K; its lower border, m; soot in it, kg; open share of the door. */
  corridor_K: number[];
  layer_m: number[];
  soot_kg: number[];
  open: number[];
  balance: { mass: number; energy: number; elements: number } | null;
  left: number[];
}

function burn(file: Record<string, unknown>, seed = 1, layout = plan): Seen {
  const scenario = scenarioOf(layout, { duration_s: 120, people: [PEOPLE], ...file });
  const seen: Seen = { result: null as unknown as RunResult, events: [], info: null, times: [], alone: [], corridor_K: [], layer_m: [], soot_kg: [], open: [], balance: null, left: [] }; // biome-ignore format: filled below
  seen.result = run({
    world: compileWorld(layout, scenario),
    layout,
    scenario,
    seed,
    sink: {
      start: (info) => {
        seen.info = info;
      },
      frame: (frame) => {
        seen.left.push(frame.left);
      },
      event: (event) => seen.events.push(event),
      fire: ({ time, model, alone }: FireNow) => {
        seen.times.push(time);
        seen.alone.push(alone);
        if (!model) return;
        const { state, building } = model;
        const corridor = building.compartments.findIndex(({ id }) => id === "corridor");
        const soot = SPECIES.indexOf("soot");
        seen.corridor_K.push(state.temperature_K[2 * corridor]!);
        seen.layer_m.push(state.interface_m[corridor]!);
        seen.soot_kg.push(
          state.species_kg[2 * corridor * state.stride + soot]! + state.species_kg[(2 * corridor + 1) * state.stride + soot]!,
        );
        seen.open.push(state.wallOpen[building.wallVents.findIndex(({ id }) => id === "door")]!);
        const { mass, energy, elements } = model.balance();
        seen.balance = { mass, energy, elements: Math.max(...Object.values(elements)) };
      },
    },
  });
  return seen;
}

describe("a fire beside a crowd", () => {
  const burnt = burn({ fire: { fires: [FIRE] } });

  it("is told of by compartments, at every exchange from the start to the end", () => {
    expect(burnt.info?.fire).toMatchObject({ source: "zone model", ignition_s: 0, fires: ["sofa"] });
    expect(burnt.info?.fire?.compartments.map(({ id, units }) => [id, units])).toEqual([
      ["room", ["room"]],
      ["corridor", ["corridor"]],
    ]);
    expect(burnt.times[0]).toBe(0);
    // The crowd has left before the scenario's end; the fire goes on alone to it.
    const { simulated_s } = burnt.result;
    expect(simulated_s).toBeLessThan(119);
    expect(burnt.times.filter((time) => Number.isInteger(Number(time.toFixed(9))))).toHaveLength(121);
    expect(burnt.times.at(-1)).toBe(120);
    for (const [k, time] of burnt.times.entries()) expect(burnt.alone[k]).toBe(time > simulated_s + 1e-9);
  });

  it("conserves mass, elements and energy while doors move with the people", () => {
    const moving = burn({ fire: { fires: [FIRE], doors: [{ at: "door", state: "self-closing" }, { at: "out", state: "while-people-pass" }] } }); // biome-ignore format: one line
    for (const { balance } of [burnt, moving]) {
      expect(Math.abs(balance!.mass)).toBeLessThan(1e-10);
      expect(Math.abs(balance!.elements)).toBeLessThan(1e-10);
      expect(Math.abs(balance!.energy)).toBeLessThan(1e-4);
    }
    expect(new Set(moving.open.map((share) => share.toFixed(3))).size).toBeGreaterThan(3);
  });

  it("gives the same run again", () => {
    const again = burn({ fire: { fires: [FIRE] } });
    expect(again.corridor_K).toEqual(burnt.corridor_K);
    expect(again.left).toEqual(burnt.left);
    expect(again.result).toEqual(burnt.result);
  });
});

describe("doors", () => {
  const STILL = { name: "p", count: 1, start: { in: "corridor" }, pre_movement_s: 3600 };
  const at = (seen: Seen, time: number): number => seen.times.findIndex((t) => t >= time - 1e-9);

  it("a closed door keeps the fire out of the corridor; an open one lets it in within two minutes", () => {
    const people = [STILL];
    const cue = { people: { cue: false, incapacitate: false } };
    const shut = burn({ people, fire: { fires: [FIRE], doors: [{ at: "door", state: "closed" }], ...cue } });
    const open = burn({ people, fire: { fires: [FIRE], ...cue } });
    expect(open.layer_m[at(open, 120)]!).toBeLessThan(2);
    expect(shut.layer_m[at(shut, 120)]!).toBeGreaterThan(2.7);
    expect(shut.soot_kg[at(shut, 120)]!).toBeLessThan(0.2 * open.soot_kg[at(open, 120)]!);
  });

  it("a self-closing door that people stream through lets more smoke out than one that nobody opens", () => {
    const doors = [{ at: "door", state: "self-closing" }];
    const late = { ...PEOPLE, pre_movement_s: 60 };
    const fire = { fires: [FIRE], doors, people: { cue: false, speed_law: "none", incapacitate: false, avoid: false } };
    const many = burn({ people: [late], fire });
    const none = burn({ people: [STILL], fire });
    expect(many.soot_kg[at(many, 55)]).toBeCloseTo(none.soot_kg[at(none, 55)]!, 9);
    expect(Math.max(...many.open)).toBeGreaterThan(0.99);
    expect(Math.max(...none.open)).toBeLessThan(0.01);
    expect(many.soot_kg[at(many, 100)]!).toBeGreaterThan(2 * none.soot_kg[at(none, 100)]!);
  });

  it("an event that shuts a door shuts its vent", () => {
    const shut = burn({
      people: [STILL],
      events: [{ at_s: 20, close: "door" }],
      fire: { fires: [FIRE], people: { cue: false } },
    });
    expect(shut.open[at(shut, 20)]).toBe(1);
    expect(shut.open[at(shut, 22)]).toBeLessThan(0.01);
  });
});

describe("people", () => {
  it("walk slower in smoke", () => {
    const air = (extinction_1_m: number) => ({
      fire: { air: [{ in: "all", extinction_1_m }], people: { speed_law: "frantzich-nilsson", cue: false, avoid: false } },
    });
    const one = { ...PEOPLE, count: 1, population: { name: "own", speed_m_s: 1.2, radius_m: 0.2, source: "test" } };
    const clear = burn({ people: [one], ...air(0) });
    const smoky = burn({ people: [one], ...air(5) });
    expect(clear.result.status).toBe("finished");
    expect(smoky.result.simulated_s).toBeGreaterThan(1.4 * clear.result.simulated_s);
  });

  it("wait for the alarm, then take their pre-movement time; a detector raises it", () => {
    const quiet = { people: { cue: false, avoid: false, incapacitate: false } };
    const late = { ...PEOPLE, count: 5, pre_movement_s: 10 };
    const told = burn({ people: [late], fire: { air: [{ in: "all" }], alarm: { at_s: 30, delay_s: 5 }, ...quiet } });
    const first = told.left.findIndex((left) => left > 0);
    expect(first).toBeGreaterThan(45);
    expect(first).toBeLessThan(75);
    expect(told.events).toContainEqual({ time: 35, what: "the alarm sounds" });
    const detected = burn({ people: [late], fire: { fires: [FIRE], detectors: [{ at: "room", kind: "heat" }], ...quiet } });
    const acts = detected.events.find(({ what }) => what === "detector detector 1 acts");
    expect(acts!.time).toBeGreaterThan(5);
    const goes = detected.left.findIndex((left) => left > 0);
    expect(goes).toBeGreaterThan(acts!.time + 10);
  });

  it("never hear an alarm that nobody raises", () => {
    const told = burn({ duration_s: 60, people: [PEOPLE], fire: { air: [{ in: "all" }], alarm: {} } });
    expect(told.result.left).toBe(0);
  });
});

describe("stairs", () => {
  it("lead smoke from floor to floor, and a shut door at their foot keeps it down", () => {
    const house = layoutOf({
      levels: [
        { id: "0", ordinal: 0, elevation: 0 },
        { id: "1", ordinal: 1, elevation: 3.5 },
      ],
      rooms: [
        { id: "corridor", ring: box(0, 0, 16, 4) },
        { id: "flight", ring: box(16, 0, 21, 2), category: "stairs" },
        { id: "landing", ring: box(21, 0, 25, 4), level: "1" },
      ],
      doors: [
        { id: "exit", line: [[0, 1], [0, 2]] },
        { id: "foot", line: [[16, 0.2], [16, 1.8]] },
        { id: "head", line: [[21, 0.2], [21, 1.8]], level: "1" },
      ], // biome-ignore format: a plan
      stairs: [{ id: "stairs", from: "foot", flight: "flight", to: "head", rise: 3.5 }],
    });
    const sootAbove = (doors: Record<string, unknown>[]): number => {
      let soot = 0;
      const scenario = scenarioOf(house, {
        duration_s: 120,
        people: [{ name: "p", count: 1, start: { in: "landing" } }],
        fire: { fires: [{ ...FIRE, at: "corridor" }], doors, people: { cue: false, incapacitate: false } },
      });
      run({
        world: compileWorld(house, scenario),
        layout: house,
        scenario,
        seed: 1,
        sink: {
          start: () => undefined,
          frame: () => undefined,
          event: () => undefined,
          fire: ({ model }) => {
            const { state, building } = model!;
            const room = building.compartments.findIndex(({ id }) => id === "landing");
            const at = (layer: number): number => state.species_kg[(2 * room + layer) * state.stride + SPECIES.indexOf("soot")]!;
            soot = at(0) + at(1);
          },
        },
      });
      return soot;
    };
    const open = sootAbove([]);
    expect(open).toBeGreaterThan(1e-3);
    expect(sootAbove([{ at: "foot", state: "closed" }])).toBeLessThan(0.2 * open);
  });
});

describe("a square under the sky", () => {
  it("burns without rooms: a stall ignites the next by its radiation, the third too far off stays", () => {
    const square = layoutOf({
      rooms: [{ id: "square", ring: box(0, 0, 40, 30), sky: true }],
      doors: [{ id: "out", line: [[0, 10], [0, 20]] }], // biome-ignore format: a line
      fixtures: [
        { id: "stall-1", ring: box(20, 20, 23, 22) },
        { id: "stall-2", ring: box(23.5, 20, 26.5, 22) },
        { id: "stall-3", ring: box(36, 2, 39, 4) },
      ],
    });
    const stall = { growth: "fast", peak_kW: 3000, ignition: "easy" };
    const burnt = burn(
      {
        duration_s: 300,
        people: [{ name: "p", count: 20, start: { in: "square" }, journey: [{ leave: "out" }] }],
        fire: {
          items: [
            { ...stall, name: "stalls", of: "obstacle" },
            { ...stall, name: "first", of: "stall-1", ignites_at_s: 5 },
          ],
        },
      },
      1,
      square,
    );
    expect(burnt.info?.fire?.compartments).toEqual([]);
    expect(burnt.info?.fire?.fires).toEqual(["stalls stall-2", "stalls stall-3", "first stall-1"]);
    const caught = burnt.events.filter(({ what }) => what.includes("catches fire"));
    expect(caught.map(({ what }) => what)).toEqual(["first stall-1 catches fire", "stalls stall-2 catches fire (radiation)"]);
    expect(caught[0]!.time).toBe(5);
    expect(burnt.result.left).toBe(20);
  });
});
