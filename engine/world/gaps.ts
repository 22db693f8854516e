/** Gaps between walls that are narrower than somebody's body: found before the run, so that nobody walks into one and stays. */
import { distance2 } from "../geometry/plane.js";
import type { Layout, Point, Segment } from "../layout/layout.js";
import { inPolygons } from "./areas.js";
import { edgesAcross, type Raster } from "./raster.js";
import { binsNear } from "./walls.js";
import type { WorldGate } from "./world.js";

/** Widths of gaps are rounded down to this step, m: few classes of people, and nobody is sent where they do not fit. */
const STEP = 0.1;
/** Walls closer than this touch; their corner is no gap, m. */
const TOUCH = 1e-3;

interface Gap {
  line: Segment;
  width: number;
}

/** One gate, always open and only too narrow for some, across every gap of walls below `widest` (m) that a path could lead through. */
export function findGaps(layout: Layout, raster: Raster, widest: number): WorldGate[] {
  return layout.sheets.flatMap((sheet, s) => {
    const byBin = new Map<number, number[]>();
    const gates: WorldGate[] = [];
    const { walls } = sheet;
    for (let w = 0; w + 3 < walls.length; w += 4) {
      const bins = binsNear(raster.sheets[s]!, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!, widest / 2);
      const others = new Set(bins.flatMap((bin) => byBin.get(bin) ?? []));
      for (const other of others) {
        const gap = gapBetween(walls, w, other, widest);
        if (!gap || !inPolygons(sheet.regions, (gap.line[0][0] + gap.line[1][0]) / 2, (gap.line[0][1] + gap.line[1][1]) / 2))
          continue;
        const edges = edgesAcross(raster, gap.line, [s]);
        if (edges.forwardEdges.length + edges.backwardEdges.length > 0) gates.push(gateOf(gap, s, edges));
      }
      for (const bin of bins) {
        const list = byBin.get(bin);
        if (list) list.push(w);
        else byBin.set(bin, [w]);
      }
    }
    return gates;
  });
}

function gateOf(gap: Gap, sheet: number, edges: Pick<WorldGate, "forwardEdges" | "backwardEdges">): WorldGate {
  const [[x, y]] = gap.line;
  return {
    id: `gap at (${x.toFixed(2)}, ${y.toFixed(2)})`,
    line: gap.line,
    sheetA: sheet,
    sheetB: sheet,
    portal: false,
    exit: false,
    direction: "both",
    open: true,
    stepped: false,
    width: Math.floor(gap.width / STEP + 1e-9) * STEP,
    ...edges,
  };
}

/** The shortest line between two walls that do not touch, where it is shorter than `widest`. */
function gapBetween(walls: Float64Array, w: number, v: number, widest: number): Gap | null {
  const ends = (k: number): [Point, Point] => [
    [walls[k]!, walls[k + 1]!],
    [walls[k + 2]!, walls[k + 3]!],
  ];
  let best = widest * widest;
  let line: Segment | null = null;
  for (const [from, to] of [
    [w, v],
    [v, w],
  ] as const)
    for (const [x, y] of ends(from)) {
      const d2 = distance2(x, y, walls[to]!, walls[to + 1]!, walls[to + 2]!, walls[to + 3]!);
      if (d2 < TOUCH * TOUCH) return null;
      if (d2 >= best) continue;
      best = d2;
      line = [[x, y], nearestPoint(x, y, ends(to))];
    }
  return line ? { line, width: Math.sqrt(best) } : null;
}

function nearestPoint(x: number, y: number, [[ax, ay], [bx, by]]: [Point, Point]): Point {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return [ax + t * dx, ay + t * dy];
}
