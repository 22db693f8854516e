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
 * J, incident fluxes H and black emissions E of surfaces and layers:
 *   J_i = e_i E_i + (1 - e_i) H_i,   H_i = sum_j F_ij (t_ij J_j + g_ij) + fires,   flux into surface i = e_i (H_i - E_i).
 * t_ij is the transmissivity of the path between the surfaces, u_ij l_ij for its parts in the upper and lower layer, and g_ij what the gas on it sends
 * to i: the nearer layer's own plus the farther layer's cut by the nearer, (1 - u) E_u + u (1 - l) E_l at an upper surface. Along each path a layer gains
 * what it absorbs less what it sends either way. All adds up to the radiation of the fires, by the reciprocity of the factors.
 * Paths run between the middles of the surfaces and are shared by the layers in proportion to height (Forney, NISTIR 4709);
 * those of fires count their rise or fall only, as in CFAST: see docs/models/fire-zone.md.
 */
export interface Radiation {
  /** W/m2 into the four surfaces. */
  readonly flux: Float64Array;
  /** W into the upper and the lower layer. */
  readonly gas: Float64Array;
  /** Absorption coefficients of the layers, 1/m. */
  readonly absorption: Float64Array;
  readonly area: Float64Array;
  readonly emission: Float64Array;
  readonly radiosity: Float64Array;
  readonly factor: Float64Array;
  /** Transmissivities of the part of each path in the upper and in the lower layer, 16 each. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly matrix: Float64Array;
}

/** Radiation of one fire towards the four surfaces, W, and the height of the point it comes from, m above the floor: 5 numbers per fire. */
export const FIRE_STRIDE = 5;

export function createRadiation(): Radiation {
  const make = (n: number): Float64Array => new Float64Array(n);
  return {
    flux: make(4),
    gas: make(2),
    absorption: make(2),
    area: make(4),
    emission: make(4),
    radiosity: make(4),
    factor: make(16),
    upper: make(16).fill(1),
    lower: make(16).fill(1),
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

/** Absorption coefficient of a layer over its mean beam length 1.8 V / (A + d (W + D)). */
function layerAbsorption(z: Zones, i: number, layer: number, depth: number): number {
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
  return absorption(layers.temperature[layer]!, soot, water / moles, carbonDioxide / moles, beam);
}

/** Transmissivities of all paths from the lengths between the middles of surfaces. */
function paths(r: Radiation, width: number, depth: number, height: number, lowerDepth: number): void {
  const { upper, lower } = r;
  const [ku, kl] = [r.absorption[0]!, r.absorption[1]!];
  const upperDepth = height - lowerDepth;
  const x = width * width;
  const y = depth * depth;
  const slant = (rise: number, share: number): number =>
    (Math.sqrt(rise * rise + x * share) + Math.sqrt(rise * rise + y * share)) / 2;
  const across = (width + depth) / 2;
  const set = (i: number, j: number, inUpper: number, inLower: number): void => {
    const u = inUpper > 0 ? fastExp(-ku * inUpper) : 1;
    const l = inLower > 0 ? fastExp(-kl * inLower) : 1;
    upper[4 * i + j] = upper[4 * j + i] = u;
    lower[4 * i + j] = lower[4 * j + i] = l;
  };
  const cross = (i: number, j: number, length: number, rise: number, above: number): void =>
    set(i, j, (length * above) / rise, (length * (rise - above)) / rise);
  set(0, 1, slant(upperDepth / 2, 0.25), 0);
  set(1, 1, across, 0);
  set(2, 2, 0, across);
  set(2, 3, 0, slant(lowerDepth / 2, 0.25));
  cross(0, 2, slant(height - lowerDepth / 2, 0.25), height - lowerDepth / 2, upperDepth);
  cross(0, 3, height, height, upperDepth);
  cross(1, 2, slant(height / 2, 1), height / 2, upperDepth / 2);
  cross(1, 3, slant(lowerDepth + upperDepth / 2, 0.25), lowerDepth + upperDepth / 2, upperDepth / 2);
}

/** Fluxes of the fires of room `i` onto the surfaces, added to `flux`, and what the layers keep of them, to `gas`. */
function fireRadiation(z: Zones, i: number, fires: Float64Array, r: Radiation, lowerDepth: number): void {
  const { flux, gas, area } = r;
  const height = z.rooms.height[i]!;
  const list = z.firesOf[i]!;
  for (let n = 0; n < list.length; n++) {
    const at = FIRE_STRIDE * list[n]!;
    const point = fires[at + 4]!;
    for (let s = 0; s < 4; s++) {
      const power = fires[at + s]!;
      if (!(power > 0)) continue;
      const middle = s === 0 ? height : s === 1 ? (height + lowerDepth) / 2 : s === 2 ? lowerDepth / 2 : 0;
      const low = Math.min(point, middle);
      const high = Math.max(point, middle);
      const u = fastExp(-r.absorption[0]! * Math.max(0, high - Math.max(low, lowerDepth)));
      const l = fastExp(-r.absorption[1]! * Math.max(0, Math.min(high, lowerDepth) - low));
      flux[s]! += (power * u * l) / area[s]!;
      const below = point < lowerDepth;
      gas[0]! += power * (1 - u) * (below ? l : 1);
      gas[1]! += power * (1 - l) * (below ? 1 : u);
    }
  }
}

/** Fills `flux` and `gas` of room `i` from `surface` (4 temperatures, K, from `at`) and the radiation of fires. */
export function radiate(z: Zones, i: number, surface: Float64Array, at: number, fires: Float64Array, r: Radiation): void {
  geometry(z, i, r);
  const { layers, rooms } = z;
  const { factor, emission, flux, gas, upper, lower } = r;
  const width = rooms.width[i]!;
  const depth = rooms.depth[i]!;
  const height = rooms.height[i]!;
  const lowerDepth = r.area[2]! / (2 * (width + depth));
  r.absorption[0] = layerAbsorption(z, i, 2 * i, height - lowerDepth);
  r.absorption[1] = layerAbsorption(z, i, 2 * i + 1, lowerDepth);
  paths(r, width, depth, height, lowerDepth);
  const Tu = layers.temperature[2 * i]!;
  const Tl = layers.temperature[2 * i + 1]!;
  const Eu = STEFAN_BOLTZMANN * Tu * Tu * Tu * Tu;
  const El = STEFAN_BOLTZMANN * Tl * Tl * Tl * Tl;
  gas[0] = gas[1] = 0;
  for (let s = 0; s < 4; s++) {
    const T = surface[at + s]!;
    emission[s] = STEFAN_BOLTZMANN * T * T * T * T;
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const u = upper[4 * s + k]!;
      const l = lower[4 * s + k]!;
      const sent = s < 2 ? (1 - u) * Eu + u * (1 - l) * El : (1 - l) * El + l * (1 - u) * Eu;
      sum += factor[4 * s + k]! * sent;
    }
    flux[s] = sum;
  }
  fireRadiation(z, i, fires, r, lowerDepth);
  solveRadiosities(r, z.surfaces.emissivity, 4 * i);
  collect(r, z.surfaces.emissivity, 4 * i, Eu, El);
}

/** From radiosities to the fluxes into surfaces and the gains of the layers. */
function collect(r: Radiation, emissivity: Float64Array, first: number, Eu: number, El: number): void {
  const { area, factor, radiosity, flux, emission, gas, upper, lower } = r;
  for (let s = 0; s < 4; s++) {
    let incident = flux[s]!;
    for (let k = 0; k < 4; k++) {
      const u = upper[4 * s + k]!;
      const l = lower[4 * s + k]!;
      const G = area[s]! * factor[4 * s + k]!;
      const J = radiosity[k]!;
      incident += factor[4 * s + k]! * u * l * J;
      // the ray from k to s: an upper layer gains what it absorbs of J and of the lower layer, less what it sends, and the other way round
      if (k < 2) {
        gas[0]! += G * (1 - u) * (J - Eu);
        gas[1]! += G * (1 - l) * (u * J + (1 - u) * Eu - El);
      } else {
        gas[1]! += G * (1 - l) * (J - El);
        gas[0]! += G * (1 - u) * (l * J + (1 - l) * El - Eu);
      }
    }
    flux[s] = emissivity[first + s]! * (incident - emission[s]!);
  }
}

/** (I - (1 - e) F t) J = e E + (1 - e) S by elimination; the rows are dominated by their diagonals. */
function solveRadiosities(r: Radiation, emissivity: Float64Array, first: number): void {
  const { matrix: m, factor, emission, flux, radiosity, upper, lower } = r;
  for (let s = 0; s < 4; s++) {
    const e = emissivity[first + s]!;
    for (let k = 0; k < 4; k++) m[5 * s + k] = -(1 - e) * factor[4 * s + k]! * upper[4 * s + k]! * lower[4 * s + k]!;
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
