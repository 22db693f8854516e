/** Checks requests against their schemas, and says every fault with place, value and limit instead of the validator's own words. */
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { MusterError, type Problem } from "../engine/errors.js";
import { type Schema, shapeProblems } from "../engine/scenario/shape.js";

const PLACES: Record<string, string> = { body: "body", querystring: "query", params: "path", headers: "headers" };

/**
 * TypeBox says yes or no; the list of faults comes from the same walk as a scenario's. Texts of the query and the path become
 * numbers where the schema wants numbers; a body is taken as it is.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  const { schema, httpPart } = route;
  const validate = TypeBoxValidatorCompiler(route);
  const place = PLACES[httpPart ?? ""] ?? "request";
  return (value: unknown) => {
    const answer: unknown = validate(value);
    if (typeof answer !== "object" || answer === null || !("error" in answer)) return answer as { value: unknown };
    const seen = httpPart === "body" ? value : Value.Convert(schema, value);
    // Our schemas use only the keywords that this type names.
    const said = shapeProblems(schema as Schema, seen, place);
    const problems: Problem[] = said.length > 0 ? said : [{ place, message: "does not fit the schema in /openapi.json" }];
    return { error: new MusterError("REQUEST_INVALID", problems) };
  };
};
