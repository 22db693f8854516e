/** Shortens the list of repairs without hiding any: moves too small to see are counted, not listed one by one. */
import type { Repair } from "./layout.js";

/** Moves below this are given as one line per level, m. */
const UNSEEN = 1e-4;

/** Repairs that moved a corner or opening; others always stand alone. */
interface Move extends Repair {
  readonly move: true;
}

export type Repairs = (Repair | Move)[];

export function shortenRepairs(repairs: readonly (Repair | Move)[]): Repair[] {
  const small = new Map<string, { count: number; size: number; first: Repair }>();
  const rest: Repair[] = [];
  for (const repair of repairs) {
    const { place, level, what, size, at } = repair;
    if (!("move" in repair) || size >= UNSEEN) {
      rest.push({ place, level, what, size, at });
      continue;
    }
    const entry = small.get(level);
    if (entry) {
      entry.count++;
      entry.size = Math.max(entry.size, size);
    } else small.set(level, { count: 1, size, first: repair });
  }
  const lines = [...small].map(([level, { count, size, first }]): Repair => {
    const what = `${count} outlines and openings fitted to their neighbours by less than ${UNSEEN} m each, at most ${size.toFixed(6)} m`;
    return {
      place: count === 1 ? first.place : `level ${level}`,
      level,
      what: count === 1 ? first.what : what,
      size,
      at: first.at,
    };
  });
  return [...rest, ...lines];
}
