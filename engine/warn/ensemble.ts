/** Joins the runs of an ensemble; one run is an ensemble of one. */
import type { Layout } from "../layout/layout.js";
import type { Scenario } from "../scenario/scenario.js";
import { bandOf, middle } from "./bands.js";
import { joinFire } from "./fire/join-fire.js";
import { handRows } from "./hand/rows.js";
import { joinMaps } from "./join-maps.js";
import { joinWarnings } from "./join-warnings.js";
import type { EnsembleReport, FailedRun, RunReport } from "./report.js";
import { riskAreas } from "./risk/areas.js";

/**
 * Bands over the runs (`bandOf`), the measure of the run in the middle, warnings with their probability, risk map, hand calculation.
 * Runs are sorted by seed, so the order in which they ended does not matter. Without any run everything is empty.
 */
export function joinRuns(options: {
  layout: Layout;
  scenario: Scenario;
  runs: readonly RunReport[];
  failed: readonly FailedRun[];
}): EnsembleReport {
  const { layout, scenario } = options;
  const runs = [...options.runs].sort((a, b) => a.seed - b.seed);
  const failed = [...options.failed].sort((a, b) => a.seed - b.seed);
  const of = (value: (run: RunReport) => number | null) => bandOf(runs.map(value));
  const asked = runs.length === 0 ? 0 : middle(runs, ({ measures }) => measures.asked).measures.asked;
  const simulated = {
    asked,
    clearing: {
      t50_s: of(({ measures }) => measures.clearing.t50_s),
      t95_s: of(({ measures }) => measures.clearing.t95_s),
      t100_s: of(({ measures }) => measures.clearing.t100_s),
    },
    curve: Array.from({ length: 101 }, (_, k) => ({
      share: k / 100,
      time_s: of(({ measures }) => measures.clearing.curve[k] ?? null),
    })),
    sections: sectionsOf(runs),
    lines: linesOf(runs),
    queues: queuesOf(runs),
    social_groups: companionsOf(runs),
    inside: of(({ measures }) => measures.inside.max.reduce((most, n) => Math.max(most, n), 0)),
  };
  const warnings = joinWarnings(scenario, runs);
  const { inside: _, ...joined } = simulated;
  const fire = joinFire(runs);
  return {
    runs: runs.map(({ seed, result }) => ({
      seed,
      status: result.status,
      simulated_s: result.simulated_s,
      left: result.left,
      inside: result.inside,
      waiting: result.waiting,
      stuck: result.stuck.length,
    })),
    failed,
    ...joined,
    warnings,
    risk: riskAreas({ layout, scenario, runs, warnings }),
    hand: runs.length === 0 ? [] : handRows({ layout, scenario, simulated }),
    ...(fire ? { fire } : {}),
    maps: joinMaps(runs),
  };
}

type ByPlace<T> = { all: T[]; place: string };

/** The same place of every run, in the order of the first run. */
function byPlace<T extends { place: string }>(runs: readonly RunReport[], list: (run: RunReport) => readonly T[]): ByPlace<T>[] {
  const first = runs[0] ? list(runs[0]) : [];
  return first.map(({ place }, k) => ({ place, all: runs.map((run) => list(run)[k]!) }));
}

function sectionsOf(runs: readonly RunReport[]): EnsembleReport["sections"] {
  return byPlace(runs, ({ measures }) => measures.sections).map(({ place, all }) => {
    const median = middle(all, ({ peak }) => peak.density);
    return {
      place,
      level: median.level,
      area_m2: median.area_m2,
      peak_count: bandOf(all.map(({ peak }) => peak.count)),
      peak_density: bandOf(all.map(({ peak }) => peak.density)),
      median,
    };
  });
}

function linesOf(runs: readonly RunReport[]): EnsembleReport["lines"] {
  return byPlace(runs, ({ measures }) => measures.lines).map(({ place, all }) => {
    const median = middle(all, ({ total_forward }) => total_forward);
    return {
      place,
      kind: median.kind,
      total: bandOf(all.map(({ total_forward }) => total_forward)),
      peak_flow: bandOf(all.map(({ peak_flow }) => peak_flow)),
      median,
    };
  });
}

function companionsOf(runs: readonly RunReport[]): EnsembleReport["social_groups"] {
  const first = runs[0]?.measures.social_groups ?? [];
  return first.map(({ group }) => {
    const all = runs.flatMap(({ measures }) => measures.social_groups.filter((social) => social.group === group));
    return {
      group,
      exit_spread_max_s: bandOf(all.map(({ exit_spread_s }) => exit_spread_s?.max ?? null)),
      largest_distance_m: bandOf(all.map(({ largest_distance_m }) => largest_distance_m?.max ?? null)),
      median: middle(all, ({ exit_spread_s }) => exit_spread_s?.max ?? 0),
    };
  });
}

function queuesOf(runs: readonly RunReport[]): EnsembleReport["queues"] {
  return byPlace(runs, ({ measures }) => measures.queues).map(({ place, all }) => ({
    place,
    peak_waiting: bandOf(all.map(({ peak }) => peak.waiting)),
    wait_p95_s: bandOf(all.map(({ wait_p95_s }) => wait_p95_s)),
    median: middle(all, ({ peak }) => peak.waiting),
  }));
}
