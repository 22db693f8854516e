/**
 * Walking speed in smoke. Each law is named, because they differ by a factor of two for the same smoke; v0 is a person's free speed, m/s, K the
 * extinction coefficient, 1/m. None makes anybody faster than v0. Ranges are those of the data behind a law; outside it is an extrapolation.
 *
 * frantzich-nilsson  v = v0 max(0.1, 1 - 0.057 K / 0.706)            K 1.9 to 7.4; 46 people, tunnel, mildly irritant (acetic acid).
 *                    Frantzich and Nilsson 2003 (Lund report 3126), as FDS+Evac scales it (its equation 11); the law of FDS+Evac.
 * jin-non-irritant   v = v0 (1.236 - 1.738 K / ln 10), at least 0.3 m/s   K 0.3 to 1.27; ten men, corridor, kerosene.
 *                    Purser's fraction (2003) of Jin's speeds (1976); free below K = 0.31, 0.3 m/s (walking in darkness) above 1.25 or so.
 * jin-irritant       v = v0 (1 - 0.9578 K / 1.1517) to K = 0.5, then straight to 0.3 m/s at 0.55   K 0.32 to 0.47; same men, wood cribs.
 *                    Line of Purser and McAllister (SFPE Handbook, 5th edition, figure 63.16: 1.1517 - 0.9578 K, R² 0.035), scaled as above. Jin
 *                    takes 0.5 to 1.2 1/m as the density that slows people to 0.3 m/s, the lower end in irritant smoke.
 * fridolf            v = max(0.2, v0 - 0.34 (3 - 2 / K))             visibility 0.3 to 3 m; tunnels, mostly non-irritant.
 *                    Fridolf et al. 2019 (Tunnelling and Underground Space Technology 90:28), equation 7; visibility is 2 / K, as in the paper.
 * linear             v = v0 (1 - 0.5 K), at least 0.3 m/s            the hand law of NIST TN 1822 test 2.5; no data behind it.
 * All read second-hand (documentation of pyFDS-Evac, FDS issue 2024).
 */

export type SpeedLaw = "frantzich-nilsson" | "jin-non-irritant" | "jin-irritant" | "fridolf" | "linear" | "none";

export const SPEED_LAWS: readonly SpeedLaw[] = [
  "frantzich-nilsson",
  "jin-non-irritant",
  "jin-irritant",
  "fridolf",
  "linear",
  "none",
];

/** Extinction, 1/m, over which the data of a law reach. */
export const DATA_RANGE: Readonly<Record<SpeedLaw, readonly [number, number]>> = {
  "frantzich-nilsson": [1.9, 7.4],
  "jin-non-irritant": [0.5, 1.13],
  "jin-irritant": [0.32, 0.47],
  fridolf: [0.67, 6.7],
  linear: [0, 0],
  none: [0, 0],
};

/** m/s in smoke so dense that nothing is seen: Jin's speed in darkness. */
const IN_DARKNESS = 0.3;

/** Walking speed in smoke, m/s, at most v0. @param v0 free speed, m/s @param k extinction coefficient, 1/m */
export function speedInSmoke(law: SpeedLaw, v0: number, k: number): number {
  if (!(k > 0)) return v0;
  switch (law) {
    case "frantzich-nilsson":
      return v0 * Math.max(0.1, 1 - (0.057 / 0.706) * k);
    case "jin-non-irritant":
      return atMost(v0, Math.max(IN_DARKNESS, v0 * (1.236 - (1.738 / Math.LN10) * k)));
    case "jin-irritant":
      return atMost(v0, Math.max(IN_DARKNESS, irritant(v0, k)));
    case "fridolf":
      return atMost(v0, Math.max(0.2, v0 - 0.34 * (3 - 2 / k)));
    case "linear":
      return atMost(v0, Math.max(IN_DARKNESS, v0 * (1 - 0.5 * k)));
    case "none":
      return v0;
  }
}

const atMost = (v0: number, v: number): number => (v < v0 ? v : v0);

function irritant(v0: number, k: number): number {
  const slope = 0.9578 / 1.1517;
  if (k <= 0.5) return v0 * (1 - slope * k);
  const from = v0 * (1 - slope * 0.5);
  return k < 0.55 ? from + ((k - 0.5) / 0.05) * (IN_DARKNESS - from) : IN_DARKNESS;
}
