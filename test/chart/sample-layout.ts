/** Layouts for the tests of charts and report: a fenced festival square, and a house of two floors with a flight. */
import type { Layout, Point, Polygon, Segment, Sheet } from "../../engine/layout/layout.js";

const box = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
const hole = (x0: number, y0: number, x1: number, y1: number): Point[] => [...box(x0, y0, x1, y1)].reverse();
const area = (x0: number, y0: number, x1: number, y1: number): Polygon[] => [{ outer: box(x0, y0, x1, y1), holes: [] }];
const walls = (rings: Point[][], gaps: Segment[] = []): Float64Array => {
  const list: number[] = [];
  const inGap = (a: Point, b: Point): Segment | undefined =>
    gaps.find(([p, q]) => (a[1] === b[1] && p[1] === a[1] && q[1] === a[1]) || (a[0] === b[0] && p[0] === a[0] && q[0] === a[0]));
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      const gap = inGap(a, b);
      if (gap === undefined) list.push(...a, ...b);
      else {
        const [p, q] =
          Math.hypot(gap[0][0] - a[0], gap[0][1] - a[1]) < Math.hypot(gap[1][0] - a[0], gap[1][1] - a[1])
            ? gap
            : [gap[1], gap[0]];
        list.push(...a, ...p, ...q, ...b);
      }
    });
  }
  return Float64Array.from(list);
};

const GATES: { id: string; line: Segment; width: number }[] = [
  {
    id: "gate-A",
    line: [
      [0, 30],
      [0, 36],
    ],
    width: 6,
  },
  {
    id: "gate-B",
    line: [
      [60, 0],
      [66, 0],
    ],
    width: 6,
  },
  {
    id: "gate-C",
    line: [
      [120, 20],
      [120, 24],
    ],
    width: 4,
  },
];

/** A fenced square of 120 m × 80 m with stage and stalls. */
export function festivalLayout(): Layout {
  const outer = box(0, 0, 120, 80);
  const holes = [hole(45, 68, 75, 78), hole(20, 8, 32, 12), hole(38, 8, 50, 12), hole(80, 8, 92, 12), hole(100, 50, 106, 62)];
  const floor: Polygon = { outer, holes };
  const sheet: Sheet = {
    id: "0",
    name: "Ground",
    level: "0",
    kind: "floor",
    connection: null,
    regions: [floor],
    walls: walls(
      [outer, ...holes],
      GATES.map((g) => g.line),
    ),
  };
  const fixture = (id: string, name: string, category: string, x0: number, y0: number, x1: number, y1: number) => ({
    id,
    name,
    level: "0",
    category,
    polygon: area(x0, y0, x1, y1)[0]!,
  });
  const section = (id: string, name: string, x0: number, y0: number, x1: number, y1: number) => ({
    id,
    name,
    level: "0",
    category: "section",
    polygons: area(x0, y0, x1, y1),
  });
  return {
    name: "Festival square",
    attribution: "© OpenStreetMap contributors (ODbL 1.0)",
    frame: { kind: "lonlat", lon: 11.5865, lat: 48.1617 },
    levels: [{ id: "0", name: "Ground", ordinal: 0, elevation: 0, outdoor: true }],
    units: [
      {
        id: "square",
        name: "Square",
        level: "0",
        category: "unspecified",
        polygons: [floor],
        walkable: true,
        ceilingHeight: null,
        boundary: "walled",
      },
    ],
    openings: GATES.map((g) => ({
      id: g.id,
      name: g.id,
      level: "0",
      category: "pedestrian",
      line: g.line,
      width: g.width,
      height: 2.5,
      sill: 0,
      direction: "both",
      state: "open",
      exit: true,
      units: ["square"],
    })),
    fixtures: [
      fixture("stage", "Stage", "stage", 45, 68, 75, 78),
      fixture("f1", "Food stall 1", "stall", 20, 8, 32, 12),
      fixture("f2", "Food stall 2", "stall", 38, 8, 50, 12),
      fixture("f3", "Food stall 3", "stall", 80, 8, 92, 12),
      fixture("mixer", "Mixer", "stall", 100, 50, 106, 62),
    ],
    sections: [
      section("front-of-stage", "front-of-stage", 42, 56, 78, 67),
      section("main-field", "Main field in front of the stage, rear part with the wheelchair platform", 30, 26, 90, 55),
      section("food-east", "food-east", 76, 12.5, 98, 22),
      section("food-west", "food-west", 16, 12.5, 54, 22),
      section("gate-C-apron", "gate-C apron", 106, 14, 119, 30),
    ],
    lines: [
      {
        id: "mid-line",
        name: "mid-line",
        level: "0",
        line: [
          [30, 25],
          [90, 25],
        ],
      },
    ],
    connections: [],
    lifts: [],
    sheets: [sheet],
    gates: GATES.map((g) => ({
      id: g.id,
      kind: "opening",
      opening: g.id,
      line: g.line,
      sheetA: 0,
      sheetB: 0,
      exit: true,
      direction: "both",
      state: "open",
    })),
    report: {
      format: "geojson",
      extent: [120, 80],
      area: 9120,
      parts: [],
      repairs: [{ place: "square", level: "0", what: "two corners 0.4 mm apart were joined", size: 0.0004, at: [120, 80] }],
      notices: ["kiosk-7 has no level and was not used"],
    },
  };
}

