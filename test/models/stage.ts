/** People of given states in a room, for one step of a model: what comes out is the model's alone, without fields and journeys. */

import { WALKING } from "../../engine/crowd/agents.js";
import { placeStart } from "../../engine/crowd/arrivals.js";
import { type Crowd, createCrowd } from "../../engine/crowd/state.js";
import { compileWorld } from "../../engine/world/compile.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

export interface Body {
  x: number;
  y: number;
  vx?: number;
  vy?: number;
  hx?: number;
  hy?: number;
  /** Wished velocity: direction times speed, m/s. */
  wx: number;
  wy: number;
  radius?: number;
  mode?: number;
}

const corners = (ring: [number, number][]): { ring: [number, number][] } => ({ ring });

/** A walled room [0, width] x [0, depth] with these people in order of their ids. */
export function stage(options: {
  model: unknown;
  bodies: readonly Body[];
  width?: number;
  depth?: number;
  dt?: number;
  seed?: number;
}): Crowd {
  const { model, bodies, width = 40, depth = 40, dt = 0.01, seed = 1 } = options;
  const layout = layoutOf({ rooms: [{ id: "room", ...corners(box(0, 0, width, depth)) }] });
  const scenario = scenarioOf(layout, {
    duration_s: 100,
    time_step_s: dt,
    output_every_s: dt,
    model,
    people: [
      {
        name: "all",
        agents: bodies.map((b) => ({ at: [b.x, b.y], radius_m: b.radius ?? 0.2, speed_m_s: 1.2 })),
        journey: [],
      },
    ],
  });
  const crowd = createCrowd(compileWorld(layout, scenario), seed);
  placeStart(crowd);
  bodies.forEach((b, id) => {
    const bank = crowd.agents.now;
    const i = crowd.agents.slotOf[id]!;
    bank.vx[i] = b.vx ?? 0;
    bank.vy[i] = b.vy ?? 0;
    bank.hx[i] = b.hx ?? 0;
    bank.hy[i] = b.hy ?? 0;
    wishFor(crowd, id, b.wx, b.wy);
    bank.mode[i] = b.mode ?? WALKING;
  });
  return crowd;
}

export function wishFor(crowd: Crowd, id: number, wx: number, wy: number): void {
  const bank = crowd.agents.now;
  const i = crowd.agents.slotOf[id]!;
  const speed = Math.hypot(wx, wy);
  bank.wish[i] = speed;
  bank.ex[i] = speed > 0 ? wx / speed : 0;
  bank.ey[i] = speed > 0 ? wy / speed : 0;
}

/** Velocities [vx, vy, hx, hy] of one step by id; positions stay. */
export function velocities(crowd: Crowd, dt: number): [number, number, number, number][] {
  const { agents, out } = crowd;
  crowd.model.step(agents, crowd.gates, dt, 0, agents.count, true, out);
  return Array.from({ length: agents.count }, (_, id) => {
    const i = agents.slotOf[id]!;
    return [out.vx[i]!, out.vy[i]!, out.hx[i]!, out.hy[i]!];
  });
}

/** Steps with the wish kept: moves everybody along their velocities; calls `each` after every step. */
export function walk(crowd: Crowd, dt: number, steps: number, each?: (step: number) => void): void {
  for (let k = 0; k < steps; k++) {
    velocities(crowd, dt);
    const { now, count } = crowd.agents;
    for (let i = 0; i < count; i++) {
      now.vx[i] = crowd.out.vx[i]!;
      now.vy[i] = crowd.out.vy[i]!;
      now.hx[i] = crowd.out.hx[i]!;
      now.hy[i] = crowd.out.hy[i]!;
      now.x[i] = now.x[i]! + now.vx[i]! * dt;
      now.y[i] = now.y[i]! + now.vy[i]! * dt;
    }
    each?.(k);
  }
}
