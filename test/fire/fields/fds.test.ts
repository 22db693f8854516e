import { expect, test } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import { sourceOf } from "../../../engine/fire/fields/fds/bytes.js";
import { type FdsFieldOptions, fdsField } from "../../../engine/fire/fields/fds/field.js";
import { openFds } from "../../../engine/fire/fields/fds/run.js";
import { openSlice, readFrame } from "../../../engine/fire/fields/fds/slice-file.js";
import { readSmv } from "../../../engine/fire/fields/fds/smv.js";
import { readFdsTable } from "../../../engine/fire/fields/fds/table.js";
import { ambientAir } from "../../../engine/fire/fields/field.js";
import { type MeshText, meshText, type SliceText, sliceBytes, sliceLine, smvText } from "./fds-bytes.js";

const line = (from: number, to: number, cells: number): number[] =>
  Array.from({ length: cells + 1 }, (_, k) => from + ((to - from) * k) / cells);
/** Two meshes side by side, cells of half a metre, the second with lines that grow apart in z. */
const WEST: MeshText = { id: "west", x: line(0, 2, 4), y: line(0, 2, 4), z: line(0, 3, 6) };
const EAST: MeshText = { id: "east room", x: line(2, 4, 4), y: line(0, 2, 4), z: [0, 0.3, 0.7, 1.2, 1.8, 2.4, 3] };

interface Part {
  keyword: string;
  mesh: 1 | 2;
  slice: SliceText;
}
function run(parts: readonly Part[], meshes: readonly MeshText[] = [WEST, EAST]) {
  const text = smvText([
    ...meshes.map(meshText),
    ...parts.map(({ keyword, mesh, slice }, k) => sliceLine(keyword, mesh, `rooms_${k + 1}.sf`, slice, k + 1)),
  ]);
  const files = new Map(parts.map(({ slice }, k) => [`rooms_${k + 1}.sf`, sliceBytes(slice)]));
  const index = readSmv("rooms.smv", text);
  return openFds({ name: "rooms.smv", index, open: (name) => (files.has(name) ? sourceOf(name, files.get(name)!) : null) });
}
/** A slice over a whole mesh whose value is a function of place and time; `cell` values lie in the middle of cells, index 0 is a dummy. */
function whole(
  mesh: MeshText,
  quantity: string,
  unit: string,
  of: (x: number, y: number, z: number, t: number) => number,
  { times = [0, 10], cell = false, k = null as number | null } = {},
): SliceText {
  const n = [mesh.x, mesh.y, mesh.z].map((l) => l.length - 1) as [number, number, number];
  const at = (l: readonly number[], i: number): number => (cell ? (i === 0 ? Number.NaN : (l[i - 1]! + l[i]!) / 2) : l[i]!);
  const values = (t: number): number[] => {
    const all: number[] = [];
    for (let c = k ?? 0; c <= (k ?? n[2]); c++)
      for (let b = 0; b <= n[1]; b++)
        for (let a = 0; a <= n[0]; a++) {
          const value = of(at(mesh.x, a), at(mesh.y, b), at(mesh.z, c), t);
          all.push(Number.isNaN(value) ? -1e6 : value);
        }
    return all;
  };
  return {
    quantity,
    unit,
    bounds: [0, n[0], 0, n[1], k ?? 0, k ?? n[2]],
    frames: times.map((time) => ({ time, values: values(time) })),
  };
}
const at = (
  of: ReturnType<typeof run>,
  place: readonly [number, number, number],
  time: number,
  options: Partial<FdsFieldOptions> = {},
) => {
  const into = ambientAir();
  const field = fdsField(of, { floor: () => 0, ...options });
  const reached = field.sample(time, 0, place[0], place[1], place[2], into);
  return { ...into, reached };
};
const problemsOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof MusterError) return `${error.code}\n${error.message}`;
    throw error;
  }
  throw new Error("no error");
};

