/** Small hand-made input of the writers. */
import type { Layout } from "../../engine/layout/layout.js";
import type { Frame, RunInfo } from "../../engine/run/records.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import type { Origin } from "../../workers/output/rows.js";

export const runInfo: RunInfo = {
  sheets: [
    { id: "level-0", name: "ground", level: "level-0" },
    { id: "stairs", name: "stairs", level: "level-0" },
    { id: "level-1", name: "upper", level: "level-1" },
  ],
  exits: [],
  queues: [],
  groups: ["all"],
  social: null,
  total: 1000,
};

const level = (id: string, ordinal: number, elevation: number) => ({ id, name: id, ordinal, elevation, outdoor: false });

/** The writers read the fields below and no others. */
export const origin: Origin = {
  layout: {
    name: "two levels",
    attribution: "© someone",
    frame: { kind: "metres", x: 0, y: 0 },
    levels: [level("level-0", 0, 0), level("level-1", 1, 4)],
  } as unknown as Layout,
  scenario: { name: "sample", start: null, output_every_s: 0.5 } as unknown as Scenario,
  seed: 7,
};

/** Person i at a place that differs from frame to frame; the last third is on the upper level. */
export function frameOf(index: number, count: number): Frame {
  const at = <T>(make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  return {
    index,
    time: index * 0.5,
    count,
    id: Uint32Array.from(at((i) => i)),
    x: Float32Array.from(at((i) => Math.sin(i + index / 10) * 50)),
    y: Float32Array.from(at((i) => Math.cos(3 * i + index / 7) * 50)),
    vx: new Float32Array(count),
    vy: new Float32Array(count),
    sheet: Uint16Array.from(at((i) => Math.ceil((2 * i) / Math.max(1, count - 1)))),
    group: new Uint16Array(count),
    asked: count,
    waiting: 0,
    left: 0,
    departures: [],
    queues: [],
  };
}
