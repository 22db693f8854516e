/**
 * Heat release rate over the time since ignition, as pieces of second degree: growth by t², steady burning, linear decay and tables are
 * all exact, and so is the energy of each. Energy is a budget: what a fire's fuel cannot give is not released.
 *
 * Growth Q = α t² with the four classes of NFPA 72 and 92 (1055 kW after 600, 300, 150 and 75 s). Where fuel is given and the time of
 * steady burning is not, decay begins when 70 % of the fuel is burnt and is linear (EN 1991-1-2:2002, annex E.4).
 */
import { pow } from "../../maths.js";
import { lastAtOrBefore } from "../times.js";

export type GrowthClass = "slow" | "medium" | "fast" | "ultra-fast";

/** Time to 1055 kW (1000 Btu/s), s: NFPA 92. */
const GROWTH_TIME: Readonly<Record<GrowthClass, number>> = { slow: 600, medium: 300, fast: 150, "ultra-fast": 75 };

/** α of Q = α t², W/s²: 2.93, 11.72, 46.9 and 187.6 (in W; the handbooks give kW). */
export function growthRate(growth: GrowthClass): number {
  const time = GROWTH_TIME[growth];
  return 1055e3 / (time * time);
}

/** Share of the fuel burnt at which decay begins: EN 1991-1-2, E.4 (8). */
const BURNT_AT_DECAY = 0.7;

export interface HeatRelease {
  /** Beginnings of the pieces, s since ignition, rising from 0. */
  readonly start_s: Float64Array;
  /** 3 per piece [a, b, c, …]: HRR = a + b τ + c τ², W, with τ in s since the piece began. */
  readonly pieces: Float64Array;
  /** J released before each piece. */
  readonly released_J: Float64Array;
  /** From here on nothing burns, s; Infinity for a fire that goes on. */
  readonly end_s: number;
}

export interface GrowthFire {
  /** A class, or α in W/s². */
  readonly growth: GrowthClass | number;
  readonly peak_W: number;
  /** Smouldering without flames before growth begins, s. Default 0. */
  readonly incubation_s?: number | undefined;
  /** Steady burning at the peak, s; Infinity: to the end. Default: by `energy_J`, else Infinity. */
  readonly peakFor_s?: number | undefined;
  /** Linear decay to 0, s. Default: what is left of `energy_J`, else 0. */
  readonly decay_s?: number | undefined;
  /** Fuel mass × heat of combustion, J: never more is released. Default Infinity. */
  readonly energy_J?: number | undefined;
}

/** A fire that grows by t², burns steadily and decays; with too little fuel to reach its peak it decays from what it reached. */
export function growthFire(fire: GrowthFire): HeatRelease {
  const rate = typeof fire.growth === "number" ? fire.growth : growthRate(fire.growth);
  const energy = fire.energy_J ?? Infinity;
  const planned = fire.peakFor_s === undefined && energy < Infinity;
  let peak = fire.peak_W;
  let growth_s = Math.sqrt(peak / rate);
  const toPeak = (rate * growth_s * growth_s * growth_s) / 3;
  let steady_s = fire.peakFor_s ?? Infinity;
  let decay_s = fire.decay_s ?? 0;
  if (planned) {
    const share = fire.decay_s === undefined ? 1 - BURNT_AT_DECAY : null;
    const decaying = share === null ? (peak * decay_s) / 2 : share * energy;
    if (energy - decaying < toPeak) {
      growth_s = share === null ? growthBefore(rate, decay_s, energy) : pow((3 * (1 - share) * energy) / rate, 1 / 3);
      peak = rate * growth_s * growth_s;
      steady_s = 0;
    } else steady_s = (energy - decaying - toPeak) / peak;
    if (share !== null) decay_s = (2 * decaying) / peak;
  }
  const incubation = fire.incubation_s ?? 0;
  const parts: Part[] = [];
  if (incubation > 0) parts.push({ for_s: incubation, a: 0, b: 0, c: 0 });
  parts.push({ for_s: growth_s, a: 0, b: 0, c: rate });
  if (steady_s > 0) parts.push({ for_s: steady_s, a: peak, b: 0, c: 0 });
  if (steady_s < Infinity && decay_s > 0) parts.push({ for_s: decay_s, a: peak, b: -peak / decay_s, c: 0 });
  return assemble(parts, energy);
}

/**
 * A table of [s since ignition, W], linear between its points, 0 before the first; the last value is held unless it is 0.
 * Times must not fall; two points at one time are a jump.
 */
export function tableFire(points: readonly (readonly [number, number])[], energy_J = Infinity): HeatRelease {
  const parts: Part[] = [];
  let [time, value] = [0, 0];
  for (const [t, q] of points) {
    if (t > time) {
      // Before the first point of a table nothing burns, whatever its first value.
      const before = parts.length === 0 && points[0]![0] > 0 && points[0]![0] === t;
      parts.push(before ? { for_s: t, a: 0, b: 0, c: 0 } : { for_s: t - time, a: value, b: (q - value) / (t - time), c: 0 });
    }
    [time, value] = [t, q];
  }
  if (value > 0) parts.push({ for_s: Infinity, a: value, b: 0, c: 0 });
  return assemble(parts, energy_J);
}

