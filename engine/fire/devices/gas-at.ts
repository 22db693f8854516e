/** Gas temperature and speed at a place of a compartment: its layer, raised by plumes and ceiling jets of the fires below. */
import { exp, pow } from "../../maths.js";
import { LOWER, layerAt, type Room, type RoomFire, UPPER } from "./room.js";

const GRAVITY = 9.80665;
/** Specific heat of air, J/(kg K). */
const CP = 1012;
/** Density of air times temperature at 101,325 Pa, kg K/m3. */
const RHO_T = 352.981915;
/** Most temperature rise of a plume: that of flames, K (McCaffrey 1979; SFPE Handbook, 5th ed., ch. 13). */
const FLAME_RISE = 900;
/** Least speed of gas at a detector, m/s (CFAST, NIST TN 1889v1). */
export const LEAST_SPEED = 0.1;

/** Written by `gasAt`. */
export interface GasAt {
  temperature_K: number;
  speed_m_s: number;
}

/**
 * Greatest of layer, plume and ceiling jet temperature over all fires; speeds add as vectors (jets outwards, plumes upwards).
 * A fire heats a place only above its base and only where the upper layer is the warmer one.
 */
export function gasAt(room: Room, x_m: number, y_m: number, z_m: number, into: GasAt): GasAt {
  into.temperature_K = layerAt(room, z_m);
  let u = 0;
  let v = 0;
  let w = 0;
  for (const fire of room.fires) {
    if (fire.hrr_W <= 0 || room.gas_K[UPPER]! < room.gas_K[LOWER]! || z_m < fire.base_m) continue;
    const dx = x_m - fire.x_m;
    const dy = y_m - fire.y_m;
    const r = Math.sqrt(dx * dx + dy * dy);
    plumeAt(room, fire, r, z_m, plume);
    jetAt(room, fire, dx, dy, r, z_m, jet);
    into.temperature_K = Math.max(into.temperature_K, plume.temperature_K, jet.temperature_K);
    if (r > 0) {
      u += (jet.speed_m_s * dx) / r;
      v += (jet.speed_m_s * dy) / r;
    }
    w += plume.speed_m_s;
  }
  into.speed_m_s = Math.max(LEAST_SPEED, Math.sqrt(u * u + v * v + w * w));
  return into;
}

const plume: GasAt = { temperature_K: 0, speed_m_s: 0 };
const jet: GasAt = { temperature_K: 0, speed_m_s: 0 };
const top: GasAt = { temperature_K: 0, speed_m_s: 0 };

/**
 * Plume at height z and distance r: Heskestad's centreline rise 9.1 (T/(g cp^2 rho^2))^1/3 Qc^2/3 (z - z0)^-5/3 with virtual origin
 * z0 = D (-1.02 + 1.4 Q*^2/5), Gaussian across (SFPE Handbook, 5th ed., ch. 13). Above an interface over the fire the origin moves to
 * zI - (Tu/Tl)^0.6 (zI - z0) (Evans 1984, Fire Technology 20(3)). Inside the flame, a cone of Heskestad's height, it is not reduced.
 */