test("trilinear in space and linear in time over meshes with lines of their own: a linear function comes back", () => {
  const f = (x: number, y: number, z: number, t: number): number => 20 + 10 * x - 3 * y + 40 * z + 2 * t;
  const both = run([
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "TEMPERATURE", "C", f) },
    { keyword: "SLCF", mesh: 2, slice: whole(EAST, "TEMPERATURE", "C", f) },
  ]);
  for (const [x, y, z] of [
    [0.1, 0.2, 0.3],
    [1.99, 1.7, 2.9],
    [2, 1, 1.6],
    [3.3, 0.4, 0.5],
    [4, 2, 3],
  ] as const)
    for (const t of [0, 3.5, 10]) expect(at(both, [x, y, z], t).temperature_K).toBeCloseTo(f(x, y, z, t) + 273.15, 3);
  expect(at(both, [1, 1, 1], 99).temperature_K).toBeCloseTo(f(1, 1, 1, 10) + 273.15, 3);
  for (const [x, y, z] of [
    [-0.1, 1, 1],
    [4.1, 1, 1],
    [1, 1, 3.1],
  ] as const)
    expect(at(both, [x, y, z], 5)).toEqual({ ...ambientAir(), reached: false });
  expect(at(both, [1, 1, 1], -0.1)).toEqual({ ...ambientAir(), reached: false });
});

test("values of cells lie in their middle, the dummy at index 0 takes no part, and the outer half cell keeps its value", () => {
  const f = (x: number, y: number, z: number, t: number): number => 0.5 + 0.1 * x + 0.2 * y + 0.05 * z + 0.01 * t;
  const cells = run([{ keyword: "SLCC", mesh: 2, slice: whole(EAST, "SOOT EXTINCTION COEFFICIENT", "1/m", f, { cell: true }) }]);
  expect(at(cells, [3.1, 1.2, 1.9], 4).extinction_1_m).toBeCloseTo(f(3.1, 1.2, 1.9, 4), 6);
  expect(at(cells, [2, 0, 0], 0).extinction_1_m).toBeCloseTo(f(2.25, 0.25, 0.15, 0), 6);
  expect(at(cells, [4, 2, 3], 0).extinction_1_m).toBeCloseTo(f(3.75, 1.75, 2.7, 0), 6);
});

test("what stands inside an obstruction does not thin the smoke beside it", () => {
  const blocked = { ...WEST, obstructions: [[2, 4, 0, 4, 0, 6]] }; // x from 1 m on
  const smoke = (x: number): number => (x < 1 ? 2 : 0);
  for (const cell of [true, false]) {
    const smoky = run(
      [
        {
          keyword: cell ? "SLCC" : "SLCF",
          mesh: 1,
          slice: whole(blocked, "SOOT EXTINCTION COEFFICIENT", "1/m", (x) => (x > 1 ? 0 : 2), { cell }),
        },
      ],
      [blocked],
    );
    expect(at(smoky, [0.95, 1, 1], 0).extinction_1_m).toBeCloseTo(2, 6);
    expect(at(smoky, [1.6, 1, 1], 0).reached).toBe(false);
    expect(smoke(0.95)).toBe(2);
  }
});

test("a horizontal slice holds within its reach; two of them mix by height", () => {
  const at14 = whole(WEST, "TEMPERATURE", "C", () => 40, { k: 3 }); // 1.5 m
  const at20 = whole(WEST, "TEMPERATURE", "C", () => 80, { k: 4 }); // 2.0 m
  const one = run([{ keyword: "SLCF", mesh: 1, slice: at20 }]);
  expect(at(one, [1, 1, 1.6], 0).temperature_K).toBeCloseTo(353.15, 4);
  expect(at(one, [1, 1, 1.49], 0).reached).toBe(false);
  expect(at(one, [1, 1, 1.49], 0, { reach_m: 0.6 }).reached).toBe(true);
  const two = run([
    { keyword: "SLCF", mesh: 1, slice: at20 },
    { keyword: "SLCF", mesh: 1, slice: at14 },
  ]);
  expect(at(two, [1, 1, 1.6], 0).temperature_K).toBeCloseTo(273.15 + 48, 4);
  // A floor 10 m up meets no slice at 2 m.
  expect(at(two, [1, 1, 1.6], 0, { floor: () => 10 }).reached).toBe(false);
});

