/** Who matters to a person: candidates from the bins, thinned, weighed into hard limits and into neighbours that slow one down. */
import { crosses } from "../../../geometry/plane.js";
import { SPEED } from "../../../scenario/limits.js";
import { BIN, type World } from "../../../world/world.js";
import { type Agents, type Bank, RESTING } from "../../agents.js";
import { addLimit, addNearWalls, type Near } from "../../contact.js";
import type { GateState } from "../../gates.js";
import { isAhead } from "../../gone.js";
import type { StepOutput } from "../model.js";
import { ABREAST, ABREAST_COS2, ASIDE, EASE_UP_TO, HEADWAY, LANE, patience, SLIP } from "./parameters.js";
import { MOST_ABREAST, MOST_SEEN, type Seen, STRIDE } from "./seen.js";

/** Whether somebody who is not at rest stands in the 3 x 3 bins around. */
export function anyMover(world: World, agents: Agents, bin: number, sheet: number): boolean {
  const columns = world.sheets[sheet]!.bnx;
  const movers = agents.movers;
  for (let row = bin - columns; row <= bin + columns; row += columns)
    if (movers[row - 1]! + movers[row]! + movers[row + 1]! > 0) return true;
  const { start, bins } = world.seams;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) if (movers[bins[k]!]! > 0) return true;
  return false;
}

/** Notes walls and shut gates in `near`. @param looks whether the person chooses a heading now and minds walls further off */
export function lookAtWalls(world: World, bank: Bank, gates: GateState, i: number, dt: number, looks: boolean, near: Near): void {
  const bin = bank.bin[i]!;
  const lists = world.wallLists;
  if (lists.start[bin + 1]! === lists.start[bin]!) return;
  const radius = bank.radius[i]!;
  const body = HEADWAY.WALL * radius;
  const wish = bank.wish[i]!;
  const reach = looks ? radius + wish * Math.max(HEADWAY.OUTLOOK, dt) : body + wish * Math.max(HEADWAY.WALL_TIME, dt) + 0.1;
  addNearWalls(near, lists, gates, bin, bank.x[i]!, bank.y[i]!, bank.field[i]!, radius, body, reach, fastestOf(wish), dt);
}

/**
 * Lists the slots of people who may matter until the next look; returns their number.
 * @param span time from now to the last step before the next look, s
 */
export function look(world: World, agents: Agents, i: number, dt: number, span: number, list: Int32Array): number {
  const bank = agents.now;
  const bin = bank.bin[i]!;
  const wish = bank.wish[i]!;
  // People come nearer by at most this until the list is used for the last time, m.
  const skin = span * (fastestOf(wish) + SPEED.maximum);
  // Cores may meet up to this distance until the next look.
  const widest = world.widest / 2;
  const touch = touchDistance(world, bank.radius[i]!, wish, dt) + skin;
  const touch2 = touch * touch;
  const circle = Math.max(touch, ABREAST);
  const { binStart } = agents;
  const grid = world.sheets[bank.sheet[i]!]!;
  // Only bins that the half disc ahead or the circle around reaches: the half disc extends sideways by the other component.
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const across = ex * ex + ey * ey > 0 ? HEADWAY.REACH : 0;
  const sideX = Math.max(circle, across * Math.abs(ey));
  const sideY = Math.max(circle, across * Math.abs(ex));
  const ahead = Math.max(circle, across);
  const px = (bank.x[i]! - grid.bx0) / BIN;
  const py = (bank.y[i]! - grid.by0) / BIN;
  const left = Math.floor(px - (ex < 0 ? ahead : sideX) / BIN);
  const right = Math.floor(px + (ex > 0 ? ahead : sideX) / BIN);
  const low = Math.floor(py - (ey < 0 ? ahead : sideY) / BIN);
  const high = Math.floor(py + (ey > 0 ? ahead : sideY) / BIN);
  let length = 0;
  for (let row = low; row <= high; row++) {
    const first = grid.firstBin + row * grid.bnx;
    length = scan(bank, i, binStart[first + left]!, binStart[first + right + 1]!, touch2, list, length);
  }
  const { start, bins } = world.seams;
  for (let k = start[bin]!; k < start[bin + 1]!; k++)
    length = scan(bank, i, binStart[bins[k]!]!, binStart[bins[k]! + 1]!, touch2, list, length);
  // Beyond this only those matter who come nearer: headway and outlook towards one who goes away end here.
  const far = wish * Math.max(EASE_UP_TO * HEADWAY.T * bank.gapFactor[i]!, HEADWAY.OUTLOOK) + bank.radius[i]! + widest + skin;
  return thin(bank, i, touch2, far * far, list, length);
}

