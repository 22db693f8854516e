/** Which gate is a wall for whom: by state, direction, width, and whether one leaves by it. */
import { side } from "../geometry/plane.js";
import { isStepFree } from "../world/fields.js";
import type { World } from "../world/world.js";

export interface GateState {
  /** 1 where open. */
  readonly open: Uint8Array;
  /** 1 where people of this field may leave: [field * gates + gate]. */
  readonly leave: Uint8Array;
  readonly exit: Uint8Array;
  /** 0 both, 1 only from left to right, -1 only from right to left. */
  readonly way: Int8Array;
  readonly width: Float32Array;
  /** 1 where a gate leads onto stairs or an escalator; 1 where people of a field use none. */
  readonly stepped: Uint8Array;
  readonly stepFree: Uint8Array;
  /** 1 where the gate is a door of a lift that runs, so that it is a way though its doors are shut now. */
  readonly serves: Uint8Array;
  /** Door of a lift: 1 where the car is left of the line, -1 where it is right; 0: no such door. */
  readonly carSide: Int8Array;
  /** 4 per gate [ax, ay, bx, by], m. */
  readonly line: Float32Array;
  readonly count: number;
}

export function createGateState(world: World): GateState {
  const count = world.gates.length;
  const leave = new Uint8Array(world.fields.length * count);
  world.fields.forEach((_, f) => {
    for (const g of world.destinations[f % world.destinations.length]!.exitGates) leave[f * count + g] = 1;
  });
  return {
    open: Uint8Array.from(world.gates, (g) => (g.open && !g.door ? 1 : 0)),
    serves: Uint8Array.from(world.gates, (g) => (g.open ? 1 : 0)),
    carSide: Int8Array.from(world.gates, (g) => (g.door ? (g.door.carLeft ? 1 : -1) : 0)),
    leave,
    exit: Uint8Array.from(world.gates, (g) => (g.exit ? 1 : 0)),
    way: Int8Array.from(world.gates, (g) => (g.direction === "forward" ? 1 : g.direction === "backward" ? -1 : 0)),
    width: Float32Array.from(world.gates, (g) => g.width),
    stepped: Uint8Array.from(world.gates, (g) => (g.stepped ? 1 : 0)),
    stepFree: Uint8Array.from(world.fields, (_, f) => (isStepFree(world, Math.floor(f / world.destinations.length)) ? 1 : 0)),
    line: Float32Array.from(world.gates.flatMap((g) => [...g.line[0], ...g.line[1]])),
    count,
  };
}

/** Whether gate g stops a person at (x, y) with this field and body width, m. */
export function isBarrier(gates: GateState, g: number, field: number, bodyWidth: number, x: number, y: number): boolean {
  if (gates.open[g] === 0) return true;
  if (gates.exit[g] === 1) return field < 0 || gates.leave[field * gates.count + g] === 0;
  if (bodyWidth > gates.width[g]!) return true;
  if (gates.stepped[g] === 1 && field >= 0 && gates.stepFree[field] === 1) return true;
  if (gates.way[g] === 0 && (gates.carSide[g] === 0 || field < 0)) return false;
  const k = 4 * g;
  const left = side(gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!, x, y) >= 0;
  // Into a car goes only who has been let in, without a field.
  if (gates.carSide[g] !== 0) return left !== (gates.carSide[g] === 1);
  return gates.way[g] === 1 ? !left : left;
}
