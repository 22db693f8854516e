import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersection } from "../../engine/geometry/clip.js";
import { type Point, type Polygon, polygonsArea } from "../../engine/geometry/polygon.js";
import { buildCells, cellAt, MOST_CELLS } from "../../engine/measure/cells.js";
import { coverage, type Grid } from "../../engine/measure/coverage.js";
import { room } from "./sample.js";

const square = (x: number, y: number, edge: number): Point[] => [
  [x, y],
  [x + edge, y],
  [x + edge, y + edge],
  [x, y + edge],
];
const polygon = (outer: Point[], holes: Point[][] = []): Polygon => ({ outer, holes: holes.map((h) => [...h].reverse()) });

/** A star-shaped ring about (5, 5): its corners by angle and distance, so that it never crosses itself. */
const star = fc.array(fc.double({ min: 0.3, max: 8, noNaN: true }), { minLength: 3, maxLength: 12 }).map((radii): Point[] =>
  radii.map((r, k) => {
    const angle = (2 * Math.PI * k) / radii.length;
    return [5 + r * Math.cos(angle), 5 + r * Math.sin(angle)];
  }),
);

describe("area of polygons in cells", () => {
  it("equals clipping by an independent library, cell by cell", () => {
    const grid: Grid = { x0: 0, y0: 0, cell: 1.25, nx: 8, ny: 8 };
    fc.assert(
      fc.property(star, (ring) => {
        const shape = polygon(ring);
        const areas = coverage([shape], grid);
        for (let k = 0; k < areas.length; k++) {
          const cell = polygon(square((k % 8) * 1.25, Math.floor(k / 8) * 1.25, 1.25));
          // clipper2 rounds to a micrometre: 5 m of edge are worth 5e-6 m2.
          expect(Math.abs(areas[k]! - polygonsArea(intersection([shape], [cell])))).toBeLessThan(2e-5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("takes holes out and counts floor that leaves the grid on any side only inside it", () => {
    const grid: Grid = { x0: 2, y0: 2, cell: 1, nx: 3, ny: 3 };
    const areas = coverage([polygon(square(0, 0, 10), [square(3, 3, 1)])], grid);
    expect([...areas]).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1]);
  });
});

describe("cells of a layout", () => {
  const odd = "POLYGON ((0 0, 10.1 0, 10.1 4.05, 6 4.05, 5 3.3, 0 4.05, 0 0), (2 1, 2.5 1, 2.5 1.7, 2 1.7, 2 1))";

  it("have the area of the floor in all, and no measuring cell has less than half a cell of floor", () => {
    const { layout } = room(odd);
    const cells = buildCells(layout, 1);
    const sum = (list: Float32Array): number => list.reduce((a, b) => a + b, 0);
    expect(sum(cells.area)).toBeCloseTo(layout.report.area, 4);
    expect(sum(cells.pooled)).toBeCloseTo(layout.report.area, 4);
    cells.pooled.forEach((area) => {
      expect(area === 0 || area >= 0.5).toBe(true);
    });
    cells.owner.forEach((owner) => {
      if (owner >= 0) expect(cells.owner[owner]).toBe(owner);
    });
  });

  it("take people on the wall or a hair outside into the nearest cell with floor", () => {
    const { layout } = room("POLYGON ((0 0, 10 0, 10 4, 0 4, 0 0))");
    const cells = buildCells(layout, 1);
    const at = (x: number, y: number): number => cells.owner[cellAt(cells.sheets[0]!, x, y)]!;
    expect(at(10, 4)).toBe(at(9.5, 3.5));
    expect(at(-1e-6, 2.5)).toBe(at(0.5, 2.5));
  });

  it("grow when there would be too many", () => {
    const { layout } = room("POLYGON ((0 0, 3000 0, 3000 3000, 0 3000, 0 0))");
    const cells = buildCells(layout, 1);
    expect(cells.count).toBeLessThanOrEqual(MOST_CELLS);
    expect(cells.cell).toBe(8);
  });
});