/** 1 for somebody at the square distance d2 who is abreast, else 0. @param ahead how far they are ahead, negative behind, m */
function abreast(d2: number, ahead: number): number {
  return +(d2 < ABREAST * ABREAST) & +(ahead * ahead < ABREAST_COS2 * d2);
}

/**
 * Scans slots [b0, b1) for whoever is within reach and ahead, close, or abreast; returns the new length of `list`.
 * The test is arithmetic, not a branch: about one in four candidates passes at random, and a mispredicted branch costs more than the sum
 * (measured: 0.27 against 0.51 us per person at 1.25/m2).
 */
function scan(bank: Bank, i: number, b0: number, b1: number, touch2: number, list: Int32Array, length: number): number {
  const X = bank.x;
  const Y = bank.y;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const reach2 = HEADWAY.REACH * HEADWAY.REACH;
  const end = Math.min(b1, b0 + list.length - 1 - length);
  for (let j = b0; j < end; j++) {
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    list[length] = j;
    const ahead = dx * ex + dy * ey;
    length += +(d2 <= reach2) & (+(ahead > 0) | +(d2 < touch2) | abreast(d2, ahead));
  }
  return length;
}

/** Drops those who cannot matter: who goes away far ahead, and who comes later on the same way unless close or abreast. Returns the new length. */
function thin(bank: Bank, i: number, touch2: number, far2: number, list: Int32Array, length: number): number {
  const X = bank.x;
  const Y = bank.y;
  const VX = bank.vx;
  const VY = bank.vy;
  const PHI = bank.phi;
  const FIELD = bank.field;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const field = FIELD[i]!;
  const phi = PHI[i]!;
  let kept = 0;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    list[kept] = j;
    const nears = +(d2 <= far2) | +(VX[j]! * dx + VY[j]! * dy < 0);
    const first = +(FIELD[j] !== field) | +(PHI[j]! <= phi) | +(field < 0);
    const ahead = dx * ex + dy * ey;
    kept += +(j !== i) & ((nears & first) | +(d2 < touch2) | abreast(d2, ahead));
  }
  return kept;
}

/** People whose wished directions differ by less than about 107 degrees give way to each other; others meet head-on and both evade. */
const SAME_WAY = -0.3;
/** Wished directions that differ by less than about 45 degrees lead through the same place. */
const BESIDE = 0.7;
/** People whose wished directions differ by less than 60 degrees walk together. */
const TOGETHER = 0.5;

/**
 * Whether i need not mind j, who minds i instead: on the same way whoever has less time still to walk goes first (ids break ties),
 * on crossing ways whoever is further ahead in the other's view. Without such an order crossing streams lock.
 * @param ahead how far j is ahead in the view of i, m
 */
export function goesFirst(bank: Bank, i: number, j: number, dx: number, dy: number, ahead: number): boolean {
  const field = bank.field[i]!;
  if (field >= 0 && bank.field[j] === field)
    return bank.phi[j]! > bank.phi[i]! || (bank.phi[j] === bank.phi[i] && bank.id[j]! > bank.id[i]!);
  const ex = bank.ex[j]!;
  const ey = bank.ey[j]!;
  return ex * bank.ex[i]! + ey * bank.ey[i]! > SAME_WAY && -(dx * ex + dy * ey) > ahead;
}

