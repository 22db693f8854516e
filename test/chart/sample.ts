/** Realistic reports for the tests of charts and report, over the layouts of sample-layout.ts. */
import { cosSin, exp } from "../../engine/maths.js";
import type {
  DensityMap,
  LevelOfService,
  LineMeasure,
  QueueMeasure,
  SectionMeasure,
  Series,
} from "../../engine/measure/measures.js";
import type { EnsembleReport } from "../../engine/warn/report.js";
import { risks, spread, warning } from "./sample-warnings.js";

export { festivalLayout, houseLayout } from "./sample-layout.js";
export { sampleScenario } from "./sample-scenario.js";

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
    flow_basis: "emergent",
    prescribed: null,
    turnstile_lanes: null,
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
function sampleMap(
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
    social_groups: [],
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
              unit: "persons",
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
              unit: "share",
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
