/** What one person sees of the others. */
export const STRIDE = 7;
/** Neighbours kept per person; 3 m hold at most about 110 at 4 persons/m2, and the nearest bins come in a fixed order. */
export const MOST_SEEN = 256;

/** People abreast kept per person: a disc of 1 m holds fewer at 14 cores per m2. */
export const MOST_ABREAST = 48;

/** What one person sees of the others: relative place, velocity, body width that must stay free. */
export interface Seen {
  count: number;
  /** STRIDE numbers per neighbour: dx, dy (m), vx, vy (m/s), width (m), slip (m/s), half width of the strip (m). The nearest stands first. */
  data: Float64Array;
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
