/** Reported problems with measured trajectories (test/cases/A*), as a user meets them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createCells } from "../../engine/measure/trajectory/cells.js";
import { measuredFloor } from "../../engine/measure/trajectory/floor.js";
import { readArea } from "../../engine/measure/trajectory/shapes.js";
import { measure, muster } from "./measure-muster.js";

const fileOf = (name: string, file = "input.csv"): string => fileURLToPath(new URL(`../cases/${name}/${file}`, import.meta.url));
const expectedOf = (name: string) => JSON.parse(readFileSync(fileOf(name, "expected.json"), "utf8"));
const ROOM = "room=0,0 10,0 10,4 0,4";

describe("A01: one and two people have cells that fill the room", () => {
  it.each(["A01-two-people", "A01b-one-person"])("%s", async (name) => {
    const { cells_m2, density } = expectedOf(name);
    const { areas } = await measure(fileOf(name), "--area", ROOM);
    expect(areas[0]!.voronoi!.density.least).toBeCloseTo(density, 12);
    expect(areas[0]!.voronoi!.density.greatest).toBeCloseTo(density, 12);
    const floor = measuredFloor([readArea("room", ROOM.slice(5), "room").polygon]);
    const found: number[] = [];
    const people = name === "A01-two-people" ? [2, 2, 8, 2] : [2, 2];
    createCells(floor, null).frame(Float64Array.from(people), [floor.box], ({ area }) => found.push(area));
    expect(found).toEqual(cells_m2.map((area: number) => expect.closeTo(area, 12)));
  });

  it("one person with a cut-off has its disc", async () => {
    const { areas } = await measure(fileOf("A01b-one-person"), "--area", ROOM, "--cut-off", "0.8", "--quad-segments", "3");
    // A polygon of twelve corners on the circle: 3 r². The cell lies whole in the room, so the person counts once.
    expect(areas[0]!.voronoi_cut_off!.density.mean).toBeCloseTo(1 / 40, 12);
  });
});

describe("A03: the first and last frames by a policy with a name", () => {
  const { speed, values } = expectedOf("A03-first-frames");
  it.each(["exclude", "adaptive", "single-sided"])("%s", async (border) => {
    const { individual_speed } = await measure(fileOf("A03-first-frames"), "--border", border, "--frame-step", "5");
    expect(individual_speed.count).toBe(values[border]);
    expect(individual_speed.least).toBeCloseTo(speed, 10);
    expect(individual_speed.greatest).toBeCloseTo(speed, 10);
    expect(individual_speed.mean).toBeCloseTo(speed, 10);
  });
});

describe("A04: frame rates", () => {
  it("a rate that gives speeds nobody walks at is warned of", async () => {
    const { stated_rate, real_rate, real_speed, warning } = expectedOf("A04-frame-rate");
    const { individual_speed, warnings, trajectory } = await measure(fileOf("A04-frame-rate"));
    expect(trajectory.frame_rate).toBe(stated_rate);
    expect(individual_speed.mean! * (real_rate / stated_rate)).toBeCloseTo(real_speed, 2);
    expect(warnings).toEqual([expect.stringContaining(warning)]);
    expect(warnings[0]).toContain("frame rate");
  });

  it("no rate is an error, another than the file's too", async () => {
    const other = await muster("measure", fileOf("A04-frame-rate"), "--fps", "25");
    expect(other.code).toBe(2);
    expect(other.stderr).toContain("states 100 frames per second, asked for are 25");
  });
});

describe("A05: a position off the floor", () => {
  const { id, frame, distance_m } = expectedOf("A05-outside");
  it("is named with person, frame and distance, and the others are measured", async () => {
    const { outside, individual_speed, warnings } = await measure(fileOf("A05-outside"), "--frame-step", "1");
    expect(outside).toEqual([{ id, frame, distance_m: expect.closeTo(distance_m, 12) }]);
    expect(individual_speed.count).toBe(8);
    expect(warnings).toEqual([
      expect.stringMatching(/1 positions lie off the floor \(kept as measured\): person 1 in frame 2 by 0\.040 m/),
    ]);
  });

  it("is left out or moved only when asked, and that is told", async () => {
    const without = await measure(fileOf("A05-outside"), "--outside", "exclude", "--frame-step", "1");
    expect(without.trajectory.rows).toBe(7);
    expect(without.warnings[0]).toContain("left out");
    const moved = await measure(fileOf("A05-outside"), "--outside", "move", "--frame-step", "1", "--area", "0,0 5,0 5,2 0,2");
    expect(moved.trajectory.rows).toBe(8);
    expect(moved.warnings[0]).toContain("moved to the nearest place on the floor");
    expect(moved.areas[0]!.classic_density.least).toBeCloseTo(0.2, 12);
  });
});

describe("A07: a person who dithers on a line", () => {
  const line = ["--line", "5,0 5,2"];
  it("counts once, net once; every crossing only when asked for", async () => {
    const { forward, backward, net } = expectedOf("A07-line");
    for (const policy of ["first", "net"]) {
      const { lines } = await measure(fileOf("A07-line"), ...line, "--crossings", policy);
      expect(lines[0]).toMatchObject({ crossings: 1, forward, backward, net, every_crossing: 5 });
    }
    const { lines } = await measure(fileOf("A07-line"), ...line, "--crossings", "every");
    expect(lines[0]).toMatchObject({ crossings: 5, forward: 3, backward: 2, net });
  });
});
