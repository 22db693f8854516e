import { CP, GRAVITY } from "./constants.js";
import type { Zones } from "./zones.js";

/** Pressure difference below which the square root becomes linear, Pa: no infinite slope at 0. */
const LEVEL = 1e-4;

/** Hydrostatic pressure in room `i` above that of the outside air at the same height, without the pressure at its floor, Pa. */
export function buoyancy(z: Zones, i: number, height: number): number {
  if (i === z.count) return 0;
  const { density } = z.layers;
  const above = height - z.rooms.floor[i]!;
  const interfaceAt = z.rooms.interface[i]!;
  const outside = z.exteriorDensity;
  const lower = (outside - density[2 * i + 1]!) * GRAVITY;
  return above <= interfaceAt
    ? lower * above
    : lower * interfaceAt + (outside - density[2 * i]!) * GRAVITY * (above - interfaceAt);
}

/**
 * Cuts each open wall vent at the interfaces of both rooms. In a segment the densities are constant, so the pressure difference is
 * linear; only the difference of the floor pressures is missing, which the pressure solver finds.
 */
export function cutWallVents(z: Zones): void {
  const { vents, rooms } = z;
  for (let v = 0; v < vents.wallCount; v++) {
    const open = vents.open[v]!;
    if (!(open > 0)) {
      vents.segments[v] = 0;
      continue;
    }
    const a = vents.from[v]!;
    const b = vents.to[v]!;
    const sill = vents.sill[v]!;
    const soffit = vents.soffit[v]!;
    const interfaceA = rooms.floor[a]! + rooms.interface[a]!;
    const interfaceB = rooms.floor[b]! + rooms.interface[b]!;
    const first = Math.min(interfaceA, interfaceB);
    const second = Math.max(interfaceA, interfaceB);
    const { cut } = vents;
    let n = 4 * v;
    cut[n++] = sill;
    if (first > sill && first < soffit) cut[n++] = first;
    if (second > sill && second < soffit && second > first) cut[n++] = second;
    cut[n] = soffit;
    vents.segments[v] = n - 4 * v;
    for (let k = 4 * v; k <= n; k++)
      vents.offset[k] = buoyancy(z, a, cut[k]!) - buoyancy(z, b, cut[k]!) - (b === z.count ? vents.wind[v]! : 0);
    const factor = vents.coefficient[v]! * vents.width[v]! * open;
    for (let s = 0; s < n - 4 * v; s++) {
      const middle = (cut[4 * v + s]! + cut[4 * v + s + 1]!) / 2;
      const layerA = 2 * a + (middle > interfaceA ? 0 : 1);
      const layerB = 2 * b + (middle > interfaceB ? 0 : 1);
      vents.layerFrom[3 * v + s] = layerA;
      vents.layerTo[3 * v + s] = layerB;
      vents.factorFrom[3 * v + s] = factor * Math.sqrt(2 * z.layers.density[layerA]!);
      vents.factorTo[3 * v + s] = factor * Math.sqrt(2 * z.layers.density[layerB]!);
    }
  }
}

/** Result of `slab`: the flow, kg/s, and its derivative by the pressure difference, kg/s/Pa. */
const slab = { flow: 0, slope: 0 };

/**
 * Flow through a slab whose pressure difference goes from `low` to `high` (both >= 0 in the direction of flow), Emmons' orifice flow
 * (SFPE Handbook, "Vent flows"): m = (2/3) C w sqrt(2 rho) dz (p_l + sqrt(p_l p_h) + p_h) / (sqrt p_l + sqrt p_h).
 */
function slabFlow(factor: number, thickness: number, low: number, high: number): void {
  const a = low + LEVEL;
  const b = high + LEVEL;
  const rootA = Math.sqrt(a);
  const rootB = Math.sqrt(b);
  const roots = 1 / (rootA + rootB);
  const mean = (low + high) / 2;
  const level = 1 / (mean + LEVEL);
  const share = mean * level;
  const whole = factor * thickness * (2 / 3) * (a + rootA * rootB + b) * roots;
  slab.flow = whole * share;
  slab.slope = factor * thickness * roots * share + whole * LEVEL * level * level;
}

/**
 * Flows of all wall vents at the pressures in `rooms.nextPressure`: fills `vents.flow`, adds the enthalpy leaving each room to `residual`
 * (W, by row of the pressure system) and its slopes to the matrix. The net enthalpy of a vent depends on the difference of two pressures
 * only, so the matrix is symmetric.
 */
export function wallFlows(z: Zones, residual: Float64Array): void {
  const { vents, layers, rooms, ldl, count } = z;
  const { flow, crossing, offset, cut } = vents;
  const { rowOf, diagonal, lower } = ldl;
  for (let v = 0; v < vents.wallCount; v++) {
    const segments = vents.segments[v]!;
    const f = 4 * v;
    flow[f] = flow[f + 1] = flow[f + 2] = flow[f + 3] = 0;
    crossing[f] = crossing[f + 1] = crossing[f + 2] = crossing[f + 3] = 0;
    if (segments === 0) continue;
    const a = vents.from[v]!;
    const b = vents.to[v]!;
    const difference = rooms.nextPressure[a]! - rooms.nextPressure[b]!;
    let net = 0;
    let slope = 0;
    for (let s = 0; s < segments; s++) {
      const low = offset[f + s]! + difference;
      const high = offset[f + s + 1]! + difference;
      const thickness = cut[f + s + 1]! - cut[f + s]!;
      const reversed = low * high < 0;
      const part = reversed ? (thickness * low) / (low - high) : thickness;
      // one slab, or two on either side of a neutral plane
      for (let side = 0; side < (reversed ? 2 : 1); side++) {
        const p = side === 0 ? low : high;
        const q = reversed ? 0 : high;
        const out = p + q > 0;
        const k = 3 * v + s;
        slabFlow(
          out ? vents.factorFrom[k]! : vents.factorTo[k]!,
          side === 0 ? part : thickness - part,
          out ? p : -p,
          out ? q : -q,
        );
        const layer = out ? vents.layerFrom[k]! : vents.layerTo[k]!;
        const heat = CP * layers.temperature[layer]!;
        net += out ? heat * slab.flow : -heat * slab.flow;
        slope += heat * slab.slope;
        const kind = f + (out ? 0 : 2) + (layer & 1);
        flow[kind]! += slab.flow;
        if (((vents.layerFrom[k]! ^ vents.layerTo[k]!) & 1) === 1) crossing[kind]! += slab.flow;
      }
    }
    if (a < count) {
      residual[rowOf[a]!]! += net;
      diagonal[rowOf[a]!]! += slope;
    }
    if (b < count) {
      residual[rowOf[b]!]! -= net;
      diagonal[rowOf[b]!]! += slope;
    }
    const pair = vents.pair[v]!;
    if (pair >= 0) lower[pair]! -= slope;
  }
}
