import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBarriers, type Panel } from "../../../engine/fire/spread/barriers.js";
import { growthFire, tableFire } from "../../../engine/fire/spread/heat-release.js";
import { criticalRadius, IGNITION, ignitionTime, productOver, timeOfProduct } from "../../../engine/fire/spread/ignition.js";
import { footprintOf, nearestOfFootprint, type SpreadItem } from "../../../engine/fire/spread/items.js";
import { throughLayers } from "../../../engine/fire/spread/sight.js";
import { createFireSpread, type SpreadEvent } from "../../../engine/fire/spread/spread.js";

const yields = { soot: 0.015, carbonDioxide: 1.3, carbonMonoxide: 0.004, hydrogenCyanide: 0, hydrogenChloride: 0 };
const item = (name: string, x: number, y: number, more: Partial<SpreadItem> = {}): SpreadItem => ({
  name,
  place: "hall",
  sheet: 0,
  footprint: { x, y, length_m: 0, width_m: 0, turn_rad: 0 },
  height_m: 0,
  base_m: 0,
  burns: { by: "curve", heat: growthFire({ growth: "fast", peak_W: 2e6 }), hrrPerArea_W_m2: 1e6 },
  heatOfCombustion_J_kg: 18e6,
  yields,
  ignition: IGNITION.normal,
  ...more,
});
const steady = (q: number): SpreadItem["burns"] => ({ by: "curve", heat: tableFire([[0, q]]), hrrPerArea_W_m2: 1e6 });
const ignited = (events: readonly SpreadEvent[]): SpreadEvent[] => events.filter(({ kind }) => kind === "ignited");

