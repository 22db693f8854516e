/** All devices of a building against a room whose state is held: doses, triggers, detectors. */
import { expect, test } from "vitest";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import { createDevices, type DeviceModel } from "../../../engine/fire/devices/devices.js";
import { STEFAN_BOLTZMANN } from "../../../engine/fire/devices/radiation.js";
import { frontTemperature, incidentOf, innerTemperature, netOf } from "../../../engine/fire/devices/target.js";

const input = `&HEAD VERSION=7700 /
&TIME SIMULATION=600 SPREADSHEET=10 /
&MATL ID='STEEL' CONDUCTIVITY=48 DENSITY=7854 SPECIFIC_HEAT=0.559 THICKNESS=0.002 EMISSIVITY=0.9 /
&COMP ID='A' DEPTH=4 HEIGHT=3 WIDTH=4 /
&COMP ID='B' DEPTH=4 HEIGHT=3 WIDTH=4 ORIGIN=4,0,0 /
&DEVC ID='low' TYPE='PLATE' COMP_ID='A' MATL_ID='STEEL' LOCATION=2,2,0.5 SURFACE_ORIENTATION='CEILING' /
&DEVC ID='high' TYPE='CYLINDER' COMP_ID='A' MATL_ID='STEEL' LOCATION=2,2,2.5 SURFACE_ORIENTATION='FLOOR' /
&DEVC ID='else' TYPE='PLATE' COMP_ID='B' MATL_ID='STEEL' LOCATION=2,2,2.5 /
&DEVC ID='heat' TYPE='HEAT_DETECTOR' COMP_ID='A' LOCATION=2,2,2.9 SETPOINT=68 RTI=50 /
&DEVC ID='smoke' TYPE='SMOKE_DETECTOR' COMP_ID='A' LOCATION=2,2,2.9 SETPOINT=10 /
`;
const { building } = readCfast(input);

/** Room A: 500 K with smoke above 1.5 m, 300 K below; room B as it was. */
function held(): DeviceModel & { told: [string, number, number | undefined][] } {
  const told: [string, number, number | undefined][] = [];
  const stride = 11;
  const species_kg = new Float64Array(4 * stride);
  species_kg[8] = 24 * 1e-3; // soot; 1 g/m3
  return {
    told,
    activate: (kind, index, value) => void told.push([kind, index, value]),
    state: {
      interface_m: Float64Array.of(1.5, 3),
      temperature_K: Float64Array.of(500, 300, 293.15, 293.15),
      volume_m3: Float64Array.of(24, 24, 0, 48),
      species_kg,
      stride,
      fires: [],
      exitance_W_m2: Float64Array.of(500, 500, 300, 300, 293.15, 293.15, 293.15, 293.15).map((T) => STEFAN_BOLTZMANN * T ** 4),
      absorption_1_m: Float64Array.of(2, 0.01, 0.01, 0.01),
    },
    air: (compartment, height, into) =>
      Object.assign(into, {
        temperature_K: 500,
        extinction_1_m: compartment === 0 && height > 1.5 ? 8.7 : 0,
        oxygen: 0.15,
        carbonDioxide: 0.05,
        carbonMonoxide: compartment === 0 && height > 1.5 ? 1000e-6 : 0,
        hydrogenCyanide: 0,
        hydrogenChloride: 0,
      }),
  };
}

test("targets come to the balance of their room, doses grow with time, readings are told", () => {
  const devices = createDevices(building);
  const model = held();
  for (let t = 0; t < 774; t++) devices.step(model, t, t + 1);
  const [low, high, other] = devices.targets;
  expect(frontTemperature(high!)).toBeGreaterThan(480);
  expect(innerTemperature(high!)).toBeCloseTo(frontTemperature(high!), 0);
  expect(Math.abs(netOf(high!, 0) + netOf(high!, 1))).toBeLessThan(100);
  expect(incidentOf(low!)).toBeGreaterThan(incidentOf(low!, 1));
  expect(frontTemperature(other!)).toBeCloseTo(293.15, 3);
  // CO 1000 ppm with 5 % CO2 takes 12.9 minutes (see dose by hand).
  expect(high!.fedGas).toBeCloseTo(1, 1);
  expect(low!.fedGas).toBe(0);
  expect(high!.opticalDensity_1_m).toBeCloseTo(8.7 / Math.LN10, 9);
  expect(model.told.filter(([kind]) => kind === "target-temperature")).toHaveLength(3 * 774);
  expect(model.told.findLast(([kind, target]) => kind === "target-flux" && target === 1)).toEqual([
    "target-flux",
    1,
    incidentOf(high!),
  ]);
});

test("detectors say when they act", () => {
  const devices = createDevices(building);
  const model = held();
  for (let t = 0; t < 60; t++) devices.step(model, t, t + 1);
  const [heat, smoke] = devices.detectors;
  const rate = Math.sqrt(0.1) / 50;
  const share = Math.exp(-rate * heat!.activated_s!);
  // The gas jumps within the first step, which the trapezoidal rule takes as a ramp: half a second.
  expect(Math.abs(500 + (293.15 - 500) * share - 341.15)).toBeLessThan(0.9);
  expect(smoke!.activated_s).toBeLessThan(1);
  expect(model.told.filter(([kind]) => kind === "detector")).toEqual([
    ["detector", 1, undefined],
    ["detector", 0, undefined],
  ]);
});
