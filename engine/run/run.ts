/** One run: (World, Scenario, seed) → frames into the sink and a result. Same inputs, same bytes. */
import { type ArrivalPlan, admit, placeStart, planArrivals } from "../crowd/arrivals.js";
import { avoidCrowds, LOOK_EVERY, makeFields } from "../crowd/congestion.js";
import { DOING } from "../crowd/people.js";
import { reconsider, serveLift } from "../crowd/routes.js";
import { type Crowd, createCrowd } from "../crowd/state.js";
import { step } from "../crowd/step.js";
import { MusterError } from "../errors.js";
import type { SmokeField } from "../fire/fields/field.js";
import type { Layout } from "../layout/layout.js";
import type { Scenario } from "../scenario/scenario.js";
import type { World } from "../world/world.js";
import { createFireRun, type FireRun } from "./fire/fire.js";
import { createFrames } from "./frames.js";
import type { Incapacitated, Positions, RunResult, RunSink } from "./records.js";
import { findStuck, trackProgress } from "./stuck.js";

/** Interval of positions between frames, s: in it nobody gets round the post of a door, at 3 m/s a body's width from it. */
const PATH_EVERY = 0.2;

export interface RunOptions {
  world: World;
  scenario: Scenario;
  seed: number;
  sink: RunSink;
  /** The plan of the world; needed where the scenario has fire. */
  layout?: Layout;
  /** Smoke of another program, for `fire.smoke_from`. */
  smoke?: SmokeField;
  /** Asked at every step; true ends the run with CANCELLED. */
  stop?: () => boolean;
  onProgress?: (simulated_s: number, inside: number) => void;
}

export function run(options: RunOptions): RunResult {
  const { world, scenario, seed, sink } = options;
  const dt = scenario.time_step_s;
  const every = Math.round(scenario.output_every_s / dt);
  const last = Math.round(scenario.duration_s / dt);
  const pathEvery = Math.max(1, Math.floor(PATH_EVERY / dt + 1e-6));
  const lookEvery = Math.round(LOOK_EVERY / dt);
  const crowd = createCrowd(world, seed);
  const fire = fireOf(options, crowd);
  const exchangeEvery = fire ? Math.round(fire.exchange_s / dt) : 0;
  const frames = createFrames(crowd, sink);
  sink.start(fire ? { ...frames.info, fire: fire.info } : frames.info);
  for (const notice of [...world.notices, ...placeStart(crowd)]) sink.event({ time: 0, what: notice });
  const arrivals = planArrivals(crowd);
  const stopped = new Set<number>();
  let agentSteps = 0;
  let stepNumber = 0;
  let due = dueEvents(world, -1, 0);
  for (; ; stepNumber++) {
    crowd.time = stepNumber * dt;
    if (due.gates.length + due.lifts.length + due.redirects.length + due.stops.length > 0) apply(crowd, due, stopped, sink, fire);
    admit(crowd, arrivals, stopped);
    if (fire && stepNumber % exchangeEvery === 0) fire.exchange(sink);
    if (stepNumber % lookEvery === 0) {
      trackProgress(crowd);
      avoidCrowds(crowd);
    }
    if (stepNumber % every === 0) {
      checkConservation(crowd);
      frames.write();
      options.onProgress?.(crowd.time, crowd.agents.count);
    } else if (stepNumber % pathEvery === 0) sink.paths?.(positionsOf(crowd));
    if (options.stop?.()) throw new MusterError("CANCELLED", `cancelled at ${crowd.time.toFixed(1)} s of the run`);
    if (stepNumber >= last || isOver(crowd, arrivals, stopped)) break;
    agentSteps += crowd.agents.count;
    step(crowd, dt);
    fire?.step(dt);
    due = dueEvents(world, crowd.time, (stepNumber + 1) * dt);
  }
  if (fire && stepNumber % exchangeEvery !== 0) fire.exchange(sink);
  if (stepNumber % every !== 0) {
    checkConservation(crowd);
    frames.write();
  }
  fire?.goOn(sink, scenario.duration_s, options.stop);
  const result = resultOf(crowd, stepNumber, agentSteps, dt);
  return fire ? { ...result, exposure: fire.exposure.result() } : result;
}

function fireOf({ scenario, layout, smoke }: RunOptions, crowd: Crowd): FireRun | null {
  const { fire } = scenario;
  if (!fire) return null;
  if (!layout) throw new MusterError("INTERNAL", "a run with fire needs its layout");
  if (fire.smoke_from && !smoke)
    throw new MusterError("RUN_FAILED", [{ place: "fire.smoke_from", message: `${fire.smoke_from.file} has not been read` }]);
  return createFireRun({
    crowd,
    layout,
    scenario: { ...scenario, fire },
    smoke: smoke ?? null,
  });
}

