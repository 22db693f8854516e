import { describe, expect, it } from "vitest";
import { polygonsArea } from "../../engine/geometry/polygon.js";
import { readLayout } from "../../engine/layout/read.js";
import { caseFile, layoutInput, neutralCase, scenarioFile } from "../neutral.js";
import { leaks, refusal } from "./sample.js";

const neutral = (folder: string) => neutralCase(`${folder}/input.json`);
const load = (folder: string) => readLayout(layoutInput(neutral(folder)));
const file = (path: string) => ({ name: path.split("/")[1]!, bytes: caseFile(path) });

describe("reported problems of layout import", () => {
  it.each(["L01-dxf-millimetres/input.dxf", "L02-dxf-inches/input.dxf"])("%s: DXF is refused by name, never guessed", (path) => {
    const error = refusal(() => readLayout(file(path)));
    expect(error.code).toBe("INPUT_UNREADABLE");
    expect(error.message).toContain("format not supported");
  });

  it("L03: lon/lat becomes metres, area 2400 m² within 0.5 %", () => {
    const { report, frame } = readLayout(file("L03-lonlat/input.geojson"));
    expect(Math.abs(report.area / 2400 - 1)).toBeLessThan(0.005);
    expect(report.extent[0]).toBeCloseTo(60, 0);
    expect(report.extent[1]).toBeCloseTo(40, 0);
    expect(frame).toMatchObject({ kind: "lonlat" });
  });

  it("L04: swapped axes are refused by the area that the file expects", () => {
    const error = refusal(() => readLayout(file("L04-swapped/input.geojson")));
    expect(error.code).toBe("LAYOUT_INVALID");
    expect(error.problems[0]).toMatchObject({ place: "features[0]", limit: 2400 });
    expect(error.message).toContain("swapped");
  });

  it("L06: names the crossing point", () => {
    const error = refusal(() => readLayout(file("L06-bowtie/input.wkt")));
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatchObject({ level: "0", at: [5, 4] });
    expect(error.message).toContain("(5.00, 4.00)");
  });

  it("L07: a gap of 0.4 mm is closed, listed, and one floor remains", () => {
    const { report } = load("L07-sliver");
    expect(report.parts).toHaveLength(1);
    expect(report.repairs).toHaveLength(1);
    expect(report.repairs[0]!.size).toBeCloseTo(0.0004, 6);
    expect(report.area).toBeCloseTo(60, 2);
  });

  it("L08: 58 m² with two holes, whatever the direction of the rings", () => {
    const given = neutral("L08-orientation");
    for (let mask = 0; mask < 16; mask++) {
      const rings = [...given.layout.levels[0]!.walkable, ...given.layout.levels[0]!.obstacles].map((ring, k) =>
        mask & (1 << k) ? [...ring].reverse() : ring,
      );
      const levels = [{ ...given.layout.levels[0]!, walkable: rings.slice(0, 2), obstacles: rings.slice(2) }];
      const { sheets, report } = readLayout(layoutInput({ ...given, layout: { ...given.layout, levels } }));
      expect(report.area).toBeCloseTo(58, 9);
      expect(sheets[0]!.regions).toHaveLength(1);
      expect(sheets[0]!.regions[0]!.holes).toHaveLength(2);
    }
  });

  it("L10: a door without width is refused by name", () => {
    const error = refusal(() => load("L10-zero-width"));
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]!.place).toContain("D1");
  });

  it("L11: a door of 0.45 m is noted with its clear width", () => {
    const { report, openings, gates } = load("L11-narrow-door");
    expect(openings[0]!.width).toBeCloseTo(0.45, 9);
    expect(report.notices.join()).toContain("opening D1 has a clear width of 0.450 m");
    expect(gates).toMatchObject([{ id: "D1", exit: false }]);
  });

  it("L13: the floor falls into two parts, said so", () => {
    const { report } = load("L13-unreachable");
    expect(report.parts.map(({ area }) => area)).toEqual([80, 48]);
    expect(report.notices.join()).toContain("2 parts");
  });

  it("L16: corners on straight lines are dropped, the hole keeps its area", () => {
    const { report, sheets } = readLayout(file("L16-collinear/input.wkt"));
    expect(report.area).toBe(90);
    expect(sheets[0]!.regions[0]!.outer).toHaveLength(4);
    expect(sheets[0]!.regions[0]!.holes[0]).toHaveLength(4);
    expect(sheets[0]!.walls).toHaveLength(8 * 4);
  });

  it("L17: UTM coordinates give the very same local layout", () => {
    const [origin, utm] = [load("L17-origin"), load("L17-utm")];
    expect(utm.frame).toEqual({ kind: "metres", x: 691500, y: 5336800 });
    expect(utm.sheets).toEqual(origin.sheets);
    expect(utm.units.map(({ polygons }) => polygons)).toEqual(origin.units.map(({ polygons }) => polygons));
  });

  it("L18: storeys above each other are sheets of their own", () => {
    const { sheets, levels } = load("L18-two-floors");
    expect(sheets.map(({ level }) => level)).toEqual(["0", "1"]);
    expect(levels.map(({ elevation }) => elevation)).toEqual([0, 3.2]);
    expect(sheets.map(({ regions }) => polygonsArea(regions))).toEqual([60, 60]);
  });

  it("L19: the layout is sound; its waypoint goes to the scenario's check", () => {
    expect(load("L19-waypoint").report.area).toBe(80);
    expect(scenarioFile(neutral("L19-waypoint")).places).toContainEqual({ name: "W", level: "0", at: [12, 4], radius_m: 0.5 });
  });

  it("S07b: a box turned inside out is refused by the converter", () => {
    expect(() => scenarioFile(neutral("S07b-swapped"))).toThrow("xMin > xMax");
  });

  it.each(["S01-corner", "S02-pressure", "S04-counterflow", "S05-time-step", "S08-finish", "S10-determinism", "L11-narrow-door"])(
    "%s: walls enclose the floor",
    (folder) => {
      const layout = load(folder);
      expect(layout.report.parts).toHaveLength(1);
      expect(leaks(layout)).toEqual([]);
    },
  );
});