/** Looks closely at the candidates left: hard limits into `near`, those who may slow one down into `seen`. */
export function weigh(
  world: World,
  agents: Agents,
  gates: GateState,
  i: number,
  dt: number,
  list: Int32Array,
  length: number,
  near: Near,
  seen: Seen,
  out: StepOutput,
): void {
  const bank = agents.now;
  const { x: X, y: Y, vx: VX, vy: VY, radius: R } = bank;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const wish = bank.wish[i]!;
  const radius = R[i]!;
  const resting = bank.mode[i] === RESTING;
  const squeeze = patience(bank.stuck[i]!);
  const headway = EASE_UP_TO * wish * HEADWAY.T * bank.gapFactor[i]!;
  const touch = touchDistance(world, radius, wish, dt);
  const touch2 = touch * touch;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    const ahead = dx * ex + dy * ey;
    const close = d2 < touch2;
    const inView = resting || ahead > 0;
    const beside = !resting && abreast(d2, ahead) === 1;
    if (!close && !inView && !beside) continue;
    const d = Math.sqrt(d2);
    const gap = d - radius - R[j]!;
    const matters = inView && (resting || gap <= headway || gap <= (wish - (VX[j]! * dx + VY[j]! * dy) / d) * HEADWAY.OUTLOOK);
    if (!close && !matters && !beside) continue;
    if (d > near.nearestWall && hidden(world, gates, bank, i, X[j]!, Y[j]!)) continue;
    if (close) keepApart(bank, i, j, dt, dx, dy, d2, near, out);
    if (beside && bank.mode[j]! < RESTING && ex * bank.ex[j]! + ey * bank.ey[j]! > TOGETHER)
      seeBeside(bank, j, dx / d, dy / d, d, radius, seen);
    if (!matters || (!resting && goesFirst(bank, i, j, dx, dy, ahead))) continue;
    if (seen.inFile && !inLane(dx, dy, ex, ey)) continue;
    if (seen.count < MOST_SEEN) see(bank, i, j, dx, dy, d2, squeeze, seen);
  }
  if (!resting && agents.gone.near[bank.bin[i]!] === 1) seeGone(agents, gates, i, seen);
  nearestFirst(seen);
}

/** Notes somebody who walks abreast at (ux, uy) d: nobody closes the gap beside one in less than OUTLOOK. */
function seeBeside(bank: Bank, j: number, ux: number, uy: number, d: number, radius: number, seen: Seen): void {
  if (seen.abreast === MOST_ABREAST) return;
  const k = 3 * seen.abreast++;
  const gap = d - seen.strip * (radius + bank.radius[j]!);
  seen.beside[k] = ux;
  seen.beside[k + 1] = uy;
  seen.beside[k + 2] = bank.vx[j]! * ux + bank.vy[j]! * uy + (gap > 0 ? gap / HEADWAY.OUTLOOK : 0);
}

/** Notes those who have just left by the way of person i. */
function seeGone({ gone, now: bank }: Agents, gates: GateState, i: number, seen: Seen): void {
  const { data } = seen;
  for (const one of gone.entries) {
    if (seen.count >= MOST_SEEN || !isAhead(one, gates, bank.field[i]!, bank.sheet[i]!)) continue;
    const dx = one.x - bank.x[i]!;
    const dy = one.y - bank.y[i]!;
    if (dx * bank.ex[i]! + dy * bank.ey[i]! <= 0) continue;
    const d2 = dx * dx + dy * dy;
    const k = STRIDE * seen.count++;
    if (k === 0 || d2 < seen.nearest2) {
      seen.nearest2 = d2;
      seen.nearest = k;
    }
    const width = bank.radius[i]! + one.radius;
    data[k] = dx;
    data[k + 1] = dy;
    data[k + 2] = one.ux * one.speed;
    data[k + 3] = one.uy * one.speed;
    data[k + 4] = width;
    data[k + 5] = 0;
    data[k + 6] = seen.strip * width;
  }
}

/** Whether somebody at (dx, dy) is ahead in the lane of a person who walks in single file along (ex, ey). */
export function inLane(dx: number, dy: number, ex: number, ey: number): boolean {
  const aside = dx * ey - dy * ex;
  return dx * ex + dy * ey > 0 && aside < LANE && -aside < LANE;
}

/** Largest speed of a person in a step, m/s: even one who stands may step aside. */
const fastestOf = (wish: number): number => (wish > ASIDE ? wish : ASIDE);

/** Only cores of people nearer than this may meet in this step, m. */
export function touchDistance(world: World, radius: number, wish: number, dt: number): number {
  return HEADWAY.CORE * (radius + world.widest / 2) + 2 * dt * fastestOf(wish);
}

/** Cores this close touch, m. */
const TOUCH = 0.03;
/** Who has been stuck for this long, s, and touches somebody nearer to the goal steps back: that opens an arch of bodies before a door. Chosen. */
const BACK_AFTER = 2;

