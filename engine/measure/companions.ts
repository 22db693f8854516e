/** How well social groups stay together: from first to last at the exits, and how far apart at most on the way. */
import { quantileSorted } from "simple-statistics";
import type { Departure, Frame, RunInfo } from "../run/records.js";
import type { SocialMeasure } from "./measures.js";

export interface CompanionsRecorder {
  frame(frame: Frame): void;
  depart(departures: readonly Departure[]): void;
  finish(): SocialMeasure[];
}

/** Cost per frame: the square of the size of each social group. Without social groups it does nothing. */
export function createCompanions({ social, total }: RunInfo): CompanionsRecorder {
  if (!social) return { frame: () => undefined, depart: () => undefined, finish: () => [] };
  const count = social.pools.length;
  const members: number[][] = Array.from({ length: count }, () => []);
  social.of.forEach((s, id) => {
    if (s >= 0) members[s]!.push(id);
  });
  const row = new Int32Array(total).fill(-1);
  const first = new Float64Array(count).fill(Infinity);
  const last = new Float64Array(count).fill(-Infinity);
  const left = new Int32Array(count);
  const apart = new Float64Array(count);
  return {
    depart(departures) {
      for (const { id, time } of departures) {
        const s = social.of[id]!;
        if (s < 0) continue;
        left[s]!++;
        if (time < first[s]!) first[s] = time;
        if (time > last[s]!) last[s] = time;
      }
    },
    frame(frame) {
      row.fill(-1);
      for (let k = 0; k < frame.count; k++) row[frame.id[k]!] = k;
      members.forEach((ids, s) => {
        apart[s] = Math.max(apart[s]!, largestDistance(ids, row, frame));
      });
    },
    finish() {
      return [...new Set(social.pools)].map((group) => {
        const own = [...social.pools.keys()].filter((s) => social.pools[s] === group);
        const whole = own.filter((s) => left[s] === members[s]!.length);
        return {
          group,
          count: own.length,
          people: own.reduce((sum, s) => sum + members[s]!.length, 0),
          left_whole: whole.length,
          exit_spread_s: spreadOf(whole.map((s) => last[s]! - first[s]!)),
          largest_distance_m: spreadOf(own.map((s) => apart[s]!)),
        };
      });
    },
  };
}

/** In plan, whatever the levels, between any two who are inside, m; 0 where less than two are. */
function largestDistance(ids: readonly number[], row: Int32Array, { x, y }: Frame): number {
  let most = 0;
  for (let a = 0; a < ids.length; a++) {
    const i = row[ids[a]!]!;
    if (i < 0) continue;
    for (let b = a + 1; b < ids.length; b++) {
      const j = row[ids[b]!]!;
      if (j < 0) continue;
      const dx = x[i]! - x[j]!;
      const dy = y[i]! - y[j]!;
      most = Math.max(most, dx * dx + dy * dy);
    }
  }
  return Math.sqrt(most);
}

function spreadOf(values: number[]): SocialMeasure["exit_spread_s"] {
  if (values.length === 0) return null;
  const sorted = values.sort((a, b) => a - b);
  return {
    mean: sorted.reduce((sum, v) => sum + v, 0) / sorted.length,
    p95: quantileSorted(sorted, 0.95),
    max: sorted[sorted.length - 1]!,
  };
}
