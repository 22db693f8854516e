import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difference, intersection, toGrid, union } from "../../engine/geometry/clip.js";
import { inPolygons, type Polygon, polygonsArea, ringArea } from "../../engine/geometry/polygon.js";
import { mergeCorners, normaliseRing, openRing, spikeOf } from "../../engine/geometry/ring.js";
import { clipToConvex, withoutShares } from "../../engine/geometry/segment.js";

const box = (x: number, y: number, w: number, h: number): Polygon => ({
  outer: [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ],
  holes: [],
});
const boxes = fc
  .tuple(
    fc.integer({ min: -400, max: 400 }),
    fc.integer({ min: -400, max: 400 }),
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 300 }),
  )
  .map(([x, y, w, h]) => box(x / 8, y / 8, w / 8, h / 8));
const several = fc.array(boxes, { minLength: 1, maxLength: 6 });

describe("union, difference, intersection", () => {
  it("areas add up: |A| = |A − B| + |A ∩ B|, |A ∪ B| = |A| + |B| − |A ∩ B|", () => {
    fc.assert(
      fc.property(several, several, (p, q) => {
        const [a, b] = [union(p), union(q)];
        const both = polygonsArea(intersection(a, b));
        expect(polygonsArea(difference(a, b)) + both).toBeCloseTo(polygonsArea(a), 6);
        expect(polygonsArea(union([...a, ...b]))).toBeCloseTo(polygonsArea(a) + polygonsArea(b) - both, 6);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("rings turn as documented and points belong to one result only", () => {
    fc.assert(
      fc.property(
        several,
        several,
        fc.double({ min: -50, max: 90, noNaN: true }),
        fc.double({ min: -50, max: 90, noNaN: true }),
        (p, q, x, y) => {
          const rest = difference(union(p), q);
          for (const { outer, holes } of rest) {
            expect(ringArea(outer)).toBeGreaterThan(0);
            for (const hole of holes) expect(ringArea(hole)).toBeLessThan(0);
          }
          const near = (list: readonly Polygon[]): boolean =>
            list.some(({ outer }) => outer.some(([ax, ay]) => Math.abs(ax - x) < 1e-3 || Math.abs(ay - y) < 1e-3));
          fc.pre(!near(p) && !near(q));
          expect(inPolygons(rest, x, y)).toBe(inPolygons(p, x, y) && !inPolygons(q, x, y));
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });

  it("keeps decimals of up to six digits", () => {
    const [found] = union([box(0.1, 0.2, 3.3, 4.4), box(3.4, 0.2, 1, 4.4)]);
    expect(found!.outer).toContainEqual([0.1, 0.2]);
    expect(toGrid([5336803.4 - 5336800, 1 / 3])).toEqual([3.4, 0.333333]);
  });
});

describe("rings", () => {
  it("drops what repeats and what is idle, and turns as asked", () => {
    const ring = openRing([
      [0, 0],
      [6, 0],
      [6, 0],
      [12, 0],
      [12, 9],
      [0, 9],
      [0, 0],
    ]);
    expect(ring).toHaveLength(5);
    expect(normaliseRing(ring, 1)).toHaveLength(4);
    expect(ringArea(normaliseRing(ring, -1))).toBe(-108);
  });

  it("finds spikes and merges near corners", () => {
    expect(
      spikeOf([
        [0, 0],
        [4, 0],
        [2, 0],
        [2, 3],
      ]),
    ).toEqual([4, 0]);
    expect(
      mergeCorners(
        [
          [0, 0],
          [1, 0],
          [1, 0.0005],
          [1, 1],
          [0, 0.0002],
        ],
        0.001,
      ),
    ).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });
});

describe("segments", () => {
  it("clips to a convex ring", () => {
    const square = box(0, 0, 2, 2).outer;
    expect(clipToConvex([-1, 1], [3, 1], square)).toEqual([0.25, 0.75]);
    expect(clipToConvex([-1, 3], [3, 3], square)).toBeNull();
    expect(
      withoutShares([
        [0.2, 0.4],
        [0.3, 0.5],
        [0.9, 1],
      ]),
    ).toEqual([
      [0, 0.2],
      [0.5, 0.9],
    ]);
  });
});
