/**
 * Output of FDS 6.9.1 and 6.7.9 (github.com/johodges/pyfdstools, MIT, (c) 2020 Jonathan L. Hodges), with the values that fdsreader 1.14.0
 * reads from it. Read from the folder named by MUSTER_DATA (default: `shared` beside the checkout).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sourceOf } from "../../../engine/fire/fields/fds/bytes.js";
import { fdsField } from "../../../engine/fire/fields/fds/field.js";
import { type FdsRun, type OpenSlice, openFds } from "../../../engine/fire/fields/fds/run.js";
import { readFrame } from "../../../engine/fire/fields/fds/slice-file.js";
import { readSmv } from "../../../engine/fire/fields/fds/smv.js";
import { readFdsTable } from "../../../engine/fire/fields/fds/table.js";
import { ambientAir } from "../../../engine/fire/fields/field.js";

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const samples = join(data, "reference/fire/fds-samples");
const present = existsSync(samples);
if (!present) process.stderr.write(`test/fire/fields/fds-samples.test.ts: skipped, ${samples} is not there (set MUSTER_DATA)\n`);

interface Expected {
  chid: string;
  fds_version: string;
  meshes: { id: string; dim: string; extent: string }[];
  slices: {
    quantity: string;
    label: string;
    unit: string;
    orientation: number;
    cell_centered: boolean;
    n_t: number;
    t_first: number;
    t_last: number;
    subslices: Record<string, number & number[] & string>[];
  }[];
  hrr_last?: Record<string, number>;
}

function open(folder: string, chid: string): { run: FdsRun; expected: Expected } {
  const at = (name: string): string => join(samples, folder, name);
  const index = readSmv(`${chid}.smv`, readFileSync(at(`${chid}.smv`), "latin1"));
  const files = (name: string) => (existsSync(at(name)) ? sourceOf(name, readFileSync(at(name))) : null);
  // The sample holds the slice files that its expected values name and no others.
  const there = { ...index, slices: index.slices.filter(({ file }) => existsSync(at(file))) };
  return {
    run: openFds({ name: `${chid}.smv`, index: there, open: files }),
    expected: JSON.parse(readFileSync(at("expected.json"), "utf8")) as Expected,
  };
}

/** Values of a frame without the dummies of cell slices, as fdsreader gives them: i slowest, k fastest. */
function frame(slice: OpenSlice, k: number): number[] {
  const all = new Float32Array(slice.file.values);
  readFrame(slice.file, k, all);
  const { at, first, step } = slice.grid;
  const values: number[] = [];
  for (let a = 0; a < at[0].length; a++)
    for (let b = 0; b < at[1].length; b++)
      for (let c = 0; c < at[2].length; c++) values.push(all[first + a * step[0] + b * step[1] + c * step[2]]!);
  return values;
}

