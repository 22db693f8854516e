/** What is measured at one output time: what warnings and, later, response plans look at. Read it during the call. */
import type { Streams } from "./moves.js";
import type { QueueNow } from "./waits.js";

export interface AreaNow {
  place: string;
  /** People inside. */
  count: number;
  /** persons/m2 of floor */
  density: number;
  /** Mean speed, m/s; 0 where nobody is. */
  speed: number;
  /** Crowd pressure, 1/s2; see pressure.ts. */
  pressure: number;
  /** Fruin's level of service, 1 = A … 6 = F. */
  service: number;
}

export interface LineNow {
  place: string;
  kind: "line" | "opening" | "exit";
  width_m: number | null;
  /** Mean over the last minute, both directions, persons/s and persons/(m s). */
  flow: number;
  specific: number | null;
}

export interface Snapshot {
  /** s */
  time: number;
  asked: number;
  /** Outside, without room to enter. */
  waiting: number;
  inside: number;
  left: number;
  /** Everybody inside, over the whole floor. */
  site: AreaNow;
  areas: readonly AreaNow[];
  lines: readonly LineNow[];
  queues: readonly QueueNow[];
  /** Inflow and outflow of an area by source and destination over the last half minute to minute; of the site for "site". */
  streams(place: string): Streams;
}
