/** What a device sees of its compartment: two layers, radiating surfaces, fires. Filled anew after each step, so that nothing is allocated. */

/** Indices of layers and surfaces in the small arrays below. */
export const UPPER = 0;
export const LOWER = 1;
export const CEILING = 0;
export const UPPER_WALL = 1;
export const LOWER_WALL = 2;
export const FLOOR = 3;

export interface RoomFire {
  x_m: number;
  y_m: number;
  /** Height of the burning surface above the floor, m. */
  base_m: number;
  area_m2: number;
  /** Heat released, in all and as radiation, W. */
  hrr_W: number;
  radiative_W: number;
}

export interface Room {
  /** Extent along x, y and height, m. */
  readonly width_m: number;
  readonly depth_m: number;
  readonly height_m: number;
  /** Ceiling jets are led along its longer side. */
  readonly corridor: boolean;
  /** Height of the interface above the floor, m. */
  interface_m: number;
  /** K; upper, lower. */
  readonly gas_K: Float64Array;
  /** Absorption coefficient of upper and lower layer, 1/m. */
  readonly absorption_1_m: Float64Array;
  /** What ceiling, upper wall, lower wall and floor send out (emitted and reflected), W/m2. */
  readonly exitance_W_m2: Float64Array;
  readonly fires: readonly RoomFire[];
}

export function createRoom(size: { width_m: number; depth_m: number; height_m: number; corridor: boolean }, fires: number): Room {
  return {
    ...size,
    interface_m: size.height_m,
    gas_K: new Float64Array(2),
    absorption_1_m: new Float64Array(2),
    exitance_W_m2: new Float64Array(4),
    fires: Array.from({ length: fires }, () => ({ x_m: 0, y_m: 0, base_m: 0, area_m2: 0, hrr_W: 0, radiative_W: 0 })),
  };
}

/** Temperature of the layer at a height; at the interface itself the upper one. */
export const layerAt = (room: Room, height_m: number): number => room.gas_K[height_m >= room.interface_m ? UPPER : LOWER]!;
