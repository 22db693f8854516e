/** Start, list, watch and end runs. */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { EXAMPLE_ORDER } from "../example.js";
import type { Limits } from "../limits.js";
import { readOrder } from "../order.js";
import type { RunBook } from "../runs/book.js";
import { IdParams, OrderBody, problemAnswers, RunListSchema, RunSchema } from "../schemas.js";

const tags = ["runs"];

export const runRoutes: FastifyPluginAsyncTypebox<{ book: RunBook; limits: Limits }> = async (app, { book, limits }) => {
  app.post(
    "/runs",
    {
      config: { heavy: true },
      schema: {
        tags,
        summary: "Start a run, or an ensemble of runs",
        description:
          "Reads and checks layout and scenario, then answers 202 with the id; the run waits for its turn. Faults of the input are answered at once, all together.",
        body: { ...OrderBody, examples: [EXAMPLE_ORDER] },
        response: {
          202: RunSchema,
          ...problemAnswers(
            "REQUEST_INVALID",
            "INPUT_UNREADABLE",
            "INPUT_TOO_LARGE",
            "UNSUPPORTED_MEDIA",
            "LAYOUT_INVALID",
            "SCENARIO_INVALID",
          ),
        },
      },
    },
    async (request, reply) => {
      const view = await book.submit(readOrder(request.body, limits));
      return reply.code(202).header("location", `/v1/runs/${view.id}`).send(view);
    },
  );

  app.get(
    "/runs",
    {
      schema: { tags, summary: "List runs, newest first", response: { 200: RunListSchema, ...problemAnswers() } },
    },
    async () => ({ runs: book.list() }),
  );

  app.get(
    "/runs/:id",
    {
      schema: {
        tags,
        summary: "State and progress of a run",
        params: IdParams,
        response: { 200: RunSchema, ...problemAnswers("NOT_FOUND") },
      },
    },
    async (request) => book.get(request.params.id),
  );

  app.post(
    "/runs/:id/cancel",
    {
      schema: {
        tags,
        summary: "Cancel a run",
        description: "Answers at once; the run stops at its next step. What was written of it is removed.",
        params: IdParams,
        response: { 202: RunSchema, ...problemAnswers("NOT_FOUND", "CONFLICT") },
      },
    },
    async (request, reply) => reply.code(202).send(book.cancel(request.params.id)),
  );

  app.delete(
    "/runs/:id",
    {
      schema: {
        tags,
        summary: "Remove a run with its files",
        description: "Cancels it first if it still goes on.",
        params: IdParams,
        response: { 204: Type.Null({ description: "Removed" }), ...problemAnswers("NOT_FOUND") },
      },
    },
    async (request, reply) => {
      await book.remove(request.params.id);
      return reply.code(204).send(null);
    },
  );
};
