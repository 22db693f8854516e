/** Results of a finished run: files that the server wrote, found through the run's own index and never through a path of the request. */

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { MusterError } from "../../engine/errors.js";
import type { RunBook } from "../runs/book.js";
import { ChartListSchema, IdParams, problemAnswers } from "../schemas.js";

const tags = ["results"];

/**
 * Pages and pictures that hold texts of the user may run no script and load nothing, whatever stands in them; `sandbox` also
 * keeps them apart from the server's own origin.
 */
const SEALED =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; sandbox";

const file = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: type.includes("json") ? Type.Any() : Type.String() } } },
  ...problemAnswers("NOT_FOUND", "CONFLICT", "RANGE_INVALID"),
});

interface Sending {
  reply: FastifyReply;
  dir: string;
  path: string | undefined;
  type: string;
  /** What was asked for, to say what is missing. */
  asked: string;
  /** Name under which a browser keeps it; null: it is shown. */
  download?: string;
}

/** Sends a file of a run; ranges, ETag and HEAD come with it. */
function send({ reply, dir, path, type, asked, download }: Sending): FastifyReply {
  if (path === undefined) throw new MusterError("NOT_FOUND", [{ place: asked, message: "this run has no such result" }]);
  reply.header("cache-control", "private, no-cache");
  if (type.startsWith("text/html") || type.startsWith("image/svg")) reply.header("content-security-policy", SEALED);
  if (download) reply.header("content-disposition", `attachment; filename="${download}"`);
  return reply.type(type).sendFile(path, dir, { contentType: false, cacheControl: false, index: false });
}

const CHART_TYPES: Record<string, string> = { svg: "image/svg+xml", png: "image/png", json: "application/json" };

const TEXTS = [
  {
    url: "summary",
    key: "summary",
    type: "application/json; charset=utf-8",
    what: "Summary: clearing times, sections, flows, queues, hand calculation",
  },
  {
    url: "warnings",
    key: "warnings",
    type: "application/json; charset=utf-8",
    what: "Warnings with level, place, time, probability, cause and advice",
  },
  {
    url: "fire",
    key: "fire",
    type: "application/json; charset=utf-8",
    what: "Fire and smoke (404 without): available against required time by place and exit, doses, who fell, series, maps",
  },
  { url: "risk-map", key: "risk-map", type: "application/geo+json; charset=utf-8", what: "Four-colour risk map" },
  { url: "report", key: "report", type: "text/html; charset=utf-8", what: "Report: one page that needs nothing else" },
  {
    url: "scenario",
    key: "scenario",
    type: "application/json; charset=utf-8",
    what: "The complete scenario, defaults written in",
  },
] as const;

/** Tables of one seed. */
const TABLES = [
  {
    url: "trajectory",
    key: "trajectories",
    summary: "Trajectory of one seed as Parquet: time, id, x, y, level",
    what: "The trajectory",
  },
  {
    url: "fire-records",
    key: "fires",
    summary: "Air of every place over time of one seed as Parquet (404 without fire)",
    what: "Records of the fire",
  },
] as const;

export const resultRoutes: FastifyPluginAsyncTypebox<{ book: RunBook }> = async (app, { book }) => {
  for (const { url, key, type, what } of TEXTS) {
    app.get(
      `/runs/:id/${url}`,
      { schema: { tags, summary: what, params: IdParams, response: file(type.split(";", 1)[0] ?? type, what) } },
      async (request, reply) => {
        const { dir, index } = book.result(request.params.id);
        return send({ reply, dir, path: index.files[key], type, asked: url });
      },
    );
  }

  app.get(
    "/runs/:id/charts",
    {
      schema: {
        tags,
        summary: "List of charts",
        params: IdParams,
        response: { 200: ChartListSchema, ...problemAnswers("NOT_FOUND", "CONFLICT") },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { index } = book.result(id);
      const link = (name: string, kind: string): string => `/v1/runs/${id}/charts/${encodeURIComponent(name)}.${kind}`;
      const charts = index.charts.map(({ name, title }) => ({
        name,
        title,
        svg: link(name, "svg"),
        png: link(name, "png"),
        json: link(name, "json"),
      }));
      return { charts };
    },
  );

  app.get(
    "/runs/:id/charts/:file",
    {
      schema: {
        tags,
        summary: "A chart as svg, png or json (Vega-Lite)",
        params: Type.Object({
          id: Type.String(),
          file: Type.String({ description: "Name of the chart and .svg, .png or .json" }),
        }),
        response: {
          200: {
            description: "The chart",
            content: {
              "image/svg+xml": { schema: Type.String() },
              "image/png": { schema: Type.String() },
              "application/json": { schema: Type.Any() },
            },
          },
          ...problemAnswers("NOT_FOUND", "CONFLICT"),
        },
      },
    },
    async (request, reply) => {
      const { id, file: name } = request.params;
      const { dir, index } = book.result(id);
      const kind = name.slice(name.lastIndexOf(".") + 1);
      const path = Object.hasOwn(index.chartFiles, name) ? index.chartFiles[name] : undefined;
      return send({ reply, dir, path, type: CHART_TYPES[kind] ?? "", asked: name });
    },
  );

  for (const { url, key, summary, what } of TABLES) {
    app.get(
      `/runs/:id/${url}`,
      {
        schema: {
          tags,
          summary,
          description: "Ranges are served, so DuckDB and others can read parts of it.",
          params: IdParams,
          querystring: Type.Object(
            { seed: Type.Optional(Type.Integer({ minimum: 0, description: "Default: the first seed" })) },
            { additionalProperties: false },
          ),
          response: file("application/vnd.apache.parquet", what),
        },
      },
      async (request, reply) => {
        const { dir, index, view } = book.result(request.params.id);
        const files = index[key];
        const seed = request.query.seed ?? view.seeds.find((one) => files[one] !== undefined);
        const path = seed === undefined ? undefined : files[seed];
        const download = `${url}-${seed}.parquet`;
        return send({ reply, dir, path, type: "application/vnd.apache.parquet", asked: `seed ${seed}`, download });
      },
    );
  }
};
