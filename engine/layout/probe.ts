/** Looks straight through an opening: where floor ends and begins on the line across it. */
import { boxesAlong, indexBoxes, stepFor } from "../geometry/box-index.js";
import { type Box, boxOf, inPolygons, joinBoxes, type Point, type Segment } from "../geometry/polygon.js";
import { between, distance } from "../geometry/segment.js";
import type { Piece } from "./floors.js";
import { TOLERANCES } from "./limits.js";

/** Edges of all pieces of floor around one level, indexed. */
export interface FloorIndex {
  readonly pieces: readonly Piece[];
  readonly ends: readonly Segment[];
  /** Piece of each edge. */
  readonly owner: readonly number[];
  /** Finds edges, more than once where they are long. */
  readonly edgesNear: (box: Box) => number[];
  /** Finds pieces by their boxes. */
  readonly piecesNear: (box: Box) => number[];
}

/** Stretch of floor across an opening: metres left of its line (right of it negative), cut at ±TOLERANCES.bridge. */
interface Stretch {
  readonly piece: number;
  readonly from: number;
  readonly to: number;
}

/** What an opening pierces: from `from` to `to` there is no floor; null pieces and infinite ends where there is none beyond. */
export interface Gap {
  readonly right: number | null;
  readonly left: number | null;
  readonly from: number;
  readonly to: number;
}

export function indexFloor(pieces: readonly Piece[]): FloorIndex {
  const ends: Segment[] = [];
  const owner: number[] = [];
  pieces.forEach((piece, p) => {
    for (const ring of piece.regions.flatMap((region) => [region.outer, ...region.holes]))
      ring.forEach((a, k) => {
        ends.push([a, ring[(k + 1) % ring.length]!]);
        owner.push(p);
      });
  });
  const step = stepFor(ends);
  const parts = ends.flatMap(([a, b], edge) => boxesAlong(a, b, step).map((box) => ({ box, edge })));
  const edges = indexBoxes(parts.map(({ box }) => box));
  const boxes = indexBoxes(pieces.map(({ regions }) => joinBoxes(regions.map(({ outer }) => boxOf(outer)))));
  return { pieces, ends, owner, edgesNear: (box) => edges.near(box).map((k) => parts[k]!.edge), piecesNear: boxes.near };
}

/** Unit vector to the left of a line. */
export function leftOf([a, b]: Segment): Point {
  const length = distance(a, b);
  return [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
}

/** Floor on the straight line across `line` at share `t` of its way, right to left. Edges along that line do not count. */
function stretchesAt(floor: FloorIndex, line: Segment, t: number): Stretch[] {
  const reach = TOLERANCES.bridge;
  const [nx, ny] = leftOf(line);
  const [px, py] = between(line[0], line[1], t);
  const cuts = new Map<number, { at: number; enters: boolean }[]>();
  const [rx, ry] = [reach * Math.abs(nx), reach * Math.abs(ny)];
  for (const e of new Set(floor.edgesNear([px - rx, py - ry, px + rx, py + ry]))) {
    const [a, b] = floor.ends[e]!;
    const sideA = nx * (a[1] - py) - ny * (a[0] - px);
    const sideB = nx * (b[1] - py) - ny * (b[0] - px);
    if (sideA >= 0 === sideB >= 0) continue;
    const share = sideA / (sideA - sideB);
    const at = nx * (a[0] + share * (b[0] - a[0]) - px) + ny * (a[1] + share * (b[1] - a[1]) - py);
    if (Math.abs(at) > reach) continue;
    const piece = floor.owner[e]!;
    cuts.set(piece, [...(cuts.get(piece) ?? []), { at, enters: sideA > sideB }]);
  }
  const found: Stretch[] = [];
  for (const p of floor.piecesNear([px, py, px, py]))
    if (!cuts.has(p) && holds(floor, p, px, py)) found.push({ piece: p, from: -reach, to: reach });
  for (const [p, list] of cuts) {
    list.sort((u, v) => u.at - v.at);
    let from = list[0]!.enters ? null : -reach;
    for (const { at, enters } of list) {
      if (enters) from = at;
      else if (from !== null) {
        found.push({ piece: p, from, to: at });
        from = null;
      }
    }
    if (from !== null) found.push({ piece: p, from, to: reach });
  }
  return found.filter(({ from, to }) => to > from).sort((u, v) => u.from - v.from || u.piece - v.piece);
}

/** Gaps in the floor at share `t`, from right to left; empty without any floor or where floor reaches from end to end. */
export function gapsAt(floor: FloorIndex, line: Segment, t: number): Gap[] {
  const stretches = stretchesAt(floor, line, t);
  if (stretches.length === 0) return [];
  const reach = TOLERANCES.bridge;
  const gaps: Gap[] = [];
  const first = stretches[0]!;
  const last = stretches[stretches.length - 1]!;
  if (first.from > -reach) gaps.push({ right: null, left: first.piece, from: -Infinity, to: first.from });
  for (let k = 0; k + 1 < stretches.length; k++) {
    const [a, b] = [stretches[k]!, stretches[k + 1]!];
    if (b.from - a.to <= reach) gaps.push({ right: a.piece, left: b.piece, from: a.to, to: Math.max(a.to, b.from) });
    else
      gaps.push(
        { right: a.piece, left: null, from: a.to, to: Infinity },
        { right: null, left: b.piece, from: -Infinity, to: b.from },
      );
  }
  if (last.to < reach) gaps.push({ right: last.piece, left: null, from: last.to, to: Infinity });
  return gaps;
}

/** Distance of the opening's line from a gap, m; 0 inside it. */
export function gapDistance({ from, to }: Gap): number {
  return Math.max(0, from, -to);
}

/** The gap nearest to the line; of equally near ones an inner one, then the narrower. */
export function nearestGap(gaps: readonly Gap[]): Gap | null {
  const rank = (gap: Gap): [number, number, number] => [
    gapDistance(gap),
    gap.left === null || gap.right === null ? 1 : 0,
    gap.to - gap.from,
  ];
  return [...gaps].sort((a, b) => compare(rank(a), rank(b)))[0] ?? null;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}

/** Index of the piece that has floor at a point, or -1. */
export function pieceAt(floor: FloorIndex, [x, y]: Point): number {
  return floor.piecesNear([x, y, x, y]).find((p) => holds(floor, p, x, y)) ?? -1;
}

const holds = (floor: FloorIndex, piece: number, x: number, y: number): boolean => inPolygons(floor.pieces[piece]!.regions, x, y);