describe("items", () => {
  it("catch fire at the closed-form time of their flux-time product under a steady fire, however the run steps", () => {
    const items = [item("burner", 0, 0, { burns: steady(3e6), ignitesAt_s: 0 }), item("chair", 6, 0)];
    const q = createFireSpread({ items });
    q.advance(0);
    const flux = q.radiantFlux(0, 6, 0, 0);
    const ignition = { criticalFlux_W_m2: 1e3, fluxTimeProduct: 1e7, index: 2 };
    const due = ignitionTime(ignition, flux);
    expect(due).toBeGreaterThan(5);
    const light = { ...items[1]!, ignition };
    for (const step of [0.1, 0.7, 1, 1e4]) {
      const run = createFireSpread({ items: [items[0]!, light] });
      const events: SpreadEvent[] = [];
      for (let t = step; t < due + 2 * step; t += step) events.push(...run.advance(t));
      const [first, second] = ignited(events);
      expect(first).toMatchObject({ item: 0, cause: "given", time_s: 0 });
      expect(second).toMatchObject({ item: 1, cause: "radiation" });
      expect(Math.abs(second!.time_s / due - 1)).toBeLessThan(1e-9);
    }
  });

  it("never catch fire beyond the critical radius, and do inside it", () => {
    const source = item("burner", 0, 0, { burns: steady(1e6), ignitesAt_s: 0 });
    // From the foot the source stands at a third of the flame: its height is part of the distance.
    const height = (0.235 * 1000 ** 0.4 - 1.02 * Math.sqrt(4 / Math.PI)) / 3;
    const critical = { criticalFlux_W_m2: 2e3, fluxTimeProduct: 1e7, index: 2 };
    const reach = Math.sqrt(criticalRadius(0.35e6, 2e3) ** 2 - height ** 2);
    expect(reach).toBeGreaterThan(2.5 * Math.sqrt(4 / Math.PI));
    for (const [share, count] of [
      [1.001, 1],
      [0.9, 2],
    ] as const) {
      const run = createFireSpread({ items: [source, item("chair", reach * share, 0, { ignition: critical })] });
      expect(ignited(run.advance(600))).toHaveLength(count);
    }
  });

  it("follow each other in a row, later with distance, and the sum of heat is that of those that burn", () => {
    const burns = { by: "curve" as const, heat: growthFire({ growth: "fast", peak_W: 4e6 }), hrrPerArea_W_m2: 1e6 };
    const row = (gap: number): number[] => {
      const items = Array.from({ length: 5 }, (_, k) =>
        item(`stall ${k}`, k * gap, 0, { height_m: 2, base_m: 1, ignition: IGNITION.plywood, burns }),
      );
      const run = createFireSpread({ items: [{ ...items[0]!, ignitesAt_s: 10 }, ...items.slice(1)] });
      run.advance(1500);
      const times = items.map((_, k) => run.ignitedAt_s(k));
      expect(run.hrr_W("hall")).toBeCloseTo(
        items.reduce((sum, _, k) => sum + run.hrrOf_W(k), 0),
        6,
      );
      return times;
    };
    const [near, far] = [row(0.9), row(1.1)];
    expect(near[0]).toBe(10);
    near.slice(1).forEach((t, k) => {
      expect(t).toBeGreaterThan(near[k]!);
      expect(t).toBeLessThan(1500);
      expect(far[k + 1]).toBeGreaterThan(t);
    });
  });

  it("burn out at the end of their curve, exactly, and not before", () => {
    const burns = { by: "curve" as const, heat: growthFire({ growth: 100, peak_W: 1e5, energy_J: 5e6 }), hrrPerArea_W_m2: 5e5 };
    const run = createFireSpread({ items: [item("bin", 0, 0, { burns, ignitesAt_s: 3.3 })] });
    const events = run.advance(1000);
    expect(events.map(({ kind }) => kind)).toEqual(["ignited", "burnt-out"]);
    expect(events[1]!.time_s).toBeCloseTo(3.3 + burns.heat.end_s, 9);
    expect([run.hrr_W("hall"), run.radiantFlux(0, 1, 0, 1)]).toEqual([0, 0]);
    expect(run.releasedBy_J(0)).toBeCloseTo(5e6, 3);
  });

  it("all burn after flashover of their room, and a hot layer alone ignites in time", () => {
    const items = [item("a", 0, 0), item("b", 30, 0, { place: "other" })];
    const run = createFireSpread({ items });
    expect(run.advance(10, { hall: { upperTemperature_K: 870, floorFlux_W_m2: 15e3 } })).toEqual([]);
    expect(run.advance(11, { hall: { upperTemperature_K: 875, floorFlux_W_m2: 15e3 } })).toMatchObject([
      { kind: "ignited", item: 0, cause: "flashover", time_s: 10 },
    ]);
    const layered = createFireSpread({ items });
    const layer = { upperTemperature_K: 800, floorFlux_W_m2: 19e3, layerFlux_W_m2: 30e3 };
    const [event] = layered.advance(2000, { hall: layer });
    expect(event).toMatchObject({ item: 0, cause: "layer" });
    expect(event!.time_s).toBeCloseTo(ignitionTime(IGNITION.normal, 30e3), 6);
    expect(layered.ignitedAt_s(1)).toBe(Infinity);
  });

  it("shine through smoke by its absorption over the way in each layer", () => {
    expect(throughLayers({ interface_m: 2, upper_1_m: 1, lower_1_m: 0.1 }, 5, 1, 3)).toBeCloseTo(Math.exp(-2.5 * 1.1), 12);
    expect(throughLayers({ interface_m: 2, upper_1_m: 1, lower_1_m: 0 }, 5, 0, 2)).toBe(1);
    expect(throughLayers({ interface_m: 1, upper_1_m: 0.3, lower_1_m: 0 }, 4, 1, 1)).toBeCloseTo(Math.exp(-1.2), 12);
    const target = item("chair", 4, 0, { ignition: { criticalFlux_W_m2: 2e3, fluxTimeProduct: 1e8, index: 2 } });
    const ignitedIn = (upper_1_m: number): [number, number] => {
      const run = createFireSpread({ items: [item("bin", 0, 0, { burns: steady(2e6), ignitesAt_s: 0 }), target] });
      run.setSmoke("hall", { interface_m: 0, upper_1_m, lower_1_m: 0 });
      run.advance(2000);
      return [run.ignitedAt_s(1), run.radiantFlux(0, 4, 0, 1)];
    };
    const [clear, hazy, dense] = [ignitedIn(0), ignitedIn(0.1), ignitedIn(1)];
    expect(hazy[0]).toBeGreaterThan(clear[0]);
    expect(dense[0]).toBe(Infinity);
    expect(hazy[1]).toBeLessThan(clear[1]);
  });

  it("radiate what really burns of them, over the same base, and use up their fuel all the same", () => {
    const run = createFireSpread({ items: [item("bin", 0, 0, { burns: steady(2e6), ignitesAt_s: 0 })] });
    run.advance(1);
    const [far, base] = [run.radiantFlux(0, 20, 0, 0), run.flames[0]!.diameter];
    run.setShare(0, 0.25);
    run.advance(2);
    expect(run.flames[0]!.diameter).toBeCloseTo(base, 9);
    expect(run.flames[0]!.radiated).toBeCloseTo(0.25 * 0.35 * 2e6, 6);
    expect(run.radiantFlux(0, 20, 0, 0) / far).toBeCloseTo(0.25, 2);
    expect(run.releasedBy_J(0)).toBeCloseTo(4e6, 3);
    run.setShare(0, 0);
    run.advance(3);
    expect(run.radiantFlux(0, 1, 0, 1)).toBe(0);
  });

  it("burn as fronts from the side of the fire that lit them", () => {
    const cloth = { flameSpeed_m_s: 0.01, hrrPerArea_W_m2: 3e5, energyPerArea_J_m2: 3e7 };
    const tent = item("tent", 6, 0, {
      footprint: { x: 6, y: 0, length_m: 8, width_m: 4, turn_rad: 0 },
      burns: { by: "front", material: cloth },
      ignition: IGNITION.easy,
    });
    const run = createFireSpread({ items: [item("burner", 0, 0, { burns: steady(3e6), ignitesAt_s: 0 }), tent] });
    run.advance(600);
    const age = run.time_s - run.ignitedAt_s(1);
    expect(age).toBeGreaterThan(100);
    expect(run.flames[1]!.x).toBeLessThan(2 + 0.011 * age);
    run.advance(run.ignitedAt_s(1) + 8.1 / 0.01 + 130 + 100);
    expect(run.releasedBy_J(1)).toBeGreaterThan(0);
    run.advance(5000);
    expect(Math.abs(run.releasedBy_J(1) / (8 * 4 * 3e7) - 1)).toBeLessThan(1e-6);
  });

  it("give the same bytes again", () => {
    const items = Array.from({ length: 12 }, (_, k) =>
      item(`i${k}`, (k % 4) * 1.4, Math.floor(k / 4) * 1.5, {
        footprint: { x: (k % 4) * 1.6, y: Math.floor(k / 4) * 1.7, length_m: 1, width_m: 0.8, turn_rad: 0.1 * k },
        place: "open",
        height_m: 1,
      }),
    );
    const once = (): string => {
      const run = createFireSpread({
        items: [{ ...items[0]!, ignitesAt_s: 0 }, ...items.slice(1)],
        wind: { speed_m_s: 3, from_deg: 250 },
        relativeHumidity: 0.5,
      });
      const events: SpreadEvent[] = [];
      for (let t = 1; t <= 250; t++) events.push(...run.advance(t));
      return JSON.stringify([events, items.map((_, k) => [run.heated(k), run.hrrOf_W(k)]), run.radiantFlux(0, 5, 5, 1.7)]);
    };
    expect(once()).toBe(once());
    expect(once()).toContain("radiation");
  });
});

