/**
 * A front of flames over stalls, seating, carpet or a tent: the least travel time over a grid of materials (Finney 2002, Can. J. For. Res.
 * 32:1420, for the idea). In calm air the front moves at its material's speed in all directions, so that a patch of one material burns by
 * Q = π V² q" t², α = π V² q", until it burns out behind the front and a ring is left.
 *
 * In wind the front is an ellipse about its origin, V(θ) = Vh (1 - e) / (1 - e cos θ): the head runs at Vh = V (1 + g u) (Thomas 1971,
 * Forestry 44:155: R = k (1 + U) / ρb with U in m/s, for heath and for wood cribs, so g = 1 s/m), the flank at V, the rear at V / (1 + g u);
 * then e = ((1 + g u)² - 1) / ((1 + g u)² + 1). That the flank keeps the calm speed is our choice; the ratio of length to breadth it gives
 * (3.1 at 5 m/s) is that of Anderson 1983 (USDA INT-305: 3.2 at 5 m/s; recalled).
 */

import { travelTime } from "../../geometry/travel-time.js";
import { cosSin } from "../../maths.js";
import { type HeatRelease, tableFire } from "./heat-release.js";

export interface FrontMaterial {
  /** Speed of the front in calm air, m/s: 0.001 to 0.02 over solids. */
  readonly flameSpeed_m_s: number;
  /** W/m² of burning surface. */
  readonly hrrPerArea_W_m2: number;
  /** J/m²: what a burning surface gives before it is burnt out. */
  readonly energyPerArea_J_m2: number;
  /** Growth of the head's speed with the wind, s/m. Default 1 (Thomas 1971); 0: the wind does nothing. */
  readonly windGain_s_m?: number;
}

/** Squares of `cell` m with a material each; row by row from the lower left corner. */
export interface FrontGrid {
  readonly x0: number;
  readonly y0: number;
  readonly cell: number;
  readonly nx: number;
  readonly ny: number;
  /** Index into the materials; -1: nothing burns. */
  readonly material: Int16Array;
}

/** Wind over the burning surface, m/s, and the direction it blows to, rad from x. */
export interface SurfaceWind {
  readonly speed_m_s: number;
  readonly to_rad: number;
}

export const CALM: SurfaceWind = { speed_m_s: 0, to_rad: 0 };

/** Around an origin times are exact up to this many cells, so that the first-order scheme does not begin in its worst place. */
const EXACT = 8;

/** Where and when (s) a front begins. */
export type Origin = readonly [number, number, number];

/**
 * When the front reaches the middle of each cell, s; Infinity where it never does.
 * In calm air and one material within 2 % of the straight way in every direction (first-order scheme, measured).
 */
export function arrivalTimes(
  grid: FrontGrid,
  materials: readonly FrontMaterial[],
  origins: readonly Origin[],
  wind = CALM,
): Float64Array {
  const speeds = materials.map((material) => ellipseOf(material, wind));
  const time = new Float64Array(grid.nx * grid.ny).fill(Infinity);
  for (const origin of origins) seed(grid, speeds, origin, time);
  const calm = speeds.every(({ e }) => e === 0);
  return calm ? calmFront(grid, speeds, time) : windFront(grid, speeds, time);
}

interface Ellipse {
  /** Vh (1 - e), m/s: a displacement d takes (|d| - e d·w) / v. */
  readonly v: number;
  readonly e: number;
  /** Unit vector that the wind blows to. */
  readonly wx: number;
  readonly wy: number;
}

function ellipseOf({ flameSpeed_m_s, windGain_s_m = 1 }: FrontMaterial, wind: SurfaceWind): Ellipse {
  const gain = 1 + windGain_s_m * wind.speed_m_s;
  const e = (gain * gain - 1) / (gain * gain + 1);
  const [wx, wy] = cosSin(wind.to_rad);
  return { v: flameSpeed_m_s * gain * (1 - e), e, wx, wy };
}

