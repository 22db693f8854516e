/** Crossings of a line inside the plan do not depend on how often a run writes frames. */
import { describe, expect, it } from "vitest";
import { createRecorder, type Recorder } from "../../engine/measure/recorder.js";
import { run } from "../../engine/run/run.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "./plan.js";

const COUNT = 60;

/** Two rooms behind each other; the exit stands far aside, so that everybody turns sharply round a post of the door between. */
const layout = layoutOf({
  rooms: [
    { id: "first", ring: box(0, 0, 6, 6) },
    { id: "second", ring: box(6, 0, 9, 6) },
  ],
  doors: [
    { id: "between", line: [[6, 2.5], [6, 3.4]] }, // biome-ignore format: one line a door
    { id: "out", line: [[6.2, 0], [7.1, 0]] }, // biome-ignore format: one line a door
  ],
});

function crossings(every: number): number {
  const scenario = scenarioOf(layout, {
    duration_s: 300,
    output_every_s: every,
    measure: { lines: ["between"] },
    people: [{ name: "all", count: COUNT, start: { in: "first" }, journey: [{ leave: "out" }] }],
  });
  let recorder: Recorder | null = null;
  const result = run({
    world: compileWorld(layout, scenario),
    scenario,
    seed: 1,
    sink: {
      start: (info) => {
        recorder = createRecorder({ layout, scenario, info });
      },
      frame: (frame) => {
        recorder!.frame(frame);
      },
      paths: (positions) => recorder!.paths(positions),
      event: () => undefined,
    },
  });
  expect(result.left).toBe(COUNT);
  const line = recorder!.finish(result).measures.lines.find(({ place }) => place === "between")!;
  return line.total_forward + line.total_backward;
}

describe("crossings", () => {
  it.each([0.1, 0.5, 1, 2, 5])("of a door are all counted at one frame in %d s", (every) => {
    expect(crossings(every)).toBe(COUNT);
  });
});
