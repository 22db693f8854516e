import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clearing } from "../../engine/measure/leaving.js";
import { createQueue } from "../../engine/measure/waits.js";
import { frameOf, record, room, type Someone } from "./sample.js";

const HALL = "POLYGON ((0 0, 10 0, 10 2, 0 2, 0 0))";
const withLine = (more: Record<string, unknown> = {}) =>
  room(HALL, {
    places: [
      {
        name: "line",
        line: [
          [5, 0],
          [5, 2],
        ],
      },
    ],
    measure: { lines: ["line"] },
    ...more,
  });
const lineOf = (measures: ReturnType<typeof record>["measures"]) => measures.lines.find(({ place }) => place === "line")!;

describe("crossings of a line", () => {
  it("A07: a person who dithers on the line crosses it once", () => {
    const folder = new URL("../cases/A07-line/", import.meta.url);
    const expected = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8"));
    const rows = readFileSync(new URL("input.csv", folder), "utf8")
      .split("\n")
      .filter((row) => /^\d/.test(row))
      .map((row) => row.split(",").map(Number));
    // The line runs north, so who walks east goes from its left to its right: forward.
    const hall = withLine({ output_every_s: 0.1 });
    const line = lineOf(
      record(
        hall,
        rows.map(([id, k, x, y]) => frameOf(k!, k! / 10, [{ id: id!, x: x!, y: y! }])),
      ).measures,
    );
    expect(line.total_forward).toBe(expected.forward);
    expect(line.total_backward).toBe(expected.backward);
    expect(line.forward.reduce((a, b) => a + b, 0)).toBe(expected.net);
    // The crossing that stays is the last one, between frames 5 and 6.
    expect(line.n_t[0]).toBeCloseTo(0.54, 6);
  });

  it("counts who goes and comes back later in both directions", () => {
    const at = (k: number): number => (k < 10 ? 4 : k < 40 ? 6 : 4);
    const line = lineOf(
      record(
        withLine(),
        Array.from({ length: 50 }, (_, k) => frameOf(k, k, [{ id: 0, x: at(k), y: 1 }])),
      ).measures,
    );
    expect([line.total_forward, line.total_backward]).toEqual([1, 1]);
  });

  it("is timed by interpolation, passes the line's ends by, and needs the person in both frames", () => {
    const steps: [Someone, Someone][] = [
      [
        { id: 0, x: 4.9, y: 1 },
        { id: 0, x: 5.3, y: 1 },
      ],
      [
        { id: 1, x: 5.5, y: 0.5 },
        { id: 1, x: 3.5, y: 0.5 },
      ],
    ];
    const line = lineOf(
      record(withLine(), [
        frameOf(
          0,
          0,
          steps.map(([from]) => from),
        ),
        frameOf(
          1,
          1,
          steps.map(([, to]) => to),
        ),
        frameOf(2, 2, [{ id: 2, x: 4, y: 1 }]),
        frameOf(3, 3, []),
        frameOf(4, 4, [{ id: 2, x: 6, y: 1 }]),
      ]).measures,
    );
    expect([line.total_forward, line.total_backward]).toEqual([1, 1]);
    expect(line.n_t[0]).toBeCloseTo(0.25, 5);
    expect(line.backward.findIndex((n) => n > 0)).toBe(Math.floor(0.25 / line.bin_s));
    expect(line.width_m).toBe(2);
  });

  it("keeps forward less backward equal to who is beyond the line, for any walk", () => {
    const hall = withLine();
    const walk = fc.array(fc.double({ min: 0.1, max: 9.9, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(walk, { minLength: 1, maxLength: 8 }), (walks) => {
        const length = Math.max(...walks.map((each) => each.length));
        const where = (each: number[], k: number): number => each[Math.min(k, each.length - 1)]!;
        const frames = Array.from({ length }, (_, k) =>
          frameOf(
            k,
            k,
            walks.map((each, id) => ({ id, x: where(each, k), y: 1 })),
          ),
        );
        const line = lineOf(record(hall, frames).measures);
        const beyond = (k: number): number => walks.filter((each) => Math.fround(where(each, k)) > 5).length;
        expect(line.total_forward - line.total_backward).toBe(beyond(length - 1) - beyond(0));
        expect([...line.forward, ...line.backward].every((n) => n >= 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("finds the busiest minute and the mean flow", () => {
    // One person per second for 90 s, then one per 10 s: 60 in a minute.
    const times = [...Array.from({ length: 90 }, (_, k) => k + 0.5), ...Array.from({ length: 20 }, (_, k) => 95 + 10 * k)];
    const frames = Array.from({ length: 320 }, (_, k) =>
      frameOf(
        k,
        k,
        times.flatMap((t, id) => (k >= t - 2 && k <= t + 2 ? [{ id, x: 5 + (k - t), y: 1 }] : [])),
      ),
    );
    const line = lineOf(record(withLine(), frames).measures);
    expect(line.total_forward).toBe(110);
    expect(line.peak_flow).toBeCloseTo(1, 6);
    expect(line.peak_specific_flow).toBeCloseTo(0.5, 6);
    expect(line.n_t[50]).toBeCloseTo(54.5, 0);
    expect(line.mean_flow).toBeCloseTo((0.8 * 110) / (line.n_t[90]! - line.n_t[10]!), 9);
    // The 11th crossing is at 10.5 s, the 99th at 175 s; times are linear inside bins of a quarter second.
    expect(Math.abs(line.n_t[90]! - line.n_t[10]! - 164.5)).toBeLessThan(0.5);
  });
});

describe("exits", () => {
  const leave = (id: number, time: number) => ({ id, time, exit: 0, x: 0.5, y: 0.5, sheet: 0, group: 0 });

  it("count departures at their exact time, and clearing by person", () => {
    const hall = room(HALL);
    const { measures } = record(
      hall,
      [
        frameOf(
          0,
          0,
          [0, 1, 2, 3].map((id) => ({ id, x: 1 + id, y: 1 })),
        ),
        frameOf(1, 1, [{ id: 3, x: 4, y: 1 }], { departures: [leave(0, 0.3), leave(1, 0.55), leave(2, 0.9)] }),
      ],
      { asked: 4, left: 3 },
    );
    const exit = measures.lines[0]!;
    expect(exit).toMatchObject({ place: "exit", kind: "exit", total_forward: 3, total_backward: 0, width_m: 2 });
    expect(exit.n_t[0]).toBeCloseTo(0.3, 9);
    expect(measures.clearing).toMatchObject({ t50_s: 0.55, t95_s: null, t100_s: null });
    expect(measures.clearing.curve[75]).toBe(0.9);
    expect(measures.clearing.curve[76]).toBeNull();
  });

  it("take the person that makes the share full, without rounding up by mistake", () => {
    const times = Float64Array.from({ length: 100 }, (_, k) => k + 1);
    const { curve, t50_s } = clearing(times, 100);
    expect(t50_s).toBe(50);
    curve.slice(1).forEach((time, k) => {
      expect(time).toBe(k + 1);
    });
    expect(curve[0]).toBe(1);
    expect(clearing(new Float64Array(0), 0).t100_s).toBeNull();
  });
});

describe("queues", () => {
  it("give mean, 95th percentile and longest wait from a histogram", () => {
    const queue = createQueue({ place: "gate", servers: 2, every_s: 1 });
    const waits = Array.from({ length: 100 }, (_, k) => k + 0.5);
    queue.frame({ waiting: 7, beingServed: 2, served: 98, waits }, 5);
    queue.frame({ waiting: 3, beingServed: 2, served: 104, waits: [9000] }, 6);
    const measure = queue.finish();
    expect(measure.peak).toEqual({ waiting: 7, at_s: 5 });
    expect(measure.wait_mean_s).toBeCloseTo((5000 + 9000) / 101, 9);
    expect(measure.wait_p95_s).toBeCloseTo(95.95, 6);
    expect(measure.wait_max_s).toBe(9000);
    expect(measure.served).toBe(104);
  });

  it("know how long the next person has waited, also when nobody is served any more", () => {
    const queue = createQueue({ place: "gate", servers: 1, every_s: 1 });
    queue.frame({ waiting: 1, beingServed: 0, served: 0, waits: [] }, 10);
    queue.frame({ waiting: 1, beingServed: 1, served: 0, waits: [4] }, 14);
    expect(queue.now().wait_s).toBe(0);
    queue.frame({ waiting: 1, beingServed: 1, served: 0, waits: [] }, 74);
    expect(queue.now().wait_s).toBe(60);
    queue.frame({ waiting: 0, beingServed: 1, served: 1, waits: [61] }, 75);
    expect(queue.now()).toMatchObject({ wait_s: 0, joined: 2, begun: 2 });
  });
});
