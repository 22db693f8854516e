/** Realistic reports for the tests of charts and report: a fenced festival square, and a house of two floors with a flight. */
import type { Layout, Point, Polygon, Segment, Sheet } from "../../engine/layout/layout.js";
import { cosSin, exp } from "../../engine/maths.js";
import type {
  DensityMap,
  LevelOfService,
  LineMeasure,
  QueueMeasure,
  SectionMeasure,
  Series,
} from "../../engine/measure/measures.js";
import type { Scenario, WarningRule } from "../../engine/scenario/scenario.js";
import type { Band, EnsembleReport } from "../../engine/warn/report.js";
import type { EnsembleWarning, RiskArea } from "../../engine/warn/warnings.js";

const box = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
const hole = (x0: number, y0: number, x1: number, y1: number): Point[] => [...box(x0, y0, x1, y1)].reverse();
const area = (x0: number, y0: number, x1: number, y1: number): Polygon[] => [{ outer: box(x0, y0, x1, y1), holes: [] }];
const walls = (rings: Point[][], gaps: Segment[] = []): Float64Array => {
  const list: number[] = [];
  const inGap = (a: Point, b: Point): Segment | undefined =>
    gaps.find(([p, q]) => (a[1] === b[1] && p[1] === a[1] && q[1] === a[1]) || (a[0] === b[0] && p[0] === a[0] && q[0] === a[0]));
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      const gap = inGap(a, b);
      if (gap === undefined) list.push(...a, ...b);
      else {
        const [p, q] =
          Math.hypot(gap[0][0] - a[0], gap[0][1] - a[1]) < Math.hypot(gap[1][0] - a[0], gap[1][1] - a[1])
            ? gap
            : [gap[1], gap[0]];
        list.push(...a, ...p, ...q, ...b);
      }
    });
  }
  return Float64Array.from(list);
};

const GATES: { id: string; line: Segment; width: number }[] = [
  {
    id: "gate-A",
    line: [
      [0, 30],
      [0, 36],
    ],
    width: 6,
  },
  {
    id: "gate-B",
    line: [
      [60, 0],
      [66, 0],
    ],
    width: 6,
  },
  {
    id: "gate-C",
    line: [
      [120, 20],
      [120, 24],
    ],
    width: 4,
  },
];

