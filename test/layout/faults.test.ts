import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import { area, bytesOf, collection, layoutOf, level, line, opening, rectangle, refusal, refusalOf, unit } from "./sample.js";

const room = unit("a", rectangle(0, 0, 5, 4));
const text = (value: string, name = "plan.geojson") => refusal(() => readLayout({ name, bytes: bytesOf(value) }));

describe("faults of a layout", () => {
  it("are reported together, each with its place", () => {
    const error = refusalOf([
      level(),
      unit("bow", [
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
        [0, 0],
      ]),
      unit("thin", [
        [0, 0],
        [1, 1],
        [0, 0],
        [1, 1],
      ]),
      unit("a", rectangle(10, 0, 15, 4), { level_id: "7" }),
      unit("b", rectangle(20, 0, 25, 4), { muster: { boundary: "fence", colour: "red" } }),
      area("unit", "c", [rectangle(30, 0, 35, 4), rectangle(34, 1, 36, 2)]),
      area("unit", "d", [rectangle(40, 0, 45, 4), rectangle(46, 1, 47, 2)]),
      area("unit", "e", [rectangle(50, 0, 59, 9), rectangle(51, 1, 58, 8), rectangle(52, 2, 53, 3)]),
      opening("dot", [
        [20, 1],
        [20, 1],
      ]),
      opening("slit", [
        [20, 2],
        [20, 2.05],
      ]),
      opening(
        "wide",
        [
          [25, 1],
          [25, 2],
        ],
        { width_m: 1.5 },
      ),
      opening("bent", [
        [20, 3],
        [20.3, 3.2],
        [20, 3.4],
      ]),
      opening("a", [
        [25, 2],
        [25, 3],
      ]),
      { ...opening("no", []), geometry: null },
    ]);
    expect(error.code).toBe("LAYOUT_INVALID");
    const said = error.problems.map(({ place, message }) => `${place}: ${message}`).join("\n");
    for (const part of [
      "unit bow: outer ring crosses itself at (2.00, 2.00)",
      "unit thin: outer ring has fewer than 3 different corners",
      "unit a: names level 7, which does not exist",
      'unit b: muster.boundary is "fence"; must be one of walled, open',
      "unit b: muster.colour is unknown",
      "unit c: outer ring crosses hole 1",
      "unit d: hole 1 lies outside the outer ring",
      "unit e: hole 2 lies in hole 1",
      "opening dot: at (20.00, 1.00) has no width",
      "opening slit: has a clear width of 0.050 m",
      "opening wide: muster.width_m is 1.5, but the line is 1.000 m long",
      "opening bent: bends by 0.300 m at (20.30, 3.20)",
      "opening a: has the id a, as unit a has",
      "opening no: has no geometry, needs a LineString",
    ])
      expect(said).toContain(part);
    expect(error.problems).toHaveLength(14);
    expect(error.problems.find(({ place }) => place === "opening dot")).toMatchObject({ level: "0", at: [20, 1] });
  });

  it.each([
    [
      "an opening far from every outline",
      [
        level(),
        room,
        opening("o", [
          [20, 1],
          [20, 2],
        ]),
      ],
      "opening o: at (20.00, 1.50) lies on no outline",
    ],
    ["no level", [room], "the layout has no level"],
    ["no floor", [level(), unit("a", rectangle(0, 0, 5, 4), { category: "opentobelow" })], "the layout has no walkable floor"],
    ["a room for ants", [level(), unit("a", rectangle(0, 0, 0.3, 0.2))], "are the units right?"],
    ["two places at once", [level(), room, unit("b", rectangle(50_000, 0, 50_005, 4))], "spans 50.0 × 0.0 km"],
    [
      "no level_id among several",
      [level(), level("1", 1), { ...room, properties: {} }],
      "has no level_id; the layout has 2 levels",
    ],
    [
      "a key beside the muster object",
      [
        level(),
        room,
        opening(
          "o",
          [
            [5, 1],
            [5, 2],
          ],
          {},
          { exit: false },
        ),
      ],
      "muster.exit stands outside",
    ],
    ["numbers beyond double precision", [level(), unit("a", rectangle(0, 0, Number.MAX_VALUE, 4))], "km"],
    [
      "a point as a room",
      [level(), { ...room, geometry: { type: "Point", coordinates: [0, 0] } }],
      "is a Point, needs a Polygon",
    ],
    ["two equal rooms", [level(), room, { ...room, id: "b" }], "overlaps"],
    [
      "a measuring line without length",
      [
        level(),
        room,
        line("line", "l", [
          [1, 1],
          [1, 1],
        ]),
      ],
      "line l: at (1.00, 1.00) has no width",
    ],
  ])("%s", (_, features, message) => {
    expect(refusalOf(features).message).toContain(message);
  });

  it("does not blame openings for a room that was refused", () => {
    const error = refusalOf([
      level(),
      unit("bow", [
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
        [0, 0],
      ]),
      opening("o", [
        [0, 1],
        [0, 2],
      ]),
    ]);
    expect(error.problems).toHaveLength(1);
  });

  it("lon/lat is checked for its range, metres are not", () => {
    const file = collection([level(), unit("a", rectangle(0, 80, 10, 95))], "lonlat");
    const error = text(JSON.stringify(file));
    expect(error.message).toContain("is no lon/lat");
    expect(error.message).toContain('"coordinates": "metres"');
    expect(text(JSON.stringify(collection([level(), room], "lonlat"))).message).toContain("km");
  });

  it("infinite numbers and NaN are named", () => {
    expect(
      text(
        '{"type":"FeatureCollection","muster":{"coordinates":"metres"},"features":[{"type":"Feature","id":"L","feature_type":"level","geometry":null,"properties":{}},{"type":"Feature","id":"u","feature_type":"unit","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[5,5],[0,0]]]}}]}',
      ).message,
    ).toContain("unit u: corner 1 is Infinity, 0");
    expect(text('{"type": NaN}').message).toContain("line 1, column 10");
    expect(
      text(
        JSON.stringify(
          collection([
            level(),
            {
              ...room,
              geometry: {
                type: "Polygon",
                coordinates: [
                  [
                    [0, 0],
                    [null, 1],
                    ["2", 2],
                  ],
                ],
              },
            },
          ]),
        ),
      ).message,
    ).toContain("corner 1 is null, 1");
  });

  it("unknown keys of the root are refused, IMDF's own are not", () => {
    const file = { ...collection([level(), room]), name: "x" };
    const good = {
      ...room,
      properties: { ...room.properties, accessibility: null, display_point: { type: "Point", coordinates: [1, 1] } },
    };
    expect(() => layoutOf([level(), good])).not.toThrow();
    expect(text(JSON.stringify({ ...file, muster: { coordinates: "metres", unit: "mm" } })).message).toContain("muster.unit");
    expect(text(JSON.stringify({ ...file, muster: { coordinates: "feet" } })).message).toContain('is "feet"');
    expect(text(JSON.stringify({ ...file, muster: { version: 2, coordinates: "metres" } })).message).toContain("version 1");
  });

  it("a long list is cut and counted", () => {
    const features = Array.from({ length: 300 }, (_, k) => unit(`u${k}`, rectangle(k, 0, k + 1, 1), { level_id: "x" }));
    const { problems } = refusalOf([level(), ...features]);
    expect(problems).toHaveLength(201);
    expect(problems[200]!.message).toBe("and 100 more problems");
  });
});

