/** Limits and tolerances of layout files, in one place; docs/formats/layout.md states them. */
export const LIMITS = {
  /** Bytes of one file, and of an archive once unpacked. */
  fileBytes: 64 * 1024 * 1024,
  /** Files in an archive. */
  archiveFiles: 200,
  features: 20_000,
  /** Corners of one polygon, its holes included. */
  polygonCorners: 50_000,
  /** Corners of the whole layout. */
  corners: 250_000,
  /** Pairs of units, or of obstacles, on one level whose boxes overlap. */
  overlaps: 20_000,
  /** Greatest side of the box around everything, m. */
  extent: 20_000,
  /** Less floor than this is a plan in other units, m². */
  leastFloor: 1,
  /** Problems printed one by one; the rest is counted. */
  problems: 200,
} as const;

export const TOLERANCES = {
  /** Corners this near to a corner or edge of another unit are moved onto it, m. */
  snap: 0.001,
  /** An opening this far inside a floor is moved onto its outline, m. */
  opening: 0.1,
  /** Rooms this far apart are joined by an opening between them (thickness of a wall), m. */
  bridge: 0.6,
  /** An opening narrower than this lets nobody pass, m: twice the least body radius of a scenario. */
  leastOpening: 0.1,
  /** An opening narrower than this is noted, m. */
  narrowOpening: 0.6,
  /** Greatest bend of an opening drawn with more than two points, m. */
  straight: 0.01,
  /** Share by which an area may differ from the one the file expects. */
  area: 0.005,
} as const;
