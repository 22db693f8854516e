/**
 * Turns what a run with fire hands out into results: records of every place, ASET against RSET, doses of somebody who stays, maps.
 * Memory is bounded by the floor and the number of people, not by the run's length.
 */
import { AIR_QUANTITIES, type Air, ambientAir } from "../../fire/fields/field.js";
import type { ZoneStatus } from "../../fire/zone/zone-model.js";
import type { Layout } from "../../layout/layout.js";
import type { FireInfo, FireNow } from "../../run/fire-records.js";
import type { Frame, Positions, RunInfo, RunResult } from "../../run/records.js";
import type { Tenability } from "../../scenario/fire/fire.js";
import { createColumns } from "./columns.js";
import { createEgress, type Egress } from "./egress.js";
import { doseCounts, fallen, worstDose } from "./exposed.js";
import { createFireMaps } from "./fire-maps.js";
import { type FirePlace, firePlaces, type Spots, spotsOf } from "./fire-places.js";
import { type Doses, passedAt } from "./limits.js";
import { marginOf } from "./margin.js";
import {
  CRITERIA,
  type FireExitMeasure,
  type FireMap,
  type FireMeasures,
  type FirePlaceMeasure,
  type FireRow,
} from "./measures.js";
import { createPlaceAir, type MeanAir, noAir, type PlaceAir } from "./place-air.js";

/** How fast doses grow in an air, 1/s, and the concentration of irritants in it. */
export interface DoseRates {
  asphyxiant(air: Readonly<Air>): number;
  heat(air: Readonly<Air>): number;
  irritant(air: Readonly<Air>): number;
}

export interface FireRecorderOptions {
  layout: Layout;
  /** With `fire`. */
  info: RunInfo & { fire: FireInfo };
  limits: Tenability;
  rates: DoseRates;
  /** Height at which people breathe and look, m. */
  head_m: number;
  /** Interval of frames, s. */
  every_s: number;
  /** Called once per frame with a row for each place. */
  onRows?: (rows: readonly FireRow[]) => void;
}

export interface FireRecorder {
  /** In order of time, before the frame of the same time. */
  fire(now: FireNow): void;
  frame(frame: Frame): void;
  paths(positions: Positions): void;
  finish(result: RunResult): { measures: FireMeasures; maps: FireMap[] };
}

export function createFireRecorder(options: FireRecorderOptions): FireRecorder {
  const { layout, info, every_s, onRows } = options;
  const places = firePlaces(layout, info.fire.compartments);
  const egress = createEgress(layout, places, info);
  const airs = places.map((place) => createPlaceAir(place, options.limits, every_s));
  const look = createLook(options, places, airs);
  const heat = createHeat(every_s);
  const peopleAtAset = new Float64Array(places.length).fill(Number.NaN);
  let status: ZoneStatus | null = null;
  const count = (): void => {
    for (let p = 0; p < places.length; p++)
      if (Number.isNaN(peopleAtAset[p]!) && !Number.isNaN(airs[p]!.aset)) peopleAtAset[p] = egress.inside[p]!;
  };
  let last = 0;
  let due = 0;
  /** A row of every place at each output time, whether people are still there or not. */
  const keep = (time: number): void => {
    if (time < due - 1e-9) return;
    due = time + every_s;
    count();
    airs.forEach((air, p) => {
      air.keep(time, egress.inside[p]!);
    });
    heat.keep(time);
    onRows?.(rowsOf({ time, places, airs, egress, status }));
  };
  return {
    fire(now) {
      look.at(now);
      heat.at(now);
      status = now.status;
      last = now.time;
      if (now.alone) keep(now.time);
    },
    frame(frame) {
      egress.depart(frame.departures);
      egress.look(frame);
      due = frame.time;
      keep(frame.time);
    },
    paths(positions) {
      egress.look(positions);
      count();
    },
    finish(result) {
      const measured = places.map((place, p) => placeMeasure(place, airs[p]!, egress, p, peopleAtAset[p]!, last));
      const measures: FireMeasures = {
        source: info.fire.source,
        unknown: AIR_QUANTITIES.filter((quantity) => !info.fire.knows.includes(quantity)),
        ignition_s: info.fire.ignition_s,
        end_s: last,
        status: status && endOf(status),
        notices: (status?.warnings ?? []).map(({ time_s, message }) => ({ time_s, message })),
        hrr: heat.finish(),
        places: measured,
        exits: exitMeasures(info, egress, measured, last),
        exposed: doseCounts(result.exposure),
        worst_dose: worstDose(result.exposure),
        incapacitated: fallen(
          result.incapacitated ?? [],
          info,
          (sheet, x, y) => places[egress.placeAt(sheet, x, y)]?.place ?? "",
        ),
      };
      return { measures, maps: look.maps() };
    },
  };
}

