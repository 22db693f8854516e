/** Puts each opening on the outlines it belongs to: which floors it joins, what it bridges, whether it leads out. */
import { toGrid } from "../geometry/clip.js";
import { inPolygons, type Point, type Segment } from "../geometry/polygon.js";
import { between, distance } from "../geometry/segment.js";
import type { Draft, DraftOpening } from "./draft.js";
import type { Faults } from "./faults.js";
import type { Piece } from "./floors.js";
import type { Opening } from "./layout.js";
import { TOLERANCES } from "./limits.js";
import { type FloorIndex, type Gap, gapDistance, gapsAt, leftOf, nearestGap, pieceAt } from "./probe.js";
import { textOf, toFile } from "./project.js";

/** Moves below this come from the grid of coordinates, m. */
const ROUNDING = 2e-6;
/** How far beyond a gap floor is looked up to name the unit there, m. */
const BEYOND = 0.01;

/** An opening on its outlines. Offsets are metres left of `clear` (right negative), at its start and its end. */
export interface PlacedOpening {
  readonly opening: Opening;
  /** Line of the clear width, in the middle of the opening's line. */
  readonly clear: Segment;
  /** Pieces of floor (indices) on both sides; null where there is none. Equal where the line lies in a floor. */
  readonly right: number | null;
  readonly left: number | null;
  /** Where floor ends right of the line and begins left of it; 0 where there is none or the line lies in a floor. */
  readonly rightEdge: readonly [number, number];
  readonly leftEdge: readonly [number, number];
  /** false: a line across a floor, no outline to cut. */
  readonly pierces: boolean;
  /** Points surely on the floors beside the line. */
  readonly rightPoint: Point;
  readonly leftPoint: Point;
}

/** null with a problem where there is no floor; a repair for every move and bridge. */
export function placeOpening(draft: Draft, drawn: DraftOpening, floor: FloorIndex, faults: Faults): PlacedOpening | null {
  const middle = between(drawn.line[0], drawn.line[1], 0.5);
  const gap = nearestGap(gapsAt(floor, drawn.line, 0.5));
  const inside = pieceAt(floor, middle);
  if (gap && gapDistance(gap) <= TOLERANCES.opening) return pierce(draft, drawn, gap, floor);
  if (inside >= 0) return across(drawn, inside, floor);
  if (draft.doubtful.has(drawn.level) || draft.doubtful.has("")) return null;
  const limit = TOLERANCES.bridge;
  const message = `at ${textOf(draft.frame, middle)} lies on no outline: no floor within ${limit} m on either side`;
  faults.add({ place: drawn.place, message, level: drawn.level, limit, at: toFile(draft.frame, middle) });
  return null;
}

function across(drawn: DraftOpening, inside: number, floor: FloorIndex): PlacedOpening {
  const clear = clearPart(drawn.line, drawn.width);
  const middle = between(drawn.line[0], drawn.line[1], 0.5);
  const unit = unitAt(floor.pieces[inside]!, middle);
  const opening = finish(drawn, drawn.line, [unit], drawn.statedExit ?? false);
  const [nx, ny] = leftOf(clear);
  const point = (side: number): Point => [middle[0] + side * BEYOND * nx, middle[1] + side * BEYOND * ny];
  const edges = { rightEdge: [0, 0], leftEdge: [0, 0] } as const;
  return { opening, clear, right: inside, left: inside, ...edges, pierces: false, rightPoint: point(-1), leftPoint: point(1) };
}

