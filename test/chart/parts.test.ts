import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOfDay, timeAxis } from "../../engine/chart/clock.js";
import { meanClasses, peakClasses } from "../../engine/chart/density-classes.js";
import { perMinute } from "../../engine/chart/flow.js";
import { textWidth } from "../../engine/chart/letters.js";
import { coarser } from "../../engine/chart/multiples.js";
import { placeNames } from "../../engine/chart/place-names.js";
import { joinCells, rectanglesFrom } from "../../engine/chart/plan/cells.js";
import { barLength } from "../../engine/chart/plan/furniture.js";
import { insidePoint, placeLabels } from "../../engine/chart/plan/labels.js";
import { planPanels } from "../../engine/chart/plan/panel.js";
import { DENSITY_COLORS, LEVEL_STYLE, MUTED } from "../../engine/chart/style.js";
import { band, fixed, lasting, roughly, shorten, whole } from "../../engine/chart/text.js";
import { festivalLayout, houseLayout, sampleScenario } from "./sample.js";

describe("words and numbers", () => {
  it("shortens from the middle, between words, never beyond the limit", () => {
    expect(shorten("Gate north 1", 20)).toBe("Gate north 1");
    expect(shorten("Main field in front of the stage with platform", 34)).toBe("Main field in front of…platform");
    expect(shorten("a  b\n c", 9)).toBe("a b c");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 3, max: 40 }), (name, max) => {
        expect([...shorten(name, max)].length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it("writes numbers without a locale", () => {
    expect([whole(8060), whole(1234567.4), whole(-1500), whole(0.4), whole(Number.NaN)]).toEqual([
      "8,060",
      "1,234,567",
      "−1,500",
      "0",
      "–",
    ]);
    expect([fixed(1234.5678, 3), fixed(-0.001, 1), fixed(5.6, 1)]).toEqual(["1,234.568", "0.0", "5.6"]);
    expect([lasting(45), lasting(245), lasting(240), lasting(7620), lasting(3599.9)]).toEqual([
      "45 s",
      "4 min 05 s",
      "4 min",
      "2 h 07 min",
      "1 h",
    ]);
    expect([roughly(599), roughly(844), roughly(4000)]).toEqual(["9 min 59 s", "14 min", "1 h 07 min"]);
    expect([
      band({ p5: 1, p50: 2, p95: 3 }, whole),
      band({ p5: 2, p50: 2, p95: 2 }, whole),
      band({ p5: 1, p50: 2, p95: null }, whole),
    ]).toEqual(["2 (P5–P95 1–3)", "2", "2 (P5–P95 1–not reached)"]);
  });

  it("knows the width of letters of the shipped font", () => {
    expect(textWidth("iiii", 10)).toBeLessThan(textWidth("WWWW", 10) / 3);
    expect(textWidth("gate", 10, true)).toBeGreaterThan(textWidth("gate", 10));
    expect(textWidth("", 12)).toBe(0);
  });
});

describe("clock", () => {
  const at = (start: string | null) => ({ start });
  it("begins at the local time that the start names", () => {
    expect(startOfDay(at("2026-07-18T17:00:00+02:00"))).toBe(61200);
    expect(startOfDay(at("2026-07-18T23:59Z"))).toBe(86340);
    expect(startOfDay(at("soon"))).toBeNull();
  });

  it("has few, round ticks inside its span, for any span", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), fc.boolean(), (to_s, clocked) => {
        const axis = timeAxis(at(clocked ? "2026-07-18T17:03:20Z" : null), { from_s: 0, to_s });
        const values = (axis.x("t").axis as { values: number[] }).values;
        expect(values.length).toBeGreaterThanOrEqual(1);
        expect(values.length).toBeLessThanOrEqual(14);
        for (const v of values) {
          expect(v).toBeGreaterThanOrEqual(axis.domain[0] - 1e-3);
          expect(v).toBeLessThanOrEqual(axis.domain[1] + 1e-3);
        }
      }),
    );
  });
});

