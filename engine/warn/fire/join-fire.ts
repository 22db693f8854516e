/** Results of fire of the runs of an ensemble → one, with the spread over the runs. */
import { unjudged } from "../../measure/fire/limits.js";
import {
  CRITERIA,
  type Criterion,
  type FireMap,
  type FireMeasures,
  type FirePlaceMeasure,
  type Margin,
} from "../../measure/fire/measures.js";
import { bandOf, middle } from "../bands.js";
import type { RunReport } from "../report.js";
import type { EnsembleFire, FireExit, FirePlaceReport, MarginBand } from "./report.js";

type Burnt = RunReport & { fire: NonNullable<RunReport["fire"]> };

/** @param runs in the order of their seeds; undefined where no run has fire */
export function joinFire(runs: readonly RunReport[]): EnsembleFire | undefined {
  const burnt = runs.filter((run): run is Burnt => run.fire !== undefined);
  const first = burnt[0];
  if (first === undefined) return undefined;
  const of = (value: (fire: FireMeasures) => number | null) => bandOf(burnt.map(({ fire }) => value(fire.measures)));
  const typical = middle(burnt, ({ fire }) => fire.measures.hrr.peak_kW).fire.measures;
  const { source, unknown, ignition_s, exposed } = first.fire.measures;
  return {
    source,
    unknown: [...unknown],
    unjudged: unjudged(unknown),
    ignition_s,
    end_s: Math.max(...burnt.map(({ fire }) => fire.measures.end_s)),
    runs: burnt.map(({ seed, fire: { measures } }) => ({
      seed,
      status: measures.status?.status ?? null,
      status_time_s: measures.status?.time_s ?? null,
      reason: measures.status?.reason ?? "",
      incapacitated: measures.incapacitated.length,
      worst_dose: { ...measures.worst_dose },
    })),
    notices: noticesOf(burnt),
    peak_hrr_kW: of(({ hrr }) => hrr.peak_kW),
    hrr: { bin_s: typical.hrr.bin_s, kW: [...typical.hrr.kW] },
    places: first.fire.measures.places.map((_, p) => placeOf(burnt.map(({ fire }) => fire.measures.places[p]!))),
    exits: first.fire.measures.exits.map((_, e) => exitOf(burnt.map(({ fire }) => fire.measures.exits[e]!))),
    exposed: exposed.map(({ limit }, k) => ({
      limit,
      asphyxiants: of((fire) => fire.exposed[k]!.asphyxiants),
      heat: of((fire) => fire.exposed[k]!.heat),
      irritants: of((fire) => fire.exposed[k]!.irritants),
      any: of((fire) => fire.exposed[k]!.any),
    })),
    incapacitated: of((fire) => fire.incapacitated.length),
    fallen: burnt.flatMap(({ seed, fire }) => fire.measures.incapacitated.map((person) => ({ seed, ...person }))),
    maps: joinFireMaps(burnt.map(({ fire }) => fire.maps)),
  };
}

/** Each once, with the runs in which it was said and the earliest time. */
function noticesOf(runs: readonly Burnt[]): EnsembleFire["notices"] {
  const found = new Map<string, { time_s: number; runs: number }>();
  for (const { fire } of runs)
    for (const { time_s, message } of fire.measures.notices) {
      const known = found.get(message);
      if (known) {
        known.time_s = Math.min(known.time_s, time_s);
        known.runs++;
      } else found.set(message, { time_s, runs: 1 });
    }
  return [...found].map(([message, { time_s, runs: said }]) => ({ time_s, message, runs: said }));
}

/** Of places that nobody used in a run the margin is not counted; null where it is known in no run. */
export function joinMargins(margins: readonly (Margin | null)[]): MarginBand | null {
  const known = margins.filter((margin) => margin !== null);
  if (known.length === 0) return null;
  const seconds = known.map(({ s }) => s);
  const band = bandOf(seconds);
  return {
    mean_s: seconds.reduce((sum, s) => sum + s, 0) / seconds.length,
    worst_s: Math.min(...seconds),
    p5_s: band.p5!,
    p50_s: band.p50!,
    p95_s: band.p95!,
    negative_share: known.filter(({ s, bound }) => s < 0 || bound === "at most").length / known.length,
    runs: known.length,
    at_least: known.filter(({ bound }) => bound === "at least").length,
    at_most: known.filter(({ bound }) => bound === "at most").length,
  };
}

function placeOf(all: readonly FirePlaceMeasure[]): FirePlaceReport {
  const median = middle(all, ({ margin, aset_s }) => margin?.s ?? aset_s ?? Number.MAX_VALUE);
  const { place, level, kind, area_m2, visibility_limit_m } = median;
  const times = all.flatMap(({ aset_s }) => aset_s ?? []);
  const entered = all.filter(({ most_people }) => most_people > 0);
  const by = (criterion: Criterion) => bandOf(all.map(({ by_criterion }) => by_criterion[criterion]));
  return {
    place,
    level,
    kind,
    area_m2,
    visibility_limit_m,
    untenable_runs: times.length,
    earliest_s: times.length === 0 ? null : Math.min(...times),
    aset_s: bandOf(all.map(({ aset_s }) => aset_s)),
    criterion: mostOften(all.map(({ criterion }) => criterion)),
    by_criterion: Object.fromEntries(CRITERIA.map((criterion) => [criterion, by(criterion)])) as FirePlaceReport["by_criterion"], // one entry for each of CRITERIA
    used: entered.length > 0,
    rset_s: bandOf(entered.map(({ rset_s }) => rset_s)),
    people_at_aset: bandOf(all.map(({ aset_s, people_at_aset }) => (aset_s === null ? 0 : (people_at_aset ?? 0)))),
    people_at_end: bandOf(all.map(({ people_at_end }) => people_at_end)),
    margin: joinMargins(all.map(({ margin }) => margin)),
    median,
  };
}

/** The first named of those that occur most; null where none does. */
function mostOften(criteria: readonly (Criterion | null)[]): Criterion | null {
  let best: Criterion | null = null;
  let most = 0;
  for (const criterion of CRITERIA) {
    const count = criteria.filter((each) => each === criterion).length;
    if (count > most) {
      best = criterion;
      most = count;
    }
  }
  return best;
}

function exitOf(all: readonly FireMeasures["exits"][number][]): FireExit {
  const used = all.find(({ place }) => place !== "") ?? all[0]!;
  return {
    exit: used.exit,
    place: used.place,
    passed: bandOf(all.map(({ passed }) => passed)),
    last_s: bandOf(all.flatMap(({ last_s }) => last_s ?? [])),
    aset_s: bandOf(all.map(({ aset_s }) => aset_s)),
    margin: joinMargins(all.map(({ margin }) => margin)),
  };
}

/** The worst of all runs in each cell: least visibility, largest dose, earliest time. */
export function joinFireMaps(runs: readonly (readonly FireMap[])[]): FireMap[] {
  const first = runs[0] ?? [];
  return first.map((map, m) => {
    const all = runs.map((maps) => maps[m]!);
    return {
      ...map,
      visibility_m: worst(
        all.map(({ visibility_m }) => visibility_m),
        Math.min,
      ),
      fed: worst(
        all.map(({ fed }) => fed),
        Math.max,
      ),
      untenable_s: worst(
        all.map(({ untenable_s }) => untenable_s),
        Math.min,
      ),
    };
  });
}

function worst(columns: readonly Float32Array[], of: (a: number, b: number) => number): Float32Array {
  const joined = columns[0]!.slice();
  for (const column of columns.slice(1)) for (let k = 0; k < joined.length; k++) joined[k] = of(joined[k]!, column[k]!);
  return joined;
}