function plumeAt(room: Room, fire: RoomFire, r: number, z_m: number, into: GasAt): void {
  const upper = room.gas_K[UPPER]!;
  const lower = room.gas_K[LOWER]!;
  const inLower = fire.base_m <= room.interface_m;
  const around = inLower ? lower : upper;
  const height = z_m - fire.base_m;
  const convective = (fire.hrr_W - fire.radiative_W) / 1000;
  const diameter = Math.sqrt((4 * fire.area_m2) / Math.PI);
  const size = pow(qStar(fire.hrr_W, around, diameter), 0.4);
  const origin = diameter * (-1.02 + 1.4 * size);
  const flame = Math.max(0.1, diameter * (-1.02 + 3.7 * size));
  const crosses = inLower && z_m > room.interface_m;
  const interfaceAbove = room.interface_m - fire.base_m;
  const from = crosses ? interfaceAbove - pow(upper / lower, 0.6) * (interfaceAbove - origin) : origin;
  const air = crosses ? upper : around;
  const rho = RHO_T / air;
  const cp = CP / 1000;
  const distance = Math.max(0.1, height - from);
  const centre = Math.min(
    FLAME_RISE,
    9.1 * pow(air / (GRAVITY * cp * cp * rho * rho), 1 / 3) * pow(convective, 2 / 3) * pow(distance, -5 / 3),
  );
  const width = 0.14 * Math.sqrt(1 + centre / around) * distance;
  const inFlame = r <= (diameter * (1 - height / flame)) / 2;
  into.temperature_K = around + (inFlame ? centre : centre * exp(-((r / width) * (r / width))));
  // Centreline speed 3.4 (g/(cp rho T))^1/3 Qc^1/3 (z - z0)^-1/3, at most that of the flame (SFPE Handbook, ch. 13).
  const most = 2.2 * pow(GRAVITY, 0.4) * pow(around, -0.4) * pow(cp * rho, -0.2) * pow(650 * convective, 0.2);
  const speed = Math.min(most, 3.4 * pow((GRAVITY * convective) / (cp * rho * around * distance), 1 / 3));
  const across = r / (1.1 * width);
  into.speed_m_s = speed * exp(-(across * across));
}

/** Dimensionless heat release Q / (rho cp T sqrt(g D) D^2), Q in W. */
const qStar = (hrr_W: number, around_K: number, length_m: number): number =>
  hrr_W / ((RHO_T / around_K) * CP * around_K * Math.sqrt(GRAVITY * length_m) * length_m * length_m);

/** (0.225 + 0.27 * 0.2)^-4/3: what the rise falls to at r/H = 0.2, where the jet begins. */
const AT_TURN = pow(0.225 + 0.27 * 0.2, -4 / 3);

/**
 * Ceiling jet (Alpert 1972; Heskestad & Delichatsios 1978; SFPE Handbook, 5th ed., ch. 14): thickness 0.112 H (1 - exp(-2.24 r/H)), temperature
 * that of the plume at the ceiling to r/H = 0.2, then falling with (0.225 + 0.27 r/H)^-4/3; speed sqrt(gH) Q*_H^1/3 (3.61, or 1.06 (r/H)^-0.69 from
 * r/H = 0.17). In a corridor beyond half its width w: 0.37 (H/w)^1/3 exp(-0.16 (x/H)(w/H)^1/3) and 0.114 sqrt(H dT) (H/w)^1/6 (Delichatsios 1981).
 */
function jetAt(room: Room, fire: RoomFire, dx: number, dy: number, r: number, z_m: number, into: GasAt): void {
  const layer = layerAt(room, z_m);
  into.temperature_K = layer;
  into.speed_m_s = 0;
  const h = room.height_m - fire.base_m;
  if (h <= 0) return;
  const ratio = r / h;
  const thickness = 0.112 * h * (1 - exp(-2.24 * Math.max(ratio, 0.26)));
  if (z_m < room.height_m - thickness) return;
  plumeAt(room, fire, 0, room.height_m, top);
  const rise = top.temperature_K - layer;
  into.temperature_K = ratio <= 0.2 ? top.temperature_K : layer + (rise / AT_TURN) * pow(0.225 + 0.27 * ratio, -4 / 3);
  const around = room.gas_K[fire.base_m <= room.interface_m ? LOWER : UPPER]!;
  const scale = Math.sqrt(GRAVITY * h) * pow(qStar(fire.hrr_W, around, h), 1 / 3);
  into.speed_m_s = ratio <= 0.17 ? 3.61 * scale : 1.06 * scale * pow(ratio, -0.69);
  if (!room.corridor) return;
  const alongX = room.width_m >= room.depth_m;
  const along = Math.abs(alongX ? dx : dy);
  const wide = alongX ? room.depth_m : room.width_m;
  if (along <= wide / 2) return;
  const led = rise * 0.37 * pow(h / wide, 1 / 3) * exp(-0.16 * (along / h) * pow(wide / h, 1 / 3));
  into.temperature_K = Math.max(into.temperature_K, layer + led);
  const warm = Math.max(0, into.temperature_K - layer);
  into.speed_m_s = Math.max(into.speed_m_s, 0.114 * Math.sqrt(h * warm) * pow(h / wide, 1 / 6));
}
