/** File form of what happens, is measured and is warned of. */
import Type from "typebox";
import { TIME_OF_RUN } from "../limits.js";
import { CLOSED, clock, names, nullable, number, reserved, text, whole } from "./keys.js";

export const eventSchema = Type.Object(
  {
    at: Type.Optional(clock("when")),
    at_min: Type.Optional(number({ minimum: 0, maximum: TIME_OF_RUN.maximum / 60 }, { description: "when", "x-unit": "min" })),
    at_s: Type.Optional(number(TIME_OF_RUN, { description: "when", "x-unit": "s" })),
    open: Type.Optional(names({ description: "openings that open" })),
    close: Type.Optional(names({ description: "openings that close" })),
    stop: Type.Optional(names({ description: '"inflow" for all groups, or names of groups whose arrivals stop' })),
    stop_inflow: Type.Optional(
      Type.Array(text({ description: "group" }), { maxItems: 1000, description: "complete form of stop; empty: all groups" }),
    ),
    stop_lift: Type.Optional(names({ description: "lifts that go out of service" })),
    start_lift: Type.Optional(names({ description: "lifts that run again" })),
    lift: Type.Optional(text({ description: "complete form of stop_lift and start_lift, with `runs`" })),
    runs: Type.Optional(Type.Boolean({ description: "whether the lift runs from then on" })),
    redirect: Type.Optional(
      Type.Object(
        {
          from: names({ description: "exits; people on the way to them are meant" }),
          to: text({ description: "exit that they are sent to" }),
          groups: Type.Optional(
            Type.Union(
              [
                text({ description: "group" }),
                Type.Array(text({ description: "group" }), { maxItems: 1000, description: "groups; empty: all" }),
              ],
              { description: "groups that are meant; default: all" },
            ),
          ),
          share: Type.Optional(
            number({ minimum: 0, maximum: 1 }, { description: "compliance: share of those who hear it that follow", default: 1 }),
          ),
          in: Type.Optional(
            nullable(text({ description: "area" }), {
              description: "area within which people hear it; default: everywhere",
            }),
          ),
          for_s: Type.Optional(
            nullable(number({ minimum: 1, maximum: TIME_OF_RUN.maximum }, { description: "how long", "x-unit": "s" }), {
              description: "how long people are redirected; default: to the end",
              "x-unit": "s",
            }),
          ),
        },
        { ...CLOSED, description: "a marshal sends people to another exit, at once or when they come into the area" },
      ),
    ),
    when: Type.Optional(reserved("the response plan (when, do, after_s)")),
    do: Type.Optional(reserved("the response plan (when, do, after_s)")),
    after_s: Type.Optional(reserved("the response plan (when, do, after_s)")),
  },
  { ...CLOSED, description: "one of open, close, stop, stop_lift, start_lift, redirect at one time" },
);

export const measureSchema = Type.Object(
  {
    cell_m: Type.Optional(
      number({ minimum: 0.25, maximum: 20 }, { description: "edge of a cell of the density map", default: 1, "x-unit": "m" }),
    ),
    density: Type.Optional(
      Type.Object(
        { cell_m: number({ minimum: 0.25, maximum: 20 }, { description: "edge of a cell of the density map", "x-unit": "m" }) },
        { ...CLOSED, description: "another way to say cell_m" },
      ),
    ),
    sections: Type.Optional(
      Type.Array(text({ description: "area" }), {
        maxItems: 1000,
        description: "measured areas; default: the areas where people start, stay or visit. Areas named in warnings are added",
      }),
    ),
    lines: Type.Optional(
      Type.Array(text({ description: "line or opening" }), {
        maxItems: 1000,
        description:
          "lines and openings where crossings are counted; exits are always counted. Those named in warnings are added",
        default: [],
      }),
    ),
    service: Type.Optional(
      Type.Record(Type.String(), Type.Enum(["walkway", "queue", "stairs"]), {
        description: "table of Fruin's level of service by section; default: walkway",
        default: {},
      }),
    ),
  },
  CLOSED,
);

const limit = (color: string) =>
  Type.Optional(
    Type.Union([Type.Number({ minimum: 0, maximum: 1e7 }), Type.Enum(["A", "B", "C", "D", "E", "F"])], {
      description: `lowest value of ${color}; for level-of-service a letter`,
    }),
  );

const ruleKeys = {
  scheme: Type.Enum(["density", "level-of-service", "share-of-capacity", "flow", "queue", "pressure"], {
    description:
      "what is compared: density; Fruin's level of service; people inside by capacity; flow over width; people in a queue or waiting time; Helbing's crowd pressure",
  }),
  blue: limit("blue"),
  yellow: limit("yellow"),
  orange: limit("orange"),
  red: limit("red"),
  levels: Type.Optional(
    Type.Object(
      { blue: limit("blue"), yellow: limit("yellow"), orange: limit("orange"), red: limit("red") },
      { ...CLOSED, description: "complete form of blue, yellow, orange, red" },
    ),
  ),
  unit: Type.Optional(text({ description: "unit of the limits; default and choice by scheme, see below" })),
  source: Type.Optional(text({ description: "where the limits come from", default: "scenario, or that of the defaults" }, 2000)),
  hold_s: Type.Optional(
    number(
      { minimum: 0, maximum: 3600 },
      {
        description: "a level must hold this long before it is given and be gone this long before it ends",
        default: 10,
        "x-unit": "s",
        "x-source": "Muster",
      },
    ),
  ),
  hysteresis: Type.Optional(
    number(
      { minimum: 0, maximum: 1e7 },
      {
        description: "a level ends only when the value is this much below its limit; default by scheme",
        "x-unit": "unit of the limits",
      },
    ),
  ),
  capacity: Type.Optional(
    nullable(number({ exclusiveMinimum: 0, maximum: 1e7 }, { description: "people" }), {
      description: "people, for share-of-capacity",
      "x-unit": "persons",
    }),
  ),
};

