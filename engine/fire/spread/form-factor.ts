/**
 * View factors of flames by contour integration: the flux that a diffuse surface of radiosity 1 sends to a point is a vector f, and a
 * target with unit normal n there receives n · f while the whole surface lies before it; the greatest over all orientations is |f|.
 * f = 1/(2π) Σ over edges of θ (v × w)/|v × w|, θ the angle under which the edge v → w is seen (Lambert 1760; Sparrow 1963, J. Heat
 * Transfer 85:81; Howell, Menguc, Siegel, Thermal Radiation Heat Transfer, ch. 5). Exact for polygons, at any height and tilt.
 */
import { atan2, cosSin } from "../../maths.js";

/** Sides of the prism that stands for a cylinder: its width is right on average, the factor is within 0.5 %. */
const SIDES = 32;
const RIM = rim();

function rim(): Float64Array {
  const points = new Float64Array(2 * SIDES);
  const half = Math.PI / SIDES;
  // Perimeter of the circle, and so its mean width (Cauchy).
  const size = half / cosSin(half)[1];
  for (let k = 0; k < SIDES; k++) {
    const [c, s] = cosSin(2 * half * k);
    points[2 * k] = size * c;
    points[2 * k + 1] = size * s;
  }
  return points;
}

/** Adds the share of the edge v → w, both relative to the point. */
function addEdge(out: Float64Array, vx: number, vy: number, vz: number, wx: number, wy: number, wz: number): void {
  const cx = vy * wz - vz * wy;
  const cy = vz * wx - vx * wz;
  const cz = vx * wy - vy * wx;
  const cross = Math.sqrt(cx * cx + cy * cy + cz * cz);
  if (cross === 0) return;
  const share = atan2(cross, vx * wx + vy * wy + vz * wz) / (2 * Math.PI * cross);
  out[0]! += share * cx;
  out[1]! += share * cy;
  out[2]! += share * cz;
}

/**
 * Vector of a plane polygon, into `out` [fx, fy, fz], seen from its front: the side from which its corners run clockwise, so that f points
 * to it (from the other side f points away from it).
 * @param corners 3 per corner [x, y, z, …], m
 */
export function polygonFactor(corners: ArrayLike<number>, px: number, py: number, pz: number, out: Float64Array): void {
  out.fill(0);
  const count = corners.length / 3;
  for (let k = 0; k < count; k++) {
    const a = 3 * k;
    const b = 3 * ((k + 1) % count);
    addEdge(
      out,
      corners[a]! - px,
      corners[a + 1]! - py,
      corners[a + 2]! - pz,
      corners[b]! - px,
      corners[b + 1]! - py,
      corners[b + 2]! - pz,
    );
  }
}

export interface Cylinder {
  /** Middle of the base, radius, and the middle of the top relative to that of the base; both faces are level. m */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly dx: number;
  readonly dy: number;
  readonly dz: number;
}

/**
 * Vector of an oblique cylinder seen from a point, into `out`; |f| = 1 at a point inside it. Only the outline that the point sees is
 * summed: edges between a face that it sees and one that it does not.
 */
export function cylinderFactor(body: Cylinder, px: number, py: number, pz: number, out: Float64Array): void {
  out.fill(0);
  const { radius, dx, dy, dz } = body;
  if (!(radius > 0)) return;
  const bx = body.x - px;
  const by = body.y - py;
  const bz = body.z - pz;
  const seesTop = bz + dz < 0;
  const seesBase = bz > 0;
  let before = false;
  let any = false;
  for (let k = 0; k <= SIDES; k++) {
    const i = 2 * (k % SIDES);
    const j = 2 * ((k + 1) % SIDES);
    const vx = bx + radius * RIM[i]!;
    const vy = by + radius * RIM[i + 1]!;
    const wx = bx + radius * RIM[j]!;
    const wy = by + radius * RIM[j + 1]!;
    // Outward normal of the side k: edge × axis.
    const ex = wx - vx;
    const ey = wy - vy;
    const sees = vx * (ey * dz) - vy * (ex * dz) + bz * (ex * dy - ey * dx) < 0;
    if (k > 0 && sees !== before) {
      if (sees) addEdge(out, vx + dx, vy + dy, bz + dz, vx, vy, bz);
      else addEdge(out, vx, vy, bz, vx + dx, vy + dy, bz + dz);
    }
    if (k === SIDES) break;
    before = sees;
    any ||= sees;
    if (sees !== seesBase) {
      if (sees) addEdge(out, vx, vy, bz, wx, wy, bz);
      else addEdge(out, wx, wy, bz, vx, vy, bz);
    }
    if (sees !== seesTop) {
      if (sees) addEdge(out, wx + dx, wy + dy, bz + dz, vx + dx, vy + dy, bz + dz);
      else addEdge(out, vx + dx, vy + dy, bz + dz, wx + dx, wy + dy, bz + dz);
    }
  }
  if (!any && !seesTop && !seesBase && dz > 0) {
    // Inside: every direction is flame.
    out[2] = 1;
    return;
  }
  // Faces are summed counterclockwise seen from outside, which makes f point away from the flame.
  out[0] = -out[0]!;
  out[1] = -out[1]!;
  out[2] = -out[2]!;
}
