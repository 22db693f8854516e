/** Turns the rings of a file into sound polygons in local metres, or says what is wrong with them and where. */
import Flatbush from "flatbush";
import { difference, toGrid } from "../geometry/clip.js";
import { boxOf, inRing, type Point, type Polygon, polygonArea, polygonsArea, type Ring } from "../geometry/polygon.js";
import { mergeCorners, normaliseRing, openRing, spikeOf } from "../geometry/ring.js";
import { findCrossing } from "../geometry/validate.js";
import type { Faults } from "./faults.js";
import type { Frame, Repair } from "./layout.js";
import { TOLERANCES } from "./limits.js";
import { fromFile, textOf, toFile } from "./project.js";

export interface Owner {
  readonly place: string;
  readonly level: string | undefined;
}

/** What is wrong with the rings of one polygon; `ring` is how the text calls it. */
interface Flaw {
  readonly at: Point;
  readonly what: string;
}

/**
 * Polygons on the micrometre grid, outer rings counterclockwise, holes clockwise, corners on straight lines dropped.
 * Where a ring is faulty only by corners within TOLERANCES.snap of each other, these are merged and the repair is listed.
 * null where a ring crosses or touches itself, runs back on itself, or a hole is not inside its outer ring.
 */
export function soundPolygons(
  lists: readonly (readonly Point[][])[],
  frame: Frame,
  owner: Owner,
  out: { faults: Faults; repairs: Repair[] },
): Polygon[] | null {
  const polygons = lists.map((list): Polygon | null => {
    const rings = list.map((points) => openRing(points.map((point) => toGrid(fromFile(frame, point)))));
    const flaw = flawOf(rings);
    const merged = flaw ? mergeRings(rings) : rings;
    const remaining = flaw ? flawOf(merged) : null;
    if (flaw && !remaining) {
      const dropped = rings.flat().length - merged.flat().length;
      const slits = rings.length - merged.length;
      const what = `${dropped} corners within ${TOLERANCES.snap} m of the one before dropped${slits > 0 ? `, ${slits} holes thinner than that closed` : ""}: ${flaw.what}`;
      out.repairs.push({ place: owner.place, level: owner.level ?? "", what, size: TOLERANCES.snap, at: flaw.at });
    }
    if (!remaining) return normalised(merged);
    // The flaw of the rings as drawn is the one that its owner can find.
    const { at, what } = flaw ?? remaining;
    const level = owner.level === undefined ? {} : { level: owner.level };
    out.faults.add({ place: owner.place, message: `${what} at ${textOf(frame, at)}`, ...level, at: toFile(frame, at) });
    return null;
  });
  return polygons.every((polygon) => polygon !== null) ? polygons : null;
}

/** Corners within the snap tolerance merged; holes that have no width then are no obstacle to anybody and go. */
function mergeRings(rings: readonly Ring[]): Ring[] {
  return rings.map((ring) => mergeCorners(ring, TOLERANCES.snap)).filter((ring, k) => k === 0 || ring.length > 2);
}

const named = (k: number): string => (k === 0 ? "outer ring" : `hole ${k}`);

function normalised(rings: readonly Ring[]): Polygon {
  return { outer: normaliseRing(rings[0]!, 1), holes: rings.slice(1).map((ring) => normaliseRing(ring, -1)) };
}

function flawOf(rings: readonly Ring[]): Flaw | null {
  for (const [k, ring] of rings.entries()) {
    if (ring.length < 3) return { at: ring[0]!, what: `${named(k)} shrinks to ${ring.length} corners without area` };
    const spike = spikeOf(ring);
    if (spike) return { at: spike, what: `${named(k)} runs back on itself` };
  }
  const crossing = findCrossing(rings);
  if (crossing) {
    const [a, b] = crossing.rings;
    const verb = { cross: "crosses", touch: "touches", overlap: "runs along" }[crossing.kind];
    return { at: crossing.at, what: `${named(Math.min(a, b))} ${verb} ${a === b ? "itself" : named(Math.max(a, b))}` };
  }
  const { outer, holes } = normalised(rings);
  for (const [k, hole] of holes.entries())
    if (!ringInside(hole, outer)) return { at: hole[0]!, what: `hole ${k + 1} lies outside the outer ring` };
  const nested = nestedHole(holes);
  if (!nested && holes.length > 0) return leakingHole({ outer, holes });
  return nested ? { at: holes[nested[0]]![0]!, what: `hole ${nested[0] + 1} lies in hole ${nested[1] + 1}` } : null;
}

/** A hole may pass through a ring at its corners without crossing an edge; then the areas do not add up. */
function leakingHole(polygon: Polygon): Flaw | null {
  const solid = { outer: polygon.outer, holes: [] };
  const cutOut = polygon.holes.map((hole) => ({ outer: [...hole].reverse(), holes: [] }));
  const missing = polygonsArea(difference([solid], cutOut)) - polygonArea(polygon);
  if (missing <= LOST * polygon.outer.length) return null;
  const at = polygon.holes[0]![0]!;
  return { at, what: `its holes overlap each other or the outer ring by ${missing.toFixed(4)} m², among them the hole` };
}

/** Area that rounding may take from each corner, m². */
const LOST = 1e-5;

/** Indices of a hole and the one around it, by a box index so that thousands of holes cost no square. */
function nestedHole(holes: readonly Ring[]): [number, number] | null {
  if (holes.length < 2) return null;
  const index = new Flatbush(holes.length);
  for (const hole of holes) index.add(...boxOf(hole));
  index.finish();
  for (const [k, hole] of holes.entries()) {
    const [x, y] = hole[0]!;
    const around = index.search(x, y, x, y).filter((j) => j !== k && ringInside(hole, holes[j]!));
    if (around.length > 0) return [k, Math.min(...around)];
  }
  return null;
}

/** Whether a ring that crosses no edge of another lies in it; the middle of an edge decides, since corners may touch. */
function ringInside(ring: Ring, other: Ring): boolean {
  const [a, b] = [ring[0]!, ring[1]!];
  return inRing(other, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
}