describe("plan", () => {
  it("covers exactly the cells at or above the limit, each once", () => {
    const grid = fc
      .integer({ min: 1, max: 9 })
      .chain((nx) =>
        fc.tuple(fc.constant(nx), fc.array(fc.constantFrom(0, 1, 2, Number.NaN), { minLength: nx, maxLength: nx * 8 })),
      );
    fc.assert(
      fc.property(grid, ([nx, list]) => {
        const ny = Math.floor(list.length / nx);
        const values = list.slice(0, nx * ny);
        const seen = new Array<number>(nx * ny).fill(0);
        for (const { outer } of rectanglesFrom({ x0: 0, y0: 0, cell_m: 2, nx, ny }, values, 1)) {
          const [[ax, ay], , [bx, by]] = outer as unknown as [[number, number], unknown, [number, number]];
          for (let j = ay / 2; j < by / 2; j++) for (let i = ax / 2; i < bx / 2; i++) seen[j * nx + i]!++;
        }
        expect(seen).toEqual(values.map((v) => (v >= 1 ? 1 : 0)));
      }),
    );
  });

  it("joins cells to their largest value or their mean by area, cells without floor left out", () => {
    const map = { x0: 5, y0: 0, cell_m: 1, nx: 3, ny: 2, area: Float32Array.of(1, 0.5, 1, 0, 1, 1) };
    const values = [2, 4, Number.NaN, Number.NaN, 1, Number.NaN];
    const largest = joinCells(map, values, { by: 2, how: "largest" });
    expect(largest.grid).toEqual({ x0: 5, y0: 0, cell_m: 2, nx: 2, ny: 1 });
    expect([...largest.values]).toEqual([4, Number.NaN]);
    const mean = joinCells(map, values, { by: 2, how: "mean" }).values;
    expect(mean[0]).toBeCloseTo((2 * 1 + 4 * 0.5 + 1 * 1) / 2.5, 6);
    expect(mean[1]).toBeNaN();
  });

  it("draws one scale for all levels, inside 860 × 1,120 px, upper level first", () => {
    for (const layout of [festivalLayout(), houseLayout()]) {
      const { rows } = planPanels(layout, () => true);
      const all = rows.flat();
      expect(new Set(all.map((p) => p.scale)).size).toBe(1);
      for (const p of all) {
        expect(p.width / (p.box.x1 - p.box.x0)).toBeCloseTo(p.scale, 6);
        expect(p.height / (p.box.y1 - p.box.y0)).toBeCloseTo(p.scale, 6);
      }
      for (const row of rows) expect(row.reduce((sum, p) => sum + p.width, 0)).toBeLessThanOrEqual(860);
      expect(rows.reduce((sum, row) => sum + Math.max(...row.map((p) => p.height)), 0)).toBeLessThanOrEqual(1120);
    }
    expect(
      planPanels(houseLayout(), () => true)
        .rows.flat()
        .map((p) => p.level.id),
    ).toEqual(["1", "0"]);
    expect(planPanels(houseLayout(), (l) => l.id === "0").left_out.map((l) => l.id)).toEqual(["1"]);
    expect(planPanels(houseLayout(), () => false).rows.flat()).toHaveLength(2);
  });

  it("has a scale bar of a round length that fits", () => {
    for (const scale of [0.05, 0.7, 6.9, 20, 400]) {
      const length = barLength(scale);
      expect(length === 0.5 || length * scale <= 110).toBe(true);
      expect(["1", "2", "5"]).toContain(String(length).replace(/[0.]/g, ""));
    }
  });

  it("puts names inside, also in an L and around a hole, and apart from each other", () => {
    const ell = {
      outer: [
        [0, 0],
        [10, 0],
        [10, 2],
        [2, 2],
        [2, 10],
        [0, 10],
      ] as [number, number][],
      holes: [],
    };
    const [x, y] = insidePoint(ell);
    expect(x > 0 && y > 0 && ((x < 10 && y < 2) || (x < 2 && y < 10))).toBe(true);
    const ring = {
      outer: [
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
      ] as [number, number][],
      holes: [
        [
          [1, 1],
          [1, 9],
          [9, 9],
          [9, 1],
        ] as [number, number][],
      ],
    };
    const [u, v] = insidePoint(ring);
    expect(u < 1 || u > 9 || v < 1 || v > 9).toBe(true);
    const panel = planPanels(festivalLayout(), () => true).rows[0]![0]!;
    const same = Array.from({ length: 9 }, (_, i) => ({ x: 60, y: 40, text: `name ${i}`, must: i < 2 }));
    const { labels, dropped } = placeLabels(panel, same, { size: 11, max: 20 });
    expect(labels).toHaveLength(3);
    expect(dropped).toBe(6);
    expect(new Set(labels.map((l) => l.y)).size).toBe(3);
  });
});

