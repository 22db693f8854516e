/** Columns of `_devices.csv`: targets and detectors. */

import type { DetectorState } from "../../devices/detector.js";
import { opticalDensity } from "../../devices/dose.js";
import { frontTemperature, incidentOf, innerTemperature, netOf, radiationOf, type TargetState } from "../../devices/target.js";
import { CELSIUS, type CfastRun, type Column, timeColumn } from "./table.js";

export function deviceColumns(run: CfastRun): Column[] {
  const { targets, detectors } = run.devices;
  return [
    timeColumn(run),
    ...targets.flatMap((state, k) => targetColumns(run, state, k + 1)),
    ...detectors.flatMap((state, k) => detectorColumns(state, k + 1)),
  ];
}

type Make = (id: string, quantity: string, unit: string, value: () => number) => Column;

function targetColumns({ zone }: CfastRun, state: TargetState, number: number): Column[] {
  const { target } = state;
  const c = target.compartment;
  const column: Make = (id, quantity, unit, value) => ({ id: `${id}_${number}`, quantity, object: target.id, unit, value });
  const celsius = (kelvin: () => number) => (): number => kelvin() - CELSIUS;
  // What was added since the last row.
  const added = (total: () => number): (() => number) => {
    let told = 0;
    return () => {
      const gain = total() - told;
      told += gain;
      return gain;
    };
  };
  return [
    column(
      "TRGGAST",
      "Target Surrounding Gas Temperature",
      "C",
      celsius(() => state.gas_K),
    ),
    column(
      "TRGSURT",
      "Target Surface Temperature",
      "C",
      celsius(() => frontTemperature(state)),
    ),
    column(
      "TRGINT",
      "Target Internal Temperature",
      "C",
      celsius(() => innerTemperature(state)),
    ),
    column("TRGFLXI", "Target Incident Flux", "kW/m^2", () => incidentOf(state) / 1000),
    column("TRGFLXT", "Target Net Flux", "kW/m^2", () => netOf(state) / 1000),
    column(
      "TRGULT",
      "Target Upper Layer Temperature",
      "C",
      celsius(() => zone.state.temperature_K[2 * c]!),
    ),
    column(
      "TRGLLT",
      "Target Lower Layer Temperature",
      "C",
      celsius(() => zone.state.temperature_K[2 * c + 1]!),
    ),
    column("TRGHGT", "Target Layer Height", "m", () => zone.state.interface_m[c]!),
    column("TRGPRS", "Target Pressure", "Pa", () => zone.state.pressure_Pa[c]!),
    ...fluxColumns(state, 0, "", "", column),
    column("B_TRGFLXI", "Back Target Incident Flux", "kW/m^2", () => incidentOf(state, 1) / 1000),
    column("B_TRGFLXT", "Back Target Net Flux", "kW/m^2", () => netOf(state, 1) / 1000),
    ...fluxColumns(state, 1, "B_", "Back ", column),
    column("TRGFEDG", "Target Gas FED", "", () => state.fedGas),
    column(
      "TRGDFEDG",
      "Target Gas FED Increment",
      "",
      added(() => state.fedGas),
    ),
    column("TRGFEDH", "Target Heat FED", "", () => state.fedHeat),
    column(
      "TRGDFEDH",
      "Target Heat FED Increment",
      "",
      added(() => state.fedHeat),
    ),
    column("TRGOBS", "Target Obscuration", "1/m", () => state.opticalDensity_1_m),
  ];
}

/** Parts of the flux of one side; gauges are kept at the starting temperature. */
function fluxColumns(state: TargetState, side: number, prefix: string, title: string, column: Make): Column[] {
  const { flux } = state;
  const kilo = (value: () => number) => (): number => value() / 1000;
  const gaugeRadiation = (): number => incidentOf(state, side) + flux.gaugeLoss[side]!;
  return [
    column(
      `${prefix}TRGFLXR`,
      `${title}Target Radiative Flux`,
      "kW/m^2",
      kilo(() => radiationOf(state, side)),
    ),
    column(
      `${prefix}TRGFLXC`,
      `${title}Target Convective Flux`,
      "kW/m^2",
      kilo(() => flux.convection[side]!),
    ),
    column(
      `${prefix}TRGFLXF`,
      `${title}Target Fire Radiative Flux`,
      "kW/m^2",
      kilo(() => flux.fire[side]!),
    ),
    column(
      `${prefix}TRGFLXS`,
      `${title}Target Surface Radiative Flux`,
      "kW/m^2",
      kilo(() => flux.surface[side]!),
    ),
    column(
      `${prefix}TRGFLXG`,
      `${title}Target Gas Radiative Flux`,
      "kW/m^2",
      kilo(() => flux.gas[side]!),
    ),
    column(
      `${prefix}TRGFLXRE`,
      `${title}Target Radiative Loss Flux`,
      "kW/m^2",
      kilo(() => flux.loss[side]!),
    ),
    column(
      `${prefix}TRGFLXTG`,
      `${title}Target Total Gauge Flux`,
      "kW/m^2",
      kilo(() => gaugeRadiation() + flux.gaugeConvection[side]!),
    ),
    column(`${prefix}TRGFLXRG`, `${title}Target Radiative Gauge Flux`, "kW/m^2", kilo(gaugeRadiation)),
    column(
      `${prefix}TRGFLXCG`,
      `${title}Target Convective Gauge Flux`,
      "kW/m^2",
      kilo(() => flux.gaugeConvection[side]!),
    ),
    column(
      `${prefix}TRGFLXREG`,
      `${title}Target Radiative Loss Gauge Flux`,
      "kW/m^2",
      kilo(() => flux.gaugeLoss[side]!),
    ),
  ];
}

function detectorColumns(state: DetectorState, number: number): Column[] {
  const { detector } = state;
  const column: Make = (id, quantity, unit, value) => ({ id: `${id}_${number}`, quantity, object: detector.id, unit, value });
  const first =
    detector.kind === "smoke"
      ? column("SENSOD", "Sensor Obscuration", "1/m", () => opticalDensity(state.flaming_1_m + state.smouldering_1_m))
      : column("SENST", "Sensor Temperature", "C", () => state.link_K - CELSIUS);
  return [
    first,
    column("SENSACT", "Sensor Activation", "1=yes", () => (state.activated_s === null ? 0 : 1)),
    column("SENSGAST", "Sensor Surrounding Gas Temperature", "C", () => state.gas_K - CELSIUS),
    column("SENSGASV", "Sensor Surrounding Gas Velocity", "m/s", () => state.speed_m_s),
  ];
}
