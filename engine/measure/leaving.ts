/** When people left: clearing times of all and of each group. Two numbers per person, whatever the length of the run. */
import type { Departure } from "../run/records.js";
import type { Clearing } from "./measures.js";

export interface LeavingRecorder {
  add(departure: Departure): void;
  /** @param asked people asked for in all and by group: 100 % */
  finish(asked: number, byGroup: readonly number[]): { all: Clearing; groups: Clearing[] };
}

export function createLeaving(total: number): LeavingRecorder {
  const time = new Float64Array(total);
  const group = new Uint16Array(total);
  let left = 0;
  return {
    add(departure) {
      if (left >= total) throw new Error(`more than ${total} people have left`);
      time[left] = departure.time;
      group[left++] = departure.group;
    },
    finish(asked, byGroup) {
      const times = time.slice(0, left).sort();
      const groups = byGroup.map((count, g) =>
        clearing(Float64Array.from(time.subarray(0, left).filter((_, k) => group[k] === g)).sort(), count),
      );
      return { all: clearing(times, asked), groups };
    },
  };
}

/**
 * Time at which a share of `asked` had left: that of the ⌈share · asked⌉-th person; null where so many never did.
 * The curve begins (k = 0) with the first person.
 * @param times rising, s
 */
export function clearing(times: Float64Array, asked: number): Clearing {
  const at = (percent: number): number | null => {
    if (asked === 0) return null;
    // Rounding must not ask for one person more: 0.07 * 100 is 7.000000000000001.
    const person = Math.max(1, Math.ceil((percent * asked) / 100 - 1e-9));
    return person <= times.length ? times[person - 1]! : null;
  };
  return { t50_s: at(50), t95_s: at(95), t100_s: at(100), curve: Array.from({ length: 101 }, (_, k) => at(k)) };
}
