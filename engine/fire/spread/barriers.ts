/**
 * What stands between a fire and what it heats: vertical panels over line segments of the plan, each from one height to another. A wall
 * reaches from the floor to the sky unless told; an opening is a lintel above, a sill below and a leaf between that may stand open by a
 * share. Radiation runs straight; what a panel lets through is 1 - (1 - open) of it, and panels in a row multiply.
 */
import Flatbush from "flatbush";

export interface Panel {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  /** Heights above the floor, m. Default 0 and Infinity. */
  readonly from_m?: number;
  readonly to_m?: number;
  /** Name of the opening whose leaf this is: what `setOpen` moves. */
  readonly opening?: string;
  /** Share that is open, 0 (default) to 1. */
  readonly open?: number;
}

export interface Barriers {
  /** Share of radiation from one point [x, y, height] that reaches another on the same sheet, 0 to 1. */
  through(sheet: number, ax: number, ay: number, az: number, bx: number, by: number, bz: number): number;
  /** Chooses the panels of a sheet that stand in a box; how many. For many ways inside one box ask `throughChosen` after it. */
  choose(sheet: number, x0: number, y0: number, x1: number, y1: number): number;
  /** Like `through`, past the chosen panels only. */
  throughChosen(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number;
  /** Sets the open share of an opening's leaf, 0 to 1, on all sheets; unknown openings have none. */
  setOpen(opening: string, share: number): void;
}

/** Nothing stands anywhere. */
export const NO_BARRIERS: Barriers = { through: () => 1, choose: () => 0, throughChosen: () => 1, setOpen: () => {} };

/** @param sheets panels of each sheet, in the order of the layout's sheets */
export function createBarriers(sheets: readonly (readonly Panel[])[]): Barriers {
  const views = sheets.map(createSheet);
  let chosen = NOTHING;
  return {
    through: (sheet, ax, ay, az, bx, by, bz) => views[sheet]?.through(ax, ay, az, bx, by, bz) ?? 1,
    choose: (sheet, x0, y0, x1, y1) => {
      chosen = views[sheet] ?? NOTHING;
      return chosen.choose(x0, y0, x1, y1);
    },
    throughChosen: (ax, ay, az, bx, by, bz) => chosen.throughChosen(ax, ay, az, bx, by, bz),
    setOpen: (opening, share) => {
      for (const view of views) view.setOpen(opening, share);
    },
  };
}

interface SheetPanels {
  through(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number;
  choose(x0: number, y0: number, x1: number, y1: number): number;
  throughChosen(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number;
  setOpen(opening: string, share: number): void;
}

const NOTHING: SheetPanels = { through: () => 1, choose: () => 0, throughChosen: () => 1, setOpen: () => {} };

function createSheet(panels: readonly Panel[]): SheetPanels {
  if (panels.length === 0) return NOTHING;
  const count = panels.length;
  const line = new Float64Array(4 * count);
  const low = new Float64Array(count);
  const high = new Float64Array(count);
  const open = new Float64Array(count);
  const index = new Flatbush(count);
  panels.forEach(({ a, b, from_m, to_m, open: share }, k) => {
    line.set([a[0], a[1], b[0], b[1]], 4 * k);
    low[k] = from_m ?? 0;
    high[k] = to_m ?? Infinity;
    open[k] = share ?? 0;
    index.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
  });
  index.finish();
  let chosen: number[] = [];
  const choose = (x0: number, y0: number, x1: number, y1: number): number => {
    chosen = index.search(x0, y0, x1, y1);
    return chosen.length;
  };
  const throughChosen = (ax: number, ay: number, az: number, bx: number, by: number, bz: number): number => {
    let share = 1;
    // Order does not matter for bits: the product is 0 or of few leaves, and the index is made the same way each time.
    for (let i = 0; i < chosen.length; i++) {
      const k = chosen[i]!;
      if (open[k] === 1) continue;
      const t = meets(line, 4 * k, ax, ay, bx, by);
      if (t < 0) continue;
      const z = az + t * (bz - az);
      if (z < low[k]! || z > high[k]!) continue;
      share *= open[k]!;
      if (share === 0) return 0;
    }
    return share;
  };
  return {
    choose,
    throughChosen,
    through: (ax, ay, az, bx, by, bz) =>
      choose(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)) === 0
        ? 1
        : throughChosen(ax, ay, az, bx, by, bz),
    setOpen: (opening, share) => {
      panels.forEach((panel, k) => {
        if (panel.opening === opening) open[k] = share < 0 ? 0 : share > 1 ? 1 : share;
      });
    },
  };
}

/** Share of the way a → b at which it meets a panel, touching included; -1 where it does not or runs along it. */
function meets(line: Float64Array, at: number, ax: number, ay: number, bx: number, by: number): number {
  const px = line[at]!;
  const py = line[at + 1]!;
  const sx = line[at + 2]! - px;
  const sy = line[at + 3]! - py;
  const rx = bx - ax;
  const ry = by - ay;
  const cross = rx * sy - ry * sx;
  if (cross === 0) return -1;
  const t = ((px - ax) * sy - (py - ay) * sx) / cross;
  if (t < 0 || t > 1) return -1;
  const u = ((px - ax) * ry - (py - ay) * rx) / cross;
  // A hair beyond the ends, so that nothing shines through the joint of two walls.
  return u >= -1e-9 && u <= 1 + 1e-9 ? t : -1;
}
