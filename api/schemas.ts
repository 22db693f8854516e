/** Schemas of requests and answers: checks, types and the OpenAPI document come from them. */
import { Type } from "typebox";
import { ERRORS, type ErrorCode } from "../engine/errors.js";
import { PROBLEM_TYPE } from "./problem.js";
import type { LayoutCheck } from "./runs/records.js";

/** A closed object: unknown keys are refused in requests and not sent in answers. */
const closed = { additionalProperties: false } as const;
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** [x, y]; OpenAPI 3.1 has no tuple that TypeBox writes. */
const At = Type.Unsafe<readonly [number, number]>(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }));

const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: "Address of the row in the table of errors" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "The first fault, and how many more there are" }),
    code: Type.Unsafe<ErrorCode>({
      type: "string",
      enum: Object.keys(ERRORS),
      description: "Code in the table of errors",
    }),
    problems: Type.Array(
      Type.Object({
        place: Type.String({ description: "Id of a feature, or path in the input" }),
        message: Type.String(),
        value: Type.Optional(Type.Union([Type.Number(), Type.String()])),
        limit: Type.Optional(Type.Union([Type.Number(), Type.String()])),
        level: Type.Optional(Type.String()),
        at: Type.Optional(At),
      }),
      { description: "Every fault of the input" },
    ),
  },
  { description: "Problem document (RFC 9457)" },
);

/** Answers of the named codes, for the OpenAPI document: { 404: …, 409: … }. Each status lists its codes. */
export function problemAnswers(...codes: (keyof typeof ERRORS)[]): Record<number, object> {
  const answers: Record<number, object> = {};
  const always = ["UNAUTHORIZED", "FORBIDDEN", "TOO_MANY_REQUESTS", "OVERLOADED", "INTERNAL"] as const;
  const rows = [...codes, ...always].map((code) => ({ code, ...ERRORS[code] }));
  for (const { status } of rows) {
    const names = rows.filter((row) => row.status === status).map((row) => `${row.code}: ${row.title}`);
    answers[status] = { description: [...new Set(names)].join("; "), content: { [PROBLEM_TYPE]: { schema: ProblemSchema } } };
  }
  return answers;
}

export const IdParams = Type.Object({ id: Type.String({ description: "Id of a run, as POST /v1/runs gave it" }) }, closed);

const Seed = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const OrderBody = Type.Object(
  {
    layout: Type.Union(
      [
        Type.Object({ type: Type.Literal("FeatureCollection") }, { additionalProperties: true, description: "GeoJSON" }),
        Type.String({ minLength: 1, description: "WKT" }),
        Type.Object(
          { imdf_base64: Type.String({ minLength: 1 }) },
          { ...closed, description: "A zipped IMDF archive in base64" },
        ),
      ],
      { description: "The plan: GeoJSON as an object, WKT as a text, or a zipped IMDF archive in base64" },
    ),
    scenario: Type.Union([Type.Object({}, { additionalProperties: true }), Type.String({ minLength: 1 })], {
      description: "The scenario: an object, or a YAML or JSON text. Its key `layout` may be left out.",
    }),
    files: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: "Texts of files that the scenario names, such as arrivals.csv" }),
    ),
    seeds: Type.Optional(
      Type.Union(
        [
          Type.Array(Seed, { minItems: 1 }),
          Type.String({ pattern: "^\\d{1,16}(\\.\\.\\d{1,16})?$", description: 'a seed or a range of seeds, "7" or "1..20"' }),
        ],
        {
          description: 'Seeds: [1, 2, 3], or "1..20". Default: the seed of the scenario.',
        },
      ),
    ),
    charts: Type.Optional(Type.Boolean({ description: "false: no charts, and a report without pictures. Default: true" })),
    trajectory: Type.Optional(Type.Boolean({ description: "false: no trajectories are kept. Default: true" })),
    workers: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 256, description: "Seeds at once. Default: all threads of the server." }),
    ),
  },
  { ...closed, description: "An order: one run for each seed" },
);

