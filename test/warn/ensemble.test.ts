import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../engine/scenario/scenario.js";
import { bandOf, middle, quantile } from "../../engine/warn/bands.js";
import { joinRuns } from "../../engine/warn/ensemble.js";
import { printResult } from "../../engine/warn/print.js";
import { riskGeoJson } from "../../engine/warn/risk/geojson.js";
import { riskOf } from "../../engine/warn/risk/matrix.js";
import { frameOf } from "../measure/sample.js";
import { crowd, hall, reportOf } from "./sample.js";

const run = (seed: number, people: number, from: number) =>
  reportOf(
    hall(),
    seed,
    Array.from({ length: 120 }, (_, k) => frameOf(k, k, crowd(k >= from && k < from + 60 ? people : 5), { asked: people })),
  );

describe("quantiles", () => {
  it("interpolate between order statistics (rule 7)", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0.95)).toBeCloseTo(3.85, 12);
    expect(bandOf([7])).toEqual({ p5: 7, p50: 7, p95: 7 });
  });

  it("are open where too few runs reached the value", () => {
    expect(bandOf([1, 2, 3, null])).toEqual({ p5: expect.closeTo(1.15, 9), p50: 2.5, p95: null });
    expect(quantile([1, null], 0.5)).toBeNull();
    expect(quantile([1, null, null], 0)).toBe(1);
    expect(bandOf([])).toEqual({ p5: null, p50: null, p95: null });
  });

  it("rise with p, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 20 }),
        (values) => {
          const open = Number.POSITIVE_INFINITY;
          const all = [0, 0.05, 0.3, 0.5, 0.95, 1].map((p) => quantile(values, p) ?? open);
          all.slice(1).forEach((value, k) => {
            expect(value).toBeGreaterThanOrEqual(all[k]!);
          });
          expect(bandOf([...values].reverse())).toEqual(bandOf(values));
        },
      ),
    );
  });

  it("have a run in their middle", () => {
    expect(middle([3, 1, 2, 4], (x) => x)).toBe(2);
  });
});

describe("an ensemble", () => {
  const of = hall();
  // 3.5, 4.5, 4.5 and 5.5 persons/m2 in the front, at different times.
  const runs = [run(1, 70, 10), run(2, 90, 20), run(3, 90, 30), run(4, 110, 40)];
  const report = joinRuns({ ...of, runs, failed: [] });

  it("gives each warning at the level that half of the runs reached, with its probability and spread", () => {
    expect(report.warnings).toHaveLength(1);
    expect(report.warnings[0]).toMatchObject({
      place: "front",
      level: "orange",
      runs: 4,
      runs_at_level: 3,
      probability: 0.75,
      probability_by_level: { yellow: 1, orange: 0.75, red: 0.25 },
      onset_s: { p5: 21, p50: 30, p95: 39 },
      start_s: 30,
      end_s: 90,
      peak: { median: 4.5 },
      limit: 4,
    });
    expect(report.warnings[0]!.advice).not.toBe("");
  });

  it("gives the highest level at all where no level is reached in half of the runs", () => {
    const calm = [run(5, 10, 0), run(6, 10, 0)];
    const rare = joinRuns({ ...of, runs: [runs[3]!, ...calm], failed: [] });
    expect(rare.warnings[0]).toMatchObject({ level: "red", runs_at_level: 1, runs: 3 });
  });

  it("does not depend on the order of its runs", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), (order) => {
        const shuffled = joinRuns({ ...of, runs: order.map((k) => runs[k]!), failed: [] });
        expect(JSON.stringify(shuffled)).toBe(JSON.stringify(report));
      }),
      { numRuns: 12 },
    );
  });

  it("of one run has bands without width and that run's own measures", () => {
    const one = joinRuns({ ...of, runs: [runs[1]!], failed: [{ seed: 9, code: "RUN_FAILED", message: "no" }] });
    expect(one.sections[0]!.peak_density).toEqual({ p5: 4.5, p50: 4.5, p95: 4.5 });
    expect(one.sections[0]!.median).toEqual(runs[1]!.measures.sections[0]);
    expect(one.warnings[0]).toMatchObject({ level: "orange", probability: 1, start_s: 20 });
    expect(one.failed).toHaveLength(1);
  });

  it("without runs is empty, and can be printed", () => {
    const none = joinRuns({ ...of, runs: [], failed: [{ seed: 1, code: "RUN_FAILED", message: "no reason" }] });
    expect(none).toMatchObject({ runs: [], warnings: [], risk: [], maps: [], hand: [], asked: 0 });
    expect(printResult({ ...of, report: none, runs: [] })).toContain("seed 1: RUN_FAILED no reason");
  });

  it("joins maps: mean of the means, largest of the peaks", () => {
    const k = report.maps[0]!.peak.indexOf(Math.max(...report.maps[0]!.peak.filter((v) => !Number.isNaN(v))));
    const each = runs.map(({ maps }) => maps[0]!);
    expect(report.maps[0]!.peak[k]).toBe(Math.max(...each.map(({ peak }) => peak[k]!)));
    expect(report.maps[0]!.mean[k]).toBeCloseTo(each.reduce((sum, { mean }) => sum + mean[k]!, 0) / 4, 5);
  });

  it("prints warnings first, with clock times, probability, cause and advice", () => {
    const text = printResult({ ...of, report, runs });
    const lines = text.split("\n");
    expect(lines[0]).toBe("room · 90 people · 4 runs");
    expect(lines[2]).toMatch(/^ {2}ORANGE +front +21:01–21:02 +peak 4\.5 persons\/m² \(P95 5\.4\) +in 3 of 4 runs$/);
    expect(lines[3]).toMatch(/^ {10}inflow \d+ \/min \(all newly arrived all\) against outflow 0 \/min; the crowd stands/);
    expect(lines[4]).toMatch(/^ {10}→ hold the inflow from newly arriving all/);
    expect(text).toContain("nobody left");
    expect(text).not.toContain("\u001b");
    expect(printResult({ ...of, report, runs, color: true })).toContain("\u001b[");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
  });
});

