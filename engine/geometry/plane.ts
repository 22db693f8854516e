/** Small plane geometry of the hot paths: segments and points in metres, no allocation. */

/** Twice the signed area of a, b, c: positive when c lies left of a → b, m². */
export function side(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/**
 * Whether the step p → q crosses the segment a → b. Touching counts as crossing on the side of q only, so that a path made of
 * steps crosses a line exactly once; a step that begins on the line has not crossed it yet.
 */
export function crosses(px: number, py: number, qx: number, qy: number, ax: number, ay: number, bx: number, by: number): boolean {
  const from = side(ax, ay, bx, by, px, py);
  const to = side(ax, ay, bx, by, qx, qy);
  if (from >= 0 ? to >= 0 : to < 0) return false;
  const a = side(px, py, qx, qy, ax, ay);
  const b = side(px, py, qx, qy, bx, by);
  return a >= 0 ? b <= 0 : b >= 0;
}

/** Square of the distance from (x, y) to the segment a → b, m². */
export function distance2(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  let t = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  const ex = ax + t * dx - x;
  const ey = ay + t * dy - y;
  return ex * ex + ey * ey;
}

/** The point of the segment a → b nearest to (x, y). */
export function nearestOn(x: number, y: number, ax: number, ay: number, bx: number, by: number): [number, number] {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  return [ax + t * dx, ay + t * dy];
}
