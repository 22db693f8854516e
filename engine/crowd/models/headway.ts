/**
 * Headway model: first order in velocity. Each person looks for the heading in which they get on best, turns towards it, and walks as
 * fast as the time gap to whoever is ahead allows; bodies have a core that never overlaps another.
 *
 * Per person i with wished direction e0, wished speed v0, body width l = 2 radius, neighbours j at (dx, dy):
 * 1. Candidate headings e_k = e0 turned by ANGLES to both sides. A neighbour at P = d . e_k > 0 ahead and q = |d x e_k| < h aside counts:
 *      gap      s   = P - sqrt(l_ij^2 - q^2)
 *      headway  u  <= s / (T (1 - SOFT (q / h)^2))            (time gap T: Tordeux and Seyfried 2014, PRE 90:042812)
 *      outlook  u  <= v_j . e_k + s / OUTLOOK                 (nobody closes a gap in less than OUTLOOK seconds)
 *    and a wall at distance w with normal n to it: u (e_k . n) <= (w - body) / WALL_TIME. The heading with the largest u cos(angle) wins.
 * 2. The heading relaxes to it: h' = h + (e_k - h) (1 - exp(-dt / TURN_TIME)), normalised.
 * 3. Speed = min(v0, headway, walls) along the heading.
 * 4. People with the same goal and more time still to walk are not minded: who is nearer goes first. This breaks arches at doors.
 * 5. Contact: v . n <= gap / (2 dt) to every core, (w - body) / dt to every wall (contact.ts).
 * Those who stand (rest, queue) or come towards one while one is stuck need only their core's room: people turn sideways to pass.
 *
 * Parameters: one set, from a coarse search on corridor and bottleneck measurements with a prototype of this model; not yet calibrated
 * with this implementation (see docs/models.md).
 */
import { crosses } from "../../geometry/plane.js";
import { exp } from "../../maths.js";
import type { World } from "../../world/world.js";
import { type Agents, type Bank, RESTING, SERVED } from "../agents.js";
import { addLimit, addNearWalls, createNear, limitContact, type Near } from "../contact.js";
import type { GateState } from "../gates.js";

export const HEADWAY = {
  /** Time gap, s. */
  T: 0.97,
  /** How much less headway a neighbour at the edge of the strip costs. */
  SOFT: 0.47,
  /** Half width of the strip that must be free ahead, as a share of the body width l: 0.397 m for l = 0.42 m. */
  STRIP: 0.945,
  /** s */
  OUTLOOK: 1,
  /** s */
  WALL_TIME: 0.3,
  /** s */
  TURN_TIME: 0.3,
  /** Radius of the core that never overlaps, as a share of the body radius: 0.14 m for 0.21 m. */
  CORE: 2 / 3,
  /** Distance kept from walls, as a share of the body radius: 0.18 m for 0.21 m. */
  WALL: 0.857,
  /** How far people look, m. */
  REACH: 3,
  /** Seconds without getting on before one squeezes past those who stand or come towards one. */
  PATIENCE: 1,
  /** Advantage of the right-hand side against people who come towards one, as a share of v0. */
  RIGHT: 0.2,
} as const;

/** Slowest gain worth a turn, as a share of v0. */
const ENOUGH = 0.98;
/** cos and sin of the candidate angles 0, 10, 20, 32, 45, 60, 80 degrees; each but the first is tried to both sides. */
const COS = Float64Array.of(1, 0.984807753012208, 0.939692620785908, 0.848048096156426, 0.707106781186548, 0.5, 0.17364817766693);
const SIN = Float64Array.of(0, 0.17364817766693, 0.342020143325669, 0.529919264233205, 0.707106781186547, 0.866025403784439, 0.984807753012208);

/** Speed at which one who stands steps aside, m/s. */
const ASIDE = 0.4;

/** Neighbours kept per person; 3 m hold at most about 110 at 4 persons/m2, and the nearest bins come in a fixed order. */
const MOST_SEEN = 256;

