/**
 * How far published validations found fire models from measurements: bias (mean of calculated over measured) and relative standard
 * deviation of the calculated values, by the method of McGrattan and Toman (Metrologia 48, 2011).
 *
 * Zone model: CFAST Verification and Validation Guide (NIST TN 1889v3), table of summary statistics as kept with CFAST 8 (2026-04). Muster's zone
 * model follows the same equations and is held against CFAST's output; its own table of Steckler's, the NBS and the ATF tests stands in
 * docs/verification.md. FDS: FDS Validation Guide (NIST SP 1018-3), statistics of 6.7.4.
 * Temperatures are rises above ambient, depths those of the hot gas layer under the ceiling. Nothing is published for lower layers.
 */

export type UncertainQuantity =
  | "temperature rise, natural ventilation"
  | "temperature rise, forced ventilation"
  | "temperature rise, no ventilation"
  | "layer depth, open"
  | "layer depth, closed"
  | "ceiling jet temperature rise"
  | "plume temperature rise"
  | "oxygen"
  | "carbon dioxide"
  | "carbon monoxide"
  | "smoke"
  | "pressure"
  | "surface temperature rise"
  | "heat flux on targets"
  | "heat flux on surfaces"
  | "sprinkler activation time";

export interface Uncertainty {
  /** Mean of calculated over measured: 1.1 means that the model gives 10 % too much. */
  readonly bias: number;
  /** Standard deviation of calculated values relative to the model's mean. */
  readonly sigma: number;
  /** Points measured, and data sets they come from. */
  readonly points: number;
  readonly sets: number;
}

export type FireModel = "zone" | "FDS";

const of = (bias: number, sigma: number, points: number, sets: number): Uncertainty => ({ bias, sigma, points, sets });

const ZONE: Readonly<Record<UncertainQuantity, Uncertainty>> = {
  "temperature rise, natural ventilation": of(1.02, 0.35, 215, 13),
  "temperature rise, forced ventilation": of(1.13, 0.21, 132, 8),
  "temperature rise, no ventilation": of(0.97, 0.15, 24, 3),
  "layer depth, open": of(0.95, 0.19, 228, 14),
  "layer depth, closed": of(1.45, 0.25, 34, 4),
  "ceiling jet temperature rise": of(1.06, 0.42, 497, 13),
  "plume temperature rise": of(1.08, 0.22, 72, 6),
  oxygen: of(0.96, 0.3, 54, 5),
  "carbon dioxide": of(0.88, 0.26, 54, 5),
  "carbon monoxide": of(1.03, 0.64, 28, 2),
  smoke: of(2.92, 0.65, 14, 1),
  pressure: of(1.24, 0.42, 62, 4),
  "surface temperature rise": of(0.99, 0.21, 395, 6),
  "heat flux on targets": of(0.86, 0.57, 241, 3),
  "heat flux on surfaces": of(0.9, 0.23, 241, 7),
  "sprinkler activation time": of(1.01, 0.2, 101, 4),
};

const FDS: Readonly<Record<UncertainQuantity, Uncertainty>> = {
  "temperature rise, natural ventilation": of(1.03, 0.11, 307, 16),
  "temperature rise, forced ventilation": of(1.11, 0.13, 158, 6),
  "temperature rise, no ventilation": of(1.05, 0.08, 32, 3),
  "layer depth, open": of(1.06, 0.08, 246, 13),
  "layer depth, closed": of(1.06, 0.08, 246, 13),
  "ceiling jet temperature rise": of(1.03, 0.12, 1060, 22),
  "plume temperature rise": of(1.06, 0.21, 243, 13),
  oxygen: of(0.97, 0.18, 274, 13),
  "carbon dioxide": of(1, 0.15, 266, 13),
  "carbon monoxide": of(1, 0.61, 96, 7),
  smoke: of(3.41, 1.27, 22, 2),
  pressure: of(0.91, 0.21, 191, 5),
  "surface temperature rise": of(1.05, 0.16, 1097, 7),
  "heat flux on targets": of(0.88, 0.39, 366, 7),
  "heat flux on surfaces": of(1.04, 0.27, 633, 7),
  "sprinkler activation time": of(1.02, 0.16, 273, 6),
};

export const UNCERTAIN_QUANTITIES = Object.keys(ZONE) as UncertainQuantity[]; // the keys of the table above

export const UNCERTAINTY_SOURCE: Readonly<Record<FireModel, string>> = {
  zone: "CFAST validation, NIST TN 1889v3, statistics kept with CFAST 8",
  FDS: "FDS validation, NIST SP 1018-3, statistics of 6.7.4",
};

export const uncertainty = (model: FireModel, quantity: UncertainQuantity): Uncertainty =>
  (model === "zone" ? ZONE : FDS)[quantity];

/** Standard normal quantile of the 5th and 95th percentile. */
const Z90 = 1.6448536269514722;

/**
 * What a measurement is expected to show where the model gives `value` (a rise, a depth, a concentration): value / bias, within
 * value / bias (1 +- 1.645 sigma) in 90 of 100 cases, the lower end not below 0 (McGrattan and Toman 2011: normal about value / bias with
 * standard deviation sigma value / bias).
 */
export function expected(value: number, { bias, sigma }: Uncertainty): { best: number; low: number; high: number } {
  const best = value / bias;
  return { best, low: Math.max(0, best * (1 - Z90 * sigma)), high: best * (1 + Z90 * sigma) };
}
