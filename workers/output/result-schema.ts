/** JSON Schema of the result document, published as docs/formats/result.schema.json. */
import { Type } from "typebox";
import { fireSchema } from "./fire-schema.js";
import { band, count, list, number, object, orNull, seed, text } from "./schema-parts.js";

const warningLevel = Type.Enum(["blue", "yellow", "orange", "red"]);
const scheme = Type.Enum(["density", "level-of-service", "share-of-capacity", "flow", "queue", "pressure", "tenability"]);
const service = Type.Enum(["A", "B", "C", "D", "E", "F"]);

const series = (description: string) =>
  object(
    {
      bin_s: number("Length of a bin, s"),
      mean: list(Type.Number(), "Mean over each bin"),
      max: list(Type.Number(), "Largest value in each bin"),
    },
    description,
  );

const sectionMeasure = object({
  place: text("Name of the section"),
  level: text("Level id"),
  area_m2: number("Floor area without fixtures, m2"),
  service: Type.Enum(["walkway", "queue", "stairs"], { description: "Fruin's table" }),
  count: series("People inside"),
  density: series("persons/m2"),
  speed: series("Mean speed, m/s"),
  pressure: series("Helbing's crowd pressure, 1/s2"),
  peak: object({
    count: number("People"),
    density: number("persons/m2"),
    at_s: number("s"),
    service,
    pressure: number("1/s2"),
  }),
  time_at_service_s: object({ A: number("s"), B: number("s"), C: number("s"), D: number("s"), E: number("s"), F: number("s") }),
  time_above_s: list(object({ limit: number("persons/m2"), seconds: number("s") })),
});

const lineMeasure = object({
  place: text("Name of the line or opening"),
  kind: Type.Enum(["line", "opening", "exit"]),
  level: text("Level id"),
  width_m: orNull(number("m")),
  flow_basis: Type.Enum(["emergent", "prescribed", "turnstile"], {
    description:
      "What the flow came from; emergent: bodies and time gaps alone. A prescribed greatest flow goes before a turnstile",
  }),
  prescribed: orNull(
    object(
      {
        specific_flow: number("Prescribed greatest, persons/(m s)"),
        boundary_layer_m: number("Each side, m"),
        effective_width_m: number("Clear width without both boundary layers, m"),
        flow: number("specific_flow × effective_width_m, persons/s"),
      },
      "Null where nothing is prescribed",
    ),
  ),
  turnstile_lanes: orNull(count("Lanes of a turnstile")),
  bin_s: number("Length of a bin, s"),
  forward: list(Type.Number(), "Crossings from the left of the line to its right in each bin"),
  backward: list(Type.Number(), "Crossings the other way"),
  total_forward: count("Crossings"),
  total_backward: count("Crossings"),
  peak_flow: number("Largest over any minute, persons/s"),
  peak_specific_flow: orNull(number("persons/(m s)")),
  mean_flow: orNull(number("Between 10 % and 90 % of the crossings, persons/s; null below 20")),
  n_t: list(Type.Number(), "Time at which k/100 of the forward crossings had passed, s; 101 entries or none"),
});

const queueMeasure = object({
  place: text("Name of the queue"),
  servers: count("Servers"),
  waiting: series("People waiting"),
  served: count("People served"),
  peak: object({ waiting: number("People"), at_s: number("s") }),
  wait_mean_s: orNull(number("s")),
  wait_p95_s: orNull(number("s")),
  wait_max_s: orNull(number("s")),
});

const summary = object({
  asked: count("People asked for"),
  runs: list(
    object({
      seed,
      status: Type.Enum(["finished", "time-limit", "lasting"], {
        description:
          "finished: everybody left; time-limit: people who wanted to leave had not; lasting: only people who stay or repeat their journey were inside",
      }),
      simulated_s: number("s"),
      left: count("People"),
      inside: count("People, at the end"),
      waiting: count("People outside who found no place to enter, at the end"),
      stuck: count("People who made no progress though they wanted to"),
    }),
    "One entry per run that came to its end, in the order of the seeds",
  ),
  failed: list(object({ seed, code: text("Code of the error table"), message: text("Why") }), "Runs without a result"),
  clearing: object(
    { t50_s: band("Half have left, s"), t95_s: band("95 % have left, s"), t100_s: band("All have left, s") },
    "Times from the start of the run, as shares of all people asked for",
  ),
  stuck: list(
    object({
      seed,
      id: count("Person"),
      group: text("Group"),
      level: text("Level id"),
      x: number("m, local"),
      y: number("m, local"),
      since_s: number("Has stood within 0.5 m since, s"),
      wants: text("Where the person wants to go"),
    }),
    "At most 100 of each run",
  ),
  lifts: list(
    object({
      seed,
      name: text("Lift"),
      trips: count("Rides between levels, empty ones too"),
      carried: count("People who got out"),
      wait_mean_s: orNull(number("From a place before the doors until they were let in, s")),
      wait_max_s: orNull(number("s")),
    }),
    "Lifts of each run",
  ),
  redirects: list(
    object({
      seed,
      at_s: number("Time of the event, s"),
      what: text("Who is sent where"),
      heard: count("People on the way to the exits in question who heard it"),
      followed: count("Those of them who followed"),
    }),
    "Marshals' redirections of each run, in order of time",
  ),
});