const rule = Type.Object(ruleKeys, { ...CLOSED, description: "a rule; without limits those of the scheme" });
const ruleWithPlace = Type.Object({ place: text({ description: 'place, or "site" for everybody inside' }), ...ruleKeys }, CLOSED);

export const warningsSchema = Type.Union(
  [
    Type.Record(Type.String(), Type.Union([rule, Type.Array(rule, { minItems: 1, maxItems: 20 })])),
    Type.Array(ruleWithPlace, { maxItems: 5000 }),
  ],
  {
    description:
      'rules by place ("site": everybody inside), one or a list each; measured areas without a rule get the default density rule',
  },
);

const factor = (description: string) =>
  number({ minimum: 0, maximum: 1 }, { description, "x-source": "Green Guide: set by a competent person, never filled in" });

export const handSchema = Type.Object(
  {
    guide: Type.Optional(text({ description: "guide of the numbers", default: "Green Guide, 6th ed. 2018" })),
    holding: Type.Optional(
      Type.Array(
        Type.Object(
          {
            section: text({ description: "area" }),
            density: number({ exclusiveMinimum: 0, maximum: 10 }, { description: "holding density", "x-unit": "persons/m2" }),
            physical: factor("P, physical condition"),
            safety: factor("S, safety management"),
            set_by: text({ description: "who set P and S" }),
          },
          CLOSED,
        ),
        { maxItems: 1000, default: [], description: "areas that make up the holding capacity" },
      ),
    ),
    entry: Type.Optional(
      Type.Array(
        Type.Object(
          {
            gate: text({ description: "opening" }),
            lanes: whole({ minimum: 1, maximum: 1000 }, { description: "lanes" }),
            rate_per_min: number(
              { exclusiveMinimum: 0, maximum: 1000 },
              { description: "people per lane", "x-unit": "persons/min" },
            ),
            within_min: Type.Optional(
              number(
                { exclusiveMinimum: 0, maximum: 2880 },
                {
                  description: "all in within",
                  default: 60,
                  "x-unit": "min",
                  "x-source": "Green Guide: entry within one hour (SGSA)",
                },
              ),
            ),
          },
          CLOSED,
        ),
        { maxItems: 1000, default: [], description: "gates of the entry capacity" },
      ),
    ),
    exits: Type.Optional(
      Type.Array(
        Type.Object(
          {
            opening: text({ description: "exit" }),
            rate_per_m_min: Type.Optional(
              number(
                { exclusiveMinimum: 0, maximum: 200 },
                {
                  description: "flow over width",
                  default: 82,
                  "x-unit": "persons/(m min)",
                  "x-source": "Green Guide, level surface",
                },
              ),
            ),
          },
          CLOSED,
        ),
        { maxItems: 1000, default: [], description: "exits of the exit capacity" },
      ),
    ),
    exit_time_min: Type.Optional(
      number(
        { exclusiveMinimum: 0, maximum: 120 },
        {
          description: "normal exit time",
          default: 8,
          "x-unit": "min",
          "x-source": "Green Guide: 8 minutes for viewing accommodation",
        },
      ),
    ),
    emergency_time_min: number(
      { exclusiveMinimum: 0, maximum: 120 },
      { description: "emergency evacuation time, by fire risk", "x-unit": "min" },
    ),
  },
  CLOSED,
);

const four = (about: { description: string; default: unknown; "x-unit"?: string }, maximum: number) =>
  Type.Unsafe<[number, number, number, number]>(
    Type.Array(Type.Number({ minimum: 0, maximum }), { minItems: 4, maxItems: 4, ...about }),
  );

export const riskSchema = Type.Object(
  {
    likelihood_share: Type.Optional(
      four(
        {
          description: "lowest share of runs of likelihood 2, 3, 4, 5; rising",
          default: [0.01, 0.05, 0.2, 0.5],
          "x-unit": "share of runs",
        },
        1,
      ),
    ),
    consequence_people: Type.Optional(
      four(
        {
          description: "lowest number of people exposed of consequence 2, 3, 4, 5; rising",
          default: [30, 100, 300, 1000],
          "x-unit": "persons",
        },
        1e7,
      ),
    ),
    density_limit: Type.Optional(
      number(
        { exclusiveMinimum: 0, maximum: 15 },
        {
          description: "density above which people count as exposed",
          default: 5,
          "x-unit": "persons/m2",
          "x-source": "Still: risk starts above 5 in a moving crowd",
        },
      ),
    ),
    matrix: Type.Optional(
      Type.Array(Type.Array(Type.Enum(["blue", "yellow", "orange", "red"]), { minItems: 5, maxItems: 5 }), {
        minItems: 5,
        maxItems: 5,
        description:
          "matrix[likelihood - 1][consequence - 1]; never falling along a row or column; default: R = L × S, red from 20, orange from 15, yellow from 9",
      }),
    ),
    cell_m: Type.Optional(
      number({ minimum: 1, maximum: 1000 }, { description: "edge of a cell of the risk map", default: 10, "x-unit": "m" }),
    ),
    source: Type.Optional(text({ description: "where the matrix comes from" }, 2000)),
  },
  CLOSED,
);

export type EventFile = Type.Static<typeof eventSchema>;
export type RuleFile = Type.Static<typeof rule>;
export type WarningsFile = Type.Static<typeof warningsSchema>;
export type HandFile = Type.Static<typeof handSchema>;
export type RiskFile = Type.Static<typeof riskSchema>;
