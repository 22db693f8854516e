import { fastExp, log } from "../../maths.js";

const LOG10 = Math.LN10;
const LEAST_ABSORPTION = 0.01;
/** The air's own carbon dioxide, atm, which the species do not carry: 420 ppm (NOAA Global Monitoring Laboratory, mean of 2023: 421 ppm). */
const AMBIENT_CARBON_DIOXIDE = 4.2e-4;

/**
 * Grey absorption coefficient of a layer, 1/m: kappa = max(1195.5 f_v T - ln(1 - e_H2O - e_CO2 / 2) / L, 0.01); soot after
 * NIST TN 1889v1 (soot of 1800 kg/m3), gas emissivities from fits to the charts of Edwards (SFPE Handbook, "Radiation heat transfer"),
 * rms 2.5 % for 250 to 1100 K; e_CO2 / 2 for the overlap of the bands.
 * `water_atm`, `carbonDioxide_atm`: partial pressures; `beam_m`: mean beam length.
 */
export function absorption(
  temperature_K: number,
  soot_kg_m3: number,
  water_atm: number,
  carbonDioxide_atm: number,
  beam_m: number,
): number {
  const a = Math.min(Math.max(log(temperature_K) / LOG10 - 2.75, -0.36), 0.4);
  const emissivity =
    waterEmissivity(a, water_atm * beam_m) +
    0.5 * carbonDioxideEmissivity(a, (carbonDioxide_atm + AMBIENT_CARBON_DIOXIDE) * beam_m);
  const gas = -log(1 - Math.min(emissivity, 0.95)) / beam_m;
  const soot = 1195.5 * (soot_kg_m3 / 1800) * temperature_K;
  return Math.max(soot + gas, LEAST_ABSORPTION);
}

/** The fits hold from 1e-3 to 4 atm m; a thinner gas emits in proportion to its path. */
const THIN = 1e-3;
const path = (x: number): number => (x <= THIN ? -3 : x >= 4 ? 0.6 : log(x) / LOG10);
const thin = (x: number): number => (x < THIN ? x / THIN : 1);

function waterEmissivity(a: number, pressurePath: number): number {
  const b = path(pressurePath);
  const exponent =
    -0.4407 +
    b * (0.2598 + b * (-0.0654 + b * 0.0057)) +
    a * (0.0077 + b * (0.2576 - 0.0833 * b)) +
    a * a * (-0.0768 - 0.0955 * b) -
    1.3784 * a * a * a;
  return fastExp(exponent * LOG10) * thin(pressurePath);
}

function carbonDioxideEmissivity(a: number, pressurePath: number): number {
  if (pressurePath < 1e-7) return 0;
  const b = path(pressurePath);
  const exponent =
    -0.7752 +
    b * (0.1809 + b * (-0.0165 + b * 0.0105)) +
    a * (0.539 + b * (0.1041 + b * 0.0437)) +
    a * a * (0.2786 + 0.298 * b) -
    5.5085 * a * a * a;
  return fastExp(exponent * LOG10) * thin(pressurePath);
}