/** Exact times around an origin over cells of its material that a straight way reaches without leaving it. */
function seed(grid: FrontGrid, speeds: readonly Ellipse[], [ox, oy, start]: Origin, time: Float64Array): void {
  const { x0, y0, cell, nx, ny, material } = grid;
  const [ci, cj] = [Math.floor((ox - x0) / cell), Math.floor((oy - y0) / cell)];
  const inside = (i: number, j: number): boolean => i >= 0 && j >= 0 && i < nx && j < ny;
  const kind = inside(ci, cj) ? material[cj * nx + ci]! : -1;
  if (kind < 0) return;
  const same = (x: number, y: number): boolean => {
    const [i, j] = [Math.floor((x - x0) / cell), Math.floor((y - y0) / cell)];
    return inside(i, j) && material[j * nx + i] === kind;
  };
  for (let j = cj - EXACT; j <= cj + EXACT; j++)
    for (let i = ci - EXACT; i <= ci + EXACT; i++) {
      const [dx, dy] = [x0 + (i + 0.5) * cell - ox, y0 + (j + 0.5) * cell - oy];
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (!inside(i, j) || (distance > EXACT * cell && (i !== ci || j !== cj))) continue;
      const steps = Math.ceil(distance / (cell / 4));
      let straight = material[j * nx + i] === kind;
      for (let k = 1; k < steps && straight; k++) straight = same(ox + (dx * k) / steps, oy + (dy * k) / steps);
      if (!straight) continue;
      const { v, e, wx, wy } = speeds[kind]!;
      time[j * nx + i] = Math.min(time[j * nx + i]!, start + (distance - e * (dx * wx + dy * wy)) / v);
    }
}

/** No wind: the eikonal solver of the walking fields, with slowness relative to the fastest material. */
function calmFront(grid: FrontGrid, speeds: readonly Ellipse[], time: Float64Array): Float64Array {
  const { nx, ny, material, cell } = grid;
  const fastest = Math.max(...speeds.map(({ v }) => v));
  const neighbours = new Int32Array(4 * nx * ny).fill(-1);
  const slowness = new Float32Array(nx * ny).fill(1);
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const n = j * nx + i;
      if (material[n]! < 0) continue;
      slowness[n] = fastest / speeds[material[n]!]!.v;
      if (i + 1 < nx && material[n + 1]! >= 0) neighbours[4 * n] = n + 1;
      if (j + 1 < ny && material[n + nx]! >= 0) neighbours[4 * n + 1] = n + nx;
      if (i > 0 && material[n - 1]! >= 0) neighbours[4 * n + 2] = n - 1;
      if (j > 0 && material[n - nx]! >= 0) neighbours[4 * n + 3] = n - nx;
    }
  const nodes: number[] = [];
  time.forEach((t, n) => {
    if (t < Infinity) nodes.push(n);
  });
  const result = new Float32Array(nx * ny);
  travelTime(
    { neighbours, sources: neighbours, slowness, cell },
    {
      nodes: Int32Array.from(nodes),
      times: Float32Array.from(nodes, (n) => time[n]! * fastest),
      directions: new Float32Array(0),
    },
    result,
  );
  return Float64Array.from(result, (t) => t / fastest);
}

/**
 * Wind: the same upwind update with the neighbours' times moved by -e d·w / v, which makes the ellipse's metric isotropic for one update.
 * Swept in the four diagonal orders until nothing changes: times only fall and are bounded below, so that it ends.
 */
function windFront(grid: FrontGrid, speeds: readonly Ellipse[], time: Float64Array): Float64Array {
  const { nx, ny, cell, material } = grid;
  let changed = true;
  while (changed) {
    changed = false;
    for (let order = 0; order < 4; order++) {
      const [i0, i1, di] = order & 1 ? [nx - 1, -1, -1] : [0, nx, 1];
      const [j0, j1, dj] = order & 2 ? [ny - 1, -1, -1] : [0, ny, 1];
      for (let j = j0; j !== j1; j += dj)
        for (let i = i0; i !== i1; i += di) {
          const n = j * nx + i;
          if (material[n]! < 0) continue;
          const { v, e, wx, wy } = speeds[material[n]!]!;
          const sx = (e * wx * cell) / v;
          const sy = (e * wy * cell) / v;
          const a = Math.min(i + 1 < nx ? time[n + 1]! + sx : Infinity, i > 0 ? time[n - 1]! - sx : Infinity);
          const b = Math.min(j + 1 < ny ? time[n + nx]! + sy : Infinity, j > 0 ? time[n - nx]! - sy : Infinity);
          const t = upwind(a, b, cell / v);
          // Less is rounding, which would keep the sweeps going.
          if (t < time[n]! * (1 - 1e-12) - 1e-9) {
            time[n] = t;
            changed = true;
          }
        }
    }
  }
  return time;
}

function upwind(a: number, b: number, f: number): number {
  if (a === Infinity && b === Infinity) return Infinity;
  const gap = a - b;
  if (gap >= f) return b + f;
  if (-gap >= f) return a + f;
  return (a + b + Math.sqrt(2 * f * f - gap * gap)) / 2;
}

