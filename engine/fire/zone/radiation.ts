import { fastExp } from "../../maths.js";
import { CARBON_DIOXIDE, MOLAR_MASS, NITROGEN, OXYGEN, SMOULDERING_SOOT, SOOT, WATER } from "./chemistry.js";
import { STEFAN_BOLTZMANN } from "./constants.js";
import { absorption } from "./gas-absorption.js";
import { viewAt } from "./view-factors.js";
import type { Zones } from "./zones.js";

/**
 * Radiation in one compartment between ceiling (0), upper wall (1), lower wall (2), floor (3), two grey layers of gas and the fires.
 *
 * Net-radiation method for an enclosure with an emitting and absorbing gas (Siegel and Howell, Thermal Radiation Heat Transfer). With radiosities
 * J and incident fluxes H of the surfaces:
 *   J_i = e_i s T_i^4 + (1 - e_i) H_i,   H_i = sum_j F_ij t_ij J_j + S_i
 * where t_ij is the transmissivity of what lies between (the upper layer t_u, the lower t_l or both) and S_i what gas and fires send.
 * A path from j to i through one layer of gas brings (1 - t) s T^4; through both, the nearer layer's plus the farther layer's cut by the
 * nearer. As the factors of a surface add up to 1:
 *   S_upper = (1 - t_u) E_u + F_i,down t_u (1 - t_l) E_l,   S_lower = (1 - t_l) E_l + F_i,up t_l (1 - t_u) E_u.
 * The flux into a surface is e_i (H_i - s T_i^4), 0 for an adiabatic one (e = 0), and what a layer gains is what it absorbs of J, of the other
 * layer and of the fires, less (1 - t) E (its surfaces' area + the area X over which the layers see each other's surfaces). All of it adds up to the
 * radiation of the fires, by the reciprocity of the factors.
 */
export interface Radiation {
  /** W/m2 into the four surfaces. */
  readonly flux: Float64Array;
  /** W into the upper and the lower layer. */
  readonly gas: Float64Array;
  /** W from fires by surface: set by the caller, by the layer in which the point of the fire lies (upper 0..3, lower 4..7), radiation that heads for each surface. */
  readonly fires: Float64Array;
  /** Transmissivity of the layers. */
  readonly transmissivity: Float64Array;
  readonly area: Float64Array;
  readonly emission: Float64Array;
  readonly radiosity: Float64Array;
  readonly factor: Float64Array;
  readonly matrix: Float64Array;
}

export function createRadiation(): Radiation {
  const make = (n: number): Float64Array => new Float64Array(n);
  return {
    flux: make(4),
    gas: make(2),
    fires: make(8),
    transmissivity: make(2),
    area: make(4),
    emission: make(4),
    radiosity: make(4),
    factor: make(16),
    matrix: make(20),
  };
}

/** Areas and view factors of room `i` with the interface where it is. */
function geometry(z: Zones, i: number, r: Radiation): void {
  const { rooms } = z;
  const width = rooms.width[i]!;
  const depth = rooms.depth[i]!;
  const height = rooms.height[i]!;
  const base = width * depth;
  const around = 2 * (width + depth);
  const lowerDepth = Math.min(Math.max(rooms.interface[i]!, 1e-4 * height), (1 - 1e-4) * height);
  const upperDepth = height - lowerDepth;
  const table = z.views[i]!;
  const { area, factor } = r;
  area[0] = area[3] = base;
  area[1] = around * upperDepth;
  area[2] = around * lowerDepth;
  const whole = viewAt(table, height);
  const throughUp = viewAt(table, upperDepth);
  const throughDown = viewAt(table, lowerDepth);
  const upperShare = base / area[1]!;
  const lowerShare = base / area[2]!;
  factor[0] = 0;
  factor[1] = 1 - throughUp;
  factor[2] = throughUp - whole;
  factor[3] = whole;
  factor[12] = whole;
  factor[13] = throughDown - whole;
  factor[14] = 1 - throughDown;
  factor[15] = 0;
  // an upper wall sees as much of the interface as of the ceiling
  factor[4] = upperShare * factor[1]!;
  factor[7] = upperShare * factor[13]!;
  factor[6] = factor[4]! - factor[7]!;
  factor[5] = 1 - 2 * factor[4]!;
  factor[11] = lowerShare * factor[14]!;
  factor[8] = lowerShare * factor[2]!;
  factor[9] = factor[11]! - factor[8]!;
  factor[10] = 1 - 2 * factor[11]!;
}

/** Transmissivity over the mean beam length 1.8 V / (A + d (W + D)) of a layer. */
function transmissivity(z: Zones, i: number, layer: number, depth: number): number {
  const { rooms, layers, stride } = z;
  const base = rooms.width[i]! * rooms.depth[i]!;
  const volume = layers.volume[layer]!;
  const beam = (1.8 * volume) / (base + depth * (rooms.width[i]! + rooms.depth[i]!));
  const at = layer * stride;
  const { species } = layers;
  const water = species[at + WATER]! / MOLAR_MASS[WATER]!;
  const carbonDioxide = species[at + CARBON_DIOXIDE]! / MOLAR_MASS[CARBON_DIOXIDE]!;
  const moles =
    species[at + NITROGEN]! / MOLAR_MASS[NITROGEN]! + species[at + OXYGEN]! / MOLAR_MASS[OXYGEN]! + water + carbonDioxide;
  const soot = (species[at + SOOT]! + species[at + SMOULDERING_SOOT]!) / volume;
  const kappa = absorption(layers.temperature[layer]!, soot, water / moles, carbonDioxide / moles, beam);
  return fastExp(-kappa * beam);
}

