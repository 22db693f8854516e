/** The fire part of the verification: its statistics, rows, and the parts of it that run in a moment. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runFireTests } from "../../cli/verify/fire.js";
import type { TestResult } from "../../engine/verify/document.js";
import { readTable } from "../../engine/verify/fire/history.js";
import { fireCheck, fireResult, fireRow, nearRow } from "../../engine/verify/fire/result.js";
import { accuracy, noWorse } from "../../engine/verify/fire/statistics.js";
import { FIRE_TESTS } from "../../engine/verify/fire/tests.js";

const reference = fileURLToPath(new URL("../reference/fire/", import.meta.url));

test("bias and scatter: CFAST on Steckler's tests has its published 0.90 / 0.14, 0.80 / 0.13, 0.88 / 0.24", () => {
  const table = readTable(readFileSync(`${reference}nist/experiments/steckler_table.csv`, "utf8"));
  const ambient = table.column("T_amb_C");
  const pairs = (model: string, measured: string, of: (value: number, k: number) => number) =>
    table.column(model).map((value, k) => ({ model: of(value, k), measured: of(table.column(measured)[k]!, k) }));
  const rise = (value: number, k: number): number => value - ambient[k]!;
  const figures = [
    accuracy(pairs("cf_T_upper_C", "exp_T_upper_C", rise)),
    accuracy(pairs("cf_interface_m", "exp_interface_m", (z) => 2.13 - z)),
    accuracy(pairs("cf_T_lower_C", "exp_T_lower_C", rise)),
  ];
  expect(figures.map(({ n, bias, deviation }) => [n, bias.toFixed(2), deviation.toFixed(2)])).toEqual([
    [55, "0.90", "0.14"],
    [55, "0.80", "0.13"],
    [55, "0.88", "0.24"],
  ]);
  expect(
    accuracy([
      { model: 2, measured: 1 },
      { model: 1, measured: 2 },
    ]),
  ).toMatchObject({ n: 2, bias: 1 });
  expect(noWorse(0.9).least).toBeCloseTo(0.895, 9);
  expect(noWorse(0.9).most).toBeCloseTo(1 / 0.9 + 0.005, 9);
});

test("a check fails with a row, is documented without limits, and a value that is missing fails", () => {
  const check = (...rows: ReturnType<typeof fireRow>[]) =>
    fireCheck({ quantity: "q", unit: "1", tolerance: "", set_by: "ours", rows }).verdict;
  expect(check(nearRow("a", 1.04, 1, { share: 0.05 }), nearRow("b", 0, 0, { difference: 0.1 }))).toBe("passed");
  expect(check(nearRow("a", 1.06, 1, { share: 0.05 }))).toBe("failed");
  expect(check(fireRow("a", Number.NaN, { most: 1, expected: "" }))).toBe("failed");
  expect(check(fireRow("a", 5, { expected: "" }))).toBe("documented");
  const [first] = FIRE_TESTS;
  expect(fireResult(first!, []).verdict).toBe("documented");
});

test("targets in rooms of fixed state, and the rooms of experiments", () => {
  const asked = FIRE_TESTS.filter(({ id }) => id === "FIRE-NIST-TARGETS" || id === "FIRE-ROOMS");
  const results: TestResult[] = [];
  runFireTests(asked, (result) => results.push(result));
  expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["FIRE-NIST-TARGETS", "passed"],
    ["FIRE-ROOMS", "documented"],
  ]);
  const burn = results[1]!.checks[0]!.rows[0]!;
  expect(burn.reference).toBeGreaterThan(200);
  expect(Math.abs(burn.mean! / burn.reference! - 1)).toBeLessThan(0.15);
});

test("every file that the tests read is in the package", () => {
  expect(new Set(FIRE_TESTS.map(({ id }) => id)).size).toBe(FIRE_TESTS.length);
  for (const name of ["nist/LICENSE.md", "cfast/expected/c10_floor_60_comp.csv", "nist/experiments/steckler_table.csv"])
    expect(existsSync(reference + name), name).toBe(true);
});
