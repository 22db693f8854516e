/** Coupled runs over random rows of rooms: they end, conserve, stay within bounds, and nobody is lost. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { run } from "../../engine/run/run.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, type Plan, scenarioOf } from "./plan.js";

const STATES = ["open", "closed", "self-closing", "while-people-pass", null] as const;

const room = fc.record({
  length: fc.integer({ min: 3, max: 12 }),
  state: fc.constantFrom(...STATES),
  leak: fc.constantFrom(0, 0.01, 0.5),
  people: fc.integer({ min: 0, max: 8 }),
});

const building = fc.record({
  rooms: fc.array(room, { minLength: 1, maxLength: 4 }),
  burning: fc.nat(3),
  peak_kW: fc.constantFrom(50, 800, 6000),
  growth: fc.constantFrom("slow", "fast", "ultra-fast"),
  fuel: fc.constantFrom("mixed", "polyurethane", "wood", "pvc", "methane"),
  sealed: fc.boolean(),
  fan: fc.option(fc.constantFrom("exhaust", "supply"), { nil: null }),
  sprinkler: fc.boolean(),
  event: fc.boolean(),
  seed: fc.nat(1000),
});

it("end, conserve and stay within bounds", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(building, (given) => {
      let x = 0;
      const plan: Plan & { rooms: Plan["rooms"]; doors: NonNullable<Plan["doors"]> } = { rooms: [], doors: [] };
      for (const [k, { length }] of given.rooms.entries()) {
        plan.rooms.push({ id: `room-${k}`, ring: box(x, 0, x + length, 5) });
        x += length;
        plan.doors.push({ id: `door-${k}`, line: [[x, 2], [x, 3.2]] }); // biome-ignore format: a line
      }
      const layout = layoutOf(plan);
      const last = `door-${given.rooms.length - 1}`;
      const at = `room-${given.burning % given.rooms.length}`;
      const scenario = scenarioOf(layout, {
        duration_s: 45,
        people: given.rooms.flatMap(({ people }, k) =>
          people === 0 ? [] : [{ name: `p${k}`, count: people, start: { in: `room-${k}` }, journey: [{ leave: last }] }],
        ).concat([{ name: "one", count: 1, start: { in: "room-0" }, journey: [{ leave: last }] }]),
        events: given.event ? [{ at_s: 7.3, close: "door-0" }, { at_s: 20, open: "door-0" }] : [],
        fire: {
          fires: [{ at, growth: given.growth, peak_kW: given.peak_kW, fuel: given.fuel, peak_for_s: 10, decay_s: 10 }],
          items: [{ at, size_m: [1, 1, 1], growth: "fast", peak_kW: 300, ignition: "easy" }],
          doors: given.rooms.flatMap(({ state, leak }, k) => (state === null ? [] : [{ at: `door-${k}`, state, leak_m2: leak }])),
          ...(given.sealed ? { leakage: { walls_m2_per_m2: 0, floors_m2_per_m2: 0 } } : {}),
          fans: given.fan === null ? [] : [{ in: at, direction: given.fan, flow_m3_s: 0.5, starts: { at_s: 3 } }],
          sprinklers: given.sprinkler ? [{ at }] : [],
        },
      }); // biome-ignore format: data
      let exchanges = 0;
      const result = run({
        world: compileWorld(layout, scenario),
        layout,
        scenario,
        seed: given.seed,
        sink: {
          start: () => undefined,
          event: () => undefined,
          frame: ({ asked, waiting, count, left }) => expect(asked).toBe(waiting + count + left),
          fire: ({ time, model, status, hrr_W }) => {
            exchanges++;
            const { state, building: made } = model!;
            expect(status!.status).toBe("running");
            expect(state.time_s).toBeCloseTo(time, 9);
            for (const [c, { height_m }] of made.compartments.entries()) {
              expect(state.interface_m[c]).toBeGreaterThanOrEqual(0);
              expect(state.interface_m[c]).toBeLessThanOrEqual(height_m + 1e-9);
            }
            for (const values of [state.temperature_K, state.mass_kg, state.pressure_Pa, state.species_kg, hrr_W])
              for (let k = 0; k < values.length; k++) expect(Number.isFinite(values[k]!)).toBe(true);
            for (const share of state.wallOpen) expect(share >= 0 && share <= 1).toBe(true);
            const { mass, energy, elements } = model!.balance();
            expect(Math.max(Math.abs(mass), ...Object.values(elements).map(Math.abs))).toBeLessThan(1e-10);
            expect(Math.abs(energy)).toBeLessThan(1e-4);
          },
        },
      });
      expect(exchanges).toBeGreaterThanOrEqual(46);
      for (const doses of [result.exposure!.fedAsphyxiant, result.exposure!.fedHeat, result.exposure!.fec])
        for (let k = 0; k < doses.length; k++) expect(doses[k]! >= 0).toBe(true);
    }),
    { numRuns: 6, seed: 7 },
  );
});
