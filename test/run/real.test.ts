/**
 * 500 people at random in real plans, whose licences keep them out of this project: everybody leaves or is named before the run starts.
 * Read from the folder named by MUSTER_DATA (default: `shared` beside the checkout).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { distance2 } from "../../engine/geometry/plane.js";
import type { Layout } from "../../engine/layout/layout.js";
import { toFile } from "../../engine/layout/project.js";
import { readLayout } from "../../engine/layout/read.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { walk } from "./walk.js";

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const wkt = join(data, "layouts/jupedsim");
const imdf = join(data, "layouts/imdf");
const present = existsSync(wkt) && existsSync(imdf);
if (!present) process.stderr.write(`test/run/real.test.ts: skipped, ${wkt} or ${imdf} is not there (set MUSTER_DATA)\n`);

const PEOPLE = 500;

/**
 * People all over the floor, one exit area of 1 m radius at a corner of each part of it. Small plans take as many as fit at 1/m2.
 */
function scenarioFor(layout: Layout): Scenario {
  const { parts } = layout.report;
  const places: Record<string, unknown>[] = [];
  const people: Record<string, unknown>[] = [];
  const count = Math.min(PEOPLE, Math.floor(layout.report.area));
  const exits = parts.map((part, k) => {
    const [x, y] = part.at;
    places.push({ name: `exit-${k}`, level: part.levels[0], at: toFile(layout.frame, [x, y]), radius_m: 1.5, exit: true });
    return `exit-${k}`;
  });
  for (const level of layout.levels) {
    const floor = layout.sheets.filter((s) => s.kind === "floor" && s.level === level.id).flatMap((s) => s.regions);
    floor.forEach((region, k) => {
      places.push({ name: `floor-${level.id}-${k}`, level: level.id, polygon: region.outer.map((p) => toFile(layout.frame, p)) });
    });
  }
  const areas = places.filter((p) => String(p.name).startsWith("floor-")).map((p) => p.name);
  people.push({ name: "all", count, start: { in: areas }, journey: [{ leave: { by: exits } }] });
  const text = JSON.stringify({ muster: 1, name: "real", layout: "x", duration_min: 40, places, people });
  return readScenario({ name: "real", text, files: () => "" });
}

/** Whether any step between two frames leads through a wall; frames stand 1 s apart, so only people on a straight free way are judged. */
function nearestToWalls(layout: Layout, frames: { x: number[]; y: number[]; sheet: number[] }[]): number {
  let least = Infinity;
  for (const frame of frames.filter((_, k) => k % 10 === 0))
    frame.x.forEach((x, i) => {
      const { walls } = layout.sheets[frame.sheet[i]!]!;
      for (let w = 0; w < walls.length; w += 4)
        least = Math.min(least, distance2(x, frame.y[i]!, walls[w]!, walls[w + 1]!, walls[w + 2]!, walls[w + 3]!));
    });
  return Math.sqrt(least);
}

describe.runIf(present)("500 people in real plans leave or are named", () => {
  const check = (layout: Layout): void => {
    const { result, events, frames } = walk(layout, scenarioFor(layout));
    const named = events
      .filter((e) => e.time === 0)
      .map((e) => /(\d+) of \d+ people cannot get/.exec(e.what))
      .map((m) => Number(m?.[1] ?? 0));
    const cutOff = named.reduce((a, b) => a + b, 0);
    expect(result.wallCrossings).toBe(0);
    expect(result.left + cutOff).toBe(result.asked);
    expect(nearestToWalls(layout, frames)).toBeGreaterThan(0.01);
  };

  for (const name of present ? readdirSync(wkt).filter((f) => f.endsWith(".wkt")) : [])
    it(name, () => check(readLayout({ name, bytes: readFileSync(join(wkt, name)) })), 120_000);

  it("the university campus", () => {
    const files = new Map(readdirSync(imdf).map((f) => [f, new Uint8Array(readFileSync(join(imdf, f)))]));
    check(readLayout({ name: "campus", files }));
  }, 120_000);
});