export interface StepOutput {
  /** New velocity and heading by slot. */
  vx: Float32Array;
  vy: Float32Array;
  hx: Float32Array;
  hy: Float32Array;
  /** Smallest distance of cores minus what two cores need, m, over all steps so far. */
  minCoreGap: number;
}

/** What one person sees of the others: relative place, velocity, body width that must stay free. */
interface Seen {
  count: number;
  dx: Float64Array;
  dy: Float64Array;
  vx: Float64Array;
  vy: Float64Array;
  width: Float64Array;
  strip: Float64Array;
  /** Somebody comes towards one. */
  opposed: boolean;
}

export type MovementStep = (agents: Agents, gates: GateState, dt: number, from: number, to: number, out: StepOutput) => void;

/** The step over slots [from, to): reads the present bank, writes `out`; any split of the slots gives the same result. */
export function createHeadwayModel(world: World): MovementStep {
  const near = createNear();
  const column = (): Float64Array => new Float64Array(MOST_SEEN);
  const seen: Seen = { count: 0, dx: column(), dy: column(), vx: column(), vy: column(), width: column(), strip: column(), opposed: false };
  return (agents, gates, dt, from, to, out) => {
    const bank = agents.now;
    const turn = 1 - exp(-dt / HEADWAY.TURN_TIME);
    for (let i = from; i < to; i++) {
      const mode = bank.mode[i]!;
      if (mode === SERVED || (mode === RESTING && !anyMover(world, agents, bank.bin[i]!, bank.sheet[i]!))) {
        out.vx[i] = 0;
        out.vy[i] = 0;
        out.hx[i] = bank.hx[i]!;
        out.hy[i] = bank.hy[i]!;
        continue;
      }
      near.count = 0;
      near.walls = 0;
      near.nearestWall = Infinity;
      look(world, agents, gates, i, dt, near, seen, out);
      if (mode === RESTING) giveWay(bank, i, near, seen, out);
      else walk(bank, i, turn, near, seen, out);
    }
  };
}

/** Whether somebody who is not at rest stands in the 3 x 3 bins around. */
function anyMover(world: World, agents: Agents, bin: number, sheet: number): boolean {
  const columns = world.sheets[sheet]!.bnx;
  const movers = agents.movers;
  for (let row = bin - columns; row <= bin + columns; row += columns)
    if (movers[row - 1]! + movers[row]! + movers[row + 1]! > 0) return true;
  const { start, bins } = world.seams;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) if (movers[bins[k]!]! > 0) return true;
  return false;
}

/** Fills `near` with hard limits and walls, `seen` with the neighbours that may slow one down. */
function look(world: World, agents: Agents, gates: GateState, i: number, dt: number, near: Near, seen: Seen, out: StepOutput): void {
  const bank = agents.now;
  const bin = bank.bin[i]!;
  const lists = world.wallLists;
  if (lists.start[bin + 1]! > lists.start[bin]!) {
    const radius = bank.radius[i]!;
    addNearWalls(near, lists, gates, {
      bin,
      x: bank.x[i]!,
      y: bank.y[i]!,
      field: bank.field[i]!,
      radius,
      body: HEADWAY.WALL * radius,
      reach: HEADWAY.WALL * radius + bank.wish[i]! * Math.max(HEADWAY.WALL_TIME, dt) + 0.1,
      dt,
    });
  }
  seen.count = 0;
  seen.opposed = false;
  const { binStart } = agents;
  const columns = world.sheets[bank.sheet[i]!]!.bnx;
  for (let row = bin - 2 * columns; row <= bin + 2 * columns; row += columns)
    lookAt(world, bank, gates, i, binStart[row - 2]!, binStart[row + 3]!, dt, near, seen, out);
  const { start, bins } = world.seams;
  for (let k = start[bin]!; k < start[bin + 1]!; k++)
    lookAt(world, bank, gates, i, binStart[bins[k]!]!, binStart[bins[k]! + 1]!, dt, near, seen, out);
}

