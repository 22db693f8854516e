/**
 * What is measured, as plain data. Measures are functions of frames and an area or line; they work the same on a simulated
 * and on a measured trajectory. Series are bounded: when one has more than MAX_BINS entries its bin is doubled, so memory
 * does not grow with run length; the full resolution goes to measures.parquet while the run goes on.
 */
export const MAX_BINS = 2048;
/** Rules and rows may name everybody inside by this word. */
export const SITE = "site";

export type ServiceTable = "walkway" | "queue" | "stairs";
/** Fruin's level of service. */
export type LevelOfService = "A" | "B" | "C" | "D" | "E" | "F";

/** Regular series: entry i covers [i * bin_s, (i + 1) * bin_s). */
export interface Series {
  bin_s: number;
  /** Mean over the bin. */
  mean: number[];
  /** Largest value in the bin. */
  max: number[];
}

export interface SectionMeasure {
  place: string;
  level: string;
  /** Floor area inside the section, fixtures taken out, m2. */
  area_m2: number;
  service: ServiceTable;
  /** People inside. */
  count: Series;
  /** Persons/m2, count / area. */
  density: Series;
  /** Mean speed of people inside, m/s; 0 where nobody is inside (then count is 0 too). */
  speed: Series;
  /** Crowd pressure: local density times variance of velocity, 1/s2 (Helbing, Johansson, Al-Abideen 2007); see pressure.ts. */
  pressure: Series;
  peak: { count: number; density: number; at_s: number; service: LevelOfService; pressure: number };
  /** Seconds at each level of service. */
  time_at_service_s: Record<LevelOfService, number>;
  /** Seconds at or above each limit of the section's density scale, by limit in persons/m2. */
  time_above_s: { limit: number; seconds: number }[];
}

export type FlowBasis = "emergent" | "prescribed" | "turnstile";

export interface LineMeasure {
  place: string;
  kind: "line" | "opening" | "exit";
  level: string;
  width_m: number | null;
  /** What the flow came from: emergent = bodies and time gaps alone. A prescribed greatest flow goes before a turnstile. */
  flow_basis: FlowBasis;
  /** persons/(m s), m each side, m, persons/s; null where nothing is prescribed. */
  prescribed: { specific_flow: number; boundary_layer_m: number; effective_width_m: number; flow: number } | null;
  /** Lanes of a turnstile; null where there is none. */
  turnstile_lanes: number | null;
  bin_s: number;
  /**
   * Crossings in each bin, by direction: forward = left to right of the line seen along it; an exit counts forward only.
   * Who comes back within 10 s has not crossed: both crossings are taken out, so that a person who dithers counts once.
   */
  forward: number[];
  backward: number[];
  total_forward: number;
  total_backward: number;
  /** Largest flow over any minute, both directions, persons/s, and over the width, persons/(m s). */
  peak_flow: number;
  peak_specific_flow: number | null;
  /** Mean flow between 10 % and 90 % of the forward crossings, persons/s; null below 20 of them. */
  mean_flow: number | null;
  /** N-t curve: time at which the k/100 share of all forward crossings had passed, s; 101 entries, or empty. */
  n_t: number[];
}

export interface QueueMeasure {
  place: string;
  servers: number;
  waiting: Series;
  served: number;
  peak: { waiting: number; at_s: number };
  /** s, over people whose wait has ended. */
  wait_mean_s: number | null;
  wait_p95_s: number | null;
  wait_max_s: number | null;
}

/** The social groups of one group of the scenario, or of those that mix (`social_groups.with`). */
export interface SocialMeasure {
  group: string;
  /** Social groups of two or more, and people in them. */
  count: number;
  people: number;
  /** Social groups of which everybody has left. */
  left_whole: number;
  /** Time between the first and the last of each to leave, over those of which everybody has left, s. */
  exit_spread_s: { mean: number; p95: number; max: number } | null;
  /** Largest distance between two members at any output time, in plan, over all of them, m. */
  largest_distance_m: { mean: number; p95: number; max: number } | null;
}

/** Per sheet; row 0 is the southern edge. Cells outside the floor hold NaN (null in JSON). */
export interface DensityMap {
  sheet: string;
  name: string;
  level: string;
  x0: number;
  y0: number;
  cell_m: number;
  nx: number;
  ny: number;
  /** Floor area in each cell, m2. */
  area: Float32Array;
  /** Mean over time of persons/m2. */
  mean: Float32Array;
  /** Largest 10 s mean, persons/m2. */
  peak: Float32Array;
  /** Time at which that mean ended, s. */
  peak_at: Float32Array;
  /** Seconds at or above each of `limits`, one array per limit. */
  limits: number[];
  above: Float32Array[];
}

export interface Clearing {
  /** Time at which this share of all people asked for had left, s; null where it was not reached. */
  t50_s: number | null;
  t95_s: number | null;
  t100_s: number | null;
  /** Share left over time: time at which k/100 of `asked` had left, s; 101 entries, null where not reached. */
  curve: (number | null)[];
}

/**
 * The worst that one run showed in one area of the risk map: a section, or a cell of `RiskMatrix.cell_m`. Runs are joined from these,
 * since "most people at once" cannot be told from maps that are summed over time.
 */
export interface ExposedArea {
  kind: "section" | "cell";
  /** Section: its place. Cell: "level/x/y" with the lower left corner in whole metres. */
  id: string;
  level: string;
  /** Lower left corner of a cell, m; 0 for sections. */
  x: number;
  y: number;
  /** Most people at once in density cells whose 10 s mean is at or above the limit, and when. */
  people: number;
  people_at_s: number;
  /** Largest 10 s mean of a density cell, persons/m2, and when it ended. */
  peak_density: number;
  peak_at_s: number;
  /** Longest time of a density cell at or above the limit, s. */
  above_s: number;
}

export interface Exposure {
  /** `RiskMatrix.density_limit`, persons/m2. */
  limit: number;
  /** Edges, m: of a density cell, of a risk cell. */
  cell_m: number;
  risk_cell_m: number;
  /** All sections; cells where somebody was. */
  areas: ExposedArea[];
}

export interface Measures {
  /** s */
  duration_s: number;
  asked: number;
  left: number;
  inside: Series;
  /** Waiting outside for a place to enter. */
  waiting: Series;
  clearing: Clearing;
  clearing_by_group: Record<string, Clearing>;
  sections: SectionMeasure[];
  lines: LineMeasure[];
  queues: QueueMeasure[];
  social_groups: SocialMeasure[];
  exposure: Exposure;
}

/** One row of measures.parquet, long form. */
export interface MeasureRow {
  time: number;
  place: string;
  quantity: "count" | "density" | "speed" | "pressure" | "flow" | "waiting" | "queue";
  value: number;
}
