/** Who is in which place, and when the last person has left it: the required safe egress time, place by place and exit by exit. */
import type { Layout } from "../../layout/layout.js";
import type { Departure, Positions, RunInfo } from "../../run/records.js";
import { buildCells, cellAt } from "../cells.js";
import { buildZones } from "../zones.js";
import type { FirePlace } from "./fire-places.js";

/** Edge of the cells that sort people into places, m. */
const CELL = 1;

export interface Egress {
  /** Looks in order of time. */
  look(at: Positions): void;
  depart(departures: readonly Departure[]): void;
  /** People in each place at the last look, and most at once so far. */
  readonly inside: Int32Array;
  readonly most: Int32Array;
  /** First look at which nobody was in the place any more, s; NaN while somebody is, or where nobody ever came. */
  readonly emptied: Float64Array;
  /** By exit: passages, time of the last (NaN: none), place from which the first person came (-1: unknown). */
  readonly passed: Int32Array;
  readonly last: Float64Array;
  readonly placeOfExit: Int32Array;
  /** Index of the place at (x, y) on a sheet of the run; -1: none. */
  placeAt(sheet: number, x: number, y: number): number;
}

export function createEgress(layout: Layout, places: readonly FirePlace[], info: RunInfo): Egress {
  const areas = places.flatMap((place) => place.areas);
  const placeOfArea = places.flatMap((place, p) => place.areas.map(() => p));
  const cells = buildCells(layout, CELL);
  const zones = buildZones(cells, areas);
  const sheetOf = info.sheets.map((sheet) => layout.sheets.findIndex(({ id }) => id === sheet.id));
  const inside = new Int32Array(places.length);
  const most = new Int32Array(places.length);
  const emptied = new Float64Array(places.length).fill(Number.NaN);
  /** By person: place at the last look. */
  const placeOf = new Int32Array(info.total).fill(-1);
  const passed = new Int32Array(info.exits.length);
  const last = new Float64Array(info.exits.length).fill(Number.NaN);
  const placeOfExit = new Int32Array(info.exits.length).fill(-1);
  const before = new Int32Array(places.length);
  const placeAt = (sheet: number, x: number, y: number): number => {
    const set = zones.sets[zones.setAt(cellAt(cells.sheets[sheetOf[sheet]!]!, x, y), x, y)]!;
    return set.length === 0 ? -1 : placeOfArea[set[0]!]!;
  };
  return {
    inside,
    most,
    emptied,
    passed,
    last,
    placeOfExit,
    placeAt,
    look({ time, count, id, x, y, sheet }) {
      before.set(inside);
      inside.fill(0);
      for (let i = 0; i < count; i++) {
        const place = placeAt(sheet[i]!, x[i]!, y[i]!);
        // On a sill between two rooms a person still counts to the one they came from.
        if (place >= 0) placeOf[id[i]!] = place;
        const there = placeOf[id[i]!]!;
        if (there >= 0) inside[there]!++;
      }
      for (let p = 0; p < inside.length; p++) {
        if (inside[p]! > 0) emptied[p] = Number.NaN;
        else if (before[p]! > 0) emptied[p] = time;
        if (inside[p]! > most[p]!) most[p] = inside[p]!;
      }
    },
    depart(departures) {
      for (const { id, exit, time } of departures) {
        passed[exit]!++;
        last[exit] = Number.isNaN(last[exit]!) ? time : Math.max(last[exit]!, time);
        if (placeOfExit[exit]! < 0) placeOfExit[exit] = placeOf[id]!;
      }
    },
  };
}
