import { SMOULDERING_SOOT, SOOT, TRACE } from "./chemistry.js";
import { CP, GAMMA, GAS, KAPPA } from "./constants.js";
import type { DoorJets } from "./door-jets.js";
import type { Fires } from "./fires.js";
import type { HeatExchange } from "./heat-exchange.js";
import { setPlug } from "./horizontal-flow.js";
import { listTransfers, relieveThinLayers, transfer } from "./mixing.js";
import type { PressureSolver } from "./pressure.js";
import { heightOf } from "./profile.js";
import { cutWallVents } from "./slabs.js";
import { settle } from "./surfaces.js";
import { FUEL } from "./zone-model.js";
import { outer, type Zones } from "./zones.js";

/** A step that would move more than this is tried again with less time. */
const MOST_OUTFLOW = 0.9;
const MOST_WARMING = 15;
const MOST_VOLUME = 0.1;
/** Local error accepted: share of the room's volume, K. */
const VOLUME_ERROR = 2e-3;
const TEMPERATURE_ERROR = 0.5;
/** Layers below this share of the room count less in the temperature error. */
const THIN = 0.05;
/** A gas beyond these, K, is none: the step is tried again, and the run ends at the last good state when that does not help. */
const LEAST_TEMPERATURE = 50;
const MOST_TEMPERATURE = 20e3;
/** Below this step, s, only what cannot be done at all is refused. */
export const LEAST_STEP = 0.02;
/** Greatest residual of the pressure equation that may be carried on, W. */
const MOST_RESIDUAL = 20;

export interface Stepper {
  /** Tries a step from `time`: 0 accepted but not yet committed, otherwise the reason (see Refusal). */
  attempt(time: number, timeStep: number): Refusal;
  commit(timeStep: number): void;
  /** Local error of the last attempt relative to what is accepted. */
  readonly error: () => number;
}

export type Refusal = "" | "pressure" | "outflow" | "change" | "state";

export function createStepper(z: Zones, fires: Fires, jets: DoorJets, heat: HeatExchange, pressure: PressureSolver): Stepper {
  const { count, rooms, layers } = z;
  const after = { error: 0 };

  const attempt = (time: number, timeStep: number): Refusal => {
    layers.heat.fill(0);
    rooms.hrr.fill(0);
    rooms.convective.fill(0);
    for (let l = 0; l < 2 * count; l++) layers.heat[l] = rooms.backHeat[l]!;
    fires.burn(time + timeStep / 2, timeStep);
    jets.burn(timeStep);
    heat.exchange(timeStep, fires.radiation);
    for (let i = 0; i < count; i++) rooms.heat[i] = layers.heat[2 * i]! + layers.heat[2 * i + 1]! + rooms.owed[i]!;
    cutWallVents(z);
    const residual = pressure.solve(timeStep);
    if (!(residual < MOST_RESIDUAL) && (timeStep > LEAST_STEP || !Number.isFinite(residual))) return "pressure";
    listTransfers(z, time + timeStep / 2, timeStep);
    fires.list.forEach((fire, f) => {
      const room = z.building.fires[f]!.compartment;
      transfer(z, 2 * room + 1, 2 * room, fire.plume_kg_s);
      layers.flowMass[2 * room]! += fire.pyrolysis_kg_s;
    });
    relieveThinLayers(z, timeStep);
    return layersAfter(z, timeStep, after);
  };

  const commit = (timeStep: number): void => {
    for (let i = 0; i < count; i++) {
      layers.volumeRate[2 * i] = layers.volumeRate[2 * i + 1]!;
      for (let l = 2 * i; l < 2 * i + 2; l++)
        layers.temperatureRate[l] = (layers.nextTemperature[l]! - layers.temperature[l]!) / timeStep;
    }
    keepAccount(z, fires, timeStep);
    moveSpecies(z, fires, jets, timeStep);
    rooms.pressure.set(rooms.nextPressure);
    rooms.owed.set(rooms.nextOwed);
    z.vents.lastFlow.set(z.vents.flow);
    for (let i = 0; i < count; i++) settleRoom(z, i);
    settleSurfaces(z, timeStep);
    z.building.horizontalVents.forEach((vent, v) => {
      setPlug(z, vent, v);
    });
  };
  return { attempt, commit, error: () => after.error };
}

