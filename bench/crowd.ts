/** Cost of the crowd: agent-steps in the open room, memory at 100,000 people, and JuPedSim in the same run where it is installed. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { placeStart } from "../engine/crowd/arrivals.js";
import { createCrowd } from "../engine/crowd/state.js";
import { step } from "../engine/crowd/step.js";
import { compileWorld } from "../engine/world/compile.js";
import { openRoom } from "./room.js";

/** As in the peer's script beside this file: 5 steps to begin, then 40 that count. */
const WARM_UP = 5;
const STEPS = 40;
/** One more repeat comes first and does not count: it compiles the code. */
const REPEATS = 7;

/** Median and least cost of one agent-step, µs, with everything a step does: journeys, direction, neighbours to 3 m, walls, checks, sorting. */
export function agentStep(people: number, timeStep: number): { median: number; least: number } {
  const { layout, scenario } = openRoom(people, timeStep);
  const world = compileWorld(layout, scenario);
  const costs: number[] = [];
  for (let r = -1; r < REPEATS; r++) {
    const crowd = createCrowd(world, 1);
    placeStart(crowd);
    let agentSteps = 0;
    let began = 0;
    for (let k = 0; k < WARM_UP + STEPS; k++) {
      if (k === WARM_UP) began = performance.now();
      if (k >= WARM_UP) agentSteps += crowd.agents.count;
      crowd.time = k * timeStep;
      step(crowd, timeStep);
    }
    if (r >= 0) costs.push(((performance.now() - began) * 1000) / agentSteps);
  }
  costs.sort((a, b) => a - b);
  return { median: costs[Math.floor(REPEATS / 2)]!, least: costs[0]! };
}

export function benchCrowd(): void {
  console.log("open room, 1.25 persons/m², one exit of 10 m, plain TypeScript, one core");
  for (const people of [1000, 5000, 20000])
    for (const timeStep of [0.05, 0.1]) {
      const { median, least } = agentStep(people, timeStep);
      console.log(`  ${people} people, step ${timeStep} s: ${median.toFixed(2)} µs per agent-step (least ${least.toFixed(2)})`);
    }
  memory();
  peer();
}

function memory(): void {
  const { layout, scenario } = openRoom(100_000, 0.1);
  const crowd = createCrowd(compileWorld(layout, scenario), 1);
  placeStart(crowd);
  const began = performance.now();
  for (let k = 0; k < 50; k++) {
    crowd.time = k * 0.1;
    step(crowd, 0.1);
  }
  const seconds = (performance.now() - began) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `  100000 people, 50 steps of 0.1 s in ${seconds.toFixed(1)} s; largest memory of the process ${megabytes.toFixed(0)} MB`,
  );
}

/** JuPedSim's figure for the same room, from its own Python package; says so where it is missing. */
function peer(): void {
  const script = fileURLToPath(new URL("../../bench/peers/jupedsim_room.py", import.meta.url));
  const { status, stdout } = spawnSync("python3", [script], { encoding: "utf8" });
  console.log(status === 0 ? stdout.trimEnd() : "  JuPedSim is not installed here (pip install jupedsim): no figure of the peer");
}