test("a plan that lies turned and moved meets the same air", () => {
  const f = (x: number, y: number): number => 20 + 10 * x + 50 * y;
  const field = run([{ keyword: "SLCF", mesh: 1, slice: whole(WEST, "TEMPERATURE", "C", f) }]);
  // The FDS origin lies at (100, 50, 3); its x axis points north.
  const place = { x_m: 100, y_m: 50, z_m: 3, cos: 0, sin: 1 };
  const options = { place, floor: (): number => 3 };
  expect(at(field, [100 - 0.7, 50 + 1.2, 1.7], 0, options).temperature_K).toBeCloseTo(f(1.2, 0.7) + 273.15, 3);
});

test("quantities become SI by their own rule; measured extinction stands before visibility", () => {
  const of = (quantity: string, unit: string, value: number, options: Partial<FdsFieldOptions> = {}) =>
    at(run([{ keyword: "SLCF", mesh: 1, slice: whole(WEST, quantity, unit, () => value) }]), [1, 1, 1], 0, options);
  expect(of("SOOT VISIBILITY", "m", 6).extinction_1_m).toBeCloseTo(0.5, 6);
  expect(of("SOOT VISIBILITY", "m", 6, { reading: { visibilityFactor: 8 } }).extinction_1_m).toBeCloseTo(8 / 6, 6);
  expect(of("SOOT VISIBILITY", "m", 30).extinction_1_m).toBe(0);
  // tenability: soot 1e-4 kg/m3 gives 0.87 1/m, 0.378 1/m optical density
  expect(of("SOOT DENSITY", "kg/m3", 1e-4).extinction_1_m).toBeCloseTo(0.87, 6);
  expect(of("SOOT OPTICAL DENSITY", "1/m", 0.378).extinction_1_m).toBeCloseTo(0.8704, 3);
  expect(of("CARBON MONOXIDE VOLUME FRACTION", "mol/mol", 0.0012).carbonMonoxide).toBeCloseTo(0.0012, 9);
  expect(of("OXYGEN VOLUME FRACTION", "mol/mol", 0.15).oxygen).toBeCloseTo(0.15, 6);
  expect(of("CARBON DIOXIDE VOLUME FRACTION", "mol/mol", 0.05).carbonDioxide).toBeCloseTo(0.05, 6);
  expect(of("HYDROGEN CYANIDE VOLUME FRACTION", "mol/mol", 1e-4).hydrogenCyanide).toBeCloseTo(1e-4, 9);
  expect(of("RADIATIVE HEAT FLUX GAS", "kW/m2", 2.5).radiantFlux_W_m2).toBeCloseTo(2500, 3);
  // Ambient surfaces all around: 4 sigma T^4 = 1.675 kW/m2 at 293.15 K.
  expect(of("INTEGRATED INTENSITY", "kW/m2", 1.6751).radiantFlux_W_m2).toBeLessThan(1);
  expect(of("INTEGRATED INTENSITY", "kW/m2", 4.1751).radiantFlux_W_m2).toBeCloseTo(2500, 0);
  const both = run([
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "SOOT VISIBILITY", "m", () => 3) },
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "SOOT EXTINCTION COEFFICIENT", "1/m", () => 1.2) },
  ]);
  expect(at(both, [1, 1, 1], 0).extinction_1_m).toBeCloseTo(1.2, 6);
});

test("what is not known is named and stays ambient", () => {
  const some = run([
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "TEMPERATURE", "C", () => 50) },
    { keyword: "SLCF", mesh: 2, slice: whole(EAST, "CARBON MONOXIDE VOLUME FRACTION", "mol/mol", () => 0.001) },
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "PRESSURE", "Pa", () => 5) },
  ]);
  const field = fdsField(some, { floor: () => 0 });
  expect(field.knows).toEqual(["temperature_K", "carbonMonoxide"]);
  expect(field.notices.join("\n")).toMatch(/PRESSURE.*\n.*do not reach the same places/);
  expect(at(some, [1, 1, 1], 0).carbonMonoxide).toBe(0);
  expect(
    problemsOf(() =>
      fdsField(run([{ keyword: "SLCF", mesh: 1, slice: whole(WEST, "PRESSURE", "Pa", () => 5) }]), { floor: () => 0 }),
    ),
  ).toMatch(/FIELD_INVALID\nrooms.smv: has no slice that people could meet.*PRESSURE/);
});

