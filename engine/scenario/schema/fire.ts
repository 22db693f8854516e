/** File form of `fire`: what burns, what the building does to smoke, what smoke does to people, and what counts as untenable. */
import Type from "typebox";
import { CLOSING, DOOR_LEAK, LEAKAGE } from "../fire/limits.js";
import { LININGS } from "../fire/materials.js";
import { TIME_OF_RUN } from "../limits.js";
import { limit } from "./burning.js";
import { fireDeviceSchemas } from "./fire-devices.js";
import { fireEntrySchema, fireItemSchema } from "./fire-items.js";
import { firePeopleSchema } from "./fire-people.js";
import { smokeFromSchema } from "./fire-smoke.js";
import { CLOSED, names, nullable, number, text } from "./keys.js";

const some = <T extends Type.TSchema>(schema: T, description: string) =>
  Type.Optional(Type.Array(schema, { maxItems: 1000, description, default: [] }));

const lining = (what: string) => ({
  [what]: Type.Optional(Type.Enum([...LININGS], { description: `lining of the ${what}; default: by the unit's category` })),
  [`${what}_thickness_m`]: Type.Optional(
    number({ minimum: 0.0005, maximum: 2 }, { description: `thickness of that lining; default: the material's`, "x-unit": "m" }),
  ),
});

const surface = Type.Object(
  {
    of: Type.Optional(names({ description: "units by id, name or category; default: all" })),
    ...(lining("walls") as {
      walls: Type.TOptional<Type.TEnum<[...typeof LININGS]>>;
      walls_thickness_m: Type.TOptional<Type.TNumber>;
    }), // computed keys lose their names
    ...(lining("ceiling") as {
      ceiling: Type.TOptional<Type.TEnum<[...typeof LININGS]>>;
      ceiling_thickness_m: Type.TOptional<Type.TNumber>;
    }),
    ...(lining("floor") as {
      floor: Type.TOptional<Type.TEnum<[...typeof LININGS]>>;
      floor_thickness_m: Type.TOptional<Type.TNumber>;
    }),
  },
  { ...CLOSED, description: "what surfaces are made of; later rules go before earlier ones" },
);

const door = Type.Object(
  {
    at: names({ description: "openings" }),
    state: Type.Enum(["open", "closed", "self-closing", "while-people-pass"], {
      description:
        "open: an open vent whatever happens; closed: a leak until an event opens it; self-closing: opened by whoever comes near, then shut by its closer; while-people-pass: open just as long as somebody stands in it",
    }),
    leak_m2: Type.Optional(
      number(
        { minimum: 0, maximum: 10 },
        {
          description: `area of the gaps round the closed door; default: ${DOOR_LEAK.single}, from 1.4 m width on ${DOOR_LEAK.double}, lifts ${DOOR_LEAK.lift}`,
          "x-unit": "m2",
          "x-source": "EN 12101-6 table A.3, unverified",
        },
      ),
    ),
    closing_s: Type.Optional(
      number(
        { minimum: 0, maximum: 600 },
        {
          description: "time in which a self-closing door shuts",
          default: CLOSING,
          "x-unit": "s",
          "x-source": "EN 1154, unverified",
        },
      ),
    ),
  },
  { ...CLOSED, description: "what doors are to smoke; an opening without a rule is open or closed as for people" },
);

const air = Type.Object(
  {
    in: text({ description: "a unit, section or place; all: everywhere" }),
    extinction_1_m: Type.Optional(
      number({ minimum: 0, maximum: 1000 }, { description: "extinction coefficient of the smoke", default: 0, "x-unit": "1/m" }),
    ),
    temperature_C: Type.Optional(
      number({ minimum: -50, maximum: 1500 }, { description: "temperature", default: 20, "x-unit": "°C" }),
    ),
    co_ppm: Type.Optional(
      number({ minimum: 0, maximum: 1e6 }, { description: "carbon monoxide", default: 0, "x-unit": "ppm by volume" }),
    ),
    co2_pct: Type.Optional(
      number({ minimum: 0, maximum: 100 }, { description: "carbon dioxide", default: 0.04, "x-unit": "% by volume" }),
    ),
    o2_pct: Type.Optional(
      number({ minimum: 0, maximum: 100 }, { description: "oxygen", default: 20.95, "x-unit": "% by volume" }),
    ),
    hcn_ppm: Type.Optional(
      number({ minimum: 0, maximum: 1e6 }, { description: "hydrogen cyanide", default: 0, "x-unit": "ppm by volume" }),
    ),
    hcl_ppm: Type.Optional(
      number({ minimum: 0, maximum: 1e6 }, { description: "hydrogen chloride", default: 0, "x-unit": "ppm by volume" }),
    ),
    radiant_kW_m2: Type.Optional(
      number({ minimum: 0, maximum: 500 }, { description: "radiant flux on people", default: 0, "x-unit": "kW/m2" }),
    ),
    from_s: Type.Optional(number(TIME_OF_RUN, { description: "since when", default: 0, "x-unit": "s" })),
    to_s: Type.Optional(
      nullable(number(TIME_OF_RUN, { description: "s" }), {
        description: "until when; null: to the end",
        default: null,
        "x-unit": "s",
      }),
    ),
  },
  { ...CLOSED, description: "air that is told instead of calculated" },
);

