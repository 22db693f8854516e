/** Schema of the key "fire" of the result document: there only where the scenario has fire. */
import { Type } from "typebox";
import { AIR_QUANTITIES } from "../../engine/fire/fields/field.js";
import { UNCERTAIN_QUANTITIES } from "../../engine/fire/uncertainty.js";
import { CRITERIA } from "../../engine/measure/fire/measures.js";
import { band, count, list, number, object, orNull, seed, text } from "./schema-parts.js";

const criterion = Type.Enum([...CRITERIA], { description: "A limit of tenability" });
const quantity = Type.Enum([...AIR_QUANTITIES]);
const kind = Type.Enum(["compartment", "open"], { description: "compartment: has a smoke layer of the zone model" });
const values = (description: string) => list(orNull(Type.Number()), description);
/** One entry for each limit. */
const byCriterion = <T extends Parameters<typeof Type.Array>[0]>(type: T, description: string) =>
  object(Object.fromEntries(CRITERIA.map((name) => [name, type])) as Record<(typeof CRITERIA)[number], T>, description); // one entry for each of CRITERIA

const margin = orNull(
  object(
    {
      mean_s: number("s"),
      worst_s: number("Least, s"),
      p5_s: number("s"),
      p50_s: number("s"),
      p95_s: number("s"),
      negative_share: Type.Number({ minimum: 0, maximum: 1, description: "Share of the runs in which somebody was too late" }),
      runs: count("Runs in which it is known"),
      at_least: count("Runs in which it is a lower bound: still tenable at the end"),
      at_most: count("Runs in which it is an upper bound: somebody still there at the end"),
    },
    "ASET less RSET; null where nobody ever came or nothing is known",
  ),
);

const series = object(
  {
    bin_s: number("Length of a bin, s"),
    people: values("Most people at once"),
    interface_m: values("Lower face of the smoke layer above the floor, m"),
    upper_C: values("Upper layer, °C"),
    lower_C: values("Lower layer, °C"),
    head_C: values("Air at head height, °C"),
    visibility_m: values("Of reflecting signs at head height, m, at most 30"),
    o2_pct: values("Oxygen at head height, volume %"),
    co2_pct: values("Carbon dioxide, volume %"),
    co_ppm: values("Carbon monoxide, ppm"),
    hcn_ppm: values("Hydrogen cyanide, ppm"),
    hcl_ppm: values("Hydrogen chloride, ppm"),
    radiant_kW_m2: values("Radiant flux at head height, kW/m2"),
    hrr_kW: values("Heat released in the compartment, kW"),
    pressure_Pa: values("At the floor above ambient, Pa"),
    fed_asphyxiant: values("Dose of somebody who stays from the start"),
    fed_heat: values("The same for heat"),
  },
  "Means over bins and over the floor of the place; null where there is no such value",
);

const measured = object(
  {
    place: text("Name"),
    level: text("Level id"),
    kind,
    area_m2: number("Floor, m2"),
    visibility_limit_m: number("m"),
    aset_s: orNull(number("s; null: tenable to the end")),
    criterion: orNull(criterion),
    by_criterion: byCriterion(orNull(Type.Number()), "First time at which each limit was passed, s; null: never"),
    most_people: count("At once"),
    people_at_aset: orNull(count("Inside when it became untenable")),
    people_at_end: count("Inside at the end"),
    rset_s: orNull(number("s; null: somebody still there, or nobody came")),
    margin: orNull(object({ s: number("s"), bound: Type.Enum(["exact", "at least", "at most"]) })),
    worst: object({
      visibility_m: number("Least, m"),
      head_C: orNull(number("Highest, °C")),
      interface_m: orNull(number("Lowest, m")),
      pressure_Pa: orNull(number("Largest difference from ambient, Pa")),
    }),
    series: orNull(series),
  },
  "The run in the middle by margin",
);

