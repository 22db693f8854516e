/** Which way and how fast: choice of the heading, speed along it, stepping aside. */
import { cosSin } from "../../../maths.js";
import { type Bank, RESTING } from "../../agents.js";
import { limitContact, type Near } from "../../contact.js";
import type { StepOutput } from "../model.js";
import { ASIDE, EASE_UP_TO, easedSpeed, HEADWAY, patience } from "./parameters.js";
import { type Seen, STRIDE } from "./seen.js";

/** Headings at less than this cosine to somebody abreast do not lead towards them. */
const TOWARDS = 0.05;
/** Slowest gain worth a turn, as a share of v0. */
const ENOUGH = 0.98;
/** cos and sin of the candidate angles 0, 12, 28, 48, 75, 100 degrees; each but the first is tried to both sides. */
const COS = Float64Array.of(1, 0.978147600733806, 0.882947592858927, 0.669130606358858, 0.258819045102521, -0.17364817766693);
const SIN = Float64Array.of(0, 0.207911690817759, 0.469471562785891, 0.743144825477394, 0.965925826289068, 0.984807753012208);
/**
 * Who is stuck before people who come towards them takes what leads aside for progress too: the cosine counts as this much more, and the
 * advantage of the right-hand side grows by DETOUR_RIGHT, so that two streams that met at a corner roll past each other.
 */
const DETOUR = 0.5;
const DETOUR_RIGHT = 0.6;

/** The same for who is stuck alone at a wall: a corner can hold one whose field leads straight into it. */
function wallPatience(stuck: number): number {
  return Math.min(1, Math.max(0, (stuck - 5) / 5));
}

/** Who is stuck for this long, s, steps about for WANDER_FOR seconds in every WANDER_EVERY, each time in a new direction. */
const WANDER_AFTER = 20;
const WANDER_EVERY = 8;
const WANDER_FOR = 2;

