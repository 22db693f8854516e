/** A fire in the house of sample-layout.ts: a hall fills with smoke, the hall upstairs follows through the flight; made by plain functions, not by a model. */
import type { ChartInput } from "../../engine/chart/charts.js";
import { exp } from "../../engine/maths.js";
import {
  CRITERIA,
  type Criterion,
  type FireMap,
  type FirePlaceMeasure,
  type FireSeries,
} from "../../engine/measure/fire/measures.js";
import type { FireScenario } from "../../engine/scenario/fire/fire.js";
import { TENABILITY } from "../../engine/scenario/fire/resolve.js";
import type { EnsembleFire, FirePlaceReport } from "../../engine/warn/fire/report.js";
import { houseLayout, houseReport, sampleScenario } from "./sample.js";
import { spread } from "./sample-warnings.js";

const BIN = 2;
const BINS = 120;
const at = (of: (t: number) => number): number[] => Array.from({ length: BINS }, (_, i) => of((i + 0.5) * BIN));
/** 0 before `from`, then towards 1 with the time constant `tau`. */
const rise = (t: number, from: number, tau: number): number => (t < from ? 0 : 1 - exp((from - t) / tau));

function series(from: number, strength: number, burns: boolean): FireSeries {
  const z = (t: number): number => 3 - 2.1 * strength * rise(t, from, 45);
  const head = (t: number): number => (z(t) < 1.7 ? 1 : 0) * rise(t, from, 60) * strength;
  return {
    bin_s: BIN,
    people: at((t) => Math.max(0, 120 - t)),
    interface_m: at(z),
    upper_C: at((t) => (t < from + 4 ? Number.NaN : 20 + 330 * strength * rise(t, from, 60))),
    lower_C: at((t) => 20 + 40 * strength * rise(t, from + 20, 120)),
    head_C: at((t) => 20 + 40 * strength * rise(t, from + 20, 120) + 260 * head(t)),
    visibility_m: at((t) => (head(t) > 0.02 ? Math.min(30, 1.2 / head(t)) : 30)),
    o2_pct: at((t) => 20.7 - 7 * head(t)),
    co2_pct: at((t) => 0.04 + 6 * head(t)),
    co_ppm: at((t) => 1800 * head(t)),
    hcn_ppm: at((t) => 140 * head(t)),
    hcl_ppm: at(() => 0),
    radiant_kW_m2: at((t) => 4 * strength * rise(t, from, 60)),
    hrr_kW: at((t) => (burns ? Math.min(2000, 0.0469 * 4 * t * t) : 0)),
    pressure_Pa: at(() => 1),
    fed_asphyxiant: at((t) => 2 * head(t) * rise(t, from + 60, 200)),
    fed_heat: at((t) => head(t)),
  };
}

function place(
  name: string,
  level: string,
  values: FireSeries | null,
  aset_s: number | null,
  criterion: Criterion | null,
): FirePlaceReport {
  const one = (value: number | null): FirePlaceReport["aset_s"] =>
    value === null ? { p5: null, p50: null, p95: null } : spread(value, 0.08, 20);
  const by_criterion = Object.fromEntries(CRITERIA.map((each) => [each, each === criterion ? aset_s : null])) as Record<
    Criterion,
    number | null
  >;
  const median: FirePlaceMeasure = {
    place: name,
    level,
    kind: values === null ? "open" : "compartment",
    area_m2: 640,
    visibility_limit_m: 10,
    aset_s,
    criterion,
    by_criterion,
    most_people: 120,
    people_at_aset: aset_s === null ? null : 12,
    people_at_end: 0,
    rset_s: 130,
    margin: aset_s === null ? null : { s: aset_s - 130, bound: "exact" },
    worst: { visibility_m: 1.2, head_C: 290, interface_m: 0.9, pressure_Pa: 3 },
    series: values,
  };
  return {
    place: name,
    level,
    kind: median.kind,
    area_m2: 640,
    visibility_limit_m: 10,
    untenable_runs: aset_s === null ? 0 : 20,
    earliest_s: aset_s,
    aset_s: one(aset_s),
    criterion,
    by_criterion: Object.fromEntries(CRITERIA.map((each) => [each, one(by_criterion[each])])) as Record<
      Criterion,
      FirePlaceReport["aset_s"]
    >,
    used: true,
    rset_s: one(130),
    people_at_aset: one(12),
    people_at_end: one(0),
    margin: null,
    median,
  };
}

