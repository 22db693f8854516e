/**
 * Optimal steps model: Seitz and Köster 2012 (Physical Review E 86:046108), on the disc as von Sivers and Köster 2015 (Transportation Research B 74:104),
 * with the potentials of personal space of von Sivers et al. 2016 as Vadere has them.
 *
 * People walk in footsteps of length s = intercept + slope v0 + deviation, each taking s / v0. At its beginning they look at places on circles up to s around
 * them and step to the one with the least potential, if it is less than that of their own place and `least_step_m` away:
 *   P = way to the goal (m, from the travel-time field) + sum over people within sight + the nearest wall
 *   person at d, radii R:  h exp(4 / ((d / (p + R))^2 - 1)) for d < p + R,  + h / f exp(4 / ((d / (q + R))^2 - 1)) for d < q + R,
 *                          + 1000 exp(1 / ((d / R)^4 - 1)) for d < R      (personal space p, intimate space q, height h, factor f)
 *   wall at d, radius r:   h_w exp(2 / ((d / w)^2 - 1)) for d < w,  + 100000 exp(1 / ((d / r)^2 - 1)) for d < r
 * Steps are decided in order of their time, then of id (event-driven update, Seitz and Köster 2014, JSTAT P07002); others count where their footstep
 * lands. During a footstep people walk evenly to its end. Differences to Vadere: places on circles instead of Nelder-Mead on the disc;
 * no footstep leads through a wall; nobody is felt through one. A step is one for the whole crowd: it cannot be split among slots.
 */
import { distance2 } from "../../geometry/plane.js";
import { cosSin, fastExp } from "../../maths.js";
import { stream } from "../../random.js";
import type { ClassicSettings } from "../../scenario/models.js";
import { blocked } from "../../world/areas.js";
import { type Field, nodeAt, type World } from "../../world/world.js";
import { type Agents, type Bank, RESTING, TO_SPOT } from "../agents.js";
import { createNear } from "../contact.js";
import { createLists, type Lists, noteWalked, searchAround, stepsPerLook } from "./common/lists.js";
import { stand, walkOn } from "./common/output.js";
import { createWalls, hiddenBehind, listWalls, lookAtWalls, type Walls } from "./common/walls.js";
import type { MovementModel, MovementStep } from "./model.js";

type Settings = ClassicSettings<"optimal-steps">;

/** Footsteps by person: where it began and lands, m, and when, s. */
interface Footsteps {
  fromX: Float64Array;
  fromY: Float64Array;
  toX: Float64Array;
  toY: Float64Array;
  begin: Float64Array;
  /** Time of the next decision; NaN before the first. */
  end: Float64Array;
  /** Footsteps so far. */
  count: Int32Array;
}

/** What the potential of a place depends on, gathered once per footstep. */
interface Scene {
  bank: Bank;
  i: number;
  /** Own place, m. */
  x: number;
  y: number;
  field: Field | null;
  /** Spot walked to straight, m; used where there is no field. */
  spotX: number;
  spotY: number;
  /** Others: where they land, and the radii of both together, m. */
  count: number;
  others: Float64Array;
}

export function createOptimalSteps(
  world: World,
  settings: Settings,
  seed: number,
  fields: () => readonly Field[],
): MovementModel {
  return { stepsPerLook, step: createStep(world, settings, seed, fields) };
}

function createStep(world: World, settings: Settings, seed: number, fields: () => readonly Field[]): MovementStep {
  const total = world.groups.reduce((sum, group) => sum + group.count, 0);
  const feet = createFootsteps(total);
  const longest = settings.step_length_intercept_m + 5 * settings.step_length_sd_m;
  const wallLists = listWalls(world, longest + settings.step_length_slope_s * 3 + settings.obstacle_width_m);
  const lists = createLists(1);
  const walls = createWalls();
  const near = createNear();
  const scene: Scene = {
    bank: null as unknown as Bank,
    i: 0,
    x: 0,
    y: 0,
    field: null,
    spotX: 0,
    spotY: 0,
    count: 0,
    others: new Float64Array(3 * 256),
  };
  let steps = 0;
  return (agents, gates, dt, _from, _to, looks, out) => {
    const now = steps * dt;
    steps++;
    noteWalked(agents, lists, dt, looks);
    const bank = agents.now;
    for (const i of dueSteps(agents, feet, now, dt)) {
      const id = bank.id[i]!;
      lookAtWalls(wallLists, bank, gates, i, walls);
      const length = stepLength(settings, seed, id, bank.wish[i]!);
      look(world, agents, feet, lists, walls, i, length + settings.personal_space_m, fields(), scene);
      takeStep(world, settings, seed, feet, walls, scene, length);
      const gap = nearestGap(scene);
      if (gap < out.minCoreGap) out.minCoreGap = gap;
    }
    for (let i = 0; i < agents.count; i++) {
      const id = bank.id[i]!;
      if (bank.mode[i]! >= RESTING || bank.wish[i] === 0) {
        stand(bank, i, out);
        continue;
      }
      const span = feet.end[id]! - feet.begin[id]!;
      const share = span > 0 ? Math.min(1, (now + dt - feet.begin[id]!) / span) : 1;
      const vx = (feet.fromX[id]! + share * (feet.toX[id]! - feet.fromX[id]!) - bank.x[i]!) / dt;
      const vy = (feet.fromY[id]! + share * (feet.toY[id]! - feet.fromY[id]!) - bank.y[i]!) / dt;
      const speed = Math.sqrt(vx * vx + vy * vy);
      lookAtWalls(world.wallLists, bank, gates, i, walls);
      const moves = speed > 1e-4;
      walkOn(
        bank,
        i,
        moves ? vx : 0,
        moves ? vy : 0,
        moves ? vx / speed : bank.hx[i]!,
        moves ? vy / speed : bank.hy[i]!,
        dt,
        walls,
        near,
        out,
      );
    }
  };
}

