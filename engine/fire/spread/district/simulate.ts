/**
 * Fire from building to building: each takes up heat by the flux-time product of what burns around it, burns fully some minutes after it
 * caught, and burns out. Fluxes are steady between two events, so that runs go from event to event exactly. What nobody knows of a
 * district is drawn anew for each run: that spread is the result, not its middle.
 */
import FlatQueue from "flatqueue";
import { exp } from "../../../maths.js";
import { type Random, stream } from "../../../random.js";
import { type Ignition, thickSolid } from "../ignition.js";
import { brandsOver } from "./brands.js";
import type { District } from "./buildings.js";
import { BUILDING_FIRE, type BuildingFire, type Heating, heatingIn, neighboursOf } from "./heating.js";

export interface DistrictOptions {
  /** Indices of the buildings that burn at the start. */
  readonly ignited: readonly number[];
  readonly wind: { readonly speed_m_s: number; readonly from_deg: number };
  readonly horizon_s: number;
  readonly seeds: readonly number[];
  readonly fire?: BuildingFire;
  /** Brands per burning building that would light a wooden one: see brands.ts. 0 to 200; default 0. */
  readonly brands?: number;
  /** See UNCERTAIN. */
  readonly uncertain?: Uncertain;
}

/**
 * Standard deviations of logarithms (or as named) of what is drawn: per run the heat that burning buildings send, the wind's speed and its
 * direction (rad); per building its flux-time product, its time to full fire and its duration. All chosen, none measured: factor 1.5 on
 * fluxes, factor 2 on ignition, 15° of wind.
 */
export interface Uncertain {
  readonly heat: number;
  readonly wind: number;
  readonly direction_rad: number;
  readonly product: number;
  readonly growth: number;
  readonly duration: number;
}

export const UNCERTAIN: Uncertain = {
  heat: 0.4,
  wind: 0.2,
  direction_rad: 0.26,
  product: Math.LN2,
  growth: 0.4,
  duration: 0.4,
};

/**
 * Ignition of a building: wood at 12.5 kW/m² (BR 187) by kρc 0.54 and 350 °C; of one with walls that do not burn through its windows at 20
 * kW/m², like upholstery (Babrauskas' normal class). kρc and temperature recalled: unverified.
 */
const WOODEN: Ignition = thickSolid(12.5e3, 0.54e6, 623);
const RESISTANT: Ignition = thickSolid(20e3, 0.32e6, 663);

/** From first flames to full fire, and from there to burnt out, s: medians (chosen; Himoto and Tanaka 2008 and Wellington's dynamic model have tens of minutes). */
const GROWTH = 600;
const DURATION = 3600;

export interface DistrictRun {
  readonly seed: number;
  /** Per building, s after the first fire; Infinity where it does not burn within the horizon. */
  readonly ignited_s: Float64Array;
  readonly wind_m_s: number;
  readonly wind_from_deg: number;
}

export interface DistrictRuns {
  readonly runs: readonly DistrictRun[];
  /** Gap from each building to the nearest other, m; Infinity where none is in reach. */
  readonly gaps_m: Float64Array;
}

export function runDistrict(district: District, options: DistrictOptions): DistrictRuns {
  const near = neighboursOf(district);
  const brands = brandsOver(district.buildings);
  const { fire = BUILDING_FIRE, uncertain = UNCERTAIN, wind } = options;
  const runs = options.seeds.map((seed): DistrictRun => {
    const weather = stream(seed, "district-weather");
    const heat = exp(uncertain.heat * weather.normal());
    const speed_m_s = wind.speed_m_s * exp(uncertain.wind * weather.normal());
    const to_rad = ((270 - wind.from_deg) * Math.PI) / 180 + uncertain.direction_rad * weather.normal();
    const heating = heatingIn(district, near, fire, { speed_m_s, to_rad });
    const from_deg = 270 - (to_rad * 180) / Math.PI;
    return {
      seed,
      ignited_s: oneRun(district, options, uncertain, { heating, heat, seed, brands, speed_m_s, to_rad }),
      wind_m_s: speed_m_s,
      wind_from_deg: from_deg - 360 * Math.floor(from_deg / 360),
    };
  });
  const gaps_m = Float64Array.from(district.buildings, (_, j) => {
    let least = Infinity;
    for (let e = near.start[j]!; e < near.start[j + 1]!; e++) least = Math.min(least, near.gap_m[e]!);
    return least;
  });
  return { runs, gaps_m };
}

