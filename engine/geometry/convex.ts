/**
 * Convex polygons as flat lists, the form in which many of them are cut per second: [x0, y0, x1, y1, …] counterclockwise, with the
 * number of corners beside it. Nothing is allocated; the caller brings the room.
 */

/** What lies no farther outside an edge lies on it, m. */
const HAIR = 1e-9;
/** Corners that a list of a clipped polygon may hold. */
export const MOST_CORNERS = 256;

export const roomForCorners = (): Float64Array => new Float64Array(2 * MOST_CORNERS);

/**
 * Part of a polygon in the half plane nx·x + ny·y <= limit, written into `into` (Sutherland and Hodgman 1974, CACM 17:32).
 * @returns number of corners of the part, below 3 where nothing is left; -1 where the whole polygon lies in it (nothing is written)
 */
export function cutHalfPlane(
  from: Float64Array,
  corners: number,
  nx: number,
  ny: number,
  limit: number,
  into: Float64Array,
): number {
  let k = 0;
  for (; k < corners; k++) if (nx * from[2 * k]! + ny * from[2 * k + 1]! > limit) break;
  if (k === corners) return -1;
  let count = 0;
  let ax = from[2 * corners - 2]!;
  let ay = from[2 * corners - 1]!;
  let a = nx * ax + ny * ay - limit;
  for (k = 0; k < corners; k++) {
    const bx = from[2 * k]!;
    const by = from[2 * k + 1]!;
    const b = nx * bx + ny * by - limit;
    if (a > 0 !== b > 0) {
      const t = a / (a - b);
      into[2 * count] = ax + t * (bx - ax);
      into[2 * count++ + 1] = ay + t * (by - ay);
    }
    if (b <= 0) {
      into[2 * count] = bx;
      into[2 * count++ + 1] = by;
    }
    ax = bx;
    ay = by;
    a = b;
  }
  return count;
}

/**
 * Common part of two convex polygons, in `into`; `spare` is room for the steps between.
 * @returns number of corners, 0 where they have no area in common
 */
export function cutConvex(
  a: Float64Array,
  corners: number,
  b: Float64Array,
  others: number,
  into: Float64Array,
  spare: Float64Array,
): number {
  let source = a;
  let count = corners;
  let free = into;
  for (let k = 0, j = others - 1; k < others; j = k++) {
    // The inside of a counterclockwise polygon lies left of each edge.
    const nx = b[2 * k + 1]! - b[2 * j + 1]!;
    const ny = b[2 * j]! - b[2 * k]!;
    const cut = cutHalfPlane(source, count, nx, ny, nx * b[2 * j]! + ny * b[2 * j + 1]!, free);
    if (cut === -1) continue;
    if (cut < 3) return 0;
    count = cut;
    source = free;
    free = source === into ? spare : into;
  }
  if (source !== into) for (let k = 0; k < 2 * count; k++) into[k] = source[k]!;
  return count;
}

/** Area, m2. */
export function convexArea(polygon: Float64Array, corners: number): number {
  let sum = 0;
  const ox = polygon[0]!;
  const oy = polygon[1]!;
  for (let k = 1; k + 1 < corners; k++)
    sum += (polygon[2 * k]! - ox) * (polygon[2 * k + 3]! - oy) - (polygon[2 * k + 1]! - oy) * (polygon[2 * k + 2]! - ox);
  return sum / 2;
}

/**
 * Shares of the way a → b between which the segment lies inside (border included), written into `into` as [from, to]; false where
 * nothing lies inside.
 */
export function spanInside(
  polygon: Float64Array,
  corners: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  into: Float64Array,
): boolean {
  let from = 0;
  let to = 1;
  for (let k = 0, j = corners - 1; k < corners; j = k++) {
    const px = polygon[2 * j]!;
    const py = polygon[2 * j + 1]!;
    const ex = polygon[2 * k]! - px;
    const ey = polygon[2 * k + 1]! - py;
    const atA = ex * (ay - py) - ey * (ax - px);
    const atB = ex * (by - py) - ey * (bx - px);
    // A segment along an edge lies inside, whatever the last bit of the corners says.
    const hair = -HAIR * (Math.abs(ex) + Math.abs(ey));
    if (atA >= hair && atB >= hair) continue;
    if (atA <= 0 && atB <= 0) return false;
    if (atA < 0) from = Math.max(from, atA / (atA - atB));
    else if (atB < 0) to = Math.min(to, atA / (atA - atB));
  }
  into[0] = from;
  into[1] = to;
  return from < to;
}

/** Square of the distance from a point to the polygon, m2; 0 inside and on the border. */
export function distance2ToConvex(polygon: Float64Array, corners: number, x: number, y: number): number {
  let outside = false;
  let least = Infinity;
  for (let k = 0, j = corners - 1; k < corners; j = k++) {
    const px = polygon[2 * j]!;
    const py = polygon[2 * j + 1]!;
    const ex = polygon[2 * k]! - px;
    const ey = polygon[2 * k + 1]! - py;
    if (ex * (y - py) - ey * (x - px) < 0) outside = true;
    const length2 = ex * ex + ey * ey;
    let t = length2 > 0 ? ((x - px) * ex + (y - py) * ey) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const dx = px + t * ex - x;
    const dy = py + t * ey - y;
    least = Math.min(least, dx * dx + dy * dy);
  }
  return outside ? least : 0;
}
