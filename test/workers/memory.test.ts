/** Case S12: an hour of arrivals streams to disk and memory does not grow with it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { compileWorld } from "../../engine/world/compile.js";
import { oneRun } from "../../workers/one-run.js";
import { readCase } from "../run/walk.js";

const MB = 1024 * 1024;

it("S12: an hour of arrivals keeps memory flat after ten minutes and writes its last frame", async () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-memory-"));
  try {
    const { layout, scenario } = readCase("S12-memory");
    const world = compileWorld(layout, scenario);
    const files = { folder, trajectory: true, pedpy: false, report: false };
    const rss: { at: number; bytes: number }[] = [];
    const { report } = oneRun({ layout, scenario, world, seed: 1, task: 0, control: new Int32Array(1), files }, (at) => {
      rss.push({ at, bytes: process.memoryUsage().rss });
    });
    const early = Math.max(...rss.filter(({ at }) => at <= 600).map(({ bytes }) => bytes));
    const late = Math.max(...rss.filter(({ at }) => at > 600).map(({ bytes }) => bytes));
    expect(late - early).toBeLessThan(200 * MB);
    expect(report.result).toMatchObject({ status: "time-limit", simulated_s: 3600 });
    expect(JSON.stringify(report.result).length).toBeLessThan(100_000);
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(`SELECT max(time), count(*) FROM '${join(folder, "trajectory.parquet")}'`);
    const [[last, rows]] = reader.getRowsJson() as [[number, string]];
    expect(last).toBe(3600);
    expect(Number(rows)).toBeGreaterThan(100_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
