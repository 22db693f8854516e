import { describe, expect, it } from "vitest";
import { measuredCharts } from "../../engine/chart/measured.js";
import { type MeasureOptions, measureTrajectory } from "../../engine/measure/trajectory/measure.js";
import { toSvg } from "../../workers/output/render.js";
import { excerpt } from "../measure/trajectory/reference.js";

const { trajectory, floor, area, line } = excerpt("uo-050-180-180");
const options: Omit<MeasureOptions, "floor" | "areas"> = {
  lines: [line],
  speed: { frameStep: 5, border: "single-sided" },
  cutOff: null,
  every: 4,
  crossings: "first",
  window_s: 10,
  service: "walkway",
};

describe("charts of measured trajectories", () => {
  it("draw every point and every crossing, and nothing that is not there", async () => {
    const measures = measureTrajectory(trajectory, { ...options, floor, areas: [area, { ...area, name: "again" }] });
    const charts = measuredCharts({ trajectory, measures });
    expect(charts.map(({ name }) => name)).toEqual(["fundamental-diagram", "density", "n-t"]);
    const text = JSON.stringify(charts[0]!.spec);
    const { density, speed } = measures.areas[0]!.voronoi!;
    const there = density.values.filter((d, k) => d > 0 && !Number.isNaN(speed.values[k]!)).length;
    // Two areas, two plots, and 80 points of Weidmann's curve in each.
    expect(text.match(/"d":/g)!.length).toBe(4 * there + 2 * 80);
    expect(JSON.stringify(charts[2]!.spec).match(/"n":/g)!.length).toBe(measures.lines[0]!.counted.frame.length);
    for (const { spec } of charts) {
      const svg = await toSvg(spec);
      expect(svg).toContain("<title>");
      expect(svg).not.toContain("NaN");
    }
  });

  it("are left out where there is nothing to draw", () => {
    const measures = measureTrajectory(trajectory, { ...options, floor: null, areas: [], lines: [] });
    expect(measuredCharts({ trajectory, measures })).toEqual([]);
  });

  it("stay small however long the recording", () => {
    const long = measureTrajectory(trajectory, { ...options, floor: null, areas: [area] });
    const values = Float64Array.from({ length: 100_000 }, (_, k) => 1 + (k % 7));
    const series = { first: 0, every: 1, values };
    const measures = { ...long, areas: [{ ...long.areas[0]!, density: series, speed: series }] };
    for (const { spec } of measuredCharts({ trajectory, measures })) expect(JSON.stringify(spec).length).toBeLessThan(400_000);
  });
});
