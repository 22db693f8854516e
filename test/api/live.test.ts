/** The whole way over HTTP: real desk, real pool, real crowd (compiled by `npm run build`). */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetReadObjects } from "hyparquet";
import { afterEach, describe, expect, it } from "vitest";
import { EXAMPLE_ORDER } from "../../api/example.js";
import { createPool } from "../../workers/pool.js";
import { postJson, serve, type TestServer, untilOver } from "./fakes.js";

let server: TestServer;
afterEach(() => server?.close());

const start = async (change: object = {}): Promise<string> => {
  const answer = await postJson(`${server.url}/v1/runs`, { ...EXAMPLE_ORDER, ...change });
  expect(answer.status, await answer.clone().text()).toBe(202);
  return ((await answer.json()) as { id: string }).id;
};
const get = (id: string, path: string) => fetch(`${server.url}/v1/runs/${id}/${path}`);

/** The tests ask often and at once; rates are tested elsewhere. */
const FREE = { starts_per_min: 1000, requests_per_min: 1_000_000 };

/** Many people, many steps: runs until it is cancelled. */
const endless = {
  scenario: {
    ...EXAMPLE_ORDER.scenario,
    duration_min: 1000,
    people: [
      {
        ...EXAMPLE_ORDER.scenario.people[0],
        count: 100,
        journey: [{ stay: { in: "Hall", until_min: 999 } }, { leave: { by: ["Door"] } }],
      },
    ],
  },
  seeds: [1],
};

