/** File form of `people`: who comes, when, how they walk and what they do. */
import Type from "typebox";
import {
  FOLLOW,
  GAIN,
  MAX_PEOPLE,
  MOTIVATION,
  PRE_MOVEMENT,
  RADIUS,
  SERVICE,
  SPEED,
  STAIR_SPEED,
  STAY,
  TIME_OF_RUN,
} from "../limits.js";
import { MOTIVATION_SOURCE, MOTIVATIONS } from "../motivation.js";
import { PRESETS } from "../pre-movement.js";
import {
  CLOSED,
  clock,
  distribution,
  distributionOrPreset,
  exactlyOne,
  names,
  nullable,
  number,
  pair,
  point,
  reserved,
  text,
  whole,
} from "./keys.js";

const minutesOfRun = { minimum: 0, maximum: TIME_OF_RUN.maximum / 60 };
const count = { minimum: 0, maximum: MAX_PEOPLE };
const ratePerMinute = { minimum: 0, maximum: 60_000 };

const interval = Type.Object(
  {
    from_s: number(TIME_OF_RUN, { description: "start of the interval", "x-unit": "s" }),
    to_s: number(TIME_OF_RUN, { description: "end of the interval", "x-unit": "s" }),
    count: whole(count, { description: "people who arrive in it, evenly at random" }),
  },
  CLOSED,
);

const rateRow = Type.Object(
  {
    from: Type.Optional(clock("start")),
    from_min: Type.Optional(number(minutesOfRun, { description: "start", "x-unit": "min" })),
    from_s: Type.Optional(number(TIME_OF_RUN, { description: "start", "x-unit": "s" })),
    to: Type.Optional(clock("end")),
    to_min: Type.Optional(number(minutesOfRun, { description: "end", "x-unit": "min" })),
    to_s: Type.Optional(number(TIME_OF_RUN, { description: "end", "x-unit": "s" })),
    rate: number(ratePerMinute, { description: "arrivals", "x-unit": "persons/min" }),
  },
  CLOSED,
);

const arrivals = Type.Object(
  {
    at: names({ description: "openings or areas where people come in" }),
    shares: Type.Optional(
      Type.Array(number({ minimum: 0, maximum: 1 }, { description: "share" }), {
        description: "share of each place in `at`, adding to 1; default: equal shares",
      }),
    ),
    profile: Type.Optional(
      text({
        description:
          "CSV file beside the scenario, columns from_min,to_min (or from,to; or time, each row up to the next) and count, or share together with the group's count",
      }),
    ),
    rate_per_min: Type.Optional(
      Type.Union(
        [number(ratePerMinute, { description: "constant rate" }), Type.Array(rateRow, { minItems: 1, maxItems: 10_000 })],
        {
          description: "one rate from `from` on (until the group's count is reached, or to `to`), or a table of rates",
          "x-unit": "persons/min",
        },
      ),
    ),
    from: Type.Optional(clock("start of a constant rate")),
    from_min: Type.Optional(number(minutesOfRun, { description: "start of a constant rate", default: 0, "x-unit": "min" })),
    from_s: Type.Optional(number(TIME_OF_RUN, { description: "start of a constant rate", "x-unit": "s" })),
    to: Type.Optional(clock("end of a constant rate")),
    to_min: Type.Optional(number(minutesOfRun, { description: "end of a constant rate", "x-unit": "min" })),
    to_s: Type.Optional(number(TIME_OF_RUN, { description: "end of a constant rate", "x-unit": "s" })),
    uniform_min: Type.Optional(pair(minutesOfRun, { description: "everybody evenly between two times", "x-unit": "min" })),
    uniform_s: Type.Optional(pair(TIME_OF_RUN, { description: "everybody evenly between two times", "x-unit": "s" })),
    uniform: Type.Optional(
      Type.Array(clock("time"), { minItems: 2, maxItems: 2, description: "everybody evenly between two clock times" }),
    ),
    intervals: Type.Optional(Type.Array(interval, { maxItems: 100_000, description: "the complete form" })),
    forecast: Type.Optional(reserved("arrivals from a forecast")),
    quantile: Type.Optional(reserved("arrivals from a forecast")),
  },
  {
    ...CLOSED,
    description: "people come in over time; one of profile, rate_per_min, uniform, uniform_min, uniform_s, intervals",
  },
);

