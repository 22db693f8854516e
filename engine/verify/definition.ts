/**
 * A verification suite as its folder describes it (`tests.yaml`): cases of one scenario, what is measured in each run, and the tests
 * that are judged from it. Several guideline tests share one suite and one set of runs.
 */
import Type from "typebox";
import { MusterError } from "../errors.js";
import { CLOSED, text } from "../scenario/schema/keys.js";
import { type Schema, shapeProblems } from "../scenario/shape.js";
import { readText } from "../scenario/text.js";

const sentence = (description: string) => text({ description }, 2000);
const interval = (description: string) => Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description });
const names = (description: string) => Type.Array(text({ description: "name" }), { minItems: 1, maxItems: 200, description });

const fill = Type.Object(
  {
    box: Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: "x0, y0, x1, y1, m" }),
    count: Type.Integer({ minimum: 1, maximum: 100_000, description: "people, on a lattice whose rows stand gaps apart" }),
    rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "rows along x; default: as square as can be" })),
    level: Type.Optional(text({ description: "level id; not needed where there is one level" })),
  },
  { ...CLOSED, description: "people on an even lattice; their speeds and sizes are drawn with the seed" },
);

const choice = Type.Object(
  {
    name: text({ description: "name of the choice; a case is named by its choices" }),
    scenario: Type.Optional(text({ description: "another scenario file of the folder" })),
    layout: Type.Optional(text({ description: "another layout file of the folder" })),
    at: Type.Optional(Type.Number({ description: "number that the choice stands for, such as a density; the x axis of plots" })),
    set: Type.Optional(
      Type.Record(Type.String(), Type.Unknown({ "x-any": true }), {
        description: "path in the scenario file → value; {measured: KEY} takes the value of this choice in the measured file",
      }),
    ),
    outlines: Type.Optional(
      Type.Record(Type.String(), Type.Array(interval("x, y"), { minItems: 2, maxItems: 10_000 }), {
        description: "id of a feature → its new outline or line, m",
      }),
    ),
    fill: Type.Optional(Type.Record(Type.String(), fill, { description: "group → people on a lattice instead of its start" })),
  },
  { ...CLOSED, description: "one value of what is varied" },
);

export const PROBES = [
  "area",
  "area-pairs",
  "clear-time",
  "core-gap",
  "crossing-share",
  "crossing-speed",
  "crossing-time",
  "departures",
  "dose",
  "exit-share",
  "fall-time",
  "flow",
  "last-crossing",
  "left-inside",
  "off-floor",
  "path-share",
  "path-speed",
  "peak-density",
  "speed-at-density",
  "spread",
  "start-delay",
  "start-time",
] as const;

/** A number, or that of the case in the suite's measured file. */
const timeOf = (description: string) =>
  Type.Union(
    [Type.Number(), Type.Object({ measured: text({ description: "key" }) }, { ...CLOSED, description: "measured value" })],
    {
      description,
    },
  );

const probe = Type.Object(
  {
    probe: Type.Enum([...PROBES], { description: "what is measured; docs/formats/verification.md" }),
    group: Type.Optional(
      Type.Union([text({ description: "name" }), names("group")], {
        description: "only people of this group or these; default: everybody",
      }),
    ),
    area: Type.Optional(text({ description: "section or unit" })),
    quantity: Type.Optional(
      Type.Enum(["density", "speed", "flow", "count", "asphyxiants", "heat", "irritants"], {
        description: "of the area, or of a dose",
      }),
    ),
    from: Type.Optional(text({ description: "line where the clock starts" })),
    to: Type.Optional(text({ description: "line where it stops" })),
    length_m: Type.Optional(Type.Number({ description: "way between the lines, for a speed" })),
    line: Type.Optional(text({ description: "line that is counted" })),
    width_m: Type.Optional(Type.Number({ description: "flow per this width; default: not divided" })),
    exit: Type.Optional(text({ description: "exit" })),
    from_s: Type.Optional(timeOf("start of the time looked at")),
    to_s: Type.Optional(timeOf("its end")),
    share: Type.Optional(interval("share of the crossings between which a flow is taken; default [0, 1]")),
    near: Type.Optional(Type.Number({ description: "density at which a speed is wanted, 1/m2" })),
    width: Type.Optional(Type.Number({ description: "pairs count within half of this of the density; default 0.2" })),
    window_s: Type.Optional(Type.Number({ description: "time over which a peak or a pair is averaged" })),
  },
  { ...CLOSED, description: "one thing measured in every run" },
);

