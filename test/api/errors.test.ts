import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ERRORS, type ErrorCode } from "../../engine/errors.js";
import { fakeDesk, ORDER, postJson, serveFakes, type TestServer, untilOver } from "./fakes.js";

let server: TestServer;
afterEach(() => server?.close());

/** Every answer that is no success must be a problem document from the table and tell nothing of the inside. */
async function expectProblem(
  answer: Response,
  code: ErrorCode,
): Promise<{ detail: string; problems: { place: string; message: string }[] }> {
  const text = await answer.text();
  expect(answer.headers.get("content-type"), text).toContain("application/problem+json");
  const document = JSON.parse(text);
  expect(document).toMatchObject({ code, status: ERRORS[code].status, title: ERRORS[code].title, type: `/v1/errors/${code}` });
  expect(answer.status).toBe(ERRORS[code].status);
  expect(document.problems.length).toBeGreaterThan(0);
  expect(text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules|muster-api-/);
  return document;
}

const post = (path: string, body: string | Uint8Array, type?: string) =>
  fetch(server.url + path, { method: "POST", body, ...(type ? { headers: { "content-type": type } } : {}) });

describe("errors over HTTP", () => {
  it("400: broken JSON, empty body, wrong keys, all faults at once", async () => {
    server = await serveFakes();
    await expectProblem(await post("/v1/runs", "{", "application/json"), "REQUEST_INVALID");
    await expectProblem(await post("/v1/runs", "", "application/json"), "REQUEST_INVALID");
    await expectProblem(await post("/v1/runs", "null", "application/json"), "REQUEST_INVALID");
    await expectProblem(await post("/v1/runs", '{"__proto__": {"x": 1}}', "application/json"), "REQUEST_INVALID");
    await expectProblem(await post("/v1/layouts/check", "", "text/plain"), "REQUEST_INVALID");
    const bad = { layuot: 1, layout: { type: "Feature" }, seeds: [-1, "x", 1.5], workers: 0 };
    const { problems } = await expectProblem(await postJson(`${server.url}/v1/runs`, bad), "REQUEST_INVALID");
    const places = problems.map((problem) => problem.place);
    for (const place of [
      "body.layuot",
      "body.layout.type",
      "body",
      "body.seeds[0]",
      "body.seeds[1]",
      "body.seeds[2]",
      "body.workers",
    ])
      expect(places).toContain(place);
    for (const seeds of ["9..1", "1...4", [4, 4]])
      await expectProblem(await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds }), "REQUEST_INVALID");
    await expectProblem(await fetch(`${server.url}/v1/runs/%E0%A4%A/summary`), "REQUEST_INVALID");
  });

  it("400: what cannot be read", async () => {
    server = await serveFakes();
    await expectProblem(
      await postJson(`${server.url}/v1/runs`, { ...ORDER, layout: { imdf_base64: "***" } }),
      "INPUT_UNREADABLE",
    );
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const answer = await post(
      "/v1/runs",
      `{"layout": {"type": "FeatureCollection", "x": ${deep}}, "scenario": "a"}`,
      "application/json",
    );
    expect([202, 400]).toContain(answer.status);
    if (answer.status === 400) expect(await answer.json()).toMatchObject({ status: 400 });
  });

  it("404: unknown addresses, ids and names; no path leads out of a run's folder", async () => {
    server = await serveFakes();
    const { id } = (await (await postJson(`${server.url}/v1/runs`, ORDER)).json()) as { id: string };
    await untilOver(server.url, id);
    const paths = [
      "/",
      "/v1",
      "/v2/runs",
      "/v1/runs/none",
      "/v1/runs/none/summary",
      "/v1/runs/none/events",
      `/v1/runs/${id}/nothing`,
    ];
    const names = [
      "nope.svg",
      "density",
      "density.exe",
      "__proto__",
      "constructor",
      "..%2f..%2forder.bin",
      "..%2fsummary.json",
      "%2fetc%2fpasswd",
      "density.svg%00",
      `${"x".repeat(180)}.svg`,
    ];
    for (const path of [...paths, ...names.map((name) => `/v1/runs/${id}/charts/${name}`)])
      await expectProblem(await fetch(server.url + path), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/runs/..%2f..%2fetc/summary`), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/runs/${"x".repeat(5000)}`), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/runs/${id}/trajectory?seed=99`), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/runs/none`, { method: "DELETE" }), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/errors/toString`), "NOT_FOUND");
    await expectProblem(await fetch(`${server.url}/v1/runs/${id}/trajectory?seed=x`), "REQUEST_INVALID");
  });

  it("405: names what is possible", async () => {
    server = await serveFakes();
    const answer = await fetch(`${server.url}/v1/runs`, { method: "PUT" });
    expect(answer.headers.get("allow")).toBe("GET, HEAD, POST");
    await expectProblem(answer, "METHOD_NOT_ALLOWED");
    await expectProblem(await fetch(`${server.url}/v1/layouts/check`), "METHOD_NOT_ALLOWED");
    await expectProblem(await fetch(`${server.url}/v1/runs/none/charts/a.svg`, { method: "DELETE" }), "METHOD_NOT_ALLOWED");
    await expectProblem(await fetch(`${server.url}/v1/runs`, { method: "OPTIONS" }), "METHOD_NOT_ALLOWED");
  });

  it("409: results of a run that goes on, failed or was cancelled; cancel of one that is over", async () => {
    server = await serveFakes({}, (seed) => ({ steps: seed === 1 ? 100 : 1, end: seed === 2 ? "failed" : "report" }));
    const start = async (seed: number) =>
      ((await (await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds: [seed] })).json()) as { id: string }).id;
    const [long, failing] = [await start(1), await start(2)];
    for (const name of ["summary", "warnings", "risk-map", "report", "scenario", "charts", "charts/density.svg", "trajectory"]) {
      await expectProblem(await fetch(`${server.url}/v1/runs/${long}/${name}`), "CONFLICT");
    }
    expect(await untilOver(server.url, failing)).toMatchObject({ state: "failed", problem: { code: "WORKER_DIED" } });
    const { detail } = await expectProblem(await fetch(`${server.url}/v1/runs/${failing}/summary`), "CONFLICT");
    expect(detail).toContain("seed 2");
    expect((await fetch(`${server.url}/v1/runs/${long}/cancel`, { method: "POST" })).status).toBe(202);
    expect(await untilOver(server.url, long)).toMatchObject({ state: "cancelled", problem: { code: "CANCELLED" } });
    await expectProblem(await fetch(`${server.url}/v1/runs/${long}/cancel`, { method: "POST" }), "CONFLICT");
    await expectProblem(await fetch(`${server.url}/v1/runs/${long}/report`), "CONFLICT");
  });

  it("413: bodies and orders above the limits", async () => {
    server = await serveFakes({ limits: { body_bytes: 2000, seeds: 10 } });
    await expectProblem(await post("/v1/layouts/check", "x".repeat(2001), "text/plain"), "INPUT_TOO_LARGE");
    await expectProblem(await postJson(`${server.url}/v1/runs`, { ...ORDER, scenario: "x".repeat(2001) }), "INPUT_TOO_LARGE");
    await expectProblem(await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds: "1..11" }), "INPUT_TOO_LARGE");
    await expectProblem(await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds: "0..9007199254740991" }), "INPUT_TOO_LARGE");
    expect((await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds: "1..10" })).status).toBe(202);
  });

  it("415: content types that no route reads", async () => {
    server = await serveFakes();
    await expectProblem(await post("/v1/runs", JSON.stringify(ORDER), "text/plain"), "UNSUPPORTED_MEDIA");
    await expectProblem(await post("/v1/layouts/check", "x", "image/png"), "UNSUPPORTED_MEDIA");
    await expectProblem(await post("/v1/layouts/check", new Uint8Array([1, 2])), "UNSUPPORTED_MEDIA");
  });

  it("422: every fault of the layout", async () => {
    server = await serveFakes();
    for (const answer of [
      await post("/v1/layouts/check", "fault", "text/plain"),
      await postJson(`${server.url}/v1/runs`, { ...ORDER, layout: "fault" }),
    ]) {
      expect((await expectProblem(answer, "LAYOUT_INVALID")).problems.map((problem) => problem.place)).toEqual(["a", "b", "c"]);
    }
  });

  it("429: too many requests, unknown addresses counted too", async () => {
    server = await serveFakes({ limits: { requests_per_min: 5 } });
    for (let i = 0; i < 5; i++) expect((await fetch(`${server.url}/v1/runs`)).status).toBe(200);
    const answer = await fetch(`${server.url}/v1/runs`);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await expectProblem(answer, "TOO_MANY_REQUESTS");
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    let status = 0;
    for (let i = 0; i < 12 && status !== 429; i++) status = (await fetch(`${server.url}/nope${i}`)).status;
    expect(status).toBe(429);
  });

  it("429: starts are counted more strictly, wrong tokens too", async () => {
    server = await serveFakes({ limits: { starts_per_min: 2, requests_per_min: 50 }, token: "correct-horse-battery-staple" });
    const start = (token: string) => postJson(`${server.url}/v1/runs`, ORDER, { authorization: `Bearer ${token}` });
    expect((await start("wrong-wrong-wrong-wrong")).status).toBe(401);
    expect((await start("correct-horse-battery-staple")).status).toBe(202);
    await expectProblem(await start("wrong-wrong-wrong-wrong"), "TOO_MANY_REQUESTS");
  });

  it("500: a fault of Muster shows its code and nothing of itself", async () => {
    const desk = { ...fakeDesk(), check: async () => Promise.reject(new Error("secret of the inside")) };
    server = await serveFakes({ desk }, () => ({ steps: 1, end: "throw" }));
    const answer = await post("/v1/layouts/check", "x", "text/plain");
    const copy = answer.clone();
    await expectProblem(answer, "INTERNAL");
    expect(await copy.text()).not.toContain("secret");
    const { id } = (await (await postJson(`${server.url}/v1/runs`, ORDER)).json()) as { id: string };
    const view = await untilOver(server.url, id);
    expect(view).toMatchObject({ state: "failed", problem: { code: "INTERNAL" } });
    expect(JSON.stringify(view)).not.toContain("secret");
  });

  it("503: full queue, too many streams, while shutting down", async () => {
    server = await serveFakes({ workers: 1, limits: { queued_runs: 2, event_streams: 1 } }, () => ({
      steps: 500,
      end: "report",
    }));
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push(((await (await postJson(`${server.url}/v1/runs`, ORDER)).json()) as { id: string }).id);
    const answer = await postJson(`${server.url}/v1/runs`, ORDER);
    expect(answer.headers.get("retry-after")).not.toBeNull();
    await expectProblem(answer, "OVERLOADED");
    const first = await fetch(`${server.url}/v1/runs/${ids[0]}/events`);
    expect(first.status).toBe(200);
    await expectProblem(await fetch(`${server.url}/v1/runs/${ids[0]}/events`), "OVERLOADED");
    await first.body?.cancel();
  });

  it("503: a blocked event loop turns requests away, health still answers", async () => {
    server = await serveFakes({ limits: { event_loop_delay_ms: 50 } });
    const deadline = Date.now() + 1500;
    while (Date.now() < deadline) {
      const until = Date.now() + 200;
      while (Date.now() < until);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expectProblem(await fetch(`${server.url}/v1/runs`), "OVERLOADED");
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ status: "busy" });
  });

  it("answers what is not HTTP with a problem document and closes", async () => {
    server = await serveFakes();
    const answer = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write("BOGUS\r\n\r\n"));
      socket.on("data", (data) => {
        text += data;
      });
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("application/problem+json");
    expect(answer).toContain("REQUEST_INVALID");
  });

  it("sets headers that keep browsers careful", async () => {
    server = await serveFakes();
    for (const path of ["/v1/runs", "/nope", "/healthz"]) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("lists the table of errors that the documents point to", async () => {
    server = await serveFakes();
    const { errors } = (await (await fetch(`${server.url}/v1/errors`)).json()) as { errors: { code: string }[] };
    expect(errors.map((row) => row.code)).toEqual(Object.keys(ERRORS));
    expect(await (await fetch(`${server.url}/v1/errors/CONFLICT`)).json()).toEqual({
      code: "CONFLICT",
      title: ERRORS.CONFLICT.title,
      status: 409,
    });
  });
});
