/** Finds who crosses which line between two frames. */
import { crosses, side } from "../geometry/plane.js";
import { type Cells, cellAt } from "./cells.js";
import type { MeasuredLine } from "./places.js";

export interface Step {
  /** Where the person was: index into `Layout.sheets`, cell, position. */
  fromSheet: number;
  fromCell: number;
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
 * A test of one person's step against all lines. Most steps stay away from any line: cells within one cell of a line are marked,
 * and a step inside one cell's neighbourhood without a mark is passed over.
 */
export function crossingTest(cells: Cells, lines: readonly MeasuredLine[]): (step: Step, on: OnCrossing) => void {
  const bySheet: number[][] = cells.sheets.map(() => []);
  const near = new Uint8Array(cells.count);
  lines.forEach((line, l) => {
    for (const s of line.sheets) {
      bySheet[s]!.push(l);
      markNear(cells, s, line, near);
    }
  });
  return (step, on) => {
    if (step.fromCell === step.toCell && near[step.toCell] === 0) return;
    if (near[step.toCell] === 0 && near[step.fromCell] === 0 && isShort(step, cells.cell)) return;
    // Off the flight and onto the floor, a line of either sheet may lie between.
    const here = bySheet[step.toSheet]!;
    for (const l of here) testLine(lines[l]!, l, step, on);
    if (step.fromSheet === step.toSheet) return;
    for (const l of bySheet[step.fromSheet]!) if (!here.includes(l)) testLine(lines[l]!, l, step, on);
  };
}

const isShort = (step: Step, cell: number): boolean =>
  Math.abs(step.toX - step.fromX) <= cell && Math.abs(step.toY - step.fromY) <= cell;

/** The line's own sheet decides; touching with the new position counts, so that a path of steps crosses once. */
function testLine({ line }: MeasuredLine, l: number, step: Step, on: OnCrossing): void {
  const [[ax, ay], [bx, by]] = line;
  const { fromX, fromY, toX, toY } = step;
  if (!crosses(fromX, fromY, toX, toY, ax, ay, bx, by)) return;
  const from = side(ax, ay, bx, by, fromX, fromY);
  const to = side(ax, ay, bx, by, toX, toY);
  on(l, from === to ? 1 : from / (from - to), from >= 0 ? 1 : -1);
}

/** Marks the cells whose square, grown by one cell on each side, meets the line. */
function markNear(cells: Cells, s: number, { line }: MeasuredLine, near: Uint8Array): void {
  const sheet = cells.sheets[s]!;
  const [[ax, ay], [bx, by]] = line;
  const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
  const pieces = Math.max(1, Math.ceil((2 * length) / cells.cell));
  for (let k = 0; k <= pieces; k++) {
    const x = ax + ((bx - ax) * k) / pieces;
    const y = ay + ((by - ay) * k) / pieces;
    for (let dj = -2; dj <= 2; dj++)
      for (let di = -2; di <= 2; di++) near[cellAt(sheet, x + di * cells.cell, y + dj * cells.cell)] = 1;
  }
}
