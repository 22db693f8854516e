/**
 * Radiant flux from a flame at a point. Far away the flame is a point source, near by a solid body:
 * - farther than 2.5 D from the middle of the base (in plan): q = χr Q cos θ / (4π R²), source on the flame's axis at a third of its length
 *   (as CFAST; SFPE Handbook: good to about 20 % there);
 * - nearer: the larger of that and of q = E F of the tilted cylinder, at most E; inside the flame at least 60 kW/m². Near flames the point source is often the better of the two
 *   (Fleury, Spearpoint, Fleischmann 2011, Fire and Evacuation Modeling Conference), and the larger one errs to the safe side; the flux
 *   never falls on the way to the fire.
 * Without a normal the target faces the fire (greatest flux over all orientations), as people and items of unknown shape do.
 */
import { exp, pow } from "../../maths.js";
import type { Flame } from "./flame.js";
import { cylinderFactor } from "./form-factor.js";

/** Where the point source takes over, in diameters. */
export const NEAR_FIELD = 2.5;

/** Radius of the smallest sphere around a person or item inside which a point source would be singular, m. */
const LEAST = 0.05;

/** A point with the outward unit normal of its surface; null: facing the fire. */
export type Normal = readonly [number, number, number] | null;

/** χr Q cos θ / (4π R²), W/m². */
export function pointSourceFlux(flame: Flame, px: number, py: number, pz: number, normal: Normal): number {
  const dx = flame.x + flame.tipX / 3 - px;
  const dy = flame.y + flame.tipY / 3 - py;
  const dz = flame.base + flame.tipZ / 3 - pz;
  const distance = Math.max(LEAST, Math.sqrt(dx * dx + dy * dy + dz * dz));
  const cosine = normal ? Math.max(0, (dx * normal[0] + dy * normal[1] + dz * normal[2]) / distance) : 1;
  return (flame.radiated * cosine) / (4 * Math.PI * distance * distance);
}

const factor = new Float64Array(3);
const body = { x: 0, y: 0, z: 0, radius: 0, dx: 0, dy: 0, dz: 0 };

/** E F of the flame as an oblique cylinder, W/m². */
export function solidFlameFlux(flame: Flame, px: number, py: number, pz: number, normal: Normal): number {
  body.x = flame.x;
  body.y = flame.y;
  body.z = flame.base;
  body.radius = flame.diameter / 2;
  body.dx = flame.tipX;
  body.dy = flame.tipY;
  body.dz = flame.tipZ;
  cylinderFactor(body, px, py, pz, factor);
  const [fx, fy, fz] = [factor[0]!, factor[1]!, factor[2]!];
  const seen = normal ? Math.max(0, fx * normal[0] + fy * normal[1] + fz * normal[2]) : Math.sqrt(fx * fx + fy * fy + fz * fz);
  return flame.emissive * Math.min(1, seen);
}

/** Flux by the rule above, W/m², without walls and air between. */
export function flameFlux(flame: Flame, px: number, py: number, pz: number, normal: Normal): number {
  if (!(flame.radiated > 0)) return 0;
  const point = pointSourceFlux(flame, px, py, pz, normal);
  const dx = px - flame.x;
  const dy = py - flame.y;
  const near = NEAR_FIELD * flame.diameter;
  if (dx * dx + dy * dy >= near * near) return point;
  const flux = Math.max(solidFlameFlux(flame, px, py, pz, normal), Math.min(flame.emissive, point));
  return touches(flame, px, py, pz) ? Math.max(flux, CONTACT) : flux;
}

/**
 * Least flux to what a flame touches, W/m², convection included: flames over walls and engulfed objects give 20 to 150 kW/m² (Lattimer, SFPE
 * Handbook, "Heat transfer from fires to surfaces"; recalled: unverified), of which 60 is chosen.
 */
const CONTACT = 60e3;

function touches({ x, y, base, diameter, tipX, tipY, tipZ }: Flame, px: number, py: number, pz: number): boolean {
  const up = tipZ > 0 ? (pz - base) / tipZ : -1;
  if (!(up >= 0 && up <= 1)) return false;
  const [dx, dy] = [px - x - up * tipX, py - y - up * tipY];
  return 4 * (dx * dx + dy * dy) <= diameter * diameter;
}

/**
 * Share of the radiation that air lets through over a path: τ = 2.02 (p_w x)^-0.09, at most 1, p_w the pressure of water vapour in Pa and
 * x the path in m (Bagster and Pittblado 1989; TNO, CPR 14E, "Yellow Book", ch. 6: for p_w x between 10^4 and 10^5 N/m; recalled:
 * unverified). Below 2,440 N/m (2 m at 20 °C and half saturation) it is 1.
 */
export function transmissivity(path_m: number, vapour_Pa: number): number {
  const product = vapour_Pa * path_m;
  return product > 2440 ? Math.min(1, 2.02 * pow(product, -0.09)) : 1;
}

/** Pressure of water vapour, Pa, at a share of saturation: Magnus' formula with WMO's constants (WMO-No. 8), -45 to 60 °C. */
export function vapourPressure(temperature_K: number, relativeHumidity: number): number {
  const t = temperature_K - 273.15;
  return relativeHumidity * 611.2 * exp((17.62 * t) / (243.12 + t));
}
