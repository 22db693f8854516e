/** File form of what burns: the keys that design fires and items share. */
import Type from "typebox";
import { FUEL_NAMES, FUELS, GROWTHS } from "../fire/fuels.js";
import { HRR } from "../fire/limits.js";
import { nullable, number, pair, point, text } from "./keys.js";

const whenGiven = "default: that of the fuel";

/** An optional number with its default. */
export const limit = (minimum: number, maximum: number, unit: string, standard: number, description: string, source?: string) =>
  Type.Optional(
    number(
      { minimum, maximum },
      { description, default: standard, ...(unit === "" ? {} : { "x-unit": unit }), ...(source ? { "x-source": source } : {}) },
    ),
  );

/** Where something is: a name, or a point and its level. */
export const spot = (what: string) => ({
  at: Type.Union(
    [text({ description: "a unit, section or place" }), point({ description: "a point in the coordinates of the layout file" })],
    { description: `where ${what}: the middle of a unit, section or place, or a point` },
  ),
  level: Type.Optional(text({ description: "level id of a point; not needed where there is one level" })),
});

export const burningKeys = {
  growth: Type.Optional(
    Type.Enum([...GROWTHS], {
      description: "heat release grows with the square of time by this class, to peak_kW; or give curve",
      "x-source": "NFPA 72: 1055 kW after 600, 300, 150, 75 s",
    }),
  ),
  peak_kW: Type.Optional(
    number({ exclusiveMinimum: 0, maximum: HRR }, { description: "greatest heat release, with growth", "x-unit": "kW" }),
  ),
  peak_for_s: Type.Optional(
    nullable(number({ minimum: 0, maximum: 172_800 }, { description: "s", "x-unit": "s" }), {
      description: "how long the peak is held, with growth; null: to the end",
      default: null,
      "x-unit": "s",
    }),
  ),
  decay_s: Type.Optional(
    number(
      { minimum: 0, maximum: 172_800 },
      { description: "time from the peak straight to 0, with growth", default: 0, "x-unit": "s" },
    ),
  ),
  curve: Type.Optional(
    Type.Array(pair({ minimum: 0, maximum: HRR }, { description: "s after ignition, kW" }), {
      minItems: 1,
      maxItems: 10_000,
      description: "heat release instead of growth: [s after ignition, kW], straight between the points, the last is held",
    }),
  ),
  hrr_per_area_kW_m2: Type.Optional(
    number(
      { minimum: 1, maximum: 10_000 },
      {
        description: "heat release per burning area: gives the size of the plume's foot",
        default: 500,
        "x-unit": "kW/m2",
        "x-source": "EN 1991-1-2 table E.5, theatres, shops and libraries (offices, dwellings, schools 250); unverified",
      },
    ),
  ),
  height_m: Type.Optional(
    number({ minimum: 0, maximum: 100 }, { description: "burning surface above the floor", default: 0, "x-unit": "m" }),
  ),
  fuel: Type.Optional(
    Type.Enum([...FUEL_NAMES], {
      description: "what burns: formula, heat of combustion and yields, each of which may be given by itself",
      default: "mixed",
      "x-source": FUELS.mixed.source,
    }),
  ),
  formula: Type.Optional(
    Type.Unsafe<[number, number, number, number, number]>(
      Type.Array(Type.Number({ minimum: 0, maximum: 1000 }), {
        minItems: 5,
        maxItems: 5,
        description: `atoms of C, H, O, N, Cl in the formula; ${whenGiven}. All chlorine leaves as HCl`,
      }),
    ),
  ),
  heat_of_combustion_kJ_kg: Type.Optional(
    number({ minimum: 1000, maximum: 150_000 }, { description: `heat per fuel burnt; ${whenGiven}`, "x-unit": "kJ/kg" }),
  ),
  radiative_fraction: Type.Optional(
    number({ minimum: 0, maximum: 0.9 }, { description: `share of the heat that leaves as radiation; ${whenGiven}` }),
  ),
  soot_yield: Type.Optional(
    number({ minimum: 0, maximum: 0.5 }, { description: `soot per fuel burnt; ${whenGiven}`, "x-unit": "kg/kg" }),
  ),
  co_yield: Type.Optional(
    number({ minimum: 0, maximum: 1 }, { description: `carbon monoxide per fuel burnt; ${whenGiven}`, "x-unit": "kg/kg" }),
  ),
  hcn_yield: Type.Optional(
    number({ minimum: 0, maximum: 0.5 }, { description: `hydrogen cyanide per fuel burnt; ${whenGiven}`, "x-unit": "kg/kg" }),
  ),
};
