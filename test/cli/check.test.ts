import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkCommand } from "../../cli/check.js";
import { MusterError } from "../../engine/errors.js";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
let printed = "";

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

const check = (...args: string[]): void => {
  checkCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parse(args, { from: "user" });
};

describe("muster check", () => {
  it("prints place, extent, floor, capacity with its guide, openings, flights", () => {
    check(at("scenarios/school-building/layout.geojson"));
    for (const part of ["School building", "Extent", "Floor", "2 persons/m², HSG195", "3 exits", "2 flights", "No problems."])
      expect(printed).toContain(part);
    expect(printed).toMatch(/Main entrance\s+main-entrance\s+ground-floor\s+2\.00\s+both\s+open\s+out/);
  });

  it("prints one JSON document, capacity by the density asked for", () => {
    check(at("scenarios/festival-square/layout.geojson"), "--json", "--density", "1.5");
    const { valid, levels, area_m2, place, problems } = JSON.parse(printed);
    expect(valid).toBe(true);
    expect(problems).toEqual([]);
    expect(levels[0].capacity).toBe(Math.floor(levels[0].area_m2 * 1.5));
    expect(area_m2).toBeGreaterThan(10_000);
    expect(place.unit).toBe("degrees");
    expect(place.at[0]).toBeCloseTo(11.55, 1);
  });

  it("prints what a scenario asks for: people with their numbers and sources, openings with rules", () => {
    const folder = mkdtempSync(join(tmpdir(), "muster-check-"));
    const scenario = (population: string, room: string): string => {
      const file = join(folder, "scenario.yaml");
      writeFileSync(
        file,
        `muster: 1
layout: ${at("scenarios/school-building/layout.geojson")}
duration_s: 300
openings: [{at: main-entrance, greatest_specific_flow: 1.33, boundary_layer_m: 0.15}]
people: [{name: guests, count: 2, start: {in: ${room}}, population: ${population}, pre_movement_s: {preset: imo-night}, journey: [{leave: main-entrance}]}]
`,
      );
      return file;
    };
    check(scenario("imo-women-30-50", "room-101"));
    expect(printed).toMatch(
      /guests\s+2\s+imo-women-30-50\s+0\.95 \(0\.71–1\.19\)\s+0\.59 \(0\.44–0\.74\)\s+0\.65 \(0\.49–0\.81\)/,
    );
    expect(printed).toMatch(/guests sets off: IMO MSC/);
    expect(printed).toMatch(/Main entrance\s+both\s+1\.33\s+2\.261\s+none/);
    expect(printed).toContain("No problems.");
    printed = "";
    check(scenario("wheelchair-manual", "room-001"), "--json");
    const { scenario: summary } = JSON.parse(printed);
    expect(summary.groups[0]).toMatchObject({ population: "wheelchair-manual", stairs_up_m_s: null });
    expect(summary.groups[0].pre_movement_s).toMatchObject({ min: 400, max: 700 });
    expect(() => check(scenario("wheelchair-manual", "room-101"))).toThrow(MusterError);
    try {
      check(scenario("wheelchair-manual", "room-101"));
    } catch (error) {
      expect((error as MusterError).problems[0]!.message).toMatch(
        /without stairs or escalators, which "wheelchair-manual" do not use/,
      ); // thrown above
    }
    rmSync(folder, { recursive: true });
  });

  it("lists repairs and notices", () => {
    const folder = mkdtempSync(join(tmpdir(), "muster-check-"));
    writeFileSync(
      join(folder, "two.wkt"),
      "MULTIPOLYGON (((0 0, 6 0, 6 5, 0 5, 0 0)), ((6.0004 0, 12 0, 12 5, 6.0004 5, 6.0004 0)), ((20 0, 30 0, 30 5, 20 0)))",
    );
    check(join(folder, "two.wkt"));
    rmSync(folder, { recursive: true });
    expect(printed).toContain("1 repair\n  polygon-2 (level 0): 2 corners moved onto polygon-1, by up to 0.000400 m");
    expect(printed).toContain("1 notice\n  The floor falls into 2 parts");
  });

  it("throws all problems, or prints them as JSON and ends with 2", () => {
    const path = at("test/cases/L06-bowtie/input.wkt");
    expect(() => check(path)).toThrow(MusterError);
    check(path, "--json");
    expect(JSON.parse(printed)).toMatchObject({
      valid: false,
      code: "LAYOUT_INVALID",
      problems: [{ place: "polygon-1", at: [5, 4] }],
    });
    expect(process.exitCode).toBe(2);
  });

  it("refuses a density out of range and a file that is not there", () => {
    expect(() => check("x.wkt", "--density", "-1")).toThrow("above 0");
    expect(() => check(at("no-such-layout.wkt"))).toThrow(MusterError);
  });
});
