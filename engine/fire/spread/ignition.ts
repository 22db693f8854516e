/**
 * When a heated item catches fire: the flux-time product of Smith and Green (1987; Shields, Silcock, Murray 1994, Fire and Materials
 * 18:243). FTP = Σ (q" - q"cr)^n dt, ignition at FTP ≥ FTPcr; n = 1 thermally thin, n = 2 thermally thick. It does not fall again when
 * the flux does: cooling between two exposures is not counted, which errs to the safe side.
 *
 * For a thick solid FTPcr follows from t_ig = (π/4) kρc ((T_ig - T_0) / q")² : FTPcr = (π/4) kρc (T_ig - T_0)²; for a thin one from
 * t_ig = ρ c δ (T_ig - T_0) / q" (Quintiere, Fundamentals of Fire Phenomena, ch. 7).
 */
import { pow } from "../../maths.js";

export interface Ignition {
  /** Least flux that ignites, W/m². */
  readonly criticalFlux_W_m2: number;
  /** J/m² for index 1, W² s/m⁴ for index 2; W^n s/m^(2n) in general. */
  readonly fluxTimeProduct: number;
  /** 1 thermally thin to 2 thermally thick. */
  readonly index: number;
}

const AMBIENT = 293.15;

/** Ignition of a thick solid from kρc (W² s/(m⁴ K²)) and ignition temperature (K). */
export function thickSolid(criticalFlux_W_m2: number, inertia: number, ignition_K: number, start_K = AMBIENT): Ignition {
  const rise = ignition_K - start_K;
  return { criticalFlux_W_m2, fluxTimeProduct: (Math.PI / 4) * inertia * rise * rise, index: 2 };
}

/** Ignition of a thin sheet from its mass and heat capacity per area, ρ c δ (J/(m² K)), and ignition temperature (K). */
export function thinSheet(criticalFlux_W_m2: number, heatPerArea: number, ignition_K: number, start_K = AMBIENT): Ignition {
  return { criticalFlux_W_m2, fluxTimeProduct: heatPerArea * (ignition_K - start_K), index: 1 };
}

const kW = 1e3;
/** kρc is given in kW² s/(m⁴ K²) in the literature. */
const INERTIA = 1e6;

/**
 * Named ignition properties. The classes easy, normal and hard are those of Babrauskas (1981, NBS TN 1143: 10, 20 and 40 kW/m²; recalled)
 * with a thin cloth, an upholstery and a thick wood; materials are from Quintiere and Harkleroad (1984, NBSIR 84-2943), as recalled. All
 * kρc and temperatures here are unverified: where an outcome hangs on one, give measured values.
 */
export const IGNITION = {
  /** Curtains, paper: 0.3 kg/m² at 1.4 kJ/(kg K), ignites at 300 °C. */
  easy: thinSheet(10 * kW, 0.3 * 1400, 573),
  /** Upholstery: flexible polyurethane foam, kρc 0.32, 390 °C. */
  normal: thickSolid(20 * kW, 0.32 * INERTIA, 663),
  /** Wood of 5 cm and more: kρc 0.54, 390 °C, with the class's flux. */
  hard: thickSolid(40 * kW, 0.54 * INERTIA, 663),
  plywood: thickSolid(16 * kW, 0.54 * INERTIA, 663),
  "polyurethane foam": thickSolid(16 * kW, 0.32 * INERTIA, 663),
  hardboard: thickSolid(10 * kW, 1.87 * INERTIA, 571),
  carpet: thickSolid(18 * kW, 0.68 * INERTIA, 685),
  pmma: thickSolid(15 * kW, 1.02 * INERTIA, 651),
  /** Coated polyester or PVC cloth of tents: 0.65 kg/m² at 1.4 kJ/(kg K), 350 °C; chosen, no measurement behind it. */
  "tent cloth": thinSheet(15 * kW, 0.65 * 1400, 623),
} as const satisfies Record<string, Ignition>;

/** How fast the product grows at a flux, W^n/m^(2n). */
export function ftpRate({ criticalFlux_W_m2, index }: Ignition, flux_W_m2: number): number {
  const over = flux_W_m2 - criticalFlux_W_m2;
  if (!(over > 0)) return 0;
  return index === 1 ? over : index === 2 ? over * over : pow(over, index);
}

/** Time to ignition at a steady flux, s; Infinity at or below the critical one. */
export function ignitionTime(ignition: Ignition, flux_W_m2: number): number {
  const rate = ftpRate(ignition, flux_W_m2);
  return rate > 0 ? ignition.fluxTimeProduct / rate : Infinity;
}

/** Distance at which a point source gives the critical flux, m: R = sqrt(χr Q / (4π q"cr)). */
export function criticalRadius(radiated_W: number, criticalFlux_W_m2: number): number {
  return Math.sqrt(radiated_W / (4 * Math.PI * criticalFlux_W_m2));
}

/** Product that a flux gathers whose excess over the critical one runs in a line from a to b over `span`: ∫ of its positive part ^ n up to `until`. */
export function productOver(a: number, b: number, span: number, until: number, n: number): number {
  if (!(until > 0)) return 0;
  const slope = (b - a) / span;
  const [from, to] = [Math.max(0, a), Math.max(0, a + slope * until)];
  if (from === 0 && to === 0) return 0;
  // Nearly level: the closed form would divide nothing by nothing.
  if (Math.abs(to - from) <= 1e-9 * Math.max(from, to)) return until * pow(Math.max(from, to), n);
  return (pow(to, n + 1) - pow(from, n + 1)) / ((n + 1) * slope);
}

/** Time at which that integral reaches `product`, which it does within `span`. */
export function timeOfProduct(a: number, b: number, span: number, product: number, n: number): number {
  if (!(product > 0)) return 0;
  const slope = (b - a) / span;
  const from = Math.max(0, a);
  if (Math.abs(b - a) <= 1e-9 * Math.max(a, b)) return product / pow(Math.max(a, b), n);
  const begin = a < 0 ? -a / slope : 0;
  const end = pow(Math.max(0, pow(from, n + 1) + (n + 1) * slope * product), 1 / (n + 1));
  return Math.min(span, begin + (end - from) / slope);
}