describe("footprints", () => {
  it("are the least rectangles around outlines, and their nearest points lie on them", () => {
    const place = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(
        place,
        place,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.5, max: 2.9, noNaN: true }),
        (x, y, turn, width) => {
          const [c, s] = [Math.cos(turn), Math.sin(turn)];
          const at = (u: number, v: number): [number, number] => [x + u * c - v * s, y + u * s + v * c];
          // A corner cut off does not change the rectangle.
          const outer = [at(-1.5, -width / 2), at(1.5, -width / 2), at(1.5, width / 4), at(1.2, width / 2), at(-1.5, width / 2)];
          const foot = footprintOf({ outer, holes: [] });
          expect(
            [foot.x, foot.y, foot.length_m, foot.width_m]
              .map((v, k) => v - [x, y, 3, width][k]!)
              .every((d) => Math.abs(d) < 1e-9),
          ).toBe(true);
          const near = new Float64Array(2);
          const [px, py] = at(7, 0.2 * width);
          nearestOfFootprint(foot, px, py, near);
          const [ex, ey] = at(1.5, 0.2 * width);
          expect(Math.hypot(near[0]! - ex, near[1]! - ey)).toBeLessThan(1e-9);
        },
      ),
    );
  });
});

describe("wind", () => {
  it("ignites downwind before upwind", () => {
    const at = (x: number): SpreadItem => item(`at ${x}`, x, 0, { place: "open", height_m: 2 });
    const run = createFireSpread({
      items: [{ ...at(0), burns: steady(3e6), ignitesAt_s: 0 }, at(2.6), at(-2.6)],
      wind: { speed_m_s: 4, from_deg: 270 },
    });
    run.advance(3000);
    expect(run.ignitedAt_s(1)).toBeLessThan(run.ignitedAt_s(2));
  });
});

