/** Turns the rings of a file into sound polygons in local metres, or says what is wrong with them and where. */
import Flatbush from "flatbush";
import { toGrid } from "../geometry/clip.js";
import { boxOf, inRing, type Point, type Polygon, type Ring } from "../geometry/polygon.js";
import { normaliseRing, openRing, spikeOf } from "../geometry/ring.js";
import { findCrossing } from "../geometry/validate.js";
import type { Faults } from "./faults.js";
import type { Frame } from "./layout.js";
import { fromFile, textOf, toFile } from "./project.js";

export interface Owner {
  readonly place: string;
  readonly level: string | undefined;
}

/**
 * Polygons on the micrometre grid, outer rings counterclockwise, holes clockwise, corners on straight lines dropped.
 * null where a ring crosses or touches itself, runs back on itself, or a hole is not inside its outer ring.
 */
export function soundPolygons(
  lists: readonly (readonly Point[][])[],
  frame: Frame,
  owner: Owner,
  faults: Faults,
): Polygon[] | null {
  const polygons = lists.map((rings) => soundPolygon(rings, frame, owner, faults));
  return polygons.every((polygon) => polygon !== null) ? polygons : null;
}

function soundPolygon(list: readonly Point[][], frame: Frame, owner: Owner, faults: Faults): Polygon | null {
  const fail = (at: Point, message: string): null => {
    faults.add({
      place: owner.place,
      message: message.replace("AT", `at ${textOf(frame, at)}`),
      ...(owner.level === undefined ? {} : { level: owner.level }),
      at: toFile(frame, at),
    });
    return null;
  };
  const rings = list.map((points) => openRing(points.map((point) => toGrid(fromFile(frame, point)))));
  const named = (k: number): string => (k === 0 ? "outer ring" : `hole ${k}`);
  for (const [k, ring] of rings.entries()) {
    if (ring.length < 3) return fail(ring[0]!, `${named(k)} shrinks to ${ring.length} corners AT; it has no area`);
    const spike = spikeOf(ring);
    if (spike) return fail(spike, `${named(k)} runs back on itself AT`);
  }
  const crossing = findCrossing(rings);
  if (crossing) {
    const [a, b] = crossing.rings;
    const verb = { cross: "crosses", touch: "touches", overlap: "runs along" }[crossing.kind];
    return fail(crossing.at, `${named(Math.min(a, b))} ${verb} ${a === b ? "itself" : named(Math.max(a, b))} AT`);
  }
  const outer = normaliseRing(rings[0]!, 1);
  const holes = rings.slice(1).map((ring) => normaliseRing(ring, -1));
  for (const [k, hole] of holes.entries())
    if (!ringInside(hole, outer)) return fail(hole[0]!, `hole ${k + 1} AT lies outside the outer ring`);
  const nested = nestedHole(holes);
  if (nested) return fail(holes[nested[0]]![0]!, `hole ${nested[0] + 1} AT lies in hole ${nested[1] + 1}`);
  return { outer, holes };
}

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
