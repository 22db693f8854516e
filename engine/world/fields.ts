/** Travel-time fields for a state of the gates. */
import { descent, type Seeds, travelTime, type WalkingGraph } from "../geometry/travel-time.js";
import { shared } from "./shared.js";
import type { Destination, Field, World, WorldGate } from "./world.js";

/**
 * The graph with the edges of shut gates and the wrong way of one-way gates cut.
 * @param isOpen whether gate g lets people through
 */
export function graphFor(graph: WalkingGraph, gates: readonly WorldGate[], isOpen: (gate: number) => boolean): WalkingGraph {
  const neighbours = Int32Array.from(graph.neighbours);
  const sources = Int32Array.from(graph.neighbours);
  const cut = (edges: Int32Array, slots: Int32Array): void => {
    for (const slot of slots) edges[slot] = -1;
  };
  gates.forEach((gate, g) => {
    const open = isOpen(g);
    // Out of the car of a lift there is always a way, also when the lift has stopped.
    const [keepForward, keepBackward] = [gate.door?.carLeft === true, gate.door?.carLeft === false];
    // Who may walk n → m is, seen from m, a source in the slot towards n: the other direction's slot.
    if ((!open && !keepForward) || gate.direction === "backward") {
      cut(neighbours, gate.forwardEdges);
      cut(sources, gate.backwardEdges);
    }
    if ((!open && !keepBackward) || gate.direction === "forward") {
      cut(neighbours, gate.backwardEdges);
      cut(sources, gate.forwardEdges);
    }
  });
  const jumps = graph.jumps?.filter((jump) => jump.gates.every(isOpen));
  return { neighbours, sources, slowness: graph.slowness, cell: graph.cell, ...(jumps ? { jumps } : {}) };
}

/** Number of classes of ways: by body width, and once more without stairs where somebody cannot use them. */
export const wayClasses = (world: Pick<World, "narrow" | "stepFree">): number =>
  (world.narrow.length + 1) * (world.stepFree ? 2 : 1);

/** Class of a person. @param width of the body, m @param usesStairs whether stairs are a way */
export const wayClassOf = (world: Pick<World, "narrow">, width: number, usesStairs: boolean): number =>
  world.narrow.filter((w) => w < width).length + (usesStairs ? 0 : world.narrow.length + 1);

/** Whether people of a class use no stairs and no escalators. */
export const isStepFree = (world: Pick<World, "narrow">, wayClass: number): boolean => wayClass > world.narrow.length;

/** Whether gate g lets a person of a class of ways through when it is open. @param wayClass see World.narrow */
export function fits(world: Pick<World, "gates" | "narrow" | "slimmest">, g: number, wayClass: number): boolean {
  const { width, stepped, door } = world.gates[g]!;
  if (stepped && isStepFree(world, wayClass)) return false;
  if (door?.stepFreeOnly && !isStepFree(world, wayClass)) return false;
  const widthClass = wayClass % (world.narrow.length + 1);
  return width >= world.slimmest && (widthClass === 0 || width > world.narrow[widthClass - 1]!);
}

/** The field of a destination over a graph; exits that are shut have no seeds. */
export function fieldFor(graph: WalkingGraph, destination: Destination, isOpen: (gate: number) => boolean): Field {
  const seeds = openSeeds(destination, isOpen);
  const time = shared(Float32Array, graph.slowness.length);
  const flow = shared(Float32Array, 4 * graph.slowness.length);
  travelTime(graph, seeds, time);
  descent(graph, seeds, time, flow);
  return { time, flow };
}

/** Seeds of a destination without those of exits that are shut. */
export function openSeeds({ seeds, seedGates }: Destination, isOpen: (gate: number) => boolean): Seeds {
  if (seedGates.every((gate) => gate < 0 || isOpen(gate))) return seeds;
  const kept = [...seeds.nodes.keys()].filter((k) => seedGates[k]! < 0 || isOpen(seedGates[k]!));
  return {
    nodes: Int32Array.from(kept, (k) => seeds.nodes[k]!),
    times: Float32Array.from(kept, (k) => seeds.times[k]!),
    directions: Float32Array.from(kept.flatMap((k) => [seeds.directions[2 * k]!, seeds.directions[2 * k + 1]!])),
  };
}
