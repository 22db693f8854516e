import { cbrt } from "../../maths.js";
import { AIR_DENSITY_KELVIN, CP, GRAVITY } from "./constants.js";
import { fanShare } from "./fan-flow.js";
import { exchangeFlow } from "./horizontal-flow.js";
import { smoothStep } from "./smooth.js";
import { valueAt } from "./tables.js";
import { outer, type Zones } from "./zones.js";

/** Mixing by cold streams under hot layers against that of hot streams under cold air (CFAST 8; not in its guide). */
const INVERSE = 0.25;
/** Mixing takes at most this share of a layer in a step. */
const SHARE_PER_STEP = 0.3;
/** Heat that rises from a lower layer warmer than the upper one, W/m2/K2 (CFAST 8). */
const OVERTURNING = 1000;

/** Adds one flow of `rate` kg/s to the list and to the balances of both layers; layers may be equal. */
export function transfer(z: Zones, source: number, target: number, rate: number, pass = 1, fan = -1): void {
  if (!(rate > 0) || source === target) return;
  const { transfers: t, layers } = z;
  const k = t.count++;
  t.source[k] = source;
  t.target[k] = target;
  t.rate[k] = rate;
  t.pass[k] = pass;
  t.fan[k] = fan;
  const heat = CP * layers.temperature[source]! * rate;
  layers.flowMass[source]! -= rate;
  layers.flowHeat[source]! -= heat;
  layers.outflow[source]! += rate;
  layers.flowMass[target]! += rate;
  layers.flowHeat[target]! += heat;
}

/** Share of a stream of temperature T that joins the upper layer of a room: by temperature, over 1 K beyond those of its layers. */
function upperShare(z: Zones, room: number, T: number): number {
  if (z.rooms.shaft[room]) return 1;
  const upper = z.layers.temperature[2 * room]!;
  const lower = z.layers.temperature[2 * room + 1]!;
  return smoothStep(T, Math.min(lower, upper) - 1, upper + 1);
}

/** A stream into a room, split between its layers; the outside has one. */
function deposit(z: Zones, source: number, room: number, rate: number, upper: number, pass = 1, fan = -1): void {
  if (room === z.count) {
    transfer(z, source, z.outsideLayer, rate, pass, fan);
    return;
  }
  transfer(z, source, 2 * room, rate * upper, pass, fan);
  transfer(z, source, 2 * room + 1, rate * (1 - upper), pass, fan);
}

/**
 * Air that a stream between two rooms drags along, kg/s (Poreh et al. 1998, spill plumes): 0.44 (T_l / T_u)^(2/3) (g rho_l^2 / (cp T_l))^(1/3)
 * H^(1/3) w^(2/3) z with H = cp (T_u - T_l) m the heat of the stream against what it mixes with.
 */
export function spillFlow(hot: number, cold: number, rate: number, height: number, width: number): number {
  if (!(hot > cold && height > 0 && rate > 0)) return 0;
  const density = AIR_DENSITY_KELVIN / cold;
  const ratio = cold / hot;
  const heat = CP * (hot - cold) * rate;
  return 0.44 * cbrt(ratio * ratio * ((GRAVITY * density * density) / (CP * cold)) * heat * width * width) * height;
}

/** Mixing in room `b` by the streams through vent `v` from room `a` that come in at the height of the other kind of layer. */
function doorMixing(z: Zones, v: number, a: number, b: number, fromUpper: number, fromLower: number, timeStep: number): void {
  if (b === z.count || z.rooms.shaft[b]) return;
  const { vents, layers, rooms } = z;
  const upper = 2 * b;
  const lower = upper + 1;
  const interfaceA = rooms.floor[a]! + rooms.interface[a]!;
  const interfaceB = rooms.floor[b]! + rooms.interface[b]!;
  const sill = vents.sill[v]!;
  const width = vents.width[v]! * vents.open[v]!;
  const most = SHARE_PER_STEP / timeStep;
  const rise = interfaceB - Math.max(sill, interfaceA);
  if (fromUpper > 0 && rise > 0) {
    const drawn = spillFlow(layers.temperature[2 * a]!, layers.temperature[lower]!, fromUpper, rise, width);
    transfer(z, lower, upper, Math.min(drawn, most * layers.mass[lower]!));
  }
  const fall = Math.min(vents.soffit[v]!, interfaceA) - Math.max(interfaceB, sill);
  if (fromLower > 0 && fall > 0) {
    const drawn = INVERSE * spillFlow(layers.temperature[upper]!, layers.temperature[2 * a + 1]!, fromLower, fall, width);
    transfer(z, upper, lower, Math.min(drawn, most * layers.mass[upper]!));
  }
}

