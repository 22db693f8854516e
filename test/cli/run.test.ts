import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashes, LASTING, muster, start, writeRoom } from "./room.js";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-run-"));
  writeRoom(join(root, "room"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rows = async (sql: string): Promise<unknown[][]> => {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql))
    .getRows()
    .map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
};
const json = (...path: string[]): Record<string, unknown> => JSON.parse(readFileSync(join(root, ...path), "utf8"));
const withoutTiming = (folder: string): Record<string, string> => {
  const { "timing.json": timing, ...others } = hashes(join(root, folder));
  expect(timing).toBeDefined();
  return others;
};

test("--json prints one document that fits the published schema, and summary.json is the same", async () => {
  const { code, stdout, stderr } = await muster(["run", "room", "--json", "--seeds", "1..2", "--no-charts"], root);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const schema = JSON.parse(readFileSync(new URL("../../docs/formats/result.schema.json", import.meta.url), "utf8"));
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  const document = JSON.parse(stdout);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(document.summary).toMatchObject({
    asked: 30,
    failed: [],
    runs: [
      { seed: 1, left: 30 },
      { seed: 2, left: 30 },
    ],
  });
  expect(readFileSync(join(root, "out", "room", "summary.json"), "utf8")).toBe(stdout);
});

test("the folder of one run is complete; DuckDB reads its tables; the printed result names the report", async () => {
  const { code, stdout, stderr } = await muster(["run", "room/scenario.json", "--out", "one", "--pedpy"], root);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain(join("one", "report.html"));
  expect(stdout).toContain(join("one", "risk-map.geojson"));
  const names = readdirSync(join(root, "one")).sort();
  expect(names).toEqual(
    [
      "charts",
      "layout",
      "measures.parquet",
      "report.html",
      "risk-map.geojson",
      "scenario.resolved.json",
      "summary.json",
      "timing.json",
    ]
      .concat(["trajectory.parquet", "trajectory.txt", "warnings.json"])
      .sort(),
  );
  const charts = readdirSync(join(root, "one", "charts"));
  expect(charts.filter((name) => name.endsWith(".svg")).length).toBeGreaterThan(3);
  expect(charts.length).toBe(3 * charts.filter((name) => name.endsWith(".svg")).length);
  const table = (name: string): string => `read_parquet('${join(root, "one", name)}')`;
  expect(
    await rows(
      `select count(distinct id), min(time), bool_and(x between 0 and 13 and y between 0 and 8) from ${table("trajectory.parquet")}`,
    ),
  ).toEqual([[30, 0, true]]);
  const [counts] = await rows(`select max(value) from ${table("measures.parquet")} where place = 'west' and quantity = 'count'`);
  expect(counts).toEqual([30]);
  const text = readFileSync(join(root, "one", "trajectory.txt"), "utf8").split("\n");
  const [inTable] = await rows(`select count(*) from ${table("trajectory.parquet")}`);
  expect(text.filter((line) => /^\d+ \d+ [-\d.]+ [-\d.]+ [-\d.]+$/.test(line)).length).toBeLessThanOrEqual(Number(inTable?.[0]));
  expect(text[0]).toBe("#framerate: 2");
});

test("same bytes with 1, 2 and 4 workers, in any order of seeds, and again from the saved scenario", async () => {
  const run = async (out: string, ...more: string[]): Promise<Record<string, string>> => {
    const { code, stderr } = await muster(["run", "room", "--out", out, "--no-charts", "--quiet", ...more], root);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return withoutTiming(out);
  };
  const one = await run("w1", "--workers", "1", "--seeds", "1..4");
  expect(await run("w2", "--workers", "2", "--seeds", "1..4")).toEqual(one);
  expect(await run("w4", "--workers", "4", "--seeds", "1..4")).toEqual(one);
  const ofRuns = (all: Record<string, string>): [string, string][] =>
    Object.entries(all).filter(([name]) => name.startsWith("runs"));
  expect(ofRuns(one)).toHaveLength(12);
  expect(ofRuns(await run("back", "--workers", "2", "--seeds", "4,3,2,1"))).toEqual(ofRuns(one));
  const three = await run("three", "--seed", "3");
  for (const name of ["summary.json", "trajectory.parquet", "measures.parquet"])
    expect(three[name]).toBe(one[join("runs", "seed-3", name)]);
  const { code } = await muster(["run", "three", "--out", "again", "--no-charts", "--quiet"], root);
  expect(code).toBe(0);
  expect(withoutTiming("again")).toEqual(three);
});

test("--no-trajectory and --no-charts leave these out; --quiet says nothing; other files of the folder stay", async () => {
  mkdirSync(join(root, "small"));
  expect((await muster(["run", "room", "--out", "small", "--no-charts", "--no-trajectory", "--quiet"], root)).code).toBe(0);
  writeFileSync(join(root, "small", "notes.txt"), "mine");
  const { code, stderr } = await muster(["run", "room", "--out", "small", "--no-charts", "--no-trajectory", "--quiet"], root);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const names = readdirSync(join(root, "small"));
  expect(names).toContain("notes.txt");
  expect(names).not.toContain("trajectory.parquet");
  expect(names).not.toContain("charts");
});

describe("a run that is stopped", () => {
  test("by Ctrl-C ends with 130 and leaves the older result", async () => {
    writeRoom(join(root, "lasting"), LASTING);
    mkdirSync(join(root, "stopped"));
    writeFileSync(join(root, "stopped", "summary.json"), "older");
    const before = readdirSync(root).sort();
    const running = start(["run", "lasting", "--out", "stopped", "--seeds", "1..3"], root);
    await running.says("%: seed");
    expect(readdirSync(root).length).toBe(before.length + 1);
    running.process.kill("SIGINT");
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("nothing was written");
    expect(readdirSync(root).sort()).toEqual(before);
    expect(readdirSync(join(root, "stopped"))).toEqual(["summary.json"]);
  });

  test("by kill -9 leaves nothing under the name, and the next run clears up", async () => {
    writeRoom(join(root, "lasting"), LASTING);
    const before = readdirSync(root).sort();
    const running = start(["run", "lasting", "--out", "killed"], root);
    await running.says("%: seed");
    running.process.kill("SIGKILL");
    expect((await running.ended).signal).toBe("SIGKILL");
    expect(existsSync(join(root, "killed"))).toBe(false);
    expect(readdirSync(root).length).toBe(before.length + 1);
    expect((await muster(["run", "room", "--out", "killed", "--no-charts", "--quiet"], root)).code).toBe(0);
    expect(readdirSync(root).sort()).toEqual([...before, "killed"].sort());
  });
});

test("warnings.json and the saved scenario are what was run", async () => {
  const warnings = json("one", "warnings.json") as { runs: number; by_run: { seed: number }[] };
  expect(warnings.runs).toBe(1);
  expect(warnings.by_run).toHaveLength(1);
  expect(json("one", "scenario.resolved.json")).toMatchObject({
    layout: "layout/layout.geojson",
    time_step_s: expect.any(Number),
    name: "room",
  });
});
