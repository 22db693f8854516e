/** What `muster verify --json` prints: one document with its schema. */
import Type from "typebox";

const nullable = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });

const row = Type.Object(
  {
    case: Type.String({ description: "name of the case; empty where nothing is varied" }),
    runs: Type.Integer({ description: "runs, one per seed" }),
    missing: Type.Integer({ description: "runs without a value: failed, or it did not happen" }),
    mean: nullable("mean over the runs"),
    low: nullable("95 % interval of the mean (Student's t), lower end"),
    high: nullable("upper end"),
    min: nullable("least single value"),
    max: nullable("greatest single value"),
    least: nullable("lower limit, where it is a number"),
    most: nullable("upper limit"),
    reference: nullable("measured or published value"),
    at: nullable("number that the case stands for, such as a density"),
    expected: Type.String({ description: "what the case must meet" }),
    ok: Type.Union([Type.Boolean(), Type.Null()], { description: "null: not judged by itself, or undecided" }),
    undecided: Type.Boolean({
      description:
        "true: fewer runs than the suite asks for, and a limit lies inside their interval (or they never reached the case)",
    }),
  },
  { additionalProperties: false },
);

const check = Type.Object(
  {
    quantity: Type.String(),
    unit: Type.String({ description: "unit of all numbers of the rows; 1: a count or share" }),
    measure: Type.String({ description: "name of the measure in tests.yaml" }),
    tolerance: Type.String({ description: "where limit and tolerance come from" }),
    set_by: Type.Enum(["guideline", "suggested", "measured", "ours"]),
    verdict: Type.Enum(["passed", "failed", "undecided", "documented"]),
    found: Type.String({ description: "what was compared, in words" }),
    rows: Type.Array(row),
  },
  { additionalProperties: false },
);

const test = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    suite: Type.String({ description: "folder in scenarios/verification; fire: built in, on files of test/reference/fire" }),
    source: Type.String(),
    kind: Type.Enum(["quantitative", "qualitative", "document", "validation"]),
    population: Type.String({ description: "who walks, with source" }),
    about: Type.String({ description: "what holds for all tests of the suite" }),
    how: Type.String({ description: "how it is measured, and what differs from the guideline" }),
    verdict: Type.Enum(["passed", "failed", "undecided", "documented", "pending", "not-runnable"], {
      description: "undecided: nothing failed, but too few runs to say of some check; never counted as passed",
    }),
    reason: Type.String({ description: "why pending or not runnable; failed runs; else empty" }),
    evidence: Type.String({ description: "what measurements say where the test's limits are in doubt; empty unless it failed" }),
    seeds: Type.Integer({ description: "runs of each case; 0 where nothing ran" }),
    checks: Type.Array(check),
  },
  { additionalProperties: false },
);

export const verificationSchema = Type.Object(
  {
    muster: Type.String({ description: "version of Muster" }),
    seeds: Type.Union([Type.Integer(), Type.Null()], {
      description: "runs of each case asked for with --seeds; null: each suite's own number, the full verification",
    }),
    model: Type.String({ description: "movement model of all runs" }),
    parameters: Type.Record(Type.String(), Type.Number(), { description: "its parameters" }),
    counts: Type.Object(
      {
        tests: Type.Integer(),
        passed: Type.Integer(),
        failed: Type.Integer(),
        undecided: Type.Integer({ description: "too few runs; 0 where every suite has its own number of runs" }),
        documented: Type.Integer(),
        pending: Type.Integer(),
        "not-runnable": Type.Integer(),
      },
      { additionalProperties: false },
    ),
    tests: Type.Array(test),
  },
  {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    additionalProperties: false,
    title: "Muster verification",
    description: "Every verification and validation test with expected and measured values. Numbers are rounded to six digits.",
  },
);

export type VerificationDocument = Type.Static<typeof verificationSchema>;
export type TestResult = VerificationDocument["tests"][number];

/** Counts by verdict. */
export function countsOf(tests: readonly TestResult[]): VerificationDocument["counts"] {
  const count = (verdict: TestResult["verdict"]): number => tests.filter((test) => test.verdict === verdict).length;
  return {
    tests: tests.length,
    passed: count("passed"),
    failed: count("failed"),
    undecided: count("undecided"),
    documented: count("documented"),
    pending: count("pending"),
    "not-runnable": count("not-runnable"),
  };
}