/** Two floors above each other, joined by a flight of stairs. */
export function houseLayout(): Layout {
  const cut = hole(26, 2, 30, 9);
  const floor: Polygon = { outer: box(0, 0, 40, 18), holes: [cut] };
  const flight: Polygon = { outer: box(26, 2, 30, 9), holes: [] };
  const sheet = (id: string, level: string, name: string, kind: Sheet["kind"], region: Polygon): Sheet => ({
    id,
    name,
    level,
    kind,
    connection: kind === "floor" ? null : "stairs-1",
    regions: [region],
    walls: walls(
      [[...region.outer], ...region.holes.map((h) => [...h])],
      id === "0"
        ? [
            [
              [0, 8],
              [0, 10],
            ],
          ]
        : [],
    ),
  });
  const base = festivalLayout();
  return {
    ...base,
    name: "House",
    attribution: "",
    frame: { kind: "metres", x: 0, y: 0 },
    levels: [
      { id: "0", name: "Ground floor", ordinal: 0, elevation: 0, outdoor: false },
      { id: "1", name: "First floor", ordinal: 1, elevation: 3.5, outdoor: false },
    ],
    units: [
      {
        id: "hall-0",
        name: "Hall",
        level: "0",
        category: "room",
        polygons: [floor],
        walkable: true,
        ceilingHeight: 3,
        boundary: "walled",
      },
      {
        id: "hall-1",
        name: "Hall upstairs",
        level: "1",
        category: "room",
        polygons: [floor],
        walkable: true,
        ceilingHeight: 3,
        boundary: "walled",
      },
      {
        id: "flight-1",
        name: "Flight",
        level: "0",
        category: "stairs",
        polygons: [flight],
        walkable: true,
        ceilingHeight: null,
        boundary: "walled",
      },
    ],
    openings: [
      {
        id: "door",
        name: "Main door",
        level: "0",
        category: "pedestrian",
        line: [
          [0, 8],
          [0, 10],
        ],
        width: 2,
        height: 2,
        sill: 0,
        direction: "both",
        state: "open",
        exit: true,
        units: ["hall-0"],
      },
    ],
    fixtures: [],
    sections: [
      { id: "foyer", name: "Foyer", level: "0", category: "section", polygons: area(2, 4, 14, 14) },
      { id: "class", name: "Classroom 1.1", level: "1", category: "section", polygons: area(2, 4, 14, 14) },
    ],
    lines: [],
    lifts: [],
    connections: [
      {
        id: "stairs-1",
        name: "Stairs 1",
        kind: "stairs",
        unit: "flight-1",
        lower: {
          level: "0",
          line: [
            [26, 2],
            [30, 2],
          ],
        },
        upper: {
          level: "1",
          line: [
            [26, 9],
            [30, 9],
          ],
        },
        rise: 3.5,
        direction: "both",
      },
    ],
    sheets: [
      sheet("0", "0", "Ground floor", "floor", floor),
      sheet("1", "1", "First floor", "floor", floor),
      sheet("stairs-1", "0", "Stairs 1", "stairs", flight),
    ],
    gates: [],
    report: { format: "geojson", extent: [40, 18], area: 1384, parts: [], repairs: [], notices: [] },
  };
}
