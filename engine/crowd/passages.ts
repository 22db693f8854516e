/** State of the gates with a prescribed flow or a turnstile; hold-back.ts says how they let people through. */
import { binsNear } from "../world/walls.js";
import type { GateControl, World } from "../world/world.js";

/** People this far from the line along their way, m, have a place in its order. */
export const REACH = 1.2;
/**
 * Factor on the time gap of people who step onto a belt or stand on it: 0.24 s where the gap is 0.97 s. The capacity of escalators follows
 * from a time gap between entering passengers of 0.15 to 0.30 s (Gnendiger, Chraibi, Tordeux 2023, PLoS ONE 18:e0282599).
 */
export const BELT_GAP = 0.25;
/** How far people walk between two sorts by bin, m. */
const DRIFT = 0.7;

/** One lane of a turnstile. */
export interface LaneWork {
  /** Person served, -1: none. */
  id: number;
  doneAt: number;
  served: number;
}

export interface Passage {
  readonly gate: number;
  readonly control: GateControl;
  /** Bins from which the line can be reached. */
  readonly bins: Int32Array;
  /** Earliest time of the next crossing, s. */
  free: number;
  readonly lanes: LaneWork[];
}

/** One entry for each gate with a rule of passage. */
export function createPassages(world: World): Passage[] {
  return world.gates.flatMap((gate, g) => {
    if (!gate.control) return [];
    const [[ax, ay], [bx, by]] = gate.line;
    const sheets = [...new Set([gate.sheetA, gate.sheetB])];
    const bins = sheets.flatMap((s) => binsNear(world.sheets[s]!, ax, ay, bx, by, REACH + DRIFT));
    const lanes = Array.from({ length: gate.control.turnstile?.lanes ?? 0 }, (): LaneWork => ({ id: -1, doneAt: 0, served: 0 }));
    return [{ gate: g, control: gate.control, bins: Int32Array.from(bins), free: 0, lanes }];
  });
}
