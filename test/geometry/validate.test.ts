import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point, Ring } from "../../engine/geometry/polygon.js";
import { openRing } from "../../engine/geometry/ring.js";
import { findCrossing } from "../../engine/geometry/validate.js";

const turn = (a: Point, b: Point, c: Point): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const within = (p: Point, a: Point, b: Point): boolean =>
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);

/** Whether two segments share a point; exact on small integers. */
function share(a: Point, b: Point, c: Point, d: Point): boolean {
  const [s1, s2, s3, s4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (s1 * s2 < 0 && s3 * s4 < 0) return true;
  return (
    (s1 === 0 && within(c, a, b)) ||
    (s2 === 0 && within(d, a, b)) ||
    (s3 === 0 && within(a, c, d)) ||
    (s4 === 0 && within(b, c, d))
  );
}

/** Every pair of edges, the definition itself. */
function simple(ring: Ring): boolean {
  const n = ring.length;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const [a, b, c, d] = [ring[i]!, ring[(i + 1) % n]!, ring[j]!, ring[(j + 1) % n]!];
      if (j === i + 1 || (i === 0 && j === n - 1)) {
        const [p, q, r] = j === i + 1 ? [a, b, d] : [c, a, b];
        const back = turn(p, q, r) === 0 && (q[0] - p[0]) * (r[0] - q[0]) + (q[1] - p[1]) * (r[1] - q[1]) < 0;
        if (back) return false;
      } else if (share(a, b, c, d)) return false;
    }
  return true;
}

const point = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }));

describe("crossings of rings", () => {
  it("agrees with the comparison of all pairs of edges, touching and vertical ones included", () => {
    let [good, bad] = [0, 0];
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 7 }), (points) => {
        const ring = openRing(points);
        fc.pre(ring.length > 2);
        const expected = simple(ring);
        if (expected) good++;
        else bad++;
        expect(findCrossing([ring]) === null).toBe(expected);
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(1000);
  });

  it("names the point and the rings", () => {
    const bowtie: Ring = [
      [0, 0],
      [10, 8],
      [10, 0],
      [0, 8],
    ];
    expect(findCrossing([bowtie])).toEqual({ at: [5, 4], rings: [0, 0], kind: "cross" });
    const square: Ring = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ];
    const hole: Ring = [
      [3, 1],
      [3, 2],
      [5, 2],
      [5, 1],
    ];
    expect(findCrossing([square, hole])).toMatchObject({ rings: [0, 1], kind: "cross" });
  });

  it("lets a hole touch the outer ring at a point, but not a ring itself", () => {
    const square: Ring = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ];
    const touching: Ring = [
      [0, 2],
      [1, 3],
      [1, 1],
    ];
    expect(findCrossing([square, touching])).toBeNull();
    const pinched: Ring = [
      [0, 0],
      [2, 2],
      [4, 0],
      [4, 4],
      [2, 2],
      [0, 4],
    ];
    expect(findCrossing([pinched])).toMatchObject({ at: [2, 2], kind: "touch" });
  });

  it("handles rings in which every edge spans the whole width", () => {
    // A comb of 20,000 long slanting teeth: all boxes overlap, no edges cross.
    const up: Point[] = [];
    for (let k = 0; k < 20_000; k++) up.push(k % 2 ? [1e6, k + 1e5] : [0, k]);
    const comb = [...up, [2e6, 3e5] as const, [2e6, -1] as const, [-1, -1] as const];
    expect(findCrossing([comb])).toBeNull();
    const cut = [...comb.slice(0, 10_000), [5e5, 0] as const, ...comb.slice(10_000)];
    expect(findCrossing([cut])).toMatchObject({ kind: "cross" });
  });
});