const SeedProgressSchema = Type.Object({
  seed: Type.Integer(),
  state: Type.Enum(["waiting", "running", "done", "failed"]),
  simulated_s: Type.Number({ description: "Simulated time so far, s" }),
  duration_s: Type.Number({ description: "Limit of the simulated time, s" }),
  inside: Type.Integer({ description: "People inside" }),
});

const ProgressSchema = Type.Object({
  fraction: Type.Number({ minimum: 0, maximum: 1, description: "Share of the work done" }),
  seeds: Type.Array(SeedProgressSchema),
});

const Moment = Type.String({ format: "date-time", description: "UTC" });

export const RunSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: "Name of the scenario" }),
    state: Type.Enum(["queued", "running", "done", "failed", "cancelled"]),
    seeds: Type.Array(Type.Integer()),
    created_at: Moment,
    started_at: Nullable(Moment),
    ended_at: Nullable(Moment),
    progress: ProgressSchema,
    failed: Type.Array(Type.Object({ seed: Type.Integer(), code: Type.String(), message: Type.String() }), {
      description: "Seeds that did not come to their end; the others go on",
    }),
    notices: Type.Array(Type.String(), { description: "Worth knowing about the layout: what was not used, and why" }),
    problem: Nullable(ProblemSchema),
    links: Type.Record(Type.String(), Type.String(), { description: "Addresses of what can be done or fetched now" }),
  },
  { description: "The run as it is now" },
);

export const RunListSchema = Type.Object({ runs: Type.Array(RunSchema) }, { description: "Runs, newest first" });

const Address = Type.String({ description: "Address of the picture or of its Vega-Lite specification" });

export const ChartListSchema = Type.Object(
  { charts: Type.Array(Type.Object({ name: Type.String(), title: Type.String(), svg: Address, png: Address, json: Address })) },
  { description: "Charts by name" },
);

const Names = Type.Array(Type.String());
const OnLevel = { id: Type.String(), name: Type.String(), level: Type.String() };

/** As engine/layout/summary.ts fills it; the type says so, since all of it is read-only there. */
export const LayoutCheckSchema = Type.Unsafe<LayoutCheck>(
  Type.Object(
    {
      valid: Type.Literal(true),
      name: Type.String(),
      attribution: Type.String({ description: "Notice that must travel with every output" }),
      format: Type.Enum(["geojson", "imdf", "wkt"]),
      place: Type.Object(
        { unit: Type.Enum(["degrees", "m"]), at: At },
        { description: "Middle of the layout, as its file says places" },
      ),
      extent_m: Type.Array(Type.Number(), { description: "Width and height of the bounding box, m" }),
      area_m2: Type.Number({ description: "Walkable floor, flights included, m2" }),
      parts: Type.Array(Type.Object({ area: Type.Number(), levels: Names, at: At, exits: Names }), {
        description: "Floors that openings and flights join: area (m2), levels, a corner, openings that lead out",
      }),
      capacity_density: Type.Number({ description: "Persons/m2 behind `capacity`" }),
      capacity_guide: Type.String({ description: "Who says so" }),
      levels: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          ordinal: Type.Number(),
          elevation_m: Type.Number(),
          area_m2: Type.Number({ description: "Floor without obstacles and flights, m2" }),
          capacity: Type.Number({ description: "People who could stand on it, before entries, exits and escape say less" }),
        }),
      ),
      openings: Type.Array(
        Type.Object({
          ...OnLevel,
          width_m: Type.Number(),
          direction: Type.String(),
          state: Type.String(),
          exit: Type.Boolean({ description: "Leads out of the layout" }),
          joins: Names,
        }),
      ),
      connections: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          kind: Type.String(),
          levels: Names,
          width_m: Type.Number(),
          rise_m: Type.Number(),
          direction: Type.String(),
        }),
      ),
      repairs: Type.Array(
        Type.Object({ place: Type.String(), level: Type.String(), what: Type.String(), size: Type.Number(), at: At }),
        { description: "What was mended: where, what, and how far (m or m2, as `what` says)" },
      ),
      notices: Names,
    },
    { description: "The layout has no faults" },
  ),
);