/** Notes the hard limit that keeps the cores of i and j apart. */
export function keepApart(
  bank: Bank,
  i: number,
  j: number,
  dt: number,
  dx: number,
  dy: number,
  d2: number,
  near: Near,
  out: StepOutput,
): void {
  if (d2 === 0) return;
  const d = Math.sqrt(d2);
  const gap = d - HEADWAY.CORE * (bank.radius[i]! + bank.radius[j]!);
  // A limit above the largest speed of the person never binds.
  if (gap >= 2 * dt * fastestOf(bank.wish[i]!)) return;
  if (gap < out.minCoreGap) out.minCoreGap = gap;
  addLimit(near, dx / d, dy / d, gap / (2 * dt));
  const ahead = bank.field[i]! >= 0 && bank.field[i] === bank.field[j] && bank.phi[j]! <= bank.phi[i]!;
  if (gap >= TOUCH || !ahead || bank.stuck[i]! <= BACK_AFTER) return;
  near.backX -= dx / d;
  near.backY -= dy / d;
}

/** Whether i, once stuck, squeezes past j: those who stand, and those who go elsewhere. */
export function yields(bank: Bank, i: number, j: number): boolean {
  if (bank.mode[j]! >= RESTING) return true;
  // Nobody squeezes past those who queue for the same door, though they go on elsewhere behind it.
  return bank.field[j] !== bank.field[i] && bank.ex[j]! * bank.ex[i]! + bank.ey[j]! * bank.ey[i]! < BESIDE;
}

/** Whether j comes towards i, to go elsewhere. */
export function comesTowards(bank: Bank, i: number, j: number): boolean {
  return (
    bank.mode[j]! < RESTING && bank.field[j] !== bank.field[i] && bank.ex[j]! * bank.ex[i]! + bank.ey[j]! * bank.ey[i]! < SAME_WAY
  );
}

/** Notes one neighbour. */
function see(bank: Bank, i: number, j: number, dx: number, dy: number, d2: number, squeeze: number, seen: Seen): void {
  const { data } = seen;
  const k = STRIDE * seen.count++;
  if (k === 0 || d2 < seen.nearest2) {
    seen.nearest2 = d2;
    seen.nearest = k;
  }
  let vx = bank.vx[j]!;
  let vy = bank.vy[j]!;
  const standing = bank.mode[j]! >= RESTING;
  const resting = bank.mode[i] === RESTING;
  const against = comesTowards(bank, i, j);
  if (against) seen.opposed = true;
  // Who comes towards one, or wants past one who rests, means to go on even while blocked.
  if ((against || (resting && !standing)) && vx * vx + vy * vy < 0.36) {
    vx = 0.6 * bank.ex[j]!;
    vy = 0.6 * bank.ey[j]!;
  }
  let width = bank.radius[i]! + bank.radius[j]!;
  const slips = squeeze > 0 && yields(bank, i, j);
  if (slips || against) width *= 1 - squeeze * (1 - HEADWAY.CORE);
  data[k] = dx;
  data[k + 1] = dy;
  data[k + 2] = vx;
  data[k + 3] = vy;
  data[k + 4] = width;
  data[k + 5] = slips ? squeeze * SLIP : 0;
  data[k + 6] = against ? width : seen.strip * width;
}

/** Puts the nearest first: it ends most searches of freeSpeed at once. */
function nearestFirst(seen: Seen): void {
  const { data, nearest } = seen;
  if (seen.count < 2 || nearest === 0) return;
  for (let k = 0; k < STRIDE; k++) {
    const first = data[k]!;
    data[k] = data[nearest + k]!;
    data[nearest + k] = first;
  }
}

/** Whether a wall or shut gate stands between person i and the point. */
export function hidden(world: World, gates: GateState, bank: Bank, i: number, px: number, py: number): boolean {
  const { walls, start, list } = world.wallLists;
  const bin = bank.bin[i]!;
  const x = bank.x[i]!;
  const y = bank.y[i]!;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) {
    const entry = list[k]!;
    const line = entry >= 0 ? walls : gates.line;
    const w = entry >= 0 ? 4 * entry : 4 * (-1 - entry);
    if (entry < 0 && gates.open[-1 - entry] === 1 && gates.exit[-1 - entry] === 0) continue;
    if (crosses(x, y, px, py, line[w]!, line[w + 1]!, line[w + 2]!, line[w + 3]!)) return true;
  }
  return false;
}
