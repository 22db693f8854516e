/** Radiation that falls on a small surface in a room with two layers: from surfaces through gas, from gas, from fires. */
import { exp, pow } from "../../maths.js";
import { LOWER, type Room, type RoomFire, UPPER } from "./room.js";
import { FACES, PIECES, SURFACE_OF, type View } from "./view.js";

/** W/(m2 K4). */
export const STEFAN_BOLTZMANN = 5.67e-8;

export const fourth = (x: number): number => x * x * x * x;

/** Flux on the front [0] and the back [1], W/m2, as it arrives: emissivity is not taken off. */
export interface Incident {
  readonly fire: Float64Array;
  readonly surface: Float64Array;
  readonly gas: Float64Array;
}

export const createIncident = (): Incident => ({
  fire: new Float64Array(2),
  surface: new Float64Array(2),
  gas: new Float64Array(2),
});

/**
 * Exitance of each face lessened over the path to the target, and the emission of the gas on that path. Of the two layers the one that
 * holds the target lies next to it. (CFAST's source has the order of the layers reversed in the emission; where one layer absorbs little it does not show.)
 */
export function fromEnclosure(room: Room, view: View, at: readonly [number, number, number], into: Incident): void {
  const near = at[2] >= room.interface_m ? UPPER : LOWER;
  const far = 1 - near;
  const nearBlack = STEFAN_BOLTZMANN * fourth(room.gas_K[near]!);
  const farBlack = STEFAN_BOLTZMANN * fourth(room.gas_K[far]!);
  for (let side = 0; side < 2; side++) {
    let surface = 0;
    let gas = 0;
    for (let piece = 0; piece < FACES * PIECES; piece++) {
      const k = side * FACES * PIECES + piece;
      const factor = view.factor[k]!;
      if (factor === 0) continue;
      const dx = view.towards[3 * k]!;
      const dy = view.towards[3 * k + 1]!;
      const dz = view.towards[3 * k + 2]!;
      const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      const inNear = shareNear(room.interface_m, at[2], at[2] + dz, near) * length;
      const throughNear = exp(-room.absorption_1_m[near]! * inNear);
      const throughFar = exp(-room.absorption_1_m[far]! * (length - inNear));
      surface += factor * room.exitance_W_m2[SURFACE_OF[(piece / PIECES) | 0]!]! * throughNear * throughFar;
      gas += factor * (nearBlack * (1 - throughNear) + farBlack * (1 - throughFar) * throughNear);
    }
    into.surface[side] = surface;
    into.gas[side] = gas;
  }
}

/** Share of a path from the target's height to another that lies in the target's own layer. */
function shareNear(interface_m: number, from: number, to: number, near: number): number {
  const crosses = near === UPPER ? to < interface_m : to > interface_m;
  return crosses ? (interface_m - from) / (to - from) : 1;
}

/**
 * Fires as point sources a third of the flame above the burning surface, at most a third of the way to the ceiling: q = Qr cos / (4 pi s^2)
 * (Modak 1977; SFPE Handbook, 5th ed., ch. 66), lessened by the layers. Nearer than sqrt(A / 4 pi) it stays Qr / A, what the fire's own surface sends.
 */
export function fromFires(
  room: Room,
  at: readonly [number, number, number],
  normal: readonly [number, number, number],
  into: Incident,
): void {
  into.fire.fill(0);
  for (const fire of room.fires) {
    if (fire.radiative_W <= 0) continue;
    const z = fire.base_m + Math.min(flameHeight(fire), room.height_m - fire.base_m) / 3;
    const dx = fire.x_m - at[0];
    const dy = fire.y_m - at[1];
    const dz = z - at[2];
    const squared = dx * dx + dy * dy + dz * dz;
    const s = Math.sqrt(squared);
    if (s === 0) continue;
    const near = at[2] >= room.interface_m ? UPPER : LOWER;
    const inNear = shareNear(room.interface_m, at[2], z, near) * s;
    const through = exp(-room.absorption_1_m[near]! * inNear - room.absorption_1_m[1 - near]! * (s - inNear));
    const cos = (normal[0] * dx + normal[1] * dy + normal[2] * dz) / s;
    const flux = (fire.radiative_W * Math.abs(cos) * through) / Math.max(4 * Math.PI * squared, fire.area_m2);
    into.fire[cos >= 0 ? 0 : 1]! += flux;
  }
}

/** Heskestad's flame height 0.235 Q^2/5 - 1.02 D (Q in kW, D in m), at least 0, m. */
function flameHeight({ hrr_W, area_m2 }: RoomFire): number {
  return Math.max(0, 0.235 * pow(hrr_W / 1000, 0.4) - 1.02 * Math.sqrt((4 * area_m2) / Math.PI));
}