const agent = Type.Object(
  {
    at: point({ description: "position in the coordinates of the layout file", "x-unit": "m, or degrees lon, lat" }),
    level: Type.Optional(text({ description: "level id; not needed where there is one level" })),
    speed_m_s: Type.Optional(number(SPEED, { description: "free speed; default: drawn from the population", "x-unit": "m/s" })),
    radius_m: Type.Optional(number(RADIUS, { description: "body radius; default: drawn from the population", "x-unit": "m" })),
  },
  CLOSED,
);

const stairs = (description: string) =>
  number({ exclusiveMinimum: 0, maximum: 1.5 }, { description, "x-unit": "share of speed_m_s" });

const stairSpeed = (description: string) => distribution(STAIR_SPEED, { description, "x-unit": "m/s" });

const population = Type.Object(
  {
    name: Type.Optional(text({ description: "name in reports", default: "own" })),
    source: Type.Optional(text({ description: "where the numbers come from", default: "scenario" }, 2000)),
    like: Type.Optional(text({ description: "named population that gives every number left out", default: "adults" })),
    mix: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 1 }), {
        description: "shares of named populations, adding to 1; each becomes a group of its own. No other key beside it",
      }),
    ),
    speed_m_s: Type.Optional(distribution(SPEED, { description: "free walking speed on the level", "x-unit": "m/s" })),
    radius_m: Type.Optional(
      distribution(RADIUS, { description: "body radius, half of the width a person needs", "x-unit": "m" }),
    ),
    stairs_up: Type.Optional(stairs("speed up stairs")),
    stairs_down: Type.Optional(stairs("speed down stairs")),
    stairs_up_m_s: Type.Optional(stairSpeed("speed up stairs in plan; goes before stairs_up")),
    stairs_down_m_s: Type.Optional(stairSpeed("speed down stairs in plan; goes before stairs_down")),
    uses_stairs: Type.Optional(
      Type.Boolean({
        description: "false: stairs and escalators are no way for these people; default: as the population in `like`",
      }),
    ),
  },
  { ...CLOSED, description: "own numbers" },
);

