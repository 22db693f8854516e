/**
 * Who may call: everybody on this machine while the server is bound to a loopback address and has no token; else whoever
 * sends `Authorization: Bearer <token>`. Without a token, web pages of other origins are turned away.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { MusterError } from "../engine/errors.js";

/** Shorter tokens can be guessed over the network. */
const MIN_TOKEN_LENGTH = 16;

/** True for 127.0.0.0/8, ::1 and localhost: addresses that no other machine reaches. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith("127.");
  return bare === "::1" || bare === "localhost";
}

/** Refuses a server that would stand open to the network. Throws REQUEST_INVALID; says what to do. */
export function checkToken(host: string, token: string | null): void {
  if (token === null) {
    if (isLoopback(host)) return;
    const message = `bound to ${host}, which other machines may reach, a token is required: set MUSTER_TOKEN (at least ${MIN_TOKEN_LENGTH} characters)`;
    throw new MusterError("REQUEST_INVALID", [{ place: "token", message }]);
  }
  if (token.length >= MIN_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token)) return;
  const message = `has ${token.length} characters, needs at least ${MIN_TOKEN_LENGTH} characters of printable ASCII without spaces`;
  throw new MusterError("REQUEST_INVALID", [{ place: "token", message }]);
}

const digest = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** Host name of a Host header or origin, without its port; null where there is none. */
function hostname(value: string | undefined): string | null {
  if (!value) return null;
  try {
    return new URL(value.includes("://") ? value : `http://${value}`).hostname;
  } catch {
    return null;
  }
}

/** Host and port of an origin equal the Host header. "null" (a sandboxed page) never does. */
function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/**
 * Adds the access rules as an onRequest hook. `open(route)` names routes that need no token (health, documents); an unknown
 * address has no route and needs one.
 * The token is compared through SHA-256 digests in constant time, so neither its length nor its start shows.
 * Without a token the Host header must be a loopback name: else a web page could reach the server by DNS rebinding.
 */
export function guard(app: FastifyInstance, options: { token: string | null; open: (route: string) => boolean }): void {
  const expected = options.token === null ? null : digest(options.token);
  app.addHook("onRequest", async (request) => {
    const { host, origin, authorization } = request.headers;
    if (expected === null) {
      if (!isLoopback(hostname(host) ?? "")) {
        throw new MusterError("FORBIDDEN", "the Host header must be a loopback name, since this server has no token");
      }
      if (origin !== undefined && !sameHost(origin, host)) {
        throw new MusterError("FORBIDDEN", "pages of other origins may not call this server, since it has no token");
      }
      return;
    }
    if (options.open(request.routeOptions.url ?? "")) return;
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
    if (given === undefined) throw new MusterError("UNAUTHORIZED", "send the header Authorization: Bearer <token>");
    if (!timingSafeEqual(digest(given), expected))
      throw new MusterError("UNAUTHORIZED", "the token is not the one of this server");
  });
}