test("a run of any length keeps two frames, and going back in time gives the same values", () => {
  const times = line(0, 100, 50);
  const long = run([
    { keyword: "SLCF", mesh: 1, slice: whole(WEST, "TEMPERATURE", "C", (x, _y, _z, t) => 20 + x * t, { times }) },
  ]);
  const field = fdsField(long, { floor: () => 0 });
  const into = ambientAir();
  for (const t of [0, 1, 2, 3.3, 57, 100, 200, 41, 43, 42, 0.5]) {
    field.sample(t, 0, 1, 1, 1, into);
    expect(into.temperature_K).toBeCloseTo(293.15 + Math.min(t, 100), 3);
  }
  expect([field.firstTime_s, field.lastTime_s]).toEqual([0, 100]);
});

test("cut and damaged slice files are refused with the byte", () => {
  const bytes = sliceBytes(whole(WEST, "TEMPERATURE", "C", () => 20));
  const frame = 12 + 8 + 4 * 5 * 5 * 7;
  const open = (changed: Uint8Array): string => problemsOf(() => openSlice(sourceOf("a.sf", changed)));
  expect(open(bytes.slice(0, 100))).toMatch(/a.sf: has 100 bytes; the head of a slice file alone has 146/);
  expect(open(bytes.slice(0, bytes.length - 5))).toMatch(
    new RegExp(`a.sf, byte ${146 + frame}: is cut off in frame 2: ${frame - 5} of ${frame} bytes; 1 frames are whole`),
  );
  expect(open(bytes.slice(0, 146))).toMatch(/holds no frame/);
  const changed = (byte: number, value: number): Uint8Array => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setInt32(byte, value, true);
    return copy;
  };
  expect(open(changed(0, 31))).toMatch(/byte 0: begins with the count 31, a slice file begins with 30/);
  expect(open(changed(0, 30 << 24))).toMatch(/big-endian/);
  expect(open(changed(38, 29))).toMatch(/byte 38: has the record count 29, expected 30/);
  expect(open(changed(118, 9))).toMatch(/byte 118: has the bounds 9 4 0 4 0 6/);
  expect(open(changed(146 + frame, 5))).toMatch(/frame 2 of 2 has the record count 5, expected 4/);
  expect(open(changed(146 + 4, 0x7fc00000))).toMatch(/frame 1 is at NaN s/);
  const nan = changed(146 + 16 + 8, 0x7fc00000);
  expect(problemsOf(() => readFrame(openSlice(sourceOf("a.sf", nan)), 0, new Float32Array(175)))).toMatch(
    /byte 170: frame 1 holds NaN at value 3 of 175/,
  );
});

test("an index at odds with its files is refused with all problems at once", () => {
  const slice = whole(WEST, "TEMPERATURE", "C", () => 20);
  const text = smvText([
    meshText(WEST),
    sliceLine("SLCF", 1, "a.sf", { ...slice, unit: "K" }),
    sliceLine("SLCF", 1, "missing.sf", slice),
    sliceLine("SLCF", 1, "b.sf", { ...slice, bounds: [0, 3, 0, 4, 0, 6] }),
  ]);
  const files = new Map([
    ["a.sf", sliceBytes({ ...slice, unit: "K" })],
    ["b.sf", sliceBytes(slice)],
  ]);
  const open = () =>
    openFds({
      name: "x.smv",
      index: readSmv("x.smv", text),
      open: (name) => (files.has(name) ? sourceOf(name, files.get(name)!) : null),
    });
  const said = problemsOf(open);
  expect(said).toMatch(/a.sf: gives TEMPERATURE in "K", expected C/);
  expect(said).toMatch(/missing.sf: the file of the slice TEMPERATURE in mesh 1 is not there/);
  expect(said).toMatch(/b.sf: has the bounds 0 4 0 4 0 6, the index says 0 3 0 4 0 6/);
});

