/** Reported problems whose outcome is decided before a run: the scenario against its layout. */
import { describe, expect, it } from "vitest";
import { readLayout } from "../../engine/layout/read.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { layoutInput, neutralCase, scenarioFile } from "../neutral.js";
import { lines, read } from "./helpers.js";

const problems = (name: string): string[] => {
  const given = neutralCase(`${name}/input.json`);
  return lines(checkScenario(read(scenarioFile(given)), readLayout(layoutInput(given))));
};

describe("cases", () => {
  it.each([
    "S01-corner",
    "S02-pressure",
    "S04-counterflow",
    "S05-time-step",
    "S08-finish",
    "S10-determinism",
    "S12-memory",
    "S14-burst",
  ])("%s is accepted", (name) => {
    expect(problems(name)).toEqual([]);
  });

  it("S06: two people in one place are refused, the pair named", () => {
    expect(problems("S06-coincident")).toEqual([
      'people["to E"].agents[1]: agents[1] at (5.00, 4.00) overlaps agents[0]: distance 0.00 m, needs 0.40 m',
    ]);
  });

  it("S06b: 200 people in 9 m2 are refused with how many fit at most, fewer than 90", () => {
    const [found, ...more] = problems("S06b-overfull");
    expect(more).toEqual([]);
    const most = Number(/at most (\d+) in the densest packing/.exec(found!)![1]);
    expect(most).toBeGreaterThan(65);
    expect(most).toBeLessThan(90);
    expect(found).toMatch(/^people.fill: 200 people/);
  });

  it("S07b: a box with xMin > xMax is refused", () => {
    expect(() => problems("S07b-swapped")).toThrow(/xMin > xMax \(-8 > -18\)/);
  });

  it("L19: a waypoint outside the floor is named before anybody walks", () => {
    expect(problems("L19-waypoint")).toEqual(['places[1]: "W" at (12.00, 4.00) lies outside the floor of level "0"']);
  });

  it("L17: the same room gives the same outcome with coordinates of a UTM zone", () => {
    expect(problems("L17-utm")).toEqual(problems("L17-origin"));
  });
});
