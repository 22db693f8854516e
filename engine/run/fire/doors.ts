/**
 * Doors act back on smoke. In every step each opening has an open share: that of its state, of the events that lock and open it, and of the people
 * who go through. The vent of the zone model gets the mean over the time since the last exchange.
 */
import type { Crowd } from "../../crowd/state.js";
import type { SmokeDoor } from "../../fire/from-layout/doors.js";
import { crosses, distance2 } from "../../geometry/plane.js";
import { binsNear } from "../../world/walls.js";

/** Who will cross the line within this time, s, opens a self-closing door: an arm's reach at walking speed. Chosen. */
const AHEAD_CLOSER = 0.7;
/** … and holds one that is open just while people pass: the thickness of a body. Chosen. */
const AHEAD_PASS = 0.2;
/** Time for which who has passed a door without a closer still stands in it, s: a stride. Chosen. */
const HOLD = 0.5;
/** How far from a door somebody can be who reaches its line in AHEAD_CLOSER at 3 m/s, and how far people walk between two sorts by bin, m. */
const REACH = 2.1;
const DRIFT = 0.7;

export interface DoorWatch {
  /** After a step of dt seconds: adds to the time each opening was open. */
  step(dt: number): void;
  /** An event has locked or opened the gate. */
  event(gate: number, open: boolean): void;
  /** Mean open share of each door since the last call, in the order of the doors; the same array at every call. */
  take(): Float64Array;
}

interface Watched {
  readonly bins: Int32Array;
  readonly ahead: number;
  /** Time since somebody last held it open, s. */
  free: number;
}

export function createDoorWatch(crowd: Crowd, doors: readonly SmokeDoor[]): DoorWatch {
  const { world } = crowd;
  const watched = doors.map(({ gate, state }): Watched | null => {
    if (gate < 0 || (state !== "self-closing" && state !== "while-people-pass")) return null;
    const { line, sheetA, sheetB } = world.gates[gate]!;
    const [[ax, ay], [bx, by]] = line;
    const bins = [...new Set([sheetA, sheetB])].flatMap((s) => binsNear(world.sheets[s]!, ax, ay, bx, by, REACH + DRIFT));
    return { bins: Int32Array.from(bins), ahead: state === "self-closing" ? AHEAD_CLOSER : AHEAD_PASS, free: Infinity };
  });
  const opened = doors.map(({ state }) => state === "open");
  const sums = new Float64Array(doors.length);
  const means = new Float64Array(doors.length);
  let time = 0;
  const share = (d: number, dt: number): number => {
    const door = doors[d]!;
    const watch = watched[d];
    const locked = door.gate >= 0 && crowd.gates.open[door.gate] === 0;
    if (door.state === "open") return 1;
    if (door.state === "closed") return opened[d] ? 1 : door.leak;
    if (locked) return door.leak;
    if (!watch) return door.state === "as-people" ? 1 : door.leak;
    watch.free = isHeld(crowd, door.gate, watch) ? 0 : watch.free + dt;
    return Math.max(door.leak, openAfter(door, watch.free));
  };
  return {
    step(dt) {
      time += dt;
      for (let d = 0; d < doors.length; d++) sums[d]! += share(d, dt) * dt;
    },
    event(gate, open) {
      doors.forEach((door, d) => {
        if (door.gate === gate) opened[d] = open;
      });
    },
    take() {
      for (let d = 0; d < doors.length; d++) {
        means[d] = time > 0 ? sums[d]! / time : share(d, 0);
        sums[d] = 0;
      }
      time = 0;
      return means;
    },
  };
}

/** Open share of a door that nobody has held for a time: a closer shuts it evenly. */
function openAfter({ state, closing_s }: SmokeDoor, free: number): number {
  if (state === "while-people-pass") return free <= HOLD ? 1 : 0;
  if (free === 0) return 1;
  return closing_s > 0 ? Math.max(0, 1 - free / closing_s) : 0;
}

/** Whether somebody stands in the line of a gate or is about to cross it. */
function isHeld({ agents, gates }: Crowd, gate: number, { bins, ahead }: Watched): boolean {
  const { now, binStart } = agents;
  const k = 4 * gate;
  const ax = gates.line[k]!;
  const ay = gates.line[k + 1]!;
  const bx = gates.line[k + 2]!;
  const by = gates.line[k + 3]!;
  for (let b = 0; b < bins.length; b++) {
    const bin = bins[b]!;
    for (let i = binStart[bin]!; i < binStart[bin + 1]!; i++) {
      const x = now.x[i]!;
      const y = now.y[i]!;
      const radius = now.radius[i]!;
      if (distance2(x, y, ax, ay, bx, by) <= radius * radius) return true;
      if (crosses(x, y, x + now.vx[i]! * ahead, y + now.vy[i]! * ahead, ax, ay, bx, by)) return true;
    }
  }
  return false;
}