/** What is drawn for a run as a whole. */
interface Weather {
  readonly heating: Heating;
  readonly heat: number;
  readonly seed: number;
  readonly brands: ReturnType<typeof brandsOver>;
  readonly speed_m_s: number;
  readonly to_rad: number;
}

function oneRun(
  { buildings }: District,
  { ignited, horizon_s, brands: perBuilding = 0 }: DistrictOptions,
  uncertain: Uncertain,
  { heating, heat, seed, brands, ...wind }: Weather,
): Float64Array {
  const count = buildings.length;
  const caught = new Float64Array(count).fill(Infinity);
  const rest = new Float64Array(count);
  const drawn = buildings.map((building, i) => {
    const random = stream(seed, "district-building", i);
    const kind = building.fireResistant ? RESISTANT : WOODEN;
    rest[i] = kind.fluxTimeProduct * exp(uncertain.product * random.normal());
    return {
      kind,
      growth: GROWTH * factorOf(random, uncertain.growth),
      duration: DURATION * factorOf(random, uncertain.duration),
    };
  });
  const queue = new FlatQueue<number>();
  const plan = (kind: number, i: number, time: number): void => {
    if (time < horizon_s) queue.push(KINDS * i + kind, time);
  };
  const light = (i: number, time: number): void => {
    caught[i] = time;
    const full = time + drawn[i]!.growth;
    const end = full + drawn[i]!.duration;
    plan(FULL, i, full);
    plan(OUT, i, end);
    if (perBuilding > 0)
      for (const { time_s, target } of brands(i, perBuilding, wind, [full, end], stream(seed, "district-brands", i)))
        plan(BRAND, target, time_s);
  };
  for (const i of ignited) light(i, 0);
  const targets = targetsOf(heating);
  const burning = new Uint8Array(count);
  const rate = new Float64Array(count);
  const since = new Float64Array(count);
  const due = new Float64Array(count).fill(Infinity);
  /** What burns around a building has changed: its product up to now, and when it will be full. */
  const reheat = (j: number, time: number): void => {
    if (caught[j]! < Infinity) return;
    rest[j] = Math.max(0, rest[j]! - rate[j]! * (time - since[j]!));
    since[j] = time;
    let flux = 0;
    for (let e = heating.start[j]!; e < heating.start[j + 1]!; e++)
      if (burning[heating.from[e]!] === 1) flux += heat * (heating.wall[e]! + heating.roof[e]!);
    const over = Math.max(0, flux - drawn[j]!.kind.criticalFlux_W_m2);
    rate[j] = over * over;
    due[j] = over > 0 ? time + rest[j]! / rate[j]! : Infinity;
    plan(DUE, j, due[j]!);
  };
  while (queue.length > 0) {
    const time = queue.peekValue()!;
    const event = queue.pop()!;
    const [kind, i] = [event % KINDS, Math.floor(event / KINDS)];
    if (kind === DUE || kind === BRAND) {
      // A later plan stands where what burns around it has changed.
      if (caught[i] === Infinity && (kind === BRAND || due[i] === time)) light(i, time);
      continue;
    }
    burning[i] = kind === FULL ? 1 : 0;
    for (let e = targets.start[i]!; e < targets.start[i + 1]!; e++) reheat(targets.to[e]!, time);
  }
  return caught;
}

/** Events: a building is due to catch fire, burns fully, is burnt out, or a brand lands on it. */
const [DUE, FULL, OUT, BRAND, KINDS] = [0, 1, 2, 3, 4] as const;

/** Whom each building heats: the transpose of `heating`. */
function targetsOf({ start, from }: Heating): { start: Int32Array; to: Int32Array } {
  const count = start.length - 1;
  const first = new Int32Array(count + 1);
  for (const i of from) first[i + 1]!++;
  for (let i = 0; i < count; i++) first[i + 1]! += first[i]!;
  const at = first.slice(0, count);
  const to = new Int32Array(from.length);
  for (let j = 0; j < count; j++) for (let e = start[j]!; e < start[j + 1]!; e++) to[at[from[e]!]!++] = j;
  return { start: first, to };
}

const factorOf = (random: Random, sigma: number): number => exp(sigma * random.normal());