/** A fenced square of 120 m × 80 m with stage and stalls. */
export function festivalLayout(): Layout {
  const outer = box(0, 0, 120, 80);
  const holes = [hole(45, 68, 75, 78), hole(20, 8, 32, 12), hole(38, 8, 50, 12), hole(80, 8, 92, 12), hole(100, 50, 106, 62)];
  const floor: Polygon = { outer, holes };
  const sheet: Sheet = {
    id: "0",
    name: "Ground",
    level: "0",
    kind: "floor",
    connection: null,
    regions: [floor],
    walls: walls(
      [outer, ...holes],
      GATES.map((g) => g.line),
    ),
  };
  const fixture = (id: string, name: string, category: string, x0: number, y0: number, x1: number, y1: number) => ({
    id,
    name,
    level: "0",
    category,
    polygon: area(x0, y0, x1, y1)[0]!,
  });
  const section = (id: string, name: string, x0: number, y0: number, x1: number, y1: number) => ({
    id,
    name,
    level: "0",
    category: "section",
    polygons: area(x0, y0, x1, y1),
  });
  return {
    name: "Festival square",
    attribution: "© OpenStreetMap contributors (ODbL 1.0)",
    frame: { kind: "lonlat", lon: 11.5865, lat: 48.1617 },
    levels: [{ id: "0", name: "Ground", ordinal: 0, elevation: 0, outdoor: true }],
    units: [
      {
        id: "square",
        name: "Square",
        level: "0",
        category: "unspecified",
        polygons: [floor],
        walkable: true,
        ceilingHeight: null,
        boundary: "walled",
      },
    ],
    openings: GATES.map((g) => ({
      id: g.id,
      name: g.id,
      level: "0",
      category: "pedestrian",
      line: g.line,
      width: g.width,
      height: 2.5,
      sill: 0,
      direction: "both",
      state: "open",
      exit: true,
      units: ["square"],
    })),
    fixtures: [
      fixture("stage", "Stage", "stage", 45, 68, 75, 78),
      fixture("f1", "Food stall 1", "stall", 20, 8, 32, 12),
      fixture("f2", "Food stall 2", "stall", 38, 8, 50, 12),
      fixture("f3", "Food stall 3", "stall", 80, 8, 92, 12),
      fixture("mixer", "Mixer", "stall", 100, 50, 106, 62),
    ],
    sections: [
      section("front-of-stage", "front-of-stage", 42, 56, 78, 67),
      section("main-field", "Main field in front of the stage, rear part with the wheelchair platform", 30, 26, 90, 55),
      section("food-east", "food-east", 76, 12.5, 98, 22),
      section("food-west", "food-west", 16, 12.5, 54, 22),
      section("gate-C-apron", "gate-C apron", 106, 14, 119, 30),
    ],
    lines: [
      {
        id: "mid-line",
        name: "mid-line",
        level: "0",
        line: [
          [30, 25],
          [90, 25],
        ],
      },
    ],
    connections: [],
    sheets: [sheet],
    gates: GATES.map((g) => ({
      id: g.id,
      kind: "opening",
      opening: g.id,
      line: g.line,
      sheetA: 0,
      sheetB: 0,
      exit: true,
      direction: "both",
      state: "open",
    })),
    report: {
      format: "geojson",
      extent: [120, 80],
      area: 9120,
      parts: [],
      repairs: [{ place: "square", level: "0", what: "two corners 0.4 mm apart were joined", size: 0.0004, at: [120, 80] }],
      notices: ["kiosk-7 has no level and was not used"],
    },
  };
}

/** Two floors above each other, joined by a flight of stairs. */
export function houseLayout(): Layout {
  const cut = hole(26, 2, 30, 9);
  const floor: Polygon = { outer: box(0, 0, 40, 18), holes: [cut] };
  const flight: Polygon = { outer: box(26, 2, 30, 9), holes: [] };
  const sheet = (id: string, level: string, name: string, kind: Sheet["kind"], region: Polygon): Sheet => ({
    id,
    name,
    level,
    kind,
    connection: kind === "floor" ? null : "stairs-1",
    regions: [region],
    walls: walls(
      [[...region.outer], ...region.holes.map((h) => [...h])],
      id === "0"
        ? [
            [
              [0, 8],
              [0, 10],
            ],
          ]
        : [],
    ),
  });
  const base = festivalLayout();
  return {
    ...base,
    name: "House",
    attribution: "",
    frame: { kind: "metres", x: 0, y: 0 },
    levels: [
      { id: "0", name: "Ground floor", ordinal: 0, elevation: 0, outdoor: false },
      { id: "1", name: "First floor", ordinal: 1, elevation: 3.5, outdoor: false },
    ],
    units: [
      {
        id: "hall-0",
        name: "Hall",
        level: "0",
        category: "room",
        polygons: [floor],
        walkable: true,
        ceilingHeight: 3,
        boundary: "walled",
      },
      {
        id: "hall-1",
        name: "Hall upstairs",
        level: "1",
        category: "room",
        polygons: [floor],
        walkable: true,
        ceilingHeight: 3,
        boundary: "walled",
      },
      {
        id: "flight-1",
        name: "Flight",
        level: "0",
        category: "stairs",
        polygons: [flight],
        walkable: true,
        ceilingHeight: null,
        boundary: "walled",
      },
    ],
    openings: [
      {
        id: "door",
        name: "Main door",
        level: "0",
        category: "pedestrian",
        line: [
          [0, 8],
          [0, 10],
        ],
        width: 2,
        height: 2,
        sill: 0,
        direction: "both",
        state: "open",
        exit: true,
        units: ["hall-0"],
      },
    ],
    fixtures: [],
    sections: [
      { id: "foyer", name: "Foyer", level: "0", category: "section", polygons: area(2, 4, 14, 14) },
      { id: "class", name: "Classroom 1.1", level: "1", category: "section", polygons: area(2, 4, 14, 14) },
    ],
    lines: [],
    connections: [
      {
        id: "stairs-1",
        name: "Stairs 1",
        kind: "stairs",
        unit: "flight-1",
        lower: {
          level: "0",
          line: [
            [26, 2],
            [30, 2],
          ],
        },
        upper: {
          level: "1",
          line: [
            [26, 9],
            [30, 9],
          ],
        },
        rise: 3.5,
        direction: "both",
      },
    ],
    sheets: [
      sheet("0", "0", "Ground floor", "floor", floor),
      sheet("1", "1", "First floor", "floor", floor),
      sheet("stairs-1", "0", "Stairs 1", "stairs", flight),
    ],
    gates: [],
    report: { format: "geojson", extent: [40, 18], area: 1384, parts: [], repairs: [], notices: [] },
  };
}

