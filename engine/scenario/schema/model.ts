/** File form of `model`: a name, or a map with a name and parameters. */
import Type from "typebox";
import { CLASSIC_MODELS, MODEL_NAMES, type ModelParameter } from "../models.js";
import { CLOSED, number, whole } from "./keys.js";

function parameterSchema({ minimum, maximum, default: value, unit, description, source, whole: isWhole }: ModelParameter) {
  const key = isWhole ? whole : number;
  return Type.Optional(
    key({ minimum, maximum }, { description, default: value, "x-source": source, ...(unit === "" ? {} : { "x-unit": unit }) }),
  );
}

const classic = Object.entries(CLASSIC_MODELS).map(([name, { title, source, time_step_s, parameters }]) =>
  Type.Object(
    {
      name: Type.Literal(name, { description: title }),
      ...Object.fromEntries(Object.entries(parameters).map(([key, about]) => [key, parameterSchema(about)])),
    },
    { ...CLOSED, description: `${title}: ${source}; time step ${time_step_s} s unless the scenario gives one` },
  ),
);

/** What a file may say; which keys belong to which name is checked by the schema itself. */
export type ModelFile = (typeof MODEL_NAMES)[number] | ({ name: string } & Record<string, number | string>);

export const modelSchema = Type.Unsafe<ModelFile>(
  Type.Union(
    [
      Type.Enum([...MODEL_NAMES]),
      Type.Object(
        { name: Type.Literal("headway", { description: "Muster's own model" }) },
        { ...CLOSED, description: "headway model" },
      ),
      ...classic,
    ],
    {
      description: "movement model, by its name or with parameters of its own (docs/models/classic-models.md)",
      default: "headway",
    },
  ),
);
