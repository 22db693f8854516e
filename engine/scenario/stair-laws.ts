/** How the fundamental diagram of stairs differs from that of the level, beyond the free speed. */

/**
 * - free-speed: only the free speed changes; the time gap is that of the level.
 * - weidmann: the time gap changes by the ratio of the slopes of Weidmann's diagrams v = v0 (1 - exp(-g (1/D - 1/5.4))) where they are
 *   dense, v0 g: 1.34 x 1.913 on the level, 0.610 x 3.722 up, 0.694 x 3.802 down.
 * - sfpe: the whole diagram is that of the level times (speed on stairs / speed on the level), as in v = k (1 - 0.266 D).
 */
export const STAIR_LAWS = ["free-speed", "weidmann", "sfpe"] as const;
export type StairLaw = (typeof STAIR_LAWS)[number];

/**
 * The one law whose capacities keep the order of every source, down over up, and the ratio to the level (docs/decisions/0006-stairs.md). It holds
 * for every population: speeds of its own on stairs are free speeds.
 */
export const DEFAULT_STAIR_LAW: StairLaw = "weidmann";

export const STAIR_LAW_SOURCE =
  "weidmann: Weidmann 1993, level 1.913 (second-hand), stairs 3.722 up and 3.802 down (from memory; they give the capacities 0.85 and 0.98 persons/(m s), unverified); sfpe: SFPE Handbook, v = k (1 - 0.266 D) with k by tread and riser (second-hand)";

const LEVEL = 1.34 * 1.913;
/** Factors on the time gap by Weidmann's diagrams: 1.129 up, 0.971 down. */
export const WEIDMANN_GAP = { up: LEVEL / (0.61 * 3.722), down: LEVEL / (0.694 * 3.802) } as const;
