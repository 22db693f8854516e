import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findFiles } from "../../api/runs/files.js";
import { writeOutput } from "../../workers/output/file.js";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "muster-files-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it("lists results of fire of the seeds that have them, and nothing where there is none", async () => {
  const write = (path: string): void => writeOutput(join(dir, path), "x");
  for (const path of ["summary.json", "runs/seed-1/trajectory.parquet"]) write(path);
  expect(await findFiles(dir, [1, 2])).toMatchObject({ files: { summary: "summary.json" }, fires: {} });
  expect((await findFiles(dir, [1, 2])).files.fire).toBeUndefined();
  for (const path of ["fire.json", "runs/seed-2/fire.parquet"]) write(path);
  const index = await findFiles(dir, [1, 2]);
  expect(index.files.fire).toBe("fire.json");
  expect(index.fires).toEqual({ 2: join("runs", "seed-2", "fire.parquet") });
  expect(index.trajectories).toEqual({ 1: join("runs", "seed-1", "trajectory.parquet") });
});