/** Puts all flows of a step on the list, with the pressures solved. */
export function listTransfers(z: Zones, time: number, timeStep: number): void {
  const { vents, transfers, layers } = z;
  transfers.count = 0;
  layers.flowMass.fill(0);
  layers.flowHeat.fill(0);
  layers.outflow.fill(0);
  for (let v = 0; v < vents.wallCount; v++) {
    if (vents.segments[v] === 0) {
      vents.byLayer.fill(0, 4 * v, 4 * v + 4);
      continue;
    }
    const a = vents.from[v]!;
    const b = vents.to[v]!;
    const f = 4 * v;
    for (let side = 0; side < 2; side++) {
      const from = side === 0 ? a : b;
      const to = side === 0 ? b : a;
      const upper = vents.flow[f + 2 * side]!;
      const lower = vents.flow[f + 2 * side + 1]!;
      const hot = upper > 0 && to !== z.count ? upperShare(z, to, layers.temperature[2 * from]!) : 0;
      const cold = lower > 0 && to !== z.count ? upperShare(z, to, layers.temperature[2 * from + 1]!) : 0;
      if (upper > 0) deposit(z, 2 * from, to, upper, hot);
      if (lower > 0) deposit(z, 2 * from + 1, to, lower, cold);
      if (side === 0) {
        vents.byLayer[f + 2] = upper;
        vents.byLayer[f + 3] = lower;
      } else {
        vents.byLayer[f] = upper * hot + lower * cold;
        vents.byLayer[f + 1] = upper + lower - vents.byLayer[f]!;
      }
      doorMixing(z, v, from, to, vents.crossing[f + 2 * side]!, vents.crossing[f + 2 * side + 1]!, timeStep);
    }
  }
  horizontal(z);
  fans(z, time);
  overturning(z, timeStep);
}

/**
 * Ceiling and floor vents: the flow by pressure and the exchange, up and down; either is drawn from both layers
 * of its room (plug-holing) and arrives mixed, in the layer that its temperature asks for.
 */
function horizontal(z: Zones): void {
  const { vents, layers, rooms } = z;
  const { horizontalByLayer: byLayer, horizontalFlow: flow } = vents;
  z.building.horizontalVents.forEach((vent, v) => {
    const f = 4 * v;
    byLayer.fill(0, f, f + 4);
    if (!(vents.horizontalOpen[v]! > 0)) return;
    const above = outer(vent.above, z.count);
    const below = outer(vent.below, z.count);
    const exchange = exchangeFlow(z, vent, v);
    if (exchange > 0) {
      const rises = vents.plug[2 * v]!;
      const sinks = vents.plug[2 * v + 1]!;
      flow[f]! += exchange * rises * layers.density[2 * below]!;
      flow[f + 1]! += exchange * (1 - rises) * layers.density[2 * below + 1]!;
      // as much enthalpy down as up: the pressure equation has neither
      const back =
        (exchange * (rooms.ambient[below]! + rooms.pressure[below]!)) / (rooms.ambient[above]! + rooms.pressure[above]!);
      flow[f + 2]! += back * sinks * layers.density[2 * above]!;
      flow[f + 3]! += back * (1 - sinks) * layers.density[2 * above + 1]!;
    }
    arrive(z, 2 * below, above, flow[f]!, flow[f + 1]!);
    byLayer[f + 2] = flow[f]!;
    byLayer[f + 3] = flow[f + 1]!;
    const joins = arrive(z, 2 * above, below, flow[f + 2]!, flow[f + 3]!);
    byLayer[f + joins] = flow[f + 2]! + flow[f + 3]!;
  });
}

