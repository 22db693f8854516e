/** Points, rings and polygons in the plane, metres. */

/** [x, y], m. */
export type Point = readonly [number, number];
/** Open ring (first point not repeated). Outer rings run counterclockwise, holes clockwise. */
export type Ring = readonly Point[];
export interface Polygon {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}
export type Segment = readonly [Point, Point];
/** [least x, least y, greatest x, greatest y], m; [∞, ∞, -∞, -∞] of nothing. */
export type Box = readonly [number, number, number, number];

/** Signed area, m²: positive counterclockwise. Shoelace formula about the first point, so that large coordinates cost no digits. */
export function ringArea(ring: Ring): number {
  let sum = 0;
  const [ox, oy] = ring[0] ?? [0, 0];
  for (let k = 1; k + 1 < ring.length; k++) {
    const [ax, ay] = ring[k]!;
    const [bx, by] = ring[k + 1]!;
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return sum / 2;
}

/** Area of the outer ring less its holes, m². */
export function polygonArea(polygon: Polygon): number {
  return polygon.holes.reduce((area, hole) => area - Math.abs(ringArea(hole)), Math.abs(ringArea(polygon.outer)));
}

export function polygonsArea(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}

/** Box around points, m. */
export function boxOf(points: Iterable<Point>): Box {
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    ax = Math.min(ax, x);
    ay = Math.min(ay, y);
    bx = Math.max(bx, x);
    by = Math.max(by, y);
  }
  return [ax, ay, bx, by];
}

export function joinBoxes(boxes: Iterable<Box>): Box {
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    ax = Math.min(ax, box[0]);
    ay = Math.min(ay, box[1]);
    bx = Math.max(bx, box[2]);
    by = Math.max(by, box[3]);
  }
  return [ax, ay, bx, by];
}

/** Whether two boxes come within `reach` of each other, m. */
export function boxesMeet(a: Box, b: Box, reach = 0): boolean {
  return a[0] <= b[2] + reach && b[0] <= a[2] + reach && a[1] <= b[3] + reach && b[1] <= a[3] + reach;
}

/** Even-odd test of one ring; points on an edge count as inside on the lower and left side only. */
export function inRing(ring: Ring, x: number, y: number): boolean {
  let odd = false;
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
    const [ax, ay] = ring[k]!;
    const [bx, by] = ring[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

export function inPolygon(polygon: Polygon, x: number, y: number): boolean {
  return inRing(polygon.outer, x, y) && !polygon.holes.some((hole) => inRing(hole, x, y));
}

export function inPolygons(polygons: readonly Polygon[], x: number, y: number): boolean {
  return polygons.some((polygon) => inPolygon(polygon, x, y));
}

/** All rings of polygons, outer ones first within each. */
export function ringsOf(polygons: readonly Polygon[]): Ring[] {
  return polygons.flatMap((polygon) => [polygon.outer, ...polygon.holes]);
}

/** Centre of area of a ring; the mean of its points where the area is 0. */
export function ringCentre(ring: Ring): Point {
  const area = ringArea(ring);
  const [ox, oy] = ring[0]!;
  if (area === 0) return [mean(ring, 0), mean(ring, 1)];
  let [sx, sy] = [0, 0];
  for (let k = 1; k + 1 < ring.length; k++) {
    const [ax, ay] = [ring[k]![0] - ox, ring[k]![1] - oy];
    const [bx, by] = [ring[k + 1]![0] - ox, ring[k + 1]![1] - oy];
    const cross = ax * by - bx * ay;
    sx += (ax + bx) * cross;
    sy += (ay + by) * cross;
  }
  return [ox + sx / (6 * area), oy + sy / (6 * area)];
}

function mean(ring: Ring, axis: 0 | 1): number {
  return ring.reduce((sum, point) => sum + point[axis], 0) / ring.length;
}
