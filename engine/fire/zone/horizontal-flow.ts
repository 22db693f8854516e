import { fastExp, fastPow } from "../../maths.js";
import type { HorizontalVent } from "./building.js";
import { CP, GAS, GRAVITY } from "./constants.js";
import { buoyancy } from "./slabs.js";
import { smoothStep } from "./smooth.js";
import { outer, type Zones } from "./zones.js";

/** Discharge coefficient of horizontal vents (Cooper 1989, NIST TN 1889v1). */
const COEFFICIENT = 0.68;
const LEVEL = 1e-3;

/** Pressure below the vent less that above it, Pa, both against the outside air at the same height. */
function difference(z: Zones, above: number, below: number): number {
  const { rooms } = z;
  const under =
    below === z.count ? 0 : rooms.nextPressure[below]! + buoyancy(z, below, rooms.floor[below]! + rooms.height[below]!);
  return under - (above === z.count ? 0 : rooms.nextPressure[above]!);
}

/** The layer above that gas falls from: the lower one, unless it hardly exists. */
function sourceAbove(z: Zones, above: number): number {
  if (above === z.count) return z.outsideLayer;
  return z.layers.volume[2 * above + 1]! > 2 * z.rooms.leastVolume[above]! ? 2 * above + 1 : 2 * above;
}

/** Share of the upper layer in what rises through the vent: one, unless the vent draws the layer dry. */
function sourceBelow(z: Zones, below: number): number {
  if (below === z.count) return 0;
  return z.layers.volume[2 * below]! > 2 * z.rooms.leastVolume[below]! ? 1 : 0;
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
    const share = up ? sourceBelow(z, below) * vents.plug[v]! : 0;
    const upper = up ? 2 * below : sourceAbove(z, above) & ~1;
    const lower = up ? (below === count ? z.outsideLayer : 2 * below + 1) : sourceAbove(z, above);
    const density = up ? share * layers.density[upper]! + (1 - share) * layers.density[lower]! : layers.density[lower]!;
    const size = Math.abs(dP);
    const root = Math.sqrt(size + LEVEL);
    const level = size / (size + LEVEL);
    const factor = COEFFICIENT * area * Math.sqrt(2 / density);
    const volume = factor * root * level;
    const slope = factor * ((0.5 / root) * level + (root * LEVEL) / ((size + LEVEL) * (size + LEVEL)));
    // cp T rho = cp P / R whatever the layer: the enthalpy depends on the volume alone
    const source = up ? below : above;
    const perVolume = (CP / GAS) * (rooms.ambient[source]! + rooms.pressure[source]!);
    if (up) {
      vents.horizontalFlow[f] = share * volume * layers.density[upper]!;
      vents.horizontalFlow[f + 1] = (1 - share) * volume * layers.density[lower]!;
    } else vents.horizontalFlow[f + 2 + (lower & 1)] = volume * layers.density[lower]!;
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
  const heavy = z.layers.density[sourceAbove(z, above)]!;
  const light = z.layers.density[below === z.count ? z.outsideLayer : 2 * below + (sourceBelow(z, below) > 0 ? 0 : 1)]!;
  if (!(heavy > light)) return 0;
  const round = vent.shape === "round";
  const side = round ? 2 * Math.sqrt(area / Math.PI) : Math.sqrt(area);
  const shape = round ? 0.754 : 0.942;
  const flood = (shape * shape * GRAVITY * (heavy - light) * fastPow(side, 5)) / (2 * area * area);
  const rest = 1 - Math.abs(difference(z, above, below)) / flood;
  if (!(rest > 0)) return 0;
  return 0.1 * Math.sqrt((2 * GRAVITY * (heavy - light) * area * area * Math.sqrt(area)) / (heavy + light)) * rest;
}

/** Layers between which `exchangeFlow` goes. */
export function exchangeLayers(z: Zones, vent: HorizontalVent): { up: number; down: number } {
  const above = outer(vent.above, z.count);
  const below = outer(vent.below, z.count);
  const up = below === z.count ? z.outsideLayer : 2 * below + (sourceBelow(z, below) > 0 ? 0 : 1);
  return { up, down: sourceAbove(z, above) };
}

/**
 * Plug-holing for the next step: the share of the upper layer in what a vent draws, exp(-(Fr / 2)^2) missing, with
 * Fr = V / sqrt(g d^5 (T_u - T_inf) / T_inf), d the depth of the layer; it fades out below three times the least volume
 * (NIST TN 1889v1; Fr after Morgan and Gardner 1990).
 */
export function plugShare(z: Zones, vent: HorizontalVent, v: number): number {
  const below = outer(vent.below, z.count);
  if (below === z.count) return 1;
  const { layers, rooms } = z;
  const depth = rooms.height[below]! - rooms.interface[below]!;
  const rise = layers.temperature[2 * below]! - z.interior_K;
  const volume =
    z.vents.horizontalFlow[4 * v]! / layers.density[2 * below]! +
    z.vents.horizontalFlow[4 * v + 1]! / layers.density[2 * below + 1]!;
  if (!(rise > 0.01 && depth > 0 && volume > 0)) return 1;
  const froude = volume / Math.sqrt((GRAVITY * fastPow(depth, 5) * rise) / z.interior_K);
  const share = fastExp(-Math.min(froude * froude * 0.25, 30));
  const least = rooms.leastVolume[below]!;
  return share + (1 - share) * (1 - smoothStep(layers.volume[2 * below]!, least, 3 * least));
}