describe("walls", () => {
  const wall = (x: number, more: Partial<Panel> = {}): Panel => ({ a: [x, -50], b: [x, 50], ...more });

  it("stop all radiation and every ignition behind them, over random plans", () => {
    const place = fc.double({ min: 0.2, max: 6, noNaN: true });
    const y = fc.double({ min: -6, max: 6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, y), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 1e6, max: 2e7, noNaN: true }),
        fc.integer({ min: 0, max: 1 }),
        (points, q, windy) => {
          // Burning items left of the wall at x = 0, others right of it.
          const items = points.flatMap(([x, at], k) => [
            item(`left ${k}`, -x, at, { burns: steady(q), ignitesAt_s: 0, place: "open" }),
            item(`right ${k}`, x, at, { place: "open", height_m: 2 }),
          ]);
          const run = createFireSpread({
            items,
            barriers: createBarriers([[wall(0)]]),
            ...(windy ? { wind: { speed_m_s: 5, from_deg: 270 } } : {}),
          });
          run.advance(600);
          points.forEach(([x, at], k) => {
            expect(run.ignitedAt_s(2 * k + 1)).toBe(Infinity);
            expect(run.radiantFlux(0, x, at, 1.7)).toBe(0);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("let radiation through an open door and not over a shut one; a low wall hides only what is below it", () => {
    const door = [
      { a: [0, -50], b: [0, -0.5] },
      { a: [0, 0.5], b: [0, 50] },
      { a: [0, -0.5], b: [0, 0.5], to_m: 2, opening: "door", open: 0 },
      { a: [0, -0.5], b: [0, 0.5], from_m: 2 },
    ] satisfies Panel[];
    const run = createFireSpread({
      items: [item("fire", -4, 0, { burns: steady(2e6), ignitesAt_s: 0 })],
      barriers: createBarriers([door]),
    });
    run.advance(1);
    expect(run.radiantFlux(0, 4, 0, 1.5)).toBe(0);
    run.setOpening("door", 0.25);
    const part = run.radiantFlux(0, 4, 0, 1.5);
    run.setOpening("door", 1);
    expect(run.radiantFlux(0, 4, 0, 1.5) / part).toBeCloseTo(4, 9);
    expect(run.radiantFlux(0, 4, 6, 1.5)).toBe(0);
    const low = createBarriers([[wall(0, { to_m: 1 })]]);
    expect([low.through(0, -1, 0, 0.5, 1, 0, 0.5), low.through(0, -1, 0, 0.5, 1, 0, 2)]).toEqual([0, 1]);
  });
});

describe("flux-time product under a linear flux", () => {
  it("is the integral of the positive part, and its time is the inverse", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.constantFrom(1, 1.5, 2),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (a, b, n, share) => {
          const span = 0.5;
          const until = span * share;
          const exact = productOver(a, b, span, until, n);
          let sum = 0;
          for (let k = 0; k < 2000; k++)
            sum += Math.max(0, a + ((b - a) * (k + 0.5) * until) / (2000 * span)) ** n * (until / 2000);
          expect(Math.abs(exact - sum)).toBeLessThan(1e-4 * Math.max(1, sum));
          // Beyond the end of the positive part the product stands still and has no one time.
          if (exact > 1e-6 && a + ((b - a) * until) / span > 1e-3)
            expect(Math.abs(timeOfProduct(a, b, span, exact, n) - until)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});
