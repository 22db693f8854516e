/**
 * Headway model: first order in velocity. Each person looks for the heading in which they get on best, turns towards it, and walks as
 * fast as the time gap to whoever is ahead allows; bodies have a core that never overlaps another.
 *
 * Per person i with wished direction e0, wished speed v0, body width l = 2 radius, neighbours j at (dx, dy):
 * 1. Candidate headings e_k = e0 turned by ANGLES to both sides. A neighbour at P = d . e_k > 0 ahead and q = |d x e_k| < h aside counts:
 *      gap      s   = P - sqrt(l_ij^2 - q^2)
 *      headway  u  <= (s + ANTICIPATION max(0, (v_j - v_i) . e_k)) / (T (1 - EDGE q^2 / h^2))
 *                                       (time gap T, times the person's gapFactor: Tordeux and Seyfried 2014, PRE 90:042812;
 *                                        a gap as long as it will be: Xu, Chraibi, Seyfried 2021, Transp. Res. C 133:103464)
 *      outlook  u  <= v_j . e_k + s / OUTLOOK                 (nobody closes a gap in less than OUTLOOK seconds)
 *    where h = STRIP l_ij (1 + SWAY (1 - v / v0)) grows as one is slowed (parameters.ts). The outlook counts to the sides too: towards who
 *    walks abreast, u (e_k . n) <= v_j . n + (d - h) / OUTLOOK, so that nobody cuts in, and towards a wall at distance w with normal n,
 *    u (e_k . n) <= (w - radius) / OUTLOOK, or at least v0 (1 - e_k . n). The heading with the largest u cos(angle) wins.
 * 2. The heading relaxes to it: h' = h + (e_k - h) (1 - exp(-dt / TURN_TIME)), normalised.
 * 3. Speed along the heading = the smooth lesser of v0 and headway (easedSpeed), and before a wall (w - body) / WALL_TIME, or what is left
 *    of it along the wall: v0 (1 - (e . n)^2).
 * 4. People with the same goal and more time still to walk are not minded: who is nearer goes first. Who is stuck behind
 *    somebody nearer whom they touch steps back: that breaks arches at doors. On
 *    crossing ways the one further ahead in the other's view goes first.
 * 5. Contact: v . n <= gap / (2 dt) to every core, (w - body) / dt to every wall (contact.ts).
 * Those who stand (rest, queue), come towards one or go elsewhere by more than 45 degrees need only their core's room while one is stuck: people turn sideways to pass.
 *
 * Parameters: one set, fitted on corridor, bottleneck and single file (docs/models/movement.md).
 */
import { exp } from "../../maths.js";
import type { World } from "../../world/world.js";
import { type Bank, RESTING, SERVED } from "../agents.js";
import { createNear } from "../contact.js";
import { anyMover, look, lookAtWalls, weigh } from "./headway/neighbours.js";
import { HEADWAY, stepsPerLook, stripOf } from "./headway/parameters.js";
import { MOST_ABREAST, MOST_SEEN, type Seen, STRIDE } from "./headway/seen.js";
import { choose, disturbed, giveWay, walk } from "./headway/walk.js";
import { walkOn } from "./headway/walk-on.js";
import type { MovementModel, MovementStep, StepOutput } from "./model.js";

/** Neighbours remembered from one look to the next. */
const LISTED = 96;
/** Candidates within reach: 28 m2 at 14 cores per m2 and the candidate being tested. */
const MOST_LISTED = 512;

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
  count: new Int16Array(capacity).fill(-1),
  choiceX: new Float32Array(capacity),
  choiceY: new Float32Array(capacity),
});

export function createHeadwayModel(world: World): MovementModel {
  return { stepsPerLook, step: createStep(world) };
}

/** The step over slots [from, to): any split of the slots gives the same result. Between two looks neighbours and chosen heading are kept. */
function createStep(world: World): MovementStep {
  const near = createNear();
  const list = new Int32Array(MOST_LISTED);
  const choice = new Float64Array(2);
  const seen: Seen = {
    count: 0,
    data: new Float64Array(STRIDE * MOST_SEEN),
    nearest2: 0,
    nearest: 0,
    abreast: 0,
    beside: new Float64Array(3 * MOST_ABREAST),
    vx: 0,
    vy: 0,
    wallRoom: 0,
    strip: HEADWAY.STRIP,
    inFile: false,
    timeGap: HEADWAY.T,
    opposed: false,
  };
  let lists = createLists(0);
  return (agents, gates, dt, from, to, looks, out) => {
    const bank = agents.now;
    if (lists.count.length < agents.capacity) lists = createLists(agents.capacity);
    const turn = 1 - exp(-dt / HEADWAY.TURN_TIME);
    // From the look to the start of the last step before the next one, s.
    const span = (stepsPerLook(dt) - 1) * dt;
    for (let i = from; i < to; i++) {
      const mode = bank.mode[i]!;
      const old = bank.look[i]!;
      if (mode >= SERVED || (mode === RESTING && !anyMover(world, agents, bank.bin[i]!, bank.sheet[i]!))) {
        stand(bank, i, out);
        if (looks) lists.count[i] = -1;
        continue;
      }
      near.count = 0;
      near.walls = 0;
      near.nearestWall = Infinity;
      near.backX = 0;
      near.backY = 0;
      seen.count = 0;
      seen.opposed = false;
      seen.abreast = 0;
      seen.vx = bank.vx[i]!;
      seen.vy = bank.vy[i]!;
      seen.wallRoom = (1 - HEADWAY.WALL) * bank.radius[i]!;
      seen.strip = stripOf(bank, i);
      seen.inFile = bank.singleFile[i] === 1;
      seen.timeGap = HEADWAY.T * bank.gapFactor[i]!;
      const kept = looks || old < 0 || agents.stale[old] === 1 ? -1 : lists.count[old]!;
      lookAtWalls(world, bank, gates, i, dt, kept < 0, near);
      const length = kept >= 0 ? recall(lists, old, kept, agents.nowOf, list) : look(world, agents, i, dt, span, list);
      if (kept >= 0 && mode !== RESTING && bank.wish[i]! > 0) {
        walkOn(world, agents, gates, i, dt, turn, lists.choiceX[old]!, lists.choiceY[old]!, list, length, near, out);
        continue;
      }
      if (looks) remember(lists, i, list, length);
      if (mode === RESTING && !disturbed(bank, i, list, length)) {
        stand(bank, i, out);
        continue;
      }
      weigh(world, agents, gates, i, dt, list, length, near, seen, out);
      out.facing[i] = seen.opposed ? 1 : 0;
      if (mode === RESTING) {
        giveWay(bank, i, near, seen, out);
        continue;
      }
      choose(bank, i, near, seen, choice);
      if (looks) {
        lists.choiceX[i] = choice[0]!;
        lists.choiceY[i] = choice[1]!;
      }
      walk(bank, i, turn, choice[0]!, choice[1]!, near, seen, out);
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

/** The list of the person who had slot `old` at the last look, in the slots of today, without those who have left; returns its length. */
function recall(lists: Lists, old: number, count: number, nowOf: Int32Array, list: Int32Array): number {
  let length = 0;
  for (let k = LISTED * old; k < LISTED * old + count; k++) {
    const j = nowOf[lists.slots[k]!]!;
    list[length] = j;
    length += +(j >= 0);
  }
  return length;
}
