import { describe, expect, it } from "vitest";
import { stream } from "../../engine/random.js";
import type { Check, Expectation } from "../../engine/verify/definition.js";
import { judge } from "../../engine/verify/judge.js";
import type { CaseValues } from "../../engine/verify/rows.js";

const check = (expect: Expectation, cases?: string[]): Check => ({
  quantity: "time",
  unit: "s",
  measure: "time",
  ...(cases ? { cases } : {}),
  expect,
  tolerance: "of this test",
  set_by: "ours",
});

/** Runs of a case; null: the run failed, []: it has no value. */
const one = (name: string, runs: (number[] | null)[], other?: number[][]): CaseValues => ({
  name,
  at: null,
  runs: runs.map((time, k) => (time === null ? null : { time, ...(other ? { other: other[k]! } : {}) })),
  distribution: () => ({ uniform: [0, 1] }),
});
const values = (name: string, list: number[]): CaseValues =>
  one(
    name,
    list.map((v) => [v]),
  );
const verdict = (expectation: Expectation, cases: CaseValues[]): string => judge(check(expectation), cases, null).verdict;

describe("limits", () => {
  it("take the mean, or every value", () => {
    const cases = [values("a", [9, 10, 11])];
    expect(verdict({ between: [9.5, 10.5] }, cases)).toBe("passed");
    expect(verdict({ between: [9.5, 10.5], each: true }, cases)).toBe("failed");
    expect(verdict({ at_most: 9.9 }, cases)).toBe("failed");
    expect(verdict({ at_least: 10 }, cases)).toBe("passed");
  });

  it("a failed run or one without a value fails the case, and is counted", () => {
    for (const lost of [null, []]) {
      const { verdict: found, rows } = judge(check({ at_most: 20 }), [one("a", [[10], lost, [11]])], null);
      expect(found).toBe("failed");
      expect(rows[0]).toMatchObject({ runs: 3, missing: 1, mean: 10.5 });
    }
  });

  it("a density that a run never reached may be left out, but not in all runs", () => {
    const cases = [one("up", [[1], [], [1.1]]), one("down", [[2], [2], [2.2]])];
    expect(verdict({ order: "rising" }, cases)).toBe("failed");
    expect(verdict({ order: "rising", sparse: true }, cases)).toBe("passed");
    expect(verdict({ order: "rising", sparse: true }, [one("up", [[], []]), one("down", [[2], [2]])])).toBe("failed");
  });

  it("nothing measured is never passed", () => {
    expect(verdict({ at_most: 20 }, [one("a", [])])).toBe("failed");
    expect(verdict({ at_most: 20 }, [])).toBe("failed");
    expect(judge(check({ at_most: 20 }, ["absent"]), [values("a", [1])], null).verdict).toBe("failed");
  });
});

describe("order", () => {
  it("rising asks for a paired difference beyond chance", () => {
    const noise = [0, 5, -4, 3, -2, 1];
    const base = values(
      "a",
      noise.map((n) => 10 + n),
    );
    // The same draws 1 s later: the pairs show what the overlapping intervals of the means do not.
    const later = values(
      "b",
      noise.map((n) => 11 + n),
    );
    expect(verdict({ order: "rising" }, [base, later])).toBe("passed");
    expect(verdict({ order: "rising" }, [later, base])).toBe("failed");
    expect(verdict({ order: "rising" }, [base, values("c", [16, 9, 11, 8, 12, 10])])).toBe("failed");
  });

  it("not-falling compares means and grants its slack", () => {
    const cases = [values("a", [10, 10]), values("b", [9.5, 9.5])];
    expect(verdict({ order: "not-falling" }, cases)).toBe("failed");
    expect(verdict({ order: "not-falling", slack: 0.6 }, cases)).toBe("passed");
    expect(verdict({ order: "not-rising" }, cases)).toBe("passed");
  });

  it("one hump", () => {
    const humps = (list: number[]): string =>
      verdict(
        { one_hump: true },
        list.map((v, k) => values(String(k), [v])),
      );
    expect(humps([1, 2, 3, 2, 1])).toBe("passed");
    expect(humps([1, 3, 2, 3, 1])).toBe("failed");
  });
});

