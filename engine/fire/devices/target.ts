/** Targets: small bodies that surfaces, gas and fires heat; their temperatures and fluxes step with the zone model. */
import { pow } from "../../maths.js";
import type { Material, Target } from "../zone/building.js";
import { type Body, backOf, conduct, createBody, frontOf, temperatureAt } from "./conduct.js";
import { type GasAt, gasAt } from "./gas-at.js";
import { createIncident, fourth, fromEnclosure, fromFires, type Incident, STEFAN_BOLTZMANN } from "./radiation.js";
import type { Room } from "./room.js";
import { createView, lookRound, type View } from "./view.js";

/** Fluxes of front [0] and back [1], W/m2; what is absorbed, so each is multiplied by the target's emissivity. */
export interface TargetFluxes {
  readonly fire: Float64Array;
  readonly surface: Float64Array;
  readonly gas: Float64Array;
  readonly convection: Float64Array;
  /** Emission of the target, below 0. */
  readonly loss: Float64Array;
  /** Convection to a surface kept at the starting temperature, and its emission: what a cooled gauge reads. */
  readonly gaugeConvection: Float64Array;
  readonly gaugeLoss: Float64Array;
}

export interface TargetState {
  readonly target: Target;
  readonly body: Body;
  /** Gas at its place, K. */
  gas_K: number;
  readonly flux: TargetFluxes;
  /** Doses since the start: asphyxiants and heat by ISO 13571 (see `dose.ts`). */
  fedGas: number;
  fedHeat: number;
  /** Optical density of the smoke at its place, 1/m (log10). */
  opticalDensity_1_m: number;
  /** Interface for which `view` holds. */
  seenAt_m: number;
  readonly view: View;
  readonly incident: Incident;
}

/** Absorbed radiation from fires, surfaces and gas; side 0 is the front. W/m2. */
export const incidentOf = ({ flux }: TargetState, side = 0): number => flux.fire[side]! + flux.surface[side]! + flux.gas[side]!;
export const radiationOf = (state: TargetState, side = 0): number => incidentOf(state, side) + state.flux.loss[side]!;
export const netOf = (state: TargetState, side = 0): number => radiationOf(state, side) + state.flux.convection[side]!;
export const frontTemperature = ({ body }: TargetState): number => frontOf(body);
export const innerTemperature = ({ body, target }: TargetState): number => temperatureAt(body, target.depth_m);

export function createTarget(target: Target, material: Material, temperature_K: number): TargetState {
  const pair = (): Float64Array => new Float64Array(2);
  return {
    target,
    body: createBody(material, target.thickness_m, target.shape === "cylinder", temperature_K),
    gas_K: temperature_K,
    flux: {
      fire: pair(),
      surface: pair(),
      gas: pair(),
      convection: pair(),
      loss: pair(),
      gaugeConvection: pair(),
      gaugeLoss: pair(),
    },
    fedGas: 0,
    fedHeat: 0,
    opticalDensity_1_m: 0,
    seenAt_m: Number.NaN,
    view: createView(),
    incident: createIncident(),
  };
}

/** cos 45 degrees: beyond this tilt a face convects like a floor or ceiling. */
const TILTED = Math.SQRT1_2;
/** Change of the interface after which the configuration factors are worked out again, m. */
const SEEN = 1e-3;

const near: GasAt = { temperature_K: 0, speed_m_s: 0 };
const front: [number, number] = [0, 0];
const back: [number, number] = [0, 0];

/** One step in the conditions of `room`. @param start_K of the target, which gauges are kept at */
export function stepTarget(state: TargetState, room: Room, emissivity: number, step_s: number, start_K: number): void {
  const { target, incident } = state;
  const [x, y, z] = target.at;
  if (!(Math.abs(room.interface_m - state.seenAt_m) < SEEN)) {
    lookRound(room, room.interface_m, target.at, target.normal, state.view);
    state.seenAt_m = room.interface_m;
  }
  fromEnclosure(room, state.view, target.at, incident);
  fromFires(room, target.at, target.normal, incident);
  state.gas_K = gasAt(room, x, y, z, near).temperature_K;
  takeUp(state, emissivity, step_s, start_K);
}

/** From the incident fluxes and the gas temperature of `state` to its temperatures at the end of the step. */
export function takeUp(state: TargetState, emissivity: number, step_s: number, start_K: number): void {
  const { target, body } = state;
  if (target.adiabatic) balance(state, emissivity, start_K);
  else {
    fluxes(state, emissivity, start_K);
    slope(state, 0, emissivity, front);
    slope(state, 1, emissivity, back);
    if (body.cylinder) {
      // Heated all round: the mean of what front and back get.
      back[0] = (front[0] + back[0]) / 2;
      back[1] = (front[1] + back[1]) / 2;
    }
    conduct(body, step_s, front, back);
  }
  fluxes(state, emissivity, start_K);
}

const surfaceOf = ({ body }: TargetState, side: number): number => (side === 0 ? frontOf(body) : backOf(body));

/** Flux into a side and how much it falls per kelvin, linear in the temperature: radiation 4 eps sigma T^3, natural convection 4/3 h. */
function slope(state: TargetState, side: number, emissivity: number, into: [number, number]): void {
  const surface = surfaceOf(state, side);
  const natural = state.target.convection_W_m2K === undefined;
  into[0] = netOf(state, side);
  into[1] =
    4 * emissivity * STEFAN_BOLTZMANN * surface * surface * surface +
    (natural ? 4 / 3 : 1) * coefficient(state.target, side, state.gas_K - surface);
}

function fluxes(state: TargetState, emissivity: number, start_K: number): void {
  const { flux, incident, target } = state;
  for (let side = 0; side < 2; side++) {
    const surface = surfaceOf(state, side);
    flux.fire[side] = emissivity * incident.fire[side]!;
    flux.surface[side] = emissivity * incident.surface[side]!;
    flux.gas[side] = emissivity * incident.gas[side]!;
    flux.loss[side] = -emissivity * STEFAN_BOLTZMANN * fourth(surface);
    flux.gaugeLoss[side] = -emissivity * STEFAN_BOLTZMANN * fourth(start_K);
    flux.convection[side] = coefficient(target, side, state.gas_K - surface) * (state.gas_K - surface);
    flux.gaugeConvection[side] = coefficient(target, side, state.gas_K - start_K) * (state.gas_K - start_K);
  }
}

/** Heat transfer coefficient, W/(m2 K): given, or natural convection 1.52 dT^1/3 on faces up or down, 1.31 dT^1/3 on others (NIST TN 1889v1). */
function coefficient({ convection_W_m2K, normal }: Target, side: number, difference_K: number): number {
  if (convection_W_m2K) return convection_W_m2K[side]!;
  return (Math.abs(normal[2]) >= TILTED ? 1.52 : 1.31) * pow(Math.abs(difference_K), 1 / 3);
}

/** Adiabatic surface temperature: the whole body takes the temperature at which its front neither gains nor loses (Wickstrom 2007). */
function balance(state: TargetState, emissivity: number, start_K: number): void {
  let low = 1;
  let high = 5000;
  // The net flux falls with temperature: 60 halvings reach the last bit.
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    state.body.temperature_K.fill(middle);
    fluxes(state, emissivity, start_K);
    if (netOf(state) > 0) low = middle;
    else high = middle;
  }
  state.body.temperature_K.fill((low + high) / 2);
}