/** How a front burns: when each cell catches fire, and the heat of all of them. */
export interface Front {
  readonly grid: FrontGrid;
  readonly materials: readonly FrontMaterial[];
  /** Per cell, s since the front began: first flame in it, its surface wholly alight, burnt out at its first edge; Infinity where not reached. */
  readonly from: Float64Array;
  readonly full: Float64Array;
  readonly burns: Float64Array;
  readonly heat: HeatRelease;
  /** Greatest HRR per area of its materials, W/m². */
  readonly hrrPerArea_W_m2: number;
}

/**
 * Each cell comes alight evenly while the front crosses it (half of the crossing before the front is at its middle) and goes out in the same
 * way after its fuel's time, so that its energy is exactly area × energy per area.
 */
export function burnFront(grid: FrontGrid, materials: readonly FrontMaterial[], origins: readonly Origin[], wind = CALM): Front {
  const arrival = arrivalTimes(grid, materials, origins, wind);
  const from = new Float64Array(arrival.length).fill(Infinity);
  const full = new Float64Array(arrival.length).fill(Infinity);
  const burns = new Float64Array(arrival.length);
  const bends: [number, number][] = [];
  const area = grid.cell * grid.cell;
  arrival.forEach((t, n) => {
    if (t === Infinity) return;
    const { flameSpeed_m_s, hrrPerArea_W_m2, energyPerArea_J_m2 } = materials[grid.material[n]!]!;
    const crossing = grid.cell / flameSpeed_m_s;
    from[n] = Math.max(0, t - crossing / 2);
    full[n] = from[n]! + crossing;
    burns[n] = energyPerArea_J_m2 / hrrPerArea_W_m2;
    const slope = (area * hrrPerArea_W_m2) / crossing;
    bends.push([from[n]!, slope], [full[n]!, -slope], [from[n]! + burns[n]!, -slope], [full[n]! + burns[n]!, slope]);
  });
  const reached = new Set<number>();
  arrival.forEach((t, n) => {
    if (t < Infinity) reached.add(grid.material[n]!);
  });
  const hottest = Math.max(0, ...[...reached].map((k) => materials[k]!.hrrPerArea_W_m2));
  return { grid, materials, from, full, burns, heat: tableFire(ramped(bends)), hrrPerArea_W_m2: hottest };
}

/** Table of a sum of ramps, from changes of slope [s, W/s]. */
function ramped(bends: [number, number][]): [number, number][] {
  bends.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const table: [number, number][] = [];
  let [time, value, slope] = [0, 0, 0];
  for (const [t, change] of bends) {
    value += slope * (t - time);
    // What is left of cancelled slopes at the end is rounding.
    if (t > time || table.length === 0) table.push([t, Math.max(0, value)]);
    time = t;
    slope += change;
  }
  const last = table.at(-1);
  if (last) table[table.length - 1] = [last[0], 0];
  return table;
}

/** What burns at a time since the front began, into `into`: area (m²) and its middle (m); the middle stays where nothing burns. */
export interface Burning {
  area: number;
  x: number;
  y: number;
}

export function burningAt(front: Front, t: number, into: Burning): void {
  const { grid, from, full, burns } = front;
  let [area, sx, sy] = [0, 0, 0];
  for (let n = 0; n < from.length; n++) {
    if (!(from[n]! < t)) continue;
    const alight = shareOf(t, from[n]!, full[n]!) - shareOf(t, from[n]! + burns[n]!, full[n]! + burns[n]!);
    area += alight;
    sx += alight * (n % grid.nx);
    sy += alight * Math.floor(n / grid.nx);
  }
  into.area = area * grid.cell * grid.cell;
  if (area <= 0) return;
  into.x = grid.x0 + (sx / area + 0.5) * grid.cell;
  into.y = grid.y0 + (sy / area + 0.5) * grid.cell;
}

const shareOf = (t: number, from: number, to: number): number => (t <= from ? 0 : t >= to ? 1 : (t - from) / (to - from));

/** Lateral flame speed by V = φ / (kρc (T_ig - T_s)²), m/s; φ in W²/m³, kρc in W² s/(m⁴ K²) (Quintiere and Harkleroad 1984, NBSIR 84-2943). */
export function lateralFlameSpeed(phi: number, inertia: number, ignition_K: number, surface_K: number): number {
  const rise = ignition_K - surface_K;
  return rise > 0 ? phi / (inertia * rise * rise) : Infinity;
}