const positionsOf = ({ agents, time }: Crowd): Positions => ({
  time,
  count: agents.count,
  id: agents.now.id,
  x: agents.now.x,
  y: agents.now.y,
  sheet: agents.now.sheet,
});

interface Due {
  gates: World["events"];
  lifts: World["liftEvents"];
  redirects: World["redirects"];
  stops: World["stops"];
}

/** Events with after < at_s <= upto. */
function dueEvents(world: World, after: number, upto: number): Due {
  const due = <T extends { at_s: number }>(list: readonly T[]): T[] => list.filter((e) => e.at_s > after && e.at_s <= upto);
  return { gates: due(world.events), lifts: due(world.liftEvents), redirects: due(world.redirects), stops: due(world.stops) };
}

function apply(crowd: Crowd, due: Due, stopped: Set<number>, sink: RunSink, fire: FireRun | null): void {
  for (const { gate, open, what } of due.gates) {
    crowd.gates.open[gate] = open ? 1 : 0;
    fire?.gateEvent(gate, open);
    sink.event({ time: crowd.time, what });
  }
  for (const { what } of due.redirects) sink.event({ time: crowd.time, what });
  for (const { lift, runs, what } of due.lifts) {
    serveLift(crowd, lift, runs);
    sink.event({ time: crowd.time, what });
  }
  if (due.gates.length + due.lifts.length > 0) {
    makeFields(crowd);
    reconsider(crowd);
  }
  for (const { groups } of due.stops) {
    for (const g of groups) stopped.add(g);
    sink.event({ time: crowd.time, what: `inflow stops: ${groups.map((g) => crowd.world.groups[g]!.name).join(", ")}` });
  }
}

/** People are never deleted: asked = waiting + inside + left. */
function checkConservation(crowd: Crowd): void {
  const waiting = crowd.waiting.reduce((sum, line) => sum + line.length, 0);
  const { asked, left } = crowd;
  const inside = crowd.agents.count;
  if (asked !== waiting + inside + left)
    throw new MusterError(
      "RUN_FAILED",
      `people lost: asked ${asked}, waiting ${waiting}, inside ${inside}, left ${left} at ${crowd.time.toFixed(2)} s`,
    );
}

/** Nobody is inside or waiting, and nobody will come. */
function isOver(crowd: Crowd, arrivals: ArrivalPlan, stopped: ReadonlySet<number>): boolean {
  if (crowd.agents.count > crowd.fallen.length || crowd.waiting.some((line) => line.length > 0)) return false;
  for (let k = arrivals.next; k < arrivals.ids.length; k++) if (!stopped.has(crowd.people.group[arrivals.ids[k]!]!)) return false;
  return true;
}

function resultOf(crowd: Crowd, steps: number, agentSteps: number, dt: number): RunResult {
  const { agents, people, world } = crowd;
  const waiting = crowd.waiting.reduce((sum, line) => sum + line.length, 0);
  let wanting = 0;
  for (let i = 0; i < agents.count; i++) {
    const id = agents.now.id[i]!;
    const lasting =
      (people.doing[id] === DOING.STAYING && people.until[id] === Infinity) || world.groups[people.group[id]!]!.repeats;
    if (!lasting && people.doing[id] !== DOING.INCAPACITATED) wanting++;
  }
  const empty = agents.count === crowd.fallen.length && waiting === 0;
  return {
    status: empty ? "finished" : wanting === 0 && waiting === 0 ? "lasting" : "time-limit",
    simulated_s: steps * dt,
    steps,
    asked: crowd.asked,
    waiting,
    inside: agents.count,
    left: crowd.left,
    agentSteps,
    minCoreGap_m: crowd.out.minCoreGap,
    wallCrossings: 0,
    wallLimited: crowd.out.wallLimited,
    stuck: findStuck(crowd),
    lifts: world.lifts.map(({ name }, l) => {
      const { trips, carried, waits } = crowd.lifts[l]!;
      return {
        name,
        trips,
        carried,
        wait_mean_s: waits.count > 0 ? waits.sum / waits.count : null,
        wait_max_s: waits.count > 0 ? waits.most : null,
      };
    }),
    redirects: world.redirects.map(({ at_s, what }, k) => {
      const { heard, followed } = crowd.redirects[k]!;
      return { at_s, what, heard, followed };
    }),
    unfinished: wanting + waiting,
    ...(crowd.surroundings ? { incapacitated: fallenPeople(crowd) } : {}),
  };
}

/** Everybody who cannot walk any more, in order of time. */
function fallenPeople({ fallen, agents, people, world }: Crowd): Incapacitated[] {
  return fallen.map(({ id, time, cause }) => {
    const i = agents.slotOf[id]!;
    return {
      id,
      group: world.groups[people.group[id]!]!.name,
      level: world.sheets[agents.now.sheet[i]!]!.name,
      x: agents.now.x[i]!,
      y: agents.now.y[i]!,
      time_s: time,
      cause,
    };
  });
}
