import { describe, expect, it } from "vitest";
import {
  countedCrossings,
  flowFirstToLast,
  flowWindows,
  passedBy,
  rawCrossings,
} from "../../../engine/measure/trajectory/line-crossings.js";
import { statisticsOf } from "../../../engine/measure/trajectory/series.js";
import { readArea } from "../../../engine/measure/trajectory/shapes.js";
import { individualSpeed } from "../../../engine/measure/trajectory/speed.js";
import { steadyState } from "../../../engine/measure/trajectory/steady.js";
import { readTrajectoryText } from "../../../engine/trajectory/read.js";
import { collectTrajectory } from "../../../engine/trajectory/simulated.js";
import type { Trajectory } from "../../../engine/trajectory/trajectory.js";
import { frameOf } from "../sample.js";
import { floorOfWkt } from "./reference.js";

const trajectoryOf = (rows: readonly (readonly number[])[], frameRate = 10): Trajectory =>
  readTrajectoryText(new TextEncoder().encode(`id,frame,x,y\n${rows.map((row) => row.join(",")).join("\n")}`), {
    name: "a",
    frameRate,
  }).trajectory;
const walk = (id: number, frames: readonly number[], at: (frame: number) => readonly [number, number]) =>
  frames.map((frame) => [id, frame, ...at(frame)]);
const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);

describe("speeds", () => {
  it("use real times where frames are missing or kept one in ten", () => {
    const frames = [...range(0, 10), ...range(13, 30)];
    const { speed } = individualSpeed(trajectoryOf(walk(1, frames, (f) => [0.12 * f, 1])), {
      frameStep: 3,
      border: "single-sided",
    });
    for (const v of speed) expect(v).toBeCloseTo(1.2, 10);
    const tenth = trajectoryOf(
      walk(1, range(1000, 1200, 10), (f) => [0.05 * f, 1]),
      25,
    );
    expect(tenth.stride).toBe(10);
    for (const v of individualSpeed(tenth, { frameStep: 1, border: "adaptive" }).speed.subarray(1, -1))
      expect(v).toBeCloseTo(1.25, 10);
  });

  it("never bridge a pause of more than a second: who comes back elsewhere has not flown there", () => {
    const rows = [...walk(1, range(0, 10), (f) => [0.1 * f, 1]), ...walk(1, range(60, 70), (f) => [100 + 0.1 * f, 1])];
    const trajectory = trajectoryOf(rows);
    const { greatest, count } = statisticsOf(individualSpeed(trajectory, { frameStep: 5, border: "single-sided" }).speed);
    expect(greatest).toBeCloseTo(1, 10);
    expect(count).toBe(22);
    expect(rawCrossings(trajectory, { name: "l", from: [50, 0], to: [50, 2] }).frame.length).toBe(0);
  });

  it("a track shorter than the window has none, and one row has none", () => {
    const trajectory = trajectoryOf([...walk(1, [0], () => [0, 0]), ...walk(2, range(0, 3), (f) => [f, 0])]);
    for (const border of ["exclude", "single-sided"] as const)
      expect(statisticsOf(individualSpeed(trajectory, { frameStep: 5, border }).speed)).toMatchObject({ count: 0, mean: null });
    expect(statisticsOf(individualSpeed(trajectory, { frameStep: 5, border: "adaptive" }).speed)).toMatchObject({
      count: 2,
      mean: 10,
    });
  });
});

