import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import {
  area,
  bytesOf,
  collection,
  type Feature,
  layoutOf,
  leaks,
  level,
  line,
  opening,
  rectangle,
  refusalOf,
  unit,
} from "./sample.js";

const wallLength = (walls: Float64Array): number => {
  let sum = 0;
  for (let w = 0; w < walls.length; w += 4) sum += Math.hypot(walls[w + 2]! - walls[w]!, walls[w + 3]! - walls[w + 1]!);
  return sum;
};

describe("openings", () => {
  it("joins two rooms that share a wall and leads out where there is one room", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      unit("b", rectangle(5, 0, 9, 4)),
      opening("door", [
        [5, 1],
        [5, 2],
      ]),
      opening("out", [
        [9, 1],
        [9, 2.5],
      ]),
    ]);
    expect(layout.gates).toMatchObject([
      { id: "door", kind: "opening", exit: false, sheetA: 0, sheetB: 0 },
      { id: "out", exit: true },
    ]);
    expect(layout.openings.map(({ units }) => [...units].sort())).toEqual([["a", "b"], ["b"]]);
    expect(layout.report.parts).toMatchObject([{ area: 36, exits: ["out"] }]);
    // Two outlines of 18 and 16 m; the shared 4 m stand once; both doors are cut.
    expect(wallLength(layout.sheets[0]!.walls)).toBeCloseTo(18 + 16 - 4 - 1 - 1.5, 4);
    expect(leaks(layout)).toEqual([]);
    expect(layout.report.repairs).toEqual([]);
  });

  it("the invariant sees a missing wall", () => {
    const layout = layoutOf([level(), unit("a", rectangle(0, 0, 5, 4))]);
    const sheets = [{ ...layout.sheets[0]!, walls: layout.sheets[0]!.walls.slice(4) }];
    expect(leaks({ ...layout, sheets }).length).toBeGreaterThan(10);
  });

  it("bridges the thickness of a wall and lists it", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      unit("b", rectangle(5.3, 0, 9, 4)),
      opening("door", [
        [5, 1],
        [5, 2],
      ]),
    ]);
    expect(layout.report.parts).toHaveLength(1);
    expect(layout.report.area).toBeCloseTo(20 + 14.8 + 0.3, 9);
    expect(layout.report.repairs).toMatchObject([{ place: "opening door" }]);
    expect(layout.report.repairs[0]!.what).toContain("bridges 0.300 m between unit b and unit a");
    expect(leaks(layout)).toEqual([]);
    const middle = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      unit("b", rectangle(5.3, 0, 9, 4)),
      opening("door", [
        [5.15, 1],
        [5.15, 2],
      ]),
    ]);
    expect(middle.report.area).toBeCloseTo(layout.report.area, 9);
    expect(leaks(middle)).toEqual([]);
  });

  it("does not bridge more than the limit", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      unit("b", rectangle(5.7, 0, 9, 4)),
      opening("door", [
        [5, 1],
        [5, 2],
      ]),
    ]);
    expect(layout.gates).toMatchObject([{ id: "door", exit: true }]);
    expect(layout.report.parts).toHaveLength(2);
  });

  it("moves a line that lies a little inside a room, with a repair", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      opening("out", [
        [4.97, 1],
        [4.98, 2],
      ]),
    ]);
    expect(layout.openings[0]!.line.map(([x]) => x)).toEqual([5, 5]);
    expect(layout.report.repairs[0]!.size).toBeCloseTo(0.03, 4);
    expect(leaks(layout)).toEqual([]);
  });

  it("takes the clear width in the middle of the line", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      opening(
        "out",
        [
          [5, 1],
          [5, 3],
        ],
        { width_m: 1 },
      ),
    ]);
    expect(layout.gates[0]!.line).toEqual([
      [5, 1.5],
      [5, 2.5],
    ]);
    expect(layout.openings[0]!.width).toBe(1);
    expect(leaks(layout)).toEqual([]);
  });

  it("a line across a floor is a gate inside it", () => {
    const layout = layoutOf([
      level(),
      unit("hall", rectangle(0, 0, 20, 4)),
      opening(
        "ticket",
        [
          [10, 0],
          [10, 4],
        ],
        { direction: "forward" },
      ),
    ]);
    expect(layout.gates).toMatchObject([{ id: "ticket", exit: false, direction: "forward", state: "open" }]);
    expect(layout.report.notices.join()).toContain("a gate inside the floor");
    expect(wallLength(layout.sheets[0]!.walls)).toBeCloseTo(48, 9);
  });

  it("cuts a barrier drawn as a fixture", () => {
    const layout = layoutOf([
      level(),
      unit("hall", rectangle(0, 0, 20, 4), { muster: { boundary: "open" } }),
      area("fixture", "fence", [rectangle(9.9, 0, 10.1, 4)]),
      opening("gap", [
        [10, 1],
        [10, 2.2],
      ]),
    ]);
    expect(layout.report.parts).toHaveLength(1);
    expect(layout.gates).toMatchObject([{ id: "gap", exit: false }]);
    expect(leaks(layout)).toEqual([]);
  });

  it("keeps its wall where an opening leads nowhere and is no exit", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      opening(
        "blind",
        [
          [5, 1],
          [5, 2],
        ],
        { exit: false },
      ),
    ]);
    expect(layout.gates).toEqual([]);
    expect(layout.openings).toMatchObject([{ id: "blind", exit: false }]);
    expect(wallLength(layout.sheets[0]!.walls)).toBeCloseTo(18, 9);
    expect(layout.report.notices.join()).toContain("leads nowhere");
  });

  it("is closed, one-way and named as the file says", () => {
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 5, 4)),
      opening(
        "out",
        [
          [5, 1],
          [5, 2],
        ],
        { state: "closed", direction: "backward", height_m: 2.5, sill_m: 0.1 },
        { name: { de: "Tor", en: "Gate" } },
      ),
    ]);
    expect(layout.openings[0]).toMatchObject({ name: "Gate", state: "closed", direction: "backward", height: 2.5, sill: 0.1 });
    expect(layout.gates[0]).toMatchObject({ state: "closed", direction: "backward", exit: true });
  });

  it("encloses two rooms at any angle, with any wall between them and any door in it", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, share, (turn, thickness, along, width, offset) => {
        const angle = 2 * Math.PI * turn;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const place = ([x, y]: number[]): [number, number] => [100 + c * x! - s * y!, 50 + s * x! + c * y!];
        const gap = 0.5 * thickness;
        const [from, size] = [0.2 + 2 * along, 0.3 + 1.2 * width];
        const x = 5 + gap * offset;
        const layout = layoutOf([
          level(),
          unit("a", rectangle(0, 0, 5, 4).map(place)),
          unit("b", rectangle(5 + gap, 0, 9, 4).map(place)),
          opening("door", [place([x, from]), place([x, from + size])]),
        ]);
        expect(layout.report.parts).toHaveLength(1);
        expect(layout.openings[0]!.units).toHaveLength(2);
        expect(layout.openings[0]!.width).toBeCloseTo(size, 5);
        expect(leaks(layout, 400)).toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});

