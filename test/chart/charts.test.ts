import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { CHART_NAMES, type ChartInput, charts } from "../../engine/chart/charts.js";
import type { EnsembleReport } from "../../engine/warn/report.js";
import { toSvg } from "../../workers/output/render.js";
import { festivalLayout, houseLayout, houseReport, sampleReport, sampleScenario } from "./sample.js";

const festival = (changes: Partial<EnsembleReport> = {}): ChartInput => ({
  layout: festivalLayout(),
  scenario: sampleScenario(),
  report: { ...sampleReport(), ...changes },
});
const house = (): ChartInput => ({
  layout: houseLayout(),
  scenario: sampleScenario({ start: null, duration_s: 240, warnings: [], hand_calculation: null }),
  report: houseReport(),
});
const svgOf = async (input: ChartInput, name: string): Promise<string> => toSvg(charts(input).find((c) => c.name === name)!.spec);

/** All texts of a picture, without markup. */
const texts = (svg: string): string => [...svg.matchAll(/>([^<>]+)</g)].map((m) => m[1]).join(" | ");

describe("every chart", { timeout: 60_000 }, () => {
  const inputs: [string, () => ChartInput][] = [
    ["festival", () => festival()],
    [
      "one run, calm",
      () => ({
        layout: festivalLayout(),
        scenario: sampleScenario({ start: null }),
        report: sampleReport({ runs: 1, calm: true }),
      }),
    ],
    ["house of two floors", house],
    [
      "no run at all",
      () =>
        festival({
          runs: [],
          maps: [],
          curve: [],
          sections: [],
          lines: [],
          queues: [],
          warnings: [],
          risk: [],
          clearing: { t50_s: none, t95_s: none, t100_s: none },
        }),
    ],
  ];
  const none = { p5: null, p50: null, p95: null };
  it.each(inputs)("is plain JSON without hints of vega-lite, times or foreign data: %s", (_, make) => {
    for (const { name, spec } of charts(make())) {
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
      expect(JSON.stringify(spec)).not.toMatch(/"url"|temporal|NaN|undefined/);
      const said: unknown[] = [];
      const note = (...message: readonly unknown[]) => {
        said.push(message);
        return logger;
      };
      const logger = { level: () => logger, info: () => logger, debug: () => logger, warn: note, error: note };
      // Plain JSON and a logger of just the methods that vega-lite calls.
      compile(spec as unknown as TopLevelSpec, { logger: logger as never });
      expect(said, name).toEqual([]);
    }
  });

  it.each(inputs)("draws to the same bytes again, at most 900 px wide, with title and description: %s", async (_, make) => {
    const list = charts(make());
    expect(list.map((c) => c.name)).toEqual([...CHART_NAMES]);
    for (const { name, title, spec } of list) {
      const svg = await toSvg(spec);
      expect(await toSvg(JSON.parse(JSON.stringify(spec)))).toBe(svg);
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
      expect(Number(width), `width of ${name}`).toBeLessThanOrEqual(900);
      expect(Number(height), `height of ${name}`).toBeGreaterThan(100);
      expect(svg).toContain(`<title>${title}</title>`);
      expect(svg).toMatch(/<desc>[^<]{10,}<\/desc>/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("is drawn alike while others are drawn", async () => {
    const list = charts(festival());
    const together = await Promise.all(list.map((c) => toSvg(c.spec)));
    for (const [i, c] of list.entries()) expect(await toSvg(c.spec)).toBe(together[i]);
  });

  it("does not depend on time zone or locale of the machine", async () => {
    const script = fileURLToPath(new URL("hash.ts", import.meta.url));
    const run = async (env: Record<string, string>): Promise<string> =>
      (await promisify(execFile)(process.execPath, ["--import", "tsx", script], { env: { ...process.env, ...env } })).stdout;
    const [one, other] = await Promise.all([run({ TZ: "UTC", LANG: "C" }), run({ TZ: "Pacific/Auckland", LANG: "de_DE.UTF-8" })]);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(other).toBe(one);
  });

  it("cannot be broken by names", async () => {
    const bad = `<script>alert("1")</script> & 'quoted' \\ ${"long ".repeat(40)}`;
    const layout = festivalLayout();
    const report = sampleReport();
    const input: ChartInput = {
      layout: {
        ...layout,
        attribution: bad,
        sections: layout.sections.map((s) => ({ ...s, name: bad })),
        openings: layout.openings.map((o) => ({ ...o, name: bad })),
      },
      scenario: sampleScenario(),
      report: {
        ...report,
        warnings: report.warnings.map((w) => ({ ...w, place: bad })),
        sections: report.sections.map((s) => ({ ...s, place: bad })),
        queues: report.queues.map((q) => ({ ...q, place: bad })),
        lines: report.lines.map((l) => ({ ...l, place: bad })),
      },
    };
    for (const { name, spec } of charts(input)) {
      const svg = await toSvg(spec);
      expect(svg, name).not.toContain("<script");
      if (!name.startsWith("risk") && name !== "clearing") expect(svg, name).toContain("&lt;script");
      expect(Number(/viewBox="0 0 ([\d.]+)/.exec(svg)![1]), name).toBeLessThanOrEqual(1000);
    }
  });
});

describe("maps", { timeout: 30_000 }, () => {
  it("name unit, classes with levels, places, scale, north and the licence of the plan", async () => {
    const said = texts(await svgOf(festival(), "density-peak"));
    for (const text of [
      "persons/m²",
      "2–3 blue",
      "≥ 5 red",
      "front-of-stage",
      "gate-A",
      "10 m",
      "exit",
      "wall",
      "© OpenStreetMap contributors",
      "at 21:12",
    ])
      expect(said).toContain(text);
    expect(said).toMatch(/\| N \|/);
  });

  it("carry no level names when the density rules differ, and no north when it is unknown", async () => {
    const scenario = sampleScenario();
    const rules = scenario.warnings.map((r, i) => (i === 0 ? { ...r, levels: { red: 9 } } : r));
    const said = texts(await svgOf({ ...house(), scenario: { ...scenario, warnings: rules } }, "density-peak"));
    expect(said).toContain("≥ 5");
    expect(said).not.toContain("5 red");
    expect(said).toMatch(/\| y \|/);
    expect(said).not.toMatch(/\| N \|/);
  });

  it("show one panel per level, stairs on both, and name levels without people", async () => {
    const two = texts(await svgOf(house(), "density-peak"));
    expect(two).toContain("Ground floor");
    expect(two).toContain("First floor");
    // Each name is drawn twice: its white rim, then the letters.
    expect(two.match(/Stairs 1/g)).toHaveLength(4);
    const input = house();
    const alone = texts(
      await svgOf(
        { ...input, report: { ...input.report, maps: input.report.maps.filter((m) => m.level === "0") } },
        "density-peak",
      ),
    );
    expect(alone).toContain("Nobody was on: First floor.");
  });

  it("draw every level in its own box: shapes and names share one frame", () => {
    const input = house();
    const half = [
      [0, 0],
      [15, 0],
      [15, 18],
      [0, 18],
    ] as [number, number][];
    const layout = {
      ...input.layout,
      sheets: input.layout.sheets.map((s) =>
        s.id === "1" ? { ...s, regions: [{ outer: half, holes: [] }], walls: new Float64Array(0) } : s,
      ),
      connections: [],
      lifts: [],
    };
    const spec = charts({ ...input, layout }).find((c) => c.name === "density-peak")!.spec;
    const panels = (spec.vconcat as unknown as { hconcat?: Panel[] }[]).flatMap((row) => row.hconcat ?? []);
    type Panel = {
      width: number;
      height: number;
      layer: {
        mark: { clip?: boolean };
        projection?: { translate: number[]; scale: number };
        data: { values: { geometry?: { coordinates: unknown } }[] };
      }[];
    };
    expect(panels).toHaveLength(2);
    expect(panels[0]!.width).toBeLessThan(panels[1]!.width);
    for (const { width, height, layer } of panels)
      for (const { projection, data } of layer.filter((l) => l.projection !== undefined && l.mark.clip !== true)) {
        expect(projection!.translate).toEqual([0, 0]);
        const numbers = data.values.flatMap((v) => [v.geometry?.coordinates].flat(9) as number[]);
        numbers.forEach((n, i) => {
          const px = n * projection!.scale * (i % 2 === 0 ? 1 : -1);
          expect(px).toBeGreaterThanOrEqual(-5);
          expect(px).toBeLessThanOrEqual((i % 2 === 0 ? width : height) + 5);
        });
      }
  });

  it("say risk by letter and figures, not by colour alone", async () => {
    const said = texts(await svgOf(festival(), "risk-map"));
    for (const text of ["B low", "R major", "R 5×4", "O 4×4", "front-of-stage: R 5×5", "4 runs give a rough likelihood only"])
      expect(said).toContain(text);
    expect(said).not.toContain("B 1×1");
  });

  it("say in words that there is nothing", async () => {
    expect(texts(await svgOf(festival({ risk: [] }), "risk-map"))).toContain("No area came near the density limit in any run.");
    const empty = sampleReport().maps.map((m) => ({
      ...m,
      peak: new Float32Array(m.peak.length),
      mean: new Float32Array(m.mean.length),
    }));
    expect(texts(await svgOf(festival({ maps: empty }), "density-mean"))).toContain("Nobody was on the floor.");
  });
});

describe("curves", { timeout: 30_000 }, () => {
  it("have clock times with a start and minutes or seconds without", async () => {
    expect(texts(await svgOf(festival(), "clearing"))).toMatch(/clock time \(h:min\).*17:00|17:00.*clock time/);
    expect(texts(await svgOf({ ...festival(), scenario: sampleScenario({ start: null }) }, "clearing"))).toContain(
      "time since start (min)",
    );
    expect(texts(await svgOf(house(), "occupancy"))).toContain("time since start (s)");
  });

  it("show sections with bands by word and limit", async () => {
    const said = texts(await svgOf(festival(), "occupancy"));
    for (const text of ["people", "RED ≥ 5/m²", "BLUE ≥ 2/m²", "RED ≥ 100 %", "most 2,218 (2,151–2,284)", "5.6/m² at 19:12"])
      expect(said).toContain(text);
  });

  it("show flows per minute with capacity and its guide, and the way back", async () => {
    const said = texts(await svgOf(festival(), "flow"));
    for (const text of [
      "people/min",
      "capacity 328/min = 4.0 m × 82/m/min",
      "Rates of the hand calculation: Green Guide.",
      "79 % of capacity",
      "back (dashed)",
    ])
      expect(said).toContain(text);
  });

  it("show who is out when, with the spread only where there is one", async () => {
    const said = texts(await svgOf(festival(), "clearing"));
    for (const text of ["left, % of all people", "50 % out 20:14", "all out 20:50", "5th to 95th percentile"])
      expect(said).toContain(text);
    const one = { ...festival(), report: sampleReport({ runs: 1 }) };
    expect(texts(await svgOf(one, "clearing"))).not.toContain("percentile");
  });

  it("end where shares were not reached, and say so", async () => {
    const report = sampleReport();
    const curve = report.curve.map((p) => (p.share > 0.8 ? { ...p, time_s: { p5: p.time_s.p5, p50: null, p95: null } } : p));
    const runs = report.runs.map((r, i) => (i < 3 ? { ...r, status: "time-limit" as const, inside: 1600 } : r));
    const said = texts(
      await svgOf(
        festival({
          curve,
          runs,
          clearing: {
            ...report.clearing,
            t95_s: { p5: 13500, p50: null, p95: null },
            t100_s: { p5: null, p50: null, p95: null },
          },
        }),
        "clearing",
      ),
    );
    expect(said).toContain("In 3 of 4 runs not everybody had left at the end.");
    expect(said).not.toContain("95 % out");
    expect(
      texts(
        await svgOf(festival({ curve: curve.map((p) => ({ ...p, time_s: { p5: null, p50: null, p95: null } })) }), "clearing"),
      ),
    ).toContain("Nobody left the layout");
  });

  it("show warnings worst first by word, with figures and runs", async () => {
    const said = texts(await svgOf(festival(), "warnings"));
    expect(said.indexOf("RED")).toBeLessThan(said.indexOf("ORANGE"));
    expect(said.indexOf("YELLOW")).toBeLessThan(said.indexOf("BLUE"));
    expect(said).toContain("front-of-stage – density, peak 5.6 persons/m² (P95 5.9), 19:02–19:21, in 4 of 4 runs");
    expect(said).toContain("peak 74 % of capacity");
    expect(said).toContain("►");
    expect(texts(await svgOf(festival({ warnings: [] }), "warnings"))).toContain("No warnings in any of 4 runs.");
    expect(texts(await svgOf(festival({ warnings: [], runs: [] }), "warnings"))).toContain("No run came to its end");
  });

  it("show queues with waiting times in words", async () => {
    const said = texts(await svgOf(festival(), "queues"));
    for (const text of ["people waiting", "waiting time (min)", "ORANGE ≥ 600", "95 % within 14 min", "12 servers"])
      expect(said).toContain(text);
    expect(texts(await svgOf(festival({ queues: [] }), "queues"))).toContain("The scenario has no queue.");
  });
});
