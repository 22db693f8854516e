/** What the air of one place was like: latest values, worst values, which limits were passed when, and its series. */
import { type Air, ambientAir } from "../../fire/fields/field.js";
import type { LayerAir, ZoneModel } from "../../fire/zone/zone-model.js";
import type { Tenability } from "../../scenario/fire/fire.js";
import { type ColumnsRecorder, createColumns } from "./columns.js";
import type { FirePlace } from "./fire-places.js";
import { celsius, MOST_VISIBLE, passedOverhead, visibility, visibilityLimit } from "./limits.js";
import { CRITERIA, type Criterion, type FirePlaceMeasure, type FireSeries } from "./measures.js";

/** Columns of `FireSeries` in its order. */
const COLUMNS = [
  "people",
  "interface_m",
  "upper_C",
  "lower_C",
  "head_C",
  "visibility_m",
  "o2_pct",
  "co2_pct",
  "co_ppm",
  "hcn_ppm",
  "hcl_ppm",
  "radiant_kW_m2",
  "hrr_kW",
  "pressure_Pa",
  "fed_asphyxiant",
  "fed_heat",
] as const satisfies readonly Exclude<keyof FireSeries, "bin_s">[];

/** Means over the floor of a place at head height, SI; doses of somebody who stays. */
export interface MeanAir extends Air {
  fedAsphyxiant: number;
  fedHeat: number;
}

export const noAir = (): MeanAir => ({
  temperature_K: 0,
  extinction_1_m: 0,
  oxygen: 0,
  carbonDioxide: 0,
  carbonMonoxide: 0,
  hydrogenCyanide: 0,
  hydrogenChloride: 0,
  radiantFlux_W_m2: 0,
  fedAsphyxiant: 0,
  fedHeat: 0,
});

/** Latest values of the columns but `people`; NaN where there is no such value. */
export type PlaceNow = Record<Exclude<(typeof COLUMNS)[number], "people">, number> & { extinction_1_m: number };

export interface PlaceAir {
  readonly now: PlaceNow;
  /** The limit of visibility here, m. */
  readonly visible_m: number;
  /** First time at which a limit was passed, s; NaN before. */
  readonly aset: number;
  /** @param share share of the place's spots at which each limit is passed now, in the order of CRITERIA */
  observe(time: number, mean: Readonly<MeanAir>, share: ArrayLike<number>, model: ZoneModel | null): void;
  /** Adds the latest values to the series. */
  keep(time: number, people: number): void;
  finish(): Pick<FirePlaceMeasure, "visibility_limit_m" | "aset_s" | "criterion" | "by_criterion" | "worst" | "series">;
}

/** Warmer or smokier than this against the first look, and the place is one that fire has reached. K, 1/m */
const TOUCHED_K = 2;
const TOUCHED_1_M = 0.01;

export function createPlaceAir(place: FirePlace, limits: Tenability, every_s: number): PlaceAir {
  const visible = visibilityLimit(limits, place.area_m2);
  const passedAt = new Float64Array(CRITERIA.length).fill(Number.NaN);
  const columns: ColumnsRecorder<(typeof COLUMNS)[number]> = createColumns(COLUMNS, every_s, ["people"]);
  const values = new Float64Array(COLUMNS.length);
  const now = Object.fromEntries([...COLUMNS.slice(1), "extinction_1_m"].map((name) => [name, Number.NaN])) as PlaceNow;
  const layer: LayerAir = ambientAir();
  const worst = { visibility_m: MOST_VISIBLE, head_C: Number.NaN, interface_m: Number.NaN, pressure_Pa: Number.NaN };
  let first_K = Number.NaN;
  let touched = false;
  let aset = Number.NaN;

  const judge = (time: number, share: ArrayLike<number>, overhead: number): void => {
    for (let c = 0; c < CRITERIA.length; c++) {
      const passed = share[c]! > 0 && share[c]! >= limits.share_of_floor;
      if ((passed || (overhead & (1 << c)) !== 0) && Number.isNaN(passedAt[c]!)) passedAt[c] = time;
    }
    if (Number.isNaN(aset) && passedAt.some((at) => !Number.isNaN(at))) aset = time;
  };

  return {
    now,
    visible_m: visible,
    get aset() {
      return aset;
    },
    observe(time, mean, share, model) {
      if (Number.isNaN(first_K)) first_K = mean.temperature_K;
      touched ||= Math.abs(mean.temperature_K - first_K) > TOUCHED_K || mean.extinction_1_m > TOUCHED_1_M;
      headInto(now, mean);
      let overhead = 0;
      if (model !== null && place.compartment >= 0) {
        zonesInto(now, place.compartment, model, layer);
        const { interface_m, upper_C } = now;
        overhead = passedOverhead(
          { interface_m, temperature_K: layer.temperature_K, extinction_1_m: layer.extinction_1_m },
          limits,
          visible,
        );
        worst.interface_m = least(worst.interface_m, interface_m);
        worst.pressure_Pa = largest(worst.pressure_Pa, Math.abs(now.pressure_Pa));
        touched ||= upper_C - celsius(first_K) > TOUCHED_K;
      }
      worst.visibility_m = least(worst.visibility_m, now.visibility_m);
      worst.head_C = largest(worst.head_C, now.head_C);
      judge(time, share, overhead);
    },
    keep(time, people) {
      values[0] = people;
      for (let c = 1; c < COLUMNS.length; c++) values[c] = now[COLUMNS[c] as Exclude<(typeof COLUMNS)[number], "people">];
      columns.add(time, values);
    },
    finish() {
      const entries = CRITERIA.map((name, c) => [name, Number.isNaN(passedAt[c]!) ? null : passedAt[c]!] as const);
      return {
        visibility_limit_m: visible,
        aset_s: Number.isNaN(aset) ? null : aset,
        criterion: entries.find(([, at]) => at === aset)?.[0] ?? null,
        by_criterion: Object.fromEntries(entries) as Record<Criterion, number | null>, // one entry for each of CRITERIA
        worst: { ...worst },
        series: touched || !Number.isNaN(aset) ? columns.finish() : null,
      };
    },
  };
}

const least = (a: number, b: number): number => (Number.isNaN(a) || b < a ? b : a);
const largest = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a);

function headInto(now: PlaceNow, mean: Readonly<MeanAir>): void {
  now.head_C = celsius(mean.temperature_K);
  now.extinction_1_m = mean.extinction_1_m;
  now.visibility_m = visibility(mean.extinction_1_m);
  now.o2_pct = mean.oxygen * 100;
  now.co2_pct = mean.carbonDioxide * 100;
  now.co_ppm = mean.carbonMonoxide * 1e6;
  now.hcn_ppm = mean.hydrogenCyanide * 1e6;
  now.hcl_ppm = mean.hydrogenChloride * 1e6;
  now.radiant_kW_m2 = mean.radiantFlux_W_m2 / 1000;
  now.fed_asphyxiant = mean.fedAsphyxiant;
  now.fed_heat = mean.fedHeat;
}

/** Values of the two layers; `layer` becomes the upper one. */
function zonesInto(now: PlaceNow, compartment: number, model: ZoneModel, layer: LayerAir): void {
  const { state, building } = model;
  now.interface_m = state.interface_m[compartment]!;
  now.upper_C = celsius(state.temperature_K[2 * compartment]!);
  now.lower_C = celsius(state.temperature_K[2 * compartment + 1]!);
  now.pressure_Pa = state.pressure_Pa[compartment]!;
  now.hrr_kW = state.hrr_W[compartment]! / 1000;
  model.air(compartment, building.compartments[compartment]!.height_m, layer);
}