/** Volumes and temperatures of all layers at the end of the step, its local error, and whether it can be taken. */
function layersAfter(z: Zones, timeStep: number, result: { error: number }): Refusal {
  const { count, rooms, layers } = z;
  let error = 0;
  let change = 0;
  for (let i = 0; i < count; i++) {
    const whole = rooms.volume[i]!;
    const before = rooms.ambient[i]! + rooms.pressure[i]!;
    const dP = rooms.nextPressure[i]! - rooms.pressure[i]!;
    const after = before + dP;
    const upper = 2 * i;
    const carried = rooms.owed[i]! - rooms.nextOwed[i]!;
    const V = layers.volume[upper]!;
    const gained = (layers.heat[upper]! + layers.flowHeat[upper]! + (carried * V) / whole) * timeStep;
    const next = (before * V + KAPPA * (gained + V * dP)) / after;
    layers.nextVolume[upper] = next;
    layers.nextVolume[upper + 1] = whole - next;
    change = Math.max(change, Math.abs(next - V) / (MOST_VOLUME * whole));
    const rate = (next - V) / timeStep;
    error = Math.max(error, (Math.abs(rate - layers.volumeRate[upper]!) * timeStep) / 2 / (VOLUME_ERROR * whole));
    layers.volumeRate[upper + 1] = rate;
    for (let l = upper; l < upper + 2; l++) {
      if (layers.outflow[l]! * timeStep > MOST_OUTFLOW * layers.mass[l]!) return "outflow";
      const mass = layers.mass[l]! + layers.flowMass[l]! * timeStep;
      const T = (after * layers.nextVolume[l]!) / (GAS * mass);
      if (!(T > LEAST_TEMPERATURE && T < MOST_TEMPERATURE)) return "state";
      layers.nextTemperature[l] = T;
      const share = Math.min(1, layers.volume[l]! / (THIN * whole));
      const moved = T - layers.temperature[l]!;
      change = Math.max(change, (Math.abs(moved) * share) / MOST_WARMING);
      const bend = Math.abs(moved / timeStep - layers.temperatureRate[l]!) * timeStep * share;
      error = Math.max(error, bend / 2 / TEMPERATURE_ERROR);
    }
  }
  result.error = error;
  return change > 1 && timeStep > LEAST_STEP ? "change" : "";
}

/** Energy and fuel that came in; must be called before the state moves. */
function keepAccount(z: Zones, fires: Fires, timeStep: number): void {
  const { ledger, rooms, layers, count } = z;
  let heat = 0;
  let released = 0;
  for (let i = 0; i < count; i++) {
    released += rooms.hrr[i]!;
    heat += rooms.hrr[i]! - rooms.toSurfaces[i]! + rooms.backHeat[2 * i]! + rooms.backHeat[2 * i + 1]!;
  }
  fires.list.forEach((fire, f) => {
    const unburnt = fire.pyrolysis_kg_s - fire.burnt_kg_s - fire.upperBurnt_kg_s;
    heat += CP * Math.max(0, unburnt) * z.interior_K;
    ledger.fuelSupplied[FUEL + z.fuelOfFire[f]!]! += fire.pyrolysis_kg_s * timeStep;
    fire.pyrolysed_kg += fire.pyrolysis_kg_s * timeStep;
    fire.trace_kg += (fire.burnt_kg_s + fire.upperBurnt_kg_s) * fire.change[TRACE]! * timeStep;
  });
  ledger.released += released * timeStep;
  ledger.energyIn += (heat - layers.flowHeat[z.outsideLayer]!) * timeStep;
}

/**
 * Moves the species: first what burns within layers and the fuel that comes unburnt, then every transfer of the list with the composition
 * it started from, then what burns with the air of the plumes, whose oxygen has arrived by then. No amount can fall below 0.
 */
