/**
 * Optimal reciprocal collision avoidance, ORCA: van den Berg, Guy, Lin and Manocha 2011 (Robotics Research, STAR 70, p. 3), with the parameters of the
 * examples of the authors' RVO2 library that have obstacles (Blocks, Roadmap).
 *
 * Each of the nearest `most_neighbours` people within `neighbour_distance_m` leaves a half plane of velocities that avoid a collision with them for
 * `time_horizon_s` if both take half of the evasion; each wall leaves one for `time_horizon_obstacles_s` that one takes alone. The new velocity is the one
 * nearest to the wished velocity in all of them and not above the greatest speed; where there is none, the one that enters those of people least.
 * Differences: people who rest do not evade, so who meets them takes all of the evasion; nobody sees through walls; there is no random perturbation of the wish
 * (RVO2's examples add one outside of the library).
 */
import type { ClassicSettings } from "../../scenario/models.js";
import type { World } from "../../world/world.js";
import { type Agents, type Bank, RESTING } from "../agents.js";
import { createNear } from "../contact.js";
import { createLists, type Lists, listOf, type ReachOf, searchAround, stepsPerLook, tendLists } from "./common/lists.js";
import { stand, walkOn } from "./common/output.js";
import { createWalls, hiddenBehind, listWalls, lookAtWalls, type Walls } from "./common/walls.js";
import type { MovementModel, MovementStep } from "./model.js";
import { addPerson, addWall, type Relative } from "./orca/half-planes.js";
import { createHalfPlanes, type HalfPlanes, solve } from "./orca/solver.js";

/** Neighbour lists reach this far, m; who finds fewer than the most neighbours in it searches as far as the neighbour distance. */
const USUAL = 2.5;
/** Walls are listed up to this far, m. */
const MOST_WALL_REACH = 12;
/** People may walk this much faster than they wish: the greatest speed is theirs. */
const HASTE = 2;

type Settings = ClassicSettings<"orca">;

export function createOrca(world: World, settings: Settings): MovementModel {
  return { stepsPerLook, step: createStep(world, settings) };
}

interface Nearest {
  count: number;
  slot: Int32Array;
  d2: Float64Array;
}

function createStep(world: World, settings: Settings): MovementStep {
  const { time_horizon_s: horizon, time_horizon_obstacles_s: wallHorizon, greatest_speed_m_s: greatest } = settings;
  const most = Math.round(settings.most_neighbours);
  const farthest = settings.neighbour_distance_m;
  const wallReach = Math.min(MOST_WALL_REACH, wallHorizon * greatest + world.widest / 2);
  const wallLists = listWalls(world, wallReach);
  const reachOf: ReachOf = () => Math.min(USUAL, farthest);
  const lists = createLists(HASTE);
  const walls = createWalls();
  const near = createNear();
  const planes = createHalfPlanes();
  const spare = createHalfPlanes();
  const nearest: Nearest = { count: 0, slot: new Int32Array(most + 1), d2: new Float64Array(most + 1) };
  const relative: Relative = { x: 0, y: 0, ownX: 0, ownY: 0, vx: 0, vy: 0, reach: 0, horizon, dt: 0, share: 0.5 };
  return (agents, gates, dt, from, to, looks, out) => {
    tendLists(world, agents, lists, dt, looks, reachOf);
    const bank = agents.now;
    const { x, y, vx, vy, radius, ex, ey, wish, mode } = bank;
    relative.dt = dt;
    for (let i = from; i < to; i++) {
      if (mode[i]! >= RESTING) {
        stand(bank, i, out);
        continue;
      }
      lookAtWalls(wallLists, bank, gates, i, walls);
      planes.count = 0;
      addWalls(walls, planes, wallReach, vx[i]!, vy[i]!, x[i]!, y[i]!, radius[i]!, wallHorizon);
      planes.walls = planes.count;
      findNearest(world, agents, i, lists, walls, most, Math.min(USUAL, farthest), farthest, reachOf, nearest);
      for (let k = 0; k < nearest.count; k++) {
        const j = nearest.slot[k]!;
        relative.x = x[j]! - x[i]!;
        relative.y = y[j]! - y[i]!;
        relative.ownX = vx[i]!;
        relative.ownY = vy[i]!;
        relative.vx = vx[i]! - vx[j]!;
        relative.vy = vy[i]! - vy[j]!;
        relative.reach = radius[i]! + radius[j]!;
        relative.share = mode[j]! >= RESTING ? 1 : 0.5;
        const gap = Math.sqrt(nearest.d2[k]!) - relative.reach;
        if (gap < out.minCoreGap) out.minCoreGap = gap;
        addPerson(planes, relative);
      }
      const fastest = Math.max(greatest, wish[i]!);
      solve(planes, fastest, wish[i]! * ex[i]!, wish[i]! * ey[i]!, spare);
      const speed = Math.sqrt(planes.vx * planes.vx + planes.vy * planes.vy);
      const turned = speed > 1e-9;
      const hx = turned ? planes.vx / speed : bank.hx[i]!;
      const hy = turned ? planes.vy / speed : bank.hy[i]!;
      walkOn(bank, i, planes.vx, planes.vy, hx, hy, dt, walls, near, out);
    }
  };
}

