/** Delaunay neighbours of the people of one frame. */
import Delaunator from "delaunator";

export interface Neighbours {
  /** Neighbours of i: list[start[i]] … list[start[i + 1] - 1]. */
  readonly start: Int32Array;
  readonly list: Int32Array;
  /** People at the very same place, 1 as a rule. */
  readonly sharing: Int32Array;
}

/** Delaunay neighbours; people at one place have the same neighbours and share their cell. */
export function neighboursOf(xy: Float64Array): Neighbours {
  const count = xy.length / 2;
  const { triangles, halfedges, hull } = new Delaunator(xy);
  const pairs: number[] = [];
  for (let e = 0; e < triangles.length; e++)
    if (e > halfedges[e]!) pairs.push(triangles[e]!, triangles[e % 3 === 2 ? e - 2 : e + 1]!);
  // People in one line have no triangles; the hull then lists them along it.
  if (triangles.length === 0) for (let k = 1; k < hull.length; k++) pairs.push(hull[k - 1]!, hull[k]!);
  const degree = new Int32Array(count);
  for (const i of pairs) degree[i]!++;
  const twin = twinsOf(xy, degree);
  const sharing = new Int32Array(count);
  for (let i = 0; i < count; i++) sharing[twin[i]!]!++;
  for (let i = 0; i < count; i++) sharing[i] = sharing[twin[i]!]!;
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) start[i + 1] = start[i]! + degree[twin[i]!]!;
  const list = new Int32Array(start[count]!);
  const next = start.slice(0, count);
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k]!, pairs[k + 1]!];
    list[next[a]!++] = b;
    list[next[b]!++] = a;
  }
  for (let i = 0; i < count; i++) if (twin[i] !== i) list.set(list.subarray(start[twin[i]!]!, start[twin[i]! + 1]!), start[i]!);
  return { start, list, sharing };
}

/** Who has been left out of the triangles, for standing where another one stands: that one; everybody else: themselves. */
function twinsOf(xy: Float64Array, degree: Int32Array): Int32Array {
  const twin = Int32Array.from(degree, (_, i) => i);
  if (degree.length < 2) return twin;
  for (let i = 0; i < degree.length; i++) {
    if (degree[i] !== 0) continue;
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < degree.length; j++) {
      if (j === i || (degree[j] === 0 && j > i)) continue;
      const away = (xy[2 * j]! - xy[2 * i]!) ** 2 + (xy[2 * j + 1]! - xy[2 * i + 1]!) ** 2;
      if (away < least) {
        least = away;
        nearest = twin[j]!;
      }
    }
    if (nearest >= 0) twin[i] = nearest;
  }
  return twin;
}