describe("files that cannot be read", () => {
  it.each([
    ['{"type":"FeatureCollection",\n "features":[{"type":"Fea', "line 2, column 26", "expected the end of the text"],
    ['{"features": [1, 2,]}', "line 1, column 20", "expected a value"],
    ["", "", "format not supported"],
    ["not a layout", "", "format not supported"],
  ])("%s", (given, where, what) => {
    const error = text(given, given ? "plan.geojson" : "plan");
    expect(error.code).toBe("INPUT_UNREADABLE");
    expect(error.message).toContain(where);
    if (given.startsWith("{") || !given) expect(error.message).toContain(what);
  });

  it("bytes that are no UTF-8", () => {
    expect(refusal(() => readLayout({ name: "x.json", bytes: new Uint8Array([0x7b, 0xff, 0xfe]) })).code).toBe(
      "INPUT_UNREADABLE",
    );
  });

  it("JSON of another kind, and nested very deep", () => {
    expect(text('{"type": "Feature"}').message).toContain("FeatureCollection");
    expect(text("[".repeat(200_000)).code).toBe("INPUT_UNREADABLE");
    expect(text(`{"a": "${"x".repeat(10_000_000)}`).message).toContain("expected the end of the text");
    expect(text('{"a": "x\\q"}').message).toContain("line 1, column 9");
    expect(text('{"a": 01}').message).toContain("line 1, column 7");
  });

  it("truncated or foreign WKT", () => {
    expect(text("POLYGON ((0 0, 10 0, 10 8", "a.wkt").message).toContain("line 1, column 26");
    expect(text("POLYGON ((0 0, 10 nan, 10 8, 0 0))", "a.wkt").message).toContain("NAN is no number");
    expect(text("LINESTRING (0 0, 1 1)", "a.wkt").message).toContain("LINESTRING is no floor");
    expect(text("POLYGON EMPTY", "a.wkt").code).toBe("LAYOUT_INVALID");
    expect(text(`${"GEOMETRYCOLLECTION (".repeat(100_000)}`, "a.wkt").message).toContain("64 deep");
    expect(text("POLYGON ((0 0, 10 0, 10 8, 0 0)) POLYGON", "a.wkt").message).toContain("after the geometry");
  });

  it("WKT with nested collections, holes and heights", () => {
    const wkt =
      "GEOMETRYCOLLECTION (MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2)), EMPTY), GEOMETRYCOLLECTION (POLYGON Z ((10 0 1, 20 0 1, 20 10 1, 10 10 1, 10 0 1))))";
    const layout = readLayout({ name: "dir/two.wkt", bytes: bytesOf(wkt) });
    expect(layout.name).toBe("two");
    expect(layout.report.area).toBe(196);
    expect(layout.sheets[0]!.regions).toHaveLength(1);
  });
});

