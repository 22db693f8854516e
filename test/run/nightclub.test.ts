/** The plan and the people of scenarios/nightclub against the published figures (sources: its README.md). */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readInput } from "../../cli/input.js";
import { polygonsArea } from "../../engine/geometry/polygon.js";

const read = (file: string) => readInput(fileURLToPath(new URL(`../../scenarios/nightclub/${file}`, import.meta.url)));
const FILES = ["scenario.yaml", "variants/four-exits.yaml", "variants/front-rush.yaml"] as const;
const inputs = FILES.map(read);
const { layout } = inputs[0]!;

const corners = layout.units.flatMap((unit) => unit.polygons.flatMap(({ outer, holes }) => [outer, ...holes].flat()));
const extent = (axis: 0 | 1) =>
  Math.max(...corners.map((corner) => corner[axis])) - Math.min(...corners.map((corner) => corner[axis]));
const opening = (id: string) => layout.openings.find((each) => each.id === id)!;

describe("plan of the nightclub", () => {
  it("has the published extent, 32.8 m x 20.9 m", () => {
    expect(extent(0)).toBeCloseTo(32.8, 6);
    expect(extent(1)).toBeCloseTo(20.9, 6);
  });
  it.each([
    ["front-door", 1.727],
    ["inner-door", 0.914],
    ["bar-door", 0.914],
    ["kitchen-door", 0.914],
    ["platform-door", 0.914],
  ])("%s has the clear width that NIST measured, %d m", (id, width) => {
    expect(opening(id).width).toBeCloseTo(width, 2);
  });
});

describe("people of the nightclub", () => {
  const count = (index: number) => inputs[index]!.scenario.people.reduce((sum, group) => sum + group.count, 0);
  it("are 404, the legal limit, without fire and 460 on the night", () => {
    expect(FILES.map((_, index) => count(index))).toEqual([460, 404, 404]);
  });
  it("all know the front door on the night", () => {
    for (const group of inputs[0]!.scenario.people) expect(group.familiar_with).toContain("front-door");
  });
  it("fill the rooms at the densities of NIST's egress study, which add up to its 420 people", () => {
    const area = (id: string) => polygonsArea([...layout.units, ...layout.sections].find((each) => each.id === id)!.polygons);
    const bar = polygonsArea([layout.fixtures.find(({ id }) => id === "bar-counter")!.polygon]);
    const people =
      2.17 * (area("dance-floor") + area("behind-dance-floor") + area("between-bars")) +
      1.56 * (area("main-bar") - bar + area("sunroom")) +
      0.72 * (area("dining") + area("rear-bar")) +
      36;
    expect(Math.abs(people / 420 - 1)).toBeLessThan(0.05);
  });
});