const rule = (
  place: string,
  scheme: WarningRule["scheme"],
  unit: string,
  levels: WarningRule["levels"],
  capacity: number | null = null,
): WarningRule => ({ place, scheme, unit, source: "site rules 2026", levels, hold_s: 10, hysteresis: 0.2, capacity });
const DENSITY = { blue: 2, yellow: 3, orange: 4, red: 5 };

export function sampleScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    muster: 1,
    name: "Summer festival, one gate lost",
    layout: "layout.geojson",
    start: "2026-07-18T17:00:00+02:00",
    duration_s: 14400,
    time_step_s: 0.1,
    output_every_s: 1,
    seed: 7,
    model: "headway",
    places: [],
    people: [
      {
        name: "visitors",
        count: 8000,
        start: null,
        arrivals: {
          at: ["gate-A", "gate-B", "gate-C"],
          shares: [0.3, 0.4, 0.3],
          intervals: [{ from_s: 0, to_s: 5400, count: 8000 }],
        },
        agents: null,
        population: {
          name: "adults",
          source: "Weidmann 1993",
          speed_m_s: { normal: { mean: 1.34, sd: 0.26, min: 0.5, max: 2.2 } },
          radius_m: { constant: 0.2 },
          stairs_up: 0.45,
          stairs_down: 0.52,
        },
        pre_movement_s: { constant: 0 },
        journey: [
          {
            queue: {
              at: ["gate-A", "gate-B", "gate-C"],
              servers: 12,
              service_s: { lognormal: { mean: 9, sd: 4, min: 2, max: 60 } },
              spacing_m: 0.6,
            },
          },
          { go: { to: "front-of-stage" } },
          { leave: { by: ["gate-A", "gate-C"], choice: "least-time", shares: [] } },
        ],
      },
      {
        name: "staff",
        count: 60,
        start: { in: ["food-east"] },
        arrivals: null,
        agents: null,
        population: {
          name: "adults",
          source: "Weidmann 1993",
          speed_m_s: { constant: 1.3 },
          radius_m: { constant: 0.2 },
          stairs_up: 0.5,
          stairs_down: 0.6,
        },
        pre_movement_s: { lognormal: { mean: 60, sd: 20, min: 0, max: 300 } },
        journey: [{ leave: { by: ["gate-A"], choice: "fixed", shares: [] } }],
      },
    ],
    events: [{ at_s: 16500, close: "gate-B" }],
    measure: {
      cell_m: 1,
      sections: ["front-of-stage", "main-field", "food-east", "food-west", "gate-C-apron"],
      lines: ["mid-line"],
      service: {},
    },
    warnings: [
      rule("front-of-stage", "density", "persons/m2", DENSITY),
      rule("main-field", "density", "persons/m2", DENSITY),
      rule("food-east", "share-of-capacity", "share of capacity", { yellow: 0.8, orange: 0.9, red: 1 }, 300),
      rule("gate-C", "queue", "people", { yellow: 300, orange: 600, red: 1200 }),
    ],
    hand_calculation: {
      guide: "Green Guide",
      holding: [],
      entry: [{ gate: "gate-A", lanes: 12, rate_per_min: 7, within_min: 60 }],
      exits: [
        { opening: "gate-A", rate_per_m_min: 82 },
        { opening: "gate-C", rate_per_m_min: 82 },
      ],
      exit_time_min: 8,
      emergency_time_min: 8,
    },
    risk: {
      likelihood_share: [0.01, 0.05, 0.2, 0.5],
      consequence_people: [30, 100, 300, 1000],
      density_limit: 5,
      matrix: [
        ["blue", "blue", "blue", "blue", "blue"],
        ["blue", "blue", "blue", "blue", "yellow"],
        ["blue", "blue", "yellow", "yellow", "orange"],
        ["blue", "blue", "yellow", "orange", "red"],
        ["blue", "yellow", "orange", "red", "red"],
      ],
      cell_m: 10,
      source: "common 5 × 5 form",
    },
    ...changes,
  };
}

