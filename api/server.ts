/** The server of `muster serve`: plugins, hooks and routes put together; what each does stands in its own file. */
import { randomUUID } from "node:crypto";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { MusterError } from "../engine/errors.js";
import { createPool, type Pool } from "../workers/pool.js";
import { checkToken } from "./access.js";
import { createDesk, type Desk } from "./desk/desk.js";
import { registerDocuments } from "./documents.js";
import { drainOnClose } from "./drain.js";
import { DEFAULT_LIMITS, type Limits } from "./limits.js";
import { answerUnknown } from "./methods.js";
import { handleError } from "./problem.js";
import { addProtection, answerBrokenHttp } from "./protection.js";
import { aboutRoutes, healthRoutes } from "./routes/about.js";
import { eventRoutes, type Streams } from "./routes/events.js";
import { layoutRoutes } from "./routes/layouts.js";
import { resultRoutes } from "./routes/results.js";
import { runRoutes } from "./routes/runs.js";
import { createRunBook, type RunBook } from "./runs/book.js";
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

/** Fastify with the answers to everything that goes wrong. */
function bareServer(limits: Limits, logger: ServerOptions["logger"]): FastifyInstance {
  const app = Fastify({
    bodyLimit: limits.body_bytes,
    logger: logger ?? false,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    // A slow sender may not hold a connection for ever, ms.
    requestTimeout: 120_000,
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: handleError,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(answerUnknown(app));
  app.removeContentTypeParser("text/plain");
  return app;
}

interface Parts {
  book: RunBook;
  pool: Pool;
  desk: Desk;
  streams: Streams;
  grace_s: number;
}

/** On closing: new requests get 503, runs end or are cancelled, streams get their last event, threads and files go. */
function endInOrder(app: FastifyInstance, { book, pool, desk, streams, grace_s }: Parts): void {
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
}

/**
 * Puts the server together; it does not listen yet. `close()` of the result ends runs, streams and threads and removes all files.
 * Throws REQUEST_INVALID when it would be open to the network without a token.
 */
export async function createServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const { host = "127.0.0.1", token = null, workers = 2, grace_s = 0, heartbeat_s = 15 } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  checkToken(host, token);
  const app = bareServer(limits, options.logger);
  await addProtection(app, limits, token);
  await app.register(fastifyStatic, { serve: false });

  const pool = options.pool ?? createPool({ workers, memoryMb: limits.memory_mb });
  const desk = options.desk ?? createDesk({ threads: 2, limits });
  const onFault = (error: unknown): void => app.log.error({ err: error }, "a run failed by a fault of Muster");
  const book = await createRunBook({ pool, desk, limits, threads: workers, onFault });
  const streams: Streams = { open: new Set() };
  endInOrder(app, { book, pool, desk, streams, grace_s });

  await registerDocuments(app);
  await app.register(healthRoutes, { counts: () => book.counts() });
  await app.register(
    async (v1) => {
      await v1.register(layoutRoutes, { desk });
      await v1.register(runRoutes, { book, limits });
      await v1.register(eventRoutes, { book, limits, streams, heartbeat_s });
      await v1.register(resultRoutes, { book });
      await v1.register(aboutRoutes);
    },
    { prefix: "/v1" },
  );
  return app;
}
