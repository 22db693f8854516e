/**
 * Anticipation velocity model of Xu, Chraibi and Seyfried 2021 (Transportation Research C 133:103464), first order in velocity, with the walls and
 * constants of JuPedSim 1.4.2.
 *
 * Person i with wished direction d, heading h, wished speed v0, time gap T, body radius r; neighbour j at distance s in direction e_ij, l = r_i + r_j:
 *   seen       d . e_ij >= 0 or h . e_ij >= 0                                                          (eq. 1)
 *   foreseen   R = max(0, s - l - (v_i - v_j) . e_ij t_a)                                              (eq. 3)
 *   strength   k = A (1 + (1 - d . h_j) / 2) exp(-R / D)                                                 (eq. 4)
 *   direction  n_ij = the normal of d that leads away from where j will be after t_a; by chance where j stays on the line of d    (eq. 5)
 *              e = d + sum_j k n_ij, of length 1                                                           (eq. 6)
 *   turning    h' = h + (e - h) dt / t_r, of length 1; at once where e and h lie on different sides of the normal of d    (eq. 7)
 *   walls      nearer to the nearest wall than c = r + b, h' becomes its part along the wall and P away from it; up to 2 c, h' into the wall is
 *              mixed with its part along the wall, of which it takes 2 - distance / c; then length 1         (JuPedSim; found by single steps of it)
 *   speed      v = min(v0, max(0, g / T)) with the gap g of the collision-free speed model along h'                                (eq. 9)
 * Neighbours count up to 3 m (JuPedSim's cut-off) unless a wall hides them. A repulsion below 1e-4 is left out (with 1e-3 people lock at doors who do not with it).
 */
import { fastExp, log } from "../../maths.js";
import { stream } from "../../random.js";
import type { ClassicSettings } from "../../scenario/models.js";
import type { World } from "../../world/world.js";
import { type Bank, RESTING } from "../agents.js";
import { createNear } from "../contact.js";
import { aheadOf, createAhead, holdsFor, listAhead } from "./common/ahead.js";
import { createLists, type Lists, listOf, type ReachOf, stepsPerLook, tendLists } from "./common/lists.js";
import { stand, walkOn } from "./common/output.js";
import { createWalls, hiddenBehind, lookAtWalls } from "./common/walls.js";
import type { MovementModel, MovementStep } from "./model.js";

/** Neighbours further away do not count, m. */
const CUT_OFF = 3;
/** A repulsion below this is left out. */
const NEGLIGIBLE = 1e-4;
/** Where somebody will be counts as on the line of the wished direction up to this far beside it, m. */
const ON_LINE = 1e-6;

type Settings = ClassicSettings<"anticipation-velocity">;

export function createAnticipationVelocity(world: World, settings: Settings, seed: number): MovementModel {
  return { stepsPerLook, step: createStep(world, settings, seed) };
}

