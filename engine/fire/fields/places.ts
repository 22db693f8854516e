/** From a place on a sheet of a layout to the unit it lies in and the height of the floor there. */
import { type Box, boxOf, inPolygons, ringsOf } from "../../geometry/polygon.js";
import type { Layout, Segment, Unit } from "../../layout/layout.js";

/** Edge of a cell of the lookup, m. */
const CELL = 0.5;
/** Cells that are not looked at yet, and cells that an outline crosses. */
const UNSEEN = -2;
const CROSSED = -3;

interface Lookup {
  readonly x0: number;
  readonly y0: number;
  readonly nx: number;
  readonly ny: number;
  readonly cells: Int32Array;
  /** Units that the sheet may lie in. */
  readonly units: readonly { readonly index: number; readonly unit: Unit; readonly box: Box }[];
}

/**
 * Index into `layout.units` of the unit that a place of a sheet lies in, -1 outside all of them. Exact: cells that an outline crosses are
 * tested each time, the others once. On a flight or in a lift it is the unit of that flight or car. Where units overlap, the first of the layout.
 */
export function unitAt(layout: Layout): (sheet: number, x_m: number, y_m: number) => number {
  const lookups: (Lookup | null)[] = layout.sheets.map(() => null);
  const carriers = layout.sheets.map(({ connection }) => {
    const unit = [...layout.connections, ...layout.lifts].find(({ id }) => id === connection)?.unit;
    return unit === undefined ? null : layout.units.findIndex(({ id }) => id === unit);
  });
  return (sheet, x, y) => {
    const carrier = carriers[sheet];
    if (carrier !== null && carrier !== undefined) return carrier;
    lookups[sheet] ??= makeLookup(layout, sheet);
    const { x0, y0, nx, ny, cells, units } = lookups[sheet];
    const i = Math.floor((x - x0) / CELL);
    const j = Math.floor((y - y0) / CELL);
    if (!(i >= 0 && i < nx && j >= 0 && j < ny)) return -1;
    const k = i + nx * j;
    if (cells[k] === UNSEEN) cells[k] = uniform(units, x0 + i * CELL, y0 + j * CELL);
    return cells[k] === CROSSED ? exact(units, x, y) : cells[k]!;
  };
}

function makeLookup(layout: Layout, sheet: number): Lookup {
  const { level } = layout.sheets[sheet]!;
  const flights = new Set(layout.connections.map(({ unit }) => unit));
  const units = layout.units.flatMap((unit, index) =>
    unit.level === level && !flights.has(unit.id) && unit.polygons.length > 0
      ? [{ index, unit, box: boxOf(unit.polygons.flatMap(({ outer }) => outer)) }]
      : [],
  );
  if (units.length === 0) return { x0: 0, y0: 0, nx: 0, ny: 0, cells: new Int32Array(), units };
  const x0 = Math.min(...units.map(({ box }) => box[0])) - CELL;
  const y0 = Math.min(...units.map(({ box }) => box[1])) - CELL;
  const nx = Math.ceil((Math.max(...units.map(({ box }) => box[2])) - x0) / CELL) + 1;
  const ny = Math.ceil((Math.max(...units.map(({ box }) => box[3])) - y0) / CELL) + 1;
  return { x0, y0, nx, ny, cells: new Int32Array(nx * ny).fill(UNSEEN), units };
}

/** The unit of a whole cell, -1 for none, CROSSED where an outline passes through. */
function uniform(units: Lookup["units"], x: number, y: number): number {
  for (const { unit, box } of units) {
    if (box[0] > x + CELL || box[2] < x || box[1] > y + CELL || box[3] < y) continue;
    for (const ring of ringsOf(unit.polygons))
      for (let k = 0, j = ring.length - 1; k < ring.length; j = k++)
        if (crosses(ring[j]![0], ring[j]![1], ring[k]![0], ring[k]![1], x, y)) return CROSSED;
  }
  return exact(units, x + CELL / 2, y + CELL / 2);
}

function exact(units: Lookup["units"], x: number, y: number): number {
  for (const { index, unit, box } of units)
    if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && inPolygons(unit.polygons, x, y)) return index;
  return -1;
}

/** Whether a segment meets the cell with its lower left corner at (x, y), border included (Liang and Barsky 1984). */
function crosses(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  let from = 0;
  let to = 1;
  const dx = bx - ax;
  const dy = by - ay;
  for (const [p, q] of [
    [-dx, ax - x],
    [dx, x + CELL - ax],
    [-dy, ay - y],
    [dy, y + CELL - ay],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false;
      continue;
    }
    const r = q / p;
    if (p < 0) from = Math.max(from, r);
    else to = Math.min(to, r);
    if (from > to) return false;
  }
  return true;
}

/**
 * Height of the floor above the local zero, m, at a place of a sheet: that of the level; on flights it rises evenly from the lower to the
 * upper portal; in lifts it is that of the landing.
 */
export function floorHeights(layout: Layout): (sheet: number, x_m: number, y_m: number) => number {
  const elevations = layout.sheets.map(({ level }) => layout.levels.find(({ id }) => id === level)?.elevation ?? 0);
  const flights = layout.sheets.map(({ connection }) => layout.connections.find(({ id }) => id === connection) ?? null);
  return (sheet, x, y) => {
    const elevation = elevations[sheet]!;
    const flight = flights[sheet];
    if (!flight) return elevation;
    const low = fromLine(flight.lower.line, x, y);
    const high = fromLine(flight.upper.line, x, y);
    return elevation + (low + high > 0 ? (flight.rise * low) / (low + high) : 0);
  };
}

/** Distance from the straight line through a portal, m. */
function fromLine([[ax, ay], [bx, by]]: Segment, x: number, y: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = Math.sqrt(dx * dx + dy * dy);
  return length === 0 ? 0 : Math.abs(dx * (y - ay) - dy * (x - ax)) / length;
}