/** A hill over time: rises and falls around `at`, width in s. */
const hill = (t: number, at: number, width: number): number => exp(-((t - at) * (t - at)) / (2 * width * width));
const wave = (t: number): number => cosSin(t / 97)[1] * 0.04 + cosSin(t / 31)[1] * 0.02;

function series(bin_s: number, bins: number, f: (t: number) => number): Series {
  const mean = Array.from({ length: bins }, (_, i) => Math.max(0, f((i + 0.5) * bin_s)));
  return { bin_s, mean, max: mean.map((v) => v * 1.06) };
}

function section(place: string, level: string, area_m2: number, density: number, duration: number): SectionMeasure {
  const bin = duration > 4000 ? 10 : 1;
  const bins = Math.round(duration / bin);
  const d = series(
    bin,
    bins,
    (t) => density * 0.94 * (hill(t, duration * 0.55, duration * 0.16) + wave(t) * hill(t, duration * 0.55, duration * 0.2)),
  );
  const scaled = (k: number): Series => ({ bin_s: bin, mean: d.mean.map((v) => v * k), max: d.max.map((v) => v * k) });
  const seconds = (limit: number): number => d.mean.filter((v) => v >= limit).length * bin;
  const time_at: Record<LevelOfService, number> = {
    A: duration - seconds(0.31),
    B: seconds(0.31) - seconds(0.43),
    C: seconds(0.43) - seconds(0.72),
    D: seconds(0.72) - seconds(1.08),
    E: seconds(1.08) - seconds(2.17),
    F: seconds(2.17),
  };
  return {
    place,
    level,
    area_m2,
    service: "walkway",
    count: scaled(area_m2),
    density: d,
    speed: scaled(0),
    pressure: scaled(0.004),
    peak: {
      count: density * area_m2,
      density,
      at_s: duration * 0.55,
      service: density > 2.17 ? "F" : density > 1.08 ? "E" : "B",
      pressure: density * 0.004,
    },
    time_at_service_s: time_at,
    time_above_s: [2, 3, 4, 5].map((limit) => ({ limit, seconds: seconds(limit) })),
  };
}

const spread = (value: number, by: number, runs: number): Band =>
  runs === 1 ? { p5: value, p50: value, p95: value } : { p5: value * (1 - by), p50: value, p95: value * (1 + by) };

function line(
  place: string,
  kind: LineMeasure["kind"],
  perMinute: number,
  width_m: number | null,
  duration: number,
  back = 0,
): LineMeasure {
  const bin = duration > 4000 ? 10 : 1;
  const counts = (rate: number, at: number): number[] =>
    Array.from({ length: Math.round(duration / bin) }, (_, i) =>
      Math.round(((rate * bin) / 60) * hill(i * bin, duration * at, duration * 0.08) + (rate > 0 ? wave(i * 37) * 4 : 0) + 0.02),
    ).map((v) => Math.max(0, v));
  const forward = counts(perMinute, 0.82);
  const backward = counts(back, 0.2);
  const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
  return {
    place,
    kind,
    level: "0",
    width_m,
    bin_s: bin,
    forward,
    backward,
    total_forward: sum(forward),
    total_backward: sum(backward),
    peak_flow: perMinute / 60,
    peak_specific_flow: width_m === null ? null : perMinute / 60 / width_m,
    mean_flow: perMinute / 75,
    n_t: [],
  };
}

