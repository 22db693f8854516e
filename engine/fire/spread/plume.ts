/**
 * The plume of an open fire in wind, at head height. All that a fire gives off mixes alike, so that one number describes the mixture: the
 * temperature rise θ it would have if nothing but its convective heat warmed it. Species follow from θ (see `mixture`).
 *
 * Downwind a Gaussian plume with reflection at the ground,
 *   θ = Qc / (ρ cp 2π u σy σz) exp(-y²/2σy²) [exp(-(z-H)²/2σz²) + exp(-(z+H)²/2σz²)],
 * on an axis that rises by Briggs (1969, 1975) from a source of radius r0 = D / 2 (Schulman and Scire 1980, BLP, as in ISC-PRIME; recalled):
 * (Δ + r0/β)³ = 3 F x² / (2 β² u³) + (r0/β)³, β = 0.6, so Δ → 1.6 F^(1/3) x^(2/3) / u far off; H = base + Δ, F = g Qc / (π cp ρ T), to where it
 * levels off (x_f = 49 F^(5/8) for F < 55 m⁴/s³, else 119 F^(2/5)). σ² = turbulence (Briggs 1973) + (rise / 3.5)² (Pasquill 1976) + the source's size
 * ((D / 4.3)², (flame height / 4.3)²; US EPA, ISC3). In the flame, and above it in a calm (wind below 0.5 m/s): Heskestad's plume about the
 * tilted axis of the flame. The larger of both holds, at most 900 K.
 *
 * Range: means over 10 minutes, flat ground, σ measured from 100 m on and extrapolated below; short peaks are two or three times the mean;
 * lee eddies behind buildings and stalls, which bring smoke down, are not in it. Expect a factor of 2 to 3 near the fire.
 */
import { exp, pow } from "../../maths.js";
import type { Air } from "../fields/field.js";
import type { FlameShape } from "./flame.js";
import { turbulentSigma, type Wind } from "./wind.js";

const G = 9.81;
/** J/(kg K) */
const CP = 1005;
/** Greatest rise that a plume is given, K: that of a flame (as CFAST). */
export const HOTTEST = 900;
/** Below this wind a plume is taken to be blown by this, m/s: a calm has eddies too, and the Gaussian plume has no meaning in none. */
const LEAST_WIND = 0.5;
/** Share of its rise by which a bent plume widens (Briggs 1975). */
const ENTRAINMENT = 0.6;

/** kg per kg of fuel burnt. */
export interface Yields {
  readonly soot: number;
  readonly carbonDioxide: number;
  readonly carbonMonoxide: number;
  readonly hydrogenCyanide: number;
  readonly hydrogenChloride: number;
}

/** A burning item as its plume sees it. */
export interface PlumeSource extends FlameShape {
  /** Convective heat, W, and all heat, W. */
  convective: number;
  hrr: number;
  /** At half of the flame's height but 2 m at least, m/s. */
  wind: number;
  /** Unit vector that it blows to. */
  windX: number;
  windY: number;
}

/** What of a plume does not depend on the place, worked out once for many places. */
export interface Plume extends Readonly<PlumeSource> {
  readonly ambient_K: number;
  readonly air: Wind;
  /** Rise of its axis from a point: coefficient of x^(2/3); and x at which it levels off, m. */
  readonly climb: number;
  readonly levelAt_m: number;
  /** Virtual origin above the burning surface, m, and rise on the centre line 1 m above it, K. */
  readonly origin_m: number;
  readonly centre: number;
  /** Convective heat over ρ cp 2π u, K m². */
  readonly strength: number;
}

/** @param air how the wind mixes; its speed is the source's own */
export function plumeOf(source: Readonly<PlumeSource>, air: Wind, ambient_K: number): Plume {
  const { convective, hrr, diameter } = source;
  const density = 353 / ambient_K;
  const u = Math.max(LEAST_WIND, source.wind);
  const flux = (G * convective) / (Math.PI * CP * density * ambient_K);
  return {
    ...source,
    ambient_K,
    air,
    climb: pow((1.5 * flux) / (ENTRAINMENT * ENTRAINMENT), 1 / 3) / u,
    levelAt_m: flux < 55 ? 49 * pow(flux, 0.625) : 119 * pow(flux, 0.4),
    origin_m: -1.02 * diameter + 0.083 * pow(hrr / 1000, 0.4),
    centre: 9.1 * pow(ambient_K / (G * 1.005 * 1.005 * density * density), 1 / 3) * pow(convective / 1000, 2 / 3),
    strength: convective / (density * CP * 2 * Math.PI * u),
  };
}

