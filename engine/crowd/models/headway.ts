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
 * 4. People with the same goal and more time still to walk are not minded: who is nearer goes first. This breaks arches at doors. On
 *    crossing ways the one further ahead in the other's view goes first.
 * 5. Contact: v . n <= gap / (2 dt) to every core, (w - body) / dt to every wall (contact.ts).
 * Those who stand (rest, queue), come towards one or go elsewhere need only their core's room while one is stuck: people turn sideways to pass.
 *
 * Parameters: one set, from a coarse search on corridor and bottleneck measurements with a prototype of this model; not yet calibrated
 * with this implementation (see docs/models.md).
 */
import { crosses } from "../../geometry/plane.js";
import { cosSin, exp } from "../../maths.js";
import { BIN, type World } from "../../world/world.js";
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
  /** Advantage of the right-hand side against people who come towards one: counts as this much more cosine times the sine of the turn. */
  RIGHT: 0.2,
} as const;

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
/** Speed at which one who is stuck slips by somebody beside them, m/s. */
const SLIP = 0.4;
/** Speed at which one slides along a wall that one touches, m/s. */
const SLIDE = 0.5;

/** Speed at which one who stands steps aside, m/s. */
const ASIDE = 0.4;

/** Neighbours kept per person; 3 m hold at most about 110 at 4 persons/m2, and the nearest bins come in a fixed order. */
const MOST_SEEN = 256;
const STRIDE = 6;
/** Neighbours remembered from one short step to the next. */
const LISTED = 48;
/** Two people come nearer by at most this, m/s. */
const FASTEST_APPROACH = 4.4;
/** Candidates within reach: 28 m2 at 14 cores per m2 and the candidate being tested. */
const MOST_LISTED = 512;

export interface StepOutput {
  /** New velocity and heading by slot. */
  vx: Float32Array;
  vy: Float32Array;
  hx: Float32Array;
  hy: Float32Array;
  /** 1 where somebody came towards the person. */
  facing: Uint8Array;
  /** Smallest distance of cores minus what two cores need, m, over all steps so far. */
  minCoreGap: number;
}

/** What one person sees of the others: relative place, velocity, body width that must stay free. */
interface Seen {
  count: number;
  /** STRIDE numbers per neighbour: dx, dy (m), vx, vy (m/s), width (m), slip (m/s). The nearest stands first. */
  data: Float64Array;
  nearest2: number;
  /** Somebody comes towards one. */
  opposed: boolean;
}

/** @param looks false in the second of two short steps: people then keep the neighbours and the heading chosen in the first */
export type MovementStep = (
  agents: Agents,
  gates: GateState,
  dt: number,
  from: number,
  to: number,
  looks: boolean,
  out: StepOutput,
) => void;

/** Neighbours of each slot at the last look, and the heading chosen then. */
interface Lists {
  /** LISTED per slot; a count of -1 where there are more, or none were looked for. */
  slots: Int32Array;
  count: Int16Array;
  choiceX: Float32Array;
  choiceY: Float32Array;
}

const createLists = (capacity: number): Lists => ({
  slots: new Int32Array(LISTED * capacity),
  count: new Int16Array(capacity),
  choiceX: new Float32Array(capacity),
  choiceY: new Float32Array(capacity),
});

