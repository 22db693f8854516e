/** A hand-made layout: a hall 10 x 8 m with an exit door in the east, a closed relief gate in the south and a turnstile inwards in the west. */
import type { Layout, Opening, Polygon, Segment } from "../../engine/layout/layout.js";

export const box = (x0: number, y0: number, x1: number, y1: number): Polygon => ({
  outer: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ],
  holes: [],
});

const opening = (id: string, line: Segment, more: Partial<Opening> = {}): Opening => ({
  id,
  name: id,
  level: "0",
  category: "pedestrian",
  line,
  width: 2,
  height: 2.1,
  sill: 0,
  direction: "both",
  state: "open",
  exit: true,
  units: ["hall"],
  ...more,
});

export function room(more: Partial<Layout> = {}): Layout {
  const floor = { kind: "floor" as const, connection: null, walls: new Float64Array() };
  return {
    name: "hall",
    attribution: "",
    frame: { kind: "metres", x: 0, y: 0 },
    levels: [{ id: "0", name: "ground", ordinal: 0, elevation: 0, outdoor: false }],
    units: [
      {
        id: "hall",
        name: "Hall",
        level: "0",
        category: "room",
        polygons: [box(0, 0, 10, 8)],
        walkable: true,
        ceilingHeight: 3,
        boundary: "walled",
      },
    ],
    openings: [
      opening("door", [
        [10, 3],
        [10, 5],
      ]),
      opening("relief", [[4, 0], [6, 0]], { state: "closed" }), // biome-ignore format: one line a gate
      opening("inner", [[5, 3], [5, 4]], { exit: false, units: ["hall", "store"] }), // biome-ignore format: one line a gate
      opening("turnstile", [[0, 3], [0, 4]], { direction: "forward" }), // biome-ignore format: one line a gate
    ],
    fixtures: [],
    sections: [
      { id: "s-front", name: "front", level: "0", category: "waiting", polygons: [box(6, 2, 9, 6)] },
      { id: "s-back", name: "back", level: "0", category: "waiting", polygons: [box(0, 0, 4, 8)] },
    ],
    lines: [{ id: "l-mid", name: "middle", level: "0", line: [[5, 0], [5, 8]] }], // biome-ignore format: one line a line
    connections: [],
    lifts: [],
    sheets: [{ id: "0", name: "ground", level: "0", regions: [box(0, 0, 10, 8)], ...floor }],
    gates: [],
    report: { format: "geojson", extent: [10, 8], area: 80, parts: [], repairs: [], notices: [] },
    ...more,
  };
}
