import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import type { ChartInput } from "../../engine/chart/charts.js";
import { fireCharts } from "../../engine/chart/fire/charts.js";
import { finerMap } from "../../engine/chart/fire/rooms.js";
import type { EnsembleFire } from "../../engine/warn/fire/report.js";
import { toSvg } from "../../workers/output/render.js";
import { houseReport } from "./sample.js";
import { fireHouse, sampleFire } from "./sample-fire.js";

/** All texts of a specification, in order; wrapped lines joined. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}
const said = (input: ChartInput, name: string): string => strings(fireCharts(input).find((c) => c.name === name)!.spec).join(" ");
const one = { p5: 0, p50: 0, p95: 0 };
const nothing: Partial<EnsembleFire> = {
  places: [],
  maps: [],
  fallen: [],
  exposed: [{ limit: 0.1, asphyxiants: one, heat: one, irritants: one, any: one }],
  hrr: { bin_s: 1, kW: [] },
};

describe("charts of fire", { timeout: 30_000 }, () => {
  it("none without fire", () => {
    const input = fireHouse();
    expect(fireCharts({ ...input, report: houseReport() })).toEqual([]);
  });

  it.each([
    ["a zone fire", fireHouse()],
    ["a fire that reaches nobody", fireHouse(nothing)],
  ])(
    "are plain JSON that draws without a hint of vega-lite, at most 900 px wide, with title and description: %s",
    async (_, input) => {
      for (const { name, title, spec } of fireCharts(input)) {
        expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
        expect(JSON.stringify(spec)).not.toMatch(/"url"|temporal|NaN|undefined|Infinity/);
        const hints: unknown[] = [];
        const note = (...message: readonly unknown[]) => {
          hints.push(message);
          return logger;
        };
        const logger = { level: () => logger, info: () => logger, debug: () => logger, warn: note, error: note };
        compile(spec as unknown as TopLevelSpec, { logger: logger as never }); // plain JSON, and the methods that vega-lite calls
        expect(hints, name).toEqual([]);
        const svg = await toSvg(spec);
        expect(Number(/viewBox="0 0 ([\d.]+)/.exec(svg)![1]), `width of ${name}`).toBeLessThanOrEqual(900);
        expect(svg).toContain(`<title>${title}</title>`);
        expect(svg).toMatch(/<desc>[^<]{10,}<\/desc>/);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }
    },
  );

  it("say units, limits, when and by what a place became untenable, and the model's published uncertainty", () => {
    const layers = said(fireHouse(), "fire-layers");
    for (const text of [
      "Hall",
      "limit 2.0 m",
      "untenable at +64 s by visibility",
      "tenable to the end",
      "becomes untenable",
      "measurement expected, 90 %",
    ])
      expect(layers).toContain(text);
    expect(layers).toMatch(/0\.95 times the measured \(standard deviation 19 %/);
    expect(said(fireHouse(), "fire-temperatures")).toMatch(/1\.02 times the measured \(standard deviation 35 %, 215 points\)/);
    expect(said(fireHouse(), "fire-toxic-gases")).toMatch(/CO at most 1,7\d\d ppm, HCN 13\d ppm/);
    expect(said(fireHouse(), "fire-gases")).toMatch(/O₂ at least 13\.8 %, CO₂ at most 5\.9 %/);
    expect(said(fireHouse({ source: "FDS hall.smv" }), "fire-temperatures")).toMatch(
      /1\.03 times the measured \(standard deviation 11 %, 307 points\)/,
    );
    const given = said(fireHouse({ source: "given air" }), "fire-temperatures");
    expect(given).toContain("No uncertainty is known of given air.");
    expect(given).not.toContain("measurement expected");
    const open = sampleFire().places.map((place) => ({ ...place, kind: "open" as const }));
    expect(said(fireHouse({ places: open }), "fire-temperatures")).toContain(
      "in the open, as they are calculated here, no uncertainty is published",
    );
  });

  it("the band is where a measurement is expected: depth / 0.95, 1.645 times 19 % to both sides", () => {
    const chart = fireCharts(fireHouse()).find(({ name }) => name === "fire-layers")!;
    const panels = JSON.parse(JSON.stringify(chart.spec)).vconcat as {
      hconcat?: { layer: { data: { values: { t: number; low?: number; high?: number; v?: number }[] } }[] }[];
    }[];
    const [band, , line] = panels[1]!.hconcat![0]!.layer.map(({ data }) => data.values);
    const last = band!.at(-1)!;
    const depth = (3 - line!.at(-1)!.v!) / 0.95;
    expect(last.high).toBeCloseTo(3 - depth * (1 - 1.6448536 * 0.19), 3);
    expect(last.low).toBeCloseTo(3 - depth * (1 + 1.6448536 * 0.19), 3);
  });

  it("maps carry classes with units, and say what is not known", () => {
    const visibility = said(fireHouse(), "fire-visibility-map");
    for (const text of ["visibility (m)", "below 1", "20–30", "Main door", "5 m", "First floor"])
      expect(visibility).toContain(text);
    const dose = said(fireHouse({ unknown: ["hydrogenCyanide"] }), "fire-fed-map");
    for (const text of ["FED", "0.3–1", "Not known of the air, so that its part of the dose is missing: hydrogenCyanide"])
      expect(dose).toContain(text);
    expect(said(fireHouse(), "fire-untenable-map")).toContain("within 1 min");
  });

  it("a map paints a cell in the class of its value", () => {
    const input = fireHouse({
      maps: [
        {
          ...sampleFire().maps[0]!,
          nx: 3,
          ny: 1,
          visibility_m: Float32Array.of(30, 9.9, 0.5),
          fed: Float32Array.of(0, 0.3, 2),
          untenable_s: Float32Array.of(Infinity, 100, 20),
        },
      ],
    });
    const classes = (name: string): Record<string, number> => {
      const text = JSON.stringify(fireCharts(input).find((c) => c.name === name)!.spec);
      const found: Record<string, number> = {};
      for (const [, label, rings] of text.matchAll(
        /"properties":\{"class":"([^"]+)"\},"geometry":\{"type":"MultiPolygon","coordinates":(\[.*?\])\}/g,
      ))
        found[label!] = (JSON.parse(rings!) as number[][][][]).reduce((sum, [ring]) => sum + (ring![1]![0]! - ring![0]![0]!), 0);
      return found;
    };
    // Each class covers its own cells and those that are worse.
    expect(classes("fire-visibility-map")).toEqual({ "20–30": 2, "10–20": 2, "5–10": 2, "3–5": 1, "1–3": 1, "below 1": 1 });
    expect(classes("fire-fed-map")).toMatchObject({ "0.1–0.3": 2, "0.3–1": 2, "1–3": 1, "3–10": 0 });
    expect(classes("fire-untenable-map")).toEqual({
      "later than 3 min": 2,
      "2 min–3 min": 2,
      "1 min 30 s–2 min": 2,
      "1 min–1 min 30 s": 1,
      "30 s–1 min": 1,
      "within 30 s": 1,
    });
  });

  it("a square across a wall is drawn with the value of each room on its side", () => {
    // Squares of 2 m; a wall at x = 3 m: the middle of the second square (x = 3) lies in the eastern room, that of the first in the western.
    const map = { ...sampleFire().maps[0]!, x0: 0, y0: 0, cell_m: 2, nx: 3, ny: 1 };
    const { grid, values } = finerMap(map, Float32Array.of(5, 1, Number.NaN), 4, (x) => (x < 3 ? 0 : x < 5 ? 1 : -1));
    expect(grid).toEqual({ x0: 0, y0: 0, cell_m: 0.5, nx: 12, ny: 4 });
    expect([...values.slice(0, 12)]).toEqual([5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1]);
  });

  it("empty charts say why", () => {
    const input = fireHouse(nothing);
    expect(said(input, "fire-exposed")).toContain("Nobody took a dose that counts.");
    expect(said(input, "fire-layers")).toContain("No place has a smoke layer");
    expect(said(input, "fire-visibility-map")).toContain("Visibility was 30 m and more everywhere.");
    expect(said(input, "fire-hrr")).toContain("Nothing burns here.");
  });
});
