/** Ranges and defaults of the fire part of a scenario that more than one file needs; SI unless the name says otherwise. */

/** Greatest heat release of one fire, kW. */
export const HRR = 1_000_000;
/** Height of heads above the floor, m. */
export const HEAD_HEIGHT = 1.6;
/** Leak of a closed single-leaf door, m2; a double-leaf door (wider than DOUBLE_LEAF) three times that, a lift's landing door six times: EN 12101-6 table A.3, unverified. */
export const DOOR_LEAK = { single: 0.01, double: 0.03, lift: 0.06 } as const;
/** Doors from this width on have two leaves, m. */
export const DOUBLE_LEAF = 1.4;
/** Time in which a door closer shuts a door, s: EN 1154 asks for an adjustable 3 to 20 s; chosen within, unverified. */
export const CLOSING = 5;
/** Leak per area of outer wall and floor: the values of CFAST's example inputs ("average" building). */
export const LEAKAGE = { walls: 1.7e-4, floors: 5.2e-5 } as const;
/** Height of a fixture that burns, where a scenario gives none, m: a stall; chosen. */
export const TALL = 2;
