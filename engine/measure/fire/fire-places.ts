/** The places that results of fire speak of, and the spots at which their air is looked at. */
import { boxOf, inPolygons, joinBoxes, ringCentre } from "../../geometry/polygon.js";
import type { Layout, Unit } from "../../layout/layout.js";
import type { FireCompartment } from "../../run/fire-records.js";
import { gridAround } from "../cells.js";
import { areaOn, type MeasuredArea } from "../places.js";

export interface FirePlace {
  /** Unique: the name of the compartment or unit, its id where another has the same name. */
  readonly place: string;
  readonly level: string;
  /** Index of the compartment; -1: a place without a smoke layer. */
  readonly compartment: number;
  readonly areas: readonly MeasuredArea[];
  /** Floor, m2. */
  readonly area_m2: number;
}

/** Compartments in their order, then the other walkable units of the layout, each a place of its own. */
export function firePlaces(layout: Layout, compartments: readonly FireCompartment[]): FirePlace[] {
  const inside = new Set(compartments.flatMap(({ units }) => units));
  const rest = layout.units.filter(({ id, walkable }) => walkable && !inside.has(id));
  const names = [...compartments.map(({ name }) => name), ...rest.map(({ name, id }) => name || id)];
  const unique = (name: string, id: string): string =>
    name !== "" && names.indexOf(name) === names.lastIndexOf(name) ? name : id;
  const areaOf = ({ id, level, polygons }: Unit): MeasuredArea => areaOn(layout, { place: id, level, polygons });
  const whole = (areas: readonly MeasuredArea[]): number => areas.reduce((sum, area) => sum + area.area_m2, 0);
  const closed = compartments.map(({ id, name, level, units, area_m2 }, compartment): FirePlace => {
    const areas = layout.units.filter((unit) => units.includes(unit.id)).map(areaOf);
    return { place: unique(name, id), level, compartment, areas, area_m2: whole(areas) || area_m2 };
  });
  const open = rest.map((unit): FirePlace => {
    const areas = [areaOf(unit)];
    return { place: unique(unit.name || unit.id, unit.id), level: unit.level, compartment: -1, areas, area_m2: whole(areas) };
  });
  return [...closed, ...open.filter(({ area_m2 }) => area_m2 > 0)];
}

/** Cells of one sheet's map; the value of a cell is that of the spot at its middle. */
export interface SpotGrid {
  readonly x0: number;
  readonly y0: number;
  readonly cell: number;
  readonly nx: number;
  readonly ny: number;
}

export interface Spots {
  readonly count: number;
  /** Index into the places. */
  readonly place: Int32Array;
  /** Index into `Layout.sheets`. */
  readonly sheet: Int32Array;
  /** m */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Cell of the sheet's grid whose middle it is; -1: none. */
  readonly cell: Int32Array;
  /** By index into `Layout.sheets`. */
  readonly grids: readonly SpotGrid[];
  /** Spots of each place. */
  readonly perPlace: Int32Array;
}

/** Spots over the whole floor: enough for every room, few enough to look at each of them every second. */
const MOST_SPOTS = 1500;
/** Least distance of spots, m. */
const LEAST_CELL = 1;

/** Middles of the cells of a lattice that lie on the floor of a place; at least one spot for each place. */
export function spotsOf(layout: Layout, places: readonly FirePlace[]): Spots {
  const floor = places.reduce((sum, { area_m2 }) => sum + area_m2, 0);
  let cell = LEAST_CELL;
  while (floor / (cell * cell) > MOST_SPOTS) cell *= 2;
  const grids = layout.sheets.map(({ regions }) => gridAround(regions, cell));
  const found: { place: number; sheet: number; x: number; y: number; cell: number }[] = [];
  const perPlace = new Int32Array(places.length);
  const taken = new Set<string>();
  places.forEach(({ areas }, place) => {
    for (const area of areas) {
      for (const sheet of area.sheets) {
        for (const spot of middles(layout, area, sheet, grids[sheet]!)) {
          // Units of a plan may overlap by a hair: the first has the cell.
          const key = `${sheet}/${spot.cell}`;
          if (taken.has(key)) continue;
          taken.add(key);
          found.push({ place, sheet, ...spot });
          perPlace[place]!++;
        }
      }
      if (perPlace[place] === 0 && area.sheets.length > 0) {
        const [x, y] = spotInside(layout, area, cell);
        found.push({ place, sheet: area.sheets[0]!, x, y, cell: -1 });
        perPlace[place]!++;
      }
    }
  });
  return {
    count: found.length,
    place: Int32Array.from(found, (spot) => spot.place),
    sheet: Int32Array.from(found, (spot) => spot.sheet),
    x: Float64Array.from(found, (spot) => spot.x),
    y: Float64Array.from(found, (spot) => spot.y),
    cell: Int32Array.from(found, (spot) => spot.cell),
    grids,
    perPlace,
  };
}

function middles(layout: Layout, area: MeasuredArea, sheet: number, grid: SpotGrid): { x: number; y: number; cell: number }[] {
  const { x0, y0, cell, nx, ny } = grid;
  const { regions } = layout.sheets[sheet]!;
  const [ax, ay, bx, by] = joinBoxes(area.polygons.map(({ outer }) => boxOf(outer)));
  const list: { x: number; y: number; cell: number }[] = [];
  const first = (low: number, zero: number): number => Math.max(0, Math.floor((low - zero) / cell));
  for (let j = first(ay, y0); j < ny && y0 + j * cell < by; j++)
    for (let i = first(ax, x0); i < nx && x0 + i * cell < bx; i++) {
      const [x, y] = [x0 + (i + 0.5) * cell, y0 + (j + 0.5) * cell];
      if (inPolygons(area.polygons, x, y) && inPolygons(regions, x, y)) list.push({ x, y, cell: j * nx + i });
    }
  return list;
}

/** A spot in a room that no middle of a cell lies in: of ever finer lattices, else its centre. */
function spotInside(layout: Layout, area: MeasuredArea, cell: number): readonly [number, number] {
  const sheet = area.sheets[0]!;
  for (let finer = cell / 2; finer > 0.03; finer /= 2) {
    const list = middles(layout, area, sheet, gridAround(area.polygons, finer));
    const middle = list[Math.floor(list.length / 2)];
    if (middle) return [middle.x, middle.y];
  }
  return ringCentre(area.polygons[0]!.outer);
}
