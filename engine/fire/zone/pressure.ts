import { GAMMA } from "./constants.js";
import { fanFlows } from "./fan-flow.js";
import { horizontalFlows } from "./horizontal-flow.js";
import { wallFlows } from "./slabs.js";
import type { Zones } from "./zones.js";

/** Greatest residual of a room's energy, W; what is left over goes into the next step. */
const TOLERANCE = 20;
const MOST_ITERATIONS = 40;

export interface PressureSolver {
  /**
   * Finds `rooms.nextPressure` at the end of a step by Newton's method on the energy of every room,
   * V / (gamma - 1) dP/dt = heat + enthalpy of flows (implicit Euler: regular in sealed rooms too), with the flows in the vents at the solution.
   * Returns the greatest residual, W; the caller decides whether it will do.
   */
  solve(timeStep: number): number;
}

/** The residual is the slope of a convex function of the pressures, which makes the damping below safe. */
export function createPressureSolver(z: Zones): PressureSolver {
  const { count, ldl, rooms } = z;
  const residual = new Float64Array(count);
  const change = new Float64Array(count);
  const before = new Float64Array(count + 1);

  const evaluate = (timeStep: number): number => {
    ldl.lower.fill(0);
    for (let i = 0; i < count; i++) {
      const capacity = rooms.volume[i]! / ((GAMMA - 1) * timeStep);
      const row = ldl.rowOf[i]!;
      ldl.diagonal[row] = capacity;
      residual[row] = capacity * (rooms.nextPressure[i]! - rooms.pressure[i]!) - rooms.heat[i]!;
    }
    wallFlows(z, residual);
    horizontalFlows(z, residual);
    fanFlows(z, residual);
    let worst = 0;
    for (let r = 0; r < count; r++) {
      const size = Math.abs(residual[r]!);
      if (!(size <= worst)) worst = size;
    }
    return worst;
  };
  const moveBy = (share: number): void => {
    for (let i = 0; i < count; i++) rooms.nextPressure[i] = before[i]! + share * change[ldl.rowOf[i]!]!;
  };
  const along = (): number => {
    let sum = 0;
    for (let r = 0; r < count; r++) sum += change[r]! * residual[r]!;
    return sum;
  };

  const solve = (timeStep: number): number => {
    rooms.nextPressure.set(rooms.pressure);
    let worst = evaluate(timeStep);
    for (let iteration = 0; worst >= TOLERANCE && iteration < MOST_ITERATIONS; iteration++) {
      if (!ldl.factor()) return Number.POSITIVE_INFINITY;
      for (let r = 0; r < count; r++) change[r] = -residual[r]!;
      ldl.solve(change);
      before.set(rooms.nextPressure);
      const slope = along();
      moveBy(1);
      worst = evaluate(timeStep);
      // beyond the valley of the convex function along this direction: go back to where its slope is 0
      const beyond = along();
      if (worst >= TOLERANCE && beyond > -0.5 * slope) {
        moveBy(slope / (slope - beyond));
        worst = evaluate(timeStep);
      }
    }
    for (let i = 0; i < count; i++) rooms.nextOwed[i] = -residual[ldl.rowOf[i]!]!;
    return worst;
  };
  return { solve };
}