it("ratio, greatest, equal and above", () => {
  const cases = [values("four", [50, 52]), values("two", [100, 104])];
  expect(verdict({ ratio: { of: "two", to: "four", between: [1.9, 2.1] } }, cases)).toBe("passed");
  expect(verdict({ ratio: { of: "two", to: "four", between: [1.5, 1.9] } }, cases)).toBe("failed");
  expect(verdict({ difference: { of: "two", less: "four", between: [50, 52] } }, cases)).toBe("passed");
  expect(verdict({ difference: { of: "two", less: "four", between: [10, 20] } }, cases)).toBe("failed");
  expect(verdict({ greatest_between: [100, 103] }, cases)).toBe("passed");
  expect(verdict({ greatest_between: [110, 120] }, cases)).toBe("failed");
  expect(verdict({ equal_share: 0.05 }, cases)).toBe("failed");
  expect(verdict({ above: { measure: "other" } }, [one("a", [[5], [6]], [[4], [5]])])).toBe("passed");
  expect(verdict({ above: { measure: "other" } }, [one("a", [[4], [5]], [[5], [6]])])).toBe("failed");
});

it("references: by case, as root mean square, at the measured density", () => {
  const cases = [values("a", [1.1]), values("b", [0.9])];
  expect(verdict({ reference: { values: { a: 1, b: 1 }, within: 0.15 } }, cases)).toBe("passed");
  expect(verdict({ reference: { values: { a: 1, b: 1 }, within: 0.05 } }, cases)).toBe("failed");
  expect(verdict({ reference: { values: { a: 1, b: 1 }, rmse_at_most: 0.09 } }, cases)).toBe("failed");
  expect(verdict({ reference: { values: { a: 1, b: 1 }, rmse_at_most: 0.11 } }, cases)).toBe("passed");
  expect(verdict({ reference: { values: { a: 1 }, rmse_at_most: 0.11 } }, cases)).toBe("failed");
  const pairs = [one("run", [[0.5, 1.3, 1, 1, 2, 0.5]])];
  const at = (density: number, speed: number): string =>
    judge(check({ at_density: { density: "rho", speed: "v", within: 0.1, width: 0.2 } }), pairs, {
      run: { rho: density, v: speed },
    }).verdict;
  expect(at(1.05, 1.05)).toBe("passed");
  expect(at(1.05, 1.2)).toBe("failed");
  expect(at(1.5, 0.7)).toBe("failed");
});

it("a distribution is judged over all values of all runs", () => {
  const even = Array.from({ length: 100 }, (_, k) => (k + 0.5) / 100);
  expect(verdict({ follows: { group: "g", key: "speed_m_s" } }, [one("a", [even])])).toBe("passed");
  expect(verdict({ follows: { group: "g", key: "speed_m_s" } }, [one("a", [even.map((x) => x / 2)])])).toBe("failed");
});

describe("a distribution run by run", () => {
  const follows: Expectation = { follows: { group: "g", key: "speed_m_s", per_run: true } };
  /** 50 runs of 50 people whose values are those of U(0, 1), changed. */
  const population = (change: (x: number) => number, first = 0, runs = 50): CaseValues =>
    one(
      "a",
      Array.from({ length: runs }, (_, run) => {
        const random = stream(first + run, "sample");
        return Array.from({ length: 50 }, () => change(random.next()));
      }),
    );

  it("accepts true samples: of 200 such populations about 5 of 100 fail by chance", () => {
    let failed = 0;
    for (let k = 0; k < 200; k++) if (verdict(follows, [population((x) => x, 1000 * k, 10)]) === "failed") failed++;
    expect(failed).toBeLessThan(20);
  });

  it("rejects a shifted, a narrower and a constant distribution, which the guideline is about", () => {
    expect(verdict(follows, [population((x) => x)])).toBe("passed");
    // A quarter of the standard deviation 0.289.
    expect(verdict(follows, [population((x) => x + 0.072)])).toBe("failed");
    expect(verdict(follows, [population((x) => 0.5 + 0.7 * (x - 0.5))])).toBe("failed");
    expect(verdict(follows, [population(() => 0.5)])).toBe("failed");
  });

  it("shares the 5 % among the cases, and says how many runs were rejected", () => {
    const cases = [population((x) => x), { ...population((x) => x + 0.072), name: "b" }];
    const { rows, found } = judge(check(follows), cases, null);
    expect(rows.map(({ ok }) => ok)).toEqual([true, false]);
    expect(found).toMatch(/a: \d of 50 runs rejected .* pooled, not judged: n 2500/);
  });
});