function moveSpecies(z: Zones, fires: Fires, jets: DoorJets, timeStep: number): void {
  const { layers, stride, active, transfers } = z;
  const { species, mass, change } = layers;
  fires.list.forEach((fire, f) => {
    if (!fire.ignited) return;
    const upper = 2 * z.building.fires[f]!.compartment;
    const added = (fire.pyrolysis_kg_s - fire.burnt_kg_s) * timeStep;
    species[upper * stride + FUEL + z.fuelOfFire[f]!]! += added;
    mass[upper]! += added;
    convert(z, upper, fire.change, fire.upperBurnt_kg_s * timeStep);
  });
  const kinds = z.fuels.length;
  for (let k = 0; k < jets.rate.length; k++)
    if (jets.rate[k]! > 0) {
      const fire = fires.list[z.fuelOfFire.indexOf(k % kinds)]!;
      convert(z, 2 * Math.floor(k / kinds), fire.change, jets.rate[k]! * timeStep);
    }
  change.fill(0);
  for (let k = 0; k < transfers.count; k++) {
    const source = transfers.source[k]!;
    const from = source * stride;
    const to = transfers.target[k]! * stride;
    const share = (transfers.rate[k]! * timeStep) / mass[source]!;
    const pass = transfers.pass[k]!;
    for (let n = 0; n < active.length; n++) {
      const s = active[n]!;
      const moved = share * species[from + s]!;
      change[from + s]! -= moved;
      change[to + s]! += moved;
    }
    const fan = transfers.fan[k]!;
    if (fan >= 0) z.vents.fanTrace[2 * fan]! += share * species[from + TRACE]!;
    if (pass < 1) {
      z.vents.fanTrace[2 * fan + 1]! += share * (1 - pass) * species[from + TRACE]!;
      hold(z, from, to, share * (1 - pass));
    }
  }
  const out = z.outsideLayer * stride;
  for (let s = 0; s < stride; s++) z.ledger.outside[s]! += change[out + s]!;
  for (let k = 0; k < 2 * z.count * stride; k++) species[k]! += change[k]!;
  fires.list.forEach((fire, f) => {
    if (!(fire.burnt_kg_s > 0)) return;
    const upper = 2 * z.building.fires[f]!.compartment;
    species[upper * stride + FUEL + z.fuelOfFire[f]!]! += fire.burnt_kg_s * timeStep;
    convert(z, upper, fire.change, fire.burnt_kg_s * timeStep);
  });
}

function convert(z: Zones, layer: number, change: Float64Array, burnt: number): void {
  if (!(burnt > 0)) return;
  const at = layer * z.stride;
  for (let s = 0; s < z.stride; s++) z.layers.species[at + s]! += change[s]! * burnt;
}

/** What a filter holds back of soot and trace counts as gone. */
function hold(z: Zones, from: number, to: number, share: number): void {
  for (const s of [SOOT, SMOULDERING_SOOT, TRACE]) {
    const held = share * z.layers.species[from + s]!;
    z.layers.change[to + s]! -= held;
    z.ledger.outside[s]! += held;
  }
}

/** Layers of one room at the end of a step: masses, least volumes (by moving gas across the interface), temperatures, interface. */
function settleRoom(z: Zones, i: number): void {
  const { layers, rooms } = z;
  const upper = 2 * i;
  const lower = upper + 1;
  const least = rooms.leastVolume[i]!;
  const whole = rooms.volume[i]!;
  layers.mass[upper] = massOf(z, upper);
  layers.mass[lower] = massOf(z, lower);
  let V = layers.nextVolume[upper]!;
  const most = whole - least;
  if (V > most) {
    carry(z, upper, lower, (V - most) / V);
    V = most;
  } else {
    const fewest = rooms.shaft[i] ? most : least;
    if (V < fewest) {
      carry(z, lower, upper, (fewest - V) / (whole - V));
      V = fewest;
    }
  }
  layers.volume[upper] = V;
  layers.volume[lower] = whole - V;
  const pressure = rooms.ambient[i]! + rooms.pressure[i]!;
  for (let l = upper; l <= lower; l++) {
    layers.temperature[l] = (pressure * layers.volume[l]!) / (GAS * layers.mass[l]!);
    layers.density[l] = layers.mass[l]! / layers.volume[l]!;
  }
  rooms.interface[i] = interfaceOf(z, i, whole - V);
}

