/** NIST's verification of targets in rooms whose state &DIAG fixes: a furnace, a hot gas, a given incident flux, a fire of given power. */

import type { CfastModel } from "../../fire/cfast/model.js";
import { readCfast } from "../../fire/cfast/read.js";
import { createRoom, type Room } from "../../fire/devices/room.js";
import { createTarget, frontTemperature, stepTarget, type TargetState, takeUp } from "../../fire/devices/target.js";
import { absorption } from "../../fire/zone/gas-absorption.js";
import { needed, readTable } from "./history.js";
import { type Check, type FireTest, fireCheck, fireRow, nearRow, type ReadReference } from "./result.js";

const STEFAN_BOLTZMANN = 5.67e-8;
const ATMOSPHERE = 101_325;
const CELSIUS = 273.15;

/** Coefficients c_ji of steam, t^j (log10 pL)^i (Leckner 1972, Combustion and Flame 19, 33). */
const LECKNER = [
  [-2.2118, -1.1987, 0.035596],
  [0.85667, 0.93048, -0.14391],
  [-0.10838, -0.17156, 0.045915],
];

/**
 * Emissivity of steam at a partial pressure that is the whole pressure, by Leckner 1972 with his correction for pressure: pure steam at 1 bar
 * radiates a quarter more than the same amount thinly mixed with air, which the fits for fire gases are made for.
 */
function steamEmissivity(temperature_K: number, pressure_bar: number, beam_m: number): number {
  const t = temperature_K / 1000;
  const path = Math.log10(pressure_bar * beam_m * 100);
  const thin = Math.exp(LECKNER.reduce((sum, row, i) => sum + row.reduce((a, c, j) => a + c * t ** j, 0) * path ** i, 0));
  const a = t < 0.75 ? 2.144 : 1.888 - 2.053 * Math.log10(t);
  const b = 1.1 / t ** 1.4;
  const effective = pressure_bar * (1 + 2.56 / Math.sqrt(t));
  const most = Math.log10(13.2 * t * t);
  return thin * (1 - (((a - 1) * (1 - effective)) / (a + b - 1 + effective)) * Math.exp(-0.5 * (most - path) ** 2));
}

/** The room of a file, its surfaces at `wall_K` and its gas at `gas_K`; `steam`: its absorption by Leckner's emissivity instead of the engine's. */
function fixedRoom({ building, diagnostics }: CfastModel, wall_K: number, gas_K: number, steam = false): Room {
  const size = building.compartments[0]!;
  const room = createRoom({ ...size, corridor: false }, building.fires.length);
  room.interface_m = size.height_m / 2;
  room.gas_K.fill(gas_K);
  room.exitance_W_m2.fill(STEFAN_BOLTZMANN * wall_K ** 4);
  const { width_m: w, depth_m: d, height_m: h } = size;
  const beam = (1.8 * w * d * h) / (w * d + h * (w + d));
  const atm = (pressure: number | undefined): number => (pressure ?? 0) / ATMOSPHERE;
  const kappa = absorption(gas_K, 0, atm(diagnostics?.waterPressure_Pa), atm(diagnostics?.carbonDioxidePressure_Pa), beam);
  const gas = diagnostics?.waterPressure_Pa;
  room.absorption_1_m.fill(gas ? (steam ? -Math.log(1 - steamEmissivity(gas_K, gas / 1e5, beam)) / beam : kappa) : 0);
  return room;
}

const states = ({ building }: CfastModel): TargetState[] =>
  building.targets.map((target) =>
    createTarget(target, building.materials[target.material]!, building.ambient.interiorTemperature_K),
  );

const emissivityOf = ({ building }: CfastModel, { target }: TargetState): number =>
  building.materials[target.material]!.emissivity;

/** Rod, thick and thin plate in a furnace: greatest difference as a share of the rise. */
function furnace(read: ReadReference): Check {
  const input = readCfast(needed(read, "nist/verification/Radiation/radiation_2.in"));
  const table = readTable(needed(read, "nist/verification/Radiation/radiation_2.csv"));
  const hot = input.diagnostics!.furnace_K![0]![1];
  const start = input.building.ambient.interiorTemperature_K;
  const room = fixedRoom(input, hot, hot);
  const targets = states(input);
  const worst = targets.map(() => 0);
  let time = 0;
  table.time_s.forEach((until, row) => {
    while (time < until - 1e-9) {
      const step = Math.min(1, until - time);
      for (const target of targets) stepTarget(target, room, emissivityOf(input, target), step, start);
      time += step;
    }
    targets.forEach((target, k) => {
      const expected = table.column(table.ids[k + 1]!)[row]!;
      worst[k] = Math.max(worst[k]!, Math.abs(frontTemperature(target) - CELSIUS - expected) / (hot - start));
    });
  });
  return fireCheck({
    quantity: "radiation_2: surface temperature in a furnace, greatest difference over the furnace's rise",
    unit: "%",
    tolerance: "10 % (NIST)",
    set_by: "guideline",
    rows: ["rod", "thick plate", "thin plate"].map((name, k) => nearZero(name, 100 * worst[k]!, 10)),
  });
}

/** A difference that must stay below a limit. */
const nearZero = (name: string, value: number, most: number) => ({
  ...nearRow(name, value, 0, { difference: most }),
  expected: `≤ ${most} %`,
});

