/** One step from the same state gives the velocity of JuPedSim 1.4.2 (test/reference/jupedsim/steps.json, written by bench/peers/jupedsim_steps.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sortByBin, WALKING } from "../../engine/crowd/agents.js";
import { placeStart } from "../../engine/crowd/arrivals.js";
import { createCrowd } from "../../engine/crowd/state.js";
import { readLayout } from "../../engine/layout/read.js";
import { compileWorld } from "../../engine/world/compile.js";
import { binAt } from "../../engine/world/world.js";
import { scenarioOf } from "../run/plan.js";
import { stage, velocities, wishFor } from "./stage.js";

interface Steps {
  dt: number;
  room: [number, number];
  target: [number, number];
  models: Record<string, { radius: number; states: number[][][] }>;
}

const steps = JSON.parse(readFileSync(new URL("../reference/jupedsim/steps.json", import.meta.url), "utf8")) as Steps; // written in this form

/** Largest difference of a velocity, m/s, and the number of people compared. */
function difference(model: string, speed: number, state: number[][]): { most: number; people: number } {
  const [tx, ty] = steps.target;
  const { radius } = steps.models[model]!;
  const bodies = state.map(([x, y, vx, vy, hx, hy]) => {
    const d = Math.hypot(tx - x!, ty - y!);
    return { x: x!, y: y!, vx: vx!, vy: vy!, hx: hx!, hy: hy!, wx: (speed * (tx - x!)) / d, wy: (speed * (ty - y!)) / d, radius };
  });
  const crowd = stage({ model, bodies, width: steps.room[0], depth: steps.room[1], dt: steps.dt });
  let most = 0;
  velocities(crowd, steps.dt).forEach(([vx, vy], id) => {
    most = Math.max(most, Math.abs(vx - state[id]![6]!), Math.abs(vy - state[id]![7]!));
  });
  return { most, people: state.length };
}

describe("one step from JuPedSim's states", () => {
  it.each([
    ["anticipation-velocity", 1.2, 0],
    ["anticipation-velocity", 1.2, 1],
    ["anticipation-velocity", 1.2, 2],
    ["social-force", 0.8, 0],
    ["social-force", 0.8, 1],
    ["social-force", 0.8, 2],
  ])("%s at %f m/s, state %i", (model, speed, k) => {
    const { most, people } = difference(model, speed, steps.models[model]!.states[k]!);
    expect(people).toBeGreaterThan(50);
    expect(most).toBeLessThan(2e-3);
  });
  // Float32 states, and repulsions below 1e-4 left out: together below 2 mm/s.
  it.each([0, 1, 2])("collision-free speed model, state %i", (k) => {
    const { most, people } = difference("collision-free-speed", 1.2, steps.models["collision-free-speed"]!.states[k]!);
    expect(people).toBeGreaterThan(50);
    expect(most).toBeLessThan(2e-3);
  });
});

interface Door {
  dt: number;
  radius: number;
  speed: number;
  outline: [number, number][];
  states: number[][][];
}

describe("a crowd before a door", () => {
  // Corners and walls matter here: the form of the anticipation velocity model at walls is JuPedSim's own.
  it.each([0, 1, 2])("gets the velocities of JuPedSim's anticipation velocity model, state %i", (k) => {
    const door = JSON.parse(readFileSync(new URL("../reference/jupedsim/door.json", import.meta.url), "utf8")) as Door; // written in this form
    const state = door.states[k]!;
    const ring = door.outline.map(([x, y]) => `${x} ${y}`).join(", ");
    const layout = readLayout({ name: "door.wkt", bytes: new TextEncoder().encode(`POLYGON ((${ring}))`) });
    // A file wants a start without overlap; the states are put in afterwards.
    const agents = state.map((_, n) => ({
      at: [0.5 + 0.45 * (n % 9), 0.5 + 0.45 * Math.floor(n / 9)],
      radius_m: door.radius,
      speed_m_s: door.speed,
    }));
    const scenario = scenarioOf(layout, {
      duration_s: 10,
      model: "anticipation-velocity",
      people: [{ name: "all", agents, journey: [] }],
    });
    const world = compileWorld(layout, scenario);
    const crowd = createCrowd(world, 1);
    placeStart(crowd);
    state.forEach(([x, y, vx, vy, hx, hy, ex, ey], id) => {
      const i = crowd.agents.slotOf[id]!;
      Object.entries({ x, y, vx, vy, hx, hy }).forEach(([column, value]) => {
        crowd.agents.now[column as "x"][i] = value!; // the names of Float32 columns
      });
      crowd.agents.now.mode[i] = WALKING;
      crowd.agents.now.bin[i] = binAt(world.sheets[0]!, x!, y!);
      wishFor(crowd, id, door.speed * ex!, door.speed * ey!);
    });
    sortByBin(crowd.agents);
    const bank = crowd.agents.now;
    for (let i = 0; i < crowd.agents.count; i++) bank.look[i] = i;
    expect(state.length).toBeGreaterThan(60);
    velocities(crowd, door.dt).forEach(([vx, vy], id) => {
      expect(Math.hypot(vx - state[id]![8]!, vy - state[id]![9]!), `person ${id}`).toBeLessThan(2e-3);
    });
  });
});
