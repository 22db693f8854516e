/** Summary of a run of `muster fire`: status with reason, the greatest values of each compartment, devices that acted. */
import type { CfastRun } from "../../engine/fire/cfast/tables/table.js";
import { frontTemperature } from "../../engine/fire/devices/target.js";
import type { ZoneStatus } from "../../engine/fire/zone/zone-model.js";
import { table } from "../check-text.js";

export interface FireDocument {
  muster: string;
  file: string;
  title: string;
  status: ZoneStatus["status"];
  /** Why it failed; empty otherwise. */
  reason: string;
  simulated_s: number;
  asked_s: number;
  /** Folder of the tables; null: none were written. */
  tables: string | null;
  notices: readonly string[];
  warnings: readonly { time_s: number; message: string }[];
  /** Residuals relative to what is there: mass, energy, and the greatest of the elements. */
  balance: { mass: number; energy: number; elements: number };
  /** State at the end. */
  compartments: { id: string; upper_C: number; lower_C: number; interface_m: number; pressure_Pa: number; hrr_kW: number }[];
  targets: { id: string; surface_C: number; fed_gas: number; fed_heat: number }[];
  detectors: { id: string; kind: string; activated_s: number | null }[];
}

export function fireDocument(options: {
  version: string;
  file: string;
  run: CfastRun;
  status: ZoneStatus;
  folder: string | null;
}): FireDocument {
  const { version, file, run, status, folder } = options;
  const { input, zone, devices } = run;
  const { state } = zone;
  const balance = zone.balance();
  return {
    muster: version,
    file,
    title: input.title,
    status: status.status,
    reason: status.reason,
    simulated_s: status.time_s,
    asked_s: input.end_s,
    tables: folder,
    notices: input.notices,
    warnings: status.warnings,
    balance: { mass: balance.mass, energy: balance.energy, elements: Math.max(...Object.values(balance.elements)) },
    compartments: input.building.compartments.map(({ id }, c) => ({
      id,
      upper_C: state.temperature_K[2 * c]! - 273.15,
      lower_C: state.temperature_K[2 * c + 1]! - 273.15,
      interface_m: state.interface_m[c]!,
      pressure_Pa: state.pressure_Pa[c]!,
      hrr_kW: state.hrr_W[c]! / 1000,
    })),
    targets: devices.targets.map((target) => ({
      id: target.target.id,
      surface_C: frontTemperature(target) - 273.15,
      fed_gas: target.fedGas,
      fed_heat: target.fedHeat,
    })),
    detectors: devices.detectors.map(({ detector, activated_s }) => ({ id: detector.id, kind: detector.kind, activated_s })),
  };
}

export function fireText(document: FireDocument): string {
  const { title, status, reason, simulated_s, asked_s, balance, warnings } = document;
  const lines = [
    ...(title === "" ? [] : [title]),
    status === "failed" ? `FAILED ${reason}` : `Ended at ${simulated_s} s`,
    ...(status === "failed" ? [`${simulated_s} of ${asked_s} s were calculated; no tables are written.`] : []),
    "",
    ...table([
      ["Compartment", "upper C", "lower C", "interface m", "pressure Pa", "heat kW"],
      ...document.compartments.map((c) => [
        c.id,
        c.upper_C.toFixed(1),
        c.lower_C.toFixed(1),
        c.interface_m.toFixed(2),
        c.pressure_Pa.toFixed(2),
        c.hrr_kW.toFixed(1),
      ]),
    ]),
    ...deviceLines(document),
    "",
    `Balance: mass ${balance.mass.toExponential(1)}, elements ${balance.elements.toExponential(1)}, energy ${balance.energy.toExponential(1)} (relative)`,
    ...warnings.map(({ time_s, message }) => `warning from ${time_s.toFixed(1)} s: ${message}`),
    ...(document.tables === null ? [] : [`Tables in ${document.tables}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function deviceLines({ targets, detectors }: FireDocument): string[] {
  return [
    ...(targets.length === 0
      ? []
      : [
          "",
          ...table([
            ["Target", "surface C", "FED gas", "FED heat"],
            ...targets.map((t) => [t.id, t.surface_C.toFixed(1), t.fed_gas.toPrecision(3), t.fed_heat.toPrecision(3)]),
          ]),
        ]),
    ...(detectors.length === 0
      ? []
      : [
          "",
          ...table([
            ["Detector", "kind", "acted at s"],
            ...detectors.map((d) => [d.id, d.kind, d.activated_s === null ? "never" : d.activated_s.toFixed(1)]),
          ]),
        ]),
  ];
}