/** Fills `flux` and `gas` of room `i` from `surface` (4 temperatures, K, from `at`) and `fires`. */
export function radiate(z: Zones, i: number, surface: Float64Array, at: number, r: Radiation): void {
  geometry(z, i, r);
  const { layers } = z;
  const { area, factor, emission, radiosity, flux, gas, fires } = r;
  const upperDepth = area[1]! / (2 * (z.rooms.width[i]! + z.rooms.depth[i]!));
  const tu = transmissivity(z, i, 2 * i, upperDepth);
  const tl = transmissivity(z, i, 2 * i + 1, z.rooms.height[i]! - upperDepth);
  r.transmissivity[0] = tu;
  r.transmissivity[1] = tl;
  const Tu = layers.temperature[2 * i]!;
  const Tl = layers.temperature[2 * i + 1]!;
  const sendUpper = (1 - tu) * STEFAN_BOLTZMANN * Tu * Tu * Tu * Tu;
  const sendLower = (1 - tl) * STEFAN_BOLTZMANN * Tl * Tl * Tl * Tl;
  const emissivity = z.surfaces.emissivity;
  for (let s = 0; s < 4; s++) {
    const T = surface[at + s]!;
    emission[s] = STEFAN_BOLTZMANN * T * T * T * T;
    const up = factor[4 * s]! + factor[4 * s + 1]!;
    const fire = s < 2 ? tu * fires[s]! + tu * tl * fires[4 + s]! : tl * fires[4 + s]! + tu * tl * fires[s]!;
    // incident without what surfaces send
    flux[s] = (s < 2 ? sendUpper + (1 - up) * tu * sendLower : sendLower + up * tl * sendUpper) + fire / area[s]!;
  }
  solveRadiosities(r, emissivity, 4 * i, tu, tl);
  const both = tu * tl;
  for (let s = 0; s < 4; s++) {
    const e = emissivity[4 * i + s]!;
    const near = s < 2 ? tu : tl;
    let incident = flux[s]!;
    for (let k = 0; k < 4; k++) incident += factor[4 * s + k]! * (k < 2 === s < 2 ? near : both) * radiosity[k]!;
    flux[s] = e * (incident - emission[s]!);
  }
  const upJ = area[0]! * radiosity[0]! + area[1]! * radiosity[1]!;
  const downJ = area[2]! * radiosity[2]! + area[3]! * radiosity[3]!;
  const downUp0 = factor[2]! + factor[3]!;
  const downUp1 = factor[6]! + factor[7]!;
  const across = area[0]! * downUp0 + area[1]! * downUp1;
  const upAcross = area[0]! * radiosity[0]! * downUp0 + area[1]! * radiosity[1]! * downUp1;
  const downAcross =
    area[2]! * radiosity[2]! * (factor[8]! + factor[9]!) + area[3]! * radiosity[3]! * (factor[12]! + factor[13]!);
  const upFireUp = fires[0]! + fires[1]!;
  const upFireDown = fires[2]! + fires[3]!;
  const downFireUp = fires[4]! + fires[5]!;
  const downFireDown = fires[6]! + fires[7]!;
  gas[0] =
    (1 - tu) * (upJ + tl * downAcross + sendLower * across + upFireUp + upFireDown + tl * downFireUp) -
    sendUpper * (area[0]! + area[1]! + across);
  gas[1] =
    (1 - tl) * (downJ + tu * upAcross + sendUpper * across + downFireUp + downFireDown + tu * upFireDown) -
    sendLower * (area[2]! + area[3]! + across);
}

/** (I - (1 - e) F t) J = e E + (1 - e) S by elimination; the rows are dominated by their diagonals. */
function solveRadiosities(r: Radiation, emissivity: Float64Array, first: number, tu: number, tl: number): void {
  const { matrix: m, factor, emission, flux, radiosity } = r;
  const both = tu * tl;
  for (let s = 0; s < 4; s++) {
    const e = emissivity[first + s]!;
    const near = s < 2 ? tu : tl;
    for (let k = 0; k < 4; k++) m[5 * s + k] = -(1 - e) * factor[4 * s + k]! * (k < 2 === s < 2 ? near : both);
    m[5 * s + s]! += 1;
    m[5 * s + 4] = e * emission[s]! + (1 - e) * flux[s]!;
  }
  for (let p = 0; p < 3; p++) {
    const inverse = 1 / m[6 * p]!;
    for (let s = p + 1; s < 4; s++) {
      const share = m[5 * s + p]! * inverse;
      for (let k = p + 1; k < 5; k++) m[5 * s + k]! -= share * m[5 * p + k]!;
    }
  }
  for (let s = 3; s >= 0; s--) {
    let sum = m[5 * s + 4]!;
    for (let k = s + 1; k < 4; k++) sum -= m[5 * s + k]! * radiosity[k]!;
    radiosity[s] = sum / m[6 * s]!;
  }
}
