/**
 * The next way point from a place to a target over a triangulated floor, as JuPedSim 1.4.2 finds it: the string pulled tight through the edges of the
 * triangles on the way, each narrowed by 0.2 m at both ends (funnel algorithm, Lee and Preparata 1984, Networks 14:393). The floor has no holes, so
 * that there is one way of triangles.
 */
export interface Mesh {
  vertices: [number, number][];
  triangles: [number, number, number][];
}

type XY = [number, number];

const CLEARANCE = 0.2;

const cross = (a: XY, b: XY, c: XY): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Ways of triangles to one target, by the triangle they begin in. */
export type Ways = [XY, XY][][];

/** The ways from every triangle to the target's. */
export function waysTo(mesh: Mesh, target: XY): Ways {
  const last = triangleAt(mesh, target);
  return mesh.triangles.map((_, t) => portalsBetween(mesh, t, last));
}

/** @returns the first point to walk to; the target itself where nothing is in the way */
export function nextPoint(mesh: Mesh, ways: Ways, from: XY, target: XY): XY {
  const portals = ways[triangleAt(mesh, from)]!;
  let [left, right] = [from, from];
  for (const [l, r] of [...portals, [target, target] as [XY, XY]]) {
    const isOpen = left === from && right === from;
    if (isOpen) {
      [left, right] = [l, r];
      continue;
    }
    // The funnel from `from` between left and right; a side of the portal outside it means that the other side is turned round.
    if (cross(from, left, r) > 0) return left;
    if (cross(from, right, l) < 0) return right;
    if (cross(from, left, l) <= 0) left = l;
    if (cross(from, right, r) >= 0) right = r;
  }
  return target;
}

function triangleAt({ vertices, triangles }: Mesh, p: XY): number {
  let [best, found] = [-Infinity, 0];
  triangles.forEach((corners, t) => {
    const a = vertices[corners[0]]!;
    const b = vertices[corners[1]]!;
    const c = vertices[corners[2]]!;
    const turn = Math.sign(cross(a, b, c));
    const inside = Math.min(turn * cross(a, b, p), turn * cross(b, c, p), turn * cross(c, a, p));
    if (inside > best) [best, found] = [inside, t];
  });
  return found;
}

/** Edges crossed from one triangle to another, [left end, right end] seen along the way, narrowed. */
function portalsBetween({ vertices, triangles }: Mesh, from: number, to: number): [XY, XY][] {
  const search = (t: number, before: number): [XY, XY][] | null => {
    if (t === to) return [];
    for (let next = 0; next < triangles.length; next++) {
      if (next === before || next === t) continue;
      const shared = triangles[t]!.filter((v) => triangles[next]!.includes(v));
      if (shared.length < 2) continue;
      const rest = search(next, t);
      if (!rest) continue;
      const [a, b] = [vertices[shared[0]!]!, vertices[shared[1]!]!];
      const own = vertices[triangles[t]!.find((v) => !shared.includes(v))!]!;
      // Coming from `own`, the left end is the one to the left of the line to the other.
      const [left, right] = cross(own, a, b) < 0 ? [a, b] : [b, a];
      return [narrowed(left, right), ...rest];
    }
    return null;
  };
  return search(from, -1)!;
}

function narrowed(left: XY, right: XY): [XY, XY] {
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const share = CLEARANCE / Math.hypot(dx, dy);
  return [
    [left[0] + share * dx, left[1] + share * dy],
    [right[0] - share * dx, right[1] - share * dy],
  ];
}
