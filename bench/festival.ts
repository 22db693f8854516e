/** Time of 30 minutes of festival-square with 8,000 visitors on one core, with measures and warnings, without files. */
import { fileURLToPath } from "node:url";
import { readInput } from "../cli/input.js";
import { compileWorld } from "../engine/world/compile.js";
import { oneRun } from "../workers/one-run.js";

const MINUTES = 30;

export function benchFestival(): void {
  const folder = fileURLToPath(new URL("../../scenarios/festival-square", import.meta.url));
  const { layout, scenario } = readInput(folder);
  const people = scenario.people.reduce((sum, group) => sum + group.count, 0);
  let began = performance.now();
  const world = compileWorld(layout, scenario);
  console.log(`festival-square: world compiled in ${((performance.now() - began) / 1000).toFixed(2)} s`);
  const shortened = { ...scenario, duration_s: MINUTES * 60 };
  began = performance.now();
  const { report, timing } = oneRun(
    { layout, scenario: shortened, world, seed: 1, task: 0, control: new Int32Array(1), files: null },
    () => {},
  );
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `  ${people} people asked for, ${MINUTES} minutes, ${timing.agentSteps} agent-steps: ${seconds.toFixed(1)} s, ${((1e6 * seconds) / timing.agentSteps).toFixed(2)} µs each, ${report.result.inside} inside at the end`,
  );
}
