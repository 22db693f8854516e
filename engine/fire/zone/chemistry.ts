import { exp } from "../../maths.js";
import type { Fuel } from "./building.js";
import { FUEL, SPECIES } from "./zone-model.js";

/** Atomic masses, kg/mol (IUPAC 2021, abridged). */
const ATOM = { C: 0.012011, H: 0.001008, O: 0.015999, N: 0.014007, Cl: 0.03545 };
export type Element = keyof typeof ATOM;
export const ELEMENTS: readonly Element[] = ["C", "H", "O", "N", "Cl"];

export const NITROGEN = SPECIES.indexOf("nitrogen");
export const OXYGEN = SPECIES.indexOf("oxygen");
export const CARBON_DIOXIDE = SPECIES.indexOf("carbonDioxide");
export const CARBON_MONOXIDE = SPECIES.indexOf("carbonMonoxide");
export const HYDROGEN_CYANIDE = SPECIES.indexOf("hydrogenCyanide");
export const HYDROGEN_CHLORIDE = SPECIES.indexOf("hydrogenChloride");
export const WATER = SPECIES.indexOf("water");
export const SOOT = SPECIES.indexOf("soot");
export const SMOULDERING_SOOT = SPECIES.indexOf("smoulderingSoot");
export const TRACE = SPECIES.indexOf("trace");

const FORMULA: readonly (readonly [number, number, number, number, number])[] = [
  [0, 0, 0, 2, 0],
  [0, 0, 2, 0, 0],
  [1, 0, 2, 0, 0],
  [1, 0, 1, 0, 0],
  [1, 1, 0, 1, 0],
  [0, 1, 0, 0, 1],
  [0, 2, 1, 0, 0],
  [1, 0, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
];
const molarMass = (formula: readonly number[]): number => ELEMENTS.reduce((sum, e, i) => sum + formula[i]! * ATOM[e], 0);

/** Molar masses of SPECIES, kg/mol (trace: 1, it has none). */
export const MOLAR_MASS: readonly number[] = FORMULA.map((f) => molarMass(f) || 1);

const fuelFormula = (f: Fuel): readonly number[] => [f.carbon, f.hydrogen, f.oxygen, f.nitrogen, f.chlorine];
export const fuelMolarMass = (fuel: Fuel): number => molarMass(fuelFormula(fuel));

/** kg of each element per kg of species: [species * 5 + element], the fuels of the building after SPECIES. */
export function elementShares(fuels: readonly Fuel[]): Float64Array {
  const formulas = [...FORMULA, ...fuels.map(fuelFormula)];
  const shares = new Float64Array(formulas.length * ELEMENTS.length);
  formulas.forEach((formula, s) => {
    const mass = molarMass(formula);
    if (!(mass > 0)) return;
    for (const [i, e] of ELEMENTS.entries()) shares[s * ELEMENTS.length + i] = (formula[i]! * ATOM[e]) / mass;
  });
  return shares;
}

export interface Yields {
  co: number;
  soot: number;
  hcn: number;
  trace: number;
}

/**
 * Change of every species per kg of fuel burnt, kg/kg, into `change` (length FUEL + fuels): complete combustion after what the yields
 * of CO, soot and HCN take. NIST TN 1889v1, "Combustion chemistry":
 * nu_HCl = r, nu_HCN = min(q, M_f y_HCN / M_HCN), nu_CO2 = n - nu_CO - nu_HCN - nu_s, nu_H2O = (m - nu_HCl - nu_HCN) / 2,
 * nu_O2 = nu_CO2 + (nu_H2O + nu_CO - p) / 2, nu_N2 = (q - nu_HCN) / 2. Yields that need more carbon than the fuel has are cut in proportion.
 * Returns the oxygen used, kg/kg.
 */
export function burnt(
  fuel: Fuel,
  slot: number,
  molar: number,
  yields: Yields,
  smouldering: boolean,
  change: Float64Array,
): number {
  change.fill(0);
  const sootSpecies = smouldering ? SMOULDERING_SOOT : SOOT;
  let soot = (molar * yields.soot) / MOLAR_MASS[SOOT]!;
  let co = (molar * yields.co) / MOLAR_MASS[CARBON_MONOXIDE]!;
  const hcl = fuel.chlorine;
  let hcn = Math.min(fuel.nitrogen, (molar * yields.hcn) / MOLAR_MASS[HYDROGEN_CYANIDE]!, Math.max(0, fuel.hydrogen - hcl));
  const carbon = soot + co + hcn;
  if (carbon > fuel.carbon) {
    const cut = fuel.carbon / carbon;
    soot *= cut;
    co *= cut;
    hcn *= cut;
  }
  const co2 = fuel.carbon - soot - co - hcn;
  const water = (fuel.hydrogen - hcl - hcn) / 2;
  const oxygen = co2 + (water + co - fuel.oxygen) / 2;
  change[FUEL + slot] = -1;
  change[NITROGEN] = (((fuel.nitrogen - hcn) / 2) * MOLAR_MASS[NITROGEN]!) / molar;
  change[OXYGEN] = (-oxygen * MOLAR_MASS[OXYGEN]!) / molar;
  change[CARBON_DIOXIDE] = (co2 * MOLAR_MASS[CARBON_DIOXIDE]!) / molar;
  change[CARBON_MONOXIDE] = (co * MOLAR_MASS[CARBON_MONOXIDE]!) / molar;
  change[HYDROGEN_CYANIDE] = (hcn * MOLAR_MASS[HYDROGEN_CYANIDE]!) / molar;
  change[HYDROGEN_CHLORIDE] = (hcl * MOLAR_MASS[HYDROGEN_CHLORIDE]!) / molar;
  change[WATER] = (water * MOLAR_MASS[WATER]!) / molar;
  change[sootSpecies] = (soot * MOLAR_MASS[SOOT]!) / molar;
  change[TRACE] = yields.trace;
  return -change[OXYGEN]!;
}

/** Mass fractions of moist air: oxygen is 23 % of the dry part. Saturation pressure of water by Buck (1981). */
export function ambientAir(temperature_K: number, pressure_Pa: number, relativeHumidity: number, into: Float64Array): void {
  const celsius = temperature_K - 273.15;
  const saturation = 611.21 * exp((18.678 - celsius / 234.5) * (celsius / (257.14 + celsius)));
  const partial = Math.min(relativeHumidity * saturation, 0.99 * pressure_Pa);
  const humidity = (0.62198 * partial) / (pressure_Pa - partial);
  into.fill(0);
  into[OXYGEN] = 0.23 / (1 + humidity);
  into[NITROGEN] = 0.77 / (1 + humidity);
  into[WATER] = 1 - into[OXYGEN]! - into[NITROGEN]!;
}