/** The step over slots [from, to): reads the present bank, writes `out`; any split of the slots gives the same result. */
export function createHeadwayModel(world: World): MovementStep {
  const near = createNear();
  const list = new Int32Array(MOST_LISTED);
  const choice = new Float64Array(2);
  const seen: Seen = { count: 0, data: new Float64Array(STRIDE * MOST_SEEN), nearest2: 0, opposed: false };
  let lists = createLists(0);
  return (agents, gates, dt, from, to, looks, out) => {
    const bank = agents.now;
    if (lists.count.length < agents.capacity) lists = createLists(agents.capacity);
    const turn = 1 - exp(-dt / HEADWAY.TURN_TIME);
    // In a short step people come this much nearer before the next look, m.
    const skin = dt <= 0.05 + 1e-9 ? dt * FASTEST_APPROACH : 0;
    for (let i = from; i < to; i++) {
      const mode = bank.mode[i]!;
      const old = looks ? i : agents.origin[i]!;
      if (mode === SERVED || (mode === RESTING && !anyMover(world, agents, bank.bin[i]!, bank.sheet[i]!))) {
        stand(bank, i, out);
        if (looks) lists.count[i] = -1;
        continue;
      }
      near.count = 0;
      near.walls = 0;
      near.nearestWall = Infinity;
      seen.count = 0;
      seen.opposed = false;
      lookAtWalls(world, bank, gates, i, dt, near);
      const kept = looks ? -1 : lists.count[old]!;
      const length = kept >= 0 ? recall(lists, old, kept, agents.target, list) : look(world, agents, i, dt, skin, list);
      if (looks) remember(lists, i, list, length);
      weigh(world, bank, gates, i, dt, list, length, near, seen, out);
      out.facing[i] = seen.opposed ? 1 : 0;
      if (mode === RESTING) {
        giveWay(bank, i, near, seen, out);
        continue;
      }
      if (kept < 0) {
        choose(bank, i, near, seen, choice);
        lists.choiceX[old] = choice[0]!;
        lists.choiceY[old] = choice[1]!;
      }
      walk(bank, i, turn, lists.choiceX[old]!, lists.choiceY[old]!, near, seen, out);
    }
  };
}

function stand(bank: Bank, i: number, out: StepOutput): void {
  out.vx[i] = 0;
  out.vy[i] = 0;
  out.hx[i] = bank.hx[i]!;
  out.hy[i] = bank.hy[i]!;
  out.facing[i] = 0;
}

/** Notes the list of slot i for the next step. */
function remember(lists: Lists, i: number, list: Int32Array, length: number): void {
  lists.count[i] = length <= LISTED ? length : -1;
  if (length > LISTED) return;
  const first = LISTED * i;
  for (let k = 0; k < length; k++) lists.slots[first + k] = list[k]!;
}

/** The list of old slot `old` in the slots of today, without those who have left; returns its length. */
function recall(lists: Lists, old: number, count: number, target: Int32Array, list: Int32Array): number {
  let length = 0;
  for (let k = LISTED * old; k < LISTED * old + count; k++) {
    const j = target[lists.slots[k]!]!;
    list[length] = j;
    length += +(j >= 0);
  }
  return length;
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

/** Notes walls and shut gates in `near`. */
function lookAtWalls(world: World, bank: Bank, gates: GateState, i: number, dt: number, near: Near): void {
  const bin = bank.bin[i]!;
  const lists = world.wallLists;
  if (lists.start[bin + 1]! === lists.start[bin]!) return;
  const radius = bank.radius[i]!;
  const body = HEADWAY.WALL * radius;
  addNearWalls(near, lists, gates, {
    bin,
    x: bank.x[i]!,
    y: bank.y[i]!,
    field: bank.field[i]!,
    radius,
    body,
    reach: body + bank.wish[i]! * Math.max(HEADWAY.WALL_TIME, dt) + 0.1,
    dt,
  });
}

/** Lists the slots of people who may matter until the next look; returns their number. */
function look(world: World, agents: Agents, i: number, dt: number, skin: number, list: Int32Array): number {
  const bank = agents.now;
  const bin = bank.bin[i]!;
  const wish = bank.wish[i]!;
  // Cores may meet up to this distance until the next look.
  const widest = world.widest / 2;
  const touch = HEADWAY.CORE * (bank.radius[i]! + widest) + 2 * dt * (wish > ASIDE ? wish : ASIDE) + skin;
  const touch2 = touch * touch;
  const { binStart } = agents;
  const grid = world.sheets[bank.sheet[i]!]!;
  // Only bins that the half disc ahead or the touch circle reaches: the half disc extends sideways by the other component.
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const across = ex * ex + ey * ey > 0 ? HEADWAY.REACH : 0;
  const sideX = Math.max(touch, across * Math.abs(ey));
  const sideY = Math.max(touch, across * Math.abs(ex));
  const ahead = Math.max(touch, across);
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
  const far = wish * Math.max(HEADWAY.T, HEADWAY.OUTLOOK) + bank.radius[i]! + widest + skin;
  return thin(bank, i, touch2, far * far, list, length);
}

/**
 * Scans slots [b0, b1) for whoever is within reach and ahead, or close; returns the new length of `list`.
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
    length += +(d2 <= reach2) & (+(dx * ex + dy * ey > 0) | +(d2 < touch2));
  }
  return length;
}

/** Drops those who cannot matter: who goes away far ahead, and who comes later on the same way unless close. Returns the new length. */
function thin(bank: Bank, i: number, touch2: number, far2: number, list: Int32Array, length: number): number {
  const X = bank.x;
  const Y = bank.y;
  const VX = bank.vx;
  const VY = bank.vy;
  const PHI = bank.phi;
  const FIELD = bank.field;
  const x = X[i]!;
  const y = Y[i]!;
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
    kept += +(j !== i) & ((nears & first) | +(d2 < touch2));
  }
  return kept;
}