/** Time of growth after which a decay over `decay_s` uses up the energy: α t³ / 3 + α t² d / 2 = E, by halving. */
function growthBefore(rate: number, decay_s: number, energy: number): number {
  let [low, high] = [0, pow((3 * energy) / rate, 1 / 3)];
  for (let k = 0; k < 80; k++) {
    const t = (low + high) / 2;
    if (rate * t * t * (t / 3 + decay_s / 2) < energy) low = t;
    else high = t;
  }
  return high;
}

interface Part {
  readonly for_s: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Lays parts end to end and cuts them where the energy is used up. */
function assemble(parts: readonly Part[], energy: number): HeatRelease {
  const start: number[] = [];
  const pieces: number[] = [];
  const released: number[] = [];
  let [time, sum] = [0, 0];
  for (const { for_s, a, b, c } of parts) {
    start.push(time);
    pieces.push(a, b, c);
    released.push(sum);
    const all = energyOf(a, b, c, for_s);
    if (sum + all >= energy) {
      const last = cutAt(a, b, c, for_s, energy - sum);
      return finish(start, pieces, released, time + last);
    }
    time += for_s;
    sum += all;
  }
  return finish(start, pieces, released, time);
}

const finish = (start: number[], pieces: number[], released: number[], end_s: number): HeatRelease => ({
  start_s: Float64Array.from(start),
  pieces: Float64Array.from(pieces),
  released_J: Float64Array.from(released),
  end_s,
});

const energyOf = (a: number, b: number, c: number, t: number): number =>
  t === Infinity ? (a > 0 ? Infinity : 0) : t * (a + t * (b / 2 + (t * c) / 3));

/** Time at which a piece has released an energy, by halving (its HRR is never negative, so the energy rises). */
function cutAt(a: number, b: number, c: number, for_s: number, energy: number): number {
  let low = 0;
  let high = for_s < Infinity ? for_s : energy / a;
  for (let k = 0; k < 80; k++) {
    const middle = (low + high) / 2;
    if (energyOf(a, b, c, middle) < energy) low = middle;
    else high = middle;
  }
  return high;
}

/** HRR at a time since ignition, W; 0 before it and after the end. */
export function hrrAt(fire: HeatRelease, t: number): number {
  if (!(t >= 0) || t >= fire.end_s) return 0;
  const k = lastAtOrBefore(fire.start_s, t);
  const s = t - fire.start_s[k]!;
  const value = fire.pieces[3 * k]! + s * (fire.pieces[3 * k + 1]! + s * fire.pieces[3 * k + 2]!);
  return value > 0 ? value : 0;
}

/** Energy released up to a time since ignition, J. */
export function releasedAt(fire: HeatRelease, t: number): number {
  if (!(t > 0) || fire.start_s.length === 0) return 0;
  const until = Math.min(t, fire.end_s);
  const k = lastAtOrBefore(fire.start_s, until);
  return (
    fire.released_J[k]! +
    energyOf(fire.pieces[3 * k]!, fire.pieces[3 * k + 1]!, fire.pieces[3 * k + 2]!, until - fire.start_s[k]!)
  );
}

/** First time after t at which the curve changes its law or ends, s since ignition; Infinity where none follows. */
export function nextChange(fire: HeatRelease, t: number): number {
  for (const start of fire.start_s) if (start > t && start < fire.end_s) return start;
  return fire.end_s > t ? fire.end_s : Infinity;
}

/**
 * The curve as a table of [s, W] to be read linearly, never more than `share` of its greatest value off (default 0.2 %), until `until_s`
 * at the latest. Growth is convex, so that the table releases a little more, never less.
 */
export function hrrTable(fire: HeatRelease, until_s: number, share = 0.002): [number, number][] {
  const table: [number, number][] = [];
  const end = Math.min(fire.end_s, until_s);
  let greatest = 0;
  for (let k = 0; k < fire.start_s.length; k++) greatest = Math.max(greatest, fire.pieces[3 * k]!, hrrBefore(fire, k, end));
  for (let k = 0; k < fire.start_s.length && fire.start_s[k]! < end; k++) {
    const from = fire.start_s[k]!;
    const to = Math.min(end, fire.start_s[k + 1] ?? end);
    const c = Math.abs(fire.pieces[3 * k + 2]!);
    // A chord over h is off by c h² / 4 at most.
    const count = Math.max(1, Math.ceil((to - from) * Math.sqrt(c / (4 * share * Math.max(greatest, 1)))));
    for (let j = 0; j < count; j++) push(table, from + ((to - from) * j) / count, hrrAt(fire, from + ((to - from) * j) / count));
    push(table, to, hrrBefore(fire, k, to));
  }
  if (end === fire.end_s && (table.at(-1)?.[1] ?? 0) > 0) table.push([end, 0]);
  return table;
}

function push(table: [number, number][], t: number, q: number): void {
  const last = table.at(-1);
  if (!last || last[0] !== t || last[1] !== q) table.push([t, q]);
}

/** Value at the end of a piece, W. */
function hrrBefore(fire: HeatRelease, k: number, end: number): number {
  const s = Math.min(fire.start_s[k + 1] ?? end, end) - fire.start_s[k]!;
  return Math.max(0, fire.pieces[3 * k]! + s * (fire.pieces[3 * k + 1]! + s * fire.pieces[3 * k + 2]!));
}