function createFootsteps(total: number): Footsteps {
  const column = (): Float64Array => new Float64Array(total);
  return {
    fromX: column(),
    fromY: column(),
    toX: column(),
    toY: column(),
    begin: column(),
    end: column().fill(Number.NaN),
    count: new Int32Array(total),
  };
}

/** Slots of those who decide in this step, in order of time, then of id; who stands begins a footstep as soon as they wish to walk. */
function dueSteps(agents: Agents, feet: Footsteps, now: number, dt: number): number[] {
  const { id, x, y, mode, wish } = agents.now;
  const due: number[] = [];
  for (let i = 0; i < agents.count; i++) {
    const person = id[i]!;
    const stands = mode[i]! >= RESTING || wish[i] === 0;
    if (stands || !(feet.end[person]! >= now - dt)) {
      feet.fromX[person] = feet.toX[person] = x[i]!;
      feet.fromY[person] = feet.toY[person] = y[i]!;
      feet.begin[person] = feet.end[person] = now;
    }
    if (!stands && feet.end[person]! < now + dt) due.push(i);
  }
  return due.sort((a, b) => feet.end[id[a]!]! - feet.end[id[b]!]! || id[a]! - id[b]!);
}

/** m; Seitz and Köster 2012, figure 3: the regression of measured footsteps, with one deviation per person. */
function stepLength(settings: Settings, seed: number, id: number, speed: number): number {
  const deviation = settings.step_length_sd_m * stream(seed, "step-length", id).normal();
  return Math.max(settings.least_step_m, settings.step_length_intercept_m + settings.step_length_slope_s * speed + deviation);
}

/** Gathers what the potential around slot i depends on. */
function look(
  world: World,
  agents: Agents,
  feet: Footsteps,
  lists: Lists,
  walls: Walls,
  i: number,
  reach: number,
  fields: readonly Field[],
  scene: Scene,
): void {
  const bank = agents.now;
  const id = bank.id[i]!;
  scene.bank = bank;
  scene.i = i;
  scene.x = feet.toX[id]!;
  scene.y = feet.toY[id]!;
  scene.field = bank.mode[i] === TO_SPOT ? null : (fields[bank.field[i]!] ?? null);
  scene.spotX = bank.x[i]! + bank.ex[i]! * bank.phi[i]!;
  scene.spotY = bank.y[i]! + bank.ey[i]! * bank.phi[i]!;
  scene.count = 0;
  const far = reach + bank.radius[i]! + world.widest / 2;
  // Others are listed where they are now; they land up to a footstep away.
  searchAround(world, agents, lists, i, far + 1.5);
  const { at, from, to } = lists;
  if (3 * (to - from) > scene.others.length) scene.others = new Float64Array(6 * (to - from));
  for (let k = from; k < to; k++) {
    const j = at[k]!;
    const other = bank.id[j]!;
    const stands = bank.mode[j]! >= RESTING || Number.isNaN(feet.end[other]!);
    const ox = stands ? bank.x[j]! : feet.toX[other]!;
    const oy = stands ? bank.y[j]! : feet.toY[other]!;
    const dx = ox - scene.x;
    const dy = oy - scene.y;
    const d2 = dx * dx + dy * dy;
    if (d2 > far * far || (d2 > walls.nearest * walls.nearest && hiddenBehind(walls, scene.x, scene.y, ox, oy))) continue;
    scene.others[scene.count] = ox;
    scene.others[scene.count + 1] = oy;
    scene.others[scene.count + 2] = bank.radius[i]! + bank.radius[j]!;
    scene.count += 3;
  }
}