const socialSpread = (description: string) =>
  object({ mean: number("Mean over the social groups"), p95: number("95 % quantile"), max: number("Largest") }, description);

const measures = object({
  curve: list(object({ share: number("Share left, 0 to 1"), time_s: band("s") }), "Clearing curve"),
  sections: list(
    object({
      place: text("Name"),
      level: text("Level id"),
      area_m2: number("m2"),
      peak_count: band("People"),
      peak_density: band("persons/m2"),
      median: sectionMeasure,
    }),
    "`median`: the run in the middle",
  ),
  lines: list(
    object({
      place: text("Name"),
      kind: Type.Enum(["line", "opening", "exit"]),
      total: band("Crossings forward"),
      peak_flow: band("persons/s"),
      median: lineMeasure,
    }),
  ),
  queues: list(object({ place: text("Name"), peak_waiting: band("People"), wait_p95_s: band("s"), median: queueMeasure })),
  social_groups: list(
    object({
      group: text("Name of the group, or of those that mix"),
      exit_spread_max_s: band("Longest time between the first and the last of one social group to leave, s"),
      largest_distance_m: band("Largest distance between two of one social group, m"),
      median: object({
        group: text("Name"),
        count: count("Social groups of two or more"),
        people: count("People in them"),
        left_whole: count("Social groups of which everybody has left"),
        exit_spread_s: orNull(
          socialSpread("Time between the first and the last to leave, s; over those of which everybody has left"),
        ),
        largest_distance_m: orNull(socialSpread("Largest distance between two members at any output time, m, in plan")),
      }),
    }),
    "Social groups; `median`: the run in the middle",
  ),
  hand: list(
    object({
      quantity: text("What"),
      value: number("By hand"),
      unit: text("Unit of value and simulated"),
      guide: text("Guide that the number comes from"),
      working: text("The sum"),
      simulated: orNull(Type.Number()),
      difference: orNull(number("(simulated - value) / value")),
      why: orNull(text("Said where they differ by more than 20 %")),
    }),
    "Hand calculation beside the simulation",
  ),
});

const warning = object({
  place: text("Name of the place"),
  level: warningLevel,
  scheme,
  unit: text("Unit of peak and limit"),
  runs: count("Runs"),
  runs_at_level: count("Runs that reached `level` or more"),
  probability: Type.Number({ minimum: 0, maximum: 1, description: "runs_at_level / runs" }),
  probability_by_level: Type.Object(
    {
      blue: Type.Optional(Type.Number()),
      yellow: Type.Optional(Type.Number()),
      orange: Type.Optional(Type.Number()),
      red: Type.Optional(Type.Number()),
    },
    { additionalProperties: false, description: "Share of runs that reached each level or more" },
  ),
  onset_s: object({ p5: Type.Number(), p50: Type.Number(), p95: Type.Number() }, "Onset of `level`, s"),
  start_s: number("s"),
  end_s: orNull(number("s; null: held to the end")),
  peak: object({ median: Type.Number(), p95: Type.Number() }),
  limit: number("Limit of `level`"),
  source: text("Source of the limit"),
  cause: text("Why"),
  advice: text("What to do"),
  untenable: Type.Optional(
    object(
      {
        at_s: number("When the place becomes untenable, s"),
        criterion: text("The limit that is passed first"),
        people: number("People inside then"),
        never_left: number("People inside who have not left at the end"),
        lead_s: number("From the onset of the warning until then, s"),
      },
      "Of the scheme tenability only; medians over the runs at `level` or more",
    ),
  ),
});

/** Draft 2020-12. Unknown keys are errors, so that a new key is a new schema. */
export const RESULT_SCHEMA = Type.Object(
  {
    muster: text("Version of Muster that computed it"),
    format: Type.Literal(1, { description: "Version of this format" }),
    scenario: object({
      name: text("Name"),
      start: orNull(text("ISO 8601, time 0 of the run")),
      duration_s: number("s"),
      time_step_s: number("s"),
      output_every_s: number("s"),
      model: text("Movement model"),
      model_parameters: Type.Record(Type.String(), Type.Number(), {
        description: "Every parameter of a classic model, in the unit of its name; empty for the headway model",
      }),
    }),
    layout: object({
      name: text("Name"),
      attribution: text("Notice that must travel with the result"),
      area_m2: number("m2"),
      levels: list(object({ id: text("Id"), name: text("Name") })),
    }),
    seeds: list(seed, "As asked for"),
    summary,
    measures,
    fire: Type.Optional(fireSchema),
    warnings: list(warning),
    events: list(object({ seed, time: number("s"), what: text("What happened") }), "At most 1000 of each run"),
  },
  {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Result of muster run",
    description:
      "Printed by `muster run --json`, saved as summary.json. Times are seconds from the start of the run, lengths metres.",
    additionalProperties: false,
  },
);
