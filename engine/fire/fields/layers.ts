/**
 * Rooms with two layers as a smoke field: a head is in the upper layer where it stands above the interface. That is how two-zone models
 * are meant; real smoke has no sharp edge, and `blend_m` says so where a gradual one is wanted.
 */
import { atan2 } from "../../maths.js";
import { type Air, type AirQuantity, ambientAir, mixAir, type SmokeField, setAir } from "./field.js";

/** Two layers of one room. A plain object that is filled again and again. */
export interface RoomAir {
  /** Height of the interface above the datum of the building (the layout's local zero), m; of the ceiling where there is no upper layer. */
  interface_m: number;
  /** Extent of the room in plan, m; Infinity where it is not known. */
  width_m: number;
  depth_m: number;
  /** `radiantFlux_W_m2` of the lower layer is that of a layer that fills the view upwards; the field takes the share that it fills. */
  lower: Air;
  upper: Air;
}

export interface LayerRooms {
  readonly knows: readonly AirQuantity[];
  readonly firstTime_s: number;
  readonly lastTime_s: number;
  /** Fills all of `into`; `time_s` lies between the first and the last time. */
  read(time_s: number, room: number, into: RoomAir): void;
}

export interface LayerFieldOptions {
  readonly name: string;
  readonly rooms: LayerRooms;
  /** Room of a place on a sheet, -1 where there is none. */
  readonly roomAt: (sheet: number, x_m: number, y_m: number) => number;
  /** Height of the floor above the local zero, m. */
  readonly floor: (sheet: number, x_m: number, y_m: number) => number;
  /** Depth around the interface over which the lower air passes into the upper, linearly, m. Default 0: sharp. */
  readonly blend_m?: number;
  readonly ambient?: Readonly<Air>;
}

/** Room air is read once for each room and time, however many people are in it. */
export function layerField({ name, rooms, roomAt, floor, blend_m = 0, ambient = ambientAir() }: LayerFieldOptions): SmokeField {
  const air: (RoomAir & { time: number })[] = [];
  return {
    name,
    knows: rooms.knows,
    firstTime_s: rooms.firstTime_s,
    // Live rooms go on while the field is in use.
    get lastTime_s() {
      return rooms.lastTime_s;
    },
    sample: (time, sheet, x, y, height_m, into) => {
      const room = time < rooms.firstTime_s ? -1 : roomAt(sheet, x, y);
      if (room < 0) {
        setAir(into, ambient);
        return false;
      }
      air[room] ??= {
        interface_m: 0,
        width_m: Infinity,
        depth_m: Infinity,
        lower: ambientAir(),
        upper: ambientAir(),
        time: Number.NaN,
      };
      const here = air[room];
      const when = Math.min(time, rooms.lastTime_s);
      if (here.time !== when) {
        rooms.read(when, room, here);
        here.time = when;
      }
      const above = floor(sheet, x, y) + height_m - here.interface_m;
      if (blend_m > 0 && Math.abs(above) < blend_m / 2) mixAir(into, here.lower, here.upper, above / blend_m + 0.5);
      else setAir(into, above >= 0 ? here.upper : here.lower);
      if (above < 0 && into.radiantFlux_W_m2 > 0) into.radiantFlux_W_m2 *= viewOf(here.width_m, here.depth_m, -above);
      return true;
    },
  };
}

const STEFAN_BOLTZMANN = 5.670374419e-8; // W/(m2 K4), CODATA 2018
const fourth = (t: number): number => t * t * (t * t);

/** What a black surface sends out, W/m2. */
export const blackBody = (temperature_K: number): number => STEFAN_BOLTZMANN * fourth(temperature_K);

/**
 * Radiant flux on a person from a layer overhead that fills the view upwards, beyond that of ambient surfaces, W/m2: epsilon sigma T_u^4
 * + (1 - epsilon) J_c - sigma T_a^4 with what the ceiling sends out J_c, not below 0. 2.5 kW/m2, the usual limit of practice, is reached under a
 * black layer of about 200 C (2.42 kW/m2).
 */
export function layerFlux(of: { upper_K: number; ceiling_W_m2: number; ambient_K: number; emissivity: number }): number {
  const { upper_K, ceiling_W_m2, ambient_K, emissivity } = of;
  const sent = emissivity * blackBody(upper_K) + (1 - emissivity) * ceiling_W_m2 - blackBody(ambient_K);
  return sent > 0 ? sent : 0;
}

/**
 * Share of the view upwards that a rectangle of width W and depth D fills at distance h above the one who looks up from below its middle:
 * 2/pi (X / sqrt(1 + X2) atan(Y / sqrt(1 + X2)) + Y / sqrt(1 + Y2) atan(X / sqrt(1 + Y2))), X = W / 2h, Y = D / 2h (Howell, A Catalog of Radiation
 * Heat Transfer Configuration Factors, B-3, four times). Below any other place of the room it is less.
 */
export function viewOf(width_m: number, depth_m: number, distance_m: number): number {
  if (distance_m <= 0 || !(width_m < Infinity && depth_m < Infinity)) return 1;
  const x = width_m / (2 * distance_m);
  const y = depth_m / (2 * distance_m);
  const a = Math.sqrt(1 + x * x);
  const b = Math.sqrt(1 + y * y);
  return (2 / Math.PI) * ((x / a) * atan2(y, a) + (y / b) * atan2(x, b));
}
