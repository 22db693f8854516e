/**
 * Units that mean to touch often miss each other by rounding. Corners within TOLERANCES.snap of another unit of their level are moved
 * onto it, and each edge takes up the corners that lie on it, so that shared lines are the same points in both units.
 */
import { boxAround, boxesAlong, indexBoxes, stepFor } from "../geometry/box-index.js";
import { toGrid } from "../geometry/clip.js";
import type { Box, Point, Polygon, Ring } from "../geometry/polygon.js";
import { openRing } from "../geometry/ring.js";
import { between, distance, shareNearest } from "../geometry/segment.js";
import type { DraftUnit } from "./draft.js";
import { TOLERANCES } from "./limits.js";
import type { Repairs } from "./repairs.js";

/** Moves of up to two grid steps come from rounding to the grid and are no repair, m. */
const ROUNDING = 2e-6;

interface Edges {
  readonly near: (box: Box) => number[];
  readonly ends: readonly (readonly [Point, Point])[];
  readonly owner: readonly number[];
}

/** Units of one level with shared corners made equal; moves beyond rounding are added to `repairs`, one per pair of units. */
export function snapUnits(units: readonly DraftUnit[], repairs: Repairs): DraftUnit[] {
  if (units.length < 2) return [...units];
  const moved = moveCorners(units, repairs);
  return insertCorners(moved, repairs);
}

function indexEdges(units: readonly DraftUnit[]): Edges {
  const ends: (readonly [Point, Point])[] = [];
  const owner: number[] = [];
  units.forEach((unit, u) => {
    for (const ring of unit.polygons.flatMap((p) => [p.outer, ...p.holes]))
      ring.forEach((a, k) => {
        ends.push([a, ring[(k + 1) % ring.length]!]);
        owner.push(u);
      });
  });
  const step = stepFor(ends);
  const parts = ends.flatMap(([a, b], edge) => boxesAlong(a, b, step).map((box) => ({ box, edge })));
  const index = indexBoxes(parts.map(({ box }) => box));
  return { near: (box) => [...new Set(index.near(box).map((k) => parts[k]!.edge))], ends, owner };
}

/** Corners move onto units that stand before theirs in the file, so that two units never swap places. */
function moveCorners(units: readonly DraftUnit[], repairs: Repairs): DraftUnit[] {
  const edges = indexEdges(units);
  return units.map((unit, u) => {
    const log = repairLog(unit, units, repairs, "moved");
    const fix = (ring: Ring): Ring =>
      openRing(
        ring.map((p) => {
          const target = nearestOf(edges, p, (other) => other < u);
          if (!target) return p;
          const snapped = toGrid(target.at);
          log.note(target.owner, distance(p, snapped), p);
          return snapped;
        }),
      );
    const polygons = unit.polygons.map(({ outer, holes }): Polygon => ({ outer: fix(outer), holes: holes.map(fix) }));
    log.write();
    return polygons.every(whole) ? { ...unit, polygons } : unit;
  });
}

/** A room or hole thinner than the tolerance must not vanish. */
const whole = ({ outer, holes }: Polygon): boolean => outer.length > 2 && holes.every((hole) => hole.length > 2);

/** Nearest corner within the tolerance, else nearest point of an edge within it. */
function nearestOf(
  { near, ends, owner }: Edges,
  p: Point,
  allowed: (owner: number) => boolean,
): { at: Point; owner: number } | null {
  const r = TOLERANCES.snap;
  let best: { at: Point; owner: number; d: number } | null = null;
  for (const e of near(boxAround(p, r))) {
    if (!allowed(owner[e]!)) continue;
    const [a, b] = ends[e]!;
    const on = between(a, b, shareNearest(p, a, b));
    for (const [at, handicap] of [
      [a, 0],
      [b, 0],
      [on, r],
    ] as const) {
      const d = distance(p, at);
      if (d <= r && (!best || d + handicap < best.d)) best = { at, owner: owner[e]!, d: d + handicap };
    }
  }
  return best;
}

function insertCorners(units: readonly DraftUnit[], repairs: Repairs): DraftUnit[] {
  const corners: Point[] = [];
  const owner: number[] = [];
  units.forEach((unit, u) => {
    for (const p of unit.polygons.flatMap((polygon) => [...polygon.outer, ...polygon.holes.flat()])) {
      corners.push(p);
      owner.push(u);
    }
  });
  const index = indexBoxes(corners.map((p) => boxAround(p, TOLERANCES.snap)));
  const step = stepFor(units.flatMap((unit) => unit.polygons.flatMap(({ outer, holes }) => [outer, ...holes].flatMap(edgesOf))));
  const r = TOLERANCES.snap;
  return units.map((unit, u) => {
    const log = repairLog(unit, units, repairs, "bent");
    const fix = (ring: Ring): Ring =>
      ring.flatMap((a, k) => {
        const b = ring[(k + 1) % ring.length]!;
        const near = [...new Set(boxesAlong(a, b, step).flatMap((box) => index.near(box)))];
        const on = near.flatMap((c) => {
          const p = corners[c]!;
          if (owner[c] === u || distance(p, a) <= r || distance(p, b) <= r) return [];
          const share = shareNearest(p, a, b);
          const d = distance(p, between(a, b, share));
          return d <= r ? [{ p, share, d, owner: owner[c]! }] : [];
        });
        on.sort((p, q) => p.share - q.share || p.owner - q.owner);
        for (const { p, d, owner: other } of on) log.note(other, d, p);
        return [a, ...on.map(({ p }) => p)];
      });
    const polygons = unit.polygons.map(
      ({ outer, holes }): Polygon => ({ outer: openRing(fix(outer)), holes: holes.map((hole) => openRing(fix(hole))) }),
    );
    log.write();
    return { ...unit, polygons };
  });
}

const edgesOf = (ring: Ring): (readonly [Point, Point])[] => ring.map((a, k) => [a, ring[(k + 1) % ring.length]!]);

/** One repair per pair of units: how many corners, the greatest distance and where it was. */
function repairLog(unit: DraftUnit, units: readonly DraftUnit[], repairs: Repairs, verb: string) {
  const byOther = new Map<number, { count: number; size: number; at: Point }>();
  return {
    note: (other: number, size: number, at: Point): void => {
      if (size <= ROUNDING) return;
      const entry = byOther.get(other);
      if (!entry) byOther.set(other, { count: 1, size, at });
      else {
        entry.count++;
        if (size > entry.size) Object.assign(entry, { size, at, move: true });
      }
    },
    write: (): void => {
      for (const [other, { count, size, at }] of byOther) {
        const name = units[other]!.place;
        const what =
          verb === "moved" ? `${count} corners moved onto ${name}` : `outline bent to meet ${count} corners of ${name}`;
        repairs.push({
          place: unit.place,
          level: unit.level,
          what: `${what}, by up to ${size.toFixed(6)} m`,
          size,
          at,
          move: true,
        });
      }
    },
  };
}
