/** What is known of the exits that people weigh: what each passes and how many people are due there, second by second. */
import { mean } from "../scenario/distributions.js";
import type { World, WorldGate } from "../world/world.js";

/**
 * What an exit passes unless a flow is prescribed, persons/(m s): J = 1.9 w of the Juelich bottleneck experiments
 * (Seyfried et al. 2009, Transportation Science 43:395, as quoted in RiMEA 4.1.1, test 12d).
 */
const SPECIFIC_FLOW = 1.9;
/** Arrivals are counted by second; who is further away counts in the last one. */
export const BINS = 1800;
export interface ExitLoads {
  /** Destinations that people weigh, each one exit. */
  readonly destinations: readonly number[];
  /** Of each destination the entries of `destinations` that it may lead to; empty where nobody weighs them. */
  readonly parts: readonly (readonly number[])[];
  /** persons/s, by entry of `destinations`; Infinity where no opening limits. */
  readonly capacity: Float64Array;
  /** People due in each second from the count on: [entry * BINS + second]. */
  readonly due: Float32Array;
  /** Seconds of the run counted so far. */
  turn: number;
}

export function createExitLoads(world: World): ExitLoads {
  const weighed = new Set<number>();
  for (const group of world.groups)
    for (const stage of group.stages)
      if (stage.kind === "leave" && stage.expected) for (const d of stage.destinations) weighed.add(d);
  const destinations = [...weighed].sort((a, b) => a - b);
  const leads = (d: number, e: number): boolean => {
    const [whole, part] = [world.destinations[d]!, world.destinations[e]!];
    return (
      part.exitGates.every((g) => whole.exitGates.includes(g)) &&
      part.exitAreas.every(({ exit }) => whole.exitAreas.some((other) => other.exit === exit))
    );
  };
  return {
    destinations,
    parts: world.destinations.map((destination, d) =>
      destination.exitGates.length + destination.exitAreas.length === 0
        ? []
        : [...destinations.keys()].filter((k) => leads(d, destinations[k]!)),
    ),
    capacity: Float64Array.from(destinations, (d) => capacityOf(world, d)),
    due: new Float32Array(destinations.length * BINS),
    turn: 0,
  };
}

/** The least of what the width passes, or instead of it the prescribed flow, and what a turnstile lets through. */
function gateCapacity({ width, control }: WorldGate): number {
  const flow = control && control.interval_s > 0 ? 1 / control.interval_s : SPECIFIC_FLOW * width;
  const turnstile = control?.turnstile;
  return turnstile ? Math.min(flow, turnstile.lanes / mean(turnstile.service_s)) : flow;
}

function capacityOf(world: World, d: number): number {
  const { exitGates, exitAreas } = world.destinations[d]!;
  if (exitAreas.length > 0) return Infinity;
  return exitGates.reduce((sum, g) => sum + gateCapacity(world.gates[g]!), 0);
}
