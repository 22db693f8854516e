import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameOf, record, room, type Someone } from "./sample.js";

const HALL = "POLYGON ((0 0, 10 0, 10 4, 0 4, 0 0))";
const area = (name: string, x0: number, y0: number, x1: number, y1: number) => ({
  name,
  polygon: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ],
});

/** People on a lattice, one per square metre at its middle, in the first `columns` columns of a hall 4 m deep. */
const lattice = (columns: number, v: Partial<Someone> = {}): Someone[] =>
  Array.from({ length: columns * 4 }, (_, id) => ({ id, x: Math.floor(id / 4) + 0.5, y: (id % 4) + 0.5, ...v }));

describe("sections", () => {
  const places = [area("left", 0, 0, 5, 4), area("middle", 2.5, 0, 7.5, 4), area("corner", 9.75, 3.75, 10, 4)];
  const hall = room(HALL, { measure: { sections: ["left", "middle", "corner"] }, places });

  it("count people, also where borders cut cells and areas overlap", () => {
    const people = [
      { id: 0, x: 2.4, y: 1 },
      { id: 1, x: 2.6, y: 1 },
      { id: 2, x: 4.9, y: 3.9 },
      { id: 3, x: 5.1, y: 3.9 },
      { id: 4, x: 9.9, y: 3.9 },
      { id: 5, x: 9.7, y: 3.9 },
    ];
    const { snapshots, measures } = record(hall, [frameOf(0, 0, people)]);
    expect(snapshots[0]!.areas.map(({ count }) => count)).toEqual([3, 3, 1]);
    expect(measures.sections.map(({ area_m2 }) => area_m2)).toEqual([20, 20, 0.0625]);
    expect(measures.sections[0]!.peak.density).toBeCloseTo(3 / 20, 12);
    expect(snapshots[0]!.site.density).toBeCloseTo(6 / 40, 12);
  });

  it("give the mean speed, and 0 where nobody is", () => {
    const { measures } = record(hall, [
      frameOf(0, 0, [
        { id: 0, x: 1, y: 1, vx: 0.6, vy: 0.8 },
        { id: 1, x: 2, y: 1, vx: -2, vy: 0 },
      ]),
      frameOf(1, 1, []),
    ]);
    expect(measures.sections[0]!.speed.mean).toEqual([expect.closeTo(1.5, 6), 0]);
    expect(measures.sections[0]!.speed.bin_s).toBe(1);
  });

  it("spend time at Fruin's levels and above limits: each frame stands for the time since the one before", () => {
    const crowd = lattice(5);
    const double = [...crowd, ...crowd.map(({ id, x, y }) => ({ id: id + 100, x: x + 0.1, y }))];
    const { measures } = record(hall, [frameOf(0, 0, crowd), frameOf(1, 1, double), frameOf(2, 2, double), frameOf(3, 3, [])]);
    const left = measures.sections[0]!;
    expect(left.peak).toMatchObject({ count: 40, density: 2, at_s: 1, service: "E" });
    expect(left.time_at_service_s).toEqual({ A: 1, B: 0, C: 0, D: 0, E: 2, F: 0 });
    expect(left.time_above_s).toEqual([
      { limit: 2, seconds: 2 },
      { limit: 3, seconds: 0 },
      { limit: 4, seconds: 0 },
      { limit: 5, seconds: 0 },
    ]);
  });

  it("have no pressure where a dense crowd moves as one, and density times variance where it does not", () => {
    // Two people per square metre in a block of 2 m: 8 people, 4 of them faster by 0.2 m/s.
    const block = Array.from({ length: 8 }, (_, id) => ({ id, x: 0.25 + (id % 4) * 0.5, y: id < 4 ? 0.5 : 1.5, vx: 0.5 }));
    const even = record(hall, [frameOf(0, 0, block)]);
    expect(even.measures.sections[0]!.peak.pressure).toBeCloseTo(0, 9);
    const uneven = block.map((someone, k) => ({ ...someone, vx: k < 4 ? 0.5 : 0.7 }));
    const { snapshots } = record(hall, [frameOf(0, 0, uneven)]);
    // Unbiased variance of four values at -0.1 and four at +0.1: 8 * 0.01 / 7.
    expect(snapshots[0]!.areas[0]!.pressure).toBeCloseTo((2 * 0.08) / 7, 6);
  });

  it("have no pressure where people pass each other freely", () => {
    const { snapshots } = record(hall, [
      frameOf(0, 0, [
        { id: 0, x: 1, y: 0.5, vx: 1.3 },
        { id: 1, x: 1, y: 1.5, vx: -1.3 },
      ]),
    ]);
    expect(snapshots[0]!.areas[0]!.pressure).toBe(0);
  });
});