describe.runIf(present).each([
  ["hfg_slice", "hfg_slice"],
  ["stretched_mesh", "stretched_mesh_example"],
])("%s", (folder, chid) => {
  const { run, expected } = present ? open(folder, chid) : { run: null as never, expected: null as never };

  it("meshes as expected", () => {
    expect(run.index.chid).toBe(expected.chid);
    expect(run.index.version).toBe(expected.fds_version);
    const text = (line: Float64Array): string => `[${line[0]!.toFixed(2)}, ${line.at(-1)!.toFixed(2)}]`;
    // fdsreader tells copies of a mesh apart by a number behind the name.
    expect(
      run.index.meshes.map(({ x, y, z }) => ({
        dim: `Dimension(${x.length}, ${y.length}, ${z.length})`,
        extent: `Extent([${text(x).slice(1, -1)}] x [${text(y).slice(1, -1)}] x [${text(z).slice(1, -1)}])`,
      })),
    ).toEqual(expected.meshes.map(({ dim, extent }) => ({ dim, extent })));
    expected.meshes.forEach(({ id }, k) => {
      expect(id.startsWith(run.index.meshes[k]!.id)).toBe(true);
    });
  });

  it("every value of every slice as expected, to the last bit", () => {
    const [wanted] = expected.slices;
    expect(run.slices).toHaveLength(wanted!.subslices.length);
    run.slices.forEach((slice, k) => {
      const want = wanted!.subslices[k]!;
      expect([slice.slice.quantity, slice.slice.label, slice.slice.unit]).toEqual([
        wanted!.quantity,
        wanted!.label,
        wanted!.unit,
      ]);
      expect(slice.slice.kind).toBe(wanted!.cell_centered ? "cell" : "node");
      expect(slice.grid.flat === null ? 0 : slice.grid.flat + 1).toBe(wanted!.orientation);
      const { times_s } = slice.file;
      expect([times_s.length, times_s[0], times_s.at(-1)]).toEqual([wanted!.n_t, wanted!.t_first, wanted!.t_last]);
      const sizes = slice.grid.at.map((line) => line.length).filter((_, axis) => axis !== slice.grid.flat);
      expect([times_s.length, ...sizes]).toEqual(want.shape);
      const at = (...index: number[]): number => index.reduce((sum, i, axis) => sum * sizes[axis]! + i, 0);
      const first = frame(slice, 0);
      const last = frame(slice, times_s.length - 1);
      expect(Math.min(...last)).toBe(want.last_min);
      expect(Math.max(...last)).toBe(want.last_max);
      expect(last.reduce((sum, value) => sum + value, 0) / last.length).toBeCloseTo(want.last_mean!, 9);
      expect(first[at(...(want.mid_index as number[]))]).toBe(want.mid_first);
      expect(last[at(...(want.mid_index as number[]))]).toBe(want.mid_last);
      expect(last[0]).toBe(want.corner000_last);
      expect(last.at(-1)).toBe(want.corner_max_last);
      expect(last[at(1, 0, 0)] ?? last[at(1, 0)]).toBe(want.index_1_0);
    });
  });
});

describe.runIf(present)("samples as fields and tables", () => {
  it("the heat release of the last row, and as many devices as the input asks for", () => {
    const { expected } = open("hfg_slice", "hfg_slice");
    const hrr = readFdsTable("hfg_slice_hrr.csv", readFileSync(join(samples, "hfg_slice/hfg_slice_hrr.csv"), "latin1"));
    const { Time, ...wanted } = expected.hrr_last!;
    expect(hrr.times_s.at(-1)).toBe(Time);
    for (const [name, value] of Object.entries(wanted))
      expect(hrr.columns.find((column) => column.name === name)!.values.at(-1)).toBe(value);
    const devices = readFdsTable("hfg_slice_devc.csv", readFileSync(join(samples, "hfg_slice/hfg_slice_devc.csv"), "latin1"));
    expect(devices.columns).toHaveLength(20 * 20);
    expect(devices.columns[0]).toMatchObject({ name: "rhf01-z-0p05-1", unit: "kW/m2" });
    expect(devices.columns[0]!.values.at(-1)).toBe(0.82922986);
  });

  it("the stretched meshes meet without a step, and the field gives the value of the file on a grid point", () => {
    const { run } = open("stretched_mesh", "stretched_mesh_example");
    const field = fdsField(run, { floor: () => 0 });
    const into = ambientAir();
    const slice = run.slices[6]!; // the middle mesh
    const values = new Float32Array(slice.file.values);
    readFrame(slice.file, 1, values);
    const [x, y, z] = slice.grid.at;
    for (const [i, j, k] of [
      [30, 10, 3],
      [44, 44, 9],
    ] as const) {
      expect(field.sample(slice.file.times_s[1]!, 0, x[i]!, y[j]!, z[k]!, into)).toBe(true);
      expect(into.temperature_K - 273.15).toBeCloseTo(values[i + 46 * (j + 46 * k)]!, 3);
    }
    for (const height of [950, 1000, 1084]) {
      field.sample(10, 0, 180 - 1e-6, 33, height, into);
      const west = into.temperature_K;
      field.sample(10, 0, 180 + 1e-6, 33, height, into);
      expect(Math.abs(into.temperature_K - west)).toBeLessThan(0.05);
    }
    // Within the building there is no air.
    expect(field.sample(10, 0, -90, 90, 890, into)).toBe(false);
  });

  it("a vertical slice alone is refused as a field, with the reason", () => {
    const { run } = open("hfg_slice", "hfg_slice");
    expect(() => fdsField(run, { floor: () => 0 })).toThrow(/TEMPERATURE at y = -0.75 m: a vertical slice is no floor/);
  });
});
