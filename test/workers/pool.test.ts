import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { MusterError } from "../../engine/errors.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import type { World } from "../../engine/world/world.js";
import { createPool, type Pool, type PoolOptions, type RunSeedsOptions } from "../../workers/pool.js";

const taskFile = fileURLToPath(new URL("./fake-task.mjs", import.meta.url));
const pools: Pool[] = [];
const pool = (options: Partial<PoolOptions> = {}): Pool => {
  const made = createPool({ workers: 2, taskFile, graceMs: 300, ...options });
  pools.push(made);
  return made;
};
afterEach(async () => {
  for (const each of pools.splice(0)) await each.close();
});

// The fake task reads none of these.
const input = { layout: {} as Layout, scenario: { duration_s: 60 } as Scenario, world: {} as World, outDir: null };
const request = (seeds: number[], more: Partial<RunSeedsOptions> = {}): RunSeedsOptions => ({ ...input, seeds, ...more });
const code = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MusterError) return error.code;
    throw error;
  }
  return "no error";
};

test("reports come in the order of the seeds, whatever the order of arrival", async () => {
  const seeds = [1, 15, 3, 2, 20, 7];
  for (const workers of [1, 2, 4]) {
    const { runs, failed, timings } = await pool({ workers }).runSeeds(request(seeds));
    expect(runs.map((run) => run.seed)).toEqual(seeds);
    expect(timings.map((timing) => timing.seed)).toEqual(seeds);
    expect(failed).toEqual([]);
  }
});

test.each([
  ["process.exit", 100],
  ["out of memory", 101],
  ["an exception", 102],
])("a thread that ends by %s fails its run alone and the next run finds a healthy pool", async (_, bad) => {
  const small = pool({ memoryMb: 48 });
  const first = await small.runSeeds(request([1, bad, 2, 3, 4, 5]));
  expect(first.runs.map((run) => run.seed)).toEqual([1, 2, 3, 4, 5]);
  expect(first.failed).toMatchObject([{ seed: bad, code: "WORKER_DIED" }]);
  const second = await small.runSeeds(request([6, 7, 8]));
  expect(second.runs.map((run) => run.seed)).toEqual([6, 7, 8]);
});

test("every thread may die, many times over", async () => {
  const one = pool({ workers: 1 });
  const { runs, failed } = await one.runSeeds(request([100]));
  expect([runs.length, failed.length]).toEqual([0, 1]);
  for (let i = 0; i < 3; i++) expect((await one.runSeeds(request([100, 1]))).runs).toHaveLength(1);
});

test("a module that cannot be loaded fails every run and leaves no run waiting", async () => {
  const broken = pool({ taskFile: `${taskFile}.absent` });
  const { runs, failed } = await broken.runSeeds(request([1, 2, 3, 4, 5]));
  expect(runs).toEqual([]);
  expect(failed.map((run) => run.code)).toEqual(new Array(5).fill("WORKER_DIED"));
});

test("cancel reaches running, deaf and waiting runs; the pool goes on", async () => {
  const two = pool();
  const control = new AbortController();
  let heard = 0;
  const run = two.runSeeds(
    request([110, 120, 1, 2, 3], {
      signal: control.signal,
      onProgress: (progress) => {
        if (progress.seed === 110 && ++heard === 3) control.abort();
      },
    }),
  );
  expect(await code(run)).toBe("CANCELLED");
  expect([two.running(), two.waiting()]).toEqual([0, 0]);
  expect((await two.runSeeds(request([4]))).runs).toHaveLength(1);
  expect(await code(two.runSeeds(request([4], { signal: control.signal })))).toBe("CANCELLED");
});

test("cancel of one ensemble leaves the other alone", async () => {
  const two = pool();
  const control = new AbortController();
  const first = two.runSeeds(request([110, 111, 112], { signal: control.signal }));
  const second = two.runSeeds(request([1, 2, 3]));
  setTimeout(() => control.abort(), 100);
  expect(await code(first)).toBe("CANCELLED");
  expect((await second).runs.map((run) => run.seed)).toEqual([1, 2, 3]);
});

test("a run over its time fails with RUN_TIMEOUT, listening or not", async () => {
  const { runs, failed } = await pool().runSeeds(request([110, 120, 1], { timeoutMs: 400 }));
  expect(runs.map((run) => run.seed)).toEqual([1]);
  expect(failed.map((run) => run.code)).toEqual(["RUN_TIMEOUT", "RUN_TIMEOUT"]);
});

test("the queue is bounded: an ensemble that does not fit is refused whole", async () => {
  const small = pool({ workers: 1, maxQueue: 2 });
  expect(await code(small.runSeeds(request([1, 2, 3, 4])))).toBe("OVERLOADED");
  const held = code(small.runSeeds(request([110, 1, 2])));
  expect(await code(small.runSeeds(request([3])))).toBe("OVERLOADED");
  await small.close();
  expect(await held).toBe("CANCELLED");
  expect(await code(small.runSeeds(request([1])))).toBe("CONFLICT");
});

test("twenty ensembles at once finish", async () => {
  const two = pool();
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => two.runSeeds(request([i + 1, i + 21]))));
  expect(all.map((result) => result.runs.length)).toEqual(new Array(20).fill(2));
});

test("seeds that are no seeds are refused, all at once", async () => {
  await expect(pool().runSeeds(request([1, 1, -1, 0.5]))).rejects.toMatchObject({
    code: "REQUEST_INVALID",
    problems: { length: 3 },
  });
  expect(await code(pool().runSeeds(request([])))).toBe("REQUEST_INVALID");
  expect(() => pool({ workers: 0 })).toThrow(MusterError);
});
