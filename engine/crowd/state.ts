/** Everything that changes during a run of the crowd. */

import type { LocalScratch } from "../geometry/local-time.js";
import type { WalkingGraph } from "../geometry/travel-time.js";
import { graphFor } from "../world/fields.js";
import type { Field, World } from "../world/world.js";
import { type Agents, createAgents } from "./agents.js";
import type { CrowdedFloor } from "./crowded-floor.js";
import { createExitLoads, type ExitLoads } from "./exit-loads.js";
import { createGateState, type GateState } from "./gates.js";
import { createModel } from "./models/create.js";
import type { MovementModel, StepOutput } from "./models/model.js";
import { createPassages, type Passage } from "./passages.js";
import { createPeople, type People } from "./people.js";
import type { Rests } from "./rests.js";
import { createTogether, drawSocialGroups, type SocialGroup, type Together } from "./social-groups.js";
import type { Fallen, Surroundings, WaysRound } from "./surroundings.js";

export interface LaneState {
  /** Ids in order, the first at the server. */
  line: number[];
  serving: number;
  doneAt: number;
}

export interface QueueWork {
  lanes: LaneState[];
  served: number;
  /** Waiting times that ended since the last output, s. */
  waits: number[];
}

/** Where a field stands between looks for crowds. */
export interface RoundState {
  /** Time of the next look for each field, s, and the wait before it: it doubles while no way round is worth it. */
  readonly due: Float64Array;
  readonly wait: Float64Array;
}

/** One who crossed an exit line or entered an exit area. */
export interface Leaver {
  id: number;
  /** s, exact within a step. */
  time: number;
  /** Index into `World.exits`. */
  exit: number;
  x: number;
  y: number;
  sheet: number;
  group: number;
}

/** One who has been let into a car. */
export interface Rider {
  readonly id: number;
  /** Landing at which they get out. */
  readonly to: number;
  /** Their place in the car, m. */
  x: number;
  y: number;
  /** Time of being let in, s; -1: has given up. */
  since: number;
  /** false: still on the way to the place. */
  rides: boolean;
}

export interface LiftWork {
  state: "idle" | "moving" | "opening" | "open" | "closing";
  /** End of the present state at the earliest, s. */
  until: number;
  /** Landing where the car is, or was last; and the one it goes to. */
  at: number;
  to: number;
  direction: 1 | -1;
  runs: boolean;
  /** Ids in the rows before the doors of each landing, in order. */
  readonly rows: number[][][];
  riders: Rider[];
  /** Ids of those who get out and are not out yet. */
  leaving: number[];
  /** When the next may be let in, s. */
  nextIn: number;
  /** Whether those who ride on have moved up since the doors opened. */
  movedUp: boolean;
  /** Whether those who ride on have been asked to make way for somebody who gets out and is held up. */
  madeWay: boolean;
  /** Who has stepped out for others since the doors opened, and when the next may, s. */
  letOut: number[];
  nextOut: number;
  /** Whether there was no room for the last who could have been let in. */
  full: boolean;
  trips: number;
  carried: number;
  readonly waits: { count: number; sum: number; most: number };
}

export interface RedirectWork {
  /** 1 by person who has heard it. */
  readonly told: Uint8Array;
  heard: number;
  followed: number;
}

export interface Crowd {
  readonly world: World;
  readonly seed: number;
  readonly people: People;
  readonly agents: Agents;
  readonly gates: GateState;
  readonly model: MovementModel;
  out: StepOutput;
  /** Fields that people follow: the free ones, but for people who are locked (congestion.ts). */
  fields: readonly Field[];
  /** Fields and graph of the present state of the gates. */
  freeFields: readonly Field[];
  graph: WalkingGraph;
  /** Graphs by class of body width and scratch for ways round crowds, made when first needed (congestion.ts). */
  graphs: readonly WalkingGraph[] | null;
  scratch: LocalScratch | null;
  floor: CrowdedFloor | null;
  round: RoundState | null;
  readonly queues: QueueWork[];
  readonly lifts: readonly LiftWork[];
  /** How many people are due at the exits that others weigh. */
  readonly exits: ExitLoads;
  /** Of each of World.redirects: who has heard it. */
  readonly redirects: RedirectWork[];
  /** Gates with a prescribed flow or a turnstile. */
  readonly passages: readonly Passage[];
  readonly social: readonly SocialGroup[];
  /** By person of a social group, at the last look. */
  readonly together: Together;
  /** What positions lost to rounding; null where that is too little to matter, undefined before the first step. */
  rests: Rests | null | undefined;
  time: number;
  /** Steps since people last looked around; 0: they do in the next step. */
  sinceLook: number;
  /** People asked for and not yet inside, by group, in order. */
  readonly waiting: number[][];
  asked: number;
  left: number;
  leavers: Leaver[];
  /** null: nothing around people changes how they walk. */
  surroundings: Surroundings | null;
  /** Who cannot walk any more, in order of time; they count as inside. */
  readonly fallen: Fallen[];
  /** Fields over floor that is slow, made when first needed; null: none for the present gates. */
  waysRound: WaysRound | null;
}

export function createCrowd(world: World, seed: number): Crowd {
  const people = createPeople(world, seed);
  const social = drawSocialGroups(world, people, seed);
  const bound = social.length > 0 ? people.total : 0;
  const capacity = Math.max(
    16,
    world.groups.reduce((sum, g) => sum + (g.arrivals ? 0 : g.count), 0),
  );
  const gates = createGateState(world);
  const crowd: Crowd = {
    world,
    seed,
    people,
    agents: createAgents(people.total, capacity, world.binCount),
    gates,
    model: createModel(world, seed, () => crowd.fields),
    out: createOutput(capacity),
    fields: world.fields,
    freeFields: world.fields,
    graphs: null,
    scratch: null,
    floor: null,
    round: null,
    graph: graphFor(world.graph, world.gates, (g) => gates.open[g] === 1),
    queues: world.queues.map((queue) => ({
      lanes: queue.lanes.map(() => ({ line: [], serving: -1, doneAt: 0 })),
      served: 0,
      waits: [],
    })),
    lifts: world.lifts.map(({ landings }) => ({
      state: "idle",
      until: 0,
      at: 0,
      to: 0,
      direction: 1,
      runs: true,
      rows: landings.map(({ rows }) => rows.map(() => [])),
      riders: [],
      leaving: [],
      nextIn: 0,
      movedUp: false,
      madeWay: false,
      letOut: [],
      nextOut: 0,
      full: false,
      trips: 0,
      carried: 0,
      waits: { count: 0, sum: 0, most: 0 },
    })),
    social,
    together: createTogether(bound),
    exits: createExitLoads(world),
    redirects: world.redirects.map(() => ({ told: new Uint8Array(people.total), heard: 0, followed: 0 })),
    passages: createPassages(world),
    rests: undefined,
    time: 0,
    sinceLook: 0,
    waiting: world.groups.map(() => []),
    asked: 0,
    left: 0,
    leavers: [],
    surroundings: null,
    fallen: [],
    waysRound: null,
  };
  return crowd;
}

export function createOutput(capacity: number): StepOutput {
  return {
    vx: new Float32Array(capacity),
    vy: new Float32Array(capacity),
    hx: new Float32Array(capacity),
    hy: new Float32Array(capacity),
    facing: new Uint8Array(capacity),
    minCoreGap: Infinity,
    wallLimited: 0,
  };
}