/** Decides the next footstep of the scene's person and notes it. */
function takeStep(
  world: World,
  settings: Settings,
  seed: number,
  feet: Footsteps,
  walls: Walls,
  scene: Scene,
  length: number,
): void {
  const { bank, i } = scene;
  const id = bank.id[i]!;
  // To a spot nobody steps past it.
  const radius = scene.field ? length : Math.min(length, bank.phi[i]!);
  const offset = stream(seed, `step-direction/${feet.count[id]}`, id).next();
  let [bestX, bestY] = [scene.x, scene.y];
  let best = potential(world, settings, walls, scene, bestX, bestY);
  for (let circle = settings.circles; circle >= 1; circle--) {
    const r = (radius * circle) / settings.circles;
    if (r < settings.least_step_m && scene.field) continue;
    const points = Math.ceil((settings.circle_points * circle) / settings.circles);
    for (let k = 0; k < points; k++) {
      const [cos, sin] = cosSin((2 * Math.PI * (k + offset)) / points);
      const x = scene.x + r * cos;
      const y = scene.y + r * sin;
      const p = potential(world, settings, walls, scene, x, y);
      if (p >= best) continue;
      best = p;
      bestX = x;
      bestY = y;
    }
  }
  const begin = feet.end[id]!;
  feet.count[id]!++;
  feet.fromX[id] = scene.x;
  feet.fromY[id] = scene.y;
  feet.toX[id] = bestX;
  feet.toY[id] = bestY;
  feet.begin[id] = begin;
  feet.end[id] = begin + radiusTime(radius, bank.wish[i]!);
}

/** Time of a footstep, s. */
const radiusTime = (radius: number, speed: number): number => Math.max(0.05, radius / speed);

/** Potential of a place, m of way; Infinity where no footstep leads. */
function potential(world: World, settings: Settings, walls: Walls, scene: Scene, x: number, y: number): number {
  if ((x !== scene.x || y !== scene.y) && hiddenBehind(walls, scene.x, scene.y, x, y)) return Infinity;
  let sum = wayFrom(world, scene, x, y);
  for (let k = 0; k < scene.count; k += 3) {
    const dx = scene.others[k]! - x;
    const dy = scene.others[k + 1]! - y;
    sum += personPotential(settings, Math.sqrt(dx * dx + dy * dy), scene.others[k + 2]!);
  }
  return sum + wallPotential(settings, distanceToWall(walls, x, y), scene.bank.radius[scene.i]!);
}

/** @param d distance from middle to middle, m @param radii of both together, m */
export function personPotential(settings: Settings, d: number, radii: number): number {
  const personal = settings.personal_space_m + radii;
  if (d >= personal) return 0;
  const intimate = settings.intimate_space_m + radii;
  let sum = settings.person_height_m * fastExp(4 / ((d * d) / (personal * personal) - 1));
  if (d < intimate)
    sum += (settings.person_height_m / settings.intimate_space_factor) * fastExp(4 / ((d * d) / (intimate * intimate) - 1));
  if (d < radii) {
    const q = (d * d) / (radii * radii);
    sum += 1000 * fastExp(1 / (q * q - 1));
  }
  return sum;
}

export function wallPotential(settings: Settings, d: number, radius: number): number {
  const { obstacle_width_m: width } = settings;
  let sum = d < width ? settings.obstacle_height_m * fastExp(2 / ((d * d) / (width * width) - 1)) : 0;
  if (d < radius) sum += 100000 * fastExp(1 / ((d * d) / (radius * radius) - 1));
  return sum;
}

function distanceToWall({ count, line }: Walls, x: number, y: number): number {
  let least = Infinity;
  for (let w = 0; w < 4 * count; w += 4) {
    const d2 = distance2(x, y, line[w]!, line[w + 1]!, line[w + 2]!, line[w + 3]!);
    if (d2 < least) least = d2;
  }
  return Math.sqrt(least);
}

/** Way to the goal from (x, y), m: from the node of the place, or, where that is no floor or behind a wall, from one's own. */
function wayFrom(world: World, scene: Scene, x: number, y: number): number {
  const { field, bank, i } = scene;
  if (!field) {
    const dx = scene.spotX - x;
    const dy = scene.spotY - y;
    return Math.sqrt(dx * dx + dy * dy);
  }
  const sheet = bank.sheet[i]!;
  let n = nodeAt(world, sheet, x, y);
  if (n >= 0 && world.nearWall[n] === 1 && blocked(world, world.wallLists, sheet, x, y, world.nodeX[n]!, world.nodeY[n]!)) n = -1;
  if (n < 0 || field.flow[4 * n + 2] === Infinity) n = nodeAt(world, sheet, scene.x, scene.y);
  // Beyond an exit and on a place without a node: on along the direction in which one is led.
  if (n < 0) return bank.phi[i]! - bank.ex[i]! * (x - scene.x) - bank.ey[i]! * (y - scene.y);
  const { flow } = field;
  return flow[4 * n + 2]! - flow[4 * n]! * (x - world.nodeX[n]!) - flow[4 * n + 1]! * (y - world.nodeY[n]!);
}

/** Smallest distance of the person's body to another where both land, m. */
function nearestGap({ count, others, x, y }: Scene): number {
  let least = Infinity;
  for (let k = 0; k < count; k += 3) {
    const dx = others[k]! - x;
    const dy = others[k + 1]! - y;
    least = Math.min(least, Math.sqrt(dx * dx + dy * dy) - others[k + 2]!);
  }
  return least;
}
