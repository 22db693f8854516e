/** Named populations and pre-movement presets against published values, drawn as the engine draws them. */
import { describe, expect, it } from "vitest";
import { createPeople } from "../../engine/crowd/people.js";
import { exp, log } from "../../engine/maths.js";
import { stream } from "../../engine/random.js";
import { bounds, lognormalThrough, mean, sample } from "../../engine/scenario/distributions.js";
import { MIXES, POPULATIONS } from "../../engine/scenario/populations.js";
import { PRESETS } from "../../engine/scenario/pre-movement.js";
import { normalCumulative } from "../../engine/scenario/probability.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

const hall = layoutOf({ rooms: [{ id: "hall", ring: box(0, 0, 100, 100) }], doors: [{ id: "d", line: [[100, 40], [100, 60]] }] }); // biome-ignore format: a plan

/** People of a group as a run draws them. */
function drawn(population: string | object, count = 1000, more: object = {}) {
  const scenario = scenarioOf(hall, {
    duration_s: 1,
    people: [{ name: "a", count, start: { in: "hall" }, population, ...more }],
  });
  return { people: createPeople(compileWorld(hall, scenario), 1), scenario };
}

/** Largest difference between the distribution of a sample and F (Kolmogorov 1933). */
function distance(values: ArrayLike<number>, cumulative: (x: number) => number): number {
  const sorted = Array.from(values).sort((a, b) => a - b);
  return sorted.reduce((most, x, k) => {
    const f = cumulative(x);
    return Math.max(most, f - k / sorted.length, (k + 1) / sorted.length - f);
  }, 0);
}
/** Limit of that difference at a level of 1 % for n values. */
const limit = (n: number): number => 1.628 / Math.sqrt(n);
const uniform = (from: number, to: number) => (x: number) => Math.min(1, Math.max(0, (x - from) / (to - from)));

describe("populations", () => {
  it("IMO: level, down and up are uniform in the published ranges, and who is fast is fast on stairs", () => {
    const published: Record<string, [number, number, number, number, number, number]> = {
      "imo-women-under-30": [0.93, 1.55, 0.56, 0.94, 0.47, 0.79],
      "imo-women-over-50-impaired-2": [0.37, 0.61, 0.29, 0.49, 0.23, 0.39],
      "imo-men-30-50": [0.97, 1.62, 0.64, 1.07, 0.47, 0.79],
      "imo-crew-men": [1.11, 1.85, 0.76, 1.26, 0.5, 0.84],
    };
    for (const [name, [a, b, c, d, e, f]] of Object.entries(published)) {
      const { people } = drawn(name);
      expect(distance(people.speed, uniform(a, b))).toBeLessThan(limit(1000));
      expect(distance(people.stairsDown, uniform(c, d))).toBeLessThan(limit(1000));
      expect(distance(people.stairsUp, uniform(e, f))).toBeLessThan(limit(1000));
      const [fast, slow] = people.speed[0]! > people.speed[1]! ? [0, 1] : [1, 0];
      expect(people.stairsUp[fast]!).toBeGreaterThan(people.stairsUp[slow]!);
    }
    const shares = Object.values(MIXES.get("imo-passengers")!);
    expect(shares.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 12);
  });

  it("RiMEA figure 3: means by age lie in the ranges read off the chart, and the spread at 20 to 30 years is about 0.32", () => {
    const chart: [number, number, number][] = [[20, 1.6, 1.64], [30, 1.52, 1.56], [40, 1.46, 1.5], [50, 1.39, 1.43], [60, 1.26, 1.28], [70, 1.06, 1.08]]; // biome-ignore format: a table
    for (const [age, low, high] of chart) {
      const { people } = drawn(`age-${age}`, 4000);
      const average = people.speed.reduce((a, b) => a + b, 0) / 4000;
      expect(average).toBeGreaterThan(low - 0.015);
      expect(average).toBeLessThan(high + 0.015);
      const sd = Math.sqrt(people.speed.reduce((sum, v) => sum + (v - average) ** 2, 0) / 4000);
      if (age <= 30) expect(Math.abs(sd - 0.32)).toBeLessThan(0.03);
      const { normal } = POPULATIONS.get(`age-${age}`)!.speed_m_s as { normal: { mean: number; sd: number } }; // by construction
      expect(distance(people.speed, (x) => (normalCumulative((x - normal.mean) / normal.sd) - 0.00135) / 0.9973)).toBeLessThan(
        limit(4000),
      );
    }
  });

  it("Weidmann: men 1.41 and women 1.27 m/s give all pedestrians 1.34 m/s", () => {
    const average = (name: string): number => mean(POPULATIONS.get(name)!.speed_m_s);
    expect(average("men")).toBeCloseTo(1.41, 2);
    expect(average("women")).toBeCloseTo(1.27, 2);
    expect((average("men") + average("women")) / 2).toBeCloseTo(1.34, 2);
  });

  it("say a source each, and whether it was checked; wheelchairs without help use no stairs", () => {
    for (const { name, source, radius_m, speed_m_s } of POPULATIONS.values()) {
      expect(source, name).toMatch(/verified|second-hand|read in/);
      expect(bounds(radius_m).max, name).toBeLessThanOrEqual(0.5);
      expect(bounds(speed_m_s).min, name).toBeGreaterThan(0);
    }
    const noStairs = [...POPULATIONS.values()].filter((p) => !p.uses_stairs).map((p) => p.name);
    expect(noStairs).toEqual(["wheelchair-electric", "wheelchair-manual"]);
  });

  it("may be mixed with own numbers, an absolute speed on stairs going before a share", () => {
    const own = { like: "imo-men-30-50", stairs_down: 0.5 };
    const { people, scenario } = drawn(own, 10);
    expect(scenario.people[0]!.population.stairs_down_m_s).toBeUndefined();
    expect(people.stairsDown[3]).toBeCloseTo(0.5 * people.speed[3]!, 6);
    expect(people.stairsUp[3]).toBeGreaterThan(0.46);
  });
});