describe("a short run", () => {
  const short = (expectation: Expectation, cases: CaseValues[]): string => judge(check(expectation), cases, null, true).verdict;

  it("is undecided where a limit lies inside the interval, on whichever side the mean is", () => {
    const cases = [values("a", [9, 10, 11])];
    for (const most of [10.5, 9.5]) {
      expect(short({ at_most: most }, cases)).toBe("undecided");
      expect(judge(check({ at_most: most }), cases, null, true).rows[0]).toMatchObject({ ok: null, undecided: true });
    }
    expect(short({ at_most: 20 }, cases)).toBe("passed");
    expect(short({ at_least: 20 }, cases)).toBe("failed");
    expect(short({ between: [9.9, 30] }, cases)).toBe("undecided");
    expect(short({ at_most: 20 }, [values("a", [10])])).toBe("undecided");
  });

  it("still fails by one value out of limits, by a lost run, and by what lies clearly on the wrong side", () => {
    expect(short({ at_most: 10, each: true }, [values("a", [9, 11])])).toBe("failed");
    expect(short({ at_most: 10.5 }, [one("a", [[9], [10], null])])).toBe("failed");
    const mixed = [values("a", [9, 10, 11]), values("b", [30, 30.1, 30.2])];
    expect(short({ at_most: 10.5 }, mixed)).toBe("failed");
  });

  it("orders, ratios, differences, greatest values and references are open by the same rule", () => {
    const a = values("a", [1, 2, 3]);
    const b = values("b", [1.5, 1.8, 3.6]);
    const far = values("c", [11, 12.1, 13]);
    expect(short({ order: "rising" }, [a, b])).toBe("undecided");
    expect(short({ order: "falling" }, [a, b])).toBe("undecided");
    expect(short({ order: "rising" }, [a, far])).toBe("passed");
    expect(short({ order: "falling" }, [a, far])).toBe("failed");
    expect(short({ order: "not-rising" }, [a, b])).toBe("undecided");
    expect(short({ one_hump: true }, [a, far, b])).toBe("passed");
    expect(short({ one_hump: true }, [b, a, far])).toBe("undecided");
    expect(short({ ratio: { of: "b", to: "a", between: [1.1, 9] } }, [a, b])).toBe("undecided");
    expect(short({ ratio: { of: "c", to: "d", between: [0, 1] } }, [far, values("d", [2, 2.2, 2.4])])).toBe("failed");
    expect(short({ difference: { of: "c", less: "a", between: [9, 11] } }, [a, far])).toBe("passed");
    expect(short({ greatest_between: [1.9, 9] }, [a])).toBe("undecided");
    expect(short({ equal_share: 0.5 }, [a, b])).toBe("undecided");
    expect(short({ reference: { values: { a: 2 }, within: 0.1 } }, [a])).toBe("undecided");
    expect(short({ reference: { values: { a: 2 }, rmse_at_most: 0.5 } }, [a])).toBe("undecided");
    expect(short({ reference: { values: { c: 2 }, rmse_at_most: 0.5 } }, [far])).toBe("failed");
    expect(short({ above: { measure: "other" } }, [one("a", [[5], [6]], [[4], [7]])])).toBe("undecided");
    expect(
      short({ band: [[1, 0, 1]] }, [
        one("a", [
          [5, 1],
          [5, 1],
        ]),
      ]),
    ).toBe("undecided");
  });

  it("of what has no scatter is decided", () => {
    expect(short({ at_most: 0 }, [values("a", [0, 0])])).toBe("passed");
    expect(short({ order: "rising" }, [values("a", [1, 2]), values("b", [1, 2])])).toBe("failed");
  });

  it("leaves a whole suite as it was", () => expect(verdict({ at_most: 10.5 }, [values("a", [9, 10, 11])])).toBe("passed"));
});

it("documented is neither passed nor failed", () => {
  expect(verdict({ documented: true }, [values("a", [1])])).toBe("documented");
});
