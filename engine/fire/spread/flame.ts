/** The flame over an item: length, tilt in wind, emissive power, and the place of its point source. */
import { cosSin, pow } from "../../maths.js";

/** m/s², and kg/m³ of air at 20 °C. */
const G = 9.81;
const AIR = 1.204;

/**
 * Mean flame length over the burning surface, m: L = 0.235 Q^0.4 - 1.02 D, Q in kW (Heskestad 1983, Fire Safety J. 5:103; SFPE Handbook).
 * 0 where a wide weak fire breaks up into small flames.
 */
export function flameLength(hrr_W: number, diameter_m: number): number {
  return Math.max(0, 0.235 * pow(hrr_W / 1000, 0.4) - 1.02 * diameter_m);
}

/** Diameter of the circle of the same area, m. */
export const diameterOf = (area_m2: number): number => Math.sqrt((4 * area_m2) / Math.PI);

export type TiltLaw = "thomas" | "aga";

/**
 * Cosine of the flame's tilt from the vertical in wind, by u* = u / (g ṁ" D / ρ)^(1/3):
 * "thomas": 0.7 u*^-0.49 (wood cribs: Thomas 1963, 9th Symp. Combustion p. 844; the same in the source of a Japanese urban fire spread model);
 * "aga": u*^-0.5 (pools of liquefied gas: American Gas Association 1973, as in the SFPE Handbook; recalled: unverified); at most 1. ρ is that of air
 * in both (AGA uses fuel vapour).
 * @param wind_m_s at half of the flame's height
 * @param burningFlux_kg_m2s fuel burnt per area of the base
 */
export function tiltCosine(wind_m_s: number, burningFlux_kg_m2s: number, diameter_m: number, law: TiltLaw): number {
  if (!(wind_m_s > 0)) return 1;
  const own = pow((G * burningFlux_kg_m2s * diameter_m) / AIR, 1 / 3);
  // A flame that hardly burns lies down; the law is not meant for u* beyond 20 or so.
  const u = own > 0 ? Math.min(wind_m_s / own, 50) : 50;
  return Math.min(1, law === "thomas" ? 0.7 * pow(u, -0.49) : pow(u, -0.5));
}

export type EmissivePower = "balance" | "shokri-beyler" | "mudan" | number;

/**
 * Emissive power of the solid flame, W/m²:
 * "balance": χr Q over the flame's side and top, so that the flame radiates what the fire gives (McGrattan and others 2000, NISTIR 6546);
 * "shokri-beyler": 58 × 10^(-0.00823 D) kW/m², hydrocarbon pools (1989, J. Fire Prot. Eng. 1:141);
 * "mudan": 140 e^(-0.12 D) + 20 (1 - e^(-0.12 D)) kW/m², smoky pools (Mudan 1984, Prog. Energy Combust. Sci. 10:59; recalled: unverified);
 * a number is taken as it is, W/m².
 */
export function emissivePower(law: EmissivePower, radiated_W: number, diameter_m: number, length_m: number): number {
  if (typeof law === "number") return law;
  if (law === "balance") {
    const area = Math.PI * diameter_m * length_m + (Math.PI / 4) * diameter_m * diameter_m;
    return area > 0 ? radiated_W / area : 0;
  }
  if (law === "shokri-beyler") return 58e3 * pow(10, -0.00823 * diameter_m);
  const bright = pow(Math.E, -0.12 * diameter_m);
  return 140e3 * bright + 20e3 * (1 - bright);
}

/** The flame of a burning item: an oblique cylinder from its base to its tip, m. */
export interface FlameShape {
  x: number;
  y: number;
  /** Height of the burning surface. */
  base: number;
  diameter: number;
  /** Tip relative to the base's middle. */
  tipX: number;
  tipY: number;
  tipZ: number;
}

/** A burning item as radiation sees it. */
export interface Flame extends FlameShape {
  /** χr Q, W. */
  radiated: number;
  /** W/m² */
  emissive: number;
}

/** What a flame is made from. */
export interface FlameSource {
  readonly hrr_W: number;
  /** HRR per area of the burning surface, W/m². */
  readonly hrrPerArea_W_m2: number;
  readonly radiativeFraction: number;
  readonly emissive: EmissivePower;
  readonly heatOfCombustion_J_kg: number;
  /** At half of the flame's height, m/s, and the direction it blows to, rad from x. */
  readonly wind_m_s: number;
  readonly windTo_rad: number;
  readonly tilt: TiltLaw;
}

/** Sets size, tilt and power of a flame; its place stays. */
export function setFlame(flame: Flame, source: FlameSource): void {
  const { hrr_W, hrrPerArea_W_m2, wind_m_s } = source;
  const diameter = diameterOf(hrr_W / hrrPerArea_W_m2);
  const length = flameLength(hrr_W, diameter);
  const cosine = tiltCosine(wind_m_s, hrrPerArea_W_m2 / source.heatOfCombustion_J_kg, diameter, source.tilt);
  const across = length * Math.sqrt(Math.max(0, 1 - cosine * cosine));
  const [c, s] = cosSin(source.windTo_rad);
  flame.diameter = diameter;
  flame.tipX = across * c;
  flame.tipY = across * s;
  flame.tipZ = length * cosine;
  flame.radiated = source.radiativeFraction * hrr_W;
  flame.emissive = emissivePower(source.emissive, flame.radiated, diameter, length);
}
