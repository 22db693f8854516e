/** Who crosses a line when, and the flows over it. */
import { crosses, side } from "../../geometry/plane.js";
import type { Point } from "../../geometry/polygon.js";
import { longestPause, type Trajectory } from "../../trajectory/trajectory.js";
import type { Speeds } from "./speed.js";

/** A measurement line, seen from `from` to `to`: who comes from its left goes forward. */
export interface MeasurementLine {
  readonly name: string;
  readonly from: Point;
  readonly to: Point;
}

/** Crossings in order of frame, then person. A crossing belongs to the frame of the step's end. */
export interface Crossings {
  readonly id: Int32Array;
  readonly frame: Int32Array;
  /** Row of the trajectory in which the step ended. */
  readonly row: Int32Array;
  /** 1 = forward, -1 = backward. */
  readonly direction: Int8Array;
}

/**
 * Every step that crosses the line. Touching counts with the new position only, so forward − backward is exact on any path; a
 * pause longer than `longestPause` is no step.
 */
export function rawCrossings(trajectory: Trajectory, { from, to }: MeasurementLine): Crossings {
  const { x, y, id, frame, rows } = trajectory;
  const [ax, ay] = from;
  const [bx, by] = to;
  const pause = longestPause(trajectory);
  const found: number[] = [];
  for (let row = 1; row < rows; row++) {
    if (id[row] !== id[row - 1] || frame[row]! - frame[row - 1]! > pause) continue;
    if (crosses(x[row - 1]!, y[row - 1]!, x[row]!, y[row]!, ax, ay, bx, by)) found.push(row);
  }
  return pick(trajectory, found, ({ x, y }, row) => (side(ax, ay, bx, by, x[row]!, y[row]!) < 0 ? 1 : -1));
}

function pick(trajectory: Trajectory, rows: readonly number[], direction: (t: Trajectory, row: number) => 1 | -1): Crossings {
  const { frame, id } = trajectory;
  const sorted = [...rows].sort((a, b) => frame[a]! - frame[b]! || id[a]! - id[b]!);
  return {
    id: Int32Array.from(sorted, (row) => id[row]!),
    frame: Int32Array.from(sorted, (row) => frame[row]!),
    row: Int32Array.from(sorted),
    direction: Int8Array.from(sorted, (row) => direction(trajectory, row)),
  };
}

/**
 * How a person who crosses several times counts:
 * - "first": once, at the first crossing, whatever comes after. As in PedPy's `compute_n_t` the person must be seen once more after
 *   it: a crossing in the last row of a person does not count.
 * - "net": once, at the last crossing, if the person ends on the other side than they began; else not at all.
 * - "every": each crossing for itself.
 */
export type CrossingPolicy = "first" | "net" | "every";
export const CROSSING_POLICIES: readonly CrossingPolicy[] = ["first", "net", "every"];

export function countedCrossings(trajectory: Trajectory, all: Crossings, policy: CrossingPolicy): Crossings {
  if (policy === "every") return all;
  const { id } = trajectory;
  const net = new Map<number, number>();
  const last = new Map<number, number>();
  const first = new Map<number, number>();
  all.id.forEach((person, k) => {
    net.set(person, (net.get(person) ?? 0) + all.direction[k]!);
    last.set(person, k);
    if (!first.has(person) && id[all.row[k]! + 1] === person) first.set(person, k);
  });
  const kept = new Set(
    policy === "first" ? first.values() : [...last].flatMap(([person, k]) => (net.get(person) === 0 ? [] : [k])),
  );
  const filter = <T extends Int32Array | Int8Array>(column: T): T => column.filter((_, k) => kept.has(k)) as T;
  return { id: filter(all.id), frame: filter(all.frame), row: filter(all.row), direction: filter(all.direction) };
}

/** Persons who have crossed up to and with each frame from the trajectory's first to its last: the N–t curve. */
export function passedBy({ firstFrame, lastFrame }: Trajectory, { frame }: Crossings): Int32Array {
  const passed = new Int32Array(Math.max(0, lastFrame - firstFrame + 1));
  for (const f of frame) passed[f - firstFrame]!++;
  for (let k = 1; k < passed.length; k++) passed[k]! += passed[k - 1]!;
  return passed;
}

/** (N - 1) / (t of the last - t of the first), persons/s; null where fewer than two cross or all in one frame. */
export function flowFirstToLast({ frame }: Crossings, frameRate: number): number | null {
  const count = frame.length;
  if (count < 2 || frame[count - 1] === frame[0]) return null;
  return ((count - 1) * frameRate) / (frame[count - 1]! - frame[0]!);
}

export interface FlowWindow {
  /** Frames between which the flow is counted: from the crossing that ended the window before to the last one in this. */
  readonly from: number;
  readonly to: number;
  readonly persons: number;
  /** persons/s */
  readonly flow: number;
  /** Mean speed of those who crossed, at their crossing, m/s; null where none has a speed. */
  readonly speed: number | null;
}

/**
 * Flow in windows of `windowFrames` from the first crossing on, as PedPy's `compute_flow`: at the end of each window, persons since
 * the window before over the time between the last crossings of the two (one frame later, as PedPy counts it). Windows in which
 * nobody crosses are left out and join the next one; what comes after the last full window is not counted.
 * @param windowFrames at least 1
 */
export function flowWindows(trajectory: Trajectory, crossings: Crossings, speeds: Speeds, windowFrames: number): FlowWindow[] {
  const windows: FlowWindow[] = [];
  const { frame, row } = crossings;
  if (frame.length === 0) return windows;
  const { firstFrame, lastFrame, frameRate } = trajectory;
  const passed = passedBy(trajectory, crossings);
  let before = 0;
  let from = frame[0]!;
  for (let end = from + windowFrames; end < lastFrame; end += windowFrames) {
    const now = passed[end - firstFrame]!;
    if (now === before) continue;
    // First frame in which as many had passed, and one more.
    const to = frame[now - 1]! + 1;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < frame.length; k++) {
      const speed = speeds.speed[row[k]!]!;
      if (frame[k]! < from || frame[k]! > to || Number.isNaN(speed)) continue;
      sum += speed;
      count++;
    }
    const persons = now - before;
    windows.push({ from, to, persons, flow: (persons * frameRate) / (to - from), speed: count === 0 ? null : sum / count });
    before = now;
    from = to;
  }
  return windows;
}
