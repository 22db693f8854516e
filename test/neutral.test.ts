import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLayout } from "../engine/layout/read.js";
import { checkScenario } from "../engine/scenario/check.js";
import { readScenario } from "../engine/scenario/read.js";
import { layoutInput, neutralCase, scenarioFile } from "./neutral.js";

const folder = fileURLToPath(new URL("./cases", import.meta.url));
/** Cases whose own expectation is to be refused, by the program or (S07b) by the converter. */
const REFUSED = ["S06-coincident", "S06b-overfull", "S07b-swapped", "L10-zero-width", "L13-unreachable", "L19-waypoint"];
const cases = readdirSync(folder).filter((name) => readdirSync(`${folder}/${name}`).includes("input.json"));

const read = (name: string) => {
  const given = neutralCase(`${name}/input.json`);
  return readScenario({ name, text: JSON.stringify(scenarioFile(given)), files: () => "" });
};

describe("the converter of neutral cases", () => {
  const runnable = cases.filter((name) => !REFUSED.includes(name) && neutralCase(`${name}/input.json`).scenario);
  it.each(runnable)("%s: layout and scenario are accepted and fit each other", (name) => {
    const given = neutralCase(`${name}/input.json`);
    const scenario = read(name);
    expect(checkScenario(scenario, readLayout(layoutInput(given)))).toEqual([]);
    const asked = scenario.people.reduce((sum, { count }) => sum + count, 0);
    const { agents = [], fill, source } = given.scenario!;
    const burst =
      source?.schedule?.reduce((sum, { count }) => sum + count, 0) ??
      ((source?.perMinute ?? 0) * (given.scenario!.tMax ?? 0)) / 60;
    expect(asked).toBe(agents.length + (fill?.count ?? 0) + burst);
  });

  it("covers every case with a scenario", () => {
    expect(runnable.length).toBeGreaterThanOrEqual(13);
  });

  it("S06: two people in one place are refused by name", () => {
    const given = neutralCase("S06-coincident/input.json");
    const problems = checkScenario(read("S06-coincident"), readLayout(layoutInput(given)));
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain("overlaps");
  });

  it("L19: the waypoint outside the floor is refused before the run", () => {
    const layout = readLayout(layoutInput(neutralCase("L19-waypoint/input.json")));
    expect(
      checkScenario(read("L19-waypoint"), layout)
        .map(({ place, message }) => `${place} ${message}`)
        .join(),
    ).toContain("W");
  });
});
