/** What runs over a district say together: per building how likely it burns and when, over all runs; beside Hamada's formula. */
import { cosSin } from "../../../maths.js";
import type { Building, District } from "./buildings.js";
import { type HamadaTown, hamadaArrival, hamadaWidestGap } from "./hamada.js";
import type { DistrictOptions, DistrictRuns } from "./simulate.js";

export interface BuildingOutcome {
  readonly id: string;
  readonly name: string;
  /** Share of the runs in which it burns within the horizon. */
  readonly probability: number;
  /** Quantiles over all runs, min; null: in so many runs it does not burn. */
  readonly p10_min: number | null;
  readonly p50_min: number | null;
  readonly p90_min: number | null;
  /** By Hamada's formula for the mean building and gap, min. */
  readonly hamada_min: number;
}

export interface DistrictMap {
  readonly kind: "order-of-magnitude";
  readonly caution: string;
  readonly district: string;
  readonly runs: number;
  readonly horizon_min: number;
  readonly wind: { readonly speed_m_s: number; readonly from_deg: number };
  readonly ignited: readonly string[];
  /** Brands per burning building that would light another. */
  readonly brands: number;
  readonly buildings: readonly BuildingOutcome[];
  /** Buildings that burn within the horizon: quantiles over the runs. */
  readonly burnt: { readonly p10: number; readonly p50: number; readonly p90: number; readonly of: number };
  readonly hamada: { readonly side_m: number; readonly gap_m: number; readonly fire_resistant_share: number };
  readonly notices: readonly string[];
}

export const CAUTION =
  "Order of magnitude only: no model of fire between buildings has a known accuracy; expect a factor of 2 in times and more in extent. " +
  "Fire service, fences, trees and slopes are not in it; firebrands only where asked for, by a number that nobody knows.";

export function districtMap(district: District, options: DistrictOptions, { runs, gaps_m }: DistrictRuns): DistrictMap {
  const { buildings } = district;
  const town = townOf(district, options, gaps_m);
  const counts = runs.map(({ ignited_s }) => ignited_s.reduce((sum, t) => (t < Infinity ? sum + 1 : sum), 0));
  const sorted = Float64Array.from(counts).sort();
  const widest = hamadaWidestGap(options.wind.speed_m_s);
  return {
    kind: "order-of-magnitude",
    caution: CAUTION,
    district: district.name,
    runs: runs.length,
    horizon_min: options.horizon_s / 60,
    wind: options.wind,
    brands: options.brands ?? 0,
    ignited: options.ignited.map((i) => buildings[i]!.id),
    buildings: buildings.map((building, i) => {
      const times = Float64Array.from(runs, ({ ignited_s }) => ignited_s[i]!).sort();
      return {
        id: building.id,
        name: building.name,
        probability: times.filter((t) => t < Infinity).length / runs.length,
        p10_min: minutesAt(times, 0.1),
        p50_min: minutesAt(times, 0.5),
        p90_min: minutesAt(times, 0.9),
        hamada_min: hamadaFor(building, district, options, town) / 60,
      };
    }),
    burnt: { p10: quantile(sorted, 0.1), p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), of: buildings.length },
    hamada: { side_m: town.side_m, gap_m: town.gap_m, fire_resistant_share: town.fireResistantShare },
    notices: [
      ...district.notices,
      ...(town.gap_m > widest
        ? [
            `The mean gap of ${town.gap_m.toFixed(1)} m is wider than the ${widest.toFixed(1)} m over which Hamada's formula is meant.`,
          ]
        : []),
      ...(options.wind.speed_m_s < 1 ? ["Hamada's formula is not the same in all directions in calm air."] : []),
    ],
  };
}

/** The value that a share q of the runs does not exceed (inverse of the empirical distribution). */
const quantile = (sorted: Float64Array, q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;

function minutesAt(sorted: Float64Array, q: number): number | null {
  const value = quantile(sorted, q);
  return value < Infinity ? value / 60 : null;
}

/** Mean building (side of a square of its area) and mean gap to the nearest other. */
function townOf({ buildings }: District, { wind }: DistrictOptions, gaps_m: Float64Array): HamadaTown {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
  return {
    side_m: mean(buildings.map(({ area_m2 }) => Math.sqrt(area_m2))),
    gap_m: mean([...gaps_m].filter((gap) => gap < Infinity)),
    wind_m_s: wind.speed_m_s,
    fireResistantShare: mean(buildings.map(({ fireResistant }) => (fireResistant ? 1 : 0))),
  };
}

function hamadaFor({ centre }: Building, { buildings }: District, { ignited, wind }: DistrictOptions, town: HamadaTown): number {
  const [c, s] = cosSin(((270 - wind.from_deg) * Math.PI) / 180);
  return Math.min(
    ...ignited.map((i) => {
      const [x, y] = buildings[i]!.centre;
      const [dx, dy] = [centre[0] - x, centre[1] - y];
      return hamadaArrival(town, dx * c + dy * s, dy * c - dx * s);
    }),
  );
}