const tenability = Type.Object(
  {
    height_m: limit(
      0.3,
      5,
      "m",
      2,
      "smoke that hides signs or is hotter than `temperature_C` must stay above this height",
      "PD 7974-6 asks for 2.0 to 2.5 m clear; unverified",
    ),
    visibility_m: limit(
      1,
      100,
      "m",
      10,
      "visibility of reflecting things below which a place is untenable",
      "PD 7974-6, Jin; unverified",
    ),
    small_room_visibility_m: limit(1, 100, "m", 5, "the same in small rooms", "PD 7974-6; unverified"),
    small_room_m2: limit(0, 100_000, "m2", 100, "rooms up to this area count as small", "C/VM2; unverified"),
    temperature_C: limit(20, 300, "°C", 60, "gas temperature above which a place is untenable", "ISO 13571, water-saturated air"),
    layer_temperature_C: limit(
      50,
      600,
      "°C",
      200,
      "temperature of the upper layer overhead above which a place is untenable",
      "2.5 kW/m2 from the layer; CFAST guide, PD 7974-6",
    ),
    heat_flux_kW_m2: limit(0.1, 50, "kW/m2", 2.5, "radiant flux above which a place is untenable", "ISO 13571:2012"),
    fed: limit(
      0.01,
      3,
      "",
      0.3,
      "fractional effective dose, of gases or heat, of somebody who stays in the place from the start",
      "ISO 13571:2012: 11 % of people are more susceptible",
    ),
    share_of_floor: limit(0.001, 1, "", 0.1, "share of a place's floor on which a limit must be passed", "chosen"),
  },
  { ...CLOSED, description: "when a place counts as untenable (available safe egress time, ASET)" },
);

const margin = (standard: number, level: string) =>
  limit(-3600, 3600, "s", standard, `margin at or below which a warning is ${level}`, "chosen");

const warnings = Type.Object(
  {
    lead_s: limit(0, 3600, "s", 300, "how long before a place is untenable its warning may begin", "chosen"),
    margin_s: Type.Optional(
      Type.Object(
        { blue: margin(120, "blue"), yellow: margin(60, "yellow"), orange: margin(30, "orange"), red: margin(0, "red") },
        { ...CLOSED, description: "time between the last person's leaving a place and its becoming untenable" },
      ),
    ),
  },
  { ...CLOSED, description: "warnings that a place becomes untenable while people are in it or on their way through" },
);

const alarm = Type.Object(
  {
    at_s: Type.Optional(
      nullable(number(TIME_OF_RUN, { description: "s" }), {
        description: "when the alarm is raised by hand; null: only by a detector",
        default: null,
        "x-unit": "s",
      }),
    ),
    delay_s: limit(0, 3600, "s", 0, "from the first sign (by hand or a detector) to the signal that people hear"),
  },
  {
    ...CLOSED,
    description:
      "with an alarm pre-movement times count from its signal, and nobody who has no other cue begins to move before it",
  },
);

export const fireSchema = Type.Object(
  {
    fires: some(fireEntrySchema, "fires that begin at a time"),
    items: some(fireItemSchema, "things that burn once they are ignited"),
    surfaces: some(surface, "what surfaces are made of"),
    doors: some(door, "what doors are to smoke"),
    leakage: Type.Optional(
      Type.Object(
        {
          walls_m2_per_m2: limit(
            0,
            0.1,
            "m2/m2",
            LEAKAGE.walls,
            "leak to the outside per area of wall",
            "CFAST's example of an average building",
          ),
          floors_m2_per_m2: limit(
            0,
            0.1,
            "m2/m2",
            LEAKAGE.floors,
            "leak to the outside per area of floor",
            "CFAST's example of an average building",
          ),
        },
        { ...CLOSED, description: "gaps of the building" },
      ),
    ),
    ...fireDeviceSchemas,
    alarm: Type.Optional(
      nullable(alarm, { description: "when people are warned; null: pre-movement times count from the start", default: null }),
    ),
    ambient: Type.Optional(
      Type.Object(
        {
          inside_C: limit(-40, 56, "°C", 20, "air inside at the start"),
          outside_C: limit(-40, 56, "°C", 20, "air outside"),
          pressure_Pa: limit(20_000, 120_000, "Pa", 101_325, "pressure at the local zero of heights"),
          relative_humidity: limit(0, 1, "", 0.5, "relative humidity, 0 to 1"),
        },
        { ...CLOSED, description: "air before the fire" },
      ),
    ),
    wind: Type.Optional(
      nullable(
        Type.Object(
          {
            speed_m_s: number({ minimum: 0, maximum: 50 }, { description: "wind speed", "x-unit": "m/s" }),
            from_deg: number(
              { minimum: 0, maximum: 360 },
              { description: "where it comes from, clockwise from north", "x-unit": "degrees" },
            ),
            reference_height_m: limit(1, 100, "m", 10, "height of that speed"),
            terrain: Type.Optional(
              Type.Enum(["urban", "open"], { description: "ground that the wind comes over", default: "urban" }),
            ),
            stability: Type.Optional(
              Type.Enum(["A", "B", "C", "D", "E", "F"], {
                description: "Pasquill's class: A sunny and light winds, D windy or overcast, F clear calm night",
                default: "D",
              }),
            ),
          },
          { ...CLOSED, description: "wind over open places" },
        ),
        { description: "wind over open places; null: calm", default: null },
      ),
    ),
    smoke_from: Type.Optional(
      nullable(smokeFromSchema, {
        description: "smoke calculated by another program, instead of the zone model; null: none",
        default: null,
      }),
    ),
    air: some(air, "air that is told instead of calculated, for tests and bounding studies"),
    people: Type.Optional(firePeopleSchema),
    tenability: Type.Optional(tenability),
    warnings: Type.Optional(warnings),
    exchange_s: limit(0.1, 1, "s", 1, "time between two exchanges of fire and crowd, a multiple of the time step"),
  },
  { ...CLOSED, description: "fire and smoke: at least one of fires, smoke_from, air" },
);

export type FireFile = Type.Static<typeof fireSchema>;