/** Height of the interface of room `i` above its floor when the lower layer has `volume`, m. */
export function interfaceOf(z: Zones, i: number, volume: number): number {
  const profile = z.rooms.profile[i];
  return profile ? heightOf(profile, volume) : (z.rooms.height[i]! * volume) / z.rooms.volume[i]!;
}

function massOf(z: Zones, layer: number): number {
  const { active, stride } = z;
  let sum = 0;
  for (let n = 0; n < active.length; n++) {
    const s = active[n]!;
    if (s !== TRACE) sum += z.layers.species[layer * stride + s]!;
  }
  return sum;
}

/** Moves a share of one layer into the other. */
function carry(z: Zones, from: number, to: number, share: number): void {
  const { layers, stride, active } = z;
  for (let n = 0; n < active.length; n++) {
    const s = active[n]!;
    const moved = share * layers.species[from * stride + s]!;
    layers.species[from * stride + s]! -= moved;
    layers.species[to * stride + s]! += moved;
  }
  const moved = share * layers.mass[from]!;
  layers.mass[from]! -= moved;
  layers.mass[to]! += moved;
}

/** Conduction to the end of the step; heat that leaves by backs into other rooms comes to their gas in the next one. */
function settleSurfaces(z: Zones, timeStep: number): void {
  const { surfaces, rooms, building } = z;
  const { start } = surfaces;
  for (let i = 0; i < z.count; i++) {
    if (!rooms.awake[i]) continue;
    for (let k = 4 * i; k < 4 * i + 4; k++) if (start[k + 1]! > start[k]!) settle(surfaces, k, timeStep);
  }
  if (building.heatPaths.length > 0) throughWalls(z);
}

const SURFACES = { ceiling: [0], walls: [1, 2], floor: [3] } as const;

/** Air at the backs of surfaces that face other rooms, and the heat that goes there in the next step. */
function throughWalls(z: Zones): void {
  const { surfaces, rooms, layers, building } = z;
  rooms.backHeat.fill(0);
  for (const path of building.heatPaths)
    for (const j of SURFACES[path.surface]) surfaces.backAir[4 * path.compartment + j] = z.exterior_K;
  for (const path of building.heatPaths)
    for (const j of SURFACES[path.surface]) {
      const k = 4 * path.compartment + j;
      if (surfaces.start[k + 1] === surfaces.start[k]) continue;
      const to = outer(path.to, z.count);
      // the floor of one room is the ceiling of the next
      const layer = 2 * to + (j === 3 || j === 1 ? 0 : 1);
      const air = layers.temperature[layer]!;
      const area = surfaceArea(z, path.compartment, j) * path.share;
      const back = surfaces.temperature[surfaces.start[k + 1]! - 1]!;
      if (to < z.count) rooms.backHeat[layer]! += area * surfaces.backCoefficient[k]! * (back - air);
      surfaces.backAir[k]! += path.share * (air - z.exterior_K);
    }
}

function surfaceArea(z: Zones, i: number, j: number): number {
  const { rooms } = z;
  const around = 2 * (rooms.width[i]! + rooms.depth[i]!);
  if (j === 0 || j === 3) return rooms.width[i]! * rooms.depth[i]!;
  return around * (j === 1 ? rooms.height[i]! - rooms.interface[i]! : rooms.interface[i]!);
}

/** Energy of the gas, J. */
export function gasEnergy(z: Zones): number {
  let sum = 0;
  for (let i = 0; i < z.count; i++) sum += ((z.rooms.ambient[i]! + z.rooms.pressure[i]!) * z.rooms.volume[i]!) / (GAMMA - 1);
  return sum;
}
