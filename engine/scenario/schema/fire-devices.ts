/** File form of what a building does against smoke: vents, fans, detectors, sprinklers. */
import Type from "typebox";
import { TIME_OF_RUN } from "../limits.js";
import { spot } from "./burning.js";
import { CLOSED, number, text } from "./keys.js";

const some = <T extends Type.TSchema>(schema: T, description: string) =>
  Type.Optional(Type.Array(schema, { maxItems: 1000, description, default: [] }));
const name = (what: string) => Type.Optional(text({ description: `name; default: ${what} 1, ${what} 2, …` }));

const trigger = (what: string) =>
  Type.Optional(
    Type.Object(
      {
        at_s: Type.Optional(number(TIME_OF_RUN, { description: "at a time", "x-unit": "s" })),
        detector: Type.Optional(text({ description: "when the detector of this name acts" })),
        temperature_C: Type.Optional(
          number(
            { minimum: 21, maximum: 1500 },
            { description: "when the gas under the ceiling is this hot (a pane that breaks, a fusible link)", "x-unit": "°C" },
          ),
        ),
      },
      { ...CLOSED, minProperties: 1, maxProperties: 1, description: `${what}; default: from the start` },
    ),
  );

const vent = Type.Object(
  {
    name: name("vent"),
    in: text({ description: "unit that it opens to the outside" }),
    kind: Type.Enum(["window", "roof"], { description: "in a wall or in the roof" }),
    width_m: number({ exclusiveMinimum: 0, maximum: 1000 }, { description: "clear width", "x-unit": "m" }),
    height_m: number(
      { exclusiveMinimum: 0, maximum: 1000 },
      { description: "clear height, of a roof vent its length", "x-unit": "m" },
    ),
    sill_m: Type.Optional(
      number({ minimum: 0, maximum: 500 }, { description: "of a window, above the unit's floor", default: 0, "x-unit": "m" }),
    ),
    opens: trigger("when it opens"),
  },
  { ...CLOSED, description: "a vent to the outside that people do not use" },
);

const fan = Type.Object(
  {
    name: name("fan"),
    in: text({ description: "unit" }),
    direction: Type.Enum(["exhaust", "supply"], { description: "out of the unit or into it" }),
    flow_m3_s: number({ exclusiveMinimum: 0, maximum: 10_000 }, { description: "volume flow", "x-unit": "m3/s" }),
    height_m: Type.Optional(
      number(
        { minimum: 0, maximum: 500 },
        {
          description:
            "middle of the grille above the floor; default: 0.3 m below the ceiling, of a supply 0.3 m above the floor",
          "x-unit": "m",
        },
      ),
    ),
    area_m2: Type.Optional(
      number(
        { exclusiveMinimum: 0, maximum: 1000 },
        { description: "area of the grille", default: 0.5, "x-unit": "m2", "x-source": "chosen" },
      ),
    ),
    starts: trigger("when it starts"),
  },
  { ...CLOSED, description: "a fan to or from the outside" },
);

const rti = (standard: number, source: string) =>
  Type.Optional(
    number(
      { minimum: 1, maximum: 1000 },
      { description: "response time index", default: standard, "x-unit": "(m s)^1/2", "x-source": source },
    ),
  );
const below = Type.Optional(
  number({ minimum: 0, maximum: 5 }, { description: "below the ceiling", default: 0.05, "x-unit": "m", "x-source": "chosen" }),
);
const activates = (standard: number, source: string) =>
  Type.Optional(
    number(
      { minimum: 30, maximum: 400 },
      {
        description: "temperature of the sensing element at which it acts",
        default: standard,
        "x-unit": "°C",
        "x-source": source,
      },
    ),
  );

const detector = Type.Object(
  {
    name: name("detector"),
    ...spot("it hangs"),
    kind: Type.Enum(["smoke", "heat"], { description: "what it senses" }),
    below_ceiling_m: below,
    rti: rti(50, "CFAST's default"),
    activates_at_C: activates(57.2, "CFAST's default heat alarm (135 °F)"),
    obscuration_percent_m: Type.Optional(
      number(
        { minimum: 0.1, maximum: 90 },
        {
          description: "obscuration at which a smoke detector acts",
          default: 23.9,
          "x-unit": "%/m",
          "x-source": "CFAST's default smoke alarm",
        },
      ),
    ),
    alarm: Type.Optional(Type.Boolean({ description: "whether it raises the alarm", default: true })),
  },
  { ...CLOSED, description: "a detector" },
);

const sprinkler = Type.Object(
  {
    name: name("sprinkler"),
    ...spot("it hangs"),
    below_ceiling_m: below,
    rti: rti(100, "standard-response sprinklers, 80 or more; unverified"),
    activates_at_C: activates(68, "the usual glass bulb; unverified"),
    spray_density_mm_s: Type.Optional(
      number(
        { minimum: 0.001, maximum: 10 },
        {
          description: "water on the floor below",
          default: 0.07,
          "x-unit": "mm/s",
          "x-source": "about 4 mm/min, light hazard; unverified",
        },
      ),
    ),
  },
  { ...CLOSED, description: "a sprinkler head" },
);

export const fireDeviceSchemas = {
  vents: some(vent, "vents to the outside"),
  fans: some(fan, "fans"),
  detectors: some(detector, "detectors"),
  sprinklers: some(sprinkler, "sprinkler heads"),
};
