import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { charts } from "../../engine/chart/charts.js";
import { joinRuns } from "../../engine/warn/ensemble.js";
import { joinFire, joinMargins } from "../../engine/warn/fire/join-fire.js";
import { printResult } from "../../engine/warn/print.js";
import { reportHtml } from "../../workers/output/report.js";
import { resultDocument, resultText } from "../../workers/output/result.js";
import { RESULT_SCHEMA } from "../../workers/output/result-schema.js";
import { burningHall, fireRun, type Told } from "./fire-sample.js";

const join = (told: readonly Told[], of = burningHall()) => {
  const runs = told.map((each) => fireRun(each, of));
  return { ...of, runs, report: joinRuns({ ...of, runs, failed: [] }) };
};

describe("warnings of untenable places", () => {
  const level = (out_s: number | null) =>
    fireRun({ seed: 1, smoke_s: 200, out_s }).warnings.map((warning) => `${warning.place} ${warning.level}`);

  test("rise with falling margin; people who have left in good time give none", () => {
    expect(level(79)).toEqual([]); // 121 s
    expect(level(80)).toEqual(["hall blue"]); // 120 s
    expect(level(140)).toEqual(["hall yellow"]);
    expect(level(170)).toEqual(["hall orange"]);
    expect(level(199)).toEqual(["hall orange"]);
    expect(level(200)).toEqual(["hall red"]);
    expect(level(null)).toEqual(["hall red"]);
  });

  test("say when, how long before, why, who is inside and what to do", () => {
    const [warning] = fireRun({ seed: 1, smoke_s: 200, out_s: 210 }).warnings;
    expect(warning).toMatchObject({
      scheme: "tenability",
      start_s: 20, // not before the fire begins, though 300 s before is earlier
      end_s: 210,
      peak: 10,
      limit: -0,
      untenable: { at_s: 200, criterion: "visibility", people: 10 },
    });
    expect(warning!.cause).toBe(
      "untenable in 3 min 00 s, at +3:20 (visibility); 10 people are still inside then, the last leaves 10 s later",
    );
    expect(warning!.advice).toContain("hall");
    expect(fireRun({ seed: 1, smoke_s: 390, out_s: 380, end_s: 400 }).warnings[0]!.start_s).toBe(90);
    expect(fireRun({ seed: 1, smoke_s: 200, out_s: null }).warnings[0]).toMatchObject({ end_s: null, peak: 100 });
  });

  test("limits and lead time are those of the scenario", () => {
    const of = burningHall({
      fire: {
        air: [{ in: "hall", extinction_1_m: 1, from_s: 100 }],
        warnings: { lead_s: 60, margin_s: { blue: 300, yellow: 200, orange: 100, red: 50 } },
      },
    });
    expect(fireRun({ seed: 1, smoke_s: 200, out_s: 160 }, of).warnings[0]).toMatchObject({ level: "red", start_s: 140 });
    // Who has left before the lead time begins needs no warning.
    expect(fireRun({ seed: 1, smoke_s: 200, out_s: 140 }, of).warnings).toEqual([]);
  });

  test("carry their probability over the runs", () => {
    const { report } = join([
      { seed: 1, smoke_s: 200, out_s: 210 },
      { seed: 2, smoke_s: 200, out_s: 190 },
      { seed: 3, smoke_s: 210, out_s: 230 },
      { seed: 4, smoke_s: 200, out_s: 50 },
    ]);
    expect(report.warnings).toHaveLength(1);
    expect(report.warnings[0]).toMatchObject({
      place: "hall",
      level: "red",
      runs_at_level: 2,
      probability: 0.5,
      probability_by_level: { blue: 0.75, yellow: 0.75, orange: 0.75, red: 0.5 },
      untenable: { at_s: 205, lead_s: 185, criterion: "visibility" },
    });
  });
});