/** The inner loop over candidate neighbours in slots [b0, b1). */
function lookAt(
  world: World,
  bank: Bank,
  gates: GateState,
  i: number,
  b0: number,
  b1: number,
  dt: number,
  near: Near,
  seen: Seen,
  out: StepOutput,
): void {
  const X = bank.x;
  const Y = bank.y;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const wish = bank.wish[i]!;
  const radius = bank.radius[i]!;
  const field = bank.field[i]!;
  const phi = bank.phi[i]!;
  const core = HEADWAY.CORE * radius;
  const fastest = wish > ASIDE ? wish : ASIDE;
  // Cores may meet within this step up to this distance; the other's radius is at most 0.5 m by the scenario's schema.
  const touch = core + 2 * dt * fastest + 0.34;
  const touch2 = touch * touch;
  const reach2 = HEADWAY.REACH * HEADWAY.REACH;
  const squeeze = Math.min(1, Math.max(0, bank.stuck[i]! - HEADWAY.PATIENCE));
  for (let j = b0; j < b1; j++) {
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    if (d2 > reach2 || j === i) continue;
    const close = d2 < touch2;
    const ahead = dx * ex + dy * ey;
    if (!close) {
      if (ahead <= 0) continue;
      if (field >= 0 && bank.field[j] === field && bank.phi[j]! > phi) continue;
    }
    const d = Math.sqrt(d2);
    const gap = d - radius - bank.radius[j]!;
    if (!close) {
      // Neither headway nor outlook reaches that far, whatever the heading.
      const closing = wish - (bank.vx[j]! * dx + bank.vy[j]! * dy) / d;
      if (gap > wish * HEADWAY.T && gap > closing * HEADWAY.OUTLOOK) continue;
    }
    if (d > near.nearestWall && hidden(world, gates, bank, i, X[j]!, Y[j]!)) continue;
    if (close) {
      const coreGap = d - core - HEADWAY.CORE * bank.radius[j]!;
      if (coreGap < out.minCoreGap) out.minCoreGap = coreGap;
      // A limit above the largest speed of the person never binds.
      if (d > 0 && coreGap < 2 * dt * fastest) addLimit(near, dx / d, dy / d, coreGap / (2 * dt));
      if (ahead <= 0 && bank.mode[i] !== RESTING) continue;
      if (field >= 0 && bank.field[j] === field && (bank.phi[j]! > phi || (bank.phi[j] === phi && bank.id[j]! > bank.id[i]!))) continue;
    }
    if (seen.count < MOST_SEEN) see(bank, j, dx, dy, radius, squeeze, seen, ex, ey);
  }
}

function see(bank: Bank, j: number, dx: number, dy: number, radius: number, squeeze: number, seen: Seen, ex: number, ey: number): void {
  const k = seen.count++;
  let vx = bank.vx[j]!;
  let vy = bank.vy[j]!;
  const standing = bank.mode[j]! >= RESTING;
  const against = !standing && bank.hx[j]! * ex + bank.hy[j]! * ey < -0.3;
  if (against) {
    seen.opposed = true;
    // Who comes towards one means to go on, even while blocked.
    if (vx * vx + vy * vy < 0.36) {
      vx = 0.6 * bank.hx[j]!;
      vy = 0.6 * bank.hy[j]!;
    }
  }
  let width = radius + bank.radius[j]!;
  if (standing || against) width *= 1 - squeeze * (1 - HEADWAY.CORE);
  seen.dx[k] = dx;
  seen.dy[k] = dy;
  seen.vx[k] = vx;
  seen.vy[k] = vy;
  seen.width[k] = width;
  seen.strip[k] = HEADWAY.STRIP * width;
}