describe("units", () => {
  it("open units join, walled units stand apart and are cut out of open ones", () => {
    const layout = layoutOf([
      level(),
      unit("west", rectangle(0, 0, 10, 10), { muster: { boundary: "open" } }),
      unit("east", rectangle(10, 0, 20, 10), { muster: { boundary: "open" } }),
      unit("kiosk", rectangle(8, 4, 12, 6)),
      opening("hatch", [
        [9, 4],
        [10, 4],
      ]),
    ]);
    expect(layout.report.area).toBeCloseTo(200, 9);
    expect(layout.sheets[0]!.regions).toHaveLength(2);
    expect([...layout.openings[0]!.units].sort()).toEqual(["kiosk", "west"]);
    expect(leaks(layout)).toEqual([]);
  });

  it("a room inside a room is cut out of it, non-walkable units are obstacles", () => {
    const layout = layoutOf([
      level(),
      unit("hall", rectangle(0, 0, 20, 10)),
      unit("cabin", rectangle(2, 2, 5, 5)),
      unit("pillar", rectangle(10, 4, 11, 5), { category: "column" }),
      unit("void", rectangle(15, 4, 17, 6), { muster: { walkable: false } }),
    ]);
    expect(layout.report.area).toBeCloseTo(200 - 1 - 4, 9);
    expect(layout.units.find(({ id }) => id === "pillar")).toMatchObject({ walkable: false });
    expect(layout.report.notices.join()).toContain("unit cabin lies inside unit hall");
  });

  it("a small overlap goes to the smaller room with a repair, a large one is refused", () => {
    const rooms = (x: number): Feature[] => [level(), unit("a", rectangle(0, 0, 10, 10)), unit("b", rectangle(x, 0, 15, 10))];
    const layout = layoutOf(rooms(9.95));
    expect(layout.report.area).toBeCloseTo(150, 6);
    expect(layout.report.repairs[0]!.size).toBeCloseTo(0.5, 6);
    const error = refusalOf(rooms(9));
    expect(error.problems).toMatchObject([{ place: "unit a", level: "0", value: 10 }]);
    expect(error.message).toContain("overlaps unit b by 10.00 m²");
  });
});