describe("place names", () => {
  it("turn ids into names, keep what the layout does not know, and tell equal names apart", () => {
    const layout = festivalLayout();
    const named = placeNames(layout);
    expect([named("gate-C-apron"), named("gate-C apron"), named("gate-A"), named("site"), named("square")]).toEqual([
      "gate-C apron",
      "gate-C apron",
      "gate-A",
      "site",
      "Square",
    ]);
    const twins = placeNames({ ...layout, sections: layout.sections.map((s) => ({ ...s, name: "Field" })) });
    expect(twins("food-east")).toBe("Field (food-east)");
  });
});

describe("series and classes", () => {
  it("keeps totals when bins are joined", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 90 }), (counts, wanted) => {
        const { bin_s, values } = perMinute(counts, 10, wanted);
        const people = values.reduce((sum, v, i) => sum + (v / 60) * Math.min(bin_s, counts.length * 10 - i * bin_s), 0);
        expect(people).toBeCloseTo(
          counts.reduce((a, b) => a + b, 0),
          6,
        );
        const joined = coarser({ bin_s: 1, mean: counts, max: counts }, wanted);
        expect(joined.mean.length).toBeLessThanOrEqual(Math.max(wanted, 1));
        expect(Math.max(...joined.max)).toBe(Math.max(...counts));
      }),
    );
  });

  it("follows the scenario's limits", () => {
    expect(peakClasses(sampleScenario()).map((c) => c.from)).toEqual([0.2, 0.5, 1, 2, 3, 4, 5]);
    const own = sampleScenario()
      .warnings.slice(0, 1)
      .map((r) => ({ ...r, levels: { yellow: 3.5, red: 6 } }));
    expect(peakClasses(sampleScenario({ warnings: own })).map((c) => c.label)).toEqual([
      "0.35–0.88",
      "0.88–1.75",
      "1.75–3.5",
      "3.5–6 yellow",
      "≥ 6 red",
    ]);
    expect(peakClasses(sampleScenario({ warnings: [] })).at(-1)!.label).toBe("≥ 5");
    for (const largest of [0, 0.004, 0.3, 1.7, 9]) expect(meanClasses(largest)).toHaveLength(7);
    expect(meanClasses(9).at(-1)!.from).toBe(7);
  });
});

describe("colours", () => {
  const channel = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((i) => channel(Number.parseInt(hex.slice(i, i + 2), 16) / 255)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number =>
    (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

  it("keep text readable (WCAG 2: 4.5)", () => {
    for (const style of Object.values(LEVEL_STYLE)) {
      expect(contrast(style.text, style.fill), style.word).toBeGreaterThanOrEqual(4.5);
      expect(contrast(style.text, style.map), `${style.word} on maps`).toBeGreaterThanOrEqual(style.word === "BLUE" ? 1 : 4.5);
    }
    expect(contrast(MUTED, "#ffffff")).toBeGreaterThanOrEqual(4.5);
  });

  it("of density get darker from class to class, so they read in grey and by colour-blind eyes", () => {
    for (let i = 1; i < DENSITY_COLORS.length; i++)
      expect(contrast(DENSITY_COLORS[i - 1]!, DENSITY_COLORS[i]!)).toBeGreaterThan(1.15);
    const light = DENSITY_COLORS.map(luminance);
    expect([...light].sort((a, b) => b - a)).toEqual(light);
  });
});