describe("density maps", () => {
  it("hold as many people as were there: sum of mean times area", () => {
    const odd = room("POLYGON ((0 0, 10.3 0, 10.3 4.2, 5 3.3, 0 4.2, 0 0))");
    const inside = fc.record({
      x: fc.double({ min: 0.01, max: 10.2, noNaN: true }),
      y: fc.double({ min: 0.01, max: 3.2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(inside, { maxLength: 30 }), { minLength: 2, maxLength: 25 }), (frames) => {
        const { maps, measures } = record(
          odd,
          frames.map((people, k) =>
            frameOf(
              k,
              k,
              people.map((p, id) => ({ id, ...p })),
            ),
          ),
        );
        const map = maps[0]!;
        const held = map.mean.reduce((sum, value, k) => sum + (map.area[k]! > 0 ? value * map.area[k]! : 0), 0);
        // Frames after the first stand for one second each.
        const expected = frames.slice(1).reduce((sum, people) => sum + people.length, 0) / (frames.length - 1);
        expect(held).toBeCloseTo(expected, 3);
        expect(measures.inside.mean).toEqual(frames.map((people) => people.length));
      }),
      { numRuns: 40 },
    );
  });

  it("peak at the largest 10 s mean, not at a moment", () => {
    const hall = room(HALL);
    // One person stands in a cell for 5 s of 30, three for 10 s.
    const frames = Array.from({ length: 31 }, (_, k) => {
      const people: Someone[] = [];
      if (k >= 1 && k <= 5) people.push({ id: 0, x: 0.5, y: 0.5 });
      if (k >= 11 && k <= 20) for (let id = 1; id <= 3; id++) people.push({ id, x: 3.2 + id / 10, y: 2.5 });
      return frameOf(k, k, people);
    });
    const map = record(hall, frames).maps[0]!;
    const at = (x: number, y: number): number => Math.floor(y) * map.nx + Math.floor(x);
    expect(map.peak[at(0.5, 0.5)]).toBeCloseTo(0.5, 6);
    expect(map.peak[at(3.5, 2.5)]).toBeCloseTo(3, 6);
    expect(map.peak_at[at(3.5, 2.5)]).toBe(20);
    expect(map.mean[at(3.5, 2.5)]).toBeCloseTo(1, 6);
    // The mean is at 2 from the 7th second with three people until the 4th after them.
    expect(map.limits).toEqual([2, 3, 4, 5]);
    expect(map.above[0]![at(3.5, 2.5)]).toBe(7);
    expect(map.above[1]![at(3.5, 2.5)]).toBe(1);
  });

  it("do not call one person in a sliver of floor a crush", () => {
    const slivered = room("POLYGON ((0.95 0, 10 0, 10 4, 0.95 4, 0.95 0))");
    const frames = Array.from({ length: 20 }, (_, k) => frameOf(k, k, [{ id: 0, x: 0.96, y: 0.5 }]));
    const map = record(slivered, frames).maps[0]!;
    expect(Math.max(...map.peak.filter((value) => !Number.isNaN(value)))).toBeCloseTo(1 / 1.05, 5);
  });

  it("know the most people at once in dense cells", () => {
    const dense = Array.from({ length: 12 }, (_, id) => ({ id, x: 0.2 + (id % 6) / 10, y: id < 6 ? 0.5 : 1.5 }));
    const alone = { id: 20, x: 8.5, y: 0.5 };
    const hall = room(HALL, { places: [area("west", 0, 0, 2, 4)], measure: { sections: ["west"] } });
    const frames = Array.from({ length: 25 }, (_, k) => frameOf(k, k, k < 20 ? [...dense, alone] : [alone]));
    const { exposure } = record(hall, frames).measures;
    expect(exposure.limit).toBe(5);
    expect(exposure.areas.find(({ id }) => id === "west")).toMatchObject({ people: 12, peak_density: 6, people_at_s: 9 });
    // One risk cell of 10 m holds the whole hall; the lone person is in no dense cell.
    expect(exposure.areas.filter(({ kind }) => kind === "cell")).toMatchObject([{ x: 0, y: 0, people: 12, peak_density: 6 }]);
  });
});

describe("memory", () => {
  it("does not grow with the run's length: bins double and keep their sums", () => {
    const hall = room(HALL, { duration_s: 10000, measure: { sections: ["half"] }, places: [area("half", 0, 0, 5, 4)] });
    const frames = Array.from({ length: 5000 }, (_, k) => frameOf(k, k, [{ id: 0, x: 1, y: 1 }]));
    const { inside, sections } = record(hall, frames).measures;
    expect(inside.bin_s).toBe(4);
    expect(inside.mean.length).toBe(1250);
    expect(new Set(inside.mean)).toEqual(new Set([1]));
    expect(sections[0]!.time_at_service_s.A).toBe(4999);
  });
});
