/**
 * Velocity obstacles as half planes of permitted velocities (van den Berg et al. 2011, section 4). A velocity obstacle of time tau is a cone from the origin
 * of velocity space, cut off by the obstacle seen at 1 / tau; the half plane touches it in the point nearest to the present velocity.
 */
import { crosses, distance2, nearestOn } from "../../../geometry/plane.js";
import { addHalfPlane, type HalfPlanes } from "./solver.js";

export interface Relative {
  /** Place of the other minus one's own, m. */
  x: number;
  y: number;
  /** Own velocity, and own minus the other's, m/s. */
  ownX: number;
  ownY: number;
  vx: number;
  vy: number;
  /** Sum of the radii, m. */
  reach: number;
  /** Time looked ahead, and of one step for those who overlap, s. */
  horizon: number;
  dt: number;
  /** Share of the evasion that one takes: 1/2 of people who evade too, 1 of those who stand. */
  share: number;
}

/** The half plane that another person leaves (section 4.1, equations 4 to 6). */
export function addPerson(planes: HalfPlanes, r: Relative): void {
  const { x, y, vx, vy, reach } = r;
  const d2 = x * x + y * y;
  const apart = d2 > reach * reach;
  const perTime = 1 / (apart ? r.horizon : r.dt);
  const wx = vx - x * perTime;
  const wy = vy - y * perTime;
  const w2 = wx * wx + wy * wy;
  const along = wx * x + wy * y;
  let nx: number;
  let ny: number;
  let u: number;
  if (!apart || (along < 0 && along * along > reach * reach * w2)) {
    // Nearest to the disc at the end of the horizon.
    const w = Math.sqrt(w2);
    if (w === 0) return;
    nx = wx / w;
    ny = wy / w;
    u = reach * perTime - w;
  } else {
    const leg = Math.sqrt(d2 - reach * reach);
    const side = x * wy - y * wx > 0 ? 1 : -1;
    // The leg's direction is that of the other turned by the half angle of the cone; its normal leads out.
    nx = (-side * (side * x * reach + y * leg)) / d2;
    ny = (side * (x * leg - side * y * reach)) / d2;
    u = -(vx * nx + vy * ny);
  }
  addHalfPlane(planes, r.ownX + r.share * u * nx, r.ownY + r.share * u * ny, nx, ny);
}

/**
 * The half plane that a wall from a to b (relative places, m) leaves: all of the evasion is one's own.
 * @param vx own velocity, m/s
 */
export function addWall(
  planes: HalfPlanes,
  wall: { ax: number; ay: number; bx: number; by: number; nearX: number; nearY: number; distance: number },
  vx: number,
  vy: number,
  radius: number,
  horizon: number,
): void {
  const { distance } = wall;
  if (distance <= radius) {
    addHalfPlane(planes, 0, 0, -wall.nearX, -wall.nearY);
    return;
  }
  const perTime = 1 / horizon;
  // a is to become the end on the left, b that on the right, seen from oneself.
  const turned = wall.ax * wall.by - wall.ay * wall.bx > 0;
  const [ax, ay, bx, by] = turned ? [wall.bx, wall.by, wall.ax, wall.ay] : [wall.ax, wall.ay, wall.bx, wall.by];
  if (covered(planes, ax * perTime, ay * perTime, bx * perTime, by * perTime, radius * perTime)) return;
  const left = legOf(ax, ay, bx, by, radius, 1);
  const right = legOf(bx, by, ax, ay, radius, -1);
  const cut = radius * perTime;
  const [sx, sy, ex, ey] = [ax * perTime, ay * perTime, bx * perTime, by * perTime];
  // The obstacle is convex: it is bounded by two legs and, between them, by the side of the wall's outline that faces one and the rounded ends.
  const best = { distance: Infinity, x: 0, y: 0, nx: 0, ny: 0 };
  const offer = (distance: number, x: number, y: number, nx: number, ny: number): void => {
    if (distance < best.distance) Object.assign(best, { distance, x, y, nx, ny });
  };
  for (const leg of [left, right]) {
    const t = Math.max(0, along(vx, vy, leg, perTime)) + leg.start * perTime;
    offer(Math.sqrt((vx - t * leg.dx) ** 2 + (vy - t * leg.dy) ** 2), 0, 0, leg.nx, leg.ny);
  }
  const [fx, fy] = nearestOn(vx, vy, sx, sy, ex, ey);
  const front = Math.sqrt((vx - fx) * (vx - fx) + (vy - fy) * (vy - fy));
  if (segmentsApart(vx, vy, sx, sy, ex, ey) > cut) {
    offer(front - cut, fx, fy, (vx - fx) / front, (vy - fy) / front);
  } else {
    offerSide(vx, vy, sx, sy, ex, ey, cut, offer);
    offerEnd(vx, vy, sx, sy, [sx, sy, ex, ey], cut, offer);
    offerEnd(vx, vy, ex, ey, [sx, sy, ex, ey], cut, offer);
  }
  const reach = best.x === 0 && best.y === 0 ? 0 : cut;
  addHalfPlane(planes, best.x + reach * best.nx, best.y + reach * best.ny, best.nx, best.ny);
}

