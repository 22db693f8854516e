import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readInput } from "../../cli/input.js";
import { compileWorld } from "../../engine/world/compile.js";
import { createPool } from "../../workers/pool.js";
import { writeRoom } from "../cli/room.js";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-fire-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FIRE = {
  duration_s: 90,
  fire: {
    fires: [{ name: "bin", at: [6, 4], growth: "ultra-fast", peak_kW: 2000, fuel: "polyurethane" }],
    people: { cue: false },
  },
};

async function runWith(workers: number, seeds: number[]) {
  writeRoom(join(root, "room"), FIRE);
  const input = readInput(join(root, "room"));
  const pool = createPool({ workers });
  const outDir = join(root, `out-${workers}`);
  try {
    const { runs, failed } = await pool.runSeeds({
      ...input,
      world: compileWorld(input.layout, input.scenario),
      seeds,
      outDir,
    });
    return { runs, failed, outDir, input };
  } finally {
    await pool.close();
  }
}

test("records of a fire: same bytes for any number of workers, read by DuckDB, to the end of the scenario", async () => {
  const one = await runWith(1, [2]);
  const two = await runWith(2, [2, 1]);
  expect(one.failed).toEqual([]);
  const alone = join(one.outDir, "fire.parquet");
  expect(readFileSync(alone).equals(readFileSync(join(two.outDir, "runs", "seed-2", "fire.parquet")))).toBe(true);
  const report = one.runs.find(({ seed }) => seed === 2);
  const { measures, maps } = report!.fire!;
  expect(report!.result.left).toBe(30);
  expect(report!.result.exposure).toBeUndefined();
  expect(maps[0]!.visibility_m).toBeInstanceOf(Float32Array);
  const room = measures.places.find(({ place }) => place === "room")!;
  expect(measures.end_s).toBe(90);
  expect(room.rset_s).toBeGreaterThan(10);
  expect(room.rset_s!).toBeLessThanOrEqual(report!.result.simulated_s);
  // 1.5 MW after 90 s of ultra-fast growth in a room of 96 m2 with one door: nobody can stay to the end.
  expect(room.aset_s).toBeGreaterThan(5);
  expect(room.aset_s!).toBeLessThan(90);
  expect(room.margin!.s).toBeCloseTo(room.aset_s! - room.rset_s!, 9);
  expect(measures.hrr.peak_kW).toBeGreaterThan(500);

  const connection = await (await DuckDBInstance.create()).connect();
  const sql = `select count(*)::int, max(time), min(interface_m), max(upper_C), min(tenable) from
    read_parquet('${alone}') where place = 'room'`;
  const [rows, until, lowest, hottest, tenable] = (await connection.runAndReadAll(sql)).getRows()[0] as number[];
  expect([until, tenable]).toEqual([90, 0]);
  expect(rows).toBeGreaterThanOrEqual(90);
  expect(lowest).toBe(room.worst.interface_m);
  expect(hottest).toBeGreaterThan(60);
});
