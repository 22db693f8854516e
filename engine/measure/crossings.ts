/** Finds who crosses which line between two frames. */
import { crosses, side } from "../geometry/plane.js";
import { distance } from "../geometry/segment.js";
import { type Cells, cellAt } from "./cells.js";
import type { MeasuredLine } from "./places.js";

export interface Step {
  /** Where the person was: index into `Layout.sheets`, cell, position. */
  fromSheet: number;
  fromX: number;
  fromY: number;
  toSheet: number;
  toCell: number;
  toX: number;
  toY: number;
}

/** Called for each crossing: the line, the share of the step (0..1) at which it was met, 1 = from its left to its right. */
export type OnCrossing = (line: number, share: number, direction: 1 | -1) => void;

/**
 * A test of one person's step against the lines. Each cell lists the lines within two cells of it: a step of at most one cell's edge
 * in x and y can cross no others. Longer steps, and steps from one sheet to another, are tested against every line of both sheets.
 */
export function crossingTest(cells: Cells, lines: readonly MeasuredLine[]): (step: Step, on: OnCrossing) => void {
  const bySheet: number[][] = cells.sheets.map(() => []);
  const near: (number[] | undefined)[] = new Array(cells.count);
  lines.forEach((line, l) => {
    for (const s of line.sheets) {
      bySheet[s]!.push(l);
      markNear(cells, s, line, l, near);
    }
  });
  return (step, on) => {
    const { fromSheet, toSheet } = step;
    if (fromSheet === toSheet && isShort(step, cells.cell)) {
      const list = near[step.toCell];
      if (list === undefined) return;
      for (let k = 0; k < list.length; k++) testLine(lines[list[k]!]!, list[k]!, step, on);
      return;
    }
    const here = bySheet[toSheet]!;
    for (const l of here) testLine(lines[l]!, l, step, on);
    if (fromSheet === toSheet) return;
    // Off the flight and onto the floor, a line of either sheet may lie between.
    for (const l of bySheet[fromSheet]!) if (!here.includes(l)) testLine(lines[l]!, l, step, on);
  };
}

const isShort = (step: Step, cell: number): boolean =>
  Math.abs(step.toX - step.fromX) <= cell && Math.abs(step.toY - step.fromY) <= cell;

/** Touching with the new position counts, so that a path of steps crosses once. */
function testLine({ line }: MeasuredLine, l: number, step: Step, on: OnCrossing): void {
  const [[ax, ay], [bx, by]] = line;
  const { fromX, fromY, toX, toY } = step;
  if (!crosses(fromX, fromY, toX, toY, ax, ay, bx, by)) return;
  const from = side(ax, ay, bx, by, fromX, fromY);
  const to = side(ax, ay, bx, by, toX, toY);
  on(l, from === to ? 1 : from / (from - to), from >= 0 ? 1 : -1);
}

/** Lists the line in the cells within two cells of it; its points are taken at most half a cell apart. */
function markNear(cells: Cells, s: number, { line }: MeasuredLine, l: number, near: (number[] | undefined)[]): void {
  const sheet = cells.sheets[s]!;
  const [[ax, ay], [bx, by]] = line;
  const pieces = Math.max(1, Math.ceil((2 * distance(line[0], line[1])) / cells.cell));
  for (let k = 0; k <= pieces; k++) {
    const x = ax + ((bx - ax) * k) / pieces;
    const y = ay + ((by - ay) * k) / pieces;
    for (let dj = -2; dj <= 2; dj++)
      for (let di = -2; di <= 2; di++) {
        const cell = cellAt(sheet, x + di * cells.cell, y + dj * cells.cell);
        const list = near[cell];
        if (list === undefined) near[cell] = [l];
        else if (list.at(-1) !== l) list.push(l);
      }
  }
}
