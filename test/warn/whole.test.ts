/** The real path: layout, scenario, world, run, measures, warnings, printed result. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import { createRecorder, type Recorder } from "../../engine/measure/recorder.js";
import { run } from "../../engine/run/run.js";
import { readScenario } from "../../engine/scenario/read.js";
import { joinRuns } from "../../engine/warn/ensemble.js";
import { printResult } from "../../engine/warn/print.js";
import type { RunReport } from "../../engine/warn/report.js";
import { createWarner } from "../../engine/warn/warner.js";
import { compileWorld } from "../../engine/world/compile.js";

const folder = new URL("../../scenarios/school-building/", import.meta.url);
const layout = readLayout({ name: "layout.geojson", bytes: readFileSync(new URL("layout.geojson", folder)) });
const scenario = readScenario({
  name: "scenario.yaml",
  text: readFileSync(new URL("scenario.yaml", folder), "utf8"),
  files: (path) => readFileSync(new URL(path, folder), "utf8"),
});
const world = compileWorld(layout, scenario);

function simulate(seed: number): { report: RunReport; most: number } {
  const warner = createWarner({ scenario, layout });
  let recorder: Recorder | null = null;
  let most = 0;
  const result = run({
    world,
    scenario,
    seed,
    sink: {
      start: (info) => {
        recorder = createRecorder({ layout, scenario, info });
      },
      frame: (frame) => {
        most = Math.max(most, frame.count);
        warner.observe(recorder!.frame(frame));
      },
      paths: (positions) => recorder!.paths(positions),
      event: () => {},
    },
  });
  const { measures, maps } = recorder!.finish(result);
  return { report: { seed, result, measures, maps, warnings: warner.finish(measures) }, most };
}

describe("a simulated evacuation", () => {
  const { report, most } = simulate(1);
  const { measures } = report;

  it("counts everybody: people, exits and clearing agree with the run", () => {
    const exits = measures.lines.filter(({ kind }) => kind === "exit");
    expect(exits.reduce((sum, { total_forward }) => sum + total_forward, 0)).toBe(report.result.left);
    expect(measures.asked).toBe(report.result.asked);
    expect(Math.max(...measures.inside.max)).toBe(most);
    expect(measures.clearing.t100_s === null).toBe(report.result.left < report.result.asked);
    const ordered = measures.clearing.curve.filter((time) => time !== null);
    expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
  });

  it("counts on the stairs who crosses their heads", () => {
    const head = (name: string): number =>
      measures.lines.find(({ place }) => place === name)!.total_backward +
      measures.lines.find(({ place }) => place === name)!.total_forward;
    // 192 pupils, their teachers and library guests come down one of the two flights.
    const upper = head("stairs-west-head") + head("stairs-east-head");
    expect(upper).toBeGreaterThanOrEqual(192);
    expect(upper).toBeLessThanOrEqual(228);
    const flights = measures.sections.filter(({ place }) => place.endsWith("-flight"));
    for (const flight of flights) expect(flight.peak.count).toBeGreaterThan(0);
  });

  it("is the same for the same seed, and prints", () => {
    const again = simulate(1).report;
    expect(JSON.stringify({ ...again, maps: null })).toBe(JSON.stringify({ ...report, maps: null }));
    const joined = joinRuns({ layout, scenario, runs: [report], failed: [] });
    const text = printResult({ layout, scenario, report: joined, runs: [report] });
    expect(text).toContain("School building, fire alarm · 420 people · 1 run");
    expect(text).toContain("left the site");
    expect(text).toContain("flow at gates");
  });
});