function queue(place: string, most: number, duration: number): QueueMeasure {
  const waiting = series(
    duration > 4000 ? 10 : 1,
    Math.round(duration / (duration > 4000 ? 10 : 1)),
    (t) => most * (hill(t, duration * 0.25, duration * 0.09) + wave(t) * hill(t, duration * 0.25, duration * 0.12)),
  );
  return {
    place,
    servers: 12,
    waiting,
    served: most * 4,
    peak: { waiting: most, at_s: duration * 0.25 },
    wait_mean_s: most * 0.4,
    wait_p95_s: most * 0.74,
    wait_max_s: most * 0.95,
  };
}

/** Density over a sheet: crowds around points, nothing outside the given floor. */
export function sampleMap(
  sheet: string,
  level: string,
  size: [number, number],
  crowds: [number, number, number, number][],
  floor: (x: number, y: number) => boolean,
): DensityMap {
  const [nx, ny] = size;
  const cells = nx * ny;
  const map: DensityMap = {
    sheet,
    name: sheet,
    level,
    x0: 0,
    y0: 0,
    cell_m: 1,
    nx,
    ny,
    area: new Float32Array(cells),
    mean: new Float32Array(cells),
    peak: new Float32Array(cells),
    peak_at: new Float32Array(cells),
    limits: [2, 3, 4, 5],
    above: [2, 3, 4, 5].map(() => new Float32Array(cells)),
  };
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const k = j * nx + i;
      const [x, y] = [i + 0.5, j + 0.5];
      const inside = floor(x, y);
      map.area[k] = inside ? 1 : 0;
      let d = 0;
      for (const [cx, cy, r, most] of crowds) d = Math.max(d, most * hill(Math.hypot(x - cx, y - cy), 0, r));
      d *= 1 + 0.12 * cosSin(i * 1.7 + j * 2.3)[1];
      map.peak[k] = inside ? d : Number.NaN;
      map.mean[k] = inside ? d * 0.3 : Number.NaN;
      map.peak_at[k] = inside ? 15120 : Number.NaN;
      map.limits.forEach((limit, l) => {
        map.above[l]![k] = inside ? Math.max(0, d - limit) * 900 : Number.NaN;
      });
    }
  return map;
}

const warning = (changes: Partial<EnsembleWarning>, runs: number): EnsembleWarning => ({
  place: "front-of-stage",
  level: "red",
  scheme: "density",
  unit: "persons/m2",
  runs,
  runs_at_level: runs,
  probability: 1,
  probability_by_level: { blue: 1, yellow: 1, orange: 1, red: 1 },
  onset_s: spread(7320, 0.02, runs) as EnsembleWarning["onset_s"],
  start_s: 7320,
  end_s: 8460,
  peak: { median: 5.6, p95: 5.9 },
  limit: 5,
  source: "site rules 2026",
  cause: "inflow from food-east meets the crowd at the barrier",
  advice: "open relief-gate before 19:00 or hold the inflow",
  ...changes,
});

const RISKS: [number, number, RiskArea["color"], 1 | 2 | 3 | 4 | 5, 1 | 2 | 3 | 4 | 5][] = [
  [50, 50, "orange", 5, 3],
  [60, 60, "red", 5, 4],
  [50, 60, "red", 5, 4],
  [70, 60, "orange", 4, 4],
  [110, 20, "yellow", 4, 3],
  [80, 10, "yellow", 3, 3],
];

