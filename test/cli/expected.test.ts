import { expect, test } from "vitest";
import { compare, faultsOf, valueAt } from "../../cli/expected.js";

const document = {
  summary: { asked: 100, clearing: { t95_s: { p50: 200 } }, runs: [{ seed: 1 }, { seed: 7, status: "finished" }] },
  measures: {
    sections: [
      { place: "a.b [c", peak: 1 },
      { place: "stage", peak: { density: 0 } },
    ],
  },
};

test("paths by key, number, name and length", () => {
  expect(valueAt(document, "summary.clearing.t95_s.p50")).toBe(200);
  expect(valueAt(document, "summary.runs.1.seed")).toBe(7);
  expect(valueAt(document, "summary.runs[7].status")).toBe("finished");
  expect(valueAt(document, "summary.runs.length")).toBe(2);
  expect(valueAt(document, "measures.sections[a.b [c].peak")).toBe(1);
  for (const path of [
    "summary.absent",
    "summary.runs[9].seed",
    "summary.asked.more",
    "measures.sections.9",
    "summary.constructor",
  ])
    expect(valueAt(document, path), path).toBeUndefined();
});

test("values, bounds and mismatches", () => {
  const rows = compare(document, {
    "summary.asked": { value: 104, tolerance: 0.05 },
    "summary.clearing.t95_s.p50": { value: 180, tolerance: 0.05 },
    "measures.sections[stage].peak.density": { value: 0, tolerance: 0.01 },
    "summary.runs[7].status": { equals: "finished" },
    "summary.runs.length": { min: 1, max: 2 },
    "summary.runs.0.seed": { min: 2 },
    "summary.absent": { min: 0 },
    "summary.runs": { max: 5 },
  });
  expect(rows.map((row) => row.ok)).toEqual([true, false, true, true, true, false, false, false]);
});

test("an expected.json that expects nothing is a fault", () => {
  expect(
    faultsOf({ seeds: "1", expect: { a: { equals: null } }, variants: { x: { seeds: "1", expect: { b: { min: 1 } } } } }),
  ).toEqual([]);
  expect(faultsOf([])).toHaveLength(1);
  expect(faultsOf({ seeds: 1, expect: {}, more: 1 })).toHaveLength(3);
  expect(
    faultsOf({ seeds: "1", expect: { a: { value: 1 }, b: { value: 1, tolerence: 2 }, c: {}, d: { min: "1" }, e: 3 } }),
  ).toHaveLength(5);
  expect(
    faultsOf({ seeds: "1", expect: { a: { min: 1 } }, variants: { x: { seeds: "1", expect: {}, variants: {} } } }),
  ).toHaveLength(2);
});
