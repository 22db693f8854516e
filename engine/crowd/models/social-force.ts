/**
 * Social force model of Helbing and Molnár 1995 (Physical Review E 51:4282) in the form with body contact of Helbing, Farkas and Vicsek 2000
 * (Nature 407:487), second order in velocity, with the parameters of JuPedSim 1.4.2.
 *
 * Person i with mass m, wished velocity v0 e0, body radius r; neighbour j at distance s, n from j to i, t = n turned by 90 degrees to the left, l = r_i + r_j:
 *   m v' = m (v0 e0 - v) / tau + sum_j f_ij + sum_w f_iw                                                      (eq. 1)
 *   f_ij = (A exp((l - s) / B) + k g) n + kappa g ((v_j - v_i) . t) t,   g = max(0, l - s)                       (eq. 2)
 *   f_iw = (A_w exp((r - d) / B) + k g) n - kappa g (v_i . t) t,   g = max(0, r - d), n from the wall at distance d    (eq. 3)
 * Friction at a wall slows a body that slides along it, as in eq. 3; JuPedSim 1.4.2 has the other sign there and speeds it up.
 * Semi-implicit Euler as in JuPedSim: v(t + dt) = v + v' dt, x(t + dt) = x + v(t + dt) dt. Neighbours count up to 2.5 m (JuPedSim's cut-off) unless a
 * wall hides them; an acceleration below 1e-4 m/s2 by repulsion is left out. Who rests stands still, whoever pushes.
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
const CUT_OFF = 2.5;
/** An acceleration by the repulsion of one neighbour below this is left out, m/s2. */
const NEGLIGIBLE = 1e-4;
/** Largest speed over the wished one that neighbour lists are meant for (Helbing and Molnár 1995 cut speeds at 1.3 times the wished one). */
const HASTE = 1.3;

type Settings = ClassicSettings<"social-force">;

/** @param wallFriction 1 slows bodies at walls as published; -1 is JuPedSim 1.4.2, for comparisons only */
export function createSocialForce(world: World, settings: Settings, wallFriction: 1 | -1 = 1): MovementModel {
  return { stepsPerLook, step: createStep(world, settings, wallFriction) };
}

function createStep(world: World, settings: Settings, wallFriction: number): MovementStep {
  const { mass_kg: mass } = settings;
  const A = settings.agent_scale_N / mass;
  const wallA = settings.obstacle_scale_N / mass;
  const perB = 1 / settings.force_distance_m;
  const stiffness = settings.body_force_kg_s2 / mass;
  const friction = settings.friction_kg_m_s / mass;
  const perTau = 1 / settings.reaction_time_s;
  const repels = A > NEGLIGIBLE ? log(A / NEGLIGIBLE) / perB : 0;
  const reachOf: ReachOf = (bank, i) => Math.min(CUT_OFF, bank.radius[i]! + world.widest / 2 + repels);
  const lists = createLists(HASTE);
  const walls = createWalls();
  const near = createNear();
  return (agents, gates, dt, from, to, looks, out) => {
    tendLists(world, agents, lists, dt, looks, reachOf);
    const bank = agents.now;
    let { minCoreGap } = out;
    const { x: X, y: Y, vx: VX, vy: VY, radius: R, ex, ey, wish, mode } = bank;
    for (let i = from; i < to; i++) {
      if (mode[i]! >= RESTING) {
        stand(bank, i, out);
        continue;
      }
      const x = X[i]!;
      const y = Y[i]!;
      const vx = VX[i]!;
      const vy = VY[i]!;
      const radius = R[i]!;
      const v0 = wish[i]!;
      let ax = (v0 * ex[i]! - vx) * perTau;
      let ay = (v0 * ey[i]! - vy) * perTau;
      lookAtWalls(world.wallLists, bank, gates, i, walls);
      listOf(world, agents, lists, i, reachOf);
      const reach = reachOf(bank, i);
      const reach2 = reach * reach;
      const { at, to: end } = lists;
      for (let k = lists.from; k < end; k++) {
        const j = at[k]!;
        const dx = x - X[j]!;
        const dy = y - Y[j]!;
        const d2 = dx * dx + dy * dy;
        if (d2 > reach2 || d2 === 0) continue;
        const d = Math.sqrt(d2);
        if (d > walls.nearest && hiddenBehind(walls, x, y, X[j]!, Y[j]!)) continue;
        const gap = d - radius - R[j]!;
        if (gap < minCoreGap) minCoreGap = gap;
        let push = A * fastExp(-gap * perB);
        if (gap < 0) {
          push -= stiffness * gap;
          // (v_j - v_i) . t / s^2 with t = (-dy, dx) / s.
          const slide = (-friction * gap * ((VY[j]! - vy) * dx - (VX[j]! - vx) * dy)) / d2;
          ax -= slide * dy;
          ay += slide * dx;
        }
        ax += (push * dx) / d;
        ay += (push * dy) / d;
      }
      for (let w = 0; w < walls.count; w++) {
        const gap = walls.distance[w]! - radius;
        const nx = walls.nx[w]!;
        const ny = walls.ny[w]!;
        let push = wallA * fastExp(-gap * perB);
        if (gap < 0) {
          push -= stiffness * gap;
          const slide = wallFriction * friction * gap * (vy * nx - vx * ny);
          ax -= slide * ny;
          ay += slide * nx;
        }
        ax -= push * nx;
        ay -= push * ny;
      }
      const newX = vx + ax * dt;
      const newY = vy + ay * dt;
      const speed = Math.sqrt(newX * newX + newY * newY);
      walkOn(bank, i, newX, newY, speed > 0 ? newX / speed : 0, speed > 0 ? newY / speed : 0, dt, walls, near, out);
    }
    out.minCoreGap = minCoreGap;
  };
}
