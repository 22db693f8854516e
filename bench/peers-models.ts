/**
 * The classic models beside JuPedSim through a bottleneck: same people, same start places, same parameters, same step. Flow between 20 and 80 % of the
 * crossings and evacuation time, means over the seeds, with the wished direction found as JuPedSim finds it, and with Muster's own fields.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beginLook, sortByBin } from "../engine/crowd/agents.js";
import { placeStart } from "../engine/crowd/arrivals.js";
import { setDirections } from "../engine/crowd/direction.js";
import { createSocialForce } from "../engine/crowd/models/social-force.js";
import { move } from "../engine/crowd/move.js";
import { tendJourneys } from "../engine/crowd/routes.js";
import { type Crowd, createCrowd } from "../engine/crowd/state.js";
import { readLayout } from "../engine/layout/read.js";
import { readScenario } from "../engine/scenario/read.js";
import { compileWorld } from "../engine/world/compile.js";
import type { World } from "../engine/world/world.js";
import { nextPoint, type Ways, waysTo } from "./peers/funnel.js";

const PEOPLE = 100;
const WIDTHS = [0.8, 1.0, 1.2, 1.6, 2.0, 2.4];
const SEEDS = [1, 2, 3, 4, 5];
const MODELS = ["collision-free-speed", "anticipation-velocity", "social-force"];

/** One line of bench/peers/jupedsim_bottleneck.py. */
interface PeerRun {
  peer: string;
  model: string;
  people: number;
  width: number;
  seed: number;
  dt: number;
  every: number;
  radius: number;
  speed: number;
  limit: number;
  line: number;
  exit: [number, number, number, number];
  outline: [number, number][];
  vertices: [number, number][];
  triangles: [number, number, number][];
  start: [number, number][];
  crossings: number[];
  left: number;
  time: number;
  fault: string | null;
}

interface Outcome {
  crossings: number[];
  left: number;
  time: number;
  wallLimited: number;
  minCoreGap: number;
}

/** Whose directions people walk, and which sign the friction of a wall has. */
interface Way {
  fields: boolean;
  peerFriction: boolean;
}

export function benchPeersModels(): void {
  const script = fileURLToPath(new URL("../../bench/peers/jupedsim_bottleneck.py", import.meta.url));
  console.log(
    `bottleneck of 1 m length, ${PEOPLE} people, ${SEEDS.length} seeds; flow between 20 and 80 % of the crossings; Muster against the peer in brackets`,
  );
  for (const model of MODELS)
    for (const width of WIDTHS) {
      const { status, stdout } = spawnSync("python3", [script, model, `${PEOPLE}`, `${width}`, ...SEEDS.map(String)], {
        encoding: "utf8",
        maxBuffer: 1 << 26,
      });
      if (status !== 0) {
        console.log("  JuPedSim is not installed here (pip install jupedsim): nothing to compare with");
        return;
      }
      const peers = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as PeerRun); // the script's own form
      compare(model, width, peers);
    }
}

function compare(model: string, width: number, peers: PeerRun[]): void {
  const theirs = summary(peers);
  console.log(`  ${model}, ${width} m, ${peers[0]!.peer}: ${text(theirs)}${faults(peers)}`);
  const ways: [string, Way][] = [
    ["directions as the peer's", { fields: false, peerFriction: false }],
    ["directions of Muster's fields", { fields: true, peerFriction: false }],
    ...(model === "social-force"
      ? [["directions and wall friction as the peer's", { fields: false, peerFriction: true }] as [string, Way]]
      : []),
  ];
  for (const [name, way] of ways) {
    const runs = peers.map((peer) => walk(peer, way));
    const ours = summary(runs);
    const limited = runs.reduce((sum, run) => sum + run.wallLimited, 0);
    const gap = Math.min(...runs.map((run) => run.minCoreGap));
    console.log(
      `    ${name}: ${text(ours)} (flow ${change(ours.flow, theirs.flow)}, time ${change(ours.time, theirs.time)}); wall limit ${limited} times, ${gap < Infinity ? `smallest gap of bodies ${gap.toFixed(3)} m` : "bodies never touch"}`,
    );
  }
}

interface Summary {
  flow: number;
  time: number;
  /** Runs in which everybody got out; the means are over these. */
  finished: number;
  runs: number;
  left: number;
}

function summary(runs: { crossings: number[]; left: number; time: number }[]): Summary {
  const out = runs.filter((run) => run.left === 0);
  return {
    flow: mean(runs.filter((run) => run.crossings.length > 10).map(flowOf)),
    time: mean(out.map((run) => run.time)),
    finished: out.length,
    runs: runs.length,
    left: runs.reduce((sum, run) => sum + run.left, 0),
  };
}

