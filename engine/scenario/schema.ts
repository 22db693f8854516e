/**
 * The file form of a scenario, what a planner writes. Types, checks, JSON Schema and documentation come from it. The complete form
 * (`Scenario`) is a valid file too. Words that need the whole file to be judged (sums, clocks, names) are checked in `read.ts`.
 */
import Type from "typebox";
import { DURATION, OUTPUT_EVERY, TIME_STEP } from "./limits.js";
import { fireSchema } from "./schema/fire.js";
import { flightSchema } from "./schema/flights.js";
import { CLOSED, exactlyOne, nullable, number, point, reserved, text, whole } from "./schema/keys.js";
import { liftSchema } from "./schema/lifts.js";
import { modelSchema } from "./schema/model.js";
import { openingSchema } from "./schema/openings.js";
import { groupSchema } from "./schema/people.js";
import { eventSchema, handSchema, measureSchema, riskSchema, warningsSchema } from "./schema/rules.js";
import { DEFAULT_STAIR_LAW, STAIR_LAW_SOURCE, STAIR_LAWS } from "./stair-laws.js";

const place = Type.Object(
  {
    name: text({ description: "name, used once" }),
    level: Type.Optional(text({ description: "level id; not needed where there is one level" })),
    polygon: Type.Optional(
      Type.Array(point({ description: "corner" }), {
        minItems: 3,
        maxItems: 10_000,
        description: "an area, in the coordinates of the layout file",
      }),
    ),
    line: Type.Optional(
      Type.Unsafe<[[number, number], [number, number]]>(
        Type.Array(point({ description: "end" }), { minItems: 2, maxItems: 2, description: "a measuring line" }),
      ),
    ),
    at: Type.Optional(point({ description: "centre of a waypoint" })),
    radius_m: Type.Optional(
      number({ exclusiveMinimum: 0, maximum: 1000 }, { description: "radius of the waypoint", default: 0.5, "x-unit": "m" }),
    ),
    exit: Type.Optional(
      Type.Boolean({ description: "true: people who leave by this area leave the layout in it", default: false }),
    ),
  },
  { ...CLOSED, description: "a place that the layout does not name: exactly one of polygon, line, at" },
);

export const scenarioSchema = Type.Object(
  {
    muster: Type.Literal(1, { description: "version of this format" }),
    name: Type.Optional(text({ description: "title of the scenario; default: the file's name" })),
    layout: Type.Optional(
      text({ description: "layout file or folder, relative to the scenario file", default: "layout.geojson" }, 1000),
    ),
    start: Type.Optional(
      nullable(Type.String({ maxLength: 40 }), {
        description: "date and time of the start, ISO 8601 with offset; gives charts a clock",
        default: null,
      }),
    ),
    duration_min: Type.Optional(
      number(
        { minimum: DURATION.minimum / 60, maximum: DURATION.maximum / 60 },
        { description: "simulated time", "x-unit": "min" },
      ),
    ),
    duration_s: Type.Optional(number(DURATION, { description: "simulated time", "x-unit": "s" })),
    time_step_s: Type.Optional(
      number(TIME_STEP, {
        description: "step of the movement; default: 0.1, or the step of the classic model that is named",
        default: 0.1,
        "x-unit": "s",
      }),
    ),
    output_every_s: Type.Optional(
      number(OUTPUT_EVERY, {
        description: "interval of trajectory frames and measures, a multiple of the time step",
        default: 1,
        "x-unit": "s",
      }),
    ),
    seed: Type.Optional(
      whole({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, { description: "seed of everything random", default: 1 }),
    ),
    model: Type.Optional(modelSchema),
    places: Type.Optional(
      Type.Array(place, { maxItems: 10_000, description: "places that the layout does not name", default: [] }),
    ),
    openings: Type.Optional(
      Type.Array(openingSchema, { maxItems: 10_000, description: "prescribed flows, directions and turnstiles", default: [] }),
    ),
    lifts: Type.Optional(Type.Array(liftSchema, { maxItems: 1000, description: "lifts that run", default: [] })),
    flights: Type.Optional(
      Type.Array(flightSchema, { maxItems: 10_000, description: "steps of stairs, belts of escalators", default: [] }),
    ),
    stairs: Type.Optional(
      Type.Enum([...STAIR_LAWS], {
        description:
          "diagram of stairs: free-speed changes the free speed only; weidmann the time gap too; sfpe scales the diagram of the level",
        default: DEFAULT_STAIR_LAW,
        "x-source": STAIR_LAW_SOURCE,
      }),
    ),
    people: Type.Array(groupSchema, {
      minItems: 1,
      maxItems: 1000,
      description: "groups of people; at most 1,000,000 people together",
    }),
    events: Type.Optional(Type.Array(eventSchema, { maxItems: 10_000, description: "what happens during the run", default: [] })),
    measure: Type.Optional(measureSchema),
    warnings: Type.Optional(warningsSchema),
    hand_calculation: Type.Optional(
      nullable(handSchema, { description: "inputs of the calculations by hand that authorities expect", default: null }),
    ),
    risk: Type.Optional(riskSchema),
    fire: Type.Optional(fireSchema),
    response_plan: Type.Optional(reserved("a response plan")),
  },
  {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...CLOSED,
    ...exactlyOne("duration_min", "duration_s"),
    title: "Muster scenario",
    description: "Who comes when, what they do, what happens, what is measured and warned of.",
  },
);

export type ScenarioFile = Type.Static<typeof scenarioSchema>;
export type PlaceFile = Type.Static<typeof place>;
