/**
 * How much faster than real time 5,000 people evacuate a two-floor building on one core, measures and warnings included, without files: with the
 * pre-movement times of an assembly building, and with everybody setting off at once, which fills doors and stairs most.
 */
import { checkScenario } from "../engine/scenario/check.js";
import { compileWorld } from "../engine/world/compile.js";
import { oneRun } from "../workers/one-run.js";
import { evacuation, twoFloors } from "./building.js";

const REPEATS = 3;

export function benchTwoFloors(): void {
  const layout = twoFloors();
  for (const [name, preMovement, timeStep] of [
    ["alarm, pre-movement by PD 7974-6 category B, management M1, step 0.1 s", { preset: "pd7974-b-m1" }, 0.1],
    ["the same, step 0.2 s", { preset: "pd7974-b-m1" }, 0.2],
    ["all set off at once, step 0.1 s", 0, 0.1],
    ["the same, step 0.2 s", 0, 0.2],
  ] as const) {
    const scenario = evacuation(layout, preMovement, timeStep);
    const problems = checkScenario(scenario, layout);
    if (problems.length > 0) throw new Error(problems.map(({ place, message }) => `${place}: ${message}`).join("\n"));
    const people = scenario.people.reduce((sum, group) => sum + group.count, 0);
    const began = performance.now();
    const world = compileWorld(layout, scenario);
    console.log(`${name}: ${people} people, world compiled in ${seconds(began).toFixed(2)} s, not counted below`);
    // The first run also compiles the code; the others tell what a run of an ensemble costs.
    for (let seed = 1; seed <= REPEATS; seed++) {
      const begin = performance.now();
      const used = process.cpuUsage();
      const { report, timing } = oneRun(
        { layout, scenario, world, seed, task: 0, control: new Int32Array(1), files: null },
        () => {},
      );
      const wall = seconds(begin);
      const { user, system } = process.cpuUsage(used);
      const processor = (user + system) / 1e6;
      const { simulated_s, left, inside, status } = report.result;
      console.log(
        `  seed ${seed}: ${status}, ${left} out, ${inside} inside, ${simulated_s.toFixed(0)} s simulated in ${wall.toFixed(2)} s, processor ${processor.toFixed(2)} s: ${(simulated_s / wall).toFixed(0)} and ${(simulated_s / processor).toFixed(0)} times real time, ${((1e6 * processor) / timing.agentSteps).toFixed(2)} µs of processor time for each of ${timing.agentSteps} agent-steps`,
      );
    }
  }
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
