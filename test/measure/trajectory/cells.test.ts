import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersection } from "../../../engine/geometry/clip.js";
import { convexArea } from "../../../engine/geometry/convex.js";
import { convexPieces } from "../../../engine/geometry/convex-pieces.js";
import { type Point, type Polygon, polygonsArea } from "../../../engine/geometry/polygon.js";
import { createCells } from "../../../engine/measure/trajectory/cells.js";
import type { CutOff } from "../../../engine/measure/trajectory/convex-cell.js";
import { type Floor, measuredFloor } from "../../../engine/measure/trajectory/floor.js";
import { floorOfWkt } from "./reference.js";

/** Area of the cell of each person, by index; NaN for those without. */
function areasOf(floor: Floor, people: readonly Point[], cutOff: CutOff | null = null): number[] {
  const areas = people.map(() => Number.NaN);
  createCells(floor, cutOff).frame(Float64Array.from(people.flat()), [floor.box], (cell) => {
    areas[cell.person] = cell.area / cell.sharing;
  });
  return areas;
}
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const HALL = floorOfWkt("POLYGON ((0 0, 12 0, 12 8, 0 8, 0 0))");
const place = fc
  .tuple(fc.integer({ min: 1, max: 119 }), fc.integer({ min: 1, max: 79 }))
  .map(([x, y]): Point => [x / 10, y / 10]);

describe("Voronoi cells in a hall", () => {
  it("add up to the floor, however people stand: alone, in line, on one lattice, on each other", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (people) => {
        const areas = areasOf(HALL, people);
        expect(sum(areas)).toBeCloseTo(96, 8);
        for (const area of areas) expect(area).toBeGreaterThan(0);
      }),
    );
  });

  it("people at one place share a cell", () => {
    expect(
      areasOf(HALL, [
        [3, 4],
        [9, 4],
        [9, 4],
      ]),
    ).toEqual([48, 24, 24].map((area) => expect.closeTo(area, 9)));
  });

  it("a cut-off is a polygon with its first corner to the east: 3 r² with 12 corners, 2 r² with 4", () => {
    const area = (quadSegments: number): number => areasOf(HALL, [[6, 4]], { radius: 0.8, quadSegments })[0]!;
    expect(area(3)).toBeCloseTo(3 * 0.64, 12);
    expect(area(1)).toBeCloseTo(2 * 0.64, 12);
    // Half of the square with corners to the four winds lies beyond a wall through its centre.
    expect(areasOf(HALL, [[0, 4]], { radius: 1, quadSegments: 1 })[0]).toBeCloseTo(1, 9);
  });
});

describe("walls", () => {
  it("a cell that a wall splits keeps the part of the person", () => {
    // A wall of 0.2 m from above to 1 m above the lower side, between two people far from it and one near.
    const floor = floorOfWkt("POLYGON ((0 0, 10 0, 10 6, 5.1 6, 5.1 1, 4.9 1, 4.9 6, 0 6, 0 0))");
    const [left] = areasOf(floor, [[4, 5]], { radius: 2, quadSegments: 8 });
    const [free] = areasOf(floorOfWkt("POLYGON ((0 0, 4.9 0, 4.9 6, 0 6, 0 0))"), [[4, 5]], { radius: 2, quadSegments: 8 });
    expect(left).toBeCloseTo(free!, 9);
    // Alone without a cut-off the person has the whole floor, round the end of the wall.
    expect(areasOf(floor, [[4, 5]])[0]).toBeCloseTo(60 - 1, 9);
  });

  it("a door joins two rooms of a layout, a wall does not", () => {
    const rooms: Polygon[] = [
      {
        outer: [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
        ],
        holes: [],
      },
      {
        outer: [
          [4, 1],
          [8, 1],
          [8, 5],
          [4, 5],
        ],
        holes: [],
      },
    ];
    expect(areasOf(measuredFloor(rooms), [[2, 2]])[0]).toBeCloseTo(16, 9);
    expect(
      areasOf(
        measuredFloor(rooms, [
          [
            [4, 2],
            [4, 3],
          ],
        ]),
        [[2, 2]],
      )[0],
    ).toBeCloseTo(32, 9);
  });

  it("half a metre off the floor ends a cell", () => {
    expect(areasOf(HALL, [[12.4, 4]])[0]).toBeCloseTo(96, 9);
    expect(areasOf(HALL, [[12.6, 4]])[0]).toBeNaN();
  });
});

describe("convex pieces", () => {
  // A star-shaped outline with obstacles: corners at rising angles, holes on a coarse lattice inside.
  const star = fc.array(fc.integer({ min: 30, max: 60 }), { minLength: 5, maxLength: 16 }).map((radii): Polygon => {
    const outer = radii.map((radius, k): Point => {
      const angle = (2 * Math.PI * k) / radii.length;
      return [Math.round(radius * Math.cos(angle) * 100) / 1000, Math.round(radius * Math.sin(angle) * 100) / 1000];
    });
    const hole = (x: number, y: number): Point[] => [
      [x, y],
      [x, y + 0.3],
      [x + 0.3, y + 0.3],
      [x + 0.3, y],
    ];
    return { outer, holes: [hole(0, 0), hole(-0.8, 0.2), hole(0.2, -0.8)] };
  });

  it("are convex, do not overlap and fill the floor; seams make them one", () => {
    fc.assert(
      fc.property(star, (polygon) => {
        const { pieces, seams } = convexPieces([polygon]);
        const rings = pieces.map(({ ring, corners }) =>
          Array.from({ length: corners }, (_, k): Point => [ring[2 * k]!, ring[2 * k + 1]!]),
        );
        for (const ring of rings)
          ring.forEach((a, k) => {
            const [b, c] = [ring[(k + 1) % ring.length]!, ring[(k + 2) % ring.length]!];
            expect((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])).toBeGreaterThan(-1e-9);
          });
        expect(sum(pieces.map(({ ring, corners }) => convexArea(ring, corners)))).toBeCloseTo(polygonsArea([polygon]), 6);
        expect(polygonsArea(rings.flatMap((outer) => intersection([{ outer, holes: [] }], [polygon])))).toBeCloseTo(
          polygonsArea([polygon]),
          3,
        );
        const group = pieces.map((_, k) => k);
        const find = (k: number): number => (group[k] === k ? k : find(group[k]!));
        for (const {
          pieces: [p, q],
        } of seams)
          group[find(p)] = find(q);
        expect(new Set(group.map((_, k) => find(k))).size).toBe(1);
      }),
      { numRuns: 25 },
    );
  });

  it("join where a corner of one lies on the side of the other", () => {
    const comb = "POLYGON ((0 0, 8 0, 8 3, 6 3, 6 2, 5 2, 5 3, 3 3, 3 2, 2 2, 2 3, 0 3, 0 0))";
    expect(areasOf(floorOfWkt(comb), [[1, 1]])[0]).toBeCloseTo(22, 9);
  });
});
