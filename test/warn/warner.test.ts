import { describe, expect, it } from "vitest";
import { frameOf, type Someone } from "../measure/sample.js";
import { crowd, hall, reportOf } from "./sample.js";

/** So many people in the front at each second. */
const counts = (list: readonly number[]) => list.map((count, k) => frameOf(k, k, crowd(count)));
const times = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe("warnings of one run", () => {
  it("are one per place and episode with the changes of level inside", () => {
    // 20 m2 of floor: 70 people are 3.5 persons/m2, 90 are 4.5.
    const { warnings } = reportOf(hall(), 1, counts([...times(10, 5), ...times(70, 20), ...times(90, 20), ...times(10, 20)]));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      place: "front",
      level: "orange",
      scheme: "density",
      start_s: 5,
      end_s: 45,
      peak: 4.5,
      peak_at_s: 25,
      limit: 4,
      changes: [
        { at_s: 5, level: "yellow" },
        { at_s: 25, level: "orange" },
      ],
    });
  });

  it("are open at the end where they still hold, and end where the value has just fallen for good", () => {
    const still = reportOf(hall(), 1, counts(times(70, 20))).warnings;
    expect(still[0]).toMatchObject({ level: "yellow", end_s: null });
    const fallen = reportOf(hall(), 1, counts([...times(70, 20), ...times(0, 5)])).warnings;
    expect(fallen[0]).toMatchObject({ level: "yellow", end_s: 20 });
  });

  it("are two where the place was calm between them, and none below the limits", () => {
    const twice = [...times(70, 15), ...times(0, 15), ...times(70, 15), ...times(0, 15)];
    expect(reportOf(hall(), 1, counts(twice)).warnings.map(({ start_s }) => start_s)).toEqual([0, 30]);
    expect(reportOf(hall(), 1, counts(times(39, 60))).warnings).toEqual([]);
  });

  it("say where the inflow comes from, and advise to hold it", () => {
    // Every second one person steps from the back into the front, nobody leaves it.
    const frames = Array.from({ length: 100 }, (_, k) =>
      frameOf(
        k,
        k,
        Array.from(
          { length: 100 },
          (_, id): Someone => (id <= k ? { ...crowd(1, id)[0]!, y: 0.2 + (id % 46) / 10 } : { id, x: 6, y: 2 }),
        ),
      ),
    );
    const { warnings } = reportOf(hall({ warnings: { front: { scheme: "density", yellow: 3, orange: 4 } } }), 1, frames);
    const warning = warnings.find(({ place }) => place === "front");
    expect(warning!.level).toBe("orange");
    expect(warning!.cause).toContain("inflow 60 /min (all from back) against outflow 0 /min");
    expect(warning!.cause).toContain("the crowd stands");
    expect(warning!.advice).toContain("hold the inflow from back");
  });

  it("watch the site by capacity, and a queue by people and by waiting time", () => {
    const rules = [
      { place: "site", scheme: "share-of-capacity", capacity: 100, yellow: 0.8, hold_s: 2 },
      { place: "gate", scheme: "queue", yellow: 5, hold_s: 2, hysteresis: 1 },
      { place: "gate", scheme: "queue", orange: 1, unit: "min", hold_s: 2, hysteresis: 0.1 },
    ];
    const of = hall();
    of.info.queues.push({ name: "gate", servers: 2 });
    // The layout has no opening to queue at: the rule is put in by hand, in its complete form.
    of.scenario.warnings = rules.map((rule) => ({
      place: rule.place,
      scheme: rule.scheme as "queue",
      unit: rule.unit === "min" ? "s" : "persons",
      source: "test",
      levels: rule.orange ? { orange: 60 } : { yellow: rule.yellow! },
      hold_s: 2,
      hysteresis: 0.05,
      capacity: rule.capacity ?? null,
    }));
    const frames = Array.from({ length: 90 }, (_, k) =>
      frameOf(k, k, crowd(85), { queues: [{ queue: 0, waiting: 6, beingServed: 2, served: 0, waits: [] }] }),
    );
    const { warnings } = reportOf(of, 1, frames);
    expect(warnings.map(({ place, unit, level, start_s, peak }) => ({ place, unit, level, start_s, peak }))).toEqual([
      { place: "gate", unit: "persons", level: "yellow", start_s: 0, peak: 6 },
      { place: "site", unit: "persons", level: "yellow", start_s: 0, peak: 0.85 },
      { place: "gate", unit: "s", level: "orange", start_s: 60, peak: 89 },
    ]);
    expect(warnings[2]!.cause).toContain("nobody is served");
  });
});
