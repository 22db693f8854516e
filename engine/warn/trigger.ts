/**
 * When a level is given and when it ends: on-delay, off-delay and hysteresis, so that a value that wavers about a limit makes one
 * warning and not twenty (alarm practice after EEMUA 191 and ISA 18.2).
 */
import { LEVELS, type WarningLevel, type WarningRule } from "../scenario/scenario.js";

/** A change that has become certain: since `at_s` the level is `to` (null: none). It is known `hold_s` later. */
export interface Change {
  at_s: number;
  to: WarningLevel | null;
}

export interface Trigger {
  /** @param value NaN counts as below every limit. Returns the changes that this value makes certain, in order of time. */
  observe(time: number, value: number): Change[];
  readonly level: WarningLevel | null;
  /** Since when the lowest limit has been reached without a break that would end it; null below it. */
  readonly since_s: number | null;
  /** Since when the value has been so low that the lowest level will end if it stays; null otherwise. */
  readonly endingSince_s: number | null;
}

interface Latch {
  readonly level: WarningLevel;
  readonly on: number;
  readonly off: number;
  active: boolean;
  /** Since when the value has been beyond the border that would switch the latch; null on this side of it. */
  since: number | null;
  /** Since when the latch is on, or since when it may come on. */
  onSince: number | null;
}

/** Times are compared with this slack, since they are multiples of a step that binary numbers do not hit. s */
const SLACK = 1e-6;

/**
 * Each level is a latch of its own: it goes on when the value has been at or above its limit for `hold_s`, off when it has been below
 * the limit less `hysteresis` for `hold_s`. The warning's level is the highest latch that is on. Limits rise with the level, so a lower
 * latch is on whenever a higher one is.
 */
export function createTrigger(rule: Pick<WarningRule, "levels" | "hold_s" | "hysteresis">): Trigger {
  const latches = LEVELS.flatMap((level): Latch[] => {
    const on = rule.levels[level];
    return on === undefined ? [] : [{ level, on, off: on - rule.hysteresis, active: false, since: null, onSince: null }];
  });
  const highest = (): WarningLevel | null => latches.findLast((latch) => latch.active)?.level ?? null;
  return {
    observe(time, value) {
      const changes: Change[] = [];
      for (const latch of latches) {
        if (latch.active) continue;
        const since = advance(latch, time, value, rule.hold_s);
        if (since !== null) push(changes, { at_s: since, to: latch.level });
      }
      if (changes.length > 0) return changes;
      for (const latch of latches.toReversed()) {
        if (!latch.active) continue;
        const since = advance(latch, time, value, rule.hold_s);
        if (since !== null) push(changes, { at_s: since, to: highest() });
      }
      return changes;
    },
    get level() {
      return highest();
    },
    get since_s() {
      return latches[0]?.onSince ?? null;
    },
    get endingSince_s() {
      return latches[0]?.active ? latches[0].since : null;
    },
  };
}

/** Of changes at the same time only the last is one. */
function push(changes: Change[], change: Change): void {
  if (changes.at(-1)?.at_s === change.at_s) changes.pop();
  changes.push(change);
}

/** The time since which the latch is in its new state, when it switches now; else null. */
function advance(latch: Latch, time: number, value: number, hold_s: number): number | null {
  const beyond = latch.active ? !(value >= latch.off) : value >= latch.on;
  if (!beyond) {
    latch.since = null;
    if (!latch.active) latch.onSince = null;
    return null;
  }
  latch.since ??= time;
  if (!latch.active) latch.onSince = latch.since;
  if (time - latch.since < hold_s - SLACK) return null;
  const { since } = latch;
  latch.active = !latch.active;
  latch.since = null;
  if (!latch.active) latch.onSince = null;
  return since;
}
