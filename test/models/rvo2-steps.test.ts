/** One step from the same state gives the velocity of RVO2 2.0.3, the library of ORCA's authors (test/reference/rvo2/steps.json, written by bench/peers/rvo2_steps.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stage, velocities } from "./stage.js";

interface Steps {
  dt: number;
  radius: number;
  room: [number, number];
  states: Record<"open" | "room", number[][][]>;
}

const steps = JSON.parse(readFileSync(new URL("../reference/rvo2/steps.json", import.meta.url), "utf8")) as Steps; // written in this form

/** Differences of the velocities, m/s, by person. */
function differences(kind: "open" | "room", k: number): number[] {
  const state = steps.states[kind][k]!;
  const [width, depth] = steps.room;
  // Without obstacles: in a hall whose walls are out of reach.
  const shift = kind === "open" ? 20 : 0;
  const bodies = state.map(([x, y, vx, vy, wx, wy]) => {
    return { x: x! + shift, y: y! + shift, vx: vx!, vy: vy!, wx: wx!, wy: wy!, radius: steps.radius };
  });
  const crowd = stage({ model: "orca", bodies, width: width + 2 * shift, depth: depth + 2 * shift, dt: steps.dt });
  return velocities(crowd, steps.dt).map(([vx, vy], id) => Math.hypot(vx - state[id]![6]!, vy - state[id]![7]!));
}

describe("one step from RVO2's states", () => {
  it.each([
    ["open", 0],
    ["open", 1],
    ["open", 2],
    ["room", 0],
    ["room", 1],
    ["room", 2],
  ] as const)("%s, state %i", (kind, k) => {
    const found = differences(kind, k);
    expect(found.length).toBe(60);
    // RVO2 reckons in single precision: where nobody can obey everybody its least bad velocity is off by up to 0.02 mm/s.
    expect(Math.max(...found)).toBeLessThan(1e-4);
  });
});
