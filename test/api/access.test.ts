import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { isLoopback } from "../../api/access.js";
import { createServer } from "../../api/server.js";
import { fakeDesk, fakePool, ORDER, postJson, serveFakes, type TestServer } from "./fakes.js";

const TOKEN = "correct-horse-battery-staple";
let server: TestServer;
afterEach(() => server?.close());

/** fetch sets Host itself; this sends any. */
const withHost = (url: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

describe("who may call", () => {
  it("needs no token on the loopback address", async () => {
    server = await serveFakes();
    expect((await fetch(`${server.url}/v1/runs`)).status).toBe(200);
  });

  it("refuses to be built for another address without a token, or with a weak one", async () => {
    const build = (host: string, token: string | null) =>
      createServer({ host, token, pool: fakePool(() => ({ steps: 1, end: "report" })), desk: fakeDesk() });
    for (const host of ["0.0.0.0", "::", "", "192.168.1.7", "example.org"])
      await expect(build(host, null)).rejects.toThrow(/token/);
    await expect(build("0.0.0.0", "short")).rejects.toThrow(/16 characters/);
    await expect(build("127.0.0.1", "has spaces in the middle")).rejects.toThrow(/without spaces/);
    await (await build("0.0.0.0", TOKEN)).close();
  });

  it("takes the token and nothing like it", async () => {
    server = await serveFakes({ token: TOKEN });
    const get = (authorization?: string) =>
      fetch(`${server.url}/v1/runs`, { headers: authorization === undefined ? {} : { authorization } });
    expect((await get(`Bearer ${TOKEN}`)).status).toBe(200);
    expect((await get(`bearer ${TOKEN}`)).status).toBe(200);
    for (const wrong of [
      undefined,
      "",
      "Bearer",
      "Bearer ",
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      TOKEN,
      `Bearer ${TOKEN} ${TOKEN}`,
    ]) {
      const answer = await get(wrong);
      expect(answer.status, String(wrong)).toBe(401);
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
      expect(await answer.json()).toMatchObject({ code: "UNAUTHORIZED", status: 401 });
    }
  });

  it("asks for the token everywhere but at health and the documents, unknown addresses too", async () => {
    server = await serveFakes({ token: TOKEN });
    const status = async (path: string, method = "GET") => (await fetch(server.url + path, { method })).status;
    for (const path of ["/healthz", "/openapi.json", "/docs", "/docs/", "/docs/static/swagger-ui.css"])
      expect(await status(path), path).toBe(200);
    for (const path of [
      "/v1/runs",
      "/v1/errors",
      "/v1/schema/scenario",
      "/v1/runs/x/events",
      "/nope",
      "/docs/../v1/runs",
      "//docs",
      "/docs%2f..%2fv1/runs",
    ]) {
      expect(await status(path), path).toBe(401);
    }
    expect((await postJson(`${server.url}/v1/runs`, ORDER)).status).toBe(401);
    expect(await status("/healthz", "POST")).toBe(401);
  });

  it("turns away pages of other origins and rebound names while it has no token", async () => {
    server = await serveFakes();
    const status = async (origin: string) => (await postJson(`${server.url}/v1/runs`, ORDER, { origin })).status;
    expect(await status("https://evil.example")).toBe(403);
    expect(await status("null")).toBe(403);
    expect(await status(server.url)).toBe(202);
    expect(await withHost(`${server.url}/v1/runs`, "evil.example")).toBe(403);
    expect(await withHost(`${server.url}/v1/runs`, "localhost.evil.example:80")).toBe(403);
    expect(await withHost(`${server.url}/v1/runs`, "localhost:80")).toBe(200);
    expect(await withHost(`${server.url}/v1/runs`, "[::1]:80")).toBe(200);
  });

  it("knows loopback addresses", () => {
    for (const host of ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"])
      expect(isLoopback(host), host).toBe(true);
    for (const host of ["", "0.0.0.0", "::", "128.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", "fe80::1"])
      expect(isLoopback(host), host).toBe(false);
  });
});
