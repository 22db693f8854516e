/** What a reader found in a file, before it is checked and sorted: rows in the order of the file. */
import type { Problem } from "../errors.js";

/** Rows beyond this are refused before memory runs out. */
export const MOST_ROWS = 50_000_000;
/** Problems told in full; of the rest the number is said. */
export const MOST_PROBLEMS = 50;

export interface RawTrajectory {
  /** Words for the report: "text", "CSV", "JuPedSim SQLite", … */
  readonly format: string;
  readonly rows: number;
  /** At least `rows` entries each. */
  readonly id: Float64Array;
  /** Number of the frame, or null where the file has times. */
  readonly frame: Float64Array | null;
  /** s, or null where the file has frames. */
  readonly time: Float64Array | null;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Height of each row in the unit of lengths: of a floor, or of a head over it; null where the file knows none. */
  readonly z: Float64Array | null;
  /** Level of each row as an index into `levels`; null where the file knows none. */
  readonly level: Uint16Array | null;
  readonly levels: readonly string[];
  /** Frames per second that the file states, 1/s. */
  readonly frameRate: number | null;
  readonly unit: LengthUnit | null;
  /** Walkable area that the file carries: WKT, several texts for their union. */
  readonly floors: readonly string[];
  /** Where a row stands in the file: "line 12", "row 12". */
  readonly place: (row: number) => string;
  readonly notices: readonly string[];
}

/** What most formats say nothing of. */
export const NOT_SAID = { time: null, z: null, level: null, levels: [], notices: [] } as const;

export type LengthUnit = "m" | "cm";

export interface Problems {
  readonly list: Problem[];
  add(place: string, message: string): void;
  /** The list, with a last entry for those beyond MOST_PROBLEMS. */
  readonly told: () => Problem[];
}

export function gatherProblems(): Problems {
  const list: Problem[] = [];
  let more = 0;
  return {
    list,
    add(place, message) {
      if (list.length < MOST_PROBLEMS) list.push({ place, message });
      else more++;
    },
    told: () => (more === 0 ? list : [...list, { place: "", message: `and ${more} more of this kind` }]),
  };
}
