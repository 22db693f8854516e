/**
 * The index that FDS writes beside its output, CHID.smv: meshes with their grid lines and obstructions, slice files and tables.
 * Layout: McGrattan and others, FDS User's Guide (NIST SP 1019), "Output file formats"; checked on output of FDS 6.7.9 and 6.9.1.
 * Only what a smoke field needs is read; other keywords are passed over.
 */
import { MusterError, type Problem } from "../../../errors.js";

/** Characters of an index, cells along an axis, and obstructions of a mesh that are read at most. */
export const SMV_LIMITS = { text: 256 * 1024 * 1024, cells: 100_000, obstructions: 2_000_000 } as const;

export interface FdsMesh {
  readonly id: string;
  /** Grid lines along x, y and z, m: one more than cells. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** 6 per obstruction [i1, i2, j1, j2, k1, k2, ...], indices of grid lines. Those that FDS shows and hides by time are among them. */
  readonly obstructions: Int32Array;
}

/** How the values of a slice lie: on grid lines, in cells, following the terrain, on cut faces. */
export type SliceKind = "node" | "cell" | "terrain" | "cut-face" | "cut-cell";

export interface FdsSlice {
  readonly kind: SliceKind;
  /** Index into `meshes`. */
  readonly mesh: number;
  readonly file: string;
  readonly quantity: string;
  readonly label: string;
  readonly unit: string;
  /** [i1, i2, j1, j2, k1, k2]; null in old indices: then the slice file tells. */
  readonly bounds: readonly number[] | null;
  /** Number of the slice over all meshes; null in old indices. */
  readonly number: number | null;
  /** Name that the modeller gave it. */
  readonly id: string;
}

export interface FdsTable {
  /** "hrr", "devc", "steps", … */
  readonly kind: string;
  readonly file: string;
}

export interface FdsIndex {
  readonly chid: string;
  readonly title: string;
  readonly version: string;
  readonly meshes: readonly FdsMesh[];
  readonly slices: readonly FdsSlice[];
  readonly tables: readonly FdsTable[];
}

const KINDS: Readonly<Record<string, SliceKind>> = {
  SLCF: "node",
  SLCC: "cell",
  SLCT: "terrain",
  SLCD: "cut-face",
  SLCG: "cut-cell",
};

interface Lines {
  readonly name: string;
  readonly lines: readonly string[];
  /** Index of the line that is read next. */
  next: number;
  readonly problems: Problem[];
}

/** A fault of the file that makes the rest of a section unreadable. */
class Bad extends Error {}

interface DraftMesh {
  id: string;
  cells: readonly number[];
  x: Float64Array | null;
  y: Float64Array | null;
  z: Float64Array | null;
  obstructions: Int32Array;
}

/** @throws MusterError INPUT_TOO_LARGE, or FIELD_INVALID with every problem of the index and its line */
export function readSmv(name: string, text: string): FdsIndex {
  if (text.length > SMV_LIMITS.text)
    throw new MusterError("INPUT_TOO_LARGE", [
      {
        place: name,
        message: `has ${text.length} characters, at most ${SMV_LIMITS.text} are read`,
        value: text.length,
        limit: SMV_LIMITS.text,
      },
    ]);
  const all: Lines = { name, lines: text.split(/\r?\n/), next: 0, problems: [] };
  const found = { chid: "", title: "", version: "" };
  const meshes: DraftMesh[] = [];
  const slices: FdsSlice[] = [];
  const tables: FdsTable[] = [];
  while (all.next < all.lines.length) {
    const at = all.next;
    const line = all.lines[all.next++]!;
    const keyword = /^[A-Z0-9_]+/.exec(line)?.[0] ?? "";
    try {
      if (keyword === "CHID") found.chid = take(all, "the name of the run").trim();
      else if (keyword === "TITLE") found.title = (all.lines[all.next++] ?? "").trim();
      else if (keyword === "FDSVERSION") found.version = take(all, "a version").trim();
      else if (keyword === "CSVF")
        tables.push({ kind: take(all, "a kind of table").trim(), file: take(all, "a file name").trim() });
      else if (keyword === "GRID") meshes.push(readGrid(all, line));
      else if (keyword === "TRNX" || keyword === "TRNY" || keyword === "TRNZ") readLines(all, keyword, meshes.at(-1));
      else if (keyword === "OBST") readObstructions(all, meshes.at(-1));
      else if (KINDS[keyword]) slices.push(readSlice(all, line, KINDS[keyword], meshes.length));
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      all.problems.push({
        place: `${name}, line ${Math.min(all.next, all.lines.length)}`,
        message: `${keyword} (line ${at + 1}): ${error.message}`,
      });
    }
  }
  const finished = finish(all, meshes);
  if (all.problems.length > 0) throw new MusterError("FIELD_INVALID", all.problems);
  return { ...found, meshes: finished, slices, tables };
}