/** How much of a person's patience is used up, 0 to 1, after `stuck` seconds without getting on. */
function patience(stuck: number): number {
  return Math.min(1, Math.max(0, stuck - HEADWAY.PATIENCE));
}

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

/** People whose wished directions differ by less than about 107 degrees give way to each other; others meet head-on and both evade. */
const SAME_WAY = -0.3;

/**
 * Whether i need not mind j, who minds i instead: on the same way whoever has less time still to walk goes first (ids break ties),
 * on crossing ways whoever is further ahead in the other's view. Without such an order crossing streams lock.
 * @param ahead how far j is ahead in the view of i, m
 */
function goesFirst(bank: Bank, i: number, j: number, dx: number, dy: number, ahead: number): boolean {
  const field = bank.field[i]!;
  if (field >= 0 && bank.field[j] === field)
    return bank.phi[j]! > bank.phi[i]! || (bank.phi[j] === bank.phi[i] && bank.id[j]! > bank.id[i]!);
  const ex = bank.ex[j]!;
  const ey = bank.ey[j]!;
  return ex * bank.ex[i]! + ey * bank.ey[i]! > SAME_WAY && -(dx * ex + dy * ey) > ahead;
}

/** Looks closely at the candidates left: hard limits into `near`, those who may slow one down into `seen`. */
function weigh(
  world: World,
  bank: Bank,
  gates: GateState,
  i: number,
  dt: number,
  list: Int32Array,
  length: number,
  near: Near,
  seen: Seen,
  out: StepOutput,
): void {
  const { x: X, y: Y, vx: VX, vy: VY, radius: R } = bank;
  const x = X[i]!;
  const y = Y[i]!;
  const ex = bank.ex[i]!;
  const ey = bank.ey[i]!;
  const wish = bank.wish[i]!;
  const radius = R[i]!;
  const resting = bank.mode[i] === RESTING;
  const core = HEADWAY.CORE * radius;
  const fastest = wish > ASIDE ? wish : ASIDE;
  const squeeze = patience(bank.stuck[i]!);
  const headway = wish * HEADWAY.T;
  // Only cores closer than this may meet in this step.
  const touch = core + HEADWAY.CORE * (world.widest / 2) + 2 * dt * fastest;
  const touch2 = touch * touch;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    const dx = X[j]! - x;
    const dy = Y[j]! - y;
    const d2 = dx * dx + dy * dy;
    const ahead = dx * ex + dy * ey;
    const close = d2 < touch2;
    const inView = resting || ahead > 0;
    if (!close && !inView) continue;
    const d = Math.sqrt(d2);
    const gap = d - radius - R[j]!;
    const matters = inView && (resting || gap <= headway || gap <= (wish - (VX[j]! * dx + VY[j]! * dy) / d) * HEADWAY.OUTLOOK);
    if (!close && !matters) continue;
    if (d > near.nearestWall && hidden(world, gates, bank, i, X[j]!, Y[j]!)) continue;
    if (close && d > 0) {
      const coreGap = d - core - HEADWAY.CORE * R[j]!;
      // A limit above the largest speed of the person never binds.
      if (coreGap < 2 * dt * fastest) {
        if (coreGap < out.minCoreGap) out.minCoreGap = coreGap;
        addLimit(near, dx / d, dy / d, coreGap / (2 * dt));
      }
    }
    if (!matters || (!resting && goesFirst(bank, i, j, dx, dy, ahead))) continue;
    if (seen.count < MOST_SEEN) see(bank, i, j, dx, dy, d2, radius, squeeze, seen, ex, ey);
  }
}

