/** Extinction of light by smoke, and how far one sees through it. */
import { exp } from "../../maths.js";

/** Mass extinction coefficient of soot, m²/kg: flaming and smouldering (CFAST source; FDS has 8700 too). */
export const EXTINCTION_OF_SOOT = { flaming: 8700, smouldering: 4400 } as const;

/**
 * Jin's constant C in S = C / K: 3 for a sign that reflects light (2 to 4), 8 for one that emits it (5 to 10); measured at visibilities of 5 to 15 m
 * (Jin 1970-1978, as in the SFPE Handbook, 5th edition, equations 61.4 to 61.6, and the FDS User's Guide; second-hand).
 */
export const SIGN = { reflecting: 3, emitting: 8 } as const;

/** Farther than this nobody says how far one sees, m: as FDS. */
export const FARTHEST = 30;

/** Extinction coefficient, 1/m. @param soot_kg_m3 mass of soot in a volume */
export const extinctionOf = (soot_kg_m3: number, burning: keyof typeof EXTINCTION_OF_SOOT = "flaming"): number =>
  EXTINCTION_OF_SOOT[burning] * soot_kg_m3;

/** Optical density per metre, base 10. @param extinction 1/m */
export const opticalDensity = (extinction: number): number => extinction / Math.LN10;

/** Share of light lost over a metre, 0 to 1. @param extinction 1/m */
export const obscuration = (extinction: number): number => 1 - exp(-extinction);

/** How far one sees a sign, m, at most FARTHEST. @param extinction 1/m, mean along the way; 0: clear air */
export const visibility = (extinction: number, sign: keyof typeof SIGN = "reflecting"): number =>
  extinction * FARTHEST > SIGN[sign] ? SIGN[sign] / extinction : FARTHEST;
