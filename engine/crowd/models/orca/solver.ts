/**
 * Linear programme of ORCA (van den Berg, Guy, Lin and Manocha 2011, Robotics Research, STAR 70, p. 3, section 5): the velocity nearest to the wished one
 * in a disc and a set of half planes, taken one by one (de Berg et al. 2008, Computational Geometry, chapter 4); where there is none, the velocity that
 * enters the half planes of people least deep, while those of walls still hold.
 * Half plane k: all v with (v - p_k) . n_k >= 0.
 */
const MOST = 256;
/** Lines whose directions differ by less than this sine are parallel. */
const PARALLEL = 1e-9;
/** A velocity this little outside a half plane is on its border, m/s: rounding. */
const TINY = 1e-10;

export interface HalfPlanes {
  count: number;
  /** The first of them belong to walls, which nobody may enter. */
  walls: number;
  readonly px: Float64Array;
  readonly py: Float64Array;
  readonly nx: Float64Array;
  readonly ny: Float64Array;
  /** Result, m/s. */
  vx: number;
  vy: number;
}

export function createHalfPlanes(): HalfPlanes {
  const column = (): Float64Array => new Float64Array(MOST);
  return { count: 0, walls: 0, px: column(), py: column(), nx: column(), ny: column(), vx: 0, vy: 0 };
}

/** One more half plane; beyond MOST the nearest, which come first, decide. */
export function addHalfPlane(planes: HalfPlanes, px: number, py: number, nx: number, ny: number): void {
  if (planes.count === MOST) return;
  planes.px[planes.count] = px;
  planes.py[planes.count] = py;
  planes.nx[planes.count] = nx;
  planes.ny[planes.count] = ny;
  planes.count++;
}

/** Puts the velocity nearest to (wx, wy), at most `fastest` long, into the result; `spare` is scratch. */
export function solve(planes: HalfPlanes, fastest: number, wx: number, wy: number, spare: HalfPlanes): void {
  const length = Math.sqrt(wx * wx + wy * wy);
  const share = length > fastest ? fastest / length : 1;
  planes.vx = share * wx;
  planes.vy = share * wy;
  const failed = nearestIn(planes, fastest, wx, wy, false);
  if (failed < planes.count) leastDeep(planes, fastest, failed, spare);
}

/**
 * Improves the result half plane by half plane; returns the first that leaves nothing, or the count.
 * @param along true: as far as possible in the direction (wx, wy) instead of as near to it as possible
 */
function nearestIn(planes: HalfPlanes, fastest: number, wx: number, wy: number, along: boolean): number {
  const { px, py, nx, ny, count } = planes;
  for (let k = 0; k < count; k++) {
    if ((planes.vx - px[k]!) * nx[k]! + (planes.vy - py[k]!) * ny[k]! >= -TINY) continue;
    if (!onBorder(planes, k, fastest, wx, wy, along)) return k;
  }
  return count;
}

/** The best point of the border of half plane k inside the disc and the half planes before it becomes the result; false where there is none. */
function onBorder(planes: HalfPlanes, k: number, fastest: number, wx: number, wy: number, along: boolean): boolean {
  const { px, py, nx, ny } = planes;
  const x = px[k]!;
  const y = py[k]!;
  const dx = ny[k]!;
  const dy = -nx[k]!;
  const middle = x * dx + y * dy;
  const root2 = middle * middle + fastest * fastest - x * x - y * y;
  if (root2 < 0) return false;
  let low = -middle - Math.sqrt(root2);
  let high = -middle + Math.sqrt(root2);
  for (let j = 0; j < k; j++) {
    // (x + t dx - px_j) nx_j + ... >= 0
    const rise = dx * nx[j]! + dy * ny[j]!;
    const at = (x - px[j]!) * nx[j]! + (y - py[j]!) * ny[j]!;
    if (rise > -PARALLEL && rise < PARALLEL) {
      if (at < -TINY) return false;
      continue;
    }
    const t = -at / rise;
    if (rise > 0) low = t > low ? t : low;
    else high = t < high ? t : high;
    if (low > high) return false;
  }
  const wanted = along ? (wx * dx + wy * dy > 0 ? high : low) : (wx - x) * dx + (wy - y) * dy;
  const t = wanted < low ? low : wanted > high ? high : wanted;
  planes.vx = x + t * dx;
  planes.vy = y + t * dy;
  return true;
}

/**
 * From half plane `from` on, whichever is entered deeper than all before is made the deepest: its normal is followed as far as the half planes of walls
 * and the bisectors with those before allow.
 */
function leastDeep(planes: HalfPlanes, fastest: number, from: number, spare: HalfPlanes): void {
  const { px, py, nx, ny, count, walls } = planes;
  let depth = 0;
  for (let k = Math.max(from, walls); k < count; k++) {
    if ((px[k]! - planes.vx) * nx[k]! + (py[k]! - planes.vy) * ny[k]! <= depth) continue;
    spare.count = 0;
    for (let j = 0; j < walls; j++) addHalfPlane(spare, px[j]!, py[j]!, nx[j]!, ny[j]!);
    for (let j = walls; j < k; j++) addBisector(planes, k, j, spare);
    spare.vx = fastest * nx[k]!;
    spare.vy = fastest * ny[k]!;
    // Failing can only be rounding: the present result obeys all of them.
    if (nearestIn(spare, fastest, nx[k]!, ny[k]!, true) < spare.count) continue;
    planes.vx = spare.vx;
    planes.vy = spare.vy;
    depth = (px[k]! - planes.vx) * nx[k]! + (py[k]! - planes.vy) * ny[k]!;
  }
}

/** The half plane of velocities that enter plane k at least as deep as plane j: (v - p_k) . n_k <= (v - p_j) . n_j. */
function addBisector({ px, py, nx, ny }: HalfPlanes, k: number, j: number, spare: HalfPlanes): void {
  const mx = nx[j]! - nx[k]!;
  const my = ny[j]! - ny[k]!;
  const length = Math.sqrt(mx * mx + my * my);
  if (length < PARALLEL) return;
  const c = (px[j]! * nx[j]! + py[j]! * ny[j]! - px[k]! * nx[k]! - py[k]! * ny[k]!) / length;
  addHalfPlane(spare, (c * mx) / length, (c * my) / length, mx / length, my / length);
}
