/** Tables as CFAST writes them: four head rows (column id, quantity, object, unit), then a row a time in Fortran's E12.5. */
import type { FireDevices } from "../../devices/devices.js";
import type { ZoneModel } from "../../zone/zone-model.js";
import type { CfastModel } from "../model.js";
import type { Totals } from "./totals.js";

export interface Column {
  readonly id: string;
  readonly quantity: string;
  readonly object: string;
  readonly unit: string;
  /** Value at the time that the run has come to. */
  value(): number;
}

export const TABLES = ["compartments", "vents", "devices", "masses", "walls"] as const;
export type TableName = (typeof TABLES)[number];

/** What the columns read; live objects of one run. */
export interface CfastRun {
  readonly input: CfastModel;
  readonly zone: ZoneModel;
  readonly devices: FireDevices;
  readonly totals: Totals;
}

export const CELSIUS = 273.15;

/** Time column, first in every table. */
export const timeColumn = ({ zone }: CfastRun): Column => ({
  id: "Time",
  quantity: "Simulation Time",
  object: "Time",
  unit: "s",
  value: () => zone.state.time_s,
});

/** A shaft is one zone: it has no columns of a lower layer. */
export const isShaft = ({ input }: CfastRun, compartment: number): boolean =>
  input.building.compartments[compartment]!.kind === "shaft";

/** The four head rows; texts with a comma are quoted, which CFAST does not do. */
export function headOf(columns: readonly Column[]): string {
  const row = (pick: (column: Column) => string): string => columns.map((column) => quoted(pick(column))).join(",");
  return [row(({ id }) => id), row(({ quantity }) => quantity), row(({ object }) => object), row(({ unit }) => unit), ""].join(
    "\n",
  );
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const rowOf = (columns: readonly Column[]): string => `${columns.map((column) => fortran(column.value())).join(",")}\n`;

/** A number as Fortran's E12.5 has it: " 0.29315E+03". */
export function fortran(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "         NaN" : value > 0 ? "    Infinity" : "   -Infinity";
  const sign = value < 0 ? "-" : " ";
  if (value === 0) return " 0.00000E+00";
  const [mantissa, exponent] = Math.abs(value).toExponential(4).split("e") as [string, string];
  const power = Number(exponent) + 1;
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${sign}0.${mantissa.replace(".", "")}E${power < 0 ? "-" : "+"}${size}`;
}
