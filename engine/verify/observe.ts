/** One run of a case, looked at through the probes of its suite. */
import type { Layout } from "../layout/layout.js";
import type { RunResult } from "../run/records.js";
import { run } from "../run/run.js";
import type { Scenario } from "../scenario/scenario.js";
import type { World } from "../world/world.js";
import type { Probe } from "./definition.js";
import type { Recording } from "./probes/probe.js";
import { createProbe } from "./probes.js";

export interface Observed {
  result: RunResult;
  /** By measure. */
  values: Record<string, number[]>;
}

export function observe(options: {
  layout: Layout;
  scenario: Scenario;
  world: World;
  seed: number;
  probes: Readonly<Record<string, Probe>>;
  stop?: () => boolean;
}): Observed {
  const { layout, scenario, world, seed, probes, stop } = options;
  let recordings: [string, Recording][] = [];
  const result = run({
    world,
    layout,
    scenario,
    seed,
    ...(stop ? { stop } : {}),
    sink: {
      start: (info) => {
        recordings = Object.entries(probes).map(([name, probe]) => [
          name,
          createProbe({ probe, layout, scenario, world, seed, info }),
        ]);
      },
      frame: (frame) => {
        for (const [, recording] of recordings) recording.frame(frame);
      },
      event: () => undefined,
    },
  });
  return { result, values: Object.fromEntries(recordings.map(([name, recording]) => [name, recording.finish(result)])) };
}
