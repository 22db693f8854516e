import { fastExp, fastPow } from "../../maths.js";
import type { HorizontalVent } from "./building.js";
import { CP, GAS, GRAVITY } from "./constants.js";
import { buoyancy } from "./slabs.js";
import { smoothStep } from "./smooth.js";
import { outer, type Zones } from "./zones.js";

/** Discharge coefficient of horizontal vents (Cooper 1989, NIST TN 1889v1). */
const COEFFICIENT = 0.68;
const LEVEL = 1e-4;

/** Pressure below the vent less that above it, Pa, both against the outside air at the same height. */
function difference(z: Zones, above: number, below: number): number {
  const { rooms } = z;
  const under =
    below === z.count ? 0 : rooms.nextPressure[below]! + buoyancy(z, below, rooms.floor[below]! + rooms.height[below]!);
  return under - (above === z.count ? 0 : rooms.nextPressure[above]!);
}

/** The layer above a vent: the lower one, unless it hardly exists; 1 is lower. */
function sideAbove(z: Zones, above: number): 0 | 1 {
  return above === z.count || z.layers.volume[2 * above + 1]! > 2 * z.rooms.leastVolume[above]! ? 1 : 0;
}

/** The layer below it: the upper one, unless it hardly exists. */
function sideBelow(z: Zones, below: number): 0 | 1 {
  return below === z.count || z.layers.volume[2 * below]! <= 2 * z.rooms.leastVolume[below]! ? 1 : 0;
}

/**
 * Flows by pressure through ceiling and floor vents at `rooms.nextPressure`: V = 0.68 A sqrt(2 |dP| / rho) of the gas it comes from;
 * adds enthalpy to `residual` and the slopes to the matrix as `wallFlows` does.
 */
export function horizontalFlows(z: Zones, residual: Float64Array): void {
  const { vents, layers, rooms, ldl, count } = z;
  z.building.horizontalVents.forEach((vent, v) => {
    const f = 4 * v;
    vents.horizontalFlow.fill(0, f, f + 4);
    const area = vent.area_m2 * vents.horizontalOpen[v]!;
    if (!(area > 0)) return;
    const above = outer(vent.above, count);
    const below = outer(vent.below, count);
    const dP = difference(z, above, below);
    const up = dP > 0;
    const source = up ? below : above;
    const share = vents.plug[2 * v + (up ? 0 : 1)]!;
    const { density } = layers;
    const mean = share * density[2 * source]! + (1 - share) * density[2 * source + 1]!;
    const size = Math.abs(dP);
    const root = Math.sqrt(size + LEVEL);
    const level = size / (size + LEVEL);
    const factor = COEFFICIENT * area * Math.sqrt(2 / mean);
    const volume = factor * root * level;
    const slope = factor * ((0.5 / root) * level + (root * LEVEL) / ((size + LEVEL) * (size + LEVEL)));
    // cp T rho = cp P / R whatever the layer: the enthalpy depends on the volume alone
    const perVolume = (CP / GAS) * (rooms.ambient[source]! + rooms.pressure[source]!);
    vents.horizontalFlow[f + (up ? 0 : 2)] = share * volume * density[2 * source]!;
    vents.horizontalFlow[f + (up ? 1 : 3)] = (1 - share) * volume * density[2 * source + 1]!;
    const net = perVolume * (up ? volume : -volume);
    if (below < count) {
      residual[ldl.rowOf[below]!]! += net;
      ldl.diagonal[ldl.rowOf[below]!]! += perVolume * slope;
    }
    if (above < count) {
      residual[ldl.rowOf[above]!]! -= net;
      ldl.diagonal[ldl.rowOf[above]!]! += perVolume * slope;
    }
    if (vents.horizontalPair[v]! >= 0) ldl.lower[vents.horizontalPair[v]!]! -= perVolume * slope;
  });
}

/**
 * Exchange through a vent with the heavier gas above (Cooper 1989, as in NIST TN 1889v1): equal volumes up and down,
 * V = 0.1 sqrt(2 g drho A^(5/2) / (rho_1 + rho_2)) (1 - |dP| / dP_flood), 0 beyond; dP_flood = C_s^2 g drho D^5 / (2 A^2),
 * C_s 0.754 and D = 2 sqrt(A / pi) for round, 0.942 and sqrt(A) for square vents. m3/s.
 */
export function exchangeFlow(z: Zones, vent: HorizontalVent, v: number): number {
  const area = vent.area_m2 * z.vents.horizontalOpen[v]!;
  if (!(area > 0)) return 0;
  const above = outer(vent.above, z.count);
  const below = outer(vent.below, z.count);
  const heavy = z.layers.density[2 * above + sideAbove(z, above)]!;
  const light = z.layers.density[2 * below + sideBelow(z, below)]!;
  if (!(heavy > light)) return 0;
  const round = vent.shape === "round";
  const side = round ? 2 * Math.sqrt(area / Math.PI) : Math.sqrt(area);
  const shape = round ? 0.754 : 0.942;
  const flood = (shape * shape * GRAVITY * (heavy - light) * fastPow(side, 5)) / (2 * area * area);
  const rest = 1 - Math.abs(difference(z, above, below)) / flood;
  if (!(rest > 0)) return 0;
  return 0.1 * Math.sqrt((2 * GRAVITY * (heavy - light) * area * area * Math.sqrt(area)) / (heavy + light)) * rest;
}

/**
 * Shares of the upper layers in what a vent will draw from the rooms below and above it in the next step, into `vents.plug`.
 * Drawing through the adjacent layer from the one behind it (plug-holing): a share 1 - exp(-(Fr / 2)^2) of the other layer, with
 * Fr = V / sqrt(g d^5 (T - T_inf) / T_inf), V m3/s through the vent, d and T depth and temperature of the adjacent layer (NIST TN 1889v1);
 * a layer fades out as source between three and two times its least volume.
 */
export function setPlug(z: Zones, vent: HorizontalVent, v: number): void {
  const { vents, layers } = z;
  const below = outer(vent.below, z.count);
  const above = outer(vent.above, z.count);
  const { horizontalFlow: flow } = vents;
  const f = 4 * v;
  const up = flow[f]! / layers.density[2 * below]! + flow[f + 1]! / layers.density[2 * below + 1]!;
  const down = flow[f + 2]! / layers.density[2 * above]! + flow[f + 3]! / layers.density[2 * above + 1]!;
  vents.plug[2 * v] = adjacentShare(z, below, 0, up);
  vents.plug[2 * v + 1] = 1 - adjacentShare(z, above, 1, down);
}

/** Share of layer `side` (0 upper, 1 lower), which lies at the vent, in what is drawn from its room. */
function adjacentShare(z: Zones, room: number, side: 0 | 1, volume: number): number {
  if (room === z.count) return side;
  const { layers, rooms } = z;
  const depth = side === 0 ? rooms.height[room]! - rooms.interface[room]! : rooms.interface[room]!;
  const rise = layers.temperature[2 * room + side]! - z.interior_K;
  const froude = rise > 1e-3 && depth > 0 ? volume / Math.sqrt((GRAVITY * fastPow(depth, 5) * rise) / z.interior_K) : 0;
  const drawn = fastExp(-Math.min(froude * froude * 0.25, 30));
  const least = rooms.leastVolume[room]!;
  const there = (layer: number): number => smoothStep(layers.volume[layer]!, 2 * least, 3 * least);
  const share = drawn * there(2 * room + side);
  return 1 - (1 - share) * there(2 * room + 1 - side);
}
