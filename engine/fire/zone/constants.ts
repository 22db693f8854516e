/** Constants of the gas and of the correlations; NIST TN 1889v1 (CFAST Technical Reference Guide) unless another source is named. */

/** Ratio of specific heats of air. */
export const GAMMA = 1.4;
/** Specific heat of air at constant pressure, J/kg/K. */
export const CP = 1012;
/** Gas constant that goes with them, J/kg/K. */
export const GAS = (CP * (GAMMA - 1)) / GAMMA;
/** (gamma - 1) / gamma. */
export const KAPPA = (GAMMA - 1) / GAMMA;
export const GRAVITY = 9.80665;
/** W/m2/K4. */
export const STEFAN_BOLTZMANN = 5.67e-8;
/** Density of air times temperature at 101325 Pa, kg K/m3: 101325 / 287.05. */
export const AIR_DENSITY_KELVIN = 352.98;
/** Heat released per mass of oxygen burnt, J/kg (Huggett 1980). */
export const HEAT_PER_OXYGEN = 13.1e6;
/** Least volume of a layer: this share of the compartment, at most 1 m3 (docs/models/fire-zone.md tells why not CFAST's 1e-4). */
export const LEAST_SHARE = 2e-3;
/** Specific extinction of soot from flames, m2/kg (Mulholland and Croarkin 2000). */
export const EXTINCTION_FLAMING = 8700;
/** Of smoke from smouldering or pyrolysis, m2/kg (Seader and Einhorn 1977). */
export const EXTINCTION_SMOULDERING = 4400;