describe("the risk map", () => {
  const matrix = hall().scenario.risk;

  it("never gets lower with likelihood or consequence", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const people = fc.double({ min: 0, max: 2000, noNaN: true });
    fc.assert(
      fc.property(share, share, people, people, (s, t, p, q) => {
        const low = riskOf(matrix, Math.min(s, t), Math.min(p, q));
        const high = riskOf(matrix, Math.max(s, t), Math.max(p, q));
        expect(LEVELS.indexOf(high.color)).toBeGreaterThanOrEqual(LEVELS.indexOf(low.color));
      }),
    );
    expect(riskOf(matrix, 0.5, 1000)).toEqual({ likelihood: 5, consequence: 5, color: "red" });
    expect(riskOf(matrix, 1 / 20, 30)).toEqual({ likelihood: 3, consequence: 2, color: "blue" });
    expect(riskOf(matrix, 0, 0)).toEqual({ likelihood: 1, consequence: 1, color: "blue" });
  });

  const of = hall({ risk: { density_limit: 4, consequence_people: [10, 20, 30, 60] } });
  // All in one square metre of the front: ids fill one cell.
  const packed = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ id, x: 1.1 + (id % 8) / 10, y: 1.1 + (id % 7) / 10 }));
  const packedRun = (seed: number, count: number) =>
    reportOf(
      of,
      seed,
      Array.from({ length: 30 }, (_, k) => frameOf(k, k, packed(count))),
    );
  const report = joinRuns({ ...of, runs: [packedRun(1, 40), packedRun(2, 20), packedRun(3, 3), packedRun(4, 3)], failed: [] });

  it("counts runs above the limit and people exposed, per section and per cell", () => {
    const front = report.risk.find(({ id }) => id === "front")!;
    expect(front).toMatchObject({
      kind: "section",
      share_of_runs: 0.5,
      people_exposed: 15,
      likelihood: 5,
      consequence: 2,
      color: "yellow",
      peak_density: 40,
    });
    expect(front.cause).toContain("4 persons/m² reached in 2 of 4 runs, up to 40 at 21:00");
    const cell = report.risk.find(({ kind }) => kind === "cell")!;
    expect(cell.ring).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ]);
    expect(cell).toMatchObject({ color: "yellow", people_exposed: 15 });
    // The back was empty.
    expect(report.risk.find(({ id }) => id === "back")).toMatchObject({ color: "blue", share_of_runs: 0, people_exposed: 0 });
  });

  it("is GeoJSON; metres are named as such", () => {
    const map = riskGeoJson(of.layout, report.risk) as { features: { geometry: { coordinates: number[][][] } }[] };
    expect(map).toMatchObject({ type: "FeatureCollection", crs: null, "muster.coordinates": "metres" });
    expect(map.features).toHaveLength(report.risk.length);
    for (const { geometry } of map.features) expect(geometry.coordinates[0]!.at(-1)).toEqual(geometry.coordinates[0]![0]);
    const placed = { ...of.layout, frame: { kind: "lonlat", lon: 11.58, lat: 48.16 } as const };
    const degrees = riskGeoJson(placed, report.risk) as typeof map;
    expect(degrees).toMatchObject({ "muster.coordinates": "lonlat" });
    expect("crs" in degrees).toBe(false);
    for (const { geometry } of degrees.features)
      for (const [lon, lat] of geometry.coordinates[0]!) {
        expect(Math.abs(lon! - 11.58)).toBeLessThan(0.01);
        expect(Math.abs(lat! - 48.16)).toBeLessThan(0.01);
      }
  });
});

describe("people who are stuck", () => {
  it("are named by crowd, with place and since when", () => {
    const of = hall();
    const still = run(1, 70, 10);
    const person = (id: number, wants: string, since_s: number) => ({
      id,
      group: "all",
      level: "0",
      x: 1.5,
      y: 2,
      since_s,
      wants,
    });
    const stuck = [person(3, "exit", 60), person(4, "exit", 30), person(5, "back", 90)];
    const runs = [{ ...still, result: { ...still.result, stuck } }];
    const text = printResult({ ...of, report: joinRuns({ ...of, runs, failed: [] }), runs }).replace(/\s+/g, " ");
    expect(text).toContain(
      "up to 3 stuck; 2 people on 0 on the way to exit, first all 4 at (1.50, 2.00) since 21:01; all 5 on 0 on the way to back at (1.50, 2.00) since 21:02 (seed 1)",
    );
  });
});
