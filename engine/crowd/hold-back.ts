/**
 * Passage through openings with a prescribed greatest flow or a turnstile: people who come sooner than allowed wait before the line.
 *
 * A gate lets person k cross not before t(k-1) + 1 / (Fs w_eff), the exact crossing times inside a step counted. In every step those who
 * head for the line within REACH, or whose path crosses it, stand in order of their way to it (ids break ties); the r-th may cross
 * not before the gate is free plus r intervals, and whoever crosses sets the next time from their own crossing. Who is early is slowed
 * down as a whole, so that they reach the line at their time; those further off come up to their body's radius before the line, as to a wall.
 * Slowing down a velocity that obeys the contact limits obeys them still (each is a half plane that holds 0), so this works after any
 * movement model; nobody is moved, deleted or walked through.
 *
 * A turnstile has lanes with one server each. Who stands before the line with a free lane near by is served for a time drawn anew for each
 * passage, and crosses after it; the lane is free again when they have crossed.
 */
import { crosses, side } from "../geometry/plane.js";
import { stream } from "../random.js";
import { sample } from "../scenario/distributions.js";
import { RESTING } from "./agents.js";
import { isBarrier } from "./gates.js";
import { BELT_GAP, type LaneWork, type Passage, REACH } from "./passages.js";
import type { Crowd } from "./state.js";

/** Who must not cross in a step stays at least this far from the line, m: more than the rounding of a Float32 position within 10 km. */
const SHORT = 0.002;
/** Service begins when the body is this close to the line, m: as in a lane of a queue. */
const AT_LINE = 0.25;
/** Who does not cross within this time after their service, s, is barred; chosen. */
const BARRED = 2;
/** Who waits before the line counts as stuck for this long at most, s: less than those who try other ways. */
const PATIENT = 10;
/** Lanes further aside than this are not taken, m. */
const BESIDE = 0.9;

/** One who heads for the line. */
interface Comer {
  slot: number;
  id: number;
  /** Way to the line along the wished direction or the path, m. */
  way: number;
}

/** Slows down, in `crowd.out`, whoever would cross a gate sooner than its rule allows. Called between the movement model and the step. */
export function holdBack(crowd: Crowd, dt: number): void {
  for (const passage of crowd.passages) {
    const comers = comersOf(crowd, passage, dt);
    if (passage.control.belt) closeUp(crowd, comers);
    if (passage.lanes.length > 0) tendLanes(crowd, passage, comers);
    let free = passage.free;
    for (const comer of comers) {
      const lane = passage.lanes.find(({ id }) => id === comer.id);
      const allowed = passage.lanes.length === 0 ? free : lane ? Math.max(free, lane.doneAt) : Infinity;
      // Who is being served keeps their place.
      if (lane && crowd.time < lane.doneAt) crowd.agents.now.stuck[comer.slot] = 0;
      const crossing = letCome(crowd, passage.gate, comer.slot, allowed, dt);
      free = Math.max(free, crossing) + passage.control.interval_s;
      if (crossing < 0) continue;
      passage.free = free;
      if (lane) lane.id = -1;
    }
  }
}

/** Who is about to step onto a belt closes up; behind the line the gap is set anew (move.ts, direction.ts). */
function closeUp({ agents, people }: Crowd, comers: readonly Comer[]): void {
  for (const { slot, id } of comers) agents.now.gapFactor[slot] = BELT_GAP * people.gapFactor[id]!;
}

/** People whose way leads through the gate, nearest first. */
function comersOf(crowd: Crowd, { gate, bins }: Passage, dt: number): Comer[] {
  const { agents, gates, out } = crowd;
  const { x, y, ex, ey, mode, field, radius, id } = agents.now;
  const k = 4 * gate;
  const [ax, ay, bx, by] = [gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!];
  const comers: Comer[] = [];
  for (const bin of bins)
    for (let i = agents.binStart[bin]!; i < agents.binStart[bin + 1]!; i++) {
      if (mode[i]! >= RESTING || isBarrier(gates, gate, field[i]!, 2 * radius[i]!, x[i]!, y[i]!)) continue;
      let way = wayAlong(ax, ay, bx, by, x[i]!, y[i]!, ex[i]!, ey[i]!);
      if (way > REACH) way = Infinity;
      const qx = Math.fround(x[i]! + out.vx[i]! * dt);
      const qy = Math.fround(y[i]! + out.vy[i]! * dt);
      if (way === Infinity && crosses(x[i]!, y[i]!, qx, qy, ax, ay, bx, by)) {
        const speed = Math.sqrt(out.vx[i]! * out.vx[i]! + out.vy[i]! * out.vy[i]!);
        way = wayAlong(ax, ay, bx, by, x[i]!, y[i]!, out.vx[i]! / speed, out.vy[i]! / speed);
      }
      if (way < Infinity) comers.push({ slot: i, id: id[i]!, way });
    }
  return comers.sort((a, b) => a.way - b.way || a.id - b.id);
}

/** Distance from (x, y) along the unit vector (ex, ey) to the segment, m; Infinity where the ray misses it. */
function wayAlong(ax: number, ay: number, bx: number, by: number, x: number, y: number, ex: number, ey: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const across = dx * ey - dy * ex;
  if (across === 0) return Infinity;
  const way = (dx * (ay - y) - dy * (ax - x)) / across;
  const t = (ex * (ay - y) - ey * (ax - x)) / across;
  return way >= 0 && t >= 0 && t <= 1 ? way : Infinity;
}

