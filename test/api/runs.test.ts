import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { fakeDesk, fakePool, ORDER, postJson, serve, serveFakes, type TestServer, untilOver } from "./fakes.js";

let server: TestServer;
afterEach(() => server?.close());

interface View {
  id: string;
  state: string;
  links: Record<string, string>;
  progress: { fraction: number; seeds: { seed: number; state: string }[] };
}

const start = async (body: object = {}): Promise<View> => {
  const answer = await postJson(`${server.url}/v1/runs`, { ...ORDER, ...body });
  expect(answer.status).toBe(202);
  // The schema of the answer is tested through the OpenAPI document.
  const view = (await answer.json()) as View;
  expect(answer.headers.get("location")).toBe(`/v1/runs/${view.id}`);
  return view;
};

interface Sent {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: data of any event, compared by the tests
  data: any;
}

/** Events of a whole stream, comments left out. */
const parseEvents = (text: string): Sent[] =>
  text
    .split("\n\n")
    .filter((block) => block.startsWith("event: "))
    .map((block) => {
      const [first = "", second = ""] = block.split("\n");
      return { event: first.slice("event: ".length), data: JSON.parse(second.slice("data: ".length)) };
    });

const eventsOf = async (id: string): Promise<Sent[]> =>
  parseEvents(await (await fetch(`${server.url}/v1/runs/${id}/events`)).text());

