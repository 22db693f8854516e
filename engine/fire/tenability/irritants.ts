/**
 * Fractional effective concentration (FEC) of sensory irritants, ISO 13571:2012 equation 4: the sum of concentration / F, at which eyes and airways
 * hurt so much that people can no longer escape by themselves. It acts at once, is no dose, and is not added to any FED. F is ± 50 %.
 */

/** ppm at which escape is seriously compromised (ISO 13571:2012, 6.2.1; second-hand). SFPE's incapacitation values differ by up to 8 times. */
export const IRRITANT_LIMITS = {
  hydrogenChloride: 1000,
  hydrogenBromide: 1000,
  hydrogenFluoride: 500,
  sulphurDioxide: 150,
  nitrogenDioxide: 250,
  acrolein: 30,
  formaldehyde: 250,
} as const;

export type Irritant = keyof typeof IRRITANT_LIMITS;

const NAMES = Object.keys(IRRITANT_LIMITS) as Irritant[]; // the keys of the constant above

/** FEC of a mixture; gases are mole fractions, absent ones count as 0. */
export function irritantConcentration(gases: Readonly<Partial<Record<Irritant, number>>>): number {
  let sum = 0;
  for (const name of NAMES) {
    const fraction = gases[name];
    if (fraction !== undefined && fraction > 0) sum += (1e6 * fraction) / IRRITANT_LIMITS[name];
  }
  return sum;
}
