/** The server of `muster serve`: plugins, hooks and routes put together; what each does stands in its own file. */
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import underPressure from "@fastify/under-pressure";
import Fastify, { type ConnectionError, type FastifyInstance, type FastifyServerOptions } from "fastify";
import { MusterError } from "../engine/errors.js";
import { createPool, type Pool } from "../workers/pool.js";
import { checkToken, guard } from "./access.js";
import { createDesk, type Desk } from "./desk/desk.js";
import { registerDocuments } from "./documents.js";
import { drainOnClose } from "./drain.js";
import { DEFAULT_LIMITS, type Limits } from "./limits.js";
import { answerUnknown } from "./methods.js";
import { handleError, PROBLEM_TYPE, problemDocument } from "./problem.js";
import { aboutRoutes, healthRoutes } from "./routes/about.js";
import { eventRoutes, type Streams } from "./routes/events.js";
import { layoutRoutes } from "./routes/layouts.js";
import { resultRoutes } from "./routes/results.js";
import { runRoutes } from "./routes/runs.js";
import { createRunBook } from "./runs/book.js";
import { validatorCompiler } from "./validate.js";

export interface ServerOptions {
  /** Address it will listen at; decides whether a token is required. Default 127.0.0.1. */
  host?: string;
  /** Bearer token; required unless `host` is a loopback address. */
  token?: string | null;
  /** Threads for runs. Default 2. */
  workers?: number;
  limits?: Partial<Limits>;
  /** Pool to run on; the server closes it. Default: one of `workers` threads. */
  pool?: Pool;
  /** Threads that read inputs; the server closes it. Default: two threads. */
  desk?: Desk;
  /** Time that running runs have to come to their end when the server closes, s. Default 0: they are cancelled. */
  grace_s?: number;
  /** Interval of comments on quiet event streams, s. Default 15. */
  heartbeat_s?: number;
  logger?: FastifyServerOptions["logger"];
}

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
} as const;

/** Requests that are not HTTP at all never reach a route; Node hands over the bare socket. */
function answerBrokenHttp(error: ConnectionError, socket: Socket): void {
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

async function addProtection(app: FastifyInstance, limits: Limits, token: string | null): Promise<void> {
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
  await app.register(fastifyStatic, { serve: false });
}

/**
 * Puts the server together; it does not listen yet. `close()` of the result ends runs, streams and threads and removes all files.
 * Throws REQUEST_INVALID when it would be open to the network without a token.
 */
export async function createServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const { host = "127.0.0.1", token = null, workers = 2, grace_s = 0 } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  checkToken(host, token);
  const app = Fastify({
    bodyLimit: limits.body_bytes,
    logger: options.logger ?? false,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    // A slow sender may not hold a connection for ever, ms.
    requestTimeout: 120_000,
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: handleError,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(handleError);
  const unknown = answerUnknown(app);
  await addProtection(app, limits, token);
  app.setNotFoundHandler(unknown);
  app.removeContentTypeParser("text/plain");

  const pool = options.pool ?? createPool({ workers, memoryMb: limits.memory_mb });
  const desk = options.desk ?? createDesk({ threads: 2, limits });
  const onFault = (error: unknown): void => app.log.error({ err: error }, "a run failed by a fault of Muster");
  const book = await createRunBook({ pool, desk, limits, threads: workers, onFault });
  const streams: Streams = { open: new Set() };

  const drain = drainOnClose(app.server);
  let closing = false;
  app.addHook("onRequest", async () => {
    if (closing) throw new MusterError("OVERLOADED", "the server is shutting down");
  });
  app.addHook("preClose", async () => {
    closing = true;
    await book.close(grace_s);
    for (const stop of [...streams.open]) stop();
    await Promise.all([pool.close(), desk.close()]);
    drain();
  });

  await registerDocuments(app);
  await app.register(healthRoutes, { counts: book.counts });
  await app.register(
    async (v1) => {
      await v1.register(layoutRoutes, { desk });
      await v1.register(runRoutes, { book, limits });
      await v1.register(eventRoutes, {
        book,
        limits,
        streams,
        ...(options.heartbeat_s === undefined ? {} : { heartbeat_s: options.heartbeat_s }),
      });
      await v1.register(resultRoutes, { book });
      await v1.register(aboutRoutes);
    },
    { prefix: "/v1" },
  );
  return app;
}