/** θ at a point, K; 0 upwind of the fire beyond its flame. */
export function plumeRise(plume: Plume, x: number, y: number, z: number): number {
  if (!(plume.convective > 0)) return 0;
  return Math.min(HOTTEST, Math.max(overFire(plume, x, y, z), downwind(plume, x, y, z)));
}

/** Heskestad 1984: ΔT0 = 9.1 (T/(g cp² ρ²))^(1/3) Qc^(2/3) (z - z0)^(-5/3), half of it at b = 0.12 (T0/T)^(1/2) (z - z0). */
function overFire(plume: Plume, x: number, y: number, z: number): number {
  const above = z - plume.base;
  // In wind only as high as the flame: what is above it has been blown away.
  if (above < 0 || (plume.wind >= LEAST_WIND && above > plume.tipZ)) return 0;
  const lean = plume.tipZ > 0 ? above / plume.tipZ : 0;
  const dx = x - plume.x - plume.tipX * lean;
  const dy = y - plume.y - plume.tipY * lean;
  const height = Math.max(above - plume.origin_m, 1e-3);
  const centre = Math.min(HOTTEST, plume.centre * pow(height, -5 / 3));
  const half = Math.max(plume.diameter / 2, 0.12 * Math.sqrt(1 + centre / plume.ambient_K) * height);
  const far = (dx * dx + dy * dy) / (half * half);
  return far > 30 ? 0 : centre * exp(-Math.LN2 * far);
}

/** Δ of the head of this file, m. */
function riseAt({ diameter, climb, levelAt_m }: Plume, along: number): number {
  const wide = diameter / 2 / ENTRAINMENT;
  const x = Math.min(along, levelAt_m);
  return pow(climb * climb * climb * x * x + wide * wide * wide, 1 / 3) - wide;
}

function downwind(plume: Plume, px: number, py: number, z: number): number {
  const dx = px - plume.x;
  const dy = py - plume.y;
  const along = dx * plume.windX + dy * plume.windY;
  if (along <= 0) return 0;
  const across = dy * plume.windX - dx * plume.windY;
  const rise = riseAt(plume, along);
  const [ty, tz] = turbulentSigma(plume.air, along);
  const bent = (rise * rise) / 12.25;
  const y2 = ty * ty + bent + (plume.diameter * plume.diameter) / 18.49;
  const z2 = tz * tz + bent + (plume.tipZ * plume.tipZ) / 18.49;
  const a = (across * across) / (2 * y2);
  if (a > 30) return 0;
  const axis = plume.base + rise;
  const below = exp(-a - ((z - axis) * (z - axis)) / (2 * z2)) + exp(-a - ((z + axis) * (z + axis)) / (2 * z2));
  return (plume.strength * below) / Math.sqrt(y2 * z2);
}

/** What the fuel gives per joule of θ. */
export interface Mixture {
  readonly yields: Yields;
  readonly heatOfCombustion_J_kg: number;
  readonly radiativeFraction: number;
}

/** Light extinction by soot of flaming fires, m²/kg: 8700 (Mulholland and Croarkin 2000, Fire and Materials 24:227). */
const SOOT = 8700;
/** J per kg of oxygen (Huggett 1980). */
const OXYGEN = 13.1e6;
/** kg/kmol */
const M = { air: 28.96, o2: 32, co2: 44.01, co: 28.01, hcn: 27.03, hcl: 36.46 };

/**
 * Adds what a plume brings to the air: mass fraction of a product Y = cp θ y / ((1 - χr) ΔHc), oxygen taken by 13.1 MJ/kg; mole fractions
 * as if the mixture had the molar mass of air.
 */
export function addMixture(into: Air, theta: number, { yields, heatOfCombustion_J_kg, radiativeFraction }: Mixture): void {
  const heat = (CP * theta) / (1 - radiativeFraction);
  const fuel = heat / heatOfCombustion_J_kg;
  into.temperature_K += theta;
  into.extinction_1_m += (SOOT * yields.soot * fuel * 353) / into.temperature_K;
  into.oxygen = Math.max(0, into.oxygen - (heat / OXYGEN) * (M.air / M.o2));
  into.carbonDioxide = Math.min(1, into.carbonDioxide + yields.carbonDioxide * fuel * (M.air / M.co2));
  into.carbonMonoxide = Math.min(1, into.carbonMonoxide + yields.carbonMonoxide * fuel * (M.air / M.co));
  into.hydrogenCyanide = Math.min(1, into.hydrogenCyanide + yields.hydrogenCyanide * fuel * (M.air / M.hcn));
  into.hydrogenChloride = Math.min(1, into.hydrogenChloride + yields.hydrogenChloride * fuel * (M.air / M.hcl));
}