const expectation = Type.Object(
  {
    between: Type.Optional(interval("mean of each case lies between")),
    limits: Type.Optional(Type.Record(Type.String(), interval("least, most"), { description: "case → limits of its mean" })),
    at_most: Type.Optional(Type.Number({ description: "mean of each case" })),
    at_least: Type.Optional(Type.Number({ description: "mean of each case" })),
    each: Type.Optional(Type.Boolean({ description: "true: every value of every run, not the mean" })),
    order: Type.Optional(
      Type.Enum(["rising", "falling", "not-falling", "not-rising"], {
        description:
          "of the cases in their order: rising and falling ask for paired differences of the same seeds whose 95 % interval lies wholly on the right side of 0 (with less than 5 runs: means in order); not-falling and not-rising compare means",
      }),
    ),
    sparse: Type.Optional(
      Type.Boolean({ description: "true: runs without a value are left out, as where a density is never reached" }),
    ),
    slack: Type.Optional(
      Type.Number({ minimum: 0, description: "not-falling and not-rising: means may differ the wrong way by this" }),
    ),
    one_hump: Type.Optional(Type.Boolean({ description: "means rise to one greatest value and fall after it" })),
    equal_share: Type.Optional(Type.Number({ description: "means of all cases lie within this share of their mean" })),
    greatest_between: Type.Optional(interval("greatest mean of all cases")),
    ratio: Type.Optional(
      Type.Object(
        { of: text({ description: "case" }), to: text({ description: "case" }), between: interval("ratio of the means") },
        { ...CLOSED, description: "ratio of two cases" },
      ),
    ),
    difference: Type.Optional(
      Type.Object(
        { of: text({ description: "case" }), less: text({ description: "case" }), between: interval("difference of the means") },
        { ...CLOSED, description: "difference of two cases" },
      ),
    ),
    above: Type.Optional(
      Type.Object(
        { measure: text({ description: "measure" }) },
        {
          ...CLOSED,
          description: "mean is above that of another measure, by more than chance (paired, 95 %; with less than 5 runs: means)",
        },
      ),
    ),
    follows: Type.Optional(
      Type.Object(
        {
          group: text({ description: "group of the scenario" }),
          key: Type.Enum(["speed_m_s", "pre_movement_s"], { description: "its distribution" }),
          per_run: Type.Optional(
            Type.Boolean({
              description:
                "true: the values of each run are a sample, rejected at 5 %; the number of rejected runs is no more than chance gives (binomial, 5 % shared by the cases)",
            }),
          ),
        },
        { ...CLOSED, description: "all values of all runs follow this distribution (Kolmogorov, p > 0.05)" },
      ),
    ),
    band: Type.Optional(
      Type.Array(Type.Array(Type.Number(), { minItems: 3, maxItems: 3, description: "x, low, high" }), {
        minItems: 1,
        maxItems: 200,
        description: "mean of pairs (x, y) near each x lies between low and high",
      }),
    ),
    band_width: Type.Optional(Type.Number({ description: "pairs count within half of this of x" })),
    reference: Type.Optional(
      Type.Object(
        {
          values: Type.Optional(Type.Record(Type.String(), Type.Number(), { description: "case → value" })),
          key: Type.Optional(text({ description: "key in the suite's measured file, entry of the case" })),
          within: Type.Optional(Type.Number({ description: "greatest difference of any case" })),
          within_share: Type.Optional(Type.Number({ description: "greatest difference as a share of the value" })),
          rmse_at_most: Type.Optional(Type.Number({ description: "root mean square difference over the cases" })),
        },
        { ...CLOSED, description: "measured or published value of each case" },
      ),
    ),
    at_density: Type.Optional(
      Type.Object(
        {
          density: text({ description: "key of the measured density in the suite's measured file" }),
          speed: text({ description: "key of the measured speed" }),
          within: Type.Optional(Type.Number({ description: "greatest difference of the speeds; default: not judged" })),
          width: Type.Number({ description: "pairs count within half of this of the measured density" }),
        },
        { ...CLOSED, description: "speed of the pairs (density, speed) near the measured density against the measured speed" },
      ),
    ),
    documented: Type.Optional(Type.Boolean({ description: "true: reported, not judged" })),
  },
  { ...CLOSED, description: "what must hold" },
);

