/** Ranges of a scenario's numbers, in SI; one table for the schema, the checks and the documentation. */

export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** Text of one scenario file, bytes. */
export const MAX_TEXT = 4 * 1024 * 1024;
/** Depth of maps and lists inside each other; a scenario needs 8. */
export const MAX_DEPTH = 40;
/** People over all groups. */
export const MAX_PEOPLE = 1_000_000;
/** s; 48 hours. */
const MAX_DURATION = 172_800;
/** Problems of one kind that are written out one by one; the rest is counted. */
export const MAX_LISTED = 50;

export const DURATION: Range = { minimum: 1, maximum: MAX_DURATION };
export const TIME_OF_RUN: Range = { minimum: 0, maximum: MAX_DURATION };
export const TIME_STEP: Range = { minimum: 0.01, maximum: 0.2 };
export const OUTPUT_EVERY: Range = { minimum: 0.01, maximum: 3600 };
/** m/s; 3 m/s is a run. */
export const SPEED: Range = { minimum: 0.01, maximum: 3 };
/** Speed on stairs in plan, m/s. */
export const STAIR_SPEED: Range = { minimum: 0.01, maximum: 2 };
/** m; half of the width a person needs. */
export const RADIUS: Range = { minimum: 0.05, maximum: 0.5 };
/** Pre-movement time, s. */
export const PRE_MOVEMENT: Range = { minimum: 0, maximum: 86_400 };
/** Factor on the time gap; beyond 2 people would have to look further ahead than they do (3 m). */
export const MOTIVATION: Range = { minimum: 0.5, maximum: 2 };
/** Share of the expected time that another exit must save before people change to it: `cba_gain` of JuPedSim's quickest-path router. */
export const GAIN = 0.15;
/** Weight of what others do where a scenario says only that they are followed. */
export const FOLLOW = 0.5;
/** Prescribed greatest flow, persons/(m s); nothing measured comes near 10. */
export const SPECIFIC_FLOW: Range = { minimum: 0.01, maximum: 10 };
/** Strip at each side of an opening that is not used, m. */
export const BOUNDARY_LAYER: Range = { minimum: 0, maximum: 1 };
export const TURNSTILE_LANES: Range = { minimum: 1, maximum: 200 };
/** Steps, m. */
export const TREAD: Range = { minimum: 0.1, maximum: 2 };
export const RISER: Range = { minimum: 0.02, maximum: 0.4 };
/** Belt of an escalator, m/s. */
export const BELT_SPEED: Range = { minimum: 0.1, maximum: 1.5 };
/** persons/h */
export const CAPACITY: Range = { minimum: 1, maximum: 20_000 };
/** A lift of which neither scenario nor layout say more: persons, m/s, m/s2, s. Sources: see schema/lifts.ts. */
export const LIFT = { capacity: 8, speed: 1, acceleration: 0.8, doorOpen: 2, doorClose: 3, dwell: 3 } as const;
/** Time of one service at a gate, s. */
export const SERVICE: Range = { minimum: 0, maximum: 3600 };
/** Time of a visit, s. */
export const STAY: Range = { minimum: 0, maximum: MAX_DURATION };
/** A place with less floor than this holds nobody, m2. */
export const LEAST_FLOOR = 0.01;
