import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import { readScenario } from "../../engine/scenario/read.js";
import { fluidQueue } from "../../engine/warn/hand/arrivals.js";
import type { HandInput } from "../../engine/warn/hand/row.js";
import { handRows } from "../../engine/warn/hand/rows.js";
import type { Band } from "../../engine/warn/report.js";

const at = (value: number | null): Band => ({ p5: value, p50: value, p95: value });

/** A square of 100 m × 50 m with exits of 4, 6 and 10 m, and a section of 40 m × 50 m. */
function site(hand: object | null, more: object = {}): Pick<HandInput, "layout" | "scenario"> {
  const ring = (x0: number, y0: number, x1: number, y1: number) => [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
      [x0, y0],
    ],
  ];
  const feature = (id: string, feature_type: string, geometry: object | null, properties: object) => ({
    type: "Feature",
    id,
    feature_type,
    geometry,
    properties,
  });
  const exit = (id: string, from: number, width: number) =>
    feature(
      id,
      "opening",
      {
        type: "LineString",
        coordinates: [
          [from, 0],
          [from + width, 0],
        ],
      },
      { level_id: "0", category: "pedestrian", name: id },
    );
  const file = {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "square" },
    features: [
      feature("0", "level", null, { ordinal: 0, outdoor: true }),
      feature("square", "unit", { type: "Polygon", coordinates: ring(0, 0, 100, 50) }, { level_id: "0", category: "walkway" }),
      feature("field", "section", { type: "Polygon", coordinates: ring(0, 0, 40, 50) }, { level_id: "0", category: "section" }),
      exit("small", 10, 4),
      exit("middle", 40, 6),
      exit("wide", 80, 10),
    ],
  };
  const layout = readLayout({ name: "square.geojson", bytes: new TextEncoder().encode(JSON.stringify(file)) });
  const scenario = readScenario({
    name: "scenario.json",
    text: JSON.stringify({
      muster: 1,
      name: "square",
      layout: "square.geojson",
      duration_min: 120,
      people: [{ name: "all", count: 4000, start: { in: ["field"] }, journey: [{ leave: { by: ["small", "middle", "wide"] } }] }],
      ...(hand ? { hand_calculation: hand } : {}),
      ...more,
    }),
    files: () => "",
  });
  return { layout, scenario };
}

const exits = [
  { opening: "small", rate_per_m_min: 82 },
  { opening: "middle", rate_per_m_min: 82 },
  { opening: "wide", rate_per_m_min: 82 },
];

/** Nobody has been simulated, but for what a test gives. */
const simulated = (more: Partial<HandInput["simulated"]> = {}): HandInput["simulated"] => ({
  asked: 4000,
  sections: [],
  lines: [],
  queues: [],
  clearing: { t50_s: at(null), t95_s: at(null), t100_s: at(null) },
  curve: [],
  inside: at(4000),
  ...more,
});
const rowsOf = (hand: object | null, more: Partial<HandInput["simulated"]> = {}) =>
  handRows({ ...site(hand), simulated: simulated(more) });
const row = (rows: ReturnType<typeof handRows>, start: string) => rows.find(({ quantity }) => quantity.startsWith(start))!;

describe("exits by hand", () => {
  it("are those of the layout at the Green Guide's level rate where the scenario asks for no calculation", () => {
    const rows = rowsOf(null);
    expect(row(rows, "flow at wide")).toMatchObject({ value: 820, working: "10 m × 82 /m/min" });
    expect(row(rows, "flow at wide").guide).toContain("Green Guide");
    expect(row(rows, "people who can leave in 8 min with the widest exit lost")).toMatchObject({
      value: 6560,
      working: "(4 m + 6 m) × 82 /m/min × 8 min, without wide",
    });
    expect(row(rows, "time for all to pass the exits").value).toBeCloseTo(4000 / 1640, 9);
    expect(row(rows, "time for all to pass the exits with wide lost").value).toBeCloseTo(4000 / 820, 9);
    // No judgement is made for the planner: neither capacity nor holding.
    expect(rows.some(({ quantity }) => /capacity/.test(quantity))).toBe(false);
  });

  it("name a code's number that nobody has checked as unverified", () => {
    const rows = rowsOf(null);
    expect(row(rows, "people the exits are wide enough for, NFPA 101")).toMatchObject({ value: Math.floor(20 / 0.00508) });
    expect(row(rows, "people the exits are wide enough for, GB 50016").guide).toContain("unverified");
  });

  it("say why the simulation takes longer, from what it measured", () => {
    const line = (place: string, people: number, peak: number) => ({
      place,
      kind: "exit" as const,
      total: at(people),
      peak_flow: at(peak),
      median: null as never,
    });
    const curve = Array.from({ length: 101 }, (_, k) => ({ share: k / 100, time_s: at(60 + k * 6) }));
    const clearing = { t50_s: at(360), t95_s: at(630), t100_s: at(660) };
    const lines = [line("small", 3000, 5.4), line("middle", 1000, 3), line("wide", 0, 0)];
    const rows = rowsOf(null, { curve, clearing, lines });
    const time = row(rows, "time for all to pass the exits");
    expect(time.simulated).toBeCloseTo(10, 9);
    expect(time.difference).toBeCloseTo(10 / (4000 / 1640) - 1, 9);
    expect(time.why).toContain("people use only 2 of 3 exits (100 % by small and middle)");
    expect(time.why).toContain("small passed 81 /m/min");
    expect(row(rows, "flow at wide").why).toBe("nobody left by it in the simulation");
    expect(row(rows, "flow at small").why).toBeNull();
    expect(row(rows, "flow at middle").why).toContain("1,000 people (25 % of all) came to it");
  });

  it("are not explained where hand and simulation agree within 20 %", () => {
    const clearing = { t50_s: at(100), t95_s: at(140), t100_s: at(60 + (4000 / 1640) * 60 * 1.19) };
    const curve = [{ share: 0, time_s: at(60) }];
    expect(row(rowsOf(null, { clearing, curve }), "time for all to pass the exits").why).toBeNull();
  });
});

