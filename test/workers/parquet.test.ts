import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MusterError } from "../../engine/errors.js";
import { createTable, ROW_GROUP } from "../../workers/output/parquet.js";
import { pedpyWriter } from "../../workers/output/pedpy.js";
import { measureWriter, trajectoryWriter } from "../../workers/output/trajectory.js";
import { frameOf, origin, runInfo } from "./sample.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-parquet-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const query = async (sql: string): Promise<unknown[][]> => {
  const connection = await (await DuckDBInstance.create()).connect();
  // DuckDB gives 64-bit integers as bigint.
  return (await connection.runAndReadAll(sql))
    .getRows()
    .map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
};

test("DuckDB reads a trajectory of several row groups: same rows, exact values", async () => {
  const path = join(folder, "trajectory.parquet");
  const writer = trajectoryWriter(path, origin, runInfo);
  const people = 1000;
  const frames = Math.ceil((2.2 * ROW_GROUP) / people);
  for (let index = 0; index < frames; index++) writer.write(frameOf(index, people));
  expect(readdirSync(folder)).toEqual(["trajectory.parquet.part"]);
  // Row groups are on disk before the end.
  expect(statSync(`${path}.part`).size).toBeGreaterThan(100_000);
  writer.finish();
  expect(readdirSync(folder)).toEqual(["trajectory.parquet"]);
  const file = `read_parquet('${path}')`;
  expect(await query(`select count(*), count(distinct id), min(time), max(time) from ${file}`)).toEqual([
    [frames * people, people, 0, (frames - 1) * 0.5],
  ]);
  expect(await query(`select name, type from (describe select * from ${file}) d(name, type, a, b, c, e)`)).toEqual([
    ["time", "DOUBLE"],
    ["id", "INTEGER"],
    ["x", "FLOAT"],
    ["y", "FLOAT"],
    ["level", "VARCHAR"],
    ["sheet", "VARCHAR"],
  ]);
  const frame = frameOf(137, people);
  const rows = await query(`select id, x, y, level, sheet from ${file} where time = ${137 * 0.5} order by id`);
  expect(rows).toEqual(
    Array.from({ length: people }, (_, i) => {
      const sheet = runInfo.sheets[frame.sheet[i]!]!;
      return [i, frame.x[i], frame.y[i], sheet.level, sheet.id];
    }),
  );
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
  expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([
    ROW_GROUP,
    ROW_GROUP,
    frames * people - 2 * ROW_GROUP,
  ]);
  const about = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
  expect(about.get("muster.seed")).toBe("7");
  expect(about.get("muster.attribution")).toBe("© someone");
  expect(JSON.parse(about.get("muster.levels") ?? "")).toMatchObject([{ id: "level-0", elevation: 0 }, { id: "level-1" }]);
});

test("measures in long form, with names as data", async () => {
  const path = join(folder, "measures.parquet");
  const writer = measureWriter(path, origin);
  const place = `gate "A" ' → 𝔾`;
  writer.write([
    { time: 0, place, quantity: "count", value: 3 },
    { time: 0.5, place, quantity: "density", value: 0.1 + 0.2 },
  ]);
  writer.finish();
  expect(await query(`select * from read_parquet('${path}')`)).toEqual([
    [0, place, "count", 3],
    [0.5, place, "density", 0.1 + 0.2],
  ]);
  expect(await parquetReadObjects({ file: await asyncBufferFromFile(path) })).toHaveLength(2);
});

test("an empty table is a valid file", async () => {
  const path = join(folder, "empty.parquet");
  measureWriter(path, origin).finish();
  expect(await query(`select count(*) from read_parquet('${path}')`)).toEqual([[0]]);
});

test("discard leaves the older file and nothing else", () => {
  const path = join(folder, "kept", "a.parquet");
  const first = measureWriter(path, origin);
  first.finish();
  const before = statSync(path).size;
  const second = measureWriter(path, origin);
  second.write([{ time: 0, place: "x", quantity: "count", value: 1 }]);
  second.discard();
  expect(readdirSync(join(folder, "kept"))).toEqual(["a.parquet"]);
  expect(statSync(path).size).toBe(before);
  first.discard();
  expect(existsSync(path)).toBe(true);
});

test.skipIf(!existsSync("/dev/full"))("a full disk is OUTPUT_FAILED with the path, and nothing stays", () => {
  const path = join(folder, "full", "t.parquet");
  measureWriter(path, origin).discard();
  symlinkSync("/dev/full", `${path}.part`);
  const table = createTable({ path, columns: { value: "double" }, metadata: {}, createdBy: "test" });
  const fill = (): void => {
    for (let i = 0; i < ROW_GROUP; i++) {
      table.columns.value[table.row()] = Math.sin(i);
      table.next();
    }
  };
  let caught: MusterError | null = null;
  try {
    fill();
  } catch (error) {
    caught = error as MusterError;
  }
  expect(caught).toMatchObject({ code: "OUTPUT_FAILED", problems: [{ place: path }] });
  expect(caught?.message).toContain("ENOSPC");
  expect(readdirSync(join(folder, "full"))).toEqual([]);
});

test("a folder that cannot be made is OUTPUT_FAILED", () => {
  writeFileSync(join(folder, "a-file"), "");
  expect(() => measureWriter(join(folder, "a-file", "m.parquet"), origin)).toThrow(
    expect.objectContaining({ code: "OUTPUT_FAILED" }),
  );
});

test("PedPy's text: frame rate and unit in the head, one line per person and frame", async () => {
  const { readFileSync } = await import("node:fs");
  const path = join(folder, "trajectory.txt");
  const writer = pedpyWriter(path, origin, runInfo);
  for (let index = 0; index < 3; index++) writer.write(frameOf(index, 2));
  writer.write({ ...frameOf(3, 2), time: 1.3 });
  writer.finish();
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.slice(0, 2)).toEqual(["#framerate: 2", "# id frame x/m y/m z/m"]);
  const rows = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" ").map(Number));
  expect(rows).toHaveLength(6);
  const frame = frameOf(2, 2);
  expect(rows[5]).toEqual([1, 2, Number(frame.x[1]!.toFixed(4)), Number(frame.y[1]!.toFixed(4)), 4]);
});
