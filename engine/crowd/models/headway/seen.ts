/** What one person sees of the others. */
export const STRIDE = 7;
/** Neighbours kept per person; 3 m hold at most about 110 at 4 persons/m2, and the nearest bins come in a fixed order. */
export const MOST_SEEN = 256;

/** People abreast kept per person: a disc of 1 m holds fewer at 14 cores per m2. */
export const MOST_ABREAST = 48;

/** Those within this distance, m, are looked at first; mostly they decide. */
const NEAR = 1.2;

/** Puts those within NEAR first, the others behind them, and bounds what these can do. */
export function farLast(seen: Seen): void {
  const { data } = seen;
  let near = 0;
  let gap = Infinity;
  let speed2 = 0;
  for (let k = 0; k < STRIDE * seen.count; k += STRIDE) {
    const d2 = data[k]! * data[k]! + data[k + 1]! * data[k + 1]!;
    if (d2 < NEAR * NEAR) {
      if (k > near) swap(data, near, k);
      near += STRIDE;
      continue;
    }
    // Bodies are met at their width at the soonest; in a strip wider than that, beside them.
    const strip2 = data[k + 6]! * data[k + 6]!;
    const least = Math.min(Math.sqrt(d2) - data[k + 4]!, Math.sqrt(Math.max(0, d2 - strip2)));
    if (least < gap) gap = least;
    const v2 = data[k + 2]! * data[k + 2]! + data[k + 3]! * data[k + 3]!;
    if (v2 > speed2) speed2 = v2;
  }
  seen.near = near;
  seen.farGap = gap - 1e-6;
  seen.farSpeed = Math.sqrt(speed2) + 1e-6;
}

function swap(data: Float64Array, a: number, b: number): void {
  for (let k = 0; k < STRIDE; k++) {
    const value = data[a + k]!;
    data[a + k] = data[b + k]!;
    data[b + k] = value;
  }
}

/** What one person sees of the others: relative place, velocity, body width that must stay free. */
export interface Seen {
  count: number;
  /** STRIDE numbers per neighbour: dx, dy (m), vx, vy (m/s), width (m), slip (m/s), half width of the strip (m). The nearest stands first. */
  data: Float64Array;
  /** End of those within NEAR in `data`; the others follow. */
  near: number;
  /** No gap to those beyond NEAR is smaller than this, whatever the heading, m. */
  farGap: number;
  /** Largest speed of those beyond NEAR, m/s. */
  farSpeed: number;
  nearest2: number;
  /** Place of the nearest in `data` while others are noted. */
  nearest: number;
  /** People abreast who go the same way. */
  abreast: number;
  /** Three numbers each: unit vector towards them, and the largest speed along it that does not close the gap beside one within OUTLOOK, m/s. */
  beside: Float64Array;
  /** Velocity of the person in the last step, m/s. */
  vx: number;
  vy: number;
  /** Wider distance from walls than the hard limit that the person chooses where there is room, m. */
  wallRoom: number;
  /** Half width of the strip that the person minds, as a share of the body length. */
  strip: number;
  /** The person walks in single file: all seen are ahead in the lane, whatever the heading. */
  inFile: boolean;
  /** Time gap kept by the person, s. */
  timeGap: number;
  /** Somebody comes towards one. */
  opposed: boolean;
}
