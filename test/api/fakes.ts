/** Server under test over real HTTP, and stand-ins for its threads where a test is about HTTP and not about crowds. */
import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Desk } from "../../api/desk/desk.js";
import type { LayoutCheck, Prepared } from "../../api/runs/records.js";
import { createServer, type ServerOptions } from "../../api/server.js";
import { MusterError } from "../../engine/errors.js";
import type { RunReport } from "../../engine/warn/report.js";
import type { Pool, RunSeedsOptions } from "../../workers/pool.js";

export interface TestServer {
  url: string;
  app: FastifyInstance;
  close(): Promise<void>;
}

/** Listens at a free port of the loopback address. */
export async function serve(options: ServerOptions = {}): Promise<TestServer> {
  const app = await createServer({ workers: 2, ...options });
  await app.listen({ host: "127.0.0.1", port: 0 });
  // A server bound to TCP has an address with a port.
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, app, close: () => app.close() };
}

/** How one seed of the fake pool goes: steps of progress, and how it ends. */
export interface FakeRun {
  /** Steps of 10 ms. */
  steps: number;
  end: "report" | "failed" | "throw";
}

/** A pool that counts instead of simulating; `plan` says how each seed goes. It keeps the promises of workers/pool.ts. */
export function fakePool(plan: (seed: number) => FakeRun): Pool & { most: () => number } {
  let busy = 0;
  let most = 0;
  const closing = new AbortController();
  const one = async (seed: number, options: RunSeedsOptions): Promise<FakeRun> => {
    const { steps, end } = plan(seed);
    for (let step = 1; step <= steps; step++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (options.signal?.aborted || closing.signal.aborted) throw new MusterError("CANCELLED", "cancelled before its end");
      options.onProgress?.({ seed, simulated_s: step, duration_s: steps, inside: steps - step });
    }
    if (end === "throw") throw new Error("secret text of an unexpected fault");
    return { steps, end };
  };
  return {
    most: () => most,
    running: () => busy,
    waiting: () => 0,
    runSeeds: async (options) => {
      most = Math.max(most, ++busy);
      try {
        const seed = options.seeds[0] ?? 0;
        const { steps, end } = await one(seed, options);
        if (end === "failed") {
          const message = `the worker thread ended in ${options.outDir}/trajectory.parquet`;
          return { runs: [], failed: [{ seed, code: "WORKER_DIED", message }], events: [], timings: [] };
        }
        await mkdir(options.outDir ?? "", { recursive: true });
        await writeFile(join(options.outDir ?? "", "trajectory.parquet"), `PAR1-${seed}-0123456789-PAR1`);
        // Only these keys are read, by the server and by writeResults below.
        return {
          runs: [{ seed, result: { simulated_s: steps, inside: 0 } } as RunReport],
          failed: [],
          events: [[]],
          timings: [{ seed, wall_s: 0, agentSteps: 0, steps: 0 }],
        };
      } finally {
        busy--;
      }
    },
    verify: async () => [],
    writeResults: async (folder, input) => {
      await mkdir(join(folder, "charts"), { recursive: true });
      const texts: Record<string, string> = {
        "summary.json": JSON.stringify({ seeds: input.runs.map((run) => run.seed), failed: input.failed }),
        "warnings.json": "[]",
        "risk-map.geojson": '{"type":"FeatureCollection","features":[]}',
        "report.html": "<!doctype html><title>report</title>",
        "scenario.resolved.json": "{}",
        "charts/density.svg": "<svg/>",
        "charts/density.png": "png",
        "charts/density.json": '{"title":{"text":"Density"}}',
      };
      for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
      // The server reads the folder, not this answer.
      return {} as Awaited<ReturnType<Pool["writeResults"]>>;
    },
    close: async () => closing.abort(),
  };
}

const CHECK: LayoutCheck = {
  valid: true,
  name: "fake",
  attribution: "",
  format: "wkt",
  place: { unit: "m", at: [6, 4] },
  extent_m: [12, 8],
  area_m2: 96,
  parts: [],
  capacity_density: 2,
  capacity_guide: "none",
  levels: [{ id: "0", name: "ground", ordinal: 0, elevation_m: 0, area_m2: 96, capacity: 192 }],
  openings: [],
  connections: [],
  repairs: [],
  notices: [],
};

/** A desk that takes every input; texts that say "fault" have three faults, "slow" takes until it is cancelled. */
export function fakeDesk(): Desk {
  const fault = (): never => {
    throw new MusterError(
      "LAYOUT_INVALID",
      ["a", "b", "c"].map((place) => ({ place, message: "is wrong" })),
    );
  };
  return {
    check: async ({ bytes }) => (Buffer.from(bytes).includes("fault") ? fault() : CHECK),
    prepare: async ({ layout, scenario, seeds }) => {
      if (Buffer.from(layout.bytes).includes("fault")) fault();
      // Only these two keys are read by the server.
      const read = { name: scenario.text, duration_s: 100 } as Prepared["scenario"];
      return {
        layout: {} as Prepared["layout"],
        scenario: read,
        world: { notices: [] } as unknown as Prepared["world"],
        seeds: seeds ?? [1],
        notices: [],
      };
    },
    close: async () => {},
  };
}

/** Server with both fakes; each seed takes 3 steps unless the plan says otherwise. */
export const serveFakes = (options: ServerOptions = {}, plan: (seed: number) => FakeRun = () => ({ steps: 3, end: "report" })) =>
  serve({ pool: fakePool(plan), desk: fakeDesk(), ...options });

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

export const ORDER = { layout: "POLYGON ((0 0, 12 0, 12 8, 0 8, 0 0))", scenario: { name: "small", people: [] } };

/** Polls until the run is over; returns its view. */
export async function untilOver(url: string, id: string): Promise<{ state: string; [key: string]: unknown }> {
  for (;;) {
    const answer = await fetch(`${url}/v1/runs/${id}`);
    const view = (await answer.json()) as { state: string };
    if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(view)}`);
    if (["done", "failed", "cancelled"].includes(view.state)) return view;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
