/** File form of design fires and of items that catch fire. */
import Type from "typebox";
import { IGNITIONS } from "../fire/fire.js";
import { TALL } from "../fire/limits.js";
import { TIME_OF_RUN } from "../limits.js";
import { burningKeys, limit, spot } from "./burning.js";
import { CLOSED, names, nullable, number, text } from "./keys.js";

export const fireEntrySchema = Type.Object(
  {
    name: Type.Optional(text({ description: "name; default: fire 1, fire 2, …" })),
    ...spot("it burns"),
    start_s: Type.Optional(number(TIME_OF_RUN, { description: "time of ignition", default: 0, "x-unit": "s" })),
    ...burningKeys,
  },
  { ...CLOSED, description: "a design fire: growth with peak_kW, or curve" },
);

export const fireItemSchema = Type.Object(
  {
    name: Type.Optional(text({ description: "name; default: item 1, item 2, …" })),
    at: Type.Optional(spot("its middle is").at),
    level: spot("").level,
    of: Type.Optional(
      names({
        description: "instead of at: fixtures by id, name or category, each of them such an item as large as it is drawn",
      }),
    ),
    size_m: Type.Optional(
      Type.Unsafe<[number, number, number]>(
        Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 500 }), {
          minItems: 3,
          maxItems: 3,
          description: "length, width, height, with at",
          "x-unit": "m",
        }),
      ),
    ),
    tall_m: limit(0.05, 100, "m", TALL, "height of each fixture, with of", "chosen: a stall"),
    turn_deg: limit(-360, 360, "degrees", 0, "of its length, counterclockwise from east"),
    incubation_s: limit(0, 172_800, "s", 0, "from ignition to growth, with growth"),
    fuel_mass_kg: Type.Optional(
      nullable(number({ exclusiveMinimum: 0, maximum: 1e7 }, { description: "kg", "x-unit": "kg" }), {
        description:
          "what can burn, with growth or curve: decay begins when 70 % is burnt unless peak_for_s says when; null: not limited",
        default: null,
        "x-unit": "kg",
        "x-source": "EN 1991-1-2 annex E.4",
      }),
    ),
    surface: Type.Optional(
      Type.Object(
        {
          flame_speed_mm_s: number(
            { exclusiveMinimum: 0, maximum: 1000 },
            { description: "speed of the front in calm air", "x-unit": "mm/s" },
          ),
          hrr_per_area_kW_m2: number(
            { exclusiveMinimum: 0, maximum: 10_000 },
            { description: "heat release of the burning surface", "x-unit": "kW/m2" },
          ),
          energy_MJ_m2: number(
            { exclusiveMinimum: 0, maximum: 10_000 },
            { description: "what a surface gives before it is burnt out", "x-unit": "MJ/m2" },
          ),
          wind_gain_s_m: limit(0, 100, "s/m", 1, "growth of the front's speed with the wind", "Thomas 1971"),
        },
        { ...CLOSED, description: "a front that runs over the item from where it is lit, instead of growth or curve" },
      ),
    ),
    ignites_at_s: Type.Optional(
      nullable(number(TIME_OF_RUN, { description: "s" }), {
        description: "when it is lit; null: only by what burns around it",
        default: null,
        "x-unit": "s",
      }),
    ),
    ignition: Type.Optional(
      Type.Union(
        [
          Type.Enum([...IGNITIONS], { description: "a named one" }),
          Type.Object(
            {
              critical_flux_kW_m2: number(
                { minimum: 0.5, maximum: 200 },
                { description: "radiation below which it never ignites", "x-unit": "kW/m2" },
              ),
              flux_time_product: number(
                { minimum: 0, maximum: 1e9 },
                { description: "sum of (flux - critical flux)^index over time at which it ignites", "x-unit": "(kW/m2)^index s" },
              ),
              index: number({ minimum: 1, maximum: 2 }, { description: "1: thermally thin, 2: thick" }),
            },
            { ...CLOSED, description: "flux-time product" },
          ),
        ],
        {
          description: "when radiation ignites it: easy, normal, hard (10, 20, 40 kW/m2), a material, or numbers",
          default: "normal",
          "x-source": "docs/models/fire-spread.md",
        },
      ),
    ),
    emissive_power_kW_m2: Type.Optional(
      nullable(number({ exclusiveMinimum: 0, maximum: 500 }, { description: "kW/m2" }), {
        description: "of its flame; null: what the fire radiates over the flame's surface",
        default: null,
        "x-unit": "kW/m2",
      }),
    ),
    ...burningKeys,
  },
  { ...CLOSED, description: "a thing that burns once it is ignited: stall, row of seats, tent, foam on a wall" },
);
