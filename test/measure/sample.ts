/** Rooms and frames by hand: a WKT floor, places drawn in the scenario, and people put where a test wants them. */

import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { createRecorder } from "../../engine/measure/recorder.js";
import type { Departure, Frame, QueueState, RunInfo, RunResult } from "../../engine/run/records.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";

export interface Room {
  layout: Layout;
  scenario: Scenario;
  info: RunInfo;
}

/** @param more keys of the scenario file, over the smallest one that is valid */
export function room(wkt: string, more: Record<string, unknown> = {}): Room {
  const layout = readLayout({ name: "room.wkt", bytes: new TextEncoder().encode(wkt) });
  const file = {
    muster: 1,
    name: "room",
    layout: "room.wkt",
    duration_s: 3600,
    output_every_s: 1,
    places: [],
    people: [{ name: "all", count: 1000, start: { in: ["floor"] }, journey: [{ leave: { by: ["exit"] } }] }],
    ...more,
  };
  const corner = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const places = [
    ...(file.places as object[]),
    { name: "floor", polygon: corner },
    { name: "exit", polygon: corner, exit: true },
  ];
  const scenario = readScenario({ name: "room.json", text: JSON.stringify({ ...file, places }), files: () => "" });
  const info: RunInfo = {
    sheets: layout.sheets.map(({ id, name, level }) => ({ id, name, level })),
    exits: [{ name: "exit", width_m: 2 }],
    queues: [],
    groups: ["all"],
    social: null,
    total: 1000,
  };
  return { layout, scenario, info };
}

export interface Someone {
  id: number;
  x: number;
  y: number;
  vx?: number;
  vy?: number;
  sheet?: number;
}

export function frameOf(
  index: number,
  time: number,
  people: readonly Someone[],
  more: { departures?: Departure[]; queues?: QueueState[]; asked?: number; waiting?: number; left?: number } = {},
): Frame {
  const column = (value: (someone: Someone) => number): number[] => people.map(value);
  return {
    index,
    time,
    count: people.length,
    id: Uint32Array.from(column(({ id }) => id)),
    x: Float32Array.from(column(({ x }) => x)),
    y: Float32Array.from(column(({ y }) => y)),
    vx: Float32Array.from(column(({ vx }) => vx ?? 0)),
    vy: Float32Array.from(column(({ vy }) => vy ?? 0)),
    sheet: Uint16Array.from(column(({ sheet }) => sheet ?? 0)),
    group: new Uint16Array(people.length),
    asked: more.asked ?? people.length,
    waiting: more.waiting ?? 0,
    left: more.left ?? 0,
    departures: more.departures ?? [],
    queues: more.queues ?? [],
  };
}

export const resultOf = (simulated_s: number, more: Partial<RunResult> = {}): RunResult => ({
  status: "time-limit",
  simulated_s,
  steps: 0,
  asked: 1000,
  waiting: 0,
  inside: 0,
  left: 0,
  agentSteps: 0,
  minCoreGap_m: 0,
  wallCrossings: 0,
  wallLimited: 0,
  stuck: [],
  redirects: [],
  lifts: [],
  unfinished: 0,
  ...more,
});

/** Records frames one after the other. */
export function record({ layout, scenario, info }: Room, frames: readonly Frame[], more: Partial<RunResult> = {}) {
  const recorder = createRecorder({ layout, scenario, info });
  const snapshots = frames.map((frame) => recorder.frame(frame));
  return { snapshots, ...recorder.finish(resultOf(frames.at(-1)?.time ?? 0, more)) };
}
