/**
 * Real plans whose licences keep them out of this project. They are read from the folder named by MUSTER_DATA (default: `shared` beside
 * the checkout) and these tests are skipped where it is absent.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import { leaks } from "./sample.js";

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const folder = join(data, "layouts");
const present = existsSync(folder);
if (!present) process.stderr.write(`test/layout/real.test.ts: skipped, ${folder} is not there (set MUSTER_DATA)\n`);

const wkt = present ? readdirSync(join(folder, "jupedsim")).filter((name) => name.endsWith(".wkt")) : [];
/** Floor in m² as other programs give it for the same files. */
const AREAS: Record<string, number> = {
  "arena.wkt": 262,
  "BUW.wkt": 1378,
  "aknz_evac.wkt": 13189,
  "SiB2023_entrance_jupedsim.wkt": 62975,
};

describe.skipIf(!present)("real plans", () => {
  it.each(wkt)("%s", (name) => {
    const layout = readLayout({ name, bytes: readFileSync(join(folder, "jupedsim", name)) });
    expect(layout.report.parts).toHaveLength(1);
    if (AREAS[name]) expect(Math.abs(layout.report.area - AREAS[name])).toBeLessThan(1);
    expect(leaks(layout)).toEqual([]);
  });

  it("offsets of map coordinates are taken off and kept", () => {
    const layout = readLayout({ name: "x.wkt", bytes: readFileSync(join(folder, "jupedsim", "Geometrie_verwinkelt_v1.wkt")) });
    expect(layout.frame).toEqual({ kind: "metres", x: 395007, y: 5268028 });
    expect(layout.units).toHaveLength(7);
  });

  it("a university campus in IMDF: rooms, doors and levels, every repair listed", () => {
    const names = readdirSync(join(folder, "imdf"));
    const layout = readLayout({
      name: "imdf",
      files: new Map(names.map((name) => [name, readFileSync(join(folder, "imdf", name))])),
    });
    expect(layout.units).toHaveLength(144);
    expect(layout.gates).toHaveLength(142);
    expect(layout.openings.every(({ units }) => units.length === 2)).toBe(true);
    expect(layout.sheets).toHaveLength(2);
    expect(layout.report.notices.join("\n")).toContain("21 units of category stairs are walked as level floor");
    expect(layout.report.repairs.filter(({ what }) => what.includes("overlap with"))).toHaveLength(2);
    expect(leaks(layout, 20_000)).toEqual([]);
  });

  it("plain GeoJSON of a map is refused with reasons, not guessed", () => {
    const bytes = readFileSync(join(folder, "osm", "muenchner_freiheit_square.geojson"));
    expect(() => readLayout({ name: "square.geojson", bytes })).toThrow();
  });
});
