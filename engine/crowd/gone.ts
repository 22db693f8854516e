/**
 * People who have just left: for a moment they walk on beyond the exit, so that those behind have somebody ahead of them, as at a door that
 * leads on. Without them a bare exit line passes about twice as many as the same door with a floor behind. They are no longer inside: they
 * count nowhere and hold nobody's core off.
 */

import type { GateState } from "./gates.js";

/** How long they are seen, s, and in what time they come to their wished speed: so that a door takes as long with its exit in it as 2 m behind it. */
const SEEN_FOR = 0.7;
const SPEED_UP = 0.7;

export interface Gone {
  /** 1 for bins from which somebody who has just left may be seen. */
  readonly near: Uint8Array;
  readonly entries: GonePerson[];
}

export interface GonePerson {
  x: number;
  y: number;
  /** Unit vector along which they left, and their speed along it, m/s. */
  readonly ux: number;
  readonly uy: number;
  speed: number;
  readonly wish: number;
  readonly radius: number;
  readonly sheet: number;
  readonly field: number;
  /** Gate by which they left, -1: in an area. */
  readonly gate: number;
  readonly bins: readonly number[];
  age: number;
}

export const createGone = (binCount: number): Gone => ({ near: new Uint8Array(binCount), entries: [] });

/** Notes somebody who leaves. @param bin where they were, and `columns`, bins in a row of their sheet */
export function noteGone(gone: Gone, person: Omit<GonePerson, "bins" | "age">, bin: number, columns: number): void {
  const bins = [-columns, 0, columns].flatMap((row) => [bin + row - 1, bin + row, bin + row + 1]);
  gone.entries.push({ ...person, bins, age: 0 });
  for (const b of bins) gone.near[b] = 1;
}

/** Whether people of a field on a sheet may be behind somebody who has left. */
export const isAhead = (one: GonePerson, gates: GateState, field: number, sheet: number): boolean =>
  one.sheet === sheet && (one.field === field || (one.gate >= 0 && gates.leave[field * gates.count + one.gate] === 1));

/** Walks them on by one step and forgets those who are out of sight. */
export function walkGoneOn(gone: Gone, dt: number): void {
  if (gone.entries.length === 0) return;
  for (const { bins } of gone.entries) for (const b of bins) gone.near[b] = 0;
  let kept = 0;
  for (const one of gone.entries) {
    one.age += dt;
    if (one.age > SEEN_FOR) continue;
    one.speed += ((one.wish - one.speed) * dt) / SPEED_UP;
    one.x += one.ux * one.speed * dt;
    one.y += one.uy * one.speed * dt;
    for (const b of one.bins) gone.near[b] = 1;
    gone.entries[kept++] = one;
  }
  gone.entries.length = kept;
}
