/**
 * The alarm of a building. Until its signal nobody who is inside from the start sets off, but for smoke or fire at their own place; from it on
 * everybody's pre-movement time counts, and at its end they leave, whatever they were doing.
 */
import { DOING } from "../../crowd/people.js";
import type { Crowd } from "../../crowd/state.js";

export interface Alarm {
  /** A detector has acted: the first sign counts. */
  raise(time: number): void;
  /** When people hear it, s; Infinity while nobody has raised it. */
  readonly signal_s: number;
  /** Alarms those whose pre-movement time is over; called at exchanges, true when the signal has just sounded. */
  tend(): boolean;
}

/** To be made before anybody is placed: `people.until` still holds pre-movement times, and is set to wait for the signal here. */
export function createAlarm(crowd: Crowd, { at_s, delay_s }: { at_s: number | null; delay_s: number }): Alarm {
  const { people, world } = crowd;
  const delays = people.until.slice();
  let signal = at_s === null ? Infinity : at_s + delay_s;
  let sounded = false;
  for (let id = 0; id < people.total; id++)
    if (!world.groups[people.group[id]!]!.arrivals) people.until[id] = signal + delays[id]!;
  return {
    raise(time) {
      if (time + delay_s >= signal) return;
      const before = signal;
      signal = time + delay_s;
      for (let id = 0; id < people.total; id++) {
        const waits = people.doing[id] === DOING.PRE_MOVEMENT && people.until[id] === before + delays[id]!;
        if (waits) people.until[id] = signal + delays[id]!;
      }
    },
    get signal_s() {
      return signal;
    },
    tend() {
      const { surroundings, time, agents } = crowd;
      if (!surroundings || time < signal - SLACK) return false;
      for (let i = 0; i < agents.count; i++) {
        const id = agents.now.id[i]!;
        if (time >= signal + delays[id]! - SLACK) surroundings.alarmed[id] = 1;
      }
      const first = !sounded;
      sounded = true;
      return first;
    },
  };
}

/** Times are multiples of a step that binary numbers do not hit. s */
const SLACK = 1e-6;
