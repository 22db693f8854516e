/** Wind over open ground or a town: speed by height, and how it mixes. */
import { pow } from "../../maths.js";

/** Pasquill's classes of stability: A (sun, little wind) to F (clear calm night); D is overcast or windy. */
export type Stability = "A" | "B" | "C" | "D" | "E" | "F";
export type Terrain = "urban" | "open";

export interface Wind {
  /** At the reference height, m/s. */
  readonly speed_m_s: number;
  /** Where it comes from: degrees clockwise from north, as weather reports give it. */
  readonly from_deg: number;
  /** m. Default 10. */
  readonly referenceHeight_m?: number;
  /** Default "urban". */
  readonly terrain?: Terrain;
  /** Default "D". */
  readonly stability?: Stability;
}

/** Exponents of the power law: US EPA, ISC3 user's guide vol. II (1995), table 1-1 (recalled: unverified). */
const EXPONENT: Readonly<Record<Terrain, Readonly<Record<Stability, number>>>> = {
  urban: { A: 0.15, B: 0.15, C: 0.2, D: 0.25, E: 0.3, F: 0.3 },
  open: { A: 0.07, B: 0.07, C: 0.1, D: 0.15, E: 0.35, F: 0.55 },
};

/** Below this height the profile is held, m: between stalls and people there is no profile. */
const LOWEST = 1;

/** Wind at a height, m/s: u = u_ref (z / z_ref)^p, z at least 1 m. */
export function windAt(wind: Wind, height_m: number): number {
  const { speed_m_s, referenceHeight_m = 10, terrain = "urban", stability = "D" } = wind;
  if (!(speed_m_s > 0)) return 0;
  return speed_m_s * pow(Math.max(LOWEST, height_m) / referenceHeight_m, EXPONENT[terrain][stability]);
}

/** Direction that the wind blows to, rad from x (east) counterclockwise. */
export const windTo = ({ from_deg }: Wind): number => ((270 - from_deg) * Math.PI) / 180;

interface Spread {
  readonly y: readonly [number, number];
  readonly z: readonly [number, number, number];
}

/**
 * σ = a x (1 + b x)^c by Briggs 1973 (ATDL 79), for x of 100 m to 10 km; as in Fundamentals of Air Pollution, tables 19-6 and 19-7, after
 * Gifford 1976. y: a, b with c = -1/2; z: a, b, c.
 */
const SIGMA: Readonly<Record<Terrain, Readonly<Record<Stability, Spread>>>> = {
  urban: {
    A: { y: [0.32, 4e-4], z: [0.24, 1e-3, 0.5] },
    B: { y: [0.32, 4e-4], z: [0.24, 1e-3, 0.5] },
    C: { y: [0.22, 4e-4], z: [0.2, 0, 0] },
    D: { y: [0.16, 4e-4], z: [0.14, 3e-4, -0.5] },
    E: { y: [0.11, 4e-4], z: [0.08, 1.5e-3, -0.5] },
    F: { y: [0.11, 4e-4], z: [0.08, 1.5e-3, -0.5] },
  },
  open: {
    A: { y: [0.22, 1e-4], z: [0.2, 0, 0] },
    B: { y: [0.16, 1e-4], z: [0.12, 0, 0] },
    C: { y: [0.11, 1e-4], z: [0.08, 2e-4, -0.5] },
    D: { y: [0.08, 1e-4], z: [0.06, 1.5e-3, -0.5] },
    E: { y: [0.06, 1e-4], z: [0.03, 3e-4, -1] },
    F: { y: [0.04, 1e-4], z: [0.016, 3e-4, -1] },
  },
};

/** [σy, σz] of a plume that only the air's turbulence widens, m, at x m downwind. */
export function turbulentSigma(wind: Wind, x: number): readonly [number, number] {
  const { y, z } = SIGMA[wind.terrain ?? "urban"][wind.stability ?? "D"];
  return [(y[0] * x) / Math.sqrt(1 + y[1] * x), z[0] * x * power(1 + z[1] * x, z[2])];
}

/** x^c for the powers of the table. */
const power = (x: number, c: number): number => (c === 0 ? 1 : c === -1 ? 1 / x : c > 0 ? Math.sqrt(x) : 1 / Math.sqrt(x));
