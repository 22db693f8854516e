/** Heat detectors and sprinklers by their response time index, smoke detectors by the smoke of their layer. */
import type { Detector } from "../zone/building.js";
import { extinctionOf } from "./dose.js";
import { type GasAt, gasAt, LEAST_SPEED } from "./gas-at.js";
import type { Room } from "./room.js";

export interface DetectorState {
  readonly detector: Detector;
  /** Sensing element, K; smoke detectors have none and keep the starting temperature. */
  link_K: number;
  /** Gas at its place, K and m/s. */
  gas_K: number;
  speed_m_s: number;
  /** Extinction of flaming and of smouldering smoke at its place, 1/m. */
  flaming_1_m: number;
  smouldering_1_m: number;
  /** When it acted, s; null before. */
  activated_s: number | null;
}

export function createDetector(detector: Detector, temperature_K: number): DetectorState {
  return {
    detector,
    link_K: temperature_K,
    gas_K: temperature_K,
    speed_m_s: LEAST_SPEED,
    flaming_1_m: 0,
    smouldering_1_m: 0,
    activated_s: null,
  };
}

const now: GasAt = { temperature_K: 0, speed_m_s: 0 };

/**
 * Moves a heat-sensing link over a step: dT/dt = sqrt(v) (Tg - T) / RTI (Heskestad & Bill 1988), by the trapezoidal rule between the gas
 * before and after the step. The moment of activation is found by linear interpolation.
 */
export function stepLink(state: DetectorState, room: Room, from_s: number, step_s: number): void {
  const { detector } = state;
  if (detector.kind === "smoke") return;
  gasAt(room, detector.at[0], detector.at[1], detector.at[2], now);
  const before = Math.sqrt(state.speed_m_s) / detector.rti;
  const after = Math.sqrt(now.speed_m_s) / detector.rti;
  const heat = (before * state.gas_K + after * now.temperature_K) / 2;
  const link = (state.link_K * (1 - (step_s * before) / 2) + step_s * heat) / (1 + (step_s * after) / 2);
  reach(state, state.link_K, link, detector.activation_K, from_s, step_s);
  state.link_K = link;
  state.gas_K = now.temperature_K;
  state.speed_m_s = now.speed_m_s;
}

/** Extinctions at the end of the step; with two set points each kind of smoke has its own, else both together count against one. */
export function stepSmoke(
  state: DetectorState,
  room: Room,
  flaming: number,
  smouldering: number,
  from_s: number,
  step_s: number,
): void {
  const { detector } = state;
  if (detector.kind !== "smoke") return;
  gasAt(room, detector.at[0], detector.at[1], detector.at[2], now);
  const limit = extinctionOf(detector.obscuration_1_m);
  if (detector.smoulderingObscuration_1_m === undefined)
    reach(state, state.flaming_1_m + state.smouldering_1_m, flaming + smouldering, limit, from_s, step_s);
  else {
    reach(state, state.flaming_1_m, flaming, limit, from_s, step_s);
    reach(state, state.smouldering_1_m, smouldering, extinctionOf(detector.smoulderingObscuration_1_m), from_s, step_s);
  }
  state.flaming_1_m = flaming;
  state.smouldering_1_m = smouldering;
  state.gas_K = now.temperature_K;
  state.speed_m_s = now.speed_m_s;
}

/** Notes when a value first comes up to its limit; an earlier moment of the same step wins. */
function reach(state: DetectorState, before: number, after: number, limit: number, from_s: number, step_s: number): void {
  if (after < limit || (state.activated_s !== null && state.activated_s <= from_s)) return;
  const share = before >= limit ? 0 : (limit - before) / (after - before);
  const moment = from_s + share * step_s;
  if (state.activated_s === null || moment < state.activated_s) state.activated_s = moment;
}
