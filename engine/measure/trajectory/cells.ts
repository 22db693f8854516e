/**
 * Voronoi cells of the people of one frame, clipped to the floor. A cell is convex before it meets walls; so it is cut by the
 * half planes towards its Delaunay neighbours, by the cut-off polygon, and then by the convex pieces of the floor. Of a cell that a
 * wall splits, the part in which the person stands is kept.
 */
import type { Box } from "../../geometry/polygon.js";
import { type CutOff, convexCells } from "./convex-cell.js";
import type { Floor } from "./floor.js";
import { type FloorParts, floorParts } from "./floor-part.js";
import { neighboursOf } from "./neighbours.js";

/** One cell, valid until the next one is made. Of a cell that k people at one place share each has 1/k. */
export interface Cell extends FloorParts {
  /** Index of the person among those of the frame. */
  person: number;
  /** People at the very same place, 1 as a rule. */
  sharing: number;
}

export interface CellMaker {
  /**
   * Calls `visit` for each person of a frame whose cell comes near one of the boxes.
   * @param xy positions, 2 per person, m
   * @returns people without a cell (farther than MOST_OUTSIDE from the floor)
   */
  frame(xy: Float64Array, near: readonly Box[], visit: (cell: Cell) => void): number;
}

export function createCells(floor: Floor, cutOff: CutOff | null): CellMaker {
  const { pieces } = floor.pieces;
  const [ax, ay, bx, by] = floor.box;
  // A little more than the floor: people just outside have a cell that reaches it.
  const convexCell = convexCells([ax - 1, ay - 1, bx + 1, by + 1], cutOff);
  const cell: Cell = { person: 0, area: 0, sharing: 1, parts: 0, rings: [], corners: new Int32Array(Math.max(1, pieces.length)) };
  const meetFloor = floorParts(floor.pieces, cell);
  return {
    frame(xy, near, visit) {
      const graph = neighboursOf(xy);
      let without = 0;
      for (let i = 0; 2 * i < xy.length; i++) {
        const convex = convexCell(xy, i, graph);
        if (convex.corners < 3) continue;
        const box = boxOfRing(convex.ring, convex.corners);
        if (!near.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
        if (!meetFloor(convex, box, xy[2 * i]!, xy[2 * i + 1]!)) {
          without++;
          continue;
        }
        cell.person = i;
        cell.sharing = graph.sharing[i]!;
        visit(cell);
      }
      return without;
    },
  };
}

function boxOfRing(ring: Float64Array, corners: number): Box {
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < corners; k++) {
    const x = ring[2 * k]!;
    const y = ring[2 * k + 1]!;
    if (x < ax) ax = x;
    if (x > bx) bx = x;
    if (y < ay) ay = y;
    if (y > by) by = y;
  }
  return [ax, ay, bx, by];
}
