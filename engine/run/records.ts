/**
 * What a run hands out, as plain data. A run pushes frames into a sink while it goes on, so that nothing grows with its length.
 */

import type { Leaver } from "../crowd/state.js";
import type { FireInfo, FireNow, PeopleExposure } from "./fire-records.js";

/** Why and when one person left the layout; `exit` is an index into `RunInfo.exits`. */
export type Departure = Leaver;

export interface QueueState {
  /** Index into `RunInfo.queues`. */
  queue: number;
  /** People in the queue's lanes or stopped before them, without those being served. */
  waiting: number;
  beingServed: number;
  /** Persons served since the start. */
  served: number;
  /** Waiting times (joining to start of service) that ended since the last frame, s. */
  waits: number[];
}

/** State at one output time. Arrays are views over buffers of the run: read them during the call, copy what must stay. */
export interface Frame {
  /** 0, 1, 2, … */
  index: number;
  /** s = index * output_every_s; the last frame of a run may be earlier. */
  time: number;
  /** People inside; the arrays hold this many entries, sorted by id. */
  count: number;
  id: Uint32Array;
  x: Float32Array;
  y: Float32Array;
  /** m/s, over the last step */
  vx: Float32Array;
  vy: Float32Array;
  /** Index into `RunInfo.sheets`. */
  sheet: Uint16Array;
  group: Uint16Array;
  /** People asked for up to now = waiting + inside + left, always. */
  asked: number;
  waiting: number;
  left: number;
  /** Since the last frame, in order of time, then id. */
  departures: readonly Departure[];
  queues: readonly QueueState[];
}

/** Where everybody is between two frames, in no order. Views over the run, to be read during the call. */
export interface Positions {
  /** s */
  time: number;
  count: number;
  id: ArrayLike<number>;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Index into `RunInfo.sheets`. */
  sheet: ArrayLike<number>;
}

export interface RunInfo {
  sheets: { id: string; name: string; level: string }[];
  exits: { name: string; width_m: number | null }[];
  queues: { name: string; servers: number }[];
  groups: string[];
  /** Social group of each person (-1: alone), and of each social group the name of its pool; null where nobody has company. */
  social: { of: Int32Array; pools: string[] } | null;
  /** People asked for over the whole run. */
  total: number;
  /** Only where the scenario has fire. */
  fire?: FireInfo;
}

export interface RunEvent {
  time: number;
  what: string;
}

export interface RunSink {
  start(info: RunInfo): void;
  frame(frame: Frame): void;
  /** Called between frames, at most PATH_EVERY apart (run.ts): who counts crossings sees the ways that people take round a door post. */
  paths?(positions: Positions): void;
  /** Only where the scenario has fire: after each exchange between fire and crowd, before the frame of the same time. */
  fire?(now: FireNow): void;
  event(event: RunEvent): void;
}

/** One person who is still inside at the end, or who has not moved for a long time. */
export interface Unfinished {
  id: number;
  group: string;
  level: string;
  x: number;
  y: number;
  /** Time since which they have stood within 0.5 m though they want to go on, s. */
  since_s: number;
  wants: string;
}

/** One person who fell on the way and cannot walk any more; they count as inside. */
export interface Incapacitated {
  id: number;
  group: string;
  level: string;
  x: number;
  y: number;
  /** When they fell, s. */
  time_s: number;
  /** "asphyxiant gases", "heat", "irritant gases". */
  cause: string;
}

export interface RunResult {
  /** "finished": everybody left who could. "time-limit": duration reached. "lasting": duration reached and people meant to stay or to repeat their journey. */
  status: "finished" | "time-limit" | "lasting";
  simulated_s: number;
  steps: number;
  asked: number;
  waiting: number;
  inside: number;
  left: number;
  /** Agent-steps computed, for timing. */
  agentSteps: number;
  /**
   * Smallest distance of body cores minus what two cores need, m. Headway model: cores of 2/3 of the radius, never below 0 but for rounding;
   * classic models have no core but the whole body, and may overlap.
   */
  minCoreGap_m: number;
  wallCrossings: 0;
  /** Steps of one person that were cut short because they would have crossed a wall; 0 for a model that never does. */
  wallLimited: number;
  /** Deadlocks: groups of people who made no progress though they want to. */
  stuck: Unfinished[];
  /** Lifts that run: rides between levels, people carried, and how long they stood before the doors until they were let in. */
  lifts: { name: string; trips: number; carried: number; wait_mean_s: number | null; wait_max_s: number | null }[];
  /** Marshals' redirections: how many people on the way to the exits in question heard them, and how many of those followed. */
  redirects: { at_s: number; what: string; heard: number; followed: number }[];
  unfinished: number;
  /** Who cannot walk any more, in order of time; absent where nothing could incapacitate. */
  incapacitated?: Incapacitated[];
  /** Doses of everybody; only where the scenario has fire. */
  exposure?: PeopleExposure;
}
