/** What stands before every route: headers, rates, token, load; and the answer to what is not HTTP. */
import type { Socket } from "node:net";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import underPressure from "@fastify/under-pressure";
import type { ConnectionError, FastifyInstance } from "fastify";
import { MusterError } from "../engine/errors.js";
import { guard } from "./access.js";
import type { Limits } from "./limits.js";
import { PROBLEM_TYPE, problemDocument } from "./problem.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route costs much: its requests are counted apart (`starts_per_min`). */
    heavy?: boolean;
  }
}

/** Routes that need no token: health and the description of the API. */
const isOpen = (route: string): boolean =>
  route === "/healthz" || route === "/openapi.json" || route === "/docs" || route.startsWith("/docs/");

/** Headers for every answer; pages with texts of the user set a stricter policy (routes/results.ts). */
const HELMET = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  // Plain HTTP on the local machine: whoever puts TLS before it sets this header there.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
} as const;

/** Requests that are not HTTP at all never reach a route; Node hands over the bare socket. */
export function answerBrokenHttp(error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const message =
    error.code === "HPE_HEADER_OVERFLOW"
      ? "the headers are too large"
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? "the request came too slowly"
        : "this is not HTTP";
  const body = JSON.stringify(problemDocument("REQUEST_INVALID", [{ place: "", message }]));
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + body);
}

/**
 * Counts requests by client address before the token is looked at, so that tokens cannot be guessed at speed; unknown addresses
 * count too. Starting runs and checking layouts is counted apart and more strictly.
 */
async function addRateLimits(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { max, after }) =>
      new MusterError("TOO_MANY_REQUESTS", `limit ${max} requests per minute; try again in ${after}`),
  });
  const all = app.rateLimit({ max: limits.requests_per_min });
  const starts = app.rateLimit({ max: limits.starts_per_min });
  app.addHook("onRequest", async (request, reply) => {
    if (request.routeOptions.url === "/healthz") return;
    const heavy = request.routeOptions.config.heavy === true;
    await (heavy ? starts : all).call(app, request, reply);
  });
}

/** Must be called before the routes are registered. */
export async function addProtection(app: FastifyInstance, limits: Limits, token: string | null): Promise<void> {
  await app.register(helmet, HELMET);
  await addRateLimits(app, limits);
  guard(app, { token, open: isOpen });
  await app.register(underPressure, {
    maxEventLoopDelay: limits.event_loop_delay_ms,
    // A sample without a single turn of the loop counts as endless delay: it must be longer than one block that is allowed.
    sampleInterval: Math.max(1000, 2 * limits.event_loop_delay_ms),
    maxRssBytes: limits.resident_mb * 1024 * 1024,
    pressureHandler: (request, _reply, type, value) => {
      if (request.routeOptions.url === "/healthz") return;
      throw new MusterError("OVERLOADED", `${type} is ${Math.round(value ?? 0)}; try again later`);
    },
  });
}
