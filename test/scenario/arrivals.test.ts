import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "../../engine/scenario/reading.js";
import { faults, read, withGroup } from "./helpers.js";

const START = { start: "2026-07-18T17:00:00+02:00", duration_min: 120 };
const arriving = (arrivals: Record<string, unknown>, count?: number): Record<string, unknown> =>
  withGroup({ start: undefined, count, arrivals: { at: "door", ...arrivals } }, START);
const intervals = (arrivals: Record<string, unknown>, count?: number, files = {}): [number, number, number][] =>
  read(arriving(arrivals, count), files).people[0]!.arrivals!.intervals.map(({ from_s, to_s, count: n }) => [from_s, to_s, n]);

describe("arrivals", () => {
  it("by a constant rate: until the count is reached, to an end, or to the end of the run", () => {
    expect(intervals({ rate_per_min: 40, from_min: 5 }, 100)).toEqual([[300, 450, 100]]);
    expect(intervals({ rate_per_min: 120, to: "17:10" })).toEqual([[0, 600, 1200]]);
    expect(intervals({ rate_per_min: 120 })).toEqual([[0, 7200, 14_400]]);
    expect(faults(arriving({ rate_per_min: 1 }, 500))[0]).toMatch(/the end of the arrivals is 30000 s, after the end of the run/);
    expect(faults(arriving({ rate_per_min: 0 }, 5))[0]).toMatch(/rate_per_min: is 0, and 5 people are to come/);
    expect(faults(arriving({ rate_per_min: 9, to_min: 3 }, 5))[0]).toMatch(/has a count, a rate and an end/);
    expect(faults(arriving({ rate_per_min: 60_000 }))[0]).toMatch(/brings 7200000 people, at most 1000000/);
  });

  it("by a table of rates, whole people by the running sum", () => {
    const table = [0, 1, 2, 3].map((k) => ({ from_min: k, to_min: k + 1, rate: 2.5 }));
    expect(intervals({ rate_per_min: table }).map(([, , n]) => n)).toEqual([3, 2, 3, 2]);
    expect(
      faults(
        arriving({
          rate_per_min: [
            { from_min: 0, to_min: 2, rate: 1 },
            { from_min: 1, to_min: 3, rate: 1 },
          ],
        }),
      )[0],
    ).toMatch(/interval 2 begins at 60 s, before interval 1 ends at 120 s/);
    expect(faults(arriving({ rate_per_min: [{ from_min: 2, to_min: 1, rate: 1 }] }))[0]).toMatch(
      /interval 1 ends at 60 s and begins at 120 s/,
    );
    expect(faults(arriving({ rate_per_min: table }, 11))[0]).toMatch(/the rates add to 10 people and count is 11/);
  });

  it("evenly between two times", () => {
    expect(intervals({ uniform_min: [0, 90] }, 500)).toEqual([[0, 5400, 500]]);
    expect(intervals({ uniform: ["17:30", "18:00"] }, 500)).toEqual([[1800, 3600, 500]]);
    expect(faults(arriving({ uniform_min: [0, 90] }))[0]).toMatch(/the group needs a count/);
  });

  it("by a profile with counts, shares, minutes or clock times", () => {
    const csv = "\ufeff# gates, last year\nFrom_min, To_min, Count\n0, 10, 120\n10,20,0\n\n20, 30,7\n";
    expect(intervals({ profile: "p.csv" }, undefined, { "p.csv": csv })).toEqual([
      [0, 600, 120],
      [600, 1200, 0],
      [1200, 1800, 7],
    ]);
    expect(
      intervals({ profile: "p.csv" }, 101, { "p.csv": "from,to,share\n17:00,17:30,1\n17:30,18:00,1\n18:00,18:30,1\n" }),
    ).toEqual([
      [0, 1800, 34],
      [1800, 3600, 34],
      [3600, 5400, 33],
    ]);
    expect(intervals({ profile: "p.csv" }, undefined, { "p.csv": "time,count\n17:00,5\n17:15,9\n17:25,2\n" })).toEqual([
      [0, 900, 5],
      [900, 1500, 9],
      [1500, 2100, 2],
    ]);
  });

  it.each<[string, string, RegExp]>([
    ["missing file", "", /the file "p.csv" cannot be read: no such file/],
    ["columns", "a,b\n1,2\n", /p.csv has the columns a, b; needs from_min,to_min or from,to or time, and one of count, share/],
    ["no rows", "from_min,to_min,count\n", /p.csv has no rows/],
    ["text", "from_min,to_min,count\n0,10,many\n", /p.csv, line 2: count is "many", must be a whole number of at least 0/],
    ["negative", "from_min,to_min,count\n0,10,3\n10,20,-4\n", /line 3: count is "-4"/],
    ["half", "from_min,to_min,count\n0,10,2.5\n", /count is "2.5"/],
    ["NaN", "from_min,to_min,count\nNaN,10,2\n", /line 2: from_min is "NaN", must be a number/],
    ["empty cell", "from_min,to_min,count\n0,10,\n", /count is ""/],
    ["backwards", "from_min,to_min,count\n10,0,2\n", /the interval ends at 0 and begins at 10/],
    ["overlap", "from_min,to_min,count\n0,10,2\n5,15,2\n", /interval 2 begins at 300 s, before interval 1 ends at 600 s/],
    ["clock", "time,count\n17:00,3\n27:00,4\n", /line 3: time is "27:00", not a clock time/],
    ["ragged", "from_min,to_min,count\n0,10,2,9\n", /p.csv is no CSV/],
    [
      "after the end",
      "from_min,to_min,count\n0,500,2\n",
      /the end of the arrivals is 30000 s, after the end of the run at 7200 s/,
    ],
  ])("refuses a profile with a fault: %s", (_name, csv, message) => {
    expect(faults(arriving({ profile: "p.csv" }), csv ? { "p.csv": csv } : {}).join("\n")).toMatch(message);
  });

  it("refuses counts of a profile that are not the group's", () => {
    expect(faults(arriving({ profile: "p.csv" }, 8), { "p.csv": "from_min,to_min,count\n0,10,7\n" })[0]).toMatch(
      /add to 7 people and count is 8/,
    );
  });

  it("refuses two forms, none, and shares that do not add up", () => {
    expect(faults(arriving({ uniform_min: [0, 1], rate_per_min: 3 }, 5))[0]).toMatch(
      /has rate_per_min and uniform_min, needs one of them/,
    );
    expect(faults(arriving({}, 5))[0]).toMatch(/one of profile, rate_per_min/);
    expect(faults(arriving({ at: ["a", "b"], shares: [0.7, 0.2], uniform_min: [0, 1] }, 5))[0]).toMatch(
      /arrivals.shares: adds to 0.9, must add to 1/,
    );
    expect(faults(arriving({ uniform_min: [0, 1], from_min: 1 }, 5))[0]).toMatch(
      /from_min: belongs to a constant rate_per_min only/,
    );
  });

  it("always sum to the count, also split over a mix of populations, interval by interval", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 4 }),
        (counts, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          const names = ["adults", "children", "older", "commuters"];
          const mix = Object.fromEntries(weights.map((w, k) => [names[k]!, w / sum]));
          const given = counts.map((count, k) => ({ from_s: 60 * k, to_s: 60 * k + 60, count }));
          const scenario = read(
            withGroup(
              { start: undefined, count: undefined, arrivals: { at: "door", intervals: given }, population: { mix } },
              START,
            ),
          );
          const groups = scenario.people;
          counts.forEach((count, k) => {
            expect(groups.reduce((total, group) => total + group.arrivals!.intervals[k]!.count, 0)).toBe(count);
          });
          const total = counts.reduce((a, b) => a + b, 0);
          groups.forEach((group, k) => {
            expect(group.count).toBe(group.arrivals!.intervals.reduce((n, interval) => n + interval.count, 0));
            expect(group.arrivals!.intervals.every((interval) => interval.count >= 0)).toBe(true);
            expect(Math.abs(group.count - (total * weights[k]!) / sum)).toBeLessThan(2);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("apportion: whole, in proportion, summing exactly", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const counts = apportion(total, weights);
          const sum = weights.reduce((a, b) => a + b, 0);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
          counts.forEach((n, k) => {
            expect(Math.abs(n - (total * weights[k]!) / sum)).toBeLessThan(1 + 1e-6);
          });
        },
      ),
    );
  });
});
