/** Runs small inputs and keeps what a test wants to look at. */
import { createHash } from "node:crypto";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import type { Departure, RunEvent, RunResult } from "../../engine/run/records.js";
import { run } from "../../engine/run/run.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { compileWorld } from "../../engine/world/compile.js";
import { layoutInput, neutralCase, scenarioFile } from "../neutral.js";

export interface Snapshot {
  time: number;
  asked: number;
  waiting: number;
  left: number;
  id: number[];
  x: number[];
  y: number[];
  vx: number[];
  vy: number[];
  sheet: number[];
}

export interface Walk {
  result: RunResult;
  frames: Snapshot[];
  departures: Departure[];
  events: RunEvent[];
  /** SHA-256 over all frames. */
  hash: string;
}

export function walk(layout: Layout, scenario: Scenario, seed = scenario.seed): Walk {
  const world = compileWorld(layout, scenario);
  const frames: Snapshot[] = [];
  const departures: Departure[] = [];
  const events: RunEvent[] = [];
  const hash = createHash("sha256");
  const result = run({
    world,
    layout,
    scenario,
    seed,
    sink: {
      start: () => undefined,
      event: (event) => events.push(event),
      frame(f) {
        const cut = (column: ArrayLike<number>): number[] => Array.from({ length: f.count }, (_, k) => column[k]!);
        frames.push({
          time: f.time,
          asked: f.asked,
          waiting: f.waiting,
          left: f.left,
          id: cut(f.id),
          x: cut(f.x),
          y: cut(f.y),
          vx: cut(f.vx),
          vy: cut(f.vy),
          sheet: cut(f.sheet),
        });
        departures.push(...f.departures);
        for (const column of [f.id, f.x, f.y, f.sheet])
          hash.update(new Uint8Array(column.buffer, column.byteOffset, f.count * column.BYTES_PER_ELEMENT));
      },
    },
  });
  return { result, frames, departures, events, hash: hash.digest("hex") };
}

/** A reported case by folder name, with parts of the scenario file replaced. */
export function readCase(name: string, change: Record<string, unknown> = {}): { layout: Layout; scenario: Scenario } {
  const given = neutralCase(`${name}/input.json`);
  const layout = readLayout(layoutInput(given));
  const text = JSON.stringify({ ...scenarioFile(given), ...change });
  const scenario = readScenario({ name, text, files: () => "" });
  const problems = checkScenario(scenario, layout);
  if (problems.length > 0) throw new Error(problems.map((p) => `${p.place}: ${p.message}`).join("\n"));
  return { layout, scenario };
}

export function walkCase(name: string, change: Record<string, unknown> = {}, seed?: number): Walk {
  const { layout, scenario } = readCase(name, change);
  return walk(layout, scenario, seed ?? scenario.seed);
}
