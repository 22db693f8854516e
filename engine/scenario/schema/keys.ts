/** Building blocks of the scenario's schema: each number says its range, and in `x-unit` and `x-source` its unit and where it comes from. */
import Type from "typebox";
import type { Range } from "../limits.js";

export type About = {
  description: string;
  default?: unknown;
  "x-unit"?: string;
  "x-source"?: string;
};

/** No key but the named ones; every object of the file form is closed. */
export const CLOSED = { additionalProperties: false } as const;

/** A name of a place, group or file: not empty, no control characters. */
export const text = (about: About, maxLength = 200) =>
  Type.String({ minLength: 1, maxLength, pattern: "^[^\\u0000-\\u001f\\u007f]*$", ...about });

export const number = (range: Partial<Range> & { exclusiveMinimum?: number }, about: About) =>
  Type.Number({ ...range, ...about });

export const whole = (range: Range, about: About) => Type.Integer({ ...range, ...about });

/** One name or a list of names. */
export const names = (about: About) =>
  Type.Union(
    [text({ description: "a name" }), Type.Array(text({ description: "a name" }), { minItems: 1, maxItems: 1000 })],
    about,
  );

/** Exactly two numbers. Written as an array of length 2, since draft 2020-12 and OpenAPI 3.1 tools agree on that form. */
export const pair = (range: Partial<Range>, about: About) =>
  Type.Unsafe<[number, number]>(Type.Array(Type.Number(range), { minItems: 2, maxItems: 2, ...about }));

export const point = (about: About) => pair({}, about);

/** Exactly one of the keys must be there. */
export const exactlyOne = (...keys: string[]) => ({ oneOf: keys.map((key) => ({ required: [key] })) });

/** The distributions by name, as keys of a map of which one stands. `scale` turns the range (SI) into the unit of the key. */
function choices(range: Range, scale: number) {
  const within = { minimum: range.minimum / scale, maximum: range.maximum / scale };
  const cut = {
    min: Type.Optional(Type.Number({ ...within, description: "smaller draws are drawn again; default: lower end of the range" })),
    max: Type.Optional(Type.Number({ ...within, description: "larger draws are drawn again; default: upper end of the range" })),
  };
  const positive = (description: string, maximum: number) => Type.Number({ exclusiveMinimum: 0, maximum, description });
  const moments = (description: string) =>
    Type.Object(
      {
        mean: Type.Number({ exclusiveMinimum: 0, maximum: within.maximum, description: `mean ${description}` }),
        sd: positive(`standard deviation ${description}`, within.maximum),
        ...cut,
      },
      CLOSED,
    );
  const offset = Type.Optional(
    Type.Number({ ...within, description: "added to every draw; min and max count with it", default: 0 }),
  );
  const shaped = (description: string) =>
    Type.Object(
      {
        scale: positive("scale, in the unit of the key", within.maximum * 10),
        shape: Type.Number({ minimum: 0.2, maximum: 100, description: "shape, without unit" }),
        ...cut,
      },
      { ...CLOSED, description },
    );
  return {
    constant: Type.Optional(Type.Number({ ...within, description: "the same value for everybody" })),
    uniform: Type.Optional(pair(within, { description: "[smallest, largest], each value in between equally likely" })),
    normal: Type.Optional(moments("before the cut")),
    lognormal: Type.Optional(
      Type.Object(
        {
          mean: Type.Number({
            exclusiveMinimum: 0,
            maximum: within.maximum,
            description: "mean of the variable itself, not of its logarithm, before the cut",
          }),
          sd: positive("standard deviation of the variable itself, before the cut", within.maximum),
          ...cut,
          offset,
        },
        CLOSED,
      ),
    ),
    weibull: Type.Optional(shaped("Weibull")),
    gamma: Type.Optional(shaped("gamma")),
    p1_p99: Type.Optional(
      Type.Unsafe<[number, number]>(
        Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: within.maximum }), {
          minItems: 2,
          maxItems: 2,
          description: "lognormal through its 1st and its 99th percentile",
        }),
      ),
    ),
  };
}

/**
 * A number, or one distribution by its name. `scale` turns the range (SI) into the unit of the key: 60 for a key in minutes.
 */
export function distribution(range: Range, about: About, scale = 1) {
  return withNumber(range, about, scale, choices(range, scale));
}

/** As `distribution`, with named presets beside. */
export function distributionOrPreset(range: Range, about: About, presets: readonly string[]) {
  const preset = Type.Optional(Type.Enum([...presets], { description: "a named one, see the list of presets" }));
  return withNumber(range, about, 1, { ...choices(range, 1), preset });
}

function withNumber<P extends Type.TProperties>(range: Range, about: About, scale: number, properties: P) {
  const { description, ...rest } = about;
  const within = { minimum: range.minimum / scale, maximum: range.maximum / scale };
  return Type.Union(
    [
      Type.Number({ ...within, ...(about["x-unit"] === undefined ? {} : { "x-unit": about["x-unit"] }) }),
      Type.Object(properties, { ...CLOSED, minProperties: 1, maxProperties: 1, description: "one distribution" }),
    ],
    { ...rest, description },
  );
}

/** A key may say null, as the complete form does for what is not there. */
export const nullable = <T extends Type.TSchema>(schema: T, about: About) => Type.Union([schema, Type.Null()], about);

/** Clock time of the day ("21:35", first time it is reached after `start`) or ISO 8601 date and time with offset. */
export const clock = (description: string) =>
  Type.String({
    maxLength: 40,
    pattern: "^\\d{1,2}:\\d{2}(:\\d{2})?$|^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})$",
    description: `${description}; clock time ("21:35", the first one after start) or ISO 8601 with offset; needs start`,
  });

/** Something the schema has a place for and the engine cannot do yet: refused with this text unless empty. */
export const reserved = (what: string) =>
  Type.Unsafe<null | never[]>({
    anyOf: [{ type: "null" }, { type: "array", maxItems: 0 }],
    description: `${what}: not supported yet; may be left out, null or empty`,
    "x-reserved": what,
  });
