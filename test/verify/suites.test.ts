import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, test } from "vitest";
import { readSuites, sortKey } from "../../cli/verify/suites.js";
import { casesOf, lattice } from "../../engine/verify/cases.js";
import { PROBES, readSuite, suiteSchema } from "../../engine/verify/definition.js";
import { verificationSchema } from "../../engine/verify/document.js";

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, k) => String(from + k).padStart(2, "0"));
const RIMEA = [...numbers(1, 11), "12a", "12b", "12c", "12d", "13", "13old", ...numbers(14, 16)];
const NIST = [
  "1.1",
  "2.1",
  "2.2",
  "2.3",
  "2.4",
  "2.5",
  "2.6",
  "2.7",
  "2.8",
  "2.9",
  "2.10",
  "3.1",
  "3.2",
  "3.3",
  "4.1",
  "5.1",
  "5.2",
];
const GUIDELINES = [
  ...RIMEA.map((n) => `RIMEA-${n}`),
  ...numbers(1, 12).map((n) => `IMO-${n}`),
  ...NIST.map((n) => `NIST-${n}`),
  ...numbers(1, 19).map((n) => `ISO-${n}`),
];

describe("shipped suites", () => {
  const suites = readSuites();
  const tests = suites.flatMap(({ file }) => file.tests);

  it("hold every test of the guidelines once", () => {
    const ids = tests.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(GUIDELINES.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("name cases that exist, and say who set each limit", () => {
    for (const { name, file } of suites) {
      const names = casesOf(file).map((one) => one.name);
      expect(new Set(names).size, name).toBe(names.length);
      for (const check of file.tests.flatMap((each) => each.checks ?? []))
        for (const one of check.cases ?? []) expect(names, name).toContain(one);
    }
  });

  it("only a test whose text is unknown is pending", () => {
    const pending = tests.filter((each) => each.pending !== undefined).map(({ id }) => id);
    expect(pending.sort()).toEqual(["ISO-20"]);
  });
});

test("published schemas are those in use, and accept every suite", async () => {
  const folder = "../../docs/formats";
  await expect(`${JSON.stringify(verificationSchema, null, 2)}\n`).toMatchFileSnapshot(`${folder}/verification.schema.json`);
  await expect(`${JSON.stringify(suiteSchema, null, 2)}\n`).toMatchFileSnapshot(`${folder}/verification-suite.schema.json`);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const accepts = ajv.compile(suiteSchema);
  for (const { name, file } of readSuites()) expect(accepts(file) ? [] : [name, accepts.errors]).toEqual([]);
});

test("every probe is described", () => {
  const page = readFileSync(new URL("../../docs/formats/verification.md", import.meta.url), "utf8");
  expect(PROBES.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

describe("a faulty suite", () => {
  const refused = (text: string): string => {
    try {
      readSuite("tests.yaml", text);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  const one = "{id: A-1, title: t, source: s, kind: quantitative, how: h";

  it("names unknown keys, measures and empty tests", () => {
    expect(refused(`title: t\nprobs: 1\ntests: [${one}, pending: later}]`)).toContain('unknown key "probs"');
    expect(refused(`title: t\ntests: [${one}}]`)).toContain("neither checks nor pending");
    const check = "{quantity: q, unit: s, measure: none, expect: {at_most: 1}, tolerance: t, set_by: ours}";
    expect(refused(`title: t\ntests: [${one}, checks: [${check}]}]`)).toContain('measure "none" is not defined');
  });

  it("a check without or with two expectations is refused", () => {
    for (const expectation of ["{}", "{at_most: 1, order: rising}"]) {
      const check = `{quantity: q, unit: s, measure: m, expect: ${expectation}, tolerance: t, set_by: ours}`;
      expect(refused(`title: t\nmeasures: {m: {probe: clear-time}}\ntests: [${one}, checks: [${check}]}]`)).toContain(
        "exactly one",
      );
    }
  });
});

test("every combination of choices is a case; a lattice has its people apart and inside", () => {
  const suite = readSuite(
    "tests.yaml",
    "title: t\nvary: [[{name: a}, {name: b, layout: other.geojson}], [{name: x}, {name: y}]]\ntests: [{id: A-1, title: t, source: s, kind: document, how: h, pending: p}]",
  );
  expect(casesOf(suite).map(({ name, layout }) => [name, layout])).toEqual([
    ["a, x", "layout.geojson"],
    ["a, y", "layout.geojson"],
    ["b, x", "other.geojson"],
    ["b, y", "other.geojson"],
  ]);
  const points = lattice({ box: [0, 0, 20, 2], count: 120 });
  expect(points).toHaveLength(120);
  const nearest = points.map(([x, y], i) =>
    Math.min(...points.flatMap(([u, v], j) => (i === j ? [] : [Math.hypot(x - u, y - v)]))),
  );
  expect(Math.min(...nearest)).toBeGreaterThan(0.4);
  expect(points.every(([x, y]) => x >= 0 && x <= 20 && y >= 0 && y <= 2)).toBe(true);
});

test("ids sort by guideline, then by number", () => {
  const ids = ["NIST-2.10", "RIMEA-12b", "VAL-BI", "NIST-2.9", "RIMEA-02", "IMO-01", "RIMEA-12a", "NIST-3.1"];
  expect(ids.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual([
    "RIMEA-02",
    "RIMEA-12a",
    "RIMEA-12b",
    "IMO-01",
    "NIST-2.9",
    "NIST-2.10",
    "NIST-3.1",
    "VAL-BI",
  ]);
});
