import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Input, readInput } from "../../cli/input.js";
import { compileWorld } from "../../engine/world/compile.js";
import type { World } from "../../engine/world/world.js";
import { createPool, type Pool, type Progress } from "../../workers/pool.js";
import { LASTING, writeRoom } from "../cli/room.js";

let root = "";
let pool: Pool;
let room: Input & { world: World };
let lasting: Input & { world: World };
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-real-"));
  const read = (name: string, changes: object): Input & { world: World } => {
    writeRoom(join(root, name), changes);
    const input = readInput(join(root, name));
    return { ...input, world: compileWorld(input.layout, input.scenario) };
  };
  room = read("room", {});
  lasting = read("lasting", LASTING);
  pool = createPool({ workers: 2 });
});
afterAll(async () => {
  await pool.close();
  rmSync(root, { recursive: true, force: true });
});

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    : [];

test("maps arrive whole, progress begins at 0 and comes at most four times per second", async () => {
  const heard: Progress[] = [];
  const { runs, timings } = await pool.runSeeds({
    ...room,
    seeds: [1],
    outDir: null,
    onProgress: (progress) => heard.push(progress),
  });
  const [report] = runs;
  expect(report?.result.left).toBe(30);
  expect(report?.maps[0]?.mean).toBeInstanceOf(Float32Array);
  expect(report?.maps[0]?.area.reduce((sum, area) => sum + area, 0)).toBeCloseTo(96, 3);
  expect(heard[0]).toEqual({ seed: 1, simulated_s: 0, duration_s: 60, inside: expect.any(Number) });
  expect(heard.at(-1)?.simulated_s).toBe(report?.result.simulated_s);
  expect(heard.length).toBeLessThanOrEqual(2 + 4 * Math.ceil(timings[0]?.wall_s ?? 0));
});

test("a run over its time stops by itself, leaves no file, and the others finish", async () => {
  const outDir = join(root, "late");
  const late = pool.runSeeds({ ...lasting, seeds: [1, 2], outDir, timeoutMs: 700 });
  const other = pool.runSeeds({ ...room, seeds: [1, 2], outDir: null });
  expect((await late).failed.map((run) => [run.seed, run.code])).toEqual([
    [1, "RUN_TIMEOUT"],
    [2, "RUN_TIMEOUT"],
  ]);
  expect(filesBelow(outDir)).toEqual([]);
  expect((await other).runs).toHaveLength(2);
});

test("cancel in the middle of a run leaves no file", async () => {
  const outDir = join(root, "cancelled");
  const control = new AbortController();
  const run = pool.runSeeds({
    ...lasting,
    seeds: [1],
    outDir,
    signal: control.signal,
    onProgress: ({ simulated_s }) => simulated_s > 0 && control.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: "CANCELLED" });
  expect(filesBelow(outDir)).toEqual([]);
});

test.skipIf(!existsSync("/dev/full"))("a full disk fails its run alone, and nothing of it stays", async () => {
  const outDir = join(root, "full");
  const folder = join(outDir, "runs", "seed-2");
  mkdirSync(folder, { recursive: true });
  symlinkSync("/dev/full", join(folder, "trajectory.parquet.part"));
  const { runs, failed } = await pool.runSeeds({ ...room, seeds: [1, 2, 3], outDir });
  expect(runs.map((run) => run.seed)).toEqual([1, 3]);
  expect(failed).toMatchObject([{ seed: 2, code: "OUTPUT_FAILED" }]);
  expect(failed[0]?.message).toMatch(/^runs\/seed-2\/trajectory\.parquet: ENOSPC/);
  expect(filesBelow(folder)).toEqual([]);
  expect(filesBelow(join(outDir, "runs", "seed-3"))).toEqual(["measures.parquet", "summary.json", "trajectory.parquet"]);
});

test("twenty ensembles at once finish with equal reports for equal seeds", async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, i) => pool.runSeeds({ ...room, seeds: [(i % 4) + 1], outDir: null })),
  );
  const reports = all.map(({ runs }) => JSON.stringify(runs));
  expect(new Set(reports).size).toBe(4);
  for (const [i, report] of reports.entries()) expect(report).toBe(reports[i % 4]);
});

test("joining without a run is refused with the runs' own failures", async () => {
  const failed = [{ seed: 3, code: "RUN_TIMEOUT", message: "took longer than its limit" }];
  const input = { ...room, seeds: [3], runs: [], failed, events: [], timings: [], charts: false, notes: [] };
  await expect(pool.writeResults(join(root, "nothing"), input)).rejects.toMatchObject({
    code: "RUN_TIMEOUT",
    problems: [{ place: "seed 3" }],
  });
  expect(existsSync(join(root, "nothing"))).toBe(false);
});
