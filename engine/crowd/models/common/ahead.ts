/**
 * Those of the neighbour lists who are not behind: with models that mind nobody behind both the wished direction and the heading, half of a list is read
 * in vain in every step. Who is behind at a look by more than all can walk until the next, for every heading within TURN of the present one, stays
 * behind until then, so the shorter lists give the same result to the last bit. Whoever turns further uses the whole list.
 *
 * Layout as in lists.ts: people by their slot at the look.
 */
import type { Agents } from "../../agents.js";
import { type Lists, pointAt } from "./lists.js";

/** Largest change of the heading, a unit vector, for which the shorter lists hold. */
const TURN = 0.15;

export interface Ahead {
  start: Int32Array;
  slots: Int32Array;
  /** Wished direction and heading at the look, 4 per slot [ex, ey, hx, hy]. */
  ways: Float32Array;
}

export const createAhead = (): Ahead => ({ start: new Int32Array(1), slots: new Int32Array(0), ways: new Float32Array(0) });

/** Makes the shorter lists at a look, after `tendLists`. @param close who is this near stays listed, m */
export function listAhead(ahead: Ahead, agents: Agents, lists: Lists, close: number): void {
  const { now, count } = agents;
  const { x: X, y: Y, ex, ey, hx, hy } = now;
  const { start, slots, skin } = lists;
  if (ahead.start.length < start.length) {
    ahead.start = new Int32Array(start.length);
    ahead.ways = new Float32Array(4 * start.length);
  }
  if (ahead.slots.length < slots.length) ahead.slots = new Int32Array(slots.length);
  const { start: shorter, slots: kept, ways } = ahead;
  const close2 = (close + skin) * (close + skin);
  let end = 0;
  for (let i = 0; i < count; i++) {
    shorter[i] = end;
    const [x, y, dX, dY, hX, hY] = [X[i]!, Y[i]!, ex[i]!, ey[i]!, hx[i]!, hy[i]!];
    ways[4 * i] = dX;
    ways[4 * i + 1] = dY;
    ways[4 * i + 2] = hX;
    ways[4 * i + 3] = hY;
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      const j = slots[k]!;
      const dx = X[j]! - x;
      const dy = Y[j]! - y;
      const d2 = dx * dx + dy * dy;
      const behind = +(dX * dx + dY * dy < -skin) & +(hX * dx + hY * dy < -TURN * Math.sqrt(d2) - skin) & +(d2 > close2);
      kept[end] = j;
      end += 1 - behind;
    }
  }
  shorter[count] = end;
}

/** Whether the shorter list of slot i holds for a heading (hx, hy). */
export function holdsFor(ahead: Ahead, agents: Agents, lists: Lists, i: number, hx: number, hy: number): boolean {
  const { now, stale } = agents;
  const old = now.look[i]!;
  if (old < 0 || stale[old] === 1 || 2 * lists.walked > lists.skin) return false;
  const { ways } = ahead;
  if (ways[4 * old] !== now.ex[i] || ways[4 * old + 1] !== now.ey[i]) return false;
  const dx = hx - ways[4 * old + 2]!;
  const dy = hy - ways[4 * old + 3]!;
  return dx * dx + dy * dy < TURN * TURN;
}

/** Points `at`, `from` and `to` of the lists at the shorter list of slot i, where it holds. */
export function aheadOf(ahead: Ahead, agents: Agents, lists: Lists, i: number): void {
  pointAt(agents, lists, ahead.slots, ahead.start, agents.now.look[i]!);
}