test("a cut or wrong index is refused with its line", () => {
  const mesh = meshText(WEST);
  const said = (text: string): string => problemsOf(() => readSmv("x.smv", text));
  expect(said("")).toMatch(/x.smv: holds no mesh \(keyword GRID\)/);
  expect(said(mesh.slice(0, mesh.indexOf("TRNZ")))).toMatch(/x.smv, mesh west: has no grid lines \(TRNZ\): the index is cut off/);
  expect(said(mesh.slice(0, mesh.indexOf("TRNZ") + 30))).toMatch(/line \d+: TRNZ \(line \d+\): (grid line|the file ends)/);
  expect(said(mesh.replace("  2  1.00000", "  2  0.40000"))).toMatch(/grid line 2 at 0.4 m does not lie beyond line 1 at 0.5 m/);
  expect(said(`${mesh}SLCF  3 & 0 1 0 1 0 1\n a.sf\n T\n t\n C\n`)).toMatch(
    /the number of the mesh: 3 is not a whole number from 1 to 1/,
  );
  expect(said(`${mesh}SLCF  1 & 0 1 0 1 0\n a.sf\n T\n t\n C\n`)).toMatch(/the bounds of the slice should be 6 numbers/);
});

test("old indices without bounds, other kinds of slices and Windows line ends are read", () => {
  const slice = whole(WEST, "TEMPERATURE", "C", () => 20);
  const text = smvText([
    meshText(WEST),
    "SLCF   1\n a.sf\n TEMPERATURE\n temp\n C\n",
    sliceLine("SLCT", 1, "t.sf", slice),
  ]).replaceAll("\n", "\r\n");
  const index = readSmv("x.smv", text);
  expect(index.chid).toBe("rooms");
  expect(index.title).toBe("two rooms");
  expect(index.tables).toEqual([{ kind: "hrr", file: "rooms_hrr.csv" }]);
  const { slices, notices } = openFds({ name: "x.smv", index, open: (name) => sourceOf(name, sliceBytes(slice)) });
  expect(slices.map(({ file }) => file.bounds)).toEqual([[0, 4, 0, 4, 0, 6]]);
  expect(notices).toEqual(["1 terrain slice file is not read; slices on grid lines (SLCF) and in cells (SLCC) are."]);
});

test("tables: quoted names, units, and every bad row with its line", () => {
  const good = 's,C,m\nTime,"T, upper",z\n 0.0000000E+000, 2.0E+001, 2.7\n 1.0E+000,-1.5E+002, 2.6\n';
  expect(readFdsTable("a_devc.csv", good)).toEqual({
    times_s: Float64Array.of(0, 1),
    columns: [
      { name: "T, upper", unit: "C", values: Float64Array.of(20, -150) },
      { name: "z", unit: "m", values: Float64Array.of(2.7, 2.6) },
    ],
  });
  const bad = "s,C\nTime,T\n0,20\n1\n2,x\n3,NaN\n";
  expect(problemsOf(() => readFdsTable("a.csv", bad))).toBe(
    'FIELD_INVALID\na.csv, line 4: has 1 values for 2 columns\na.csv, line 5, column T: "x" is no number\na.csv, line 6, column T: "NaN" is no number',
  );
  expect(problemsOf(() => readFdsTable("a.csv", "s,C\nTime,T\n1,2\n0,2\n"))).toMatch(/line 4: goes back in time: 0 s after 1 s/);
  expect(problemsOf(() => readFdsTable("a.csv", "s,C\n"))).toMatch(/line 2: the row of names is missing/);
  expect(problemsOf(() => readFdsTable("a.csv", "min,C\nTime,T\n0,1\n"))).toMatch(/begins with "Time" in "min"/);
});
