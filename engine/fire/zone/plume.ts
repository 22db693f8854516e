import { cbrt, fastPow } from "../../maths.js";
import { AIR_DENSITY_KELVIN, CP, GRAVITY } from "./constants.js";

/** Where a fire stands: in the open, against one wall, in a corner. */
export type Place = 0 | 1 | 2;

/** Fire on the floor plan: in a corner when within half its side of two walls, at a wall when of one. */
export function placeOf(x_m: number, y_m: number, area_m2: number, width_m: number, depth_m: number): Place {
  const reach = Math.sqrt(area_m2) / 2;
  const x = Math.min(x_m, width_m - x_m) <= reach;
  const y = Math.min(y_m, depth_m - y_m) <= reach;
  return x && y ? 2 : x || y ? 1 : 0;
}

/**
 * Air drawn into a plume up to `height_m` above the burning surface, kg/s. Heskestad 1984 as in NIST TN 1889v1 with `ambient_K` the
 * temperature of the undisturbed room: above the flame
 * m = 0.196 (g rho^2 / (cp T))^(1/3) Qc^(1/3) (z - z0)^(5/3) [1 + 2.9 Qc^(2/3) / ((g^(1/2) cp rho T)^(2/3) (z - z0)^(5/3))],
 * z0 = D (-1.02 + 1.4 Q*^(2/5)), below it in proportion to height. In a corner it is a quarter of the plume of a fire of four times
 * strength and area, at a wall (where asked) half of one of twice (Zukoski, Kubota and Cetegen 1981). 0 without heat or height.
 */
export function plumeFlow(
  hrr_W: number,
  convective_W: number,
  area_m2: number,
  height_m: number,
  ambient_K: number,
  place: Place,
): number {
  const images = place === 2 ? 4 : place === 1 ? 2 : 1;
  return openPlume(hrr_W * images, convective_W * images, area_m2 * images, height_m, ambient_K) / images;
}

function openPlume(hrr: number, convective: number, area: number, height: number, T: number): number {
  if (!(hrr > 0 && convective > 0 && height > 0)) return 0;
  const D = Math.sqrt((4 * area) / Math.PI);
  const rho = AIR_DENSITY_KELVIN / T;
  const q = fastPow(hrr / (rho * CP * T * Math.sqrt(GRAVITY * D) * D * D), 0.4);
  const origin = D * (-1.02 + 1.4 * q);
  const flame = D * (-1.02 + 3.7 * q);
  const z = height > flame ? height : flame;
  const root = cbrt(convective);
  const third = cbrt(z - origin);
  const rise = (z - origin) * third * third;
  const speed = cbrt(Math.sqrt(GRAVITY) * CP * rho * T);
  const above = 0.196 * cbrt((GRAVITY * rho * rho) / (CP * T)) * root * rise * (1 + (2.9 * root * root) / (speed * speed * rise));
  return height > flame ? above : (above * height) / flame;
}

/** Mean flame height above the burning surface, m: D (-1.02 + 3.7 Q*^(2/5)), at least 0 (Heskestad 1983). */
export function flameHeight(hrr_W: number, area_m2: number, ambient_K: number): number {
  if (!(hrr_W > 0)) return 0;
  const D = Math.sqrt((4 * area_m2) / Math.PI);
  const rho = AIR_DENSITY_KELVIN / ambient_K;
  const q = fastPow(hrr_W / (rho * CP * ambient_K * Math.sqrt(GRAVITY * D) * D * D), 0.4);
  return Math.max(0, D * (-1.02 + 3.7 * q));
}
