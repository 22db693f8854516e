/**
 * The plume of an open fire in wind, at head height. All that a fire gives off mixes alike, so that one number describes the mixture: the
 * temperature rise θ it would have if nothing but its convective heat warmed it. Species follow from θ (see `mixture`).
 *
 * Downwind a Gaussian plume with reflection at the ground,
 *   θ = Qc / (ρ cp 2π u σy σz) exp(-y²/2σy²) [exp(-(z-H)²/2σz²) + exp(-(z+H)²/2σz²)],
 * on an axis that rises by Briggs (1969, 1975): H = base + 1.6 F^(1/3) x^(2/3) / u, F = g Qc / (π cp ρ T), to where it levels off
 * (x_f = 49 F^(5/8) for F < 55 m⁴/s³, else 119 F^(2/5)). σ² = turbulence (Briggs 1973) + (rise / 3.5)² (Pasquill 1976) + the source's size
 * ((D / 4.3)², (flame height / 4.3)²; US EPA, ISC3). In the flame, and above it in a calm (wind below 0.5 m/s): Heskestad's plume about the
 * tilted axis of the flame. The larger of both holds, at most 900 K.
 *
 * Range: means over 10 minutes, flat ground, σ measured from 100 m on and extrapolated below; short peaks are two or three times the mean;
 * lee eddies behind buildings and stalls, which bring smoke down, are not in it. Expect a factor of 2 to 3 near the fire.
 */
import { exp, pow } from "../../maths.js";
import type { Air } from "../fields/field.js";
import { turbulentSigma, type Wind } from "./wind.js";

const G = 9.81;
/** J/(kg K) */
const CP = 1005;
/** Greatest rise that a plume is given, K: that of a flame (as CFAST). */
export const HOTTEST = 900;
/** Below this wind a plume is taken to be blown by this, m/s: a calm has eddies too, and the Gaussian plume has no meaning in none. */
const LEAST_WIND = 0.5;

/** kg per kg of fuel burnt. */
export interface Yields {
  readonly soot: number;
  readonly carbonDioxide: number;
  readonly carbonMonoxide: number;
  readonly hydrogenCyanide: number;
  readonly hydrogenChloride: number;
}

/** A burning item as its plume sees it. */
export interface PlumeSource {
  x: number;
  y: number;
  /** Height of the burning surface, m. */
  base: number;
  diameter: number;
  /** Tip of the flame relative to the base's middle, m. */
  tipX: number;
  tipY: number;
  tipZ: number;
  /** Convective heat, W, and all heat, W. */
  convective: number;
  hrr: number;
  /** At half of the flame's height but 2 m at least, m/s. */
  wind: number;
  /** Unit vector that it blows to. */
  windX: number;
  windY: number;
}

/** θ at a point, K; 0 upwind of the fire beyond its flame. */
export function plumeRise(source: PlumeSource, air: Wind, ambient_K: number, x: number, y: number, z: number): number {
  if (!(source.convective > 0)) return 0;
  return Math.min(HOTTEST, Math.max(overFire(source, ambient_K, x, y, z), downwind(source, air, ambient_K, x, y, z)));
}

/** Heskestad 1984: ΔT0 = 9.1 (T/(g cp² ρ²))^(1/3) Qc^(2/3) (z - z0)^(-5/3), half of it at b = 0.12 (T0/T)^(1/2) (z - z0). */
function overFire(source: PlumeSource, ambient_K: number, x: number, y: number, z: number): number {
  const above = z - source.base;
  // In wind only as high as the flame: what is above it has been blown away.
  if (above < 0 || (source.wind >= LEAST_WIND && above > source.tipZ)) return 0;
  const { diameter, hrr, convective, tipX, tipY, tipZ } = source;
  const lean = tipZ > 0 ? above / tipZ : 0;
  const dx = x - source.x - tipX * lean;
  const dy = y - source.y - tipY * lean;
  const origin = -1.02 * diameter + 0.083 * pow(hrr / 1000, 0.4);
  const height = Math.max(above - origin, 1e-3);
  const density = 353 / ambient_K;
  const centre = Math.min(
    HOTTEST,
    9.1 * pow(ambient_K / (G * 1.005 * 1.005 * density * density), 1 / 3) * pow(convective / 1000, 2 / 3) * pow(height, -5 / 3),
  );
  const half = Math.max(diameter / 2, 0.12 * Math.sqrt(1 + centre / ambient_K) * height);
  const far = (dx * dx + dy * dy) / (half * half);
  return far > 30 ? 0 : centre * exp(-Math.LN2 * far);
}

function downwind(source: PlumeSource, air: Wind, ambient_K: number, px: number, py: number, z: number): number {
  const dx = px - source.x;
  const dy = py - source.y;
  const along = dx * source.windX + dy * source.windY;
  if (along <= 0) return 0;
  const across = dy * source.windX - dx * source.windY;
  const density = 353 / ambient_K;
  const u = Math.max(LEAST_WIND, source.wind);
  const flux = (G * source.convective) / (Math.PI * CP * density * ambient_K);
  const level = flux < 55 ? 49 * pow(flux, 0.625) : 119 * pow(flux, 0.4);
  const rise = (1.6 * pow(flux, 1 / 3) * pow(Math.min(along, level), 2 / 3)) / u;
  const [ty, tz] = turbulentSigma(air, along);
  const bent = (rise * rise) / 12.25;
  const y2 = ty * ty + bent + (source.diameter * source.diameter) / 18.49;
  const z2 = tz * tz + bent + (source.tipZ * source.tipZ) / 18.49;
  const a = (across * across) / (2 * y2);
  if (a > 30) return 0;
  const axis = source.base + rise;
  const below = exp(-((z - axis) * (z - axis)) / (2 * z2)) + exp(-((z + axis) * (z + axis)) / (2 * z2));
  return (source.convective * exp(-a) * below) / (density * CP * 2 * Math.PI * u * Math.sqrt(y2 * z2));
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