function finish(all: Lines, meshes: readonly DraftMesh[]): FdsMesh[] {
  if (meshes.length === 0 && all.problems.length === 0)
    all.problems.push({
      place: all.name,
      message: "holds no mesh (keyword GRID): it is no index of an FDS run, or it is cut off",
    });
  return meshes.flatMap(({ id, x, y, z, obstructions }) => {
    const missing = [x ? "" : "TRNX", y ? "" : "TRNY", z ? "" : "TRNZ"].filter((word) => word !== "");
    if (x && y && z) return [{ id, x, y, z, obstructions }];
    if (all.problems.length === 0)
      all.problems.push({
        place: `${all.name}, mesh ${id}`,
        message: `has no grid lines (${missing.join(", ")}): the index is cut off`,
      });
    return [];
  });
}

function take(all: Lines, what: string): string {
  const line = all.lines[all.next];
  if (line === undefined || (line.trim() === "" && all.next >= all.lines.length - 1))
    throw new Bad(`the file ends where ${what} should stand`);
  all.next++;
  return line;
}

/** Numbers of the next line, at least `least` of them. */
function numbers(all: Lines, least: number, what: string, from?: string): number[] {
  const line = from ?? take(all, what);
  const values = line.trim().split(/\s+/).slice(0, Math.max(least, 1)).map(Number);
  if (values.length < least || values.some((value) => !Number.isFinite(value)))
    throw new Bad(`${what} should be ${least} numbers, is "${line.trim().slice(0, 80)}"`);
  return values;
}

function wholes(all: Lines, least: number, what: string, range: readonly [number, number], from?: string): number[] {
  const values = numbers(all, least, what, from);
  for (const value of values)
    if (!Number.isInteger(value) || value < range[0] || value > range[1])
      throw new Bad(`${what}: ${value} is not a whole number from ${range[0]} to ${range[1]}`);
  return values;
}

function readGrid(all: Lines, line: string): DraftMesh {
  const cells = wholes(all, 3, "the numbers of cells", [1, SMV_LIMITS.cells]);
  return { id: line.slice(4).trim(), cells, x: null, y: null, z: null, obstructions: new Int32Array() };
}

function readLines(all: Lines, keyword: "TRNX" | "TRNY" | "TRNZ", mesh: DraftMesh | undefined): void {
  if (!mesh) throw new Bad("stands before any GRID");
  const axis = keyword === "TRNX" ? "x" : keyword === "TRNY" ? "y" : "z";
  const [knots] = wholes(all, 1, "the number of transformation points", [0, SMV_LIMITS.cells]);
  for (let k = 0; k < knots!; k++) take(all, "a transformation point");
  const lines = new Float64Array(mesh.cells["xyz".indexOf(axis)]! + 1);
  for (let i = 0; i < lines.length; i++) {
    const [index, at] = numbers(all, 2, `grid line ${i} of ${lines.length - 1}`);
    if (index !== i) throw new Bad(`grid line ${i} is numbered ${index}`);
    if (i > 0 && at! <= lines[i - 1]!)
      throw new Bad(`grid line ${i} at ${at} m does not lie beyond line ${i - 1} at ${lines[i - 1]} m`);
    lines[i] = at!;
  }
  mesh[axis] = lines;
}

function readObstructions(all: Lines, mesh: DraftMesh | undefined): void {
  if (!mesh) throw new Bad("stands before any GRID");
  const [n] = wholes(all, 1, "the number of obstructions", [0, SMV_LIMITS.obstructions]);
  for (let k = 0; k < n!; k++) numbers(all, 6, `the box of obstruction ${k + 1} of ${n}`);
  const bounds = new Int32Array(6 * n!);
  for (let k = 0; k < n!; k++)
    bounds.set(wholes(all, 6, `the grid lines of obstruction ${k + 1} of ${n}`, [0, SMV_LIMITS.cells]), 6 * k);
  mesh.obstructions = bounds;
}

/** "SLCF  1 # STRUCTURED %name & i1 i2 j1 j2 k1 k2 ! number flag"; what stands after the mesh is missing in old indices. */
function readSlice(all: Lines, line: string, kind: SliceKind, meshes: number): FdsSlice {
  const mesh = wholes(all, 1, "the number of the mesh", [1, Math.max(1, meshes)], line.slice(4))[0]!;
  const box = /&([^!]*)/.exec(line)?.[1];
  const number = /!\s*(\d+)/.exec(line)?.[1];
  const bounds = box === undefined ? null : wholes(all, 6, "the bounds of the slice", [0, SMV_LIMITS.cells], box);
  const [file, quantity, label, unit] = [
    take(all, "a file name").trim(),
    take(all, "a quantity").trim(),
    take(all, "a short name").trim(),
    take(all, "a unit").trim(),
  ];
  if (file === "") throw new Bad("the name of the slice file is empty");
  return {
    kind,
    mesh: mesh - 1,
    file,
    quantity,
    label,
    unit,
    bounds,
    number: number === undefined ? null : Number(number),
    id: (/%([^&!]*)/.exec(line)?.[1] ?? "").trim(),
  };
}
