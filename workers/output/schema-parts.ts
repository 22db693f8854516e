/** Small parts of which the schema of the result document is made. */
import { type TObject, type TProperties, Type } from "typebox";

export const object = <P extends TProperties>(properties: P, description?: string): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) });
export const number = (description: string) => Type.Number({ description });
export const count = (description: string) => Type.Integer({ minimum: 0, description });
export const text = (description: string) => Type.String({ description });
export const orNull = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Union([type, Type.Null()]);
export const list = <T extends Parameters<typeof Type.Array>[0]>(type: T, description?: string) =>
  Type.Array(type, description ? { description } : {});

export const seed = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: "Seed of a run" });

export const band = (description: string) =>
  object(
    { p5: orNull(Type.Number()), p50: orNull(Type.Number()), p95: orNull(Type.Number()) },
    `${description}; 5th, 50th and 95th percentile over the runs, null where too few runs reached it`,
  );