/** Turn of the wished direction of one who wanders, [cos, sin]; null for all others. A function of person and time stuck alone. */
function wander(id: number, stuck: number): [number, number] | null {
  if (stuck < WANDER_AFTER) return null;
  const turn = Math.floor(stuck / WANDER_EVERY);
  if (stuck - turn * WANDER_EVERY > WANDER_FOR) return null;
  let h = Math.imul(id ^ Math.imul(turn, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return cosSin(((h ^ (h >>> 16)) >>> 0) * (6.283185307179586 / 4294967296));
}

/** Largest speed along heading (hx, hy) that the walls near by allow, m/s. */
export function speedAlongWalls(near: Near, hx: number, hy: number, wish: number): number {
  let u = wish;
  for (let k = 0; k < near.walls; k++) {
    const along = hx * near.wx[k]! + hy * near.wy[k]!;
    if (along > 0) {
      // Touching a wall one still slides along it: what is left of the heading along the wall.
      const most = Math.max(near.wgap[k]! / (HEADWAY.WALL_TIME * along), wish * (1 - along * along));
      if (most < u) u = most;
    }
  }
  return u;
}

/** The same for the choice of a heading: people keep more room from walls than they must, and look further ahead. */
function speedPastWalls(near: Near, hx: number, hy: number, wish: number, wallRoom: number): number {
  let u = wish;
  for (let k = 0; k < near.walls; k++) {
    const along = hx * near.wx[k]! + hy * near.wy[k]!;
    if (along > 0) {
      const most = Math.max((near.wgap[k]! - wallRoom) / (HEADWAY.OUTLOOK * along), wish * (1 - along));
      if (most < u) u = most;
    }
  }
  return u;
}

/** Largest speed along (hx, hy) that cuts in on nobody who walks abreast, m/s. */
function speedBeside(seen: Seen, hx: number, hy: number, most: number): number {
  const { beside } = seen;
  let u = most;
  for (let k = 0; k < 3 * seen.abreast; k += 3) {
    const along = hx * beside[k]! + hy * beside[k + 1]!;
    if (along > TOWARDS && u * along > beside[k + 2]!) u = beside[k + 2]! / along;
  }
  return u;
}

/**
 * Speed that the time gap to somebody in the strip allows, m/s.
 * @param ahead, aside where they are along the heading, m
 * @param s gap of the bodies along the heading, m
 * @param faster how much faster than the person they walk along the heading, m/s
 * @param strip half width of the strip, m; Infinity for people in single file
 * @param timeGap of the person, s
 * @param slip speed at which one gets past them shoulder to shoulder at best, m/s
 */
export function speedBehind(
  ahead: number,
  aside: number,
  s: number,
  faster: number,
  strip: number,
  timeGap: number,
  slip: number,
): number {
  const q = aside / strip;
  // Who keeps longer time gaps looks as much further ahead: the two together keep a file steady.
  const gap = faster > 0 ? s + (HEADWAY.ANTICIPATION / HEADWAY.T) * timeGap * faster : s;
  const headway = s > 0 ? gap / (timeGap * (1 - HEADWAY.EDGE * q * q)) : 0;
  // Shoulder to shoulder one may still slip by, the slower the straighter ahead the other stands.
  return headway < slip ? Math.max(headway, slip * (1 - ahead / Math.sqrt(ahead * ahead + aside * aside))) : headway;
}

/** Gap to somebody ahead, m: along the heading until the bodies touch, or for people in single file the distance of the bodies. */
export function gapAhead(ahead: number, aside: number, width: number, inFile: boolean): number {
  if (inFile) return Math.sqrt(ahead * ahead + aside * aside) - width;
  const depth2 = width * width - aside * aside;
  return depth2 > 0 ? ahead - Math.sqrt(depth2) : ahead;
}

/**
 * Largest speed along heading (hx, hy), m/s; stops looking once it is at or below `least`.
 * @param outlook for the choice of a heading: nobody closes a gap in less than OUTLOOK
 */
function freeSpeed(seen: Seen, near: Near, hx: number, hy: number, wish: number, outlook: boolean, least: number): number {
  let u = outlook
    ? speedBeside(seen, hx, hy, speedPastWalls(near, hx, hy, wish, seen.wallRoom))
    : speedAlongWalls(near, hx, hy, wish);
  const { data, timeGap } = seen;
  const own = seen.vx * hx + seen.vy * hy;
  const end = STRIDE * seen.count;
  for (let k = 0; k < end && u > least; k += STRIDE) {
    const dx = data[k]!;
    const dy = data[k + 1]!;
    const ahead = dx * hx + dy * hy;
    const aside = dx * hy - dy * hx;
    const width = data[k + 4]!;
    const strip = data[k + 6]!;
    if (!seen.inFile && (ahead <= 0 || aside >= strip || -aside >= strip)) continue;
    // The gap is at least this; where even that is no limit, the root need not be drawn.
    const gapAtLeast = ahead - width;
    const along = data[k + 2]! * hx + data[k + 3]! * hy;
    if (gapAtLeast > u * timeGap && (!outlook || gapAtLeast > (u - along) * HEADWAY.OUTLOOK)) continue;
    const s = gapAhead(ahead, aside, width, seen.inFile);
    const headway = speedBehind(ahead, aside, s, along - own, seen.inFile ? Infinity : strip, timeGap, data[k + 5]!);
    if (headway <= 0) return 0;
    if (headway < u) u = headway;
    if (outlook && s > 0) {
      const expected = along + s / HEADWAY.OUTLOOK;
      if (expected < u) u = expected;
    }
  }
  return u > 0 ? u : 0;
}

/** The heading in which a person gets on best, into `choice`. */
export function choose(bank: Bank, i: number, near: Near, seen: Seen, choice: Float64Array): void {
  let ex = bank.ex[i]!;
  let ey = bank.ey[i]!;
  const turned = wander(bank.id[i]!, bank.stuck[i]!);
  if (turned) [ex, ey] = [ex * turned[0] - ey * turned[1], ex * turned[1] + ey * turned[0]];
  const wish = bank.wish[i]!;
  let bx = ex;
  let by = ey;
  if (wish > 0 && seen.count + near.walls > 0) {
    const detour = seen.opposed
      ? patience(bank.stuck[i]!)
      : near.walls > 0 && seen.count === 0
        ? wallPatience(bank.stuck[i]!)
        : 0;
    const right = seen.opposed ? HEADWAY.RIGHT + DETOUR_RIGHT * detour : 0;
    let best = freeSpeed(seen, near, ex, ey, wish, true, 0) * (1 + DETOUR * detour);
    for (let k = 1; k < COS.length && best < ENOUGH * wish; k++) {
      const c = COS[k]!;
      const s = SIN[k]!;
      if (wish * (c + DETOUR * detour + right * s) <= best) break;
      for (let way = -1; way <= 1; way += 2) {
        const worth = c + DETOUR * detour + (way > 0 ? right * s : 0);
        if (worth <= 0) continue;
        const hx = ex * c + way * ey * s;
        const hy = ey * c - way * ex * s;
        const score = freeSpeed(seen, near, hx, hy, wish, true, best / worth) * worth;
        if (score > best) {
          best = score;
          bx = hx;
          by = hy;
        }
      }
    }
  }
  choice[0] = bx;
  choice[1] = by;
}

/** Turns towards the chosen heading (bx, by) and notes the new heading in `out`. */
export function turnTo(bank: Bank, i: number, turn: number, bx: number, by: number, out: StepOutput): void {
  const hx = bank.hx[i]! + (bx - bank.hx[i]!) * turn;
  const hy = bank.hy[i]! + (by - bank.hy[i]!) * turn;
  const length = Math.sqrt(hx * hx + hy * hy);
  out.hx[i] = length > 0.1 ? hx / length : bx;
  out.hy[i] = length > 0.1 ? hy / length : by;
}

/** Speed of a step back, m/s; chosen. */
const BACK = 0.2;

/** Walks with the wished velocity as far as the hard limits let one, or steps back from those whom one lets go first. */
export function goOrStepBack(near: Near, vx: number, vy: number): void {
  const { backX, backY } = near;
  const length = Math.sqrt(backX * backX + backY * backY);
  if (length > 0.1) limitContact(near, (BACK * backX) / length, (BACK * backY) / length);
  else limitContact(near, vx, vy);
}

/** Turns towards the chosen heading (bx, by), walks as fast as those seen allow, and keeps the hard limits. */
export function walk(bank: Bank, i: number, turn: number, bx: number, by: number, near: Near, seen: Seen, out: StepOutput): void {
  turnTo(bank, i, turn, bx, by, out);
  const hx = out.hx[i]!;
  const hy = out.hy[i]!;
  const wish = bank.wish[i]!;
  const allowed = wish > 0 ? freeSpeed(seen, near, hx, hy, EASE_UP_TO * wish, false, 0) : 0;
  const u = Math.min(speedAlongWalls(near, hx, hy, wish), easedSpeed(wish, allowed));
  goOrStepBack(near, u * hx, u * hy);
  out.vx[i] = near.vx;
  out.vy[i] = near.vy;
}

/** Slower than this nobody moves in earnest, m/s. */
const STIR = 0.05;
/** One who stands minds who moves within this distance, m. */
const DISTURBED = 1;

/** Whether anybody listed moves, or means to, so near that one who stands may have to step aside. */
export function disturbed(bank: Bank, i: number, list: Int32Array, length: number): boolean {
  const { x, y, vx, vy, mode } = bank;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    const dx = x[j]! - x[i]!;
    const dy = y[j]! - y[i]!;
    if (dx * dx + dy * dy >= DISTURBED * DISTURBED) continue;
    if (mode[j]! < RESTING || vx[j]! * vx[j]! + vy[j]! * vy[j]! >= STIR * STIR) return true;
  }
  return false;
}

/** One who stands steps out of the way of the nearest walker who comes towards them. */
export function giveWay(bank: Bank, i: number, near: Near, seen: Seen, out: StepOutput): void {
  let nearest = DISTURBED;
  let vx = 0;
  let vy = 0;
  const { data } = seen;
  for (let k = 0; k < STRIDE * seen.count; k += STRIDE) {
    const dx = data[k]!;
    const dy = data[k + 1]!;
    const d = Math.sqrt(dx * dx + dy * dy);
    const speed = Math.sqrt(data[k + 2]! * data[k + 2]! + data[k + 3]! * data[k + 3]!);
    if (d >= nearest || speed < STIR) continue;
    const ux = data[k + 2]! / speed;
    const uy = data[k + 3]! / speed;
    if (-(dx * ux + dy * uy) < 0.5 * d) continue;
    nearest = d;
    // Away from the walker's path, to the side on which one already stands.
    const aside = dx * uy - dy * ux;
    const way = aside > 0 || (aside === 0 && (bank.id[i]! & 1) === 0) ? 1 : -1;
    vx = -way * uy * ASIDE;
    vy = way * ux * ASIDE;
  }
  limitContact(near, vx, vy);
  out.vx[i] = near.vx;
  out.vy[i] = near.vy;
  out.hx[i] = bank.hx[i]!;
  out.hy[i] = bank.hy[i]!;
}