const check = Type.Object(
  {
    quantity: text({ description: "what is compared" }),
    unit: text({ description: "its unit; 1 for counts and shares" }),
    measure: text({ description: "name in `measures`" }),
    cases: Type.Optional(names("cases in the order of the comparison; default: all")),
    expect: expectation,
    tolerance: sentence("where limit and tolerance come from"),
    set_by: Type.Enum(["guideline", "suggested", "measured", "ours"], {
      description: "guideline: its text; suggested: the reference collection; measured: an experiment; ours: Muster",
    }),
  },
  { ...CLOSED, description: "one comparison" },
);

const test = Type.Object(
  {
    id: text({ description: "RIMEA-01, IMO-04, NIST-2.8, ISO-11, HAND-01, VAL-…" }),
    title: text({ description: "title" }),
    source: sentence("guideline, page; how it was read"),
    kind: Type.Enum(["quantitative", "qualitative", "document", "validation"], { description: "kind of test" }),
    how: sentence("how it is measured and what differs from the guideline"),
    pending: Type.Optional(sentence("why the test cannot be run yet; it then has no checks")),
    evidence: Type.Optional(sentence("what measurements say where the test's own limits are in doubt; shown when it fails")),
    checks: Type.Optional(Type.Array(check, { minItems: 1, maxItems: 50, description: "all must hold" })),
  },
  { ...CLOSED, description: "one test of a guideline" },
);

export const suiteSchema = Type.Object(
  {
    title: text({ description: "title" }),
    about: Type.Optional(sentence("what the suite shows")),
    population: Type.Optional(sentence("who walks, with source")),
    seeds: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "runs of each case; default 50" })),
    vary: Type.Optional(
      Type.Array(Type.Array(choice, { minItems: 1, maxItems: 100 }), {
        minItems: 1,
        maxItems: 4,
        description: "lists of choices; every combination is a case",
      }),
    ),
    measured: Type.Optional(text({ description: "file of measured values in test/reference/trajectories" })),
    measures: Type.Optional(Type.Record(Type.String(), probe, { description: "name → what is measured" })),
    tests: Type.Array(test, { minItems: 1, maxItems: 50, description: "tests judged from these runs" }),
  },
  { ...CLOSED, title: "Muster verification suite", description: "tests.yaml of a folder in scenarios/verification" },
);

export type SuiteFile = Type.Static<typeof suiteSchema>;
export type Choice = Type.Static<typeof choice>;
export type Fill = Type.Static<typeof fill>;
export type ProbeFile = Type.Static<typeof probe>;
/** A probe with the times of its case. */
export type Probe = Omit<ProbeFile, "from_s" | "to_s"> & { from_s?: number; to_s?: number };
export type Check = Type.Static<typeof check>;
export type Expectation = Type.Static<typeof expectation>;
export type TestFile = Type.Static<typeof test>;

/** @throws MusterError INPUT_UNREADABLE or SCENARIO_INVALID with every fault of the file */
export function readSuite(name: string, content: string): SuiteFile {
  const { value } = readText(name, content);
  // typebox's schema is plain JSON Schema; the shape is checked before the cast below.
  const problems = shapeProblems(suiteSchema as unknown as Schema, value);
  if (problems.length === 0) problems.push(...crossProblems(value as SuiteFile));
  if (problems.length > 0)
    throw new MusterError(
      "SCENARIO_INVALID",
      problems.map((problem) => ({ ...problem, place: `${name}: ${problem.place}` })),
    );
  return value as SuiteFile;
}

/** Names that lead nowhere, and tests that judge nothing. */
function crossProblems(suite: SuiteFile): { place: string; message: string }[] {
  const measures = Object.keys(suite.measures ?? {});
  return suite.tests.flatMap(({ id, checks = [], pending }) => {
    const empty = pending === undefined && checks.length === 0 ? [{ place: id, message: "has neither checks nor pending" }] : [];
    const wrong = checks.flatMap((one) =>
      [one.measure, ...(one.expect.above ? [one.expect.above.measure] : [])]
        .filter((measure) => !measures.includes(measure))
        .map((measure) => ({ place: id, message: `measure "${measure}" is not defined` })),
    );
    const silent = checks
      .filter(
        ({ expect }) =>
          Object.keys(expect).filter((key) => !["each", "band_width", "slack", "sparse"].includes(key)).length !== 1,
      )
      .map(({ quantity }) => ({ place: id, message: `"${quantity}" needs exactly one expectation` }));
    return [...empty, ...wrong, ...silent];
  });
}