/** Half planes of the walls within reach, the nearest first: what stands behind a wall then says nothing. */
function addWalls(
  walls: Walls,
  planes: HalfPlanes,
  reach: number,
  vx: number,
  vy: number,
  x: number,
  y: number,
  radius: number,
  horizon: number,
): void {
  const { count, line, nx, ny, distance } = walls;
  const order = Array.from({ length: count }, (_, w) => w)
    .filter((w) => distance[w]! <= reach)
    .sort((a, b) => distance[a]! - distance[b]! || a - b);
  for (const w of order)
    addWall(
      planes,
      {
        ax: line[4 * w]! - x,
        ay: line[4 * w + 1]! - y,
        bx: line[4 * w + 2]! - x,
        by: line[4 * w + 3]! - y,
        nearX: nx[w]!,
        nearY: ny[w]!,
        distance: distance[w]!,
      },
      vx,
      vy,
      radius,
      horizon,
    );
}

/** The nearest people in sight, in order of distance, then of id: `usual` far by list, further by search where they are too few. */
function findNearest(
  world: World,
  agents: Agents,
  i: number,
  lists: Lists,
  walls: Walls,
  most: number,
  usual: number,
  farthest: number,
  reachOf: ReachOf,
  nearest: Nearest,
): void {
  listOf(world, agents, lists, i, reachOf);
  takeNearest(agents.now, i, lists, walls, most, usual, nearest);
  for (let reach = 2 * usual; nearest.count < most && reach < 2 * farthest; reach *= 2) {
    searchAround(world, agents, lists, i, Math.min(reach, farthest));
    takeNearest(agents.now, i, lists, walls, most, Math.min(reach, farthest), nearest);
  }
}

function takeNearest(bank: Bank, i: number, lists: Lists, walls: Walls, most: number, reach: number, nearest: Nearest): void {
  const { x, y, id } = bank;
  const { slot, d2 } = nearest;
  const { at, from, to } = lists;
  nearest.count = 0;
  for (let k = from; k < to; k++) {
    const j = at[k]!;
    const dx = x[j]! - x[i]!;
    const dy = y[j]! - y[i]!;
    const d = dx * dx + dy * dy;
    if (d > reach * reach || (nearest.count === most && d > d2[most - 1]!)) continue;
    if (d > walls.nearest * walls.nearest && hiddenBehind(walls, x[i]!, y[i]!, x[j]!, y[j]!)) continue;
    let place = nearest.count;
    while (place > 0 && (d < d2[place - 1]! || (d === d2[place - 1]! && id[j]! < id[slot[place - 1]!]!))) {
      d2[place] = d2[place - 1]!;
      slot[place] = slot[place - 1]!;
      place--;
    }
    d2[place] = d;
    slot[place] = j;
    if (nearest.count < most) nearest.count++;
  }
}