/** Mean emissivity of the gas and absorptivity for the walls' radiation over the targets under the ceiling. */
function ceilingMeans(
  input: CfastModel,
  room: Room,
  wall_K: number,
  gas_K: number,
): { emissivity: number; absorptivity: number } {
  const top = states(input).filter(({ target }) => target.id.endsWith("top"));
  const found = { emissivity: 0, absorptivity: 0 };
  for (const target of top) {
    stepTarget(target, room, 1, 0.5, wall_K);
    found.emissivity += target.incident.gas[0]! / (STEFAN_BOLTZMANN * gas_K ** 4) / top.length;
    found.absorptivity += (1 - target.incident.surface[0]! / (STEFAN_BOLTZMANN * wall_K ** 4)) / top.length;
  }
  return found;
}

/** NIST compares means over the targets under the ceiling. */
function hotGas(read: ReadReference, number: 3 | 4 | 5): Check {
  const input = readCfast(needed(read, `nist/verification/Radiation/radiation_${number}.in`));
  const table = readTable(needed(read, `nist/verification/Radiation/radiation_${number}.csv`));
  const wall = input.building.ambient.interiorTemperature_K;
  const gas = input.diagnostics!.gasTemperature_K!;
  const steam = ceilingMeans(input, fixedRoom(input, wall, gas, true), wall, gas);
  const own = ceilingMeans(input, fixedRoom(input, wall, gas), wall, gas);
  const mean = (id: string): number => {
    const values = table.column(id).slice(0, 11);
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  const share = number === 3 ? 0.1 : 0.35;
  return fireCheck({
    quantity: `radiation_${number}: steam at 1 bar and ${gas.toFixed(0)} K between walls at ${wall.toFixed(0)} K, mean over the targets under the ceiling`,
    unit: "1",
    tolerance: `emissivity 10 %, absorptivity ${100 * share} % (NIST)`,
    set_by: "guideline",
    rows: [
      nearRow("emissivity", steam.emissivity, mean("EMISSIVITY (TOP)"), { share: 0.1 }),
      nearRow("absorptivity", steam.absorptivity, mean("ABSORPTIVITY (TOP)"), { share }),
      fireRow("emissivity with the zone model's own absorption", own.emissivity, {
        reference: mean("EMISSIVITY (TOP)"),
        expected: "reported: its fits are for fire gases, not for pure steam",
      }),
    ],
  });
}

function adiabatic(read: ReadReference): Check {
  const input = readCfast(needed(read, "nist/verification/Target/target_1.in"));
  const table = readTable(needed(read, "nist/verification/Target/target_1.csv"));
  const [target] = states(input);
  const start = input.building.ambient.interiorTemperature_K;
  target!.incident.surface.fill(input.diagnostics!.targetFlux_W_m2!);
  target!.gas_K = start;
  takeUp(target!, emissivityOf(input, target!), 1, start);
  return fireCheck({
    quantity: "target_1: adiabatic surface temperature",
    unit: "C",
    tolerance: "0.1 K (NIST states none)",
    set_by: "ours",
    rows: [nearRow("", frontTemperature(target!) - CELSIUS, table.column("AST").at(-1)!, { difference: 0.1 })],
  });
}

function fireFlux(read: ReadReference): Check {
  const input = readCfast(needed(read, "nist/verification/Target/target_2.in"));
  const table = readTable(needed(read, "nist/verification/Target/target_2.csv"));
  const room = fixedRoom(input, input.building.ambient.interiorTemperature_K, input.diagnostics!.gasTemperature_K!);
  const [fire] = input.building.fires;
  Object.assign(room.fires[0]!, {
    x_m: fire!.x_m,
    y_m: fire!.y_m,
    base_m: fire!.height_m[0]![1],
    area_m2: fire!.area_m2[0]![1],
    hrr_W: fire!.hrr_W[0]![1],
    radiative_W: input.diagnostics!.fireRadiation_W!,
  });
  return fireCheck({
    quantity: "target_2: flux from a fire over height",
    unit: "kW/m2",
    tolerance: "1 % (NIST states none)",
    set_by: "ours",
    rows: table.time_s.map((z, row) => {
      const target = states(input).find(({ target: { at } }) => at[2] === z)!;
      stepTarget(target, room, 1, 0.5, input.building.ambient.interiorTemperature_K);
      return nearRow(`z = ${z} m`, target.incident.fire[0]! / 1000, table.column(table.ids[1]!)[row]!, { share: 0.01 });
    }),
  });
}

export const fixedRoomsTest: FireTest = {
  id: "FIRE-NIST-TARGETS",
  title: "Targets in rooms of fixed state (NIST radiation_2 to 5, target_1 and 2)",
  source: "NIST's verification of CFAST (Verification/Radiation and Target in github.com/firemodels/cfast)",
  kind: "quantitative",
  how: "The state that &DIAG fixes in these files is given to the targets directly, without the zone model: furnace temperature, gas and wall temperatures with a partial pressure of steam, incident flux, radiant power of a fire. Steam of radiation_3 to 5 has the emissivity of Leckner 1972.",
  run: (read) => [furnace(read), hotGas(read, 3), hotGas(read, 4), hotGas(read, 5), adiabatic(read), fireFlux(read)],
};
