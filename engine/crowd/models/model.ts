/** What a movement model is to the step: one function over the arrays of all people, from the old state to the new velocities. */
import type { Agents } from "../agents.js";
import type { GateState } from "../gates.js";

export interface StepOutput {
  /** New velocity and heading by slot. */
  vx: Float32Array;
  vy: Float32Array;
  hx: Float32Array;
  hy: Float32Array;
  /** 1 where somebody came towards the person. */
  facing: Uint8Array;
  /** Smallest distance of cores minus what two cores need, m, over all steps so far; what a core is, the model says. */
  minCoreGap: number;
  /** Steps of one person, over all steps so far, that the wall would have been crossed in had the step not been cut short of it. */
  wallLimited: number;
}

/**
 * Reads the present bank of slots [from, to), writes `out`.
 * @param looks false between two looks: directions and slots are those of the last look but for who came or left since
 */
export type MovementStep = (
  agents: Agents,
  gates: GateState,
  dt: number,
  from: number,
  to: number,
  looks: boolean,
  out: StepOutput,
) => void;

export interface MovementModel {
  /** Steps of dt from one look around to the next: then directions are read from the fields, and people are sorted into bins. */
  stepsPerLook(dt: number): number;
  readonly step: MovementStep;
}
