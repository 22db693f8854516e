import { describe, expect, it } from "vitest";
import { classicDensity, meanSpeedInArea } from "../../../engine/measure/trajectory/area.js";
import { countedCrossings, flowWindows, rawCrossings } from "../../../engine/measure/trajectory/line-crossings.js";
import type { FrameSeries } from "../../../engine/measure/trajectory/series.js";
import { individualSpeed } from "../../../engine/measure/trajectory/speed.js";
import { voronoi } from "../../../engine/measure/trajectory/voronoi.js";
import { EXCERPTS, excerpt } from "./reference.js";

/** Largest difference to PedPy's series; frames without a value count 0 there. */
function worst({ first, every, values }: FrameSeries, expected: Record<string, number | null>): number {
  const frames = Object.keys(expected);
  expect(values.length).toBe(frames.length);
  let most = 0;
  for (const frame of frames) {
    const value = values[(Number(frame) - first) / every]!;
    most = Math.max(most, Math.abs((Number.isNaN(value) ? 0 : value) - (expected[frame] ?? 0)));
  }
  return most;
}

/** Of series that PedPy gives only for frames in which somebody's cell meets the line. */
function worstThere({ first, every, values }: FrameSeries, expected: Record<string, number | null>): number {
  const there = Object.fromEntries(Array.from(values, (_, k) => [first + k * every, expected[first + k * every] ?? null]));
  expect(Object.keys(expected).filter((frame) => expected[frame] !== null && !(frame in there))).toEqual([]);
  return worst({ first, every, values }, there);
}

const sumOf = (values: Float64Array): number => values.reduce((sum, v) => (Number.isNaN(v) ? sum : sum + v), 0);

describe.each(EXCERPTS)("PedPy's values of %s", (name) => {
  const { trajectory, floor, area, line, expected } = excerpt(name);
  const frameStep = expected.frame_step;
  const speeds = individualSpeed(trajectory, { frameStep, border: "single-sided" });

  it.each([
    ["exclude", expected.speed_exclude],
    ["adaptive", expected.speed_adaptive],
    ["single-sided", expected.speed_single_sided],
  ] as const)("speeds with border %s", (border, { count, sum, greatest }) => {
    const { speed } = individualSpeed(trajectory, { frameStep, border });
    const there = speed.filter((v) => !Number.isNaN(v));
    expect(there.length).toBe(count);
    expect(Math.abs(sumOf(there) / sum - 1)).toBeLessThan(1e-12);
    expect(Math.max(...there)).toBeCloseTo(greatest, 10);
  });

  it("speed along a direction, negative against it", () => {
    const { direction, sum, least } = expected.speed_direction;
    const { speed } = individualSpeed(trajectory, { frameStep, border: "single-sided", direction });
    expect(sumOf(speed)).toBeCloseTo(sum, 8);
    expect(Math.min(...speed.filter((v) => !Number.isNaN(v)))).toBeCloseTo(least, 10);
  });

  it("classic density and mean speed in every frame", () => {
    expect(worst(classicDensity(trajectory, area), expected.classic_density)).toBeLessThan(1e-12);
    expect(worst(meanSpeedInArea(trajectory, speeds, area), expected.mean_speed)).toBeLessThan(1e-12);
  });

  it("crossings, and flow in windows", () => {
    const crossings = countedCrossings(trajectory, rawCrossings(trajectory, line), "first");
    const ours = Array.from(crossings.id, (id, k) => [id, crossings.frame[k]!]);
    const byFrame = (a: number[], b: number[]): number => a[1]! - b[1]! || a[0]! - b[0]!;
    expect(ours.sort(byFrame)).toEqual([...expected.crossings].sort(byFrame));
    const { delta_frame, flow, mean_speed } = expected.flow_windows;
    const windows = flowWindows(trajectory, crossings, speeds, delta_frame);
    expect(windows.map((w) => w.flow)).toEqual(flow.map((v) => expect.closeTo(v, 10)));
    expect(windows.map((w) => w.speed)).toEqual(mean_speed.map((v) => expect.closeTo(v, 10)));
  });

  it.each([
    ["without cut-off", null, expected.voronoi],
    ["with cut-off", { radius: 0.8, quadSegments: 3 }, expected.voronoi_cutoff],
  ] as const)("Voronoi density and speed %s", (_, cutOff, values) => {
    const every = expected.voronoi_every;
    const lines = [line];
    const measured = voronoi(trajectory, { floor, areas: [area], lines, speeds, cutOff, every });
    const { areas, rowsWithoutCell } = measured;
    expect(rowsWithoutCell).toBe(0);
    expect(worst(areas[0]!.density, values.density)).toBeLessThan(1e-6);
    expect(worst(areas[0]!.speedOverArea, values.speed)).toBeLessThan(1e-6);
    const { density, speed, flow } = measured.lines[0]!;
    expect(worstThere(density, values.line_density)).toBeLessThan(1e-6);
    expect(worstThere(speed, values.line_speed)).toBeLessThan(1e-6);
    expect(worstThere(flow, values.line_flow)).toBeLessThan(1e-6);
  });
});