function pierce(draft: Draft, drawn: DraftOpening, gap: Gap, floor: FloorIndex): PlacedOpening {
  const [start, end] = gapEnds(drawn, gap, floor);
  const move = [nearestTo0(start), nearestTo0(end)] as const;
  const [nx, ny] = leftOf(drawn.line);
  const shifted = (p: Point, by: number): Point => (by === 0 ? p : toGrid([p[0] + by * nx, p[1] + by * ny]));
  const line: Segment = [shifted(drawn.line[0], move[0]), shifted(drawn.line[1], move[1])];
  const width = Math.min(drawn.width, distance(line[0], line[1]));
  const clear = clearPart(line, width);
  const inset = (1 - width / distance(line[0], line[1])) / 2;
  // Edges as seen from the moved line, at the ends of its clear part.
  const edges = (value: (g: Gap) => number): [number, number] => {
    const [a, b] = [value(start) - move[0], value(end) - move[1]];
    return [a + inset * (b - a), b + inset * (a - b)];
  };
  const rightEdge: [number, number] = gap.right === null ? [0, 0] : edges((g) => g.from);
  const leftEdge: [number, number] = gap.left === null ? [0, 0] : edges((g) => g.to);
  const middle = between(line[0], line[1], 0.5);
  const beside = (by: number): Point => [middle[0] + by * nx, middle[1] + by * ny];
  const rightPoint = beside((rightEdge[0] + rightEdge[1]) / 2 - BEYOND);
  const leftPoint = beside((leftEdge[0] + leftEdge[1]) / 2 + BEYOND);
  const sides = [
    ...(gap.right === null ? [] : [unitAt(floor.pieces[gap.right]!, rightPoint)]),
    ...(gap.left === null ? [] : [unitAt(floor.pieces[gap.left]!, leftPoint)]),
  ];
  const opening = finish({ ...drawn, width }, line, [...new Set(sides)], drawn.statedExit ?? sides.length === 1);
  logRepairs(
    draft,
    opening,
    Math.max(Math.abs(move[0]), Math.abs(move[1])),
    Math.max(...leftEdge) - Math.min(...rightEdge),
    sides,
    middle,
  );
  return { opening, clear, right: gap.right, left: gap.left, rightEdge, leftEdge, pierces: true, rightPoint, leftPoint };
}

/** The gap at both ends of the line: measured a little inside, since the very ends lie on corners, and drawn on straight. */
function gapEnds(drawn: DraftOpening, gap: Gap, floor: FloorIndex): [Gap, Gap] {
  const share = Math.min(0.1, 0.02 / distance(drawn.line[0], drawn.line[1]));
  const same = (t: number): Gap => {
    const found = gapsAt(floor, drawn.line, t).filter(({ right, left }) => right === gap.right && left === gap.left);
    return nearestGap(found) ?? gap;
  };
  const [a, b] = [same(share), same(1 - share)];
  const extend = (p: number, q: number): [number, number] => {
    const slope = Number.isFinite(p - q) ? ((q - p) * share) / (1 - 2 * share) : 0;
    return [p - slope, q + slope];
  };
  const from = extend(a.from, b.from);
  const to = extend(a.to, b.to);
  return [
    { ...gap, from: from[0], to: to[0] },
    { ...gap, from: from[1], to: to[1] },
  ];
}

/** How far the line must move to lie in the gap, m; moves within rounding are none. */
function nearestTo0({ from, to }: Gap): number {
  const move = from > 0 ? from : to < 0 ? to : 0;
  return Math.abs(move) <= ROUNDING ? 0 : move;
}

function clearPart([a, b]: Segment, width: number): Segment {
  const inset = (1 - width / distance(a, b)) / 2;
  return inset > 1e-9 ? [toGrid(between(a, b, inset)), toGrid(between(b, a, inset))] : [a, b];
}

/** The unit of a piece that holds the point; open units lie together in one piece. */
function unitAt(piece: Piece, [x, y]: Point): string {
  return (piece.units.find(({ polygons }) => inPolygons(polygons, x, y)) ?? piece.units[0]!).id;
}

function finish(drawn: DraftOpening, line: Segment, units: readonly string[], exit: boolean): Opening {
  const { id, name, level, category, width, height, sill, direction, state, control } = drawn;
  return { id, name, level, category, line, width, height, sill, direction, state, exit, units, ...(control ? { control } : {}) };
}

function logRepairs(draft: Draft, opening: Opening, moved: number, gap: number, sides: readonly string[], at: Point): void {
  const { id, level } = opening;
  const place = `opening ${id}`;
  if (moved > ROUNDING) {
    const what = `moved onto the outline of ${sides.map((unit) => `unit ${unit}`).join(" and ")}, by ${moved.toFixed(6)} m`;
    draft.repairs.push({ place, level, what, size: moved, at, move: true });
  }
  if (gap <= TOLERANCES.snap) return;
  const what =
    sides.length === 2
      ? `bridges ${gap.toFixed(3)} m between unit ${sides[0]} and unit ${sides[1]}`
      : `joined to the floor of unit ${sides[0]} ${gap.toFixed(3)} m away`;
  draft.repairs.push({ place, level, what, size: gap, at });
}