function risks(): RiskArea[] {
  const ring = (x0: number, y0: number, x1: number, y1: number): [number, number][] => [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const areas: RiskArea[] = [];
  for (let y = 0; y < 80; y += 10)
    for (let x = 0; x < 120; x += 10) {
      const found = RISKS.find((r) => r[0] === x && r[1] === y);
      areas.push({
        id: `cell-${x}-${y}`,
        kind: "cell",
        level: "0",
        ring: ring(x, y, x + 10, y + 10),
        color: found?.[2] ?? "blue",
        likelihood: found?.[3] ?? 1,
        consequence: found?.[4] ?? 1,
        share_of_runs: found ? 1 : 0,
        people_exposed: found ? 340 : 0,
        peak_density: found ? 5.4 : 1,
        cause: found ? "inflow from food-east" : "",
      });
    }
  areas.push({
    id: "front-of-stage",
    kind: "section",
    level: "0",
    ring: ring(42, 56, 78, 67),
    color: "red",
    likelihood: 5,
    consequence: 5,
    share_of_runs: 1,
    people_exposed: 1110,
    peak_density: 5.6,
    cause: "inflow from food-east",
  });
  return areas;
}

/** What an ensemble over the festival square leaves behind. `runs: 1` has no spread; `calm` has no warning and no risk. */
export function sampleReport(options: { runs?: number; calm?: boolean; duration_s?: number } = {}): EnsembleReport {
  const runs = options.runs ?? 4;
  const duration = options.duration_s ?? 14400;
  const calm = options.calm ?? false;
  const k = calm ? 0.2 : 1;
  const floor = (x: number, y: number): boolean => !(x > 45 && x < 75 && y > 68 && y < 78);
  const sections = [
    section("front-of-stage", "0", 396, 5.6 * k, duration),
    section("main-field", "0", 1740, 3.4 * k, duration),
    section("food-east", "0", 209, 1.5 * k, duration),
    section("food-west", "0", 361, 0.9 * k, duration),
    section("gate-C-apron", "0", 208, 2.4 * k, duration),
  ];
  const lines = [
    line("gate-A", "exit", 320, 6, duration),
    line("gate-B", "exit", 40, 6, duration),
    line("gate-C", "exit", 260, 4, duration),
    line("mid-line", "line", 120, null, duration, 90),
  ];
  const queues = [queue("gate-A", 640, duration), queue("gate-B", 210, duration), queue("gate-C", 1140, duration)];
  const clear = (share: number): number => duration * (0.7 + 0.22 * share + 0.04 * share ** 8);
  return {
    runs: Array.from({ length: runs }, (_, i) => ({
      seed: i + 1,
      status: "finished" as const,
      simulated_s: clear(1) * (1 + i * 0.004),
      left: 8060,
      inside: 0,
      waiting: 0,
      stuck: 0,
    })),
    failed: [],
    asked: 8060,
    clearing: {
      t50_s: spread(clear(0.5), 0.01, runs),
      t95_s: spread(clear(0.95), 0.01, runs),
      t100_s: spread(clear(1), 0.01, runs),
    },
    curve: Array.from({ length: 101 }, (_, i) => ({ share: i / 100, time_s: spread(clear(i / 100), 0.012, runs) })),
    sections: sections.map((s) => ({
      place: s.place,
      level: s.level,
      area_m2: s.area_m2,
      peak_count: spread(s.peak.count, 0.03, runs),
      peak_density: spread(s.peak.density, 0.03, runs),
      median: s,
    })),
    lines: lines.map((l) => ({
      place: l.place,
      kind: l.kind,
      total: spread(l.total_forward, 0.02, runs),
      peak_flow: spread(l.peak_flow, 0.03, runs),
      median: l,
    })),
    queues: queues.map((q) => ({
      place: q.place,
      peak_waiting: spread(q.peak.waiting, 0.05, runs),
      wait_p95_s: spread(q.wait_p95_s ?? 0, 0.08, runs),
      median: q,
    })),
    warnings: calm
      ? []
      : [
          warning({}, runs),
          warning(
            {
              place: "gate-C",
              level: "orange",
              scheme: "queue",
              unit: "people",
              start_s: 3000,
              end_s: 4700,
              onset_s: { p5: 2940, p50: 3000, p95: 3100 },
              peak: { median: 1140, p95: 1190 },
              limit: 600,
              cause: "gate-B is closed: 46 % of its people use gate-C",
              advice: "open a fourth lane at gate-C",
            },
            runs,
          ),
          warning(
            {
              place: "main-field",
              level: "yellow",
              scheme: "density",
              start_s: 7000,
              end_s: 8900,
              onset_s: { p5: 6800, p50: 7000, p95: 7600 },
              runs_at_level: Math.ceil(runs / 2),
              probability: Math.ceil(runs / 2) / runs,
              peak: { median: 3.4, p95: 3.6 },
              limit: 3,
              cause: "people stand in the path to the stage",
              advice: "keep the path free",
            },
            runs,
          ),
          warning(
            {
              place: "food-east",
              level: "blue",
              scheme: "share-of-capacity",
              unit: "share of capacity",
              start_s: 9000,
              end_s: null,
              onset_s: { p5: 8600, p50: 9000, p95: 9900 },
              runs_at_level: 1,
              probability: 1 / runs,
              peak: { median: 0.74, p95: 0.79 },
              limit: 0.7,
              cause: "stalls draw people after the show",
              advice: "watch",
            },
            runs,
          ),
        ],
    risk: calm ? [] : risks(),
    hand: [
      {
        quantity: "Exit capacity, widest exit lost",
        value: 2624,
        unit: "people",
        guide: "Green Guide 6th ed. (82 /m/min)",
        working: "(16 m − 6 m − 6 m) × 82 /m/min × 8 min",
        simulated: null,
        difference: null,
        why: null,
      },
      {
        quantity: "Time to clear through gate-A and gate-C",
        value: 590,
        unit: "s",
        guide: "Green Guide 6th ed. (82 /m/min)",
        working: "8,060 / (10 m × 82 /m/min)",
        simulated: 3460,
        difference: 4.86,
        why: "70 % of the people use gate-A only, and the crowd leaves over 50 minutes after the show",
      },
      {
        quantity: "Peak flow at gate-A",
        value: 492,
        unit: "people/min",
        guide: "Green Guide 6th ed. (82 /m/min)",
        working: "6 m × 82 /m/min",
        simulated: 450,
        difference: -0.085,
        why: null,
      },
    ],
    maps: [
      sampleMap(
        "0",
        "0",
        [120, 80],
        calm
          ? [[60, 60, 9, 0.9]]
          : [
              [60, 60, 10, 5.6],
              [60, 42, 16, 3.2],
              [112, 22, 5, 2.6],
              [87, 17, 7, 1.7],
            ],
        floor,
      ),
    ],
  };
}

/** The house of two floors with people in the foyer, on the stairs and upstairs. */
export function houseReport(): EnsembleReport {
  const base = sampleReport({ duration_s: 240, runs: 2 });
  const floor = (x: number, y: number): boolean => !(x > 26 && x < 30 && y > 2 && y < 9);
  return {
    ...base,
    asked: 300,
    sections: ["Foyer", "Classroom 1.1"].map((place, i) => ({
      place,
      level: String(i),
      area_m2: 120,
      peak_count: spread(180 - 90 * i, 0.02, 2),
      peak_density: spread(1.5 - 0.7 * i, 0.02, 2),
      median: section(place, String(i), 120, 1.5 - 0.7 * i, 240),
    })),
    lines: [
      {
        place: "Main door",
        kind: "exit",
        total: spread(300, 0, 1),
        peak_flow: spread(2.4, 0.02, 2),
        median: line("Main door", "exit", 144, 2, 240),
      },
    ],
    queues: [],
    warnings: [],
    risk: [],
    maps: [
      sampleMap("0", "0", [40, 18], [[4, 9, 4, 3.6]], floor),
      sampleMap(
        "1",
        "1",
        [40, 18],
        [
          [28, 12, 3, 2.2],
          [8, 9, 5, 1],
        ],
        floor,
      ),
      { ...sampleMap("stairs-1", "0", [4, 7], [[2, 3, 3, 2.1]], () => true), x0: 26, y0: 2 },
    ],
  };
}