/** Notes one neighbour; the nearest so far is kept first, since it ends most searches of freeSpeed at once. */
function see(
  bank: Bank,
  i: number,
  j: number,
  dx: number,
  dy: number,
  d2: number,
  radius: number,
  squeeze: number,
  seen: Seen,
  ex: number,
  ey: number,
): void {
  const { data } = seen;
  let k = STRIDE * seen.count++;
  if (k === 0) seen.nearest2 = d2;
  else if (d2 < seen.nearest2) {
    seen.nearest2 = d2;
    data.copyWithin(k, 0, STRIDE);
    k = 0;
  }
  let vx = bank.vx[j]!;
  let vy = bank.vy[j]!;
  const standing = bank.mode[j]! >= RESTING;
  const resting = bank.mode[i] === RESTING;
  const other = bank.field[j] !== bank.field[i];
  const against = !standing && other && bank.ex[j]! * ex + bank.ey[j]! * ey < SAME_WAY;
  if (against) seen.opposed = true;
  // Who comes towards one, or wants past one who rests, means to go on even while blocked.
  if ((against || (resting && !standing)) && vx * vx + vy * vy < 0.36) {
    vx = 0.6 * bank.ex[j]!;
    vy = 0.6 * bank.ey[j]!;
  }
  let width = radius + bank.radius[j]!;
  const yields = standing || other;
  if (yields) width *= 1 - squeeze * (1 - HEADWAY.CORE);
  data[k] = dx;
  data[k + 1] = dy;
  data[k + 2] = vx;
  data[k + 3] = vy;
  data[k + 4] = width;
  data[k + 5] = yields ? squeeze * SLIP : 0;
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
      // Touching a wall one still slides along it, the slower the straighter one heads for it.
      const most = Math.max(near.wgap[k]! / (HEADWAY.WALL_TIME * along), SLIDE * (1 - along));
      if (most < u) u = most;
    }
  }
  const { data } = seen;
  const end = STRIDE * seen.count;
  for (let k = 0; k < end && u > least; k += STRIDE) {
    const dx = data[k]!;
    const dy = data[k + 1]!;
    const ahead = dx * hx + dy * hy;
    const aside = dx * hy - dy * hx;
    const width = data[k + 4]!;
    const strip = HEADWAY.STRIP * width;
    if (ahead <= 0 || aside >= strip || -aside >= strip) continue;
    // The gap is at least this; where even that is no limit, the root need not be drawn.
    const gapAtLeast = ahead - width;
    const along = data[k + 2]! * hx + data[k + 3]! * hy;
    if (gapAtLeast > u * HEADWAY.T && (!outlook || gapAtLeast > (u - along) * HEADWAY.OUTLOOK)) continue;
    const s = ahead - Math.sqrt(width * width - aside * aside);
    const edge = aside / strip;
    let headway = s > 0 ? s / (HEADWAY.T * (1 - HEADWAY.SOFT * edge * edge)) : 0;
    // Shoulder to shoulder one may still slip by, the slower the straighter ahead the other stands.
    const slip = data[k + 5]!;
    if (headway < slip) headway = Math.max(headway, slip * (1 - ahead / Math.sqrt(dx * dx + dy * dy)));
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
function choose(bank: Bank, i: number, near: Near, seen: Seen, choice: Float64Array): void {
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

/** Turns towards the chosen heading (bx, by), walks as fast as it allows, and keeps the hard limits. */
function walk(bank: Bank, i: number, turn: number, bx: number, by: number, near: Near, seen: Seen, out: StepOutput): void {
  const wish = bank.wish[i]!;
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
  const { data } = seen;
  for (let k = 0; k < STRIDE * seen.count; k += STRIDE) {
    const dx = data[k]!;
    const dy = data[k + 1]!;
    const d = Math.sqrt(dx * dx + dy * dy);
    const speed = Math.sqrt(data[k + 2]! * data[k + 2]! + data[k + 3]! * data[k + 3]!);
    if (d >= nearest || speed < 0.05) continue;
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
