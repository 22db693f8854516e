/** Journeys that begin again: closed loops. */
import { describe, expect, it } from "vitest";
import { box, layoutOf, scenarioOf } from "./plan.js";
import { walk } from "./walk.js";

type XY = [number, number];
const round = (radius: number): XY[] =>
  Array.from({ length: 48 }, (_, k) => [radius * Math.cos((k * Math.PI) / 24), radius * Math.sin((k * Math.PI) / 24)]);
/** A part of the ring around an angle, across its full width, degrees. */
const across = (angle: number): XY[] => {
  const at = (radius: number, a: number): XY => [radius * Math.cos((a * Math.PI) / 180), radius * Math.sin((a * Math.PI) / 180)];
  return [at(4.4, angle - 5), at(7.8, angle - 5), at(7.8, angle + 5), at(4.4, angle + 5)];
};

const ring = layoutOf({
  rooms: [{ id: "floor", ring: round(7.5) }],
  fixtures: [{ id: "core", ring: round(4.5) }],
  sections: [0, 120, 240].map((angle, k) => ({ id: `part-${k}`, ring: across(angle) })),
});
const loop = [{ go: "part-1" }, { go: "part-2" }, { go: "part-0" }, { repeat: true }];

/** Angles walked by one person from frame to frame, rad; positive is counterclockwise. */
function turns(frames: ReturnType<typeof walk>["frames"], k: number): number[] {
  return frames.slice(1).map((f, n) => {
    const g = frames[n]!;
    const turned = Math.atan2(f.y[k]!, f.x[k]!) - Math.atan2(g.y[k]!, g.x[k]!);
    return turned > Math.PI ? turned - 2 * Math.PI : turned < -Math.PI ? turned + 2 * Math.PI : turned;
  });
}

describe("a journey that is repeated", () => {
  it("leads round a ring at full speed, through each part without a stop", () => {
    const speed = 1.2;
    const scenario = scenarioOf(ring, {
      duration_s: 120,
      output_every_s: 0.2,
      people: [{ name: "one", agents: [{ at: [6, 0.8], speed_m_s: speed, radius_m: 0.2 }], journey: loop }],
    });
    const { result, frames } = walk(ring, scenario);
    expect(result).toMatchObject({ status: "lasting", inside: 1, unfinished: 0 });
    expect(result.stuck).toEqual([]);
    const settled = frames.filter((f) => f.time >= 2);
    for (const f of settled) expect(Math.hypot(f.vx[0]!, f.vy[0]!)).toBeGreaterThan(0.9 * speed);
    const walked = turns(settled, 0);
    expect(Math.min(...walked)).toBeGreaterThan(0);
    // The shortest way hugs the core of radius 4.5 m: at least its own circle in each round.
    const rounds = walked.reduce((sum, a) => sum + a, 0) / (2 * Math.PI);
    expect(rounds).toBeGreaterThan((118 * 0.9 * speed) / (2 * Math.PI * 7.5));
    expect(rounds).toBeLessThan((118 * speed) / (2 * Math.PI * 4.5));
  });

  it("is kept up by a crowd, one way round", () => {
    const scenario = scenarioOf(ring, {
      duration_s: 90,
      people: [{ name: "all", count: 60, start: { in: "floor" }, journey: loop }],
    });
    const { result, frames } = walk(ring, scenario);
    expect(result).toMatchObject({ status: "lasting", inside: 60 });
    // Everybody first makes for part-1, some by the short way back; from then on all walk counterclockwise.
    const settled = frames.filter((f) => f.time >= 40);
    for (let k = 0; k < 60; k++) expect(turns(settled, k).reduce((sum, a) => sum + a, 0)).toBeGreaterThan(1);
  });

  it("draws its chances anew in each round", () => {
    const hall = layoutOf({
      rooms: [{ id: "hall", ring: box(0, 0, 12, 4) }],
      sections: [
        { id: "left", ring: box(0, 0, 2, 4) },
        { id: "right", ring: box(10, 0, 12, 4) },
      ],
    });
    const scenario = scenarioOf(hall, {
      duration_s: 600,
      people: [
        {
          name: "one",
          agents: [{ at: [6, 2], speed_m_s: 1.5 }],
          journey: [{ choose: { of: ["left", "right"], stay_s: 5 } }, { repeat: true }],
        },
      ],
    });
    const sides = walk(hall, scenario).frames.map((f) => (f.x[0]! < 2 ? "left" : f.x[0]! > 10 ? "right" : "between"));
    expect(new Set(sides)).toEqual(new Set(["left", "right", "between"]));
  });
});