describe("flights", () => {
  const stairs = (muster: object = {}, more: object = {}): Feature[] => [
    level("0", 0),
    level("1", 1, { elevation_m: 3.2 }),
    unit("low", rectangle(0, 0, 20, 10)),
    unit("high", rectangle(0, 0, 20, 10), { level_id: "1" }),
    unit("flight", rectangle(8, 4, 13, 6), { category: "stairs" }),
    opening("foot", [
      [8, 4],
      [8, 6],
    ]),
    opening(
      "head",
      [
        [13, 4],
        [13, 6],
      ],
      {},
      { level_id: "1" },
    ),
    {
      type: "Feature",
      id: "S",
      feature_type: "relationship",
      geometry: null,
      properties: {
        category: "stairs",
        origin: { id: "foot", feature_type: "opening" },
        destination: "head",
        intermediary: [{ id: "flight", feature_type: "unit" }],
        muster,
        ...more,
      },
    },
  ];

  it("walks a sheet of its own, cut out of both floors, with a portal at each end", () => {
    const layout = layoutOf(stairs());
    expect(layout.sheets.map(({ kind, level: id }) => [kind, id])).toEqual([
      ["floor", "0"],
      ["floor", "1"],
      ["stairs", "0"],
    ]);
    expect(layout.report.area).toBeCloseTo(2 * 190 + 10, 9);
    expect(layout.connections).toMatchObject([
      { id: "S", kind: "stairs", unit: "flight", rise: 3.2, direction: "both", lower: { level: "0" }, upper: { level: "1" } },
    ]);
    expect(layout.gates.map(({ id, kind, opening: drawn }) => [id, kind, drawn])).toEqual([
      ["S/lower", "portal", "foot"],
      ["S/upper", "portal", "head"],
    ]);
    for (const [k, floor] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const { sheetA, sheetB } = layout.gates[k]!;
      expect([sheetA, sheetB].sort()).toEqual([floor, 2]);
    }
    expect(layout.report.parts).toMatchObject([{ levels: ["0", "1"] }]);
    expect(leaks(layout)).toEqual([]);
  });

  it("goes one way where the relationship is directed, whichever way its ends are drawn", () => {
    const layout = layoutOf(stairs({}, { category: "escalator", direction: "directed" }));
    expect(layout.connections[0]).toMatchObject({ direction: "up", kind: "escalator" });
    // foot runs from (8,4) to (8,6): the floor lies left of it, the flight right. head: the flight lies left.
    expect(layout.gates.map(({ direction }) => direction)).toEqual(["forward", "forward"]);
    const down = layoutOf(stairs({}, { direction: "directed", origin: "head", destination: "foot" }));
    expect(down.connections[0]).toMatchObject({ direction: "down", lower: { level: "0" } });
    expect(down.gates.map(({ direction }) => direction)).toEqual(["backward", "backward"]);
  });

  it.each([
    ["a missing feature", { destination: "nowhere" }, "names nowhere"],
    ["no unit for the flight", { intermediary: [] }, "one unit as intermediary"],
    ["an end off the flight", { origin: "door" }, "lies not on its flight"],
  ])("refuses %s", (_, properties, text) => {
    const error = refusalOf([
      ...stairs({}, properties),
      opening("door", [
        [20, 1],
        [20, 2],
      ]),
    ]);
    expect(error.message).toContain(text);
  });

  it("refuses an opening on a flight that no relationship names", () => {
    const error = refusalOf([
      ...stairs(),
      opening("side", [
        [9, 4],
        [10, 4],
      ]),
    ]);
    expect(error.problems).toMatchObject([{ place: "opening side" }]);
  });

  it("needs a rise where both ends are at one height", () => {
    const flat = stairs().map((feature) => (feature.id === "1" ? level("1", 1, { elevation_m: 0 }) : feature));
    expect(refusalOf(flat).message).toContain("muster.rise_m");
  });

  it("is frozen to the bottom", () => {
    const layout = layoutOf(stairs());
    expect(() => Object.assign(layout.sheets[0]!.regions[0]!.outer, { 0: [1, 1] })).toThrow(TypeError);
    expect(Object.isFrozen(layout.report.repairs)).toBe(true);
  });
});

describe("what else a layout holds", () => {
  it("sections, measuring lines and fixtures of several parts", () => {
    const parts = { type: "MultiPolygon", coordinates: [[rectangle(1, 1, 2, 2)], [rectangle(3, 1, 4, 2)]] };
    const layout = layoutOf([
      level(),
      unit("a", rectangle(0, 0, 10, 4)),
      { ...area("fixture", "stalls", []), geometry: parts },
      { ...area("section", "zone", [], { name: "Zone" }), geometry: parts },
      line(
        "line",
        "count",
        [
          [5, 0],
          [5, 4],
        ],
        { name: "Count" },
      ),
    ]);
    expect(layout.fixtures.map(({ id }) => id)).toEqual(["stalls", "stalls#2"]);
    expect(layout.sections).toMatchObject([{ id: "zone", name: "Zone", level: "0" }]);
    expect(layout.sections[0]!.polygons).toHaveLength(2);
    expect(layout.lines).toMatchObject([
      {
        id: "count",
        line: [
          [5, 0],
          [5, 4],
        ],
      },
    ]);
    expect(layout.report.area).toBeCloseTo(38, 9);
  });

  it("gives the same bytes for the same file", () => {
    const file = {
      name: "x.geojson",
      bytes: bytesOf(
        collection([
          level(),
          unit("a", rectangle(0, 0, 5.1, 4)),
          opening("o", [
            [5.1, 1],
            [5.1, 2],
          ]),
        ]),
      ),
    };
    expect(JSON.stringify(readLayout(file))).toBe(JSON.stringify(readLayout(file)));
  });
});