/**
 * Lets one person come as near to the line as `allowed`, the time from which they may cross it, permits; slows them down in `crowd.out`.
 * Returns the time of crossing, s, or -1 where they do not cross in this step.
 */
function letCome(crowd: Crowd, gate: number, i: number, allowed: number, dt: number): number {
  const { time } = crowd;
  const crossing = crossingTime(crowd, gate, i, dt);
  if (crossing >= allowed) return crossing;
  if (allowed < time + dt) {
    if (crossing < 0) return -1;
    // The same way in so much more time: the line is reached when it may be crossed.
    slow(crowd, i, (crossing - time) / (allowed - time));
    const later = crossingTime(crowd, gate, i, dt);
    return later < 0 ? -1 : Math.max(later, allowed);
  }
  const { x, y, radius } = crowd.agents.now;
  const { vx, vy } = crowd.out;
  // Beside the opening a wall does what is needed.
  if (crossing < 0 && !isBefore(crowd, gate, x[i]!, y[i]!)) return -1;
  const away = distanceTo(crowd, gate, x[i]!, y[i]!);
  const after = distanceTo(crowd, gate, x[i]! + vx[i]! * dt, y[i]! + vy[i]! * dt);
  const nearer = crossing < 0 ? away - after : away + after;
  const most = Math.max(0, Math.min(away - SHORT, Math.max((away * dt) / (allowed - time), away - radius[i]!)));
  if (nearer > most) slow(crowd, i, most / nearer);
  // Who waits for the line makes room for those before them, and does not try other ways.
  crowd.agents.now.stuck[i] = Math.min(crowd.agents.now.stuck[i]!, PATIENT);
  return -1;
}

function slow({ out }: Crowd, i: number, share: number): void {
  out.vx[i]! *= share;
  out.vy[i]! *= share;
}

/** When the path of a person in this step crosses the line, s; -1 where it does not. */
function crossingTime({ agents, gates, out, time }: Crowd, gate: number, i: number, dt: number): number {
  const k = 4 * gate;
  const [ax, ay, bx, by] = [gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!];
  const x = agents.now.x[i]!;
  const y = agents.now.y[i]!;
  const qx = Math.fround(x + out.vx[i]! * dt);
  const qy = Math.fround(y + out.vy[i]! * dt);
  if ((qx === x && qy === y) || !crosses(x, y, qx, qy, ax, ay, bx, by)) return -1;
  const from = side(ax, ay, bx, by, x, y);
  return time + (from / (from - side(ax, ay, bx, by, qx, qy))) * dt;
}

/** Whether (x, y) is straight before the opening, not beside it. */
function isBefore({ gates }: Crowd, gate: number, x: number, y: number): boolean {
  const k = 4 * gate;
  const [ax, ay, bx, by] = [gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!];
  const along = (x - ax) * (bx - ax) + (y - ay) * (by - ay);
  return along >= 0 && along <= (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
}

/** Distance from the straight line through a gate, m. */
function distanceTo({ gates }: Crowd, gate: number, x: number, y: number): number {
  const k = 4 * gate;
  const [ax, ay, bx, by] = [gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!];
  return Math.abs(side(ax, ay, bx, by, x, y)) / Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
}

/** Ends the service of who has gone elsewhere, and begins that of who stands before the line with a free lane near by. */
function tendLanes(crowd: Crowd, { gate, control, lanes }: Passage, comers: readonly Comer[]): void {
  for (const lane of lanes) if (!comers.some(({ id }) => id === lane.id)) lane.id = -1;
  for (const lane of lanes) if (lane.id >= 0 && crowd.time > lane.doneAt + BARRED) passOn(lane, lanes, comers);
  const { x, y, radius } = crowd.agents.now;
  for (const { slot, id } of comers) {
    if (distanceTo(crowd, gate, x[slot]!, y[slot]!) > radius[slot]! + AT_LINE || lanes.some((lane) => lane.id === id)) continue;
    // Who stands beside the opening, behind its jamb, could not pass after their service.
    if (!isBefore(crowd, gate, x[slot]!, y[slot]!)) continue;
    const k = nearestFreeLane(crowd, gate, lanes, x[slot]!, y[slot]!);
    const lane = lanes[k];
    if (!lane) continue;
    lane.id = id;
    const random = stream(crowd.seed, `turnstile/${gate}/${k}`, lane.served++);
    lane.doneAt = crowd.time + sample(control.turnstile!.service_s, random); // lanes exist only with a turnstile
  }
}

/** Who has been served but is barred by somebody nearer to the line lets them go first and is served anew. */
function passOn(lane: LaneWork, lanes: readonly LaneWork[], comers: readonly Comer[]): void {
  const nearest = comers.find(({ id }) => id === lane.id || !lanes.some((other) => other.id === id));
  if (nearest) lane.id = nearest.id;
}

/** Index of the free lane whose middle is nearest along the line, or -1: none within reach. */
function nearestFreeLane({ gates }: Crowd, gate: number, lanes: readonly LaneWork[], x: number, y: number): number {
  const k = 4 * gate;
  const [ax, ay, bx, by] = [gates.line[k]!, gates.line[k + 1]!, gates.line[k + 2]!, gates.line[k + 3]!];
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  let nearest = BESIDE;
  let found = -1;
  lanes.forEach((lane, k) => {
    const aside = Math.abs(along - ((k + 0.5) / lanes.length) * length);
    if (lane.id >= 0 || aside >= nearest) return;
    nearest = aside;
    found = k;
  });
  return found;
}