describe("runs over HTTP", () => {
  it("starts, tells its progress in order, and gives every result", async () => {
    server = await serveFakes({}, () => ({ steps: 10, end: "report" }));
    const { id, links } = await start({ seeds: [4, 5] });
    expect(links.summary).toBeUndefined();
    const answer = await fetch(`${server.url}${links.events}`);
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const events = parseEvents(await answer.text());
    expect(events[0]).toMatchObject({ event: "state", data: { id, state: "running", seeds: [4, 5] } });
    expect(events.at(-1)).toMatchObject({ event: "done", data: { state: "done", progress: { fraction: 1 } } });
    const fractions = events.filter(({ event }) => event === "progress").map(({ data }) => data.fraction as number);
    expect(fractions.length).toBeGreaterThan(5);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(events.slice(1, -1).every(({ event }) => event === "progress")).toBe(true);

    const view = (await (await fetch(`${server.url}/v1/runs/${id}`)).json()) as View;
    const get = async (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers });
    expect(await (await get(view.links.summary ?? "")).json()).toEqual({ seeds: [4, 5], failed: [] });
    expect(await (await get(view.links.warnings ?? "")).json()).toEqual([]);
    expect((await get(view.links["risk-map"] ?? "")).headers.get("content-type")).toContain("application/geo+json");
    expect((await get(view.links.report ?? "")).headers.get("content-security-policy")).toContain("sandbox");
    const { charts } = (await (await get(view.links.charts ?? "")).json()) as { charts: Record<string, string>[] };
    expect(charts).toMatchObject([{ name: "density", title: "Density" }]);
    const types = { svg: "image/svg+xml", png: "image/png", json: "application/json" };
    for (const [kind, type] of Object.entries(types)) {
      const chart = await get(charts[0]?.[kind] ?? "");
      expect(chart.status).toBe(200);
      expect(chart.headers.get("content-type")).toContain(type);
    }
  });

  it("gives the trajectory of each seed, whole or in parts", async () => {
    server = await serveFakes();
    const { id } = await start({ seeds: [4, 5] });
    await untilOver(server.url, id);
    const url = `${server.url}/v1/runs/${id}/trajectory`;
    expect(await (await fetch(url)).text()).toBe("PAR1-4-0123456789-PAR1");
    const five = await fetch(`${url}?seed=5`);
    expect(await five.text()).toBe("PAR1-5-0123456789-PAR1");
    expect(five.headers.get("content-disposition")).toBe('attachment; filename="trajectory-5.parquet"');
    const head = await fetch(url, { method: "HEAD" });
    expect(head.headers.get("accept-ranges")).toBe("bytes");
    expect(head.headers.get("content-length")).toBe("22");
    const tail = await fetch(url, { headers: { range: "bytes=-4" } });
    expect([tail.status, await tail.text()]).toEqual([206, "PAR1"]);
    expect(tail.headers.get("content-range")).toBe("bytes 18-21/22");
    const beyond = await fetch(url, { headers: { range: "bytes=99-" } });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-type")).toContain("application/problem+json");
  });

  it("tells a late reader the present state and the end, and ends the stream", async () => {
    server = await serveFakes({}, () => ({ steps: 20, end: "report" }));
    const { id } = await start();
    await new Promise((resolve) => setTimeout(resolve, 80));
    const late = await eventsOf(id);
    expect(late[0]).toMatchObject({ event: "state", data: { state: "running" } });
    expect(late[0]?.data.progress.fraction).toBeGreaterThan(0);
    const after = await eventsOf(id);
    expect(after.map(({ event }) => event)).toEqual(["state", "done"]);
  });

  it("keeps a quiet stream alive by comments and drops readers that hang up", async () => {
    server = await serveFakes({ workers: 1, heartbeat_s: 0.05 }, () => ({ steps: 60, end: "report" }));
    await start();
    const { id } = await start();
    const gone = await fetch(`${server.url}/v1/runs/${id}/events`);
    await gone.body?.cancel();
    const text = await (await fetch(`${server.url}/v1/runs/${id}/events`)).text();
    expect(text.match(/^: heartbeat$/gm)?.length).toBeGreaterThan(3);
    expect(parseEvents(text).map(({ event }) => event)).toEqual(expect.arrayContaining(["state", "progress", "done"]));
    expect(parseEvents(text)[0]?.data.state).toBe("queued");
  });

  it("cancels a running and a waiting run; their files go", async () => {
    server = await serveFakes({ workers: 1 }, () => ({ steps: 1000, end: "report" }));
    const [running, waiting] = [await start(), await start()];
    const events = eventsOf(running.id);
    expect((await fetch(`${server.url}/v1/runs/${waiting.id}/cancel`, { method: "POST" })).status).toBe(202);
    expect((await fetch(`${server.url}/v1/runs/${running.id}/cancel`, { method: "POST" })).status).toBe(202);
    expect((await untilOver(server.url, running.id)).state).toBe("cancelled");
    expect((await untilOver(server.url, waiting.id)).state).toBe("cancelled");
    expect((await events).at(-1)).toMatchObject({ event: "cancelled", data: { problem: { code: "CANCELLED" } } });
  });

  it("removes a run at any time", async () => {
    server = await serveFakes({ workers: 1 }, (seed) => ({ steps: seed === 1 ? 1000 : 2, end: "report" }));
    const [running, waiting] = [await start({ seeds: [1] }), await start({ seeds: [1] })];
    for (const { id } of [running, waiting]) {
      expect((await fetch(`${server.url}/v1/runs/${id}`, { method: "DELETE" })).status).toBe(204);
      expect((await fetch(`${server.url}/v1/runs/${id}`)).status).toBe(404);
    }
    const { id } = await start({ seeds: [2] });
    await untilOver(server.url, id);
    expect((await fetch(`${server.url}/v1/runs/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await (await fetch(`${server.url}/v1/runs`)).json()).toEqual({ runs: [] });
  });

  it("fails one seed alone; all failed is a failed run, and no path of this machine is told", async () => {
    server = await serveFakes({}, (seed) => ({ steps: 2, end: seed % 2 === 0 ? "failed" : "report" }));
    const half = await untilOver(server.url, (await start({ seeds: "1..4" })).id);
    expect(half).toMatchObject({
      state: "done",
      failed: [{ seed: 2, code: "WORKER_DIED" }, { seed: 4 }],
      progress: { fraction: 1 },
    });
    expect(await (await fetch(`${server.url}/v1/runs/${half.id}/trajectory?seed=3`)).text()).toContain("PAR1-3");
    expect((await fetch(`${server.url}/v1/runs/${half.id}/trajectory?seed=2`)).status).toBe(404);
    const none = await untilOver(server.url, (await start({ seeds: [2, 4] })).id);
    expect(none).toMatchObject({
      state: "failed",
      problem: { code: "WORKER_DIED", problems: [{ place: "seed 2" }, { place: "seed 4" }] },
    });
    expect(JSON.stringify([half, none])).not.toContain(tmpdir());
    expect((await untilOver(server.url, (await start({ seeds: [1] })).id)).state).toBe("done");
  });

  it("finishes 20 runs at once, in the order asked for, and never uses more threads than it has", async () => {
    const pool = fakePool(() => ({ steps: 2, end: "report" }));
    server = await serve({ pool, desk: fakeDesk(), workers: 2, limits: { requests_per_min: 100_000 } });
    const views = await Promise.all(Array.from({ length: 20 }, (_, i) => start({ seeds: [i, i + 100] })));
    const ended = await Promise.all(views.map(({ id }) => untilOver(server.url, id)));
    expect(ended.every(({ state }) => state === "done")).toBe(true);
    for (const [i, { id }] of views.entries()) {
      expect(await (await fetch(`${server.url}/v1/runs/${id}/summary`)).json()).toEqual({ seeds: [i, i + 100], failed: [] });
    }
    expect(pool.most()).toBeLessThanOrEqual(4);
  });

  it("runs no more seeds of one order at once than it asks for", async () => {
    const pool = fakePool(() => ({ steps: 2, end: "report" }));
    server = await serve({ pool, desk: fakeDesk(), workers: 4 });
    await untilOver(server.url, (await start({ seeds: "1..6", workers: 1 })).id);
    expect(pool.most()).toBe(1);
    await untilOver(server.url, (await start({ seeds: "1..6" })).id);
    expect(pool.most()).toBe(4);
  });

  it("keeps the newest results and drops the oldest with their files", async () => {
    server = await serveFakes({ limits: { kept_runs: 2 } });
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      const { id } = await start();
      await untilOver(server.url, id);
      ids.push(id);
    }
    await expect
      .poll(async () => ((await (await fetch(`${server.url}/v1/runs`)).json()) as { runs: View[] }).runs.map((run) => run.id))
      .toEqual([ids[3], ids[2]]);
    expect((await fetch(`${server.url}/v1/runs/${ids[0]}/summary`)).status).toBe(404);
    expect((await fetch(`${server.url}/v1/runs/${ids[3]}/summary`)).status).toBe(200);
  });

  it("leaves no folder behind when it closes, and ends streams and runs", async () => {
    const [temp, usual] = [mkdtempSync(join(tmpdir(), "muster-test-")), process.env.TMPDIR];
    process.env.TMPDIR = temp;
    server = await serveFakes({ workers: 1 }, () => ({ steps: 1000, end: "report" }));
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    const [running, waiting] = [await start(), await start()];
    const events = [eventsOf(running.id), eventsOf(waiting.id)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readdirSync(temp).length).toBe(1);
    await server.close();
    for (const stream of events) expect((await stream).at(-1)?.event).toBe("cancelled");
    expect(readdirSync(temp)).toEqual([]);
    rmSync(temp, { recursive: true });
  });

  it("lets running runs end within the grace it was given, and takes no new ones", async () => {
    server = await serveFakes({ grace_s: 5 }, () => ({ steps: 30, end: "report" }));
    const { id } = await start();
    const events = eventsOf(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = server.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const refused = await postJson(`${server.url}/v1/runs`, ORDER);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: "OVERLOADED" });
    expect((await events).at(-1)?.event).toBe("done");
    await closing;
  });

  it("is not kept from closing by a client that is connected and silent", async () => {
    server = await serveFakes();
    const silent = request(server.url);
    silent.on("error", () => {});
    silent.flushHeaders();
    const begun = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close();
    expect(Date.now() - begun).toBeLessThan(5000);
    silent.destroy();
  });
});
