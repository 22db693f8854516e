/**
 * Cost of the classic models in the open room at their own step, and JuPedSim's in the same run: processor time of one agent-step with everything a step
 * does. People of the room have free speeds of the default population and bodies of it, as the headway bench.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { placeStart } from "../engine/crowd/arrivals.js";
import { createCrowd } from "../engine/crowd/state.js";
import { step } from "../engine/crowd/step.js";
import { CLASSIC_MODELS } from "../engine/scenario/models.js";
import { readScenario } from "../engine/scenario/read.js";
import { compileWorld } from "../engine/world/compile.js";
import { openRoom } from "./room.js";

const PEOPLE = 20_000;
const WARM_UP = 5;
const STEPS = 40;
/** One more repeat comes first and does not count. */
const REPEATS = 5;

export function benchModels(): void {
  console.log(`open room, ${PEOPLE} people at 1.25 persons/m², one core, processor time; medians of ${REPEATS} repeats`);
  for (const name of Object.keys(CLASSIC_MODELS)) {
    const { dt, median, least } = cost(name);
    console.log(`  ${name}, step ${dt} s: ${median.toFixed(2)} µs per agent-step (least ${least.toFixed(2)})`);
  }
  const script = fileURLToPath(new URL("../../bench/peers/jupedsim_room.py", import.meta.url));
  const { status, stdout } = spawnSync("python3", [script], { encoding: "utf8" });
  console.log(status === 0 ? stdout.trimEnd() : "  JuPedSim is not installed here (pip install jupedsim): no figure of the peer");
}

function cost(name: string): { dt: number; median: number; least: number } {
  const { layout, scenario } = openRoom(PEOPLE, 0.1);
  // Model and step with their defaults, as a file that names the model alone gets them.
  const text = JSON.stringify({
    muster: 1,
    duration_s: 60,
    model: name,
    people: [{ name: "all", count: 1, start: { in: "room" }, journey: [] }],
  });
  const { model, time_step_s: dt } = readScenario({ name, text, files: () => "" });
  const world = compileWorld(layout, { ...scenario, model, time_step_s: dt });
  const costs: number[] = [];
  for (let r = -1; r < REPEATS; r++) {
    const crowd = createCrowd(world, 1);
    placeStart(crowd);
    let agentSteps = 0;
    let began = process.cpuUsage();
    for (let k = 0; k < WARM_UP + STEPS; k++) {
      if (k === WARM_UP) began = process.cpuUsage();
      if (k >= WARM_UP) agentSteps += crowd.agents.count;
      crowd.time = k * dt;
      step(crowd, dt);
    }
    const { user, system } = process.cpuUsage(began);
    if (r >= 0) costs.push((user + system) / agentSteps);
  }
  costs.sort((a, b) => a - b);
  return { dt, median: costs[Math.floor(REPEATS / 2)]!, least: costs[0]! };
}
