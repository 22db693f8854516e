/** The factor on the time gap: people behind a slow one keep a distance that grows with it by the law of the time gap. */
import { describe, expect, it } from "vitest";
import { box, layoutOf, scenarioOf } from "../run/plan.js";
import { walk } from "../run/walk.js";

const corridor = layoutOf({
  rooms: [{ id: "corridor", ring: box(0, 0, 60, 0.8) }],
  doors: [{ id: "exit", line: [[60, 0.05], [60, 0.75]] }], // biome-ignore format: one line a door
});

/** Distance between two who follow a leader of 0.4 m/s, m, once steady. */
function spacing(motivation: number | string, leader = 0.4): number {
  const agents = [20, 18, 16].map((x, k) => ({ at: [x, 0.4], speed_m_s: k === 0 ? leader : 1.3, radius_m: 0.2 }));
  const scenario = scenarioOf(corridor, {
    duration_s: 60,
    people: [{ name: "file", agents, motivation, single_file: true, journey: [{ leave: "exit" }] }],
  });
  const { frames } = walk(corridor, scenario);
  const last = frames.findLast((f) => f.id.length === 3)!;
  const at = (id: number): number => last.x[last.id.indexOf(id)]!;
  return at(1) - at(2);
}

describe("motivation", () => {
  it("is 1 where nothing is said", () => {
    const scenario = scenarioOf(corridor, { duration_s: 1, people: [{ name: "a", count: 1, start: { in: "corridor" } }] });
    expect(scenario.people[0]!.motivation).toBe(1);
  });

  it("scales the part of the distance that the speed asks for, and nothing else", () => {
    const [half, one, two] = [spacing(0.5), spacing(1), spacing(2)];
    expect(two).toBeGreaterThan(one + 0.05);
    // spacing = body + factor × T × speed: linear in the factor; a tenth for the last bit of closing up.
    expect(Math.abs((two - one) / (one - half) - 2)).toBeLessThan(0.2);
    expect(spacing(2, 0.2)).toBeLessThan(two);
  });

  it("knows three words", () => {
    expect(spacing("normal")).toBe(spacing(1));
    expect(spacing("high")).toBeLessThan(spacing("normal"));
    expect(spacing("low")).toBeGreaterThan(spacing("normal"));
  });

  it("refuses other words and numbers out of range", () => {
    const group = (motivation: unknown) => ({
      duration_s: 1,
      people: [{ name: "a", count: 1, start: { in: "corridor" }, motivation }],
    });
    expect(() => scenarioOf(corridor, group(0.4))).toThrow();
    expect(() => scenarioOf(corridor, group("eager"))).toThrow();
  });
});