type Offer = (distance: number, x: number, y: number, nx: number, ny: number) => void;

/** The straight side of the outline that faces the origin, for a velocity inside the obstacle. */
function offerSide(vx: number, vy: number, sx: number, sy: number, ex: number, ey: number, cut: number, offer: Offer): void {
  const dx = ex - sx;
  const dy = ey - sy;
  const length = Math.sqrt(dx * dx + dy * dy);
  const t = ((vx - sx) * dx + (vy - sy) * dy) / (length * length);
  if (!(t > 0 && t < 1)) return;
  const facing = sx * dy - sy * dx > 0 ? -1 : 1;
  const nx = (facing * dy) / length;
  const ny = (-facing * dx) / length;
  const x = sx + t * dx;
  const y = sy + t * dy;
  // Seen end-on, the side lies behind the rounded end.
  if (segmentsApart(x + cut * nx, y + cut * ny, sx, sy, ex, ey) < cut * (1 - 1e-9)) return;
  offer(cut - (vx - sx) * nx - (vy - sy) * ny, x, y, nx, ny);
}

/** The rounded end at (x, y), where the point of it nearest to a velocity inside is on the border of the whole. */
function offerEnd(
  vx: number,
  vy: number,
  x: number,
  y: number,
  wall: [number, number, number, number],
  cut: number,
  offer: Offer,
): void {
  const d = Math.sqrt((vx - x) * (vx - x) + (vy - y) * (vy - y));
  if (d === 0) return;
  const nx = (vx - x) / d;
  const ny = (vy - y) / d;
  if (segmentsApart(x + cut * nx, y + cut * ny, ...wall) < cut * (1 - 1e-9)) return;
  offer(Math.abs(cut - d), x, y, nx, ny);
}

/** Least distance between the segment from the origin to v and that from a to b. */
function segmentsApart(vx: number, vy: number, ax: number, ay: number, bx: number, by: number): number {
  if (crosses(0, 0, vx, vy, ax, ay, bx, by)) return 0;
  const nearest = Math.min(
    distance2(0, 0, ax, ay, bx, by),
    distance2(vx, vy, ax, ay, bx, by),
    distance2(ax, ay, 0, 0, vx, vy),
    distance2(bx, by, 0, 0, vx, vy),
  );
  return Math.sqrt(nearest);
}

interface Leg {
  /** Direction from the origin, and the normal that leads out of the cone. */
  dx: number;
  dy: number;
  nx: number;
  ny: number;
  /** Where it begins, at a horizon of 1 s: the tangent point, m. */
  start: number;
}

/** The tangent to the disc round one end or the other that lies further out; side 1: left, -1: right. */
function legOf(ax: number, ay: number, bx: number, by: number, radius: number, side: 1 | -1): Leg {
  const one = tangent(ax, ay, radius, side);
  const two = tangent(bx, by, radius, side);
  return side * (one.dx * two.dy - one.dy * two.dx) > 0 ? two : one;
}

function tangent(x: number, y: number, radius: number, side: 1 | -1): Leg {
  const d2 = x * x + y * y;
  const leg = Math.sqrt(Math.max(0, d2 - radius * radius));
  const dx = (x * leg - side * y * radius) / d2;
  const dy = (side * x * radius + y * leg) / d2;
  return { dx, dy, nx: -side * dy, ny: side * dx, start: leg };
}

/** How far the velocity lies beyond the leg's beginning, m/s. */
const along = (vx: number, vy: number, leg: Leg, perTime: number): number => vx * leg.dx + vy * leg.dy - leg.start * perTime;

/** Whether a half plane of a nearer wall already forbids all velocities that lead to this one: walls behind walls say nothing. */
function covered({ count, px, py, nx, ny }: HalfPlanes, ax: number, ay: number, bx: number, by: number, cut: number): boolean {
  for (let k = 0; k < count; k++) {
    const a = (ax - px[k]!) * nx[k]! + (ay - py[k]!) * ny[k]!;
    const b = (bx - px[k]!) * nx[k]! + (by - py[k]!) * ny[k]!;
    if (a <= -cut + 1e-9 && b <= -cut + 1e-9) return true;
  }
  return false;
}
