import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBarriers } from "../../../engine/fire/spread/barriers.js";
import { panelsOf } from "../../../engine/fire/spread/layout-barriers.js";
import { readLayout } from "../../../engine/layout/read.js";

const box = (x0: number, y0: number, x1: number, y1: number): number[][] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
];
const feature = (id: string, feature_type: string, geometry: object | null, properties: object): object => ({
  type: "Feature",
  id,
  feature_type,
  geometry,
  properties,
});
const area = (id: string, type: string, ring: number[][], properties: object): object =>
  feature(id, type, { type: "Polygon", coordinates: [ring] }, { level_id: "g", ...properties });
const line = (id: string, coordinates: number[][], muster: object): object =>
  feature(id, "opening", { type: "LineString", coordinates }, { level_id: "g", category: "pedestrian", muster });

/** Two rooms with a door between them and a bar along their common wall; a second, high opening over the bar. */
const rooms = readLayout({
  name: "rooms.geojson",
  bytes: new TextEncoder().encode(
    JSON.stringify({
      type: "FeatureCollection",
      muster: { version: 1, coordinates: "metres", name: "rooms" },
      features: [
        feature("g", "level", null, { name: "Ground", ordinal: 0 }),
        area("west", "unit", box(0, 0, 10, 10), { category: "room", muster: { boundary: "walled", ceiling_m: 3 } }),
        area("east", "unit", box(10, 0, 20, 10), { category: "room", muster: { boundary: "walled", ceiling_m: 3 } }),
        area("bar", "fixture", box(8.5, 1, 10, 4), { category: "furniture" }),
        area("table", "fixture", box(3, 5, 5, 6), { category: "furniture" }),
        line(
          "door",
          [
            [10, 7],
            [10, 8],
          ],
          { height_m: 2.1 },
        ),
        line(
          "exit",
          [
            [0, 7],
            [0, 8],
          ],
          { exit: true },
        ),
      ],
    }),
  ),
});

describe("barriers of a layout", () => {
  const seen = (ax: number, ay: number, bx: number, by: number, z = 1): number => barriers.through(0, ax, ay, z, bx, by, z);
  const barriers = createBarriers(panelsOf(rooms));

  it("are walls, also behind fixtures, but not the fixtures themselves", () => {
    expect(seen(2, 2, 18, 2)).toBe(0);
    expect(seen(2, 2.5, 9, 2.5)).toBe(1);
    expect(seen(4, 3, 4, 9)).toBe(1);
    expect(seen(9, 2, 11, 2)).toBe(0);
    expect(seen(2, 9.9, 2, 10.1)).toBe(0);
  });

  it("let radiation through open doors below the lintel, by the share that they stand open", () => {
    expect(seen(8, 7.5, 12, 7.5)).toBe(1);
    expect(seen(8, 7.5, 12, 7.5, 2.5)).toBe(0);
    expect(seen(8, 8.2, 12, 8.2)).toBe(0);
    barriers.setOpen("door", 0.5);
    expect(seen(8, 7.5, 12, 7.5)).toBe(0.5);
    barriers.setOpen("door", 0);
    expect(seen(8, 7.5, 12, 7.5)).toBe(0);
  });

  it("shut rooms off wholly: no straight way between two rooms of the school with their doors shut", () => {
    const layout = readLayout({ name: "layout.geojson", bytes: readFileSync("scenarios/school-building/layout.geojson") });
    const school = createBarriers(panelsOf(layout));
    for (const { id } of layout.openings) school.setOpen(id, 0);
    const sheet = layout.sheets.findIndex(({ kind }) => kind === "floor");
    const inRoom = fc.tuple(fc.double({ min: 5.01, max: 13.99, noNaN: true }), fc.double({ min: 0.01, max: 7.99, noNaN: true }));
    const next = fc.tuple(fc.double({ min: 14.01, max: 22.99, noNaN: true }), fc.double({ min: 0.01, max: 7.99, noNaN: true }));
    const corridor = fc.tuple(fc.double({ min: 5.01, max: 58, noNaN: true }), fc.double({ min: 8.01, max: 10.99, noNaN: true }));
    fc.assert(
      fc.property(inRoom, next, corridor, ([ax, ay], [bx, by], [cx, cy]) => {
        expect(school.through(sheet, ax, ay, 1, bx, by, 1)).toBe(0);
        expect(school.through(sheet, ax, ay, 1, cx, cy, 1)).toBe(0);
        expect(school.through(sheet, ax, ay, 1, ax / 2 + 7, ay / 2 + 2, 1)).toBe(1);
      }),
    );
    school.setOpen("door-room-001", 1);
    expect(school.through(sheet, 6.5, 4, 1, 6.5, 10, 1)).toBe(1);
  });
});
