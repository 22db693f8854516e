/** A coupled run gives the same bytes for any number of workers and any order of seeds. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileWorld } from "../../engine/world/compile.js";
import { createPool } from "../../workers/pool.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

const layout = layoutOf({
  rooms: [
    { id: "room", ring: box(0, 0, 8, 6) },
    { id: "corridor", ring: box(8, 2, 26, 4.5) },
  ],
  doors: [
    { id: "door", line: [[8, 2.8], [8, 3.8]] },
    { id: "out", line: [[26, 2.5], [26, 4]] },
  ], // biome-ignore format: a plan
  fixtures: [{ id: "shelf", ring: box(4, 5, 6, 5.6) }],
});

const scenario = scenarioOf(layout, {
  duration_s: 20,
  people: [{ name: "p", count: 30, start: { in: "room" }, pre_movement_s: { uniform: [5, 20] }, journey: [{ leave: "out" }] }],
  fire: {
    fires: [{ at: [2, 5.3], growth: "ultra-fast", peak_kW: 2000, fuel: "polyurethane" }],
    items: [{ name: "shelf", of: "shelf", growth: "fast", peak_kW: 500, ignition: "easy" }],
    doors: [{ at: "door", state: "self-closing" }],
    detectors: [{ at: "room", kind: "smoke" }],
  },
});

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-fire-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Digest of every file that the runs wrote, by path below the folder. */
function digest(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

test("one, two and four workers, seeds in any order", { timeout: 60_000 }, async () => {
  const world = compileWorld(layout, scenario);
  const written: Record<string, string>[] = [];
  const reports: unknown[] = [];
  for (const [workers, seeds] of [
    [1, [1, 2]],
    [2, [2, 1]],
    [4, [1, 2]],
  ] as const) {
    const outDir = join(root, `${workers}`);
    const pool = createPool({ workers });
    const { runs, failed } = await pool.runSeeds({ layout, scenario, world, seeds: [...seeds], outDir });
    await pool.close();
    expect(failed).toEqual([]);
    written.push(digest(outDir));
    reports.push([...runs].sort((a, b) => a.seed - b.seed));
  }
  expect(Object.keys(written[0]!).some((path) => path.endsWith("fire.parquet"))).toBe(true);
  expect(Object.keys(written[0]!).some((path) => path.endsWith("trajectory.parquet"))).toBe(true);
  expect(written[1]).toEqual(written[0]);
  expect(written[2]).toEqual(written[0]);
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
});
