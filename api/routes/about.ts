/** What the server says of itself: health, the table of errors, the schema of scenarios. */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { ERRORS, MusterError } from "../../engine/errors.js";
import { scenarioSchema } from "../../engine/scenario/schema.js";
import { problemAnswers } from "../schemas.js";

const ErrorRow = Type.Object(
  { code: Type.String(), title: Type.String(), status: Type.Integer({ description: "HTTP status" }) },
  { description: "One row of the table" },
);

const rowOf = (code: string, row: { title: string; status: number }) => ({ code, title: row.title, status: row.status });

/** Under /v1. */
export const aboutRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/schema/scenario",
    {
      schema: {
        tags: ["about"],
        summary: "JSON Schema of scenario files",
        response: {
          200: { description: "JSON Schema", content: { "application/schema+json": { schema: Type.Any() } } },
          ...problemAnswers(),
        },
      },
    },
    async (_request, reply) => reply.type("application/schema+json; charset=utf-8").send(JSON.stringify(scenarioSchema)),
  );

  app.get(
    "/errors",
    {
      schema: {
        tags: ["about"],
        summary: "Table of errors",
        response: { 200: Type.Object({ errors: Type.Array(ErrorRow) }, { description: "All rows" }), ...problemAnswers() },
      },
    },
    async () => ({ errors: Object.entries(ERRORS).map(([code, row]) => rowOf(code, row)) }),
  );

  app.get(
    "/errors/:code",
    {
      schema: {
        tags: ["about"],
        summary: "One row of the table of errors; the `type` of a problem document leads here",
        params: Type.Object({ code: Type.String() }),
        response: { 200: ErrorRow, ...problemAnswers("NOT_FOUND") },
      },
    },
    async (request) => {
      const entry = Object.entries(ERRORS).find(([code]) => code === request.params.code);
      if (!entry) throw new MusterError("NOT_FOUND", [{ place: "code", message: "is not in the table of errors" }]);
      return rowOf(...entry);
    },
  );
};

/** At the root: needs no token and answers under load too. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ counts: () => { running: number; queued: number } }> = async (
  app,
  { counts },
) => {
  app.get(
    "/healthz",
    {
      schema: {
        tags: ["about"],
        security: [],
        summary: "Is the server alive, and does it take new work?",
        response: {
          200: Type.Object(
            {
              status: Type.Enum(["ok", "busy"]),
              running: Type.Integer({ description: "Runs under way" }),
              queued: Type.Integer({ description: "Runs that wait" }),
            },
            { description: "Alive" },
          ),
        },
      },
    },
    async () => ({ status: app.isUnderPressure() ? ("busy" as const) : ("ok" as const), ...counts() }),
  );
};
