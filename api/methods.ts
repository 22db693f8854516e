/** Unknown addresses and methods: 404 or 405 with `Allow`, as problem documents. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { MusterError } from "../engine/errors.js";

interface KnownRoute {
  parts: string[];
  methods: Set<string>;
}

const split = (url: string): string[] => (url.split(/[?#]/, 1)[0] ?? "").split("/").filter((part) => part !== "");

/** ":id" fits any part, ":name.:kind" only a part with a dot, "*" all that follows. */
function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  const last = pattern.at(-1);
  if (last !== "*" && pattern.length !== parts.length) return false;
  return pattern.every((want, i) => want === "*" || (want.startsWith(":") && parts[i] !== undefined) || want === parts[i]);
}

/**
 * Answers what no route takes. Must be called before the routes are registered, since it writes them down as they come.
 * An address that exists with other methods gives 405 and names them in `Allow`; all others give 404.
 */
export function answerUnknown(app: FastifyInstance): (request: FastifyRequest, reply: FastifyReply) => never {
  const known = new Map<string, KnownRoute>();
  app.addHook("onRoute", (route) => {
    const entry = known.get(route.url) ?? { parts: split(route.url), methods: new Set<string>() };
    for (const method of [route.method].flat()) entry.methods.add(method.toUpperCase());
    known.set(route.url, entry);
  });
  return (request, reply) => {
    const parts = split(request.url);
    const allowed = new Set<string>();
    for (const route of known.values()) if (fits(route.parts, parts)) for (const method of route.methods) allowed.add(method);
    const path = request.url.split(/[?#]/, 1)[0] ?? "";
    if (allowed.size === 0 || allowed.has(request.method))
      throw new MusterError("NOT_FOUND", `${request.method} ${path} is no address of this server`);
    reply.header("allow", [...allowed].sort().join(", "));
    throw new MusterError(
      "METHOD_NOT_ALLOWED",
      `${request.method} is not possible at ${path}; possible: ${[...allowed].sort().join(", ")}`,
    );
  };
}