describe("crossings by policy", () => {
  const line = { name: "l", from: [5, 0], to: [5, 2] } as const;
  const rows = [
    ...walk(1, range(0, 20), (f) => [4 + 0.1 * f + 0.05, 1]),
    // There and back again.
    ...walk(2, range(0, 20), (f) => [f < 10 ? 4.05 + 0.2 * f : 6.05 - 0.2 * (f - 10), 1]),
    // Over the line in the very last row.
    ...walk(3, range(0, 6), (f) => [f < 6 ? 4.5 : 5.5, 1]),
    // Past its end.
    ...walk(4, range(0, 20), (f) => [4.05 + 0.1 * f, 3]),
  ];
  const trajectory = trajectoryOf(rows);
  const all = rawCrossings(trajectory, line);
  it.each([
    [
      "first",
      [
        [2, 5],
        [1, 10],
      ],
    ],
    [
      "net",
      [
        [3, 6],
        [1, 10],
      ],
    ],
    [
      "every",
      [
        [2, 5],
        [3, 6],
        [1, 10],
        [2, 16],
      ],
    ],
  ] as const)("%s", (policy, expected) => {
    const counted = countedCrossings(trajectory, all, policy);
    expect(Array.from(counted.id, (id, k) => [id, counted.frame[k]])).toEqual(expected);
    expect(passedBy(trajectory, counted).at(-1)).toBe(expected.length);
    if (policy === "every") expect([...counted.direction]).toEqual([1, 1, 1, -1]);
  });
});

describe("flow in windows", () => {
  it("counts everybody once, however short the windows; no window without people", () => {
    // One person every 0.7 s over a line.
    const rows = range(0, 19).flatMap((k) => walk(k, range(7 * k, 7 * k + 10), (f) => [0.05 + 0.1 * (f - 7 * k), 1]));
    const trajectory = trajectoryOf(rows);
    const crossings = countedCrossings(
      trajectory,
      rawCrossings(trajectory, { name: "l", from: [0.5, 0], to: [0.5, 2] }),
      "first",
    );
    const speeds = individualSpeed(trajectory, { frameStep: 2, border: "single-sided" });
    for (const length of [1, 5, 20, 70]) {
      const windows = flowWindows(trajectory, crossings, speeds, length);
      const persons = windows.reduce((sum, window) => sum + window.persons, 0);
      expect(persons).toBeGreaterThan(20 - 2 - length / 7);
      expect(persons).toBeLessThanOrEqual(20);
      for (const { from, to, speed } of windows) {
        expect(to).toBeGreaterThan(from);
        expect(speed).toBeCloseTo(1, 10);
      }
    }
    expect(flowFirstToLast(crossings, 10)).toBeCloseTo(1 / 0.7, 10);
  });
});

describe("a steady state", () => {
  // People 1 m apart in two files of a corridor of 2 m, one to the east, walking at 1.25 m/s for ever: 1 per m², on a lattice.
  const people = range(0, 39).flatMap((k) => walk(k, range(0, 100), (f) => [-20 + Math.floor(k / 2) + 0.125 * f, (k % 2) + 0.5]));
  const floor = floorOfWkt("POLYGON ((-30 0, 30 0, 30 2, -30 2, -30 0))");
  const area = readArea("a", "-4.03,0 -0.03,0 -0.03,2 -4.03,2", "a");

  it("of a lattice has its density and speed, by people and by cells", () => {
    const trajectory = trajectoryOf(people);
    const state = steadyState(trajectory, { area, frames: [40, 90], frameStep: 5, border: "single-sided", floor, every: 2 });
    expect(state).toEqual({
      frames: 51,
      density: expect.closeTo(1, 10),
      speed: expect.closeTo(1.25, 10),
      voronoiDensity: expect.closeTo(1, 10),
      voronoiSpeed: expect.closeTo(1.25, 10),
    });
  });

  it("is the same for a run that hands out the same frames", () => {
    const collector = collectTrajectory({ name: "run", every_s: 0.1 });
    collector.start({ sheets: [{ id: "0", name: "0", level: "0" }], exits: [], queues: [], groups: [], social: null, total: 40 });
    for (const f of range(0, 100))
      collector.frame(
        frameOf(
          f,
          f / 10,
          people.filter((row) => row[1] === f).map(([id, , x, y]) => ({ id: id!, x: x!, y: y! })),
        ),
      );
    const state = steadyState(collector.finish(), {
      area,
      frames: [40, 90],
      frameStep: 5,
      border: "single-sided",
      floor,
      every: 2,
    });
    // A run's positions are single precision.
    expect(state.voronoiDensity).toBeCloseTo(1, 5);
    expect(state.speed).toBeCloseTo(1.25, 5);
  });
});
