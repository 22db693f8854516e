/**
 * How much longer it takes, or is worth, to walk over floor with smoke or heat: the factor on walking time by which people look for ways round it
 * (crowd/ways-round.ts, with its stated gain). Speed in smoke gives the factor itself; danger multiplies it, so that people take such floor only where
 * every other way is that much longer. The factors of danger are chosen, unverified; nobody is ever left without a way.
 */
import type { Crowd } from "../crowd/state.js";
import type { Surroundings } from "../crowd/surroundings.js";
import { type Air, ambientAir, type SmokeField } from "../fire/fields/field.js";
import { speedInSmoke } from "../fire/tenability/speed.js";
import { visibility } from "../fire/tenability/visibility.js";
import type { FirePeople } from "../scenario/fire/fire.js";
import type { Flame } from "./sight.js";

/** Kinds of ways, as in `Surroundings.wayOf`: strangers turn back before thick smoke, people who know the way do not. */
export const STRANGER = 1;
export const FAMILIAR = 2;

/** How often floor is looked at, s; chosen. */
const LOOK_EVERY = 5;
/** Share by which a factor must have changed before anybody's way is weighed anew; chosen. */
const CHANGE = 0.1;
/** Free speed, m/s, at which smoke is weighed: that of NIST TN 1822. */
const SPEED = 1.25;
/** Factor of smoke in which strangers turn back, and of heat that nobody likes to stand in: above 60 °C or 1 kW/m², the noon sun. */
const AVOIDED = 10;
/** Factor of flames, of the floor KEPT_OFF m around them in their unit, and of heat that hurts: above 120 °C or 2.5 kW/m². */
const SHUNNED = 100;
const KEPT_OFF = 1.5;

export interface SmokyFloor {
  /** Brings the factors up to date where it is time, or one more thing burns, and somebody counts with them. */
  tend(flames: readonly Flame[]): void;
}

/** Pieces of floor that share one look: nodes of one square that are joined inside it, so that no wall lies between them. */
interface Pieces {
  /** Piece of each node. */
  readonly of: Int32Array;
  /** A node that stands for each piece. */
  readonly node: readonly number[];
}

/** Edge of a square, m; the longer one on floors with more than MANY nodes. Chosen: smoke does not change over a stride. */
const EDGE = 0.5;
const LONG_EDGE = 1;
const MANY = 20_000;

function piecesOf({ graph, nodeX, nodeY, nodeSheet }: Crowd["world"]): Pieces {
  const edge = nodeX.length > MANY ? LONG_EDGE : EDGE;
  const of = new Int32Array(nodeX.length).fill(-1);
  const node: number[] = [];
  const same = (m: number, n: number): boolean =>
    nodeSheet[m] === nodeSheet[n] &&
    Math.floor(nodeX[m]! / edge) === Math.floor(nodeX[n]! / edge) &&
    Math.floor(nodeY[m]! / edge) === Math.floor(nodeY[n]! / edge);
  for (let n = 0; n < of.length; n++) {
    if (of[n]! >= 0) continue;
    of[n] = node.length;
    const found = [n];
    for (const k of found)
      for (let side = 4 * k; side < 4 * k + 4; side++) {
        const m = graph.neighbours[side]!;
        if (m < 0 || of[m]! >= 0 || !same(m, n)) continue;
        of[m] = node.length;
        found.push(m);
      }
    // The middle one of those found is about the middle of the piece.
    node.push(found[found.length >> 1]!);
  }
  return { of, node };
}

/** @param unit index of the unit at a place, -1: none */
export function createSmokyFloor(
  crowd: Crowd,
  around: Surroundings,
  field: SmokeField,
  settings: FirePeople,
  unit: (sheet: number, x_m: number, y_m: number) => number,
): SmokyFloor {
  const { nodeX, nodeY, nodeSheet } = crowd.world;
  const air = ambientAir();
  let pieces: Pieces | null = null;
  let due = -Infinity;
  let burning = 0;
  const isByFlame = (n: number, flame: Flame): boolean => {
    const [dx, dy] = [nodeX[n]! - flame.x, nodeY[n]! - flame.y];
    // A piece may reach half an edge nearer than the node that stands for it.
    const off = flame.radius_m + KEPT_OFF + LONG_EDGE / 2;
    const near = flame.sheet === nodeSheet[n] && dx * dx + dy * dy < off * off;
    return near && unit(flame.sheet, flame.x, flame.y) === unit(flame.sheet, nodeX[n]!, nodeY[n]!);
  };
  return {
    tend(flames) {
      if ((crowd.time < due - 1e-6 && flames.length <= burning) || !around.wayOf.some((kind) => kind > 0)) return;
      burning = flames.length;
      due = crowd.time + LOOK_EVERY;
      pieces ??= piecesOf(crowd.world);
      const factor = new Float32Array(pieces.node.length);
      const turned = new Float32Array(pieces.node.length);
      pieces.node.forEach((n, k) => {
        field.sample(crowd.time, nodeSheet[n]!, nodeX[n]!, nodeY[n]!, settings.head_height_m, air);
        factor[k] = flames.some((flame) => isByFlame(n, flame)) ? SHUNNED : slownessOf(air, settings);
        turned[k] = factor[k]! * (visibility(air.extinction_1_m) < settings.turn_back_visibility_m ? AVOIDED : 1);
      });
      const [strange, known] = [around.slowness[STRANGER - 1]!, around.slowness[FAMILIAR - 1]!];
      let changed = false;
      for (let n = 0; n < nodeX.length; n++) {
        if (set(known, n, factor[pieces.of[n]!]!)) changed = true;
        if (set(strange, n, turned[pieces.of[n]!]!)) changed = true;
      }
      if (changed) around.version++;
    },
  };
}

function slownessOf(air: Readonly<Air>, { speed_law }: FirePeople): number {
  const { temperature_K, radiantFlux_W_m2, extinction_1_m } = air;
  const slower = SPEED / speedInSmoke(speed_law, SPEED, extinction_1_m);
  if (temperature_K > 393.15 || radiantFlux_W_m2 > 2500) return slower * SHUNNED;
  return temperature_K > 333.15 || radiantFlux_W_m2 > 1000 ? slower * AVOIDED : slower;
}

/** Takes the new factor where it differs enough; returns whether. */
function set(factors: Float32Array, n: number, factor: number): boolean {
  const before = factors[n]!;
  if (factor <= before * (1 + CHANGE) && factor >= before * (1 - CHANGE)) return false;
  factors[n] = factor;
  return true;
}
