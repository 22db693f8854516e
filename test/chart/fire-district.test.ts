import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { fireDistrictChart } from "../../engine/chart/fire/district.js";
import { readDistrict } from "../../engine/fire/spread/district/buildings.js";
import { districtMap } from "../../engine/fire/spread/district/map.js";
import { runDistrict } from "../../engine/fire/spread/district/simulate.js";
import { toSvg } from "../../workers/output/render.js";

const house = (id: string, x: number, y: number): object => ({
  type: "Feature",
  id,
  properties: {},
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [x, y],
        [x + 9, y],
        [x + 9, y + 9],
        [x, y + 9],
        [x, y],
      ],
    ],
  },
});
const drawn = (rows: number) => {
  const features = Array.from({ length: 8 * rows }, (_, k) => house(`h${k}`, (k % 8) * 11, Math.floor(k / 8) * 11));
  const town = readDistrict(
    "Town",
    JSON.stringify({ type: "FeatureCollection", muster: { coordinates: "metres", name: "Town" }, features }),
  );
  const options = {
    ignited: [2],
    wind: { speed_m_s: 7, from_deg: 250 },
    horizon_s: 7200,
    seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  };
  return { map: districtMap(town, options, runDistrict(town, options)), town };
};

describe("chart of fire over a district", () => {
  it.each([1, 6])("draws %i rows of houses, says how rough it is and shows early, middle and late", async (rows) => {
    const { town, map } = drawn(rows);
    const { spec } = fireDistrictChart(town, map);
    expect(() => compile(spec as unknown as TopLevelSpec)).not.toThrow();
    const svg = await toSvg(spec);
    const text = [...svg.matchAll(/>([^<>]+)</g)].map((m) => m[1]).join(" ");
    for (const part of [
      "order of magnitude",
      "p10 of the runs",
      "Middle: p50",
      "Late: p90",
      "burns at the start",
      "0 to 15 min",
      "not within the time",
      "factor of 2",
      "wind",
    ])
      expect(text).toContain(part);
    expect(svg).not.toMatch(/NaN|undefined|null/);
    expect(await toSvg(fireDistrictChart(town, drawn(rows).map).spec)).toBe(svg);
    // Every house is in every panel: in one class each.
    const shapes = JSON.stringify(spec).match(/"type":"MultiPolygon","coordinates":(\[\[\[.*?\]\]\]\]|\[\])/g)!;
    const corners = shapes.reduce((sum, shape) => sum + (shape.match(/\[-?[\d.]+,-?[\d.]+\]/g)?.length ?? 0), 0);
    expect(corners).toBe(3 * 8 * rows * 5);
  });
});
