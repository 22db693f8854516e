/** The API's own description: OpenAPI 3.1 at /openapi.json, and a page to browse and try it at /docs. */
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { version } from "../workers/version.js";

/** Everything of /docs comes from this server; Swagger UI sets styles of its own at run time and shows pictures as data. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Registers both; must be called before the routes, since the description is collected from them. */
export async function registerDocuments(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Muster",
        version,
        description:
          "Crowd safety engine: from a plan and a scenario to density, flows, clearing times, warnings in four colours and a report. All errors are problem documents (RFC 9457) from one table.",
        license: { name: "MIT", identifier: "MIT" },
      },
      tags: [
        { name: "layouts", description: "Check a plan before anything is run" },
        { name: "runs", description: "Start, watch and end runs" },
        { name: "results", description: "What a finished run leaves behind" },
        { name: "about", description: "Health, errors, schemas" },
      ],
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "Needed when the server was started with a token" },
        },
      },
      security: [{}, { token: [] }],
    },
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: DOCS_POLICY,
    theme: { title: "Muster API" },
    uiConfig: { url: "/openapi.json", docExpansion: "list", layout: "BaseLayout", deepLinking: true, validatorUrl: null },
  });
  app.get("/openapi.json", { schema: { hide: true } }, async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(JSON.stringify(app.swagger())),
  );
}