const stage = Type.Object(
  {
    go: Type.Optional(
      Type.Union([text({ description: "place" }), Type.Object({ to: text({ description: "place" }) }, CLOSED)], {
        description: "walk to an area and go on at once",
      }),
    ),
    queue: Type.Optional(
      Type.Object(
        {
          at: names({ description: "openings; the one with the least walking and queueing time is taken" }),
          servers: whole({ minimum: 1, maximum: 200 }, { description: "lanes at each opening, one server each" }),
          service_s: Type.Optional(distribution(SERVICE, { description: "time of one service", "x-unit": "s" })),
          service_min: Type.Optional(distribution(SERVICE, { description: "time of one service", "x-unit": "min" }, 60)),
          spacing_m: Type.Optional(
            number(
              { minimum: 0.4, maximum: 3 },
              {
                description: "distance of people in a lane",
                default: 0.7,
                "x-unit": "m",
                "x-source": "between 0.6 and 0.9 m, queue level D of Fruin 1971 (unverified)",
              },
            ),
          ),
        },
        { ...CLOSED, ...exactlyOne("service_s", "service_min"), description: "queue in lanes before an opening" },
      ),
    ),
    stay: Type.Optional(
      Type.Object(
        {
          in: Type.Optional(text({ description: "area; default: that of the stage before" })),
          for_s: Type.Optional(
            nullable(distribution(STAY, { description: "how long", "x-unit": "s" }), { description: "how long", "x-unit": "s" }),
          ),
          for_min: Type.Optional(distribution(STAY, { description: "how long", "x-unit": "min" }, 60)),
          until: Type.Optional(clock("until when")),
          until_min: Type.Optional(number(minutesOfRun, { description: "until when", "x-unit": "min" })),
          until_s: Type.Optional(
            nullable(number(TIME_OF_RUN, { description: "until when" }), { description: "until when", "x-unit": "s" }),
          ),
        },
        {
          ...CLOSED,
          description: "walk to a spot in an area and stay: for a time, until a time, or with neither to the end of the run",
        },
      ),
    ),
    choose: Type.Optional(
      Type.Object(
        {
          of: names({ description: "areas to choose from" }),
          weights: Type.Optional(
            Type.Array(number({ minimum: 0, maximum: 1e6 }, { description: "weight" }), {
              description: "how often each is chosen, relative to the others; default: equal",
            }),
          ),
          share: Type.Optional(
            number(
              { minimum: 0, maximum: 1 },
              { description: "share of the people who visit one; the others go on", default: 1 },
            ),
          ),
          stay_s: Type.Optional(distribution(STAY, { description: "time of the visit", "x-unit": "s" })),
          stay_min: Type.Optional(distribution(STAY, { description: "time of the visit", "x-unit": "min" }, 60)),
        },
        { ...CLOSED, ...exactlyOne("stay_s", "stay_min"), description: "a share of the people visits one of several areas" },
      ),
    ),
    leave: Type.Optional(
      Type.Union(
        [
          text({ description: "exit" }),
          Type.Array(text({ description: "exit" }), { minItems: 1, maxItems: 1000 }),
          Type.Object(
            {
              by: names({ description: "exits: openings that lead outside, or places with exit: true" }),
              choice: Type.Optional(
                Type.Enum(["least-time", "expected-time", "shares", "fixed"], {
                  description:
                    "least-time: the exit reached soonest by walking; expected-time: walking and waiting there, looked at again every 5 s; shares: drawn with `shares`; fixed: the one named exit",
                  default: "least-time",
                }),
              ),
              shares: Type.Optional(
                Type.Array(number({ minimum: 0, maximum: 1 }, { description: "share" }), {
                  description: "share of each exit in `by`, adding to 1; makes `shares` the choice",
                }),
              ),
              gain: Type.Optional(
                number(
                  { minimum: 0, maximum: 0.9 },
                  {
                    description:
                      "expected-time: share of the expected time that another exit must save before a person changes to it",
                    default: GAIN,
                    "x-source": "cba_gain of JuPedSim's quickest-path router (read in its release notes)",
                  },
                ),
              ),
              follow: Type.Optional(
                Type.Union(
                  [Type.Enum(["others"]), number({ minimum: 0, maximum: 0.9 }, { description: "weight of what others do" })],
                  {
                    description: `expected-time: share by which the expected time of an exit falls when everybody in sight (5 m) walks to it; others: ${FOLLOW}`,
                    default: 0,
                    "x-source":
                      "that people follow others: Korhonen and Heliövaara 2011, Fire Safety Science 10:723; the weight: Muster, unverified",
                  },
                ),
              ),
            },
            CLOSED,
          ),
        ],
        { description: "leave the layout" },
      ),
    ),
    repeat: Type.Optional(
      Type.Literal(true, {
        description:
          "begin the journey again with its first stage, for closed loops; the last stage, behind at least one go, queue, stay for a time or choose by everybody",
      }),
    ),
  },
  { ...CLOSED, minProperties: 1, maxProperties: 1, description: "one of go, queue, stay, choose, leave, repeat" },
);

