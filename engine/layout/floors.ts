/** Cuts the units of a level into pieces of floor: each walled unit one piece, all open units together one piece. */
import { countPairs, indexBoxes } from "../geometry/box-index.js";
import { difference, intersection, union } from "../geometry/clip.js";
import { type Box, boxesMeet, boxOf, joinBoxes, type Polygon, polygonsArea, ringCentre } from "../geometry/polygon.js";
import { normaliseRing } from "../geometry/ring.js";
import type { Draft, DraftUnit } from "./draft.js";
import type { Faults } from "./faults.js";
import type { Repair } from "./layout.js";
import { LIMITS, TOLERANCES } from "./limits.js";
import { textOf, toFile } from "./project.js";

/** A unit this far inside another (share of its area) stands in it, as a cabin in a hall, and is cut out of it. */
const NESTED = 0.98;
/** Walled units may overlap by this share of the smaller one; a real campus file has up to 1.2 %. */
const OVERLAP = 0.02;
/** Overlaps up to this are noise of coordinates, m². */
const NOISE = 0.01;

export interface Piece {
  readonly level: string;
  /** One walled unit, or all open units of the level. */
  readonly units: readonly DraftUnit[];
  readonly regions: readonly Polygon[];
}

/**
 * Plans draw rooms side by side; where tens of thousands lie on each other, joining and cutting them would take hours, so such a
 * level is refused before anything is made of it.
 */
export function tangled(draft: Draft, level: string, faults: Faults): boolean {
  const here = draft.units.filter((unit) => unit.level === level);
  const boxes = (polygons: readonly Polygon[]): Box[] => polygons.map(({ outer }) => boxOf(outer));
  const groups = [
    boxes(here.flatMap(({ polygons }) => polygons)),
    boxes(draft.fixtures.filter((fixture) => fixture.level === level).map(({ polygon }) => polygon)),
  ];
  const most = Math.max(...groups.map((group) => countPairs(group, 2 * TOLERANCES.snap, LIMITS.overlaps)));
  if (most <= LIMITS.overlaps) return false;
  const message = `has more than ${LIMITS.overlaps} pairs of units or obstacles whose boxes overlap: that is no plan of rooms`;
  faults.add({ place: `level ${level}`, message, level, value: most, limit: LIMITS.overlaps });
  return true;
}

interface Cut {
  readonly unit: DraftUnit;
  readonly box: Box;
  readonly area: number;
  regions: Polygon[];
}

/** @param taken outlines of flights that stand on this level or end in it */
export function floorPieces(
  draft: Draft,
  level: string,
  units: readonly DraftUnit[],
  taken: readonly Polygon[],
  faults: Faults,
): Piece[] {
  const obstacles = [
    ...draft.fixtures.filter((fixture) => fixture.level === level).map(({ polygon }) => polygon),
    ...units.filter(({ walkable }) => !walkable).flatMap(({ polygons }) => polygons),
    ...taken,
  ];
  const walled = units.filter(({ walkable, boundary }) => walkable && boundary === "walled").map(toCut);
  const open = units.filter(({ walkable, boundary }) => walkable && boundary === "open").map(toCut);
  separate(walled, draft, faults);
  const zones = indexBoxes(open.map(({ box }) => box));
  for (const room of walled)
    for (const k of zones.near(room.box)) {
      const zone = open[k]!;
      if (overlap(room, zone) > NESTED * zone.area) room.regions = cutOut(room.regions, zone.unit.polygons);
    }
  const blocks = indexBoxes(obstacles.map(({ outer }) => boxOf(outer)));
  const withoutObstacles = (regions: readonly Polygon[]): Polygon[] =>
    cutOut(
      regions,
      blocks.near(boxOfAll(regions)).map((k) => obstacles[k]!),
    );
  const pieces = walled.map(({ unit, regions }): Piece => ({ level, units: [unit], regions: withoutObstacles(regions) }));
  if (open.length > 0) {
    const joined = union(open.flatMap(({ regions }) => regions));
    const rooms = walled.flatMap(({ regions }) => regions);
    pieces.push({ level, units: open.map(({ unit }) => unit), regions: withoutObstacles(cutOut(joined, rooms)) });
  }
  for (const piece of pieces)
    if (piece.regions.length === 0)
      draft.notices.push(`${piece.units[0]!.place} has no floor left: obstacles or other units cover it.`);
  return pieces
    .filter(({ regions }) => regions.length > 0)
    .map((piece) => ({ ...piece, regions: piece.regions.map(normalisePolygon) }));
}

