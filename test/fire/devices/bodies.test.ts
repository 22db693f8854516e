/** Heat through plates and cylinders, adiabatic surface temperature, links of detectors, doses: closed forms and hand calculations. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import { backOf, conduct, createBody, frontOf, temperatureAt } from "../../../engine/fire/devices/conduct.js";
import { createDetector, stepLink, stepSmoke } from "../../../engine/fire/devices/detector.js";
import { gasDose, heatDose } from "../../../engine/fire/devices/dose.js";
import { type GasAt, gasAt } from "../../../engine/fire/devices/gas-at.js";
import { STEFAN_BOLTZMANN } from "../../../engine/fire/devices/radiation.js";
import { createRoom, LOWER, UPPER } from "../../../engine/fire/devices/room.js";
import { createTarget, frontTemperature, netOf, stepTarget, takeUp } from "../../../engine/fire/devices/target.js";

const brick = { conductivity_W_mK: 0.7, density_kg_m3: 1600, specificHeat_J_kgK: 840 };

test("a thick plate under a constant flux warms as a half-space: 2 q sqrt(alpha t / pi) / k", () => {
  const body = createBody(brick, 0.3, false, 300);
  for (let k = 0; k < 600; k++) conduct(body, 1, [5000, 0], [0, 0]);
  const alpha = 0.7 / (1600 * 840);
  const rise = (2 * 5000 * Math.sqrt((alpha * 600) / Math.PI)) / 0.7;
  expect(Math.abs((frontOf(body) - 300) / rise - 1)).toBeLessThan(0.012);
  expect(backOf(body)).toBeCloseTo(300, 2);
});

test("what goes into a plate or a cylinder stays in it", () => {
  for (const cylinder of [false, true]) {
    const body = createBody(brick, 0.02, cylinder, 300);
    for (let k = 0; k < 50; k++) conduct(body, 2, [cylinder ? 0 : 1000, 0], [400, 0]);
    const gained = body.capacity.reduce((sum, c, k) => sum + c * (body.temperature_K[k]! - 300), 0);
    expect(gained).toBeCloseTo((cylinder ? 400 : 1400) * 100, 4);
  }
});

test("steady conduction through a plate is linear, and is read at any depth", () => {
  const body = createBody(brick, 0.02, false, 300);
  for (let k = 0; k < 5000; k++) conduct(body, 5, [1000, 0], [-1000, 0]);
  expect(frontOf(body) - backOf(body)).toBeCloseTo((1000 * 0.02) / 0.7, 6);
  expect(temperatureAt(body, 0.005)).toBeCloseTo(frontOf(body) + (backOf(body) - frontOf(body)) / 4, 6);
});

const nist = (name: string) =>
  readCfast(readFileSync(new URL(`../../reference/fire/nist/verification/${name}`, import.meta.url), "utf8")).building;

test("NIST target_1: adiabatic surface temperature", () => {
  const { targets, materials } = nist("Target/target_1.in");
  const state = createTarget(targets[0]!, materials[targets[0]!.material]!, 293.15);
  state.incident.surface.fill(1000);
  takeUp(state, materials[targets[0]!.material]!.emissivity, 1, 293.15);
  expect(frontTemperature(state) - 273.15).toBeCloseTo(74.4734, 3);
  expect(netOf(state)).toBeCloseTo(0, 6);
});

test("NIST radiation_2: rod, thick and thin plate in a furnace of 500 C, within 1 % of the rise", () => {
  const { targets, materials } = nist("Radiation/radiation_2.in");
  const file = new URL("../../reference/fire/nist/verification/Radiation/radiation_2.csv", import.meta.url);
  const rows = readFileSync(file, "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split(",").map(Number));
  const room = createRoom({ width_m: 5, depth_m: 5, height_m: 5, corridor: false }, 0);
  room.gas_K.fill(773.15);
  room.exitance_W_m2.fill(STEFAN_BOLTZMANN * 773.15 ** 4);
  const states = targets.map((target) => createTarget(target, materials[target.material]!, 293.15));
  let time = 0;
  for (const [until, ...expected] of rows) {
    for (; time < until! - 1e-9; time += Math.min(1, until! - time))
      for (const state of states) stepTarget(state, room, 0.9, Math.min(1, until! - time), 293.15);
    for (const [k, degrees] of expected.entries())
      expect(Math.abs(frontTemperature(states[k]!) - 273.15 - degrees)).toBeLessThan(4.8);
  }
  expect(time).toBe(3600);
});

test("a link in steady gas: T = Tg + (T0 - Tg) exp(-sqrt(v) t / RTI), and the moment it reaches its set point", () => {
  const room = createRoom({ width_m: 4, depth_m: 4, height_m: 3, corridor: false }, 0);
  room.interface_m = 1;
  room.gas_K.fill(400);
  const state = createDetector({ id: "S", compartment: 0, at: [1, 1, 2.9], kind: "heat", rti: 50, activation_K: 350 }, 293.15);
  state.gas_K = 400;
  const rate = Math.sqrt(0.1) / 50;
  for (let t = 0; t < 200; t++) stepLink(state, room, t, 1);
  expect(state.link_K).toBeCloseTo(400 + (293.15 - 400) * Math.exp(-rate * 200), 2);
  expect(state.activated_s).toBeCloseTo(Math.log((400 - 293.15) / 50) / rate, 1);
});

test("a smoke detector acts at its obscuration, each kind of smoke at its own", () => {
  const room = createRoom({ width_m: 4, depth_m: 4, height_m: 3, corridor: false }, 0);
  const common = { id: "O", compartment: 0, at: [1, 1, 2.9], kind: "smoke" } as const;
  const one = createDetector({ ...common, obscuration_1_m: 0.08 }, 293.15);
  stepSmoke(one, room, 0, 0, 0, 1);
  stepSmoke(one, room, 2 * -Math.log(0.92), 0, 1, 1);
  expect(one.activated_s).toBeCloseTo(1.5, 9);
  const two = createDetector({ ...common, obscuration_1_m: 0.5, smoulderingObscuration_1_m: 0.05 }, 293.15);
  stepSmoke(two, room, 0.6, 0, 0, 1);
  expect(two.activated_s).toBeNull();
  stepSmoke(two, room, 0.6, 0.06, 1, 1);
  expect(two.activated_s).toBeGreaterThan(1);
});

test("doses by hand: CO, CO2 and HCN, hot air and radiation (ISO 13571)", () => {
  const minutes = (dose: number): number => 1 / (dose * 60);
  expect(minutes(gasDose(1000e-6, 0, 0, 1))).toBeCloseTo(35, 6);
  expect(minutes(gasDose(1000e-6, 0, 0.05, 1))).toBeCloseTo(12.88, 2);
  expect(minutes(gasDose(0, 100e-6, 0, 1))).toBeCloseTo(22.87, 2);
  expect(minutes(heatDose(373.15, 0, 1))).toBeCloseTo(24.7, 1);
  expect(minutes(heatDose(423.15, 0, 1))).toBeCloseTo(5.7, 1);
  expect(1 / heatDose(273.15, 5000, 1)).toBeCloseTo(11.8, 1);
  expect(1 / heatDose(273.15, 10_000, 1)).toBeCloseTo(3.17, 2);
  expect(heatDose(273.15, 2499, 1)).toBe(0);
});

test("ceiling jet near the correlations of Heskestad & Delichatsios 1978 (SFPE Handbook, ch. 14), led along corridors", () => {
  const size = { width_m: 40, depth_m: 40, height_m: 4 };
  const room = createRoom({ ...size, corridor: false }, 1);
  room.gas_K.fill(293.15);
  room.interface_m = 3.99;
  Object.assign(room.fires[0]!, { x_m: 20, y_m: 20, base_m: 0, area_m2: 0.5, hrr_W: 2e5, radiative_W: 6e4 });
  const at: GasAt = { temperature_K: 0, speed_m_s: 0 };
  const qStar = 2e5 / (352.98 * 1012 * Math.sqrt(9.80665 * 4) * 16);
  for (const r of [2, 4, 6]) {
    gasAt(room, 20 + r, 20, 3.95, at);
    const rise = 293.15 * qStar ** (2 / 3) * (0.188 + (0.313 * r) / 4) ** (-4 / 3);
    expect((at.temperature_K - 293.15) / rise).toBeGreaterThan(0.9);
    expect((at.temperature_K - 293.15) / rise).toBeLessThan(1.35);
    const speed = 0.68 * Math.sqrt(9.80665 * 4) * qStar ** (1 / 3) * (0.188 + (0.313 * r) / 4) ** (-2 / 3) * (r / 4) ** -0.63;
    expect(Math.abs(at.speed_m_s / speed - 1)).toBeLessThan(0.25);
  }
  const corridor = createRoom({ ...size, depth_m: 2, corridor: true }, 1);
  corridor.gas_K.fill(293.15);
  corridor.interface_m = 3.99;
  Object.assign(corridor.fires[0]!, { ...room.fires[0], y_m: 1 });
  const far: GasAt = { temperature_K: 0, speed_m_s: 0 };
  gasAt(room, 32, 20, 3.9, at);
  gasAt(corridor, 32, 1, 3.9, far);
  expect(far.temperature_K).toBeGreaterThan(at.temperature_K);
});

test("gas at a place is at least its layer, and still air moves 0.1 m/s", () => {
  const room = createRoom({ width_m: 4, depth_m: 4, height_m: 3, corridor: false }, 0);
  room.interface_m = 1.5;
  room.gas_K[UPPER] = 500;
  room.gas_K[LOWER] = 300;
  const at: GasAt = { temperature_K: 0, speed_m_s: 0 };
  expect(gasAt(room, 1, 1, 1.5, at)).toEqual({ temperature_K: 500, speed_m_s: 0.1 });
  expect(gasAt(room, 1, 1, 1.4, at)).toEqual({ temperature_K: 300, speed_m_s: 0.1 });
});
