/** Progress of a run as server-sent events (WHATWG HTML, 9.2). */
import type { ServerResponse } from "node:http";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { MusterError } from "../../engine/errors.js";
import type { Limits } from "../limits.js";
import type { RunBook } from "../runs/book.js";
import type { RunView } from "../runs/records.js";
import { IdParams, problemAnswers } from "../schemas.js";

/** Time for a slow reader to take the end of its stream, s. */
const LAST_WORDS_S = 30;

const isOver = (view: RunView): boolean => view.state === "done" || view.state === "failed" || view.state === "cancelled";

/** One event in the wire format. JSON holds no line breaks, so one data line is enough. */
const line = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Open streams of one server: bounded, and all ended on closing. */
export interface Streams {
  readonly open: Set<() => void>;
}

/** `heartbeat_s`: a comment this often keeps proxies from closing a quiet stream, s. */
function follow(options: { book: RunBook; id: string; out: ServerResponse; streams: Streams; heartbeat_s: number }): void {
  const { book, id, out, streams } = options;
  /** A reader that is too slow gets fewer progress events, never a growing buffer. */
  let stuffed = false;
  const write = (text: string): void => {
    if (!out.write(text)) stuffed = true;
  };
  out.on("drain", () => {
    stuffed = false;
  });
  const heartbeat = setInterval(() => {
    if (!stuffed) write(": heartbeat\n\n");
  }, options.heartbeat_s * 1000);
  heartbeat.unref();

  const present = book.get(id);
  write(line("state", present));
  const unwatch = book.watch(id, ({ name, data }) => {
    if (name === "progress" && stuffed) return;
    write(line(name, data));
    if (name === "done" || name === "failed" || name === "cancelled") stop();
  });
  const stop = (): void => {
    clearInterval(heartbeat);
    unwatch();
    streams.open.delete(stop);
    out.end();
    // A reader that takes nothing any more may not hold its connection for ever.
    if (!out.writableFinished) setTimeout(() => out.destroy(), LAST_WORDS_S * 1000).unref();
  };
  streams.open.add(stop);
  out.on("close", stop);
  out.on("error", stop);
  if (isOver(present)) {
    write(line(present.state, present));
    stop();
  }
}

export const eventRoutes: FastifyPluginAsyncTypebox<{
  book: RunBook;
  limits: Limits;
  streams: Streams;
  heartbeat_s: number;
}> = async (app, { book, limits, streams, heartbeat_s }) => {
  app.get(
    "/runs/:id/events",
    {
      exposeHeadRoute: false,
      schema: {
        tags: ["runs"],
        summary: "Progress as server-sent events",
        description:
          "First `state` (the run as it is now), then `progress` a few times a second, `state` when it begins, and at the end one of `done`, `failed`, `cancelled`, after which the stream ends. A late reader gets the present state and, if the run is over, its end.",
        params: IdParams,
        response: {
          200: { description: "Stream of events", content: { "text/event-stream": { schema: Type.String() } } },
          ...problemAnswers("NOT_FOUND"),
        },
      },
    },
    async (request, reply) => {
      book.get(request.params.id);
      if (streams.open.size >= limits.event_streams) {
        throw new MusterError("OVERLOADED", `${streams.open.size} event streams are open, limit ${limits.event_streams}`);
      }
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
      // no-transform and X-Accel-Buffering keep proxies from holding events back.
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      });
      follow({ book, id: request.params.id, out: reply.raw, streams, heartbeat_s });
    },
  );
};