describe("joined over the runs", () => {
  test("margins: mean, worst, share of runs below 0, bounds", () => {
    expect(joinMargins([null, null])).toBeNull();
    expect(
      joinMargins([
        { s: 30, bound: "exact" },
        { s: -10, bound: "exact" },
        null,
        { s: 100, bound: "at least" },
        { s: -60, bound: "at most" },
      ]),
    ).toMatchObject({ mean_s: 15, worst_s: -60, negative_share: 0.5, runs: 4, at_least: 1, at_most: 1 });
  });

  test("places, exits and people; a rare loss is not hidden by the quantiles", () => {
    const told = Array.from({ length: 12 }, (_, k): Told => ({ seed: k, smoke_s: k === 0 ? 100 : null, out_s: 120, end_s: 140 }));
    const { report } = join(told);
    const hall = report.fire!.places.find(({ place }) => place === "hall")!;
    expect(hall.aset_s.p5).toBeNull();
    expect(hall).toMatchObject({ untenable_runs: 1, earliest_s: 100, used: true });
    expect(hall.margin).toMatchObject({ worst_s: -20, runs: 12, at_least: 11 });
    expect(hall.rset_s).toEqual({ p5: 120, p50: 120, p95: 120 });
    expect(report.fire!.exits[0]).toMatchObject({ exit: "exit", place: "lobby", last_s: { p50: 130 } });
  });

  test("a place is left when those who came have left it, however few the runs in which anybody came", () => {
    const { runs } = join([1, 2, 3].map((seed) => ({ seed, smoke_s: 100, out_s: 120, end_s: 140 })));
    const onlyFirst = runs.map((run, k) => {
      const { measures, maps } = run.fire!;
      const places = measures.places.map((place) => (k === 0 ? place : { ...place, most_people: 0, rset_s: null, margin: null }));
      return { ...run, fire: { measures: { ...measures, places }, maps } };
    });
    const hall = joinFire(onlyFirst)!.places.find(({ place }) => place === "hall")!;
    expect(hall).toMatchObject({ used: true, rset_s: { p50: 120 }, margin: { runs: 1, at_most: 0 } });
  });

  test("maps hold the worst of the runs", () => {
    const { report } = join([
      { seed: 1, smoke_s: 200, out_s: 210, end_s: 240 },
      { seed: 2, smoke_s: 150, out_s: 210, end_s: 240 },
    ]);
    const map = report.fire!.maps[0]!;
    const cell = 5 * map.nx + 5;
    expect(map.untenable_s[cell]).toBe(150);
    expect(map.visibility_m[cell]).toBe(3);
    expect(map.untenable_s[5 * map.nx + 25]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("shown", () => {
  const fallen = {
    incapacitated: [{ id: 3, group: "all", level: "ground", x: 5, y: 5, time_s: 250, cause: "asphyxiant gases" }],
    exposure: { fedAsphyxiant: [0, 0.2, 0.4, 1.2], fedHeat: [0, 0, 0, 0], fec: [0, 0, 0, 0] },
  };
  const joined = join([
    { seed: 1, smoke_s: 200, out_s: 260, more: fallen },
    { seed: 2, smoke_s: 210, out_s: 230 },
  ]);
  const { layout, scenario, runs, report } = joined;
  const seeds = [1, 2];

  test("the document fits its schema and leaves the maps out; without fire it has no such key", () => {
    const document = JSON.parse(resultText(resultDocument({ layout, scenario, seeds, report, runs, events: [] })));
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(RESULT_SCHEMA);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(document.fire.limits.visibility_m).toBe(10);
    expect(document.fire.maps).toBeUndefined();
    expect(document.fire.fallen[0]).toMatchObject({ seed: 1, id: 3, place: "hall", cause: "asphyxiant gases" });
    const { fire: _, ...calm } = report;
    expect(resultDocument({ layout, scenario, seeds, report: calm, runs: [], events: [] })).not.toHaveProperty("fire");
    delete document.fire.places[0].margin;
    expect(validate(document)).toBe(false);
  });

  test("printed: places, margins, people", () => {
    const text = printResult({ layout, scenario, report, runs }).replace(/\s+/g, " ");
    expect(text).toMatch(/RED +hall untenable/);
    expect(text).toMatch(/fire +up to 3 MW · smoke from zone model/);
    expect(text).toMatch(
      /tenable hall until \+3:25 \(P5–P95 \+3:21–\+3:30\), visibility; last out 40 s too late, worst run 60 s late, too late in 100 % of runs/,
    );
    expect(text).toMatch(/incapacitated \(most in hall, most by asphyxiant gases\)/);
  });

  test("the report has a section with tables, and is as before without fire", () => {
    const input = { layout, scenario, report, charts: [], notes: [], runs };
    const page = reportHtml(input);
    for (const words of [
      "Fire and smoke",
      "Available against required time",
      "−40 s",
      "asphyxiant gases",
      "How sure these figures are",
    ])
      expect(page).toContain(words);
    const { fire: _, ...calm } = report;
    expect(reportHtml({ ...input, report: calm })).not.toContain("Fire and smoke");
  });

  test("a chart sets ASET against RSET; without fire there is none", () => {
    const names = (of: typeof report): string[] => charts({ layout, scenario, report: of }).map(({ name }) => name);
    expect(names(report)).toContain("fire-aset");
    const { fire: _, ...calm } = report;
    expect(names(calm).some((name) => name.startsWith("fire-"))).toBe(false);
  });
});
