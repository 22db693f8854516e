import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../engine/scenario/scenario.js";
import { type Change, createTrigger } from "../../engine/warn/trigger.js";

const rule = { levels: { blue: 2, yellow: 3, orange: 4, red: 5 }, hold_s: 10, hysteresis: 0.5 };

/** All changes of a series with one value per second. */
function changesOf(values: readonly number[], of = rule): Change[] {
  const trigger = createTrigger(of);
  return values.flatMap((value, time) => trigger.observe(time, value));
}
const times = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe("a level", () => {
  it("is given when it has held, from the time it began", () => {
    expect(changesOf([...times(1, 5), ...times(2.5, 11)])).toEqual([{ at_s: 5, to: "blue" }]);
    expect(changesOf([...times(1, 5), ...times(2.5, 10)])).toEqual([]);
  });

  it("is not given for a short peak, and a break begins the hold anew", () => {
    expect(changesOf([...times(2.5, 9), 1.9, ...times(2.5, 9), ...times(0, 50)])).toEqual([]);
  });

  it("ends when it is below limit less hysteresis for the hold, at the time it fell there", () => {
    const values = [...times(2.5, 20), ...times(1.6, 20), ...times(1.4, 12)];
    expect(changesOf(values)).toEqual([
      { at_s: 0, to: "blue" },
      { at_s: 40, to: null },
    ]);
  });

  it("rises and falls through the levels inside one warning", () => {
    const values = [...times(3.2, 20), ...times(5.5, 20), ...times(3.2, 20), ...times(0, 20)];
    expect(changesOf(values)).toEqual([
      { at_s: 0, to: "yellow" },
      { at_s: 20, to: "red" },
      { at_s: 40, to: "yellow" },
      { at_s: 60, to: null },
    ]);
  });

  it("does not exist where the rule gives it no limit", () => {
    const only = { levels: { orange: 0.02, red: 0.04 }, hold_s: 0, hysteresis: 0.005 };
    expect(changesOf([0.01, 0.03, 0.016, 0.014], only as unknown as typeof rule)).toEqual([
      { at_s: 1, to: "orange" },
      { at_s: 3, to: null },
    ]);
  });
});

describe("any series of values", () => {
  const series = fc.array(fc.oneof(fc.double({ min: 0, max: 8, noNaN: true }), fc.constant(Number.NaN)), { maxLength: 300 });
  const holds = fc.integer({ min: 1, max: 20 });

  it("never flickers: two changes to and from one level are a hold apart", () => {
    fc.assert(
      fc.property(series, holds, (values, hold_s) => {
        const changes = changesOf(values, { ...rule, hold_s });
        const rank = (to: Change["to"]): number => (to === null ? -1 : LEVELS.indexOf(to));
        LEVELS.forEach((_, level) => {
          const switches = changes.filter((change, k) => {
            const before = k === 0 ? -1 : rank(changes[k - 1]!.to);
            return before >= level !== rank(change.to) >= level;
          });
          switches.slice(1).forEach((change, k) => {
            expect(change.at_s - switches[k]!.at_s).toBeGreaterThanOrEqual(hold_s);
          });
        });
      }),
    );
  });

  it("changes in order of time and never to the level it has", () => {
    fc.assert(
      fc.property(series, holds, (values, hold_s) => {
        let before: Change = { at_s: -1, to: null };
        for (const change of changesOf(values, { ...rule, hold_s })) {
          expect(change.at_s).toBeGreaterThan(before.at_s);
          expect(change.to).not.toBe(before.to);
          before = change;
        }
      }),
    );
  });

  it("is at a level only where the limit was reached for the hold before", () => {
    fc.assert(
      fc.property(series, holds, (values, hold_s) => {
        const trigger = createTrigger({ ...rule, hold_s });
        values.forEach((value, time) => {
          trigger.observe(time, value);
          if (trigger.level === null) return;
          const limit = rule.levels[trigger.level];
          const run = values.slice(0, time + 1).some((_, k) => {
            const part = values.slice(k, k + hold_s + 1);
            return part.length === hold_s + 1 && part.every((v) => v >= limit);
          });
          expect(run).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
});