export const groupSchema = Type.Object(
  {
    name: text({ description: "name of the group, used once" }),
    count: Type.Optional(whole(count, { description: "number of people; may be left out where arrivals or agents say it" })),
    start: Type.Optional(
      nullable(Type.Object({ in: names({ description: "areas" }) }, CLOSED), {
        description: "people are inside at the start, anywhere in these areas",
      }),
    ),
    arrivals: Type.Optional(nullable(arrivals, { description: "people come in over time" })),
    agents: Type.Optional(
      nullable(Type.Array(agent, { minItems: 1, maxItems: MAX_PEOPLE }), {
        description: "people at given positions at the start",
      }),
    ),
    population: Type.Optional(
      Type.Union([text({ description: "named population" }), population], {
        description: "speed and body size: a named population, a mix of them, or own numbers",
        default: "adults",
      }),
    ),
    pre_movement_s: Type.Optional(
      distributionOrPreset(
        PRE_MOVEMENT,
        { description: "time from the start (or the arrival) until a person sets off", default: 0, "x-unit": "s" },
        [...PRESETS.keys()],
      ),
    ),
    pre_movement_source: Type.Optional(
      nullable(text({ description: "where these times come from; default: the source of a preset" }, 2000), {
        description: "where these times come from; default: the source of a preset",
      }),
    ),
    pre_movement_min: Type.Optional(distribution(PRE_MOVEMENT, { description: "as pre_movement_s", "x-unit": "min" }, 60)),
    single_file: Type.Optional(
      Type.Boolean({
        description:
          "nobody overtakes: people keep behind whoever is ahead of them in a lane (within 0.8 m to each side), as asked of people in experiments in single file or in guided groups",
        default: false,
      }),
    ),
    motivation: Type.Optional(
      Type.Union(
        [
          number(MOTIVATION, { description: "factor on the time gap" }),
          Type.Enum(Object.keys(MOTIVATIONS), { description: "a word for it" }),
        ],
        {
          description: `factor on the time gap that people keep, or ${Object.entries(MOTIVATIONS)
            .map(([word, factor]) => `${word} (${factor})`)
            .join(", ")}; less = people close up sooner`,
          default: 1,
          "x-source": MOTIVATION_SOURCE,
        },
      ),
    ),
    familiar_with: Type.Optional(
      Type.Union(
        [
          text({ description: "exit" }),
          Type.Array(text({ description: "exit" }), { maxItems: 1000, description: "exits; empty: all" }),
        ],
        {
          description:
            "exits that these people know, for the choice expected-time; the others count only where nothing known can be reached, or where others are followed to them. Default: all",
        },
      ),
    ),
    social_groups: Type.Optional(
      nullable(
        Type.Object(
          {
            sizes: Type.Array(whole({ minimum: 1, maximum: 20 }, { description: "people" }), {
              minItems: 1,
              maxItems: 20,
              description: "sizes of the social groups",
            }),
            shares: Type.Optional(
              Type.Array(number({ minimum: 0, maximum: 1 }, { description: "share" }), {
                maxItems: 20,
                description: "share of the social groups (not of the people) that have each size, adding to 1; default: equal",
              }),
            ),
            with: Type.Optional(
              text({
                description:
                  "groups that give the same name here mix in the same social groups, as parents and children do; default: the group's own name",
              }),
            ),
          },
          CLOSED,
        ),
        {
          description:
            "people who stay together: they come together, start beside each other, walk at the pace of the slowest, wait for each other and choose alike. Default: everybody is alone",
        },
      ),
    ),
    journey: Type.Optional(
      Type.Array(stage, {
        maxItems: 100,
        description: "what people do, in order; default for people who start in one area: stay there",
      }),
    ),
  },
  { ...CLOSED, description: "a group of people; exactly one of start, arrivals, agents" },
);

export type GroupFile = Type.Static<typeof groupSchema>;
export type ArrivalsFile = Type.Static<typeof arrivals>;
export type RateRow = Type.Static<typeof rateRow>;
export type PopulationFile = Type.Static<typeof population>;
export type StageFile = Type.Static<typeof stage>;
