import { describe, expect, it } from "vitest";
import type { Check, Expectation } from "../../engine/verify/definition.js";
import { type CaseValues, judge } from "../../engine/verify/judge.js";

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

it("documented is neither passed nor failed", () => {
  expect(verdict({ documented: true }, [values("a", [1])])).toBe("documented");
});
