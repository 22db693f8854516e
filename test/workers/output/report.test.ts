import { describe, expect, it } from "vitest";
import { charts } from "../../../engine/chart/charts.js";
import type { EnsembleReport } from "../../../engine/warn/report.js";
import { toSvg } from "../../../workers/output/render.js";
import { type ReportInput, reportHtml } from "../../../workers/output/report.js";
import { distributionText } from "../../../workers/output/report-method.js";
import { festivalLayout, houseLayout, houseReport, sampleReport, sampleScenario } from "../../chart/sample.js";

const input = (changes: Partial<EnsembleReport> = {}): ReportInput => ({
  layout: festivalLayout(),
  scenario: sampleScenario(),
  report: { ...sampleReport(), ...changes },
  charts: [],
  notes: [],
});

async function drawn(given: ReportInput): Promise<ReportInput> {
  const list = charts(given);
  return { ...given, charts: await Promise.all(list.map(async (c) => ({ ...c, svg: await toSvg(c.spec) }))) };
}

/** Text without markup. */
const plain = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&amp;/g, "&")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");

describe("reportHtml", { timeout: 30_000 }, () => {
  it("is one file without requests or scripts, below 5 MB, the same again", async () => {
    const given = await drawn(input());
    const page = reportHtml(given);
    expect(page.length).toBeLessThan(5e6);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|javascript:/i);
    const foreign = [...page.matchAll(/(?:src|href)="([^"]+)"|url\(([^)]+)\)/g)]
      .map((m) => m[1] ?? m[2]!)
      .filter((target) => !target.startsWith("#"));
    expect(foreign).toEqual([]);
    expect(page).toContain("Content-Security-Policy");
    expect(reportHtml(await drawn(input()))).toBe(page);
  });

  it("has an outline, headed tables, titled pictures and unique ids", async () => {
    const page = reportHtml(
      await drawn({ ...input(), layout: houseLayout(), report: { ...houseReport(), warnings: sampleReport().warnings } }),
    );
    const levels = [...page.matchAll(/<h([1-6])/g)].map((m) => Number(m[1]));
    expect(levels[0]).toBe(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    for (const [table] of page.matchAll(/<table>[\s\S]*?<\/table>/g)) {
      expect(table).toContain("<caption>");
      expect(table).toContain('<th scope="col"');
      const columns = table.match(/<th scope="col"/g)!.length;
      for (const [row] of table.slice(table.indexOf("<tbody>")).matchAll(/<tr>[\s\S]*?<\/tr>/g))
        expect(row.match(/<t[hd]/g)).toHaveLength(columns);
    }
    const pictures = page.match(/<svg [^>]*>/g)!;
    expect(pictures.length).toBeGreaterThanOrEqual(7);
    for (const svg of pictures) expect(svg).toMatch(/role="img"/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, refs] of page.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const ref of refs!.split(" ")) expect(ids).toContain(ref);
  });

  it("says first what to act on, worst first, with cause and advice", () => {
    const text = plain(reportHtml(input()));
    const order = [
      "What to act on",
      "RED front-of-stage",
      "ORANGE gate-C",
      "YELLOW Main field in front of the stage",
      "BLUE food-east",
      "Who is out when",
      "Hand calculation beside the simulation",
      "Assumptions and method",
      "What this report cannot tell",
    ];
    const places = order.map((part) => text.lastIndexOf(part));
    expect(places.every((p) => p > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const part of [
      "19:02–19:21",
      "peak 5.6 persons/m² (P95 5.9), limit 5.0 persons/m²",
      "4 of 4 runs",
      "Why: inflow from food-east meets the crowd",
      "What to do: open relief-gate",
      "from 19:30 to the end",
    ])
      expect(text).toContain(part);
  });

  it("tells times, sums with guides, differences and reasons", () => {
    const text = plain(reportHtml(input()));
    for (const part of [
      "20:50",
      "P5–P95 20:48 to 20:53",
      "(16 m − 6 m − 6 m) × 82 /m/min × 8 min",
      "Green Guide 6th ed.",
      "+486 %",
      "70 % of the people use gate-A only",
      "nobody stuck",
      "© OpenStreetMap contributors",
      "two corners 0.4 mm apart",
      "kiosk-7 has no level",
    ])
      expect(text).toContain(part);
  });

  it("follows RiMEA's and IMO's order and names version, seeds and jams", () => {
    const text = plain(reportHtml(input()));
    const parts = [
      "1 Assumptions",
      "2 Variables",
      "3 Functional links",
      "4 Update order",
      "5 Stairs, doors",
      "6 Version and seeds",
      "7 Details",
      "8 Total time and its distribution",
      "9 Jam areas",
    ].map((p) => text.indexOf(p));
    expect(parts.every((p, i) => p > (parts[i - 1] ?? 0))).toBe(true);
    expect(text).toMatch(/Muster \d+\.\d+\.\d+\. Seeds 1–4/);
    expect(text).toContain("normal, mean 1.34 m/s, sd 0.26, cut to 0.5–2.2");
    expect(text).toContain(
      "queue at gate-A or gate-B or gate-C (12 servers each, service lognormal, mean 9 s, sd 4, cut to 2–60), then walk to front-of-stage",
    );
    expect(text).toContain("At 21:35: gate-B closes.");
    expect(text).toMatch(/more than 4 persons\/m² for more than 10 % of the total time.*Floor jammed, m².*Ground/);
  });

  it("makes every name harmless", async () => {
    const bad = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>&`;
    const given = input();
    const report: EnsembleReport = {
      ...given.report,
      warnings: given.report.warnings.map((w) => ({ ...w, place: bad, cause: bad, advice: bad, source: bad, unit: bad })),
      sections: given.report.sections.map((s) => ({ ...s, place: bad, level: bad })),
      lines: given.report.lines.map((l) => ({ ...l, place: bad })),
      queues: given.report.queues.map((q) => ({ ...q, place: bad })),
      hand: given.report.hand.map((h) => ({ ...h, quantity: bad, guide: bad, working: bad, why: bad, unit: bad })),
      failed: [{ seed: 9, code: bad, message: bad }],
    };
    const layout = {
      ...given.layout,
      name: bad,
      attribution: bad,
      sections: given.layout.sections.map((s) => ({ ...s, name: bad })),
      openings: given.layout.openings.map((o) => ({ ...o, name: bad })),
      report: {
        ...given.layout.report,
        notices: [bad],
        repairs: given.layout.report.repairs.map((r) => ({ ...r, place: bad, what: bad })),
      },
    };
    const scenario = sampleScenario({ name: bad, people: sampleScenario().people.map((g) => ({ ...g, name: bad })) });
    const page = reportHtml({ ...(await drawn({ ...given, layout, report, scenario })), notes: [bad] });
    expect(page).not.toMatch(/<script|<img/i);
    expect(page).not.toMatch(/<[^>]*\sonerror=(?![^<]*&)/);
    expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(20);
  });

  it("tells of failed runs and names the stuck", () => {
    const given = input({ failed: [{ seed: 3, code: "WORKER_DIED", message: "out of memory" }] });
    const stuck = { id: 812, group: "visitors", level: "0", x: 12.34, y: 5, since_s: 600, wants: "gate-A" };
    const runs = given.report.runs.map((r, i) => ({ ...r, stuck: i === 0 ? 1 : 0, inside: i === 0 ? 1 : 0 }));
    const base = {
      status: "time-limit" as const,
      simulated_s: 1,
      steps: 1,
      asked: 1,
      waiting: 0,
      inside: 1,
      left: 0,
      agentSteps: 1,
      minCoreGap_m: 0,
      wallCrossings: 0 as const,
      wallLimited: 0,
      unfinished: 1,
      redirects: [],
      lifts: [],
    };
    const named = plain(
      reportHtml({ ...given, report: { ...given.report, runs }, runs: [{ seed: 1, result: { ...base, stuck: [stuck] } }] }),
    );
    for (const part of [
      "1 of 5 runs failed",
      "WORKER_DIED",
      "out of memory",
      "1 stuck over all runs",
      "person 812",
      "Ground",
      "12.3, 5.0",
      "17:10",
      "gate-A",
    ])
      expect(named).toContain(part);
    expect(plain(reportHtml({ ...given, report: { ...given.report, runs } }))).toContain("1 stuck over all runs (seed 1: 1)");
  });

  it("stays a report without runs, warnings, pictures or places", () => {
    const none = { p5: null, p50: null, p95: null };
    const empty = plain(
      reportHtml(
        input({
          runs: [],
          failed: [{ seed: 1, code: "RUN_TIMEOUT", message: "took too long" }],
          warnings: [],
          sections: [],
          lines: [],
          queues: [],
          hand: [],
          risk: [],
          maps: [],
          curve: [],
          clearing: { t50_s: none, t95_s: none, t100_s: none },
        }),
      ),
    );
    for (const part of [
      "No run came to its end",
      "RUN_TIMEOUT",
      "No section is measured.",
      "The scenario has no queue.",
      "This report was made without pictures.",
    ])
      expect(empty).toContain(part);
    const calm = plain(
      reportHtml({ ...input(), scenario: sampleScenario({ start: null }), report: sampleReport({ runs: 1, calm: true }) }),
    );
    for (const part of ["No warnings in this run.", "after 3 h 50 min", "One run has no distribution", "Warnings none"])
      expect(calm).toContain(part);
    expect(calm).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it("says distributions in words", () => {
    expect(distributionText({ constant: 1.3 }, "m/s")).toBe("1.3 m/s");
    expect(distributionText({ uniform: [5, 15] }, "min")).toBe("even between 5 and 15 min");
    expect(distributionText({ weibull: { scale: 2, shape: 3, min: 0, max: 9 } }, "s")).toBe(
      "Weibull, scale 2 s, shape 3, cut to 0–9",
    );
    expect(distributionText({ gamma: { shape: 2, scale: 3, min: 0, max: 9 } }, "s")).toBe(
      "gamma, shape 2, scale 3 s, cut to 0–9",
    );
  });
});
