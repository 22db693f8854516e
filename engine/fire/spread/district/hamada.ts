/**
 * Hamada's empirical spread of fire through a town of equal square buildings (1951; Scawthorn 2009, in: Fire Following Earthquake). Times to
 * advance by one building and one gap, in minutes in the paper, seconds here:
 *   down  [(1-f)(3 + 0.375 a + 8 d/(25 + 2.5 U)) + f (5 + 0.625 a + 16 d/(25 + 2.5 U))] / [1.5 (1 + 0.1 U + 0.007 U²)]
 *   side  [… 5 + 0.25 U …] / (1 + 0.005 U²),   up  [… 5 + 0.2 U …] / (1 + 0.002 U²)
 * a side of a building, d gap (m), U wind (m/s), f share of fire-resistant buildings.
 *
 * From Japanese wooden towns before 1950; it overpredicts modern buildings. It is not isotropic in calm air: at U = 0 "down" is 2.2 times
 * as fast as "side" for a = 10 m, d = 3 m. An order of magnitude, no more.
 */
export interface HamadaTown {
  readonly side_m: number;
  readonly gap_m: number;
  readonly wind_m_s: number;
  /** 0 to 1 */
  readonly fireResistantShare: number;
}

export interface HamadaTimes {
  readonly down_s: number;
  readonly side_s: number;
  readonly up_s: number;
}

export function hamadaTimes({ side_m: a, gap_m: d, wind_m_s: u, fireResistantShare: f }: HamadaTown): HamadaTimes {
  const minutes = (reach: number, ease: number): number =>
    ((1 - f) * (3 + 0.375 * a + (8 * d) / reach) + f * (5 + 0.625 * a + (16 * d) / reach)) / ease;
  return {
    down_s: 60 * minutes(25 + 2.5 * u, 1.5 * (1 + 0.1 * u + 0.007 * u * u)),
    side_s: 60 * minutes(5 + 0.25 * u, 1 + 0.005 * u * u),
    up_s: 60 * minutes(5 + 0.2 * u, 1 + 0.002 * u * u),
  };
}

/**
 * Widest gap that Hamada's fire crosses, m: 1.15 (5 + k U), k = 0.5 downwind, 0.25 to the sides, 0.2 upwind (FEMA HAZUS technical manual;
 * recalled: unverified). Used for a note only.
 */
export const hamadaWidestGap = (wind_m_s: number): number => 1.15 * (5 + 0.5 * wind_m_s);

/**
 * When the front comes to a place, s: half an ellipse downwind and half an ellipse upwind of the origin, with the speeds (a + d) / t as
 * half axes per second.
 * @param along m downwind of the origin (negative upwind) @param across m to the side
 */
export function hamadaArrival(town: HamadaTown, along: number, across: number): number {
  const { down_s, side_s, up_s } = hamadaTimes(town);
  const step = town.side_m + town.gap_m;
  const x = (along * (along >= 0 ? down_s : up_s)) / step;
  const y = (across * side_s) / step;
  return Math.sqrt(x * x + y * y);
}
