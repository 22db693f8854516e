import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../cli/program.js";

const folder = mkdtempSync(join(tmpdir(), "muster-district-"));
const file = join(folder, "town.geojson");
const house = (id: string, x: number): object => ({
  type: "Feature",
  id,
  properties: { "building:levels": 2 },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [x, 0],
        [x + 10, 0],
        [x + 10, 10],
        [x, 10],
        [x, 0],
      ],
    ],
  },
});

beforeAll(() =>
  writeFileSync(
    file,
    JSON.stringify({
      type: "FeatureCollection",
      muster: { coordinates: "metres", name: "Row" },
      features: [house("a", 0), house("b", 12), house("c", 24), house("far", 200)],
    }),
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

async function muster(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: "", err: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    texts.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    texts.err += String(text);
    return true;
  });
  try {
    return { code: await main(["fire", "district", ...args]), ...texts };
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
}

describe("muster fire district", () => {
  it("prints who burns when, how rough that is, and Hamada's time beside it", async () => {
    const { code, out, err } = await muster(file, "--ignite", "a", "--seeds", "1..20", "--wind", "6", "--from", "270");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Fire over Row: 4 buildings, 20 runs of 6\.0 h, wind 6 m\/s from 270°\.\nOrder of magnitude only/);
    expect(out).toMatch(/\n {2}a +100 % +0 +0 +0 +0\n {2}b +\d+ %/);
    expect(out).not.toContain("far ");
  });

  it("writes result and map, and prints the same result again", async () => {
    const asked = [file, "--ignite", "a", "c", "--seeds", "3..6", "--json"];
    const first = await muster(...asked, "--out", join(folder, "out"));
    expect([first.code, (await muster(...asked)).out]).toEqual([0, first.out]);
    expect(readFileSync(join(folder, "out", "district.json"), "utf8")).toBe(first.out);
    expect(readFileSync(join(folder, "out", "fire-district.svg"), "utf8")).toContain("order of magnitude");
    expect(existsSync(join(folder, "out", "fire-district.png"))).toBe(true);
    expect(JSON.parse(first.out)).toMatchObject({ kind: "order-of-magnitude", ignited: ["a", "c"], runs: 4 });
  });

  it("refuses unknown buildings, bad files and bad options with exit code 2", async () => {
    const unknown = await muster(file, "--ignite", "a", "x", "y");
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("--ignite x: names no building of the file, which has 4");
    expect(unknown.err).toContain("--ignite y");
    writeFileSync(join(folder, "bad.geojson"), '{"type": "FeatureCollection", "features": []}');
    expect((await muster(join(folder, "bad.geojson"), "--ignite", "a")).err).toContain("has no polygon of a building");
    for (const args of [
      [file],
      [file, "--ignite", "a", "--wind", "99"],
      [file, "--ignite", "a", "--seeds", "x"],
      ["none", "--ignite", "a"],
    ])
      expect((await muster(...args)).code).toBe(2);
  });
});