describe("capacity by hand", () => {
  const holding = [{ section: "field", density: 4, physical: 0.6, safety: 0.8, set_by: "J. Smith" }];
  const entry = [{ gate: "small", lanes: 10, rate_per_min: 11, within_min: 60 }];

  it("is the lowest of entry, holding, exit and emergency, with the lower of P and S", () => {
    const rows = rowsOf({ holding, entry, exits, exit_time_min: 8, emergency_time_min: 5 });
    // 2000 m2 × 4 × 0.6 = 4800; 10 × 11 × 60 = 6600; 20 m × 82 × 8 = 13120; 10 m × 82 × 5 = 4100.
    expect(row(rows, "holding capacity of field")).toMatchObject({ value: 4800, simulated: null });
    expect(row(rows, "holding capacity of field").working).toContain("min(P 0.6, S 0.8), set by J. Smith");
    expect(row(rows, "entry capacity of small").value).toBe(6600);
    expect(rows[0]).toMatchObject({ quantity: "capacity", value: 4100, simulated: 4000, why: null });
    expect(rows[0]!.working).toContain("emergency decides");
  });

  it("says that P and S are not set and gives the number unreduced", () => {
    const rows = rowsOf({ exits, emergency_time_min: 8 });
    expect(row(rows, "holding capacity")).toMatchObject({ value: 10000 });
    expect(row(rows, "holding capacity").quantity).toContain("P and S are not set");
    expect(rows[0]!.working).toContain("not given: entry");
  });

  it("says when the scenario brings more people than the site may hold", () => {
    const [capacity] = rowsOf({ holding, entry, exits, emergency_time_min: 5 }, { inside: at(6150) });
    expect(capacity!.difference).toBeCloseTo(0.5, 9);
    expect(capacity!.why).toContain("over capacity");
  });
});

describe("queues by hand", () => {
  const interval = (from_s: number, to_s: number, count: number) => ({ interval: { from_s, to_s, count }, share: 1 });

  it("are cumulative arrivals less cumulative service", () => {
    // 2 per second for 100 s against 1.5 per second: 50 wait at the end; then none come and they are gone after 33 s.
    const found = fluidQueue([interval(0, 100, 200), interval(200, 300, 100)], 1.5);
    expect(found.longest).toBeCloseTo(50, 9);
    expect(found.longest_at_s).toBe(100);
    expect(found.peakArrivals).toBe(2);
  });

  it("do not fall below zero, add groups, and take people who come at once", () => {
    expect(fluidQueue([interval(0, 100, 50), interval(100, 200, 200)], 1).longest).toBeCloseTo(100, 9);
    expect(fluidQueue([interval(0, 100, 100), interval(50, 100, 50)], 1).longest).toBeCloseTo(50, 9);
    expect(fluidQueue([interval(10, 10, 30)], 1).longest).toBe(30);
    expect(fluidQueue([], 1).longest).toBe(0);
  });

  it("ask for lanes in the busiest minute and for an area", () => {
    const people = [
      {
        name: "visitors",
        count: 1500,
        arrivals: { at: ["small"], uniform_min: [0, 60] },
        journey: [{ stay: { in: "field" } }],
      },
    ];
    const of = site({ entry: [{ gate: "small", lanes: 2, rate_per_min: 10 }], emergency_time_min: 8 }, { people });
    const rows = handRows({ ...of, simulated: simulated() });
    expect(row(rows, "lanes for the busiest minute at small")).toMatchObject({ value: 3, unit: "lanes" });
    // 25 come and 20 go in each of 60 minutes.
    expect(row(rows, "longest queue at small").value).toBe(300);
    expect(row(rows, "queue area at small")).toMatchObject({ value: 120, unit: "m2" });
  });
});
