/**
 * Panels of a layout. Walls are the walls of its sheets that are not outlines of fixtures (stalls, benches and counters do not stop
 * radiation: their height is unknown, and letting it pass errs to the safe side), and the outlines of walled units, which also stand
 * behind fixtures. Openings are cut out of both and stand as lintel, sill and leaf.
 */
import { boxAround, indexBoxes } from "../../geometry/box-index.js";
import { boxOf, type Point, type Polygon, ringsOf, type Segment } from "../../geometry/polygon.js";
import { between, clipToConvex, distance, distanceToSegment, withoutShares } from "../../geometry/segment.js";
import type { Layout, Opening } from "../../layout/layout.js";
import type { Panel } from "./barriers.js";

/** Points this near to an outline lie on it, m. */
const ON = 2e-3;
/** Outlines up to this far from an opening's line belong to the wall that it pierces, m: half of a thick wall. */
const WALL_DEPTH = 0.6;
/** Shorter rests come from rounding, m. */
const LEAST = 1e-3;

/** Panels of each sheet. @param wallTop_m how high walls reach; Infinity unless told (ceilings, buildings). */
export function panelsOf(layout: Layout, wallTop_m: (level: string) => number = () => Infinity): Panel[][] {
  return layout.sheets.map((sheet) => {
    const top = wallTop_m(sheet.level);
    const fixtures = layout.fixtures.filter(({ level }) => level === sheet.level).map(({ polygon }) => polygon);
    const openings = layout.openings.filter(({ level }) => level === sheet.level);
    const walls = sheet.kind === "floor" ? unitWalls(layout, sheet.level, openings) : [];
    return [
      ...[...wallsOffFixtures(sheet.walls, fixtures), ...walls].map(([a, b]): Panel => ({ a, b, to_m: top })),
      ...(sheet.kind === "floor" ? openings.flatMap((opening) => leavesOf(opening, top)) : []),
    ];
  });
}

function wallsOffFixtures(walls: Float64Array, fixtures: readonly Polygon[]): Segment[] {
  const edges = fixtures.flatMap((polygon) => ringsOf([polygon]).flatMap(edgesOf));
  const index = indexBoxes(edges.map(boxOf));
  const onFixture = (p: Point): boolean =>
    index.near(boxAround(p, ON)).some((k) => distanceToSegment(p, edges[k]![0], edges[k]![1]) <= ON);
  const kept: Segment[] = [];
  for (let w = 0; w + 3 < walls.length; w += 4) {
    const a: Point = [walls[w]!, walls[w + 1]!];
    const b: Point = [walls[w + 2]!, walls[w + 3]!];
    if (!(onFixture(a) && onFixture(b) && onFixture(between(a, b, 0.5)))) kept.push([a, b]);
  }
  return kept;
}

const edgesOf = (ring: readonly Point[]): Segment[] => ring.map((a, k): Segment => [a, ring[(k + 1) % ring.length]!]);

function unitWalls(layout: Layout, level: string, openings: readonly Opening[]): Segment[] {
  const bands = openings.map(bandOf);
  const index = indexBoxes(bands.map(boxOf));
  return layout.units
    .filter((unit) => unit.level === level && unit.boundary === "walled")
    .flatMap(({ polygons }) => ringsOf(polygons).flatMap(edgesOf))
    .flatMap(([a, b]) => {
      const taken = index.near(boxOf([a, b])).flatMap((k) => {
        const [p, q] = openings[k]!.line;
        // Walls square to the opening are its neighbours, not the wall that it pierces.
        const along = Math.abs((b[0] - a[0]) * (q[0] - p[0]) + (b[1] - a[1]) * (q[1] - p[1]));
        if (along < 0.7 * distance(a, b) * distance(p, q)) return [];
        const shares = clipToConvex(a, b, bands[k]!);
        return shares ? [shares] : [];
      });
      return withoutShares(taken)
        .map(([from, to]): Segment => [between(a, b, from), between(a, b, to)])
        .filter(([p, q]) => distance(p, q) > LEAST);
    });
}

/** Quadrangle over an opening, counterclockwise. */
function bandOf({ line: [p, q] }: Opening): Point[] {
  const length = Math.max(distance(p, q), 1e-9);
  const nx = (-(q[1] - p[1]) / length) * WALL_DEPTH;
  const ny = ((q[0] - p[0]) / length) * WALL_DEPTH;
  return [
    [p[0] - nx, p[1] - ny],
    [q[0] - nx, q[1] - ny],
    [q[0] + nx, q[1] + ny],
    [p[0] + nx, p[1] + ny],
  ];
}

function leavesOf({ id, line: [a, b], sill, height, state }: Opening, top: number): Panel[] {
  const head = sill + height;
  return [
    ...(head < top ? [{ a, b, from_m: head, to_m: top }] : []),
    ...(sill > 0 ? [{ a, b, to_m: sill }] : []),
    { a, b, from_m: sill, to_m: head, opening: id, open: state === "open" ? 1 : 0 },
  ];
}