describe("limits", () => {
  it("a unit of 100,000 corners is one clear error", () => {
    const ring = Array.from({ length: 100_000 }, (_, k) => [
      1000 * Math.cos((k * Math.PI) / 5e4),
      1000 * Math.sin((k * Math.PI) / 5e4),
    ]);
    const error = refusalOf([level(), unit("round", [...ring, ring[0]!])]);
    expect(error.problems).toMatchObject([{ place: "unit round", value: 100_001, limit: 50_000 }]);
  });

  it("a file of 200 MB is refused before it is parsed", () => {
    const bytes = new Uint8Array(200 * 1024 * 1024).fill(0x20);
    expect(refusal(() => readLayout({ name: "big.geojson", bytes })).code).toBe("INPUT_TOO_LARGE");
    expect(refusal(() => readLayout({ name: "big", files: new Map([["unit.geojson", bytes]]) })).code).toBe("INPUT_TOO_LARGE");
  });

  it("too many corners or features in all", () => {
    const ring = Array.from({ length: 40_000 }, (_, k) => [k, k % 2]);
    const many = Array.from({ length: 7 }, (_, k) => unit(`u${k}`, ring));
    expect(refusalOf([level(), ...many]).code).toBe("INPUT_TOO_LARGE");
    expect(refusalOf(Array.from({ length: 20_001 }, () => ({}))).code).toBe("INPUT_TOO_LARGE");
  });

  it("thousands of rooms on each other", () => {
    const units = Array.from({ length: 2000 }, (_, k) =>
      unit(`u${k}`, rectangle(k / 100, k / 100, 100 - k / 100, 100 - k / 100)),
    );
    expect(refusalOf([level(), ...units]).message).toContain("more than 20000 pairs");
  });

  it("zip: bombs, damage and archives of other things", () => {
    const small = zipSync({ "level.geojson": new Uint8Array(1024 * 1024) });
    /** The directory at the end of the archive states how large a file will be. */
    const stating = (size: number): Uint8Array => {
      const changed = small.slice();
      const view = new DataView(changed.buffer);
      view.setUint32(view.getUint32(changed.length - 6, true) + 24, size, true);
      return changed;
    };
    const bomb = refusal(() => readLayout({ name: "b.zip", bytes: stating(65 * 1024 * 1024) }));
    expect(bomb.code).toBe("INPUT_TOO_LARGE");
    expect(bomb.message).toContain("unpacks to more than");
    // 16 bytes stated, 1 MB packed: what comes out is cut off and no JSON.
    expect(refusal(() => readLayout({ name: "b.zip", bytes: stating(16) })).code).toBe("INPUT_UNREADABLE");
    expect(refusal(() => readLayout({ name: "b.zip", bytes: small.slice(0, 500) })).code).toBe("INPUT_UNREADABLE");
    const other = zipSync({ "readme.txt": new Uint8Array(3) });
    expect(refusal(() => readLayout({ name: "b.zip", bytes: other })).message).toContain("no level.geojson");
  });
});

