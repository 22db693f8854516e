/** Reported problems of other simulators: what a correct run does with them. */
import { describe, expect, it } from "vitest";
import { MusterError } from "../../engine/errors.js";
import { distance2 } from "../../engine/geometry/plane.js";
import { readCase, walk, walkCase } from "./walk.js";

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

describe("reported cases", () => {
  it("L07: walks over a snapped gap of 0.4 mm", () => {
    expect(walkCase("L07-sliver").result).toMatchObject({ status: "finished", left: 1 });
  });

  it("L11: a person wider than the door is named before they walk and stays; the other leaves", () => {
    const { result, events } = walkCase("L11-narrow-door");
    expect(events[0]).toMatchObject({ time: 0 });
    expect(events[0]!.what).toMatch(/1 of 2 people cannot get .* person 0, 0.50 m wide, at \(2.00, 4.00\)/);
    expect(result).toMatchObject({ left: 1, inside: 1, unfinished: 1 });
    expect(result.stuck.map((p) => p.id)).toEqual([0]);
  });

  it("L13: an exit behind a gap is found before the run, with group and exit", () => {
    const { layout, scenario } = readCase("L13-unreachable");
    expect(() => walk(layout, scenario)).toThrow(MusterError);
    expect(() => walk(layout, scenario)).toThrow(/agents\[0\] cannot reach exit E/);
  });

  it("L17: a room far from the origin gives the same paths to 1e-6 m", () => {
    const near = walkCase("L17-origin");
    const far = walkCase("L17-utm");
    expect(far.frames.length).toBe(near.frames.length);
    near.frames.forEach((frame, k) => {
      const other = far.frames[k]!;
      expect(other.id).toEqual(frame.id);
      frame.x.forEach((x, i) => {
        expect(Math.abs(other.x[i]! - x)).toBeLessThan(1e-6);
        expect(Math.abs(other.y[i]! - frame.y[i]!)).toBeLessThan(1e-6);
      });
    });
  });

  it("L18: two people above each other do not feel each other", () => {
    const { result, frames, departures } = walkCase("L18-two-floors");
    expect(result.left).toBe(2);
    expect(departures[0]!.time).toBeCloseTo(departures[1]!.time, 6);
    for (const frame of frames.filter((f) => f.id.length === 2)) {
      expect(frame.x[0]).toBe(frame.x[1]);
      expect(frame.y[0]).toBe(frame.y[1]);
    }
  });

  it("S01: a waypoint 0.1 mm past a corner is reached; all are out in 60 s", () => {
    const { result, frames } = walkCase("S01-corner");
    expect(result).toMatchObject({ status: "finished", left: 15 });
    expect(result.simulated_s).toBeLessThan(60);
    for (const frame of frames) expect(frame.x.every(Number.isFinite) && frame.y.every(Number.isFinite)).toBe(true);
  });

  it("S02: nobody crosses a thin wall under pressure, bodies keep off it", () => {
    const { layout, scenario } = readCase("S02-pressure", { output_every_s: 0.1 });
    const { result, frames } = walk(layout, scenario);
    expect(result).toMatchObject({ status: "finished", left: 40, wallCrossings: 0 });
    const { walls } = layout.sheets[0]!;
    let samples = 0;
    let close = 0;
    let least = Infinity;
    for (const frame of frames)
      frame.x.forEach((x, i) => {
        let d2 = Infinity;
        for (let w = 0; w < walls.length; w += 4)
          d2 = Math.min(d2, distance2(x, frame.y[i]!, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!));
        samples++;
        least = Math.min(least, d2);
        if (Math.sqrt(d2) < 0.18 - 0.05) close++;
      });
    expect(least).toBeGreaterThan(0);
    expect(close / samples).toBeLessThan(0.001);
  });

  it("S04: head-on streams in a narrow corridor pass without any overlap of cores, or are named as stuck", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { result } = walkCase("S04-counterflow", {}, seed);
      expect(result.minCoreGap_m).toBeGreaterThan(-1e-4);
      expect(result.left + result.stuck.length).toBe(result.asked);
    }
  });

  it("S05: evacuation time settles with the time step, headings do not flicker, too large a step is refused", () => {
    const mean = (dt: number): number =>
      sum(
        [1, 2, 3, 4, 5, 6, 7, 8].map(
          (seed) => walkCase("S05-time-step", { time_step_s: dt, output_every_s: 1 }, seed).result.simulated_s,
        ),
      ) / 8;
    const fine = mean(0.0125);
    expect(Math.abs(mean(0.025) / fine - 1)).toBeLessThan(0.05);
    const { frames } = walkCase("S05-time-step", { time_step_s: 0.1, output_every_s: 0.1 });
    expect(reversals(frames)).toBeLessThan(0.2);
    expect(() => readCase("S05-time-step", { time_step_s: 0.5 })).toThrow(/time_step_s/);
  });

  it("S08: the run ends when the last person has left", () => {
    const { result } = walkCase("S08-finish");
    expect(result).toMatchObject({ status: "finished", unfinished: 0, stuck: [] });
    expect(result.simulated_s).toBeLessThan(15);
  });

  it("S10: same seed, same bytes; other seed, other bytes", () => {
    const hashes = [1, 2, 3].map((seed) => walkCase("S10-determinism", {}, seed).hash);
    expect(new Set(hashes).size).toBe(3);
    expect(walkCase("S10-determinism", {}, 2).hash).toBe(hashes[1]);
  });

  it("S14: asked = waiting + inside + left at every output time of a burst", () => {
    const { result, frames } = walkCase("S14-burst");
    for (const f of frames) expect(f.asked).toBe(f.waiting + f.id.length + f.left);
    expect(result).toMatchObject({ asked: 130, left: 130, status: "finished" });
  });
});

/** Turns by more than 90 degrees per person and second, counted between frames of 0.1 s while walking. */
function reversals(frames: { id: number[]; vx: number[]; vy: number[] }[]): number {
  let turns = 0;
  let seconds = 0;
  const last = new Map<number, [number, number]>();
  for (const frame of frames)
    frame.id.forEach((id, i) => {
      const v: [number, number] = [frame.vx[i]!, frame.vy[i]!];
      const before = last.get(id);
      seconds += 0.1;
      if (Math.hypot(...v) < 0.05) return;
      if (before && before[0] * v[0] + before[1] * v[1] < 0) turns++;
      last.set(id, v);
    });
  return turns / seconds;
}
