/** Output of one FDS run: its index with the slice files opened, checked against each other. */
import { MusterError, type Problem } from "../../../errors.js";
import type { ByteSource } from "./bytes.js";
import { type SliceGrid, sliceGrid } from "./grid.js";
import { fdsQuantity } from "./quantities.js";
import { openSlice, type SliceFile } from "./slice-file.js";
import type { FdsIndex, FdsMesh, FdsSlice } from "./smv.js";

export interface OpenSlice {
  readonly slice: FdsSlice;
  readonly mesh: FdsMesh;
  readonly file: SliceFile;
  readonly grid: SliceGrid;
}

export interface FdsRun {
  readonly name: string;
  readonly index: FdsIndex;
  readonly slices: readonly OpenSlice[];
  /** What was not opened, and why. */
  readonly notices: readonly string[];
}

export interface FdsFiles {
  /** Name of the index, said in errors. */
  readonly name: string;
  readonly index: FdsIndex;
  /** Opens a file that the index names; null where there is none. */
  readonly open: (file: string) => ByteSource | null;
}

/**
 * Opens every slice file of the index whose values lie on grid lines or in cells.
 * @throws MusterError FIELD_INVALID with every file that is missing, damaged or at odds with the index
 */
export function openFds({ name, index, open }: FdsFiles): FdsRun {
  const problems: Problem[] = [];
  const slices: OpenSlice[] = [];
  const other = new Map<string, number>();
  /** Slices of several quantities over the same cells share one grid, so that a place is looked up once for all of them. */
  const grids = new Map<string, SliceGrid>();
  const gridOf = (mesh: number, kind: FdsSlice["kind"], file: SliceFile): SliceGrid => {
    const key = `${mesh} ${kind} ${file.bounds.join(" ")}`;
    const grid = grids.get(key) ?? sliceGrid(index.meshes[mesh]!, kind, file);
    grids.set(key, grid);
    return grid;
  };
  for (const slice of index.slices) {
    if (slice.kind !== "node" && slice.kind !== "cell") {
      other.set(slice.kind, (other.get(slice.kind) ?? 0) + 1);
      continue;
    }
    try {
      const source = open(slice.file);
      if (!source) {
        problems.push({
          place: `${name}, ${slice.file}`,
          message: `the file of the slice ${slice.quantity} in mesh ${slice.mesh + 1} is not there`,
        });
        continue;
      }
      const file = openSlice(source);
      const mesh = index.meshes[slice.mesh]!;
      const faults = differences(name, slice, mesh, file);
      problems.push(...faults);
      if (faults.length === 0) slices.push({ slice, mesh, file, grid: gridOf(slice.mesh, slice.kind, file) });
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new MusterError("FIELD_INVALID", problems);
  const notices = [...other].map(
    ([kind, n]) =>
      `${n} ${kind} slice file${n === 1 ? " is" : "s are"} not read; slices on grid lines (SLCF) and in cells (SLCC) are.`,
  );
  return { name, index, slices, notices };
}

function differences(name: string, slice: FdsSlice, mesh: FdsMesh, file: SliceFile): Problem[] {
  const place = `${name}, ${slice.file}`;
  const problems: Problem[] = [];
  // The file holds 30 letters of each text.
  for (const [what, stated, held] of [
    ["quantity", slice.quantity, file.quantity],
    ["unit", slice.unit, file.unit],
  ] as const)
    if (stated.slice(0, 30).trim() !== held)
      problems.push({ place, message: `holds the ${what} "${held}", the index says "${stated}"`, value: held, limit: stated });
  if (slice.bounds?.some((bound, k) => bound !== file.bounds[k]))
    problems.push({ place, message: `has the bounds ${file.bounds.join(" ")}, the index says ${slice.bounds.join(" ")}` });
  const cells = [mesh.x.length - 1, mesh.y.length - 1, mesh.z.length - 1];
  for (let a = 0; a < 3; a++)
    if (file.bounds[2 * a + 1]! > cells[a]!)
      problems.push({
        place,
        message: `reaches to grid line ${file.bounds[2 * a + 1]} along ${"xyz"[a]}, mesh ${mesh.id} has ${cells[a]}`,
        value: file.bounds[2 * a + 1]!,
        limit: cells[a]!,
      });
  const known = fdsQuantity(slice.quantity);
  if (known && !known.units.includes(slice.unit))
    problems.push({
      place,
      message: `gives ${slice.quantity} in "${slice.unit}", expected ${known.units.filter((unit) => unit !== "").join(" or ")}`,
      value: slice.unit,
    });
  return problems;
}
