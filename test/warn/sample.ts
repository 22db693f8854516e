/** Runs of a small hall by hand: recorded, watched and reported like real ones. */
import { createRecorder } from "../../engine/measure/recorder.js";
import type { Frame } from "../../engine/run/records.js";
import type { RunReport } from "../../engine/warn/report.js";
import { createWarner } from "../../engine/warn/warner.js";
import { type Room, resultOf, room, type Someone } from "../measure/sample.js";

const area = (name: string, x0: number, y0: number, x1: number, y1: number, more: object = {}) => ({
  name,
  polygon: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ],
  ...more,
});

/** A hall of 20 m × 10 m, a front of 4 m × 5 m, a back beside it. */
export const hall = (more: Record<string, unknown> = {}): Room =>
  room("POLYGON ((0 0, 20 0, 20 10, 0 10, 0 0))", {
    start: "2026-07-18T21:00:00+02:00",
    places: [area("front", 0, 0, 4, 5), area("back", 4, 0, 10, 5)],
    measure: { sections: ["front", "back"] },
    ...more,
  });

/** So many people in the front, spread evenly. */
export const crowd = (count: number, from = 0): Someone[] =>
  Array.from({ length: count }, (_, k) => ({ id: from + k, x: 0.2 + ((k * 7) % 36) / 10, y: 0.2 + ((k * 11) % 46) / 10 }));

export function reportOf(of: Room, seed: number, frames: readonly Frame[]): RunReport {
  const recorder = createRecorder(of);
  const warner = createWarner(of);
  for (const frame of frames) warner.observe(recorder.frame(frame));
  const last = frames.at(-1);
  const inside = last?.count ?? 0;
  const result = resultOf(last?.time ?? 0, { asked: last?.asked ?? 0, left: last?.left ?? 0, inside });
  const { measures, maps } = recorder.finish(result);
  return { seed, result, measures, maps, warnings: warner.finish(measures) };
}