describe("IMDF archives", () => {
  const lonlat = (ring: number[][]): number[][] => ring.map(([x, y]) => [11.5 + x! * 1.35e-5, 48.1 + y! * 9e-6]);
  const features = {
    venue: [{ type: "Feature", id: "v", feature_type: "venue", geometry: null, properties: { name: { de: "Halle" } } }],
    level: [level()],
    unit: [unit("a", lonlat(rectangle(0, 0, 10, 8))), unit("b", lonlat(rectangle(10, 0, 20, 8)))],
    opening: [
      opening(
        "d",
        lonlat([
          [10, 3],
          [10, 5],
        ]),
      ),
      opening(
        "x",
        lonlat([
          [20, 3],
          [20, 5],
        ]),
      ),
    ],
    relationship: [
      { type: "Feature", id: "r", feature_type: "relationship", geometry: null, properties: { category: "elevator" } },
    ],
  };
  const files = (prefix = "") =>
    Object.fromEntries(
      Object.entries(features).map(([type, list]) => [
        `${prefix}${type}.geojson`,
        bytesOf({ type: "FeatureCollection", features: list }),
      ]),
    );

  it("load from a folder, and from a zip with a folder in it", () => {
    const layout = readLayout({
      name: "venue",
      files: new Map(Object.entries({ ...files(), "manifest.json": bytesOf({ version: "1.0.0" }) })),
    });
    expect(layout.name).toBe("Halle");
    expect(layout.report.format).toBe("imdf");
    expect(layout.gates.map(({ id, exit }) => [id, exit])).toEqual([
      ["d", false],
      ["x", true],
    ]);
    expect(layout.report.notices.join()).toContain("relationship r of category elevator not used");
    const zipped = readLayout({
      name: "venue.zip",
      bytes: zipSync({ ...files("export/"), "__MACOSX/export/level.geojson": new Uint8Array(4) }),
    });
    expect(zipped).toEqual(layout);
  });

  it("a broken file is named", () => {
    const broken = new Map(Object.entries(files()));
    broken.set("unit.geojson", bytesOf('{"type":"FeatureCollection"'));
    expect(refusal(() => readLayout({ name: "venue", files: broken })).message).toContain("unit.geojson:1:28");
  });
});