/** A stream from both layers of a room joins the upper layer of another when it is warmer than the lower one by 1 K (CFAST 8). Returns that layer: 0 upper, 1 lower. */
function arrive(z: Zones, source: number, room: number, upper: number, lower: number): 0 | 1 {
  const sum = upper + lower;
  if (!(sum > 0)) return 1;
  const T = (upper * z.layers.temperature[source]! + lower * z.layers.temperature[source + 1]!) / sum;
  const joins = room !== z.count && (z.rooms.shaft[room] === 1 || T > z.layers.temperature[2 * room + 1]! + 1);
  deposit(z, source, room, upper, joins ? 1 : 0);
  deposit(z, source + 1, room, lower, joins ? 1 : 0);
  return joins ? 0 : 1;
}

function fans(z: Zones, time: number): void {
  const { vents } = z;
  z.building.fans.forEach((fan, v) => {
    const volume = vents.fanVolume[v]!;
    if (!(volume > 0)) return;
    const from = outer(fan.from, z.count);
    const to = outer(fan.to, z.count);
    const share = fanShare(z, fan);
    vents.fanUpper[v] = share;
    const pass = fan.filter ? 1 - valueAt(fan.filter, time) : 1;
    const upper = from === z.count ? z.outsideLayer : 2 * from;
    const lower = from === z.count ? z.outsideLayer : 2 * from + 1;
    blow(z, v, upper, to, volume * share, pass);
    blow(z, v, lower, to, volume * (1 - share), pass);
  });
}

/** m3/s of one layer through a fan into a room. */
function blow(z: Zones, fan: number, source: number, to: number, volume: number, pass: number): void {
  const { layers } = z;
  const into = to === z.count ? 0 : upperShare(z, to, layers.temperature[source]!);
  deposit(z, source, to, volume * layers.density[source]!, into, pass, fan);
}

/** A lower layer that is warmer than the upper one rises: both exchange as much gas as carries 1000 W/m2/K2, at most a quarter of the smaller layer in a step. */
function overturning(z: Zones, timeStep: number): void {
  const { layers, rooms } = z;
  for (let i = 0; i < z.count; i++) {
    const difference = layers.temperature[2 * i + 1]! - layers.temperature[2 * i]!;
    if (!(difference > 0) || rooms.shaft[i]) continue;
    const rate = Math.min(
      (OVERTURNING * rooms.width[i]! * rooms.depth[i]! * difference) / CP,
      (0.25 * Math.min(layers.mass[2 * i]!, layers.mass[2 * i + 1]!)) / timeStep,
    );
    transfer(z, 2 * i, 2 * i + 1, rate);
    transfer(z, 2 * i + 1, 2 * i, rate);
  }
}

/** Of a thin layer at most this share may leave in a step; thicker layers shorten the step instead. */
const MOST_OF_THIN = 0.8;
const THIN = 0.05;

/**
 * Strong flows through a layer that hardly exists would cut the step to milliseconds. What such a layer cannot give comes from the other layer of its room,
 * the same volume and with it the same enthalpy; within the room it stays where it is.
 */
export function relieveThinLayers(z: Zones, timeStep: number): void {
  const { layers, rooms, transfers: t } = z;
  for (let l = 0; l < 2 * z.count; l++) {
    const most = (MOST_OF_THIN * layers.mass[l]!) / timeStep;
    const asked = layers.outflow[l]!;
    if (asked <= most || layers.volume[l]! > THIN * rooms.volume[l >> 1]!) continue;
    const other = l ^ 1;
    const excess = 1 - most / asked;
    const heat = CP * layers.temperature[l]!;
    const listed = t.count;
    for (let k = 0; k < listed; k++) {
      if (t.source[k] !== l) continue;
      const cut = t.rate[k]! * excess;
      const target = t.target[k]!;
      t.rate[k]! -= cut;
      layers.flowMass[l]! += cut;
      layers.flowHeat[l]! += heat * cut;
      layers.outflow[l]! -= cut;
      layers.flowMass[target]! -= cut;
      layers.flowHeat[target]! -= heat * cut;
      transfer(z, other, target, (cut * layers.density[other]!) / layers.density[l]!, t.pass[k]!, t.fan[k]!);
    }
  }
}
