import { cbrt } from "../../maths.js";
import type { FireBuilding, Surface } from "./building.js";
import { STEFAN_BOLTZMANN } from "./constants.js";

/**
 * Ceilings, upper walls, lower walls and floors: one-dimensional conduction through their layers, implicit in time, in finite volumes.
 * Surface k = 4 compartment + 0 ceiling, 1 upper wall, 2 lower wall, 3 floor. Its nodes lie at start[k] ... start[k + 1] - 1 from
 * the room outwards; an adiabatic surface has none. Both walls keep a profile of their own while the interface moves.
 */
export interface Surfaces {
  readonly start: Int32Array;
  readonly temperature: Float64Array;
  /** Heat capacity of each node, J/m2/K, and conductance to the next one outwards, W/m2/K. */
  readonly capacity: Float64Array;
  readonly conductance: Float64Array;
  readonly emissivity: Float64Array;
  /** Response of the surface at the end of the step: temperature = `free` + `compliance` * flux; K and K m2/W. */
  readonly free: Float64Array;
  readonly compliance: Float64Array;
  /** Flux into the surface, W/m2, given between `sweep` and `settle`. */
  readonly flux: Float64Array;
  /** Temperature and coefficient at the back, K and W/m2/K. */
  readonly backAir: Float64Array;
  readonly backCoefficient: Float64Array;
  readonly factorStep: Float64Array;
  readonly along: Float64Array;
  readonly inverse: Float64Array;
  readonly forward: Float64Array;
}

const INTERVALS_SINGLE = 20;
const INTERVALS_EACH = 12;
/** Natural convection at the back, W/m2/K^(4/3): ceilings and floors, walls (NIST TN 1889v1, convection). */
const BACK = [1.52, 1.31, 1.31, 1.52];

export function createSurfaces(building: FireBuilding): Surfaces {
  const nodes: { capacity: number[]; conductance: number[] }[] = [];
  const emissivity = new Float64Array(4 * building.compartments.length);
  building.compartments.forEach((room, i) => {
    [room.ceiling, room.walls, room.walls, room.floor].forEach((surface, j) => {
      const off = surface === "adiabatic" || building.options?.adiabatic === true;
      emissivity[4 * i + j] = off ? 0 : building.materials[surface[0]!.material]!.emissivity;
      nodes.push(off ? { capacity: [], conductance: [] } : mesh(surface, building));
    });
  });
  const start = new Int32Array(nodes.length + 1);
  for (let k = 0; k < nodes.length; k++) start[k + 1] = start[k]! + nodes[k]!.capacity.length;
  const size = start[nodes.length]!;
  const made: Surfaces = {
    start,
    temperature: new Float64Array(size).fill(building.ambient.interiorTemperature_K),
    capacity: Float64Array.from(nodes.flatMap((n) => n.capacity)),
    conductance: Float64Array.from(nodes.flatMap((n) => n.conductance)),
    emissivity,
    free: new Float64Array(nodes.length).fill(building.ambient.interiorTemperature_K),
    compliance: new Float64Array(nodes.length),
    flux: new Float64Array(nodes.length),
    backAir: new Float64Array(nodes.length).fill(building.ambient.exteriorTemperature_K),
    backCoefficient: new Float64Array(nodes.length),
    factorStep: new Float64Array(nodes.length),
    along: new Float64Array(size),
    inverse: new Float64Array(size),
    forward: new Float64Array(size),
  };
  return made;
}

/** Nodes bunched quadratically towards both faces of each layer; nodes on the seams take half a cell of either material. */
function mesh(surface: Exclude<Surface, "adiabatic">, building: FireBuilding): { capacity: number[]; conductance: number[] } {
  const capacity = [0];
  const conductance: number[] = [];
  for (const layer of surface) {
    const material = building.materials[layer.material]!;
    const intervals = surface.length === 1 ? INTERVALS_SINGLE : INTERVALS_EACH;
    let before = 0;
    for (let n = 1; n <= intervals; n++) {
      const s = n / intervals;
      const x = layer.thickness_m * (s <= 0.5 ? 2 * s * s : 1 - 2 * (1 - s) * (1 - s));
      const half = ((x - before) / 2) * material.density_kg_m3 * material.specificHeat_J_kgK;
      capacity[capacity.length - 1]! += half;
      capacity.push(half);
      conductance.push(material.conductivity_W_mK / (x - before));
      before = x;
    }
  }
  conductance.push(0);
  return { capacity, conductance };
}

/**
 * First half of a step of one surface: eliminates from the back to the front and leaves the response of the front to the flux that
 * is still to come. The factors are kept while the time step stays and the coefficient at the back moves by less than 2 %.
 */
export function sweep(s: Surfaces, k: number, timeStep: number): void {
  const first = s.start[k]!;
  const last = s.start[k + 1]! - 1;
  const { temperature, capacity, conductance, inverse, forward } = s;
  const back = backCoefficient(temperature[last]!, s.backAir[k]!, BACK[k & 3]!);
  const known = s.backCoefficient[k]!;
  if (s.factorStep[k] !== timeStep || Math.abs(back - known) > 0.02 * known) factor(s, k, timeStep, back);
  const rate = 1 / timeStep;
  let f = (capacity[last]! * rate * temperature[last]! + s.backCoefficient[k]! * s.backAir[k]!) * inverse[last]!;
  forward[last] = f;
  for (let n = last - 1; n >= first; n--) {
    f = (capacity[n]! * rate * temperature[n]! + conductance[n]! * f) * inverse[n]!;
    forward[n] = f;
  }
  s.free[k] = f;
  s.compliance[k] = inverse[first]!;
}

function factor(s: Surfaces, k: number, timeStep: number, back: number): void {
  const first = s.start[k]!;
  const last = s.start[k + 1]! - 1;
  const { capacity, conductance, inverse, along } = s;
  s.factorStep[k] = timeStep;
  s.backCoefficient[k] = back;
  let outer = back;
  for (let n = last; n >= first; n--) {
    const inner = n > first ? conductance[n - 1]! : 0;
    const inv = 1 / (capacity[n]! / timeStep + inner + outer);
    inverse[n] = inv;
    along[n] = inner * inv;
    outer = inner - inner * inner * inv;
  }
}

/** Natural convection and radiation (emissivity 1) of the back, linear in the difference, W/m2/K. */
function backCoefficient(surface: number, air: number, natural: number): number {
  const difference = Math.abs(surface - air);
  return natural * cbrt(difference) + STEFAN_BOLTZMANN * (surface + air) * (surface * surface + air * air);
}

/** Second half: the temperatures at the end of the step, with the flux given. Returns the heat that left at the back during the step, J/m2. */
export function settle(s: Surfaces, k: number, timeStep: number): number {
  const first = s.start[k]!;
  const last = s.start[k + 1]! - 1;
  const { temperature, along, forward } = s;
  let t = s.free[k]! + s.compliance[k]! * s.flux[k]!;
  temperature[first] = t;
  for (let n = first + 1; n <= last; n++) {
    t = along[n]! * t + forward[n]!;
    temperature[n] = t;
  }
  return s.backCoefficient[k]! * (t - s.backAir[k]!) * timeStep;
}
