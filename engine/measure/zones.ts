/** In which measured areas a person stands: decided once per cell where no border runs through it, by a point test elsewhere. */
import { boxOf, inPolygons, joinBoxes } from "../geometry/polygon.js";
import { type Cells, cellAt } from "./cells.js";
import { coverage } from "./coverage.js";
import type { MeasuredArea } from "./places.js";

export interface Zones {
  /** Areas of each set, by index into the areas given, rising. Set 0 is "in none". */
  readonly sets: readonly (readonly number[])[];
  /** Set of a person at (x, y) in this cell. */
  setAt(cell: number, x: number, y: number): number;
  /** Cells that stand for each area: at least half inside, or the one with most of it. */
  readonly cellsOf: readonly Int32Array[];
}

interface MixedCell {
  readonly inside: readonly number[];
  readonly border: readonly number[];
  /** Set by the outcome of the point tests, one bit each; only where there are at most MOST_BITS. */
  readonly known: Map<number, number>;
}

/** Outcomes of so many point tests fit the bits of a number. */
const MOST_BITS = 30;
const byNumber = (a: number, b: number): number => a - b;

export function buildZones(cells: Cells, areas: readonly MeasuredArea[]): Zones {
  const inside: number[][] = [];
  const border: number[][] = [];
  const cellsOf = areas.map((area, a) => markCells(cells, area, a, inside, border));
  const sets: number[][] = [[]];
  const numbers = new Map<string, number>([["", 0]]);
  const numberOf = (set: readonly number[]): number => {
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push([...set]) - 1;
  };
  const isIn = (a: number, x: number, y: number): boolean => inPolygons(areas[a]!.polygons, x, y);
  const mixed: MixedCell[] = [];
  // Set of each cell, or -1 - index of a mixed cell.
  const setOf = new Int32Array(cells.count);
  inside.forEach((list, cell) => {
    setOf[cell] = numberOf(list);
  });
  border.forEach((list, cell) => {
    setOf[cell] = -mixed.push({ inside: inside[cell] ?? [], border: list, known: new Map() });
  });
  const test = (cell: MixedCell, x: number, y: number): number => {
    const { border } = cell;
    if (border.length > MOST_BITS) return numberOf([...cell.inside, ...border.filter((a) => isIn(a, x, y))].sort(byNumber));
    let mask = 0;
    for (let k = 0; k < border.length; k++) if (isIn(border[k]!, x, y)) mask |= 1 << k;
    const known = cell.known.get(mask);
    if (known !== undefined) return known;
    const set = numberOf([...cell.inside, ...border.filter((_, k) => mask & (1 << k))].sort(byNumber));
    cell.known.set(mask, set);
    return set;
  };
  return {
    sets,
    cellsOf,
    setAt: (cell, x, y) => {
      const set = setOf[cell]!;
      return set >= 0 ? set : test(mixed[-1 - set]!, x, y);
    },
  };
}

/** Sorts the cells of an area into those wholly inside and those on its border. */
function markCells(cells: Cells, area: MeasuredArea, a: number, inside: number[][], border: number[][]): Int32Array {
  const full = cells.cell * cells.cell;
  const standing = new Set<number>();
  let best = { cell: -1, share: 0 };
  const [ax, ay, bx, by] = joinBoxes(area.polygons.map(({ outer }) => boxOf(outer)));
  for (const s of area.sheets) {
    const sheet = cells.sheets[s]!;
    const low = cellAt(sheet, ax, ay) - sheet.first;
    const high = cellAt(sheet, bx, by) - sheet.first;
    const [i, j] = [low % sheet.nx, Math.floor(low / sheet.nx)];
    const [nx, ny] = [(high % sheet.nx) - i + 1, Math.floor(high / sheet.nx) - j + 1];
    const part = { x0: sheet.x0 + i * cells.cell, y0: sheet.y0 + j * cells.cell, cell: cells.cell, nx, ny };
    coverage(area.polygons, part).forEach((covered, k) => {
      if (covered <= 0) return;
      const cell = sheet.first + (j + Math.floor(k / nx)) * sheet.nx + i + (k % nx);
      const list = covered >= full * (1 - 1e-9) ? inside : border;
      if (list[cell] === undefined) list[cell] = [a];
      else list[cell].push(a);
      const owner = cells.owner[cell]!;
      if (owner < 0) return;
      const share = covered / full;
      if (share >= 0.5) standing.add(owner);
      else if (share > best.share) best = { cell: owner, share };
    });
  }
  if (standing.size === 0 && best.cell >= 0) standing.add(best.cell);
  return Int32Array.from([...standing].sort((p, q) => p - q));
}