describe("pre-movement presets", () => {
  const times = (preset: string, count = 2000) => {
    const { people, scenario } = drawn("adults", count, { pre_movement_s: { preset } });
    return { values: people.until, group: scenario.people[0]! };
  };
  const weibull = (scale: number, shape: number) => (x: number) => 1 - exp(-exp(shape * log(Math.max(x, 1e-9) / scale)));
  const lognormal =
    (mu: number, sigma: number, from = 0) =>
    (x: number) =>
      x > from ? normalCumulative((log(x - from) - mu) / sigma) : 0;

  it("follow the published distributions", () => {
    expect(distance(times("nist-uniform").values, uniform(10, 100))).toBeLessThan(limit(2000));
    expect(distance(times("nist-weibull").values, weibull(139.285, 1.195))).toBeLessThan(limit(2000));
    expect(distance(times("nist-lognormal").values, lognormal(4.586, 0.967))).toBeLessThan(limit(2000));
    expect(distance(times("residential-good-alarm").values, weibull(102.475, 0.767))).toBeLessThan(limit(2000));
    expect(distance(times("residential-poor-alarm").values, weibull(724.617, 0.978))).toBeLessThan(limit(2000));
    expect(mean(PRESETS.get("nist-gamma")!.distribution)).toBeCloseTo(1.291 * 103.901, 3);
    expect(mean(PRESETS.get("proulx-good-alarm")!.distribution)).toBeCloseTo(169, 6);
  });

  it("IMO's are truncated: the factors of the circular are those of the cut", () => {
    // 1.00808 and 1.01875 norm the published densities: 1 over the share of the lognormal below 300 s.
    expect(1 / lognormal(3.44, 0.94)(300)).toBeCloseTo(1.00808, 4);
    expect(1 / lognormal(3.95, 0.84)(300)).toBeCloseTo(1.01875, 4);
    const night = times("imo-night").values;
    expect(Math.min(...night)).toBeGreaterThan(400);
    expect(Math.max(...night)).toBeLessThan(700);
    expect(distance(night, (x) => 1.01875 * lognormal(3.95, 0.84, 400)(x))).toBeLessThan(limit(2000));
    expect(distance(times("imo-day").values, (x) => 1.00808 * lognormal(3.44, 0.94)(x))).toBeLessThan(limit(2000));
  });

  it("PD 7974-6 pairs: 1 % start before the first time, 1 % after the last", () => {
    const values = Array.from(times("pd7974-b-m1", 20_000).values);
    expect(values.filter((t) => t < 30).length / 20_000).toBeCloseTo(0.01, 2);
    expect(values.filter((t) => t > 150).length / 20_000).toBeCloseTo(0.01, 2);
    const { mean: m, sd } = lognormalThrough(30, 150);
    const sigma = Math.sqrt(log(1 + (sd / m) ** 2));
    expect(sigma).toBeCloseTo((Math.log(150) - Math.log(30)) / 4.653, 4);
  });

  it("keep their source in the complete form, and own pairs p1_p99 work for every time", () => {
    expect(times("nist-gamma", 2).group.pre_movement_source).toMatch(/NIST TN 1822/);
    const { scenario } = drawn("adults", 2, { pre_movement_s: { p1_p99: [20, 200] } });
    expect(scenario.people[0]!.pre_movement_source).toBeNull();
    expect(mean(scenario.people[0]!.pre_movement_s)).toBeCloseTo(lognormalThrough(20, 200).mean, 0);
    expect(() => drawn("adults", 2, { pre_movement_s: { preset: "nist-gama" } })).toThrow(/nist-gamma/);
    expect(() => drawn("adults", 2, { pre_movement_s: { p1_p99: [200, 20] } })).toThrow(/smaller/);
  });

  it("every preset has a source that says how far it was checked", () => {
    for (const [name, { source }] of PRESETS) expect(source, name).toMatch(/second-hand|unverified/);
  });
});

it("a lognormal with an offset has its mean moved by it", () => {
  const free = { lognormal: { mean: 60, sd: 20, min: 0, max: 500 } };
  const moved = { lognormal: { mean: 60, sd: 20, min: 100, max: 600, offset: 100 } };
  expect(mean(moved)).toBeCloseTo(mean(free) + 100, 6);
  const [a, b] = [free, moved].map((d) => sample(d, stream(1, "x", 0)));
  expect(b! - a!).toBeCloseTo(100, 9);
});