export const fireSchema = object(
  {
    limits: object(
      {
        height_m: number("m"),
        visibility_m: number("m"),
        small_room_visibility_m: number("m"),
        small_room_m2: number("m2"),
        temperature_C: number("°C"),
        layer_temperature_C: number("°C"),
        heat_flux_kW_m2: number("kW/m2"),
        fed: number("Dose of somebody who stays"),
        share_of_floor: number("Share of the floor on which a limit must be passed"),
      },
      "Limits of tenability that ASET was judged by",
    ),
    uncertainty: orNull(
      object(
        {
          source: text("Validation that it comes from"),
          quantities: list(
            object({
              quantity: Type.Enum([...UNCERTAIN_QUANTITIES]),
              bias: number("Mean of calculated over measured"),
              sigma: number("Standard deviation of calculated values relative to the model's mean"),
              points: count("Measured points"),
              sets: count("Data sets"),
            }),
          ),
        },
        "Published for this kind of model; null where none is (given air, fires in the open)",
      ),
    ),
    source: text("Where the smoke comes from"),
    unknown: list(quantity, "What is not known of the air"),
    unjudged: list(criterion, "Limits that could not be judged, or only in part, for it"),
    ignition_s: number("First ignition, s from the start of the run"),
    end_s: number("End of the longest fire, s: it goes on when everybody has left"),
    runs: list(
      object({
        seed,
        status: orNull(text("Of the zone model: running, ended, failed; null without one")),
        status_time_s: orNull(number("s")),
        reason: text("Why it failed"),
        incapacitated: count("People"),
        worst_dose: object(
          { asphyxiants: number("FED"), heat: number("FED"), irritants: number("FEC") },
          "Largest doses of one person",
        ),
      }),
    ),
    notices: list(
      object({ time_s: number("First time, s"), message: text("What"), runs: count("Runs in which it was so") }),
      "Where the zone model left the range it is meant for",
    ),
    peak_hrr_kW: band("Largest heat release of everything that burns, kW"),
    hrr: object({ bin_s: number("Length of a bin, s"), kW: values("Mean over each bin") }, "Of the run in the middle"),
    places: list(
      object({
        place: text("Name"),
        level: text("Level id"),
        kind,
        area_m2: number("Floor, m2"),
        visibility_limit_m: number("m"),
        untenable_runs: count("Runs in which it became untenable"),
        earliest_s: orNull(number("Earliest time in any of them, s")),
        aset_s: band("Available safe egress time, s from the start of the run; null: tenable to the end"),
        criterion: orNull(criterion),
        by_criterion: byCriterion(band("s"), "First time at which each limit was passed"),
        used: Type.Boolean({ description: "Whether anybody ever came" }),
        rset_s: band("Required safe egress time: the last person has left, s; null: somebody still there"),
        people_at_aset: band("People inside when it became untenable"),
        people_at_end: band("People inside at the end"),
        margin,
        median: measured,
      }),
      "Compartments and other walkable units",
    ),
    exits: list(
      object({
        exit: text("Name"),
        place: text("The place it leads out of"),
        passed: band("People"),
        last_s: band("Last passage, s; over the runs in which anybody passed"),
        aset_s: band("Of the place, s"),
        margin,
      }),
    ),
    exposed: list(
      object({
        limit: number("Dose"),
        asphyxiants: band("People with at least this FED"),
        heat: band("The same for heat"),
        irritants: band("The same for irritants (FEC)"),
        any: band("By any of the three"),
      }),
    ),
    incapacitated: band("People whom smoke or heat brought down"),
    fallen: list(
      object({
        seed,
        id: count("Person"),
        group: text("Group"),
        level: text("Level id"),
        place: text("Place in which the person fell"),
        x: number("m, local"),
        y: number("m, local"),
        time_s: number("s"),
        cause: text("Why"),
      }),
      "At most 200 of each run",
    ),
  },
  "Only where the scenario has fire",
);
