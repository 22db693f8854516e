/** What the movement model gives in a corridor and at a door. Bands that keep docs/models/movement.md true. */
import { describe, expect, it } from "vitest";
import { run } from "../../engine/run/run.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

const WIDTH = 1.8;
const BLOCK = 60;

/** Weidmann 1993 with v0 = 1.34 m/s, m/s at a density in persons/m2. */
const weidmann = (density: number): number => 1.34 * (1 - Math.exp(-1.913 * (1 / density - 1 / 5.4)));

/** Mean density and speed at x 18..38 m between 8 and 16 s of a block of 60 m that walks off. */
function corridor(density: number): { density: number; speed: number } {
  const layout = layoutOf({
    rooms: [{ id: "corridor", ring: box(0, 0, 140, WIDTH) }],
    doors: [
      {
        id: "end",
        line: [
          [140, 0],
          [140, WIDTH],
        ],
      },
    ],
  });
  const count = Math.round(density * BLOCK * WIDTH);
  const rows = Math.max(1, Math.round(Math.sqrt((count * WIDTH) / BLOCK)));
  const columns = Math.ceil(count / rows);
  const agents = Array.from({ length: count }, (_, k) => ({
    at: [0.5 + (Math.floor(k / rows) + 0.5) * (BLOCK / columns), 0.2 + ((k % rows) + 0.5) * ((WIDTH - 0.4) / rows)],
    radius_m: 0.2,
    speed_m_s: 1.18 + 0.4 * (((k * 7919) % count) / count),
  }));
  const scenario = scenarioOf(layout, {
    duration_s: 16,
    output_every_s: 0.5,
    people: [{ name: "all", agents, journey: [{ leave: "end" }] }],
  });
  const sum = { speed: 0, people: 0, frames: 0 };
  run({
    world: compileWorld(layout, scenario),
    scenario,
    seed: 1,
    sink: {
      start: () => undefined,
      event: () => undefined,
      frame(f) {
        if (f.time < 8) return;
        sum.frames++;
        for (let i = 0; i < f.count; i++) {
          if (f.x[i]! < 18 || f.x[i]! >= 38) continue;
          sum.people++;
          sum.speed += f.vx[i]!;
        }
      },
    },
  });
  return { density: sum.people / sum.frames / (20 * WIDTH), speed: sum.speed / sum.people };
}

/** Specific flow through a door of 1 m length between 20 and 80 % of the crossings, persons/(m s); null where somebody stays. */
function doorFlow(width: number, seed: number): number | null {
  const count = 80;
  const depth = 5;
  const low = 5 - width / 2;
  const layout = layoutOf({
    rooms: [
      { id: "room", ring: box(0, 0, depth, 10), open: true },
      { id: "door", ring: box(depth, low, depth + 1, low + width), open: true },
      { id: "beyond", ring: box(depth + 1, 0, depth + 7, 10), open: true },
    ],
    sections: [{ id: "start", ring: box(0.3, 0.3, depth - 1, 9.7) }],
    doors: [
      {
        id: "end",
        line: [
          [depth + 7, 2],
          [depth + 7, 8],
        ],
      },
    ],
  });
  const people = [{ name: "all", count, start: { in: "start" }, journey: [{ leave: "end" }] }];
  const scenario = scenarioOf(layout, { duration_s: 300, output_every_s: 0.5, people });
  const middle = depth + 0.5;
  const before = new Map<number, number>();
  const crossings: number[] = [];
  const result = run({
    world: compileWorld(layout, scenario),
    scenario,
    seed,
    sink: {
      start: () => undefined,
      event: () => undefined,
      frame(f) {
        for (let i = 0; i < f.count; i++) {
          const id = f.id[i]!;
          const last = before.get(id) ?? 0;
          if (last <= middle && f.x[i]! > middle) crossings.push(f.time - 0.5 * ((f.x[i]! - middle) / (f.x[i]! - last)));
          before.set(id, f.x[i]!);
        }
      },
    },
  });
  if (result.status !== "finished") return null;
  crossings.sort((a, b) => a - b);
  const [a, b] = [Math.floor(0.2 * count), Math.floor(0.8 * count)];
  return (b - a) / (crossings[b]! - crossings[a]!) / width;
}

describe("movement as documented", () => {
  it("corridor speeds lie within 0.25 m/s of Weidmann's diagram and fall with density", () => {
    const points = [0.6, 1.2, 2, 3].map(corridor);
    for (const { density, speed } of points) expect(Math.abs(speed - weidmann(density))).toBeLessThan(0.25);
    for (let k = 1; k < points.length; k++) expect(points[k]!.speed).toBeLessThan(points[k - 1]!.speed);
  });

  it("doors pass within 15 % of 1.9 persons/(m s) on average, each run within 25 %, and none jams", () => {
    for (const width of [0.8, 1.2, 2]) {
      const flows = [1, 2, 3].map((seed) => doorFlow(width, seed)!);
      for (const flow of flows) expect(Math.abs(flow / 1.9 - 1)).toBeLessThan(0.25);
      expect(Math.abs(flows.reduce((a, b) => a + b, 0) / 3 / 1.9 - 1)).toBeLessThan(0.15);
    }
  });
});