function createStep(world: World, settings: Settings, seed: number): MovementStep {
  const A = settings.strength_neighbor_repulsion;
  const perD = 1 / settings.range_neighbor_repulsion_m;
  const foresight = settings.anticipation_time_s;
  const reachOf: ReachOf = () => CUT_OFF;
  /** R / D beyond which the largest strength, 2 A, is negligible. */
  const most = 2 * A > NEGLIGIBLE ? log((2 * A) / NEGLIGIBLE) : -1;
  const range = most / perD;
  const widest2 = world.widest * world.widest;
  const lists = createLists(1);
  const ahead = createAhead();
  const walls = createWalls();
  const near = createNear();
  /** x, y, vx, vy of everybody, so that a neighbour is one place in memory. */
  let all = new Float64Array(0);
  /** Those near enough to slow one down. */
  let close = new Int32Array(256);
  return (agents, gates, dt, from, to, looks, out) => {
    const bank = agents.now;
    const turn = dt / settings.reaction_time_s;
    let { minCoreGap } = out;
    const { x: X, y: Y, vx: VX, vy: VY, hx: HX, hy: HY, radius: R, ex, ey, wish, mode, gapFactor, id } = bank;
    if (all.length < 4 * agents.capacity) all = new Float64Array(4 * agents.capacity);
    tendLists(world, agents, lists, dt, looks, reachOf, gather(bank, agents.count, all));
    if (looks) listAhead(ahead, agents, lists, world.widest);
    // Locals: the loops then need not ask whether a variable of the closure has changed.
    const states = all;
    for (let i = from; i < to; i++) {
      const v0 = wish[i]!;
      if (mode[i]! >= RESTING || v0 === 0) {
        stand(bank, i, out);
        continue;
      }
      const x = X[i]!;
      const y = Y[i]!;
      const vx = VX[i]!;
      const vy = VY[i]!;
      const radius = R[i]!;
      const dX = ex[i]!;
      const dY = ey[i]!;
      const oldX = HX[i]!;
      const oldY = HY[i]!;
      lookAtWalls(world.wallLists, bank, gates, i, walls);
      const shorter = holdsFor(ahead, agents, lists, i, oldX, oldY);
      if (shorter) aheadOf(ahead, agents, lists, i);
      else listOf(world, agents, lists, i, reachOf);
      const { at, from: first, to: end } = lists;
      if (close.length < end - first) close = new Int32Array(2 * (end - first));
      const found = close;
      const timeGap = settings.time_gap_s * gapFactor[i]!;
      const widestL = radius + world.widest / 2;
      const gapReach2 = (v0 * timeGap + widestL) * (v0 * timeGap + widestL);
      const grows = 0.25 * (widestL + range);
      let closeCount = 0;
      // All influences lie along the normal of d, to its left.
      let push = 0;
      for (let k = first; k < end; k++) {
        const j = at[k]!;
        const p = 4 * j;
        const dx = states[p]! - x;
        const dy = states[p + 1]! - y;
        const d2 = dx * dx + dy * dy;
        found[closeCount] = j;
        closeCount += +(d2 <= gapReach2);
        const closing = ((vx - states[p + 2]!) * dx + (vy - states[p + 3]!) * dy) * foresight;
        // R / D <= most means d2 - closing <= (l + most D) d, and d <= d2 / 4 + 1: most neighbours end here, in one branch without a root.
        const unseen = +(dX * dx + dY * dy < 0) & +(oldX * dx + oldY * dy < 0);
        if (unseen | +(d2 > CUT_OFF * CUT_OFF) | +(d2 - closing > grows * d2 + 4 * grows) | +(d2 === 0)) continue;
        const d = Math.sqrt(d2);
        const foreseen = (d - radius - R[j]! - closing / d) * perD;
        if (foreseen > most) continue;
        if (d > walls.nearest && hiddenBehind(walls, x, y, X[j]!, Y[j]!)) continue;
        const strength = A * (1.5 - 0.5 * (dX * HX[j]! + dY * HY[j]!)) * fastExp(foreseen > 0 ? -foreseen : 0);
        const left = dX * (dy + VY[j]! * foresight) - dY * (dx + VX[j]! * foresight);
        const side = left > ON_LINE ? -1 : left < -ON_LINE ? 1 : sideByChance(seed, id[i]!, id[j]!);
        push += side * strength;
      }
      let eX = dX - push * dY;
      let eY = dY + push * dX;
      const length = Math.sqrt(eX * eX + eY * eY);
      eX = length > 0 ? eX / length : oldX;
      eY = length > 0 ? eY / length : oldY;
      const opposite = (dX * eX + dY * eY) * (dX * oldX + dY * oldY) < 0;
      let hx = opposite ? eX : oldX + (eX - oldX) * turn;
      let hy = opposite ? eY : oldY + (eY - oldY) * turn;
      let norm = Math.sqrt(hx * hx + hy * hy);
      hx = norm > 0 ? hx / norm : 0;
      hy = norm > 0 ? hy / norm : 0;
      // Sliding along the nearest wall.
      const critical = settings.wall_buffer_distance_m + radius;
      const w = walls.nearest <= 2 * critical ? walls.nearestWall : -1;
      if (w >= 0) {
        const share = 2 - walls.nearest / critical;
        const along = hx * walls.dx[w]! + hy * walls.dy[w]!;
        if (share >= 1) {
          hx = along * walls.dx[w]! - settings.pushout_strength * walls.nx[w]!;
          hy = along * walls.dy[w]! - settings.pushout_strength * walls.ny[w]!;
        } else if (hx * walls.nx[w]! + hy * walls.ny[w]! > 0) {
          hx += share * (along * walls.dx[w]! - hx);
          hy += share * (along * walls.dy[w]! - hy);
        }
      }
      norm = Math.sqrt(hx * hx + hy * hy);
      hx = norm > 0 ? hx / norm : 0;
      hy = norm > 0 ? hy / norm : 0;
      if (shorter && !holdsFor(ahead, agents, lists, i, hx, hy)) {
        listOf(world, agents, lists, i, reachOf);
        if (close.length < lists.to - lists.from) close = new Int32Array(2 * (lists.to - lists.from));
        closeCount = listClose(bank, i, lists, gapReach2, close);
      }
      const ones = close;
      let least = v0 * timeGap;
      for (let k = 0; k < closeCount; k++) {
        const j = ones[k]!;
        const dx = X[j]! - x;
        const dy = Y[j]! - y;
        const along = dx * hx + dy * hy;
        const aside = dx * hy - dy * hx;
        const l = radius + R[j]!;
        if (dx * dx + dy * dy < widest2) minCoreGap = Math.min(minCoreGap, Math.sqrt(dx * dx + dy * dy) - l);
        if (+(along < 0) | +(along > least + l) | +(aside > l) | +(-aside > l)) continue;
        const d = Math.sqrt(dx * dx + dy * dy);
        if (d - l >= least || d > CUT_OFF) continue;
        if (d > walls.nearest && hiddenBehind(walls, x, y, X[j]!, Y[j]!)) continue;
        least = d - l;
      }
      const v = least > 0 ? least / timeGap : 0;
      walkOn(bank, i, v * hx, v * hy, hx, hy, dt, walls, near, out);
    }
    out.minCoreGap = minCoreGap;
  };
}

/** Lists everybody within a distance of slot i; returns their number. */
function listClose({ x, y }: Bank, i: number, { at, from, to }: Lists, reach2: number, close: Int32Array): number {
  let count = 0;
  for (let k = from; k < to; k++) {
    const dx = x[at[k]!]! - x[i]!;
    const dy = y[at[k]!]! - y[i]!;
    close[count] = at[k]!;
    count += +(dx * dx + dy * dy <= reach2);
  }
  return count;
}

/** 1: to the left of the wished direction, -1: to its right; drawn once for each pair of a run. */
const sideByChance = (seed: number, i: number, j: number): number => (stream(seed, `side/${j}`, i).next() < 0.5 ? 1 : -1);

/** Packs everybody; returns the largest speed, m/s. */
function gather({ x, y, vx, vy }: Bank, count: number, all: Float64Array): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    const v2 = vx[i]! * vx[i]! + vy[i]! * vy[i]!;
    if (v2 > most) most = v2;
    all[4 * i] = x[i]!;
    all[4 * i + 1] = y[i]!;
    all[4 * i + 2] = vx[i]!;
    all[4 * i + 3] = vy[i]!;
  }
  return Math.sqrt(most);
}
