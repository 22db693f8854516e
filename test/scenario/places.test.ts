import { describe, expect, it } from "vitest";
import type { Layout } from "../../engine/layout/layout.js";
import { toLonLat } from "../../engine/layout/project.js";
import { nearest } from "../../engine/scenario/nearest.js";
import { findPlace, placeNames } from "../../engine/scenario/places.js";
import type { InlinePlace } from "../../engine/scenario/scenario.js";
import { refused } from "./helpers.js";
import { box, room } from "./room.js";

const find = (name: string, places: InlinePlace[] = [], layout: Layout = room()) => findPlace({ places }, layout, name);

describe("findPlace", () => {
  it("finds by id and by name: areas, openings, lines", () => {
    expect(find("s-front")).toEqual({ kind: "area", name: "front", level: "0", polygons: [box(6, 2, 9, 6)], exit: false });
    expect(find("front")).toEqual(find("s-front"));
    expect(find("Hall")).toMatchObject({ kind: "area", polygons: [box(0, 0, 10, 8)] });
    expect(find("door")).toMatchObject({ kind: "opening", opening: { id: "door" } });
    expect(find("middle")).toMatchObject({ kind: "line", line: [[5, 0], [5, 8]] }); // biome-ignore format: data
  });

  it("prefers an id to a name, and asks for the id where a name is not enough", () => {
    const layout = room();
    const twice = {
      ...layout,
      sections: [...layout.sections, { ...layout.sections[0]!, id: "s-2" }, { ...layout.sections[0]!, id: "x", name: "door" }],
    };
    expect(find("door", [], twice).kind).toBe("opening");
    expect(refused(() => find("front", [], twice)).message).toBe(
      'front: section "s-front", section "s-2" have the name "front": use the id',
    );
  });

  it("suggests the nearest name", () => {
    expect(refused(() => find("frnot")).message).toBe('frnot: there is no place "frnot"; did you mean "front"?');
    expect(refused(() => find("zzzzzzz")).message).toBe('zzzzzzz: there is no place "zzzzzzz"');
    expect(nearest("Gate A", ["gate-B", "gate-A"])).toBe("gate-A");
    expect(nearest("x", ["completely different"])).toBeNull();
    expect(placeNames({ places: [] }, room())).toContain("l-mid");
  });

  it("takes the layout's offset off drawn places, turns rings counterclockwise, makes circles of 24 corners", () => {
    const layout = room({ frame: { kind: "metres", x: 691_000, y: 5_334_000 } });
    const [x, y] = [691_000, 5_334_000];
    const area = find("a", [{ name: "a", polygon: [[x, y], [x, y + 2], [x + 2, y + 2], [x + 2, y], [x, y]] }], layout); // biome-ignore format: data
    expect(area).toMatchObject({ kind: "area", level: "0", exit: false });
    expect(area.kind === "area" && area.polygons[0]!.outer).toEqual([[2, 0], [2, 2], [0, 2], [0, 0]]); // biome-ignore format: data
    const spot = find("w", [{ name: "w", at: [x + 5, y + 4], radius_m: 2, exit: true }], layout);
    const ring = spot.kind === "area" ? spot.polygons[0]!.outer : [];
    expect(spot).toMatchObject({ exit: true });
    expect(ring).toHaveLength(24);
    for (const [px, py] of ring) expect(Math.hypot(px - 5, py - 4)).toBeCloseTo(2, 9);
  });

  it("projects degrees as the layout does", () => {
    const frame = { kind: "lonlat", lon: 11.5868, lat: 48.1624 } as const;
    const [lon, lat] = toLonLat(frame, 30, -20);
    const spot = find("w", [{ name: "w", at: [lon, lat] }], room({ frame }));
    const ring = spot.kind === "area" ? spot.polygons[0]!.outer : [];
    expect(ring.reduce((sum, p) => sum + p[0], 0) / 24).toBeCloseTo(30, 6);
    expect(ring.reduce((sum, p) => sum + p[1], 0) / 24).toBeCloseTo(-20, 6);
  });

  it("asks for the level where there are several", () => {
    const layout = room();
    const two = { ...layout, levels: [...layout.levels, { ...layout.levels[0]!, id: "1", ordinal: 1 }] };
    expect(refused(() => find("w", [{ name: "w", at: [1, 1] }], two)).message).toMatch(
      /the layout has 2 levels: say which one by "level"/,
    );
    expect(refused(() => find("w", [{ name: "w", at: [1, 1], level: "O" }], two)).message).toMatch(/there is no level "O"/);
    expect(find("w", [{ name: "w", at: [1, 1], level: "1" }], two)).toMatchObject({ level: "1" });
  });
});