describe("the example order, run for real", () => {
  it("leaves a summary, warnings, a risk map, charts, a report and trajectories", async () => {
    server = await serve({ limits: FREE });
    const id = await start({ seeds: "1..2" });
    expect(await untilOver(server.url, id)).toMatchObject({
      state: "done",
      failed: [],
      progress: { fraction: 1 },
      problem: null,
    });

    const summary = (await (await get(id, "summary")).json()) as {
      seeds: number[];
      summary: { asked: number; runs: { left: number }[] };
    };
    expect(summary.seeds).toEqual([1, 2]);
    expect(summary.summary.asked).toBe(40);
    expect(summary.summary.runs.map(({ left }) => left)).toEqual([40, 40]);
    expect((await get(id, "warnings")).status).toBe(200);
    expect(await (await get(id, "risk-map")).json()).toMatchObject({ type: "FeatureCollection" });
    const report = await get(id, "report");
    expect(report.headers.get("content-security-policy")).toContain("sandbox");
    expect(await report.text()).toContain("Leaving the hall");
    expect(await (await get(id, "scenario")).json()).toMatchObject({ muster: 1, name: "Leaving the hall" });

    const { charts } = (await (await get(id, "charts")).json()) as {
      charts: { name: string; title: string; svg: string; png: string; json: string }[];
    };
    expect(charts.length).toBeGreaterThan(1);
    for (const chart of charts) {
      expect(await (await fetch(server.url + chart.svg)).text()).toMatch(/^<svg/);
      const png = new Uint8Array(await (await fetch(server.url + chart.png)).arrayBuffer());
      expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
      expect(((await (await fetch(server.url + chart.json)).json()) as { $schema: string }).$schema).toContain("vega-lite");
    }

    const file = await (await get(id, "trajectory?seed=2")).arrayBuffer();
    const rows = await parquetReadObjects({ file });
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(["time", "id", "x", "y", "level"]));
    expect(new Set(rows.map((row) => row.id)).size).toBe(40);
  });

  it("gives the same bytes whatever else runs", async () => {
    server = await serve({ limits: FREE });
    const ids = await Promise.all([5, 6, 5].map((seed) => start({ seeds: [seed], charts: false })));
    for (const id of ids) expect((await untilOver(server.url, id)).state).toBe("done");
    const bytes = async (id: string | undefined, path: string) =>
      Buffer.from(await (await get(id ?? "", path)).arrayBuffer()).toString("base64");
    for (const path of ["trajectory", "summary", "warnings"])
      expect(await bytes(ids[2], path), path).toBe(await bytes(ids[0], path));
    expect(await bytes(ids[1], "trajectory")).not.toBe(await bytes(ids[0], "trajectory"));
  });

  it("finishes 20 runs at once", async () => {
    server = await serve({ limits: FREE });
    const ids = await Promise.all(Array.from({ length: 20 }, (_, i) => start({ seeds: [i], charts: false })));
    const ended = await Promise.all(ids.map((id) => untilOver(server.url, id)));
    expect(ended.map(({ state }) => state)).toEqual(Array(20).fill("done"));
    expect(await (await get(ids[0] ?? "", "charts")).json()).toEqual({ charts: [] });
  }, 180_000);

  it("cancels a run on its way, and the thread takes the next", async () => {
    server = await serve({ workers: 1, limits: FREE });
    const id = await start(endless);
    const progressed = async () =>
      ((await (await fetch(`${server.url}/v1/runs/${id}`)).json()) as { progress: { fraction: number } }).progress.fraction;
    await expect.poll(progressed, { timeout: 20_000 }).toBeGreaterThan(0);
    const next = await start({ seeds: [1], charts: false, trajectory: false });
    expect((await fetch(`${server.url}/v1/runs/${id}/cancel`, { method: "POST" })).status).toBe(202);
    expect((await untilOver(server.url, id)).state).toBe("cancelled");
    expect((await untilOver(server.url, next)).state).toBe("done");
    expect((await get(next, "trajectory")).status).toBe(404);
  });

  it("ends a run that takes longer than its limit", async () => {
    server = await serve({ limits: { ...FREE, run_s: 0.5 } });
    expect(await untilOver(server.url, await start(endless))).toMatchObject({
      state: "failed",
      problem: { code: "RUN_TIMEOUT" },
    });
  });

  it("fails the run whose thread dies, it alone, and goes on", async () => {
    const taskFile = fileURLToPath(new URL("./mortal-task.mjs", import.meta.url));
    server = await serve({ pool: createPool({ workers: 2, taskFile, memoryMb: 96 }), workers: 2, limits: FREE });
    const [mixed, exits, hoards, well] = await Promise.all([
      start({ seeds: [12, 13, 15], charts: false }),
      start({ seeds: [13] }),
      start({ seeds: [14] }),
      start({ seeds: [16], charts: false }),
    ]);
    expect(await untilOver(server.url, mixed)).toMatchObject({ state: "done", failed: [{ seed: 13, code: "WORKER_DIED" }] });
    expect(await untilOver(server.url, exits)).toMatchObject({ state: "failed", problem: { code: "WORKER_DIED", status: 500 } });
    expect(await untilOver(server.url, hoards)).toMatchObject({ state: "failed", problem: { code: "WORKER_DIED" } });
    expect((await untilOver(server.url, well)).state).toBe("done");
    expect((await untilOver(server.url, await start({ seeds: [17], charts: false }))).state).toBe("done");
    expect((await get(mixed, "trajectory?seed=15")).status).toBe(200);
    expect((await get(mixed, "trajectory?seed=13")).status).toBe(404);
  });
});

describe("the process", () => {
  const serverModule = fileURLToPath(new URL("../../dist/api/start.js", import.meta.url));

  it("ends in order on SIGTERM: the run is cancelled, the stream gets its end, no file stays", async () => {
    const temp = mkdtempSync(join(tmpdir(), "muster-test-"));
    const script = `const { startServer } = await import(${JSON.stringify(serverModule)});
      const server = await startServer({ port: 0, signals: true, workers: 1 });
      console.log(server.url);
      await server.closed;`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, TMPDIR: temp, MUSTER_TOKEN: "" },
    });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        child.stdout.once("data", (data) => resolve(String(data).trim()));
        child.stderr.once("data", (data) => reject(new Error(String(data))));
      });
      const { id } = (await (await postJson(`${url}/v1/runs`, { ...EXAMPLE_ORDER, ...endless })).json()) as { id: string };
      const events = (await fetch(`${url}/v1/runs/${id}/events`)).text();
      expect(readdirSync(temp).length).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      expect(await events).toContain("event: cancelled");
      expect(readdirSync(temp)).toEqual([]);
    } finally {
      child.kill("SIGKILL");
      rmSync(temp, { recursive: true, force: true });
    }
  });
});