/** Whether a wall or shut gate stands between person i and the point. */
function hidden(world: World, gates: GateState, bank: Bank, i: number, px: number, py: number): boolean {
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

/** Largest speed along heading (hx, hy), m/s; stops looking once it is at or below `least`. */
function freeSpeed(seen: Seen, near: Near, hx: number, hy: number, wish: number, outlook: boolean, least: number): number {
  let u = wish;
  for (let k = 0; k < near.walls; k++) {
    const along = hx * near.wx[k]! + hy * near.wy[k]!;
    if (along > 0) {
      const most = near.wgap[k]! / (HEADWAY.WALL_TIME * along);
      if (most < u) u = most;
    }
  }
  for (let k = 0; k < seen.count && u > least; k++) {
    const dx = seen.dx[k]!;
    const dy = seen.dy[k]!;
    const ahead = dx * hx + dy * hy;
    if (ahead <= 0) continue;
    let aside = dx * hy - dy * hx;
    if (aside < 0) aside = -aside;
    const strip = seen.strip[k]!;
    if (aside >= strip) continue;
    const width = seen.width[k]!;
    const s = ahead - Math.sqrt(width * width - aside * aside);
    if (s <= 0) return 0;
    const edge = aside / strip;
    const headway = s / (HEADWAY.T * (1 - HEADWAY.SOFT * edge * edge));
    if (headway < u) u = headway;
    if (outlook) {
      const ahead2 = seen.vx[k]! * hx + seen.vy[k]! * hy + s / HEADWAY.OUTLOOK;
      if (ahead2 < u) u = ahead2;
    }
  }
  return u > 0 ? u : 0;
}

/** Chooses the heading, turns towards it, walks as fast as it allows, and keeps the hard limits. */
function walk(bank: Bank, i: number, turn: number, near: Near, seen: Seen, out: StepOutput): void {
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const wish = bank.wish[i]!;
  let bx = ex;
  let by = ey;
  if (wish > 0 && seen.count + near.walls > 0) {
    let best = freeSpeed(seen, near, ex, ey, wish, true, 0);
    const right = seen.opposed ? HEADWAY.RIGHT * wish : 0;
    for (let k = 1; k < COS.length && best < ENOUGH * wish; k++) {
      const c = COS[k]!;
      const s = SIN[k]!;
      if (wish * c + right * s <= best) break;
      for (let way = -1; way <= 1; way += 2) {
        const hx = ex * c + way * ey * s;
        const hy = ey * c - way * ex * s;
        const bonus = way > 0 ? right * s : 0;
        const score = freeSpeed(seen, near, hx, hy, wish, true, (best - bonus) / c) * c;
        if (score > 0 && score + bonus > best) {
          best = score + bonus;
          bx = hx;
          by = hy;
        }
      }
    }
  }
  let hx = bank.hx[i]! + (bx - bank.hx[i]!) * turn;
  let hy = bank.hy[i]! + (by - bank.hy[i]!) * turn;
  const length = Math.sqrt(hx * hx + hy * hy);
  if (length > 0.1) {
    hx /= length;
    hy /= length;
  } else {
    hx = bx;
    hy = by;
  }
  const u = wish > 0 ? freeSpeed(seen, near, hx, hy, wish, false, 0) : 0;
  limitContact(near, u * hx, u * hy);
  out.vx[i] = near.vx;
  out.vy[i] = near.vy;
  out.hx[i] = hx;
  out.hy[i] = hy;
}

/** One who stands steps out of the way of the nearest walker who comes towards them. */
function giveWay(bank: Bank, i: number, near: Near, seen: Seen, out: StepOutput): void {
  let nearest = 1;
  let vx = 0;
  let vy = 0;
  for (let k = 0; k < seen.count; k++) {
    const dx = seen.dx[k]!;
    const dy = seen.dy[k]!;
    const d = Math.sqrt(dx * dx + dy * dy);
    const speed = Math.sqrt(seen.vx[k]! * seen.vx[k]! + seen.vy[k]! * seen.vy[k]!);
    if (d >= nearest || speed < 0.05) continue;
    const ux = seen.vx[k]! / speed;
    const uy = seen.vy[k]! / speed;
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