/** Samples the air at every spot, adds up doses, and tells each place. */
function createLook(options: FireRecorderOptions, places: readonly FirePlace[], airs: readonly PlaceAir[]) {
  const { layout, limits, rates, head_m } = options;
  const spots: Spots = spotsOf(layout, places);
  const maps = createFireMaps(layout, spots);
  const column = (): Float64Array => new Float64Array(spots.count);
  const [fedAsphyxiant, fedHeat, fec] = [column(), column(), column()];
  /** Rates at the last look: doses add up by the trapezoidal rule, as those of people do. */
  const [gasBefore, heatBefore] = [column(), column()];
  const means = places.map(noAir);
  const passed = places.map(() => new Float64Array(CRITERIA.length));
  const air = ambientAir();
  const doses: Doses = { fedAsphyxiant: 0, fedHeat: 0, fec: 0 };
  let last = Number.NaN;
  return {
    maps: maps.finish,
    at({ time, field, model }: FireNow) {
      const seconds = Number.isNaN(last) ? 0 : time - last;
      last = time;
      for (let p = 0; p < places.length; p++) {
        Object.assign(means[p]!, ZERO);
        passed[p]!.fill(0);
      }
      for (let s = 0; s < spots.count; s++) {
        const p = spots.place[s]!;
        field.sample(time, spots.sheet[s]!, spots.x[s]!, spots.y[s]!, head_m, air);
        const [gas, heat] = [rates.asphyxiant(air), rates.heat(air)];
        fedAsphyxiant[s]! += (seconds / 2) * (gasBefore[s]! + gas);
        fedHeat[s]! += (seconds / 2) * (heatBefore[s]! + heat);
        fec[s] = Math.max(fec[s]!, rates.irritant(air));
        gasBefore[s] = gas;
        heatBefore[s] = heat;
        doses.fedAsphyxiant = fedAsphyxiant[s]!;
        doses.fedHeat = fedHeat[s]!;
        doses.fec = fec[s]!;
        addTo(means[p]!, air, doses);
        const bits = passedAt(air, doses, limits, airs[p]!.visible_m);
        if (bits !== 0) for (let c = 0; c < CRITERIA.length; c++) if ((bits & (1 << c)) !== 0) passed[p]![c]!++;
        maps.spot(s, time, air, doses, bits !== 0);
      }
      for (let p = 0; p < places.length; p++) {
        const n = spots.perPlace[p]!;
        if (n === 0) continue;
        scale(means[p]!, 1 / n);
        for (let c = 0; c < CRITERIA.length; c++) passed[p]![c]! /= n;
        airs[p]!.observe(time, means[p]!, passed[p]!, model);
      }
    },
  };
}

const ZERO = noAir();
const MEANS = Object.keys(ZERO) as (keyof MeanAir)[];

function addTo(mean: MeanAir, air: Readonly<Air>, doses: Readonly<Doses>): void {
  mean.temperature_K += air.temperature_K;
  mean.extinction_1_m += air.extinction_1_m;
  mean.oxygen += air.oxygen;
  mean.carbonDioxide += air.carbonDioxide;
  mean.carbonMonoxide += air.carbonMonoxide;
  mean.hydrogenCyanide += air.hydrogenCyanide;
  mean.hydrogenChloride += air.hydrogenChloride;
  mean.radiantFlux_W_m2 += air.radiantFlux_W_m2;
  mean.fedAsphyxiant += doses.fedAsphyxiant;
  mean.fedHeat += doses.fedHeat;
}

function scale(mean: MeanAir, factor: number): void {
  for (const name of MEANS) mean[name] *= factor;
}

/** Heat release of everything together. */
function createHeat(every_s: number) {
  const columns = createColumns(["kW"], every_s);
  const latest = [0];
  let peak_kW = 0;
  let peak_at_s = 0;
  return {
    at({ time, hrr_W }: FireNow) {
      let sum = 0;
      for (let k = 0; k < hrr_W.length; k++) sum += hrr_W[k]!;
      latest[0] = sum / 1000;
      if (latest[0] > peak_kW) {
        peak_kW = latest[0];
        peak_at_s = time;
      }
    },
    keep: (time: number) => columns.add(time, latest),
    finish: (): FireMeasures["hrr"] => ({ ...columns.finish(), peak_kW, peak_at_s }),
  };
}

function rowsOf(of: {
  time: number;
  places: readonly FirePlace[];
  airs: readonly PlaceAir[];
  egress: Egress;
  status: ZoneStatus | null;
}): FireRow[] {
  const { time, places, airs, egress, status } = of;
  return places.map(({ place, level }, p) => ({
    time,
    place,
    level,
    people: egress.inside[p]!,
    ...airs[p]!.now,
    tenable: Number.isNaN(airs[p]!.aset),
    status: status?.status ?? "",
    reason: status?.reason ?? "",
  }));
}

function placeMeasure(
  { place, level, compartment, area_m2 }: FirePlace,
  air: PlaceAir,
  egress: Egress,
  p: number,
  peopleAtAset: number,
  endS: number,
): FirePlaceMeasure {
  const { visibility_limit_m, aset_s, criterion, by_criterion, worst, series } = air.finish();
  const used = egress.most[p]! > 0;
  const rset_s = used && egress.inside[p] === 0 ? egress.emptied[p]! : null;
  return {
    place,
    level,
    kind: compartment >= 0 ? "compartment" : "open",
    area_m2,
    visibility_limit_m,
    aset_s,
    criterion,
    by_criterion,
    most_people: egress.most[p]!,
    people_at_aset: Number.isNaN(peopleAtAset) ? null : peopleAtAset,
    people_at_end: egress.inside[p]!,
    rset_s,
    margin: marginOf({ asetS: aset_s, rsetS: rset_s, endS, used }),
    worst,
    series,
  };
}

function exitMeasures(info: RunInfo, egress: Egress, places: readonly FirePlaceMeasure[], endS: number): FireExitMeasure[] {
  return info.exits.map(({ name }, e): FireExitMeasure => {
    const place = places[egress.placeOfExit[e]!];
    const passed = egress.passed[e]!;
    const last_s = passed > 0 ? egress.last[e]! : null;
    const aset_s = place?.aset_s ?? null;
    const margin = last_s === null ? null : marginOf({ asetS: aset_s, rsetS: last_s, endS, used: true });
    return { exit: name, place: place?.place ?? "", passed, last_s, aset_s, margin };
  });
}

/** Status of the zone model at the end of the run: what is still running then has come to its end. */
const endOf = ({ status, time_s, reason }: ZoneStatus): FireMeasures["status"] =>
  status === "running" ? { status: "ended", time_s, reason: `reached ${time_s} s` } : { status, time_s, reason };
