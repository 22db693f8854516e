/** What a smoke field holds, as plain data for people who look before they use it. Slices are read frame by frame. */
import { MusterError } from "../../errors.js";
import type { CfastTable } from "./cfast-table.js";
import { fdsField } from "./fds/field.js";
import { fdsQuantity } from "./fds/quantities.js";
import type { FdsRun, OpenSlice } from "./fds/run.js";
import { readFrame } from "./fds/slice-file.js";
import type { FdsTableData } from "./fds/table.js";
import { AIR_QUANTITIES, type AirQuantity } from "./field.js";

type Range = readonly [number, number];

export interface SliceSummary {
  readonly quantity: string;
  readonly unit: string;
  readonly kind: "node" | "cell";
  /** "z = 2 m", "3-D". */
  readonly place: string;
  readonly files: number;
  readonly frames: number;
  readonly times_s: Range;
  /** Over all frames, files and values outside solids, in the file's unit. */
  readonly least: number;
  readonly greatest: number;
  /** What it tells of the air; null where it tells nothing that people meet. */
  readonly gives: AirQuantity | null;
  /** Two frames of all its files. */
  readonly memory_bytes: number;
}

export interface FdsSummary {
  readonly format: "FDS";
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly meshes: number;
  readonly cells: number;
  readonly obstructions: number;
  readonly extent_m: { readonly x: Range; readonly y: Range; readonly z: Range };
  readonly slices: readonly SliceSummary[];
  /** null where people meet nothing of it. */
  readonly field: {
    readonly knows: readonly AirQuantity[];
    readonly missing: readonly AirQuantity[];
    readonly times_s: Range;
  } | null;
  readonly tables: readonly { readonly kind: string; readonly file: string }[];
  readonly notices: readonly string[];
}

/** Reads every frame of every slice once. @throws MusterError FIELD_INVALID where a value is no number */
export function fdsSummary(run: FdsRun): FdsSummary {
  const { meshes, tables, title, version } = run.index;
  const groups = new Map<string, OpenSlice[]>();
  for (const open of run.slices) {
    const key = `${open.slice.number ?? ""}|${open.slice.quantity}|${open.slice.kind}|${placeOf(open)}`;
    groups.set(key, [...(groups.get(key) ?? []), open]);
  }
  const ends = (axis: "x" | "y" | "z"): Range => [
    Math.min(...meshes.map((mesh) => mesh[axis][0]!)),
    Math.max(...meshes.map((mesh) => mesh[axis].at(-1)!)),
  ];
  const { field, notices } = fieldOf(run);
  return {
    format: "FDS",
    name: run.name,
    title,
    version,
    meshes: meshes.length,
    cells: meshes.reduce((sum, { x, y, z }) => sum + (x.length - 1) * (y.length - 1) * (z.length - 1), 0),
    obstructions: meshes.reduce((sum, mesh) => sum + mesh.obstructions.length / 6, 0),
    extent_m: { x: ends("x"), y: ends("y"), z: ends("z") },
    slices: [...groups.values()].map(sliceSummary),
    field,
    tables,
    notices,
  };
}

function fieldOf(run: FdsRun): Pick<FdsSummary, "field" | "notices"> {
  try {
    const { knows, firstTime_s, lastTime_s, notices } = fdsField(run, { floor: () => 0 });
    return {
      field: {
        knows,
        missing: AIR_QUANTITIES.filter((quantity) => !knows.includes(quantity)),
        times_s: [firstTime_s, lastTime_s],
      },
      notices,
    };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    return { field: null, notices: [...run.notices, ...error.problems.map(({ message }) => message)] };
  }
}

const placeOf = ({ grid }: OpenSlice): string =>
  grid.flat === null ? "3-D" : `${"xyz"[grid.flat]} = ${Number(grid.at[grid.flat][0]!.toFixed(3))} m`;

function sliceSummary(parts: readonly OpenSlice[]): SliceSummary {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { file, grid } of parts) {
    const values = new Float32Array(file.values);
    const [nx, ny, nz] = grid.at.map((line) => line.length) as [number, number, number];
    for (let frame = 0; frame < file.times_s.length; frame++) {
      readFrame(file, frame, values);
      for (let k = 0; k < nz; k++)
        for (let j = 0; j < ny; j++)
          for (let i = 0; i < nx; i++) {
            const at = grid.first + i * grid.step[0] + j * grid.step[1] + k * grid.step[2];
            if (grid.solid?.[at] === 1) continue;
            const value = values[at]!;
            if (value < least) least = value;
            if (value > greatest) greatest = value;
          }
    }
  }
  const { slice, file } = parts[0]!;
  return {
    quantity: slice.quantity,
    unit: slice.unit,
    kind: slice.kind === "cell" ? "cell" : "node",
    place: placeOf(parts[0]!),
    files: parts.length,
    frames: Math.min(...parts.map((part) => part.file.times_s.length)),
    times_s: [file.times_s[0]!, Math.min(...parts.map((part) => part.file.times_s.at(-1)!))],
    least,
    greatest,
    gives: fdsQuantity(slice.quantity)?.gives ?? null,
    memory_bytes: parts.reduce((sum, part) => sum + 8 * part.file.values, 0),
  };
}

export interface TableSummary {
  readonly format: "FDS table";
  readonly name: string;
  readonly rows: number;
  readonly times_s: Range;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly least: number;
    readonly greatest: number;
    readonly last: number;
  }[];
}

export function tableSummary(name: string, { times_s, columns }: FdsTableData): TableSummary {
  return {
    format: "FDS table",
    name,
    rows: times_s.length,
    times_s: [times_s[0]!, times_s.at(-1)!],
    columns: columns.map((column) => ({
      name: column.name,
      unit: column.unit,
      least: leastOf(column.values),
      greatest: mostOf(column.values),
      last: column.values.at(-1)!,
    })),
  };
}

const leastOf = (values: Float64Array): number => values.reduce((least, value) => Math.min(least, value), Infinity);
const mostOf = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), -Infinity);

export interface CfastSummary {
  readonly format: "CFAST";
  readonly name: string;
  readonly rows: number;
  readonly times_s: Range;
  readonly compartments: readonly {
    readonly name: string;
    /** null for a shaft of one layer. */
    readonly least_interface_m: number | null;
    readonly upper_C: number;
    readonly lower_C: number;
    readonly extinction_1_m: number;
    readonly least_oxygen: number;
    readonly carbonMonoxide: number;
    readonly hydrogenCyanide: number;
  }[];
}

export function cfastSummary(name: string, { times_s, compartments, columns }: CfastTable): CfastSummary {
  return {
    format: "CFAST",
    name,
    rows: times_s.length,
    times_s: [times_s[0]!, times_s.at(-1)!],
    compartments: compartments.map((compartment, k) => {
      const of = columns[k]!;
      return {
        name: compartment,
        least_interface_m: mostOf(of.HGT) > 0 ? leastOf(of.HGT) : null,
        upper_C: mostOf(of.ULT),
        lower_C: mostOf(of.LLT),
        extinction_1_m: 8.7e-3 * mostOf(of.ULOD),
        least_oxygen: leastOf(of.ULO2),
        carbonMonoxide: mostOf(of.ULCO),
        hydrogenCyanide: mostOf(of.ULHCN),
      };
    }),
  };
}
