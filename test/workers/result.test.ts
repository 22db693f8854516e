import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { resultDocument, resultText } from "../../workers/output/result.js";
import { RESULT_SCHEMA } from "../../workers/output/result-schema.js";
import { festivalLayout, sampleReport, sampleScenario } from "../chart/sample.js";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(RESULT_SCHEMA);
const documentOf = (runs: number, calm = false): Record<string, unknown> => {
  const report = sampleReport({ runs, calm });
  const seeds = report.runs.map((run) => run.seed);
  const document = resultDocument({ layout: festivalLayout(), scenario: sampleScenario(), seeds, report, runs: [], events: [] });
  return JSON.parse(resultText(document));
};

test("the published schema is the one in use", async () => {
  await expect(`${JSON.stringify(RESULT_SCHEMA, null, 2)}\n`).toMatchFileSnapshot("../../docs/formats/result.schema.json");
});

test.each([
  [1, false],
  [4, false],
  [2, true],
])("a result of %i runs fits the schema", (runs, calm) => {
  validate(documentOf(runs, calm));
  expect(validate.errors ?? []).toEqual([]);
});

test("every key of the document is required and no other is allowed", () => {
  const document = documentOf(2);
  const refuse = (change: (copy: Record<string, Record<string, unknown>>) => void): void => {
    const copy = structuredClone(document) as Record<string, Record<string, unknown>>;
    change(copy);
    expect(validate(copy)).toBe(false);
  };
  for (const key of Object.keys(document)) {
    refuse((copy) => delete copy[key]);
    const part = document[key];
    if (typeof part !== "object" || part === null || Array.isArray(part)) continue;
    for (const inner of Object.keys(part)) refuse((copy) => delete copy[key]![inner]);
    refuse((copy) => Object.assign(copy[key]!, { more: 1 }));
  }
  refuse((copy) => Object.assign(copy, { wall_s: 1 }));
});
