/**
 * Collision-free speed model of Tordeux, Chraibi and Seyfried 2016 (Traffic and Granular Flow '15, p. 225), first order in velocity, in the form of
 * JuPedSim 1.4.2 with the repulsion by walls.
 *
 * Person i with wished direction e0, wished speed v0, time gap T, body radius r; neighbour j at distance s in direction e_ij, l = r_i + r_j; wall w at
 * distance d in direction e_iw:
 *   direction  e = e0 - sum_j A exp((l - s) / D) e_ij - sum_w A_w exp((r - d) / D_w) e_iw, of length 1    (eq. 5; walls: JuPedSim)
 *   gap        g = min over j with e . e_ij >= 0 and |e x e_ij| s <= l of s - l                           (eq. 4)
 *   speed      v = min(v0, max(0, g / T))                                                             (eq. 3)
 * Neighbours count up to 3 m (JuPedSim's cut-off) unless a wall hides them; beyond the distance at which one turns nobody by more than 1e-4 and slows nobody, they are left out.
 * Bodies never overlap in one file; in the plane they may, since the gap counts along the direction only.
 */
import { fastExp, log } from "../../maths.js";
import type { ClassicSettings } from "../../scenario/models.js";
import type { World } from "../../world/world.js";
import { RESTING } from "../agents.js";
import { createNear } from "../contact.js";
import { createLists, listOf, type ReachOf, stepsPerLook, tendLists } from "./common/lists.js";
import { stand, walkOn } from "./common/output.js";
import { createWalls, hiddenBehind, lookAtWalls } from "./common/walls.js";
import type { MovementModel, MovementStep } from "./model.js";

/** Neighbours further away do not count, m. */
const CUT_OFF = 3;
/** A repulsion below this is left out. */
const NEGLIGIBLE = 1e-4;

export function createCollisionFreeSpeed(world: World, settings: ClassicSettings<"collision-free-speed">): MovementModel {
  return { stepsPerLook, step: createStep(world, settings) };
}

function createStep(world: World, settings: ClassicSettings<"collision-free-speed">): MovementStep {
  const A = settings.strength_neighbor_repulsion;
  const perD = 1 / settings.range_neighbor_repulsion_m;
  const wallA = settings.strength_geometry_repulsion;
  const perWallD = 1 / settings.range_geometry_repulsion_m;
  const repels = A > NEGLIGIBLE ? Math.min(CUT_OFF, log(A / NEGLIGIBLE) / perD) : 0;
  const reachOf: ReachOf = (bank, i) =>
    Math.min(
      CUT_OFF,
      bank.radius[i]! + world.widest / 2 + Math.max(repels, bank.wish[i]! * settings.time_gap_s * bank.gapFactor[i]!),
    );
  const lists = createLists(1);
  const walls = createWalls();
  const near = createNear();
  return (agents, gates, dt, from, to, looks, out) => {
    tendLists(world, agents, lists, dt, looks, reachOf);
    const bank = agents.now;
    let { minCoreGap } = out;
    const { x: X, y: Y, radius: R, ex, ey, wish, mode, gapFactor } = bank;
    for (let i = from; i < to; i++) {
      const v0 = wish[i]!;
      if (mode[i]! >= RESTING || v0 === 0) {
        stand(bank, i, out);
        continue;
      }
      const x = X[i]!;
      const y = Y[i]!;
      const radius = R[i]!;
      lookAtWalls(world.wallLists, bank, gates, i, walls);
      listOf(world, agents, lists, i, reachOf);
      const { at, from: first, to: end } = lists;
      let dirX = ex[i]!;
      let dirY = ey[i]!;
      for (let k = first; k < end; k++) {
        const j = at[k]!;
        const dx = X[j]! - x;
        const dy = Y[j]! - y;
        const d2 = dx * dx + dy * dy;
        const l = radius + R[j]!;
        if (+(d2 > (l + repels) * (l + repels)) | +(d2 === 0)) continue;
        const d = Math.sqrt(d2);
        if (d > walls.nearest && hiddenBehind(walls, x, y, X[j]!, Y[j]!)) continue;
        const gap = d - l;
        if (gap < minCoreGap) minCoreGap = gap;
        const push = (A * fastExp(-gap * perD)) / d;
        dirX -= push * dx;
        dirY -= push * dy;
      }
      for (let w = 0; w < walls.count; w++) {
        const push = wallA * fastExp((radius - walls.distance[w]!) * perWallD);
        dirX -= push * walls.nx[w]!;
        dirY -= push * walls.ny[w]!;
      }
      const length = Math.sqrt(dirX * dirX + dirY * dirY);
      const hx = length > 0 ? dirX / length : bank.hx[i]!;
      const hy = length > 0 ? dirY / length : bank.hy[i]!;
      const timeGap = settings.time_gap_s * gapFactor[i]!;
      let least = Math.min(v0 * timeGap, CUT_OFF);
      for (let k = first; k < end; k++) {
        const j = at[k]!;
        const dx = X[j]! - x;
        const dy = Y[j]! - y;
        const along = dx * hx + dy * hy;
        const aside = dx * hy - dy * hx;
        const l = radius + R[j]!;
        if (+(along < 0) | +(along > least + l) | +(aside > l) | +(-aside > l)) continue;
        const d = Math.sqrt(dx * dx + dy * dy);
        if (d - l >= least || d > CUT_OFF) continue;
        if (d > walls.nearest && hiddenBehind(walls, x, y, X[j]!, Y[j]!)) continue;
        least = d - l;
      }
      const v = least > 0 ? Math.min(v0, least / timeGap) : 0;
      walkOn(bank, i, v * hx, v * hy, hx, hy, dt, walls, near, out);
    }
    out.minCoreGap = minCoreGap;
  };
}
