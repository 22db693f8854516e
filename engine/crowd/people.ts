/** What each person is and does, by id; the moving state by slot is in agents.ts. */

import { type Random, stream } from "../random.js";
import { sample } from "../scenario/distributions.js";
import type { Distribution } from "../scenario/scenario.js";
import { wayClassOf } from "../world/fields.js";
import type { PlanStage, World } from "../world/world.js";

/** What a person is about to do; the stage counter says in which stage of the journey. */
export const DOING = {
  OUTSIDE: 0,
  /** Before the first stage. */
  PRE_MOVEMENT: 1,
  /** Towards the stage's destination. */
  GOING: 2,
  /** Towards a spot inside the place of a stay. */
  SETTLING: 3,
  STAYING: 4,
  /** In a lane of a queue, towards or on a spot. */
  IN_LANE: 5,
  SERVED: 6,
  LEFT: 7,
  /** At a lift: in a row before its doors, being let in, in the car. */
  AT_LIFT: 8,
  BOARDING: 9,
  RIDING: 10,
  /** Cannot walk any more: see surroundings.ts. */
  INCAPACITATED: 11,
} as const;

export interface People {
  readonly total: number;
  readonly group: Uint16Array;
  readonly speed: Float32Array;
  readonly radius: Float32Array;
  /** 1 for people who walk in single file. */
  readonly singleFile: Uint8Array;
  /** Factor on the time gap kept on the level (motivation). */
  readonly gapFactor: Float32Array;
  /** Class of ways: see World.narrow. */
  readonly wayClass: Uint8Array;
  /** Free speed on stairs in plan, m/s. */
  readonly stairsUp: Float32Array;
  readonly stairsDown: Float32Array;
  /** Whether one stands on a belt: below its share of those who do. */
  readonly standing: Float32Array;
  /** Stages begun, less one: counts on when a journey is repeated. */
  readonly stage: Int32Array;
  /** Person whose chances decide for this one: the first of their social group, else themselves. */
  readonly leader: Int32Array;
  /** Social group, -1: alone. */
  readonly social: Int32Array;
  /** 1: follows a marshal, and weighs exits no more. */
  readonly told: Uint8Array;
  readonly doing: Uint8Array;
  /** Time at which the present doing ends, s. */
  readonly until: Float64Array;
  /** Spot to stand on, m. */
  readonly spotX: Float32Array;
  readonly spotY: Float32Array;
  /** Spots tried in the present place. */
  readonly spots: Uint8Array;
  /** Destination walked to now, -1 for none. */
  readonly destination: Int16Array;
  /** Queue, lane and place in the lane; -1 when in none. */
  readonly queue: Int16Array;
  readonly lane: Int16Array;
  /** Time of joining a lane, s. */
  readonly joined: Float64Array;
  /** Place and time of the last progress of 0.5 m, for those who want to go on. */
  readonly anchorX: Float32Array;
  readonly anchorY: Float32Array;
  readonly anchorTime: Float64Array;
}

/** Draws everybody of all groups; ids run through the groups in order. */
export function createPeople(world: World, seed: number): People {
  const total = world.groups.reduce((sum, g) => sum + g.count, 0);
  const people: People = {
    total,
    group: new Uint16Array(total),
    speed: new Float32Array(total),
    radius: new Float32Array(total),
    singleFile: new Uint8Array(total),
    gapFactor: new Float32Array(total),
    wayClass: new Uint8Array(total),
    stairsUp: new Float32Array(total),
    stairsDown: new Float32Array(total),
    standing: new Float32Array(total),
    stage: new Int32Array(total).fill(-1),
    leader: Int32Array.from({ length: total }, (_, k) => k),
    social: new Int32Array(total).fill(-1),
    told: new Uint8Array(total),
    doing: new Uint8Array(total),
    until: new Float64Array(total),
    spotX: new Float32Array(total),
    spotY: new Float32Array(total),
    spots: new Uint8Array(total),
    destination: new Int16Array(total).fill(-1),
    queue: new Int16Array(total).fill(-1),
    lane: new Int16Array(total).fill(-1),
    joined: new Float64Array(total),
    anchorX: new Float32Array(total),
    anchorY: new Float32Array(total),
    anchorTime: new Float64Array(total),
  };
  const belts = world.sheets.some(({ belt }) => belt !== null);
  let id = 0;
  world.groups.forEach((group, g) => {
    for (let k = 0; k < group.count; k++, id++) {
      const agent = group.agents[k];
      people.group[id] = g;
      people.speed[id] = agent?.speed ?? sample(group.population.speed_m_s, stream(seed, "speed", id));
      people.radius[id] = agent?.radius ?? sample(group.population.radius_m, stream(seed, "radius", id));
      people.singleFile[id] = group.singleFile ? 1 : 0;
      people.gapFactor[id] = group.gapFactor;
      people.wayClass[id] = wayClassOf(world, 2 * people.radius[id]!, group.population.uses_stairs);
      if (belts) people.standing[id] = stream(seed, "standing", id).next();
      people.stairsUp[id] = stairSpeed(group.population.stairs_up_m_s, people.speed[id]! * group.population.stairs_up, seed, id);
      people.stairsDown[id] = stairSpeed(
        group.population.stairs_down_m_s,
        people.speed[id]! * group.population.stairs_down,
        seed,
        id,
      );
      people.until[id] = sample(group.pre_movement_s, stream(seed, "pre-movement", id));
    }
  });
  return people;
}

/** Drawn with the random number of the speed on the level; without a distribution the given share of that speed, m/s. */
const stairSpeed = (distribution: Distribution | undefined, share: number, seed: number, id: number): number =>
  distribution === undefined ? share : sample(distribution, stream(seed, "speed", id));

/** Index into the run's fields for a destination and a person's class of ways; -1 stays -1. */
export function fieldOf(world: World, people: People, id: number, destination: number): number {
  return destination < 0 ? -1 : people.wayClass[id]! * world.destinations.length + destination;
}

/** The stage of the journey a person is in; none before the first and after the last. */
export function stageOf(world: World, people: People, id: number): PlanStage | undefined {
  const { stages, repeats } = world.groups[people.group[id]!]!;
  const stage = people.stage[id]!;
  return stages[repeats ? stage % stages.length : stage];
}

/** The chance of one person for one purpose at one stage: never moved by what others do. */
export function chance(seed: number, purpose: string, id: number, stage: number): Random {
  return stream(seed, `${purpose}/${stage}`, id);
}
