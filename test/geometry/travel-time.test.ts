import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descent, travelTime, type WalkingGraph } from "../../engine/geometry/travel-time.js";

/** A grid of nx × ny cells of 1 m with the cells of `holes` left out. */
function grid(nx: number, ny: number, holes: ReadonlySet<number> = new Set()): WalkingGraph {
  const neighbours = new Int32Array(4 * nx * ny).fill(-1);
  const free = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= nx || y >= ny || holes.has(y * nx + x) ? -1 : y * nx + x;
  for (let y = 0; y < ny; y++)
    for (let x = 0; x < nx; x++)
      if (free(x, y) >= 0) neighbours.set([free(x + 1, y), free(x, y + 1), free(x - 1, y), free(x, y - 1)], 4 * (y * nx + x));
  return { neighbours, sources: neighbours, slowness: new Float32Array(nx * ny).fill(1), cell: 1 };
}

const seedAt = (node: number) => ({ nodes: Int32Array.of(node), times: Float32Array.of(0), directions: new Float32Array(0) });

function solve(graph: WalkingGraph, seed: number): Float32Array {
  const time = new Float32Array(graph.slowness.length);
  travelTime(graph, seedAt(seed), time);
  return time;
}

describe("travel times", () => {
  it("are distances on an open floor: exact along axes, within 12 % on the diagonal near the seed and 5 % far from it", () => {
    const n = 101;
    const time = solve(grid(n, n), 50 * n + 50);
    for (let k = 1; k <= 50; k++) expect(time[50 * n + 50 + k]).toBeCloseTo(k, 5);
    const diagonal = (k: number): number => time[(50 + k) * n + 50 + k]! / (k * Math.SQRT2) - 1;
    expect(diagonal(1)).toBeLessThan(0.21);
    expect(diagonal(10)).toBeLessThan(0.09);
    expect(diagonal(50)).toBeLessThan(0.03);
    expect(diagonal(50)).toBeGreaterThan(0);
  });

  it("go round a wall, and are infinite where no way leads", () => {
    const n = 21;
    const wall = new Set(Array.from({ length: 20 }, (_, y) => y * n + 10));
    const time = solve(grid(n, n, wall), 0);
    expect(time[20]).toBeGreaterThan(2 * Math.hypot(10, 20) - 1);
    const shut = new Set(Array.from({ length: 21 }, (_, y) => y * n + 10));
    expect(solve(grid(n, n, shut), 0)[20]).toBe(Infinity);
  });

  it("fulfil the upwind equation at every node over random floors and slowness", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { maxLength: 90 }),
        fc.array(fc.float({ min: 1, max: 4, noNaN: true }), { minLength: 256, maxLength: 256 }),
        (holes, slow) => {
          const graph = { ...grid(16, 16, new Set(holes)), slowness: Float32Array.from(slow) };
          const time = solve(graph, 0);
          for (let n = 1; n < 256; n++) {
            if (time[n] === Infinity) continue;
            const t = (k: number): number => (graph.neighbours[4 * n + k]! < 0 ? Infinity : time[graph.neighbours[4 * n + k]!]!);
            const a = time[n]! - Math.min(t(0), t(2));
            const b = time[n]! - Math.min(t(1), t(3));
            const residual = Math.hypot(Math.max(0, a), Math.max(0, b)) / graph.slowness[n]!;
            expect(Math.abs(residual - 1)).toBeLessThan(1e-4);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("respect one-way edges", () => {
    const graph = grid(3, 1);
    const neighbours = Int32Array.from(graph.neighbours);
    const sources = Int32Array.from(graph.neighbours);
    // Walking from 1 to 0 is forbidden; from 0 to 1 it is not.
    neighbours[4 * 1 + 2] = -1;
    sources[4 * 0 + 0] = -1;
    const oneWay = { ...graph, neighbours, sources };
    expect([...solve(oneWay, 0)]).toEqual([0, Infinity, Infinity]);
    expect([...solve(oneWay, 2)]).toEqual([2, 1, 0]);
  });

  it("directions lead downhill and have length one", () => {
    const graph = grid(20, 20, new Set([45, 46, 66, 86, 106, 107]));
    const time = solve(graph, 0);
    const flow = new Float32Array(4 * 400);
    descent(graph, seedAt(0), time, flow);
    for (let n = 1; n < 400; n++) {
      if (time[n] === Infinity || graph.neighbours.subarray(4 * n, 4 * n + 4).every((m) => m < 0)) continue;
      expect(Math.hypot(flow[4 * n]!, flow[4 * n + 1]!)).toBeCloseTo(1, 5);
      expect(flow[4 * n + 2]).toBe(time[n]);
    }
  });
});