/** persons/s between 20 and 80 % of the crossings. */
function flowOf({ crossings }: { crossings: number[] }): number {
  const [a, b] = [Math.floor(0.2 * crossings.length), Math.floor(0.8 * crossings.length) - 1];
  return (b - a) / (crossings[b]! - crossings[a]!);
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const change = (ours: number, theirs: number): string =>
  `${ours >= theirs ? "+" : ""}${(100 * (ours / theirs - 1)).toFixed(1)} %`;
const text = ({ flow, time, finished, runs, left }: Summary): string =>
  `flow ${flow.toFixed(3)} /s, time ${time.toFixed(1)} s, ${finished} of ${runs} runs finished${left > 0 ? `, ${left} people left` : ""}`;
const faults = (peers: PeerRun[]): string => {
  const found = peers.filter((peer) => peer.fault !== null);
  return found.length === 0 ? "" : `; ${found.length} ended with "${found[0]!.fault}"`;
};

function worldOf(peer: PeerRun): World {
  const ring = peer.outline.map(([x, y]) => `${x} ${y}`).join(", ");
  const layout = readLayout({ name: "bottleneck.wkt", bytes: new TextEncoder().encode(`POLYGON ((${ring}))`) });
  const [x0, y0, x1, y1] = peer.exit;
  const exit = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const text = JSON.stringify({
    muster: 1,
    name: "bottleneck",
    duration_s: 600,
    time_step_s: peer.dt,
    model: peer.model,
    places: [{ name: "exit", polygon: exit, exit: true }],
    people: [
      {
        name: "all",
        agents: peer.start.map((at) => ({ at, radius_m: peer.radius, speed_m_s: peer.speed })),
        population: { speed_m_s: peer.speed, radius_m: peer.radius },
        journey: [{ leave: "exit" }],
      },
    ],
  });
  return compileWorld(layout, readScenario({ name: "bottleneck", text, files: () => "" }));
}

function walk(peer: PeerRun, way: Way): Outcome {
  const world = worldOf(peer);
  let crowd = createCrowd(world, peer.seed);
  if (way.peerFriction && world.model !== "headway" && world.model.name === "social-force")
    crowd = { ...crowd, model: createSocialForce(world, world.model, -1) };
  placeStart(crowd);
  const [x0, y0, x1, y1] = peer.exit;
  const target: [number, number] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const aim = way.fields ? null : aimAt(peer, target);
  const over = new Set<number>();
  const crossings: number[] = [];
  let steps = 0;
  while (crowd.agents.count > 0 && steps * peer.dt < peer.limit) {
    crowd.time = steps * peer.dt;
    stepAlong(crowd, peer.dt, aim);
    steps++;
    if (steps % peer.every !== 0) continue;
    const { id, x } = crowd.agents.now;
    for (let i = 0; i < crowd.agents.count; i++)
      if (x[i]! > peer.line && !over.has(id[i]!)) {
        over.add(id[i]!);
        crossings.push(steps * peer.dt);
      }
  }
  const time = Math.ceil(steps / peer.every) * peer.every * peer.dt;
  return { crossings, left: crowd.agents.count, time, wallLimited: crowd.out.wallLimited, minCoreGap: crowd.out.minCoreGap };
}

/** A step of the crowd (engine/crowd/step.ts) with the wished direction set between fields and model. */
function stepAlong(crowd: Crowd, dt: number, aim: ((crowd: Crowd) => void) | null): void {
  const { agents, model } = crowd;
  tendJourneys(crowd, dt);
  const steps = model.stepsPerLook(dt);
  const looks = crowd.sinceLook === 0;
  crowd.sinceLook = (crowd.sinceLook + 1) % steps;
  if (looks) beginLook(agents);
  setDirections(crowd, 0, agents.count, looks, steps * dt);
  aim?.(crowd);
  model.step(agents, crowd.gates, dt, 0, agents.count, looks, crowd.out);
  const { left } = crowd;
  move(crowd, dt);
  if (crowd.sinceLook === 0 || crowd.left > left) sortByBin(agents);
}

/** Sets wished directions as the peer does. */
function aimAt(peer: PeerRun, target: [number, number]): (crowd: Crowd) => void {
  const ways: Ways = waysTo(peer, target);
  return (crowd) => {
    const { x, y, ex, ey } = crowd.agents.now;
    for (let i = 0; i < crowd.agents.count; i++) {
      const [px, py] = nextPoint(peer, ways, [x[i]!, y[i]!], target);
      const d = Math.hypot(px - x[i]!, py - y[i]!);
      ex[i] = d > 0 ? (px - x[i]!) / d : 0;
      ey[i] = d > 0 ? (py - y[i]!) / d : 0;
    }
  };
}