function map(
  sheet: string,
  level: string,
  box: readonly [number, number, number, number],
  fire: readonly [number, number],
  floor: (x: number, y: number) => boolean,
): FireMap {
  const [x0, y0, nx, ny] = box;
  const values = (of: (distance: number) => number): Float32Array =>
    Float32Array.from({ length: nx * ny }, (_, k) => {
      const x = x0 + (k % nx) + 0.5;
      const y = y0 + Math.floor(k / nx) + 0.5;
      return floor(x, y) ? of(Math.sqrt((x - fire[0]) * (x - fire[0]) + (y - fire[1]) * (y - fire[1]))) : Number.NaN;
    });
  return {
    sheet,
    name: sheet,
    level,
    x0,
    y0,
    cell_m: 1,
    nx,
    ny,
    visibility_m: values((d) => Math.min(30, 0.5 + 0.9 * d)),
    fed: values((d) => 12 * exp(-d / 4)),
    untenable_s: values((d) => (d > 28 ? Infinity : 30 + 8 * d * (1 + d / 20))),
  };
}

export function sampleFire(changes: Partial<EnsembleFire> = {}): EnsembleFire {
  const floor = (x: number, y: number): boolean => !(x > 26 && x < 30 && y > 2 && y < 9);
  const runs = Array.from({ length: 20 }, (_, k) => k + 1);
  const fallen = runs.flatMap((seed) =>
    Array.from({ length: 6 + (seed % 5) }, (_, id) => ({
      seed,
      id,
      group: "visitors",
      level: "0",
      place: "Hall",
      x: 4,
      y: 8,
      time_s: 90 + 11 * id + (seed % 7),
      cause: "asphyxiant gases",
    })),
  );
  return {
    source: "zone model",
    unknown: [],
    unjudged: [],
    ignition_s: 0,
    end_s: 0,
    runs: runs.map((seed) => ({
      seed,
      status: "running",
      status_time_s: 240,
      reason: "",
      incapacitated: 6 + (seed % 5),
      worst_dose: { asphyxiants: 3, heat: 1, irritants: 0 },
    })),
    notices: [],
    peak_hrr_kW: spread(2000, 0, 20),
    hrr: { bin_s: BIN, kW: at((t) => Math.min(2000, 0.0469 * 4 * t * t) + Math.max(0, 3 * (t - 120))) },
    places: [
      place("Hall", "0", series(5, 1, true), 64, "visibility"),
      place("Flight", "0", series(25, 0.9, false), 88, "visibility"),
      place("Hall upstairs", "1", series(50, 0.6, false), null, null),
      place("Yard", "0", null, null, null),
    ],
    exits: [],
    exposed: [0.1, 0.3, 1].map((limit) => ({
      limit,
      asphyxiants: spread(30 / (1 + 3 * limit), 0.2, 20),
      heat: spread(14 / (1 + 3 * limit), 0.2, 20),
      irritants: spread(0, 0, 20),
      any: spread(34 / (1 + 3 * limit), 0.2, 20),
    })),
    incapacitated: spread(8, 0.3, 20),
    fallen,
    maps: [
      map("0", "0", [0, 0, 40, 18], [5, 9], floor),
      map("1", "1", [0, 0, 40, 18], [28, 4], floor),
      map("stairs-1", "0", [26, 2, 4, 7], [5, 9], () => true),
    ],
    ...changes,
  };
}

export function fireHouse(changes: Partial<EnsembleFire> = {}): ChartInput {
  const report = houseReport();
  return {
    layout: houseLayout(),
    scenario: sampleScenario({
      start: null,
      duration_s: 240,
      warnings: [],
      hand_calculation: null,
      // Charts read these two alone.
      fire: { tenability: TENABILITY, ambient: { inside_C: 20 } } as FireScenario,
    }),
    report: {
      ...report,
      runs: Array.from({ length: 20 }, (_, k) => ({ ...report.runs[0]!, seed: k + 1 })),
      fire: sampleFire(changes),
    },
  };
}
