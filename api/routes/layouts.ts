/** Check a layout. */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { MusterError } from "../../engine/errors.js";
import type { Desk } from "../desk/desk.js";
import { LayoutCheckSchema, problemAnswers } from "../schemas.js";

/** Content type → name that tells the reader the format. */
const FORMATS: Record<string, string> = {
  "application/geo+json": "layout.geojson",
  "application/json": "layout.geojson",
  "text/plain": "layout.wkt",
  "application/wkt": "layout.wkt",
  "application/zip": "layout.zip",
  "application/x-zip-compressed": "layout.zip",
};

/** Aborts when the client hangs up before it has its answer; after the answer it has no effect. */
function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort("the client hung up"));
  return gone.signal;
}

export const layoutRoutes: FastifyPluginAsyncTypebox<{ desk: Pick<Desk, "check"> }> = async (app, { desk }) => {
  // The body stays bytes: it is read in a thread of the desk, where a hostile file holds up nobody.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(FORMATS), { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  const Bytes = Type.Unsafe<Buffer>({});
  app.post(
    "/layouts/check",
    {
      config: { heavy: true },
      schema: {
        tags: ["layouts"],
        summary: "Check a layout",
        description:
          "Reads a plan and says its extent, area, capacity, repairs; or every fault of it with id, level and coordinates.",
        body: {
          description: "GeoJSON, WKT or a zipped IMDF archive",
          content: Object.fromEntries(Object.keys(FORMATS).map((type) => [type, { schema: Bytes }])),
        },
        response: {
          200: LayoutCheckSchema,
          ...problemAnswers("REQUEST_INVALID", "INPUT_UNREADABLE", "INPUT_TOO_LARGE", "UNSUPPORTED_MEDIA", "LAYOUT_INVALID"),
        },
      },
    },
    async (request, reply) => {
      const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
      const name = FORMATS[type];
      const { body } = request;
      if (name === undefined || !Buffer.isBuffer(body) || body.length === 0)
        throw new MusterError("REQUEST_INVALID", "the request has no body");
      return desk.check({ name, bytes: body }, whenGone(reply));
    },
  );
};