export function normalisePolygon({ outer, holes }: Polygon): Polygon {
  return { outer: normaliseRing(outer, 1), holes: holes.map((hole) => normaliseRing(hole, -1)) };
}

function toCut(unit: DraftUnit): Cut {
  const regions = unit.polygons.length > 1 ? union(unit.polygons) : [...unit.polygons];
  return { unit, box: boxOf(unit.polygons.flatMap(({ outer }) => outer)), area: polygonsArea(regions), regions };
}

const boxOfAll = (regions: readonly Polygon[]): Box => joinBoxes(regions.map(({ outer }) => boxOf(outer)));

/** Leaves outlines untouched, to the last digit, where nothing overlaps them. */
function cutOut(regions: readonly Polygon[], taken: readonly Polygon[]): Polygon[] {
  const box = boxOfAll(regions);
  const near = taken.filter(({ outer }) => boxesMeet(boxOf(outer), box));
  return near.length === 0 ? [...regions] : difference(regions, near);
}

const overlap = (a: Cut, b: Cut): number => polygonsArea(intersection(a.regions, b.regions));

/** Walled units get floors of their own: the smaller of two that overlap keeps what both claim. */
function separate(walled: readonly Cut[], draft: Draft, faults: Faults): void {
  const bySize = walled.map((cut, k) => ({ cut, k })).sort((p, q) => p.cut.area - q.cut.area || p.k - q.k);
  let noise = { count: 0, area: 0 };
  const boxes = indexBoxes(bySize.map(({ cut }) => cut.box));
  bySize.forEach(({ cut: small }, s) => {
    for (const l of boxes.near(small.box)) {
      if (l <= s) continue;
      const large = bySize[l]!.cut;
      const shared = intersection(small.unit.polygons, large.regions);
      const area = polygonsArea(shared);
      if (area === 0) continue;
      const at = ringCentre(shared[0]!.outer);
      const { place, level } = large.unit;
      const part = area > NOISE && area > OVERLAP * small.area && area < NESTED * small.area;
      if (part || area >= NESTED * large.area) {
        const limit = Math.max(NOISE, OVERLAP * small.area);
        const message = `overlaps ${small.unit.place} by ${area.toFixed(2)} m² near ${textOf(draft.frame, at)}, limit ${limit.toFixed(2)} m²`;
        faults.add({ place, level, message, value: area, limit, at: toFile(draft.frame, at) });
      } else if (area >= NESTED * small.area)
        draft.notices.push(`${small.unit.place} lies inside ${place} and is cut out of it.`);
      else if (area > NOISE) draft.repairs.push(overlapRepair(place, level, small.unit.place, area, at));
      else noise = { count: noise.count + 1, area: noise.area + area };
      large.regions = difference(large.regions, small.unit.polygons);
    }
  });
  if (noise.count > 0) {
    const level = walled[0]!.unit.level;
    const what = `${noise.count} overlaps of units below ${NOISE} m² each given to the smaller unit, ${noise.area.toFixed(4)} m² together`;
    draft.repairs.push({ place: `level ${level}`, level, what, size: noise.area, at: walled[0]!.unit.polygons[0]!.outer[0]! });
  }
}

function overlapRepair(place: string, level: string, other: string, area: number, at: readonly [number, number]): Repair {
  return { place, level, what: `overlap with ${other} of ${area.toFixed(3)} m² given to ${other}`, size: area, at };
}
