/**
 * What positions lose when they are stored as Float32. Far from the origin the last bit of a coordinate is no longer small against a step: at 5 km
 * it is 0.49 mm, and somebody who walks 0.2 m/s in steps of 0.01 s would walk 2.3 % too slowly, at 0.02 m/s not at all. There the rest that did not
 * fit is kept for each person and added in the next step (Kahan 1965, Communications of the ACM 8:40), so that nothing adds up.
 */
import type { World } from "../world/world.js";

export interface Rests {
  /** By person: true coordinate less the stored one, m. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Rounding may take this share of the way that somebody at this speed, m/s, walks in a step; chosen. */
const SHARE = 0.005;
const SLOW = 0.1;

/** Rests for `total` people, or null where rounding is too small to matter. @param dt time step, s */
export function restsFor(world: Pick<World, "sheets" | "cell">, total: number, dt: number): Rests | null {
  let far = 1;
  for (const { x0, y0, nx, ny } of world.sheets) far = Math.max(far, -x0, -y0, x0 + nx * world.cell, y0 + ny * world.cell);
  // Half of the last of 24 bits.
  const rounding = (1 << (31 - Math.clz32(far))) / (1 << 24);
  return rounding > SHARE * SLOW * dt ? { x: new Float32Array(total), y: new Float32Array(total) } : null;
}
