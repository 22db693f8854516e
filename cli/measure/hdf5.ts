/** HDF5 files of the Jülich Pedestrian Dynamics Data Archive. */
import h5wasm, { Dataset, type File, Module } from "h5wasm/node";
import { MusterError } from "../../engine/errors.js";
import { MOST_ROWS, NOT_SAID, type RawTrajectory } from "../../engine/trajectory/raw.js";

/** Records taken out at once. */
const STEP = 1_000_000;

/** Data set `trajectory` of records with id, frame, x, y (m), attribute `fps` on it, and `wkt_geometry` on the file. */
export async function readHdf5(name: string, bytes: Uint8Array): Promise<RawTrajectory> {
  const { FS } = await h5wasm.ready;
  // Without it the library prints its stack of errors and goes on.
  Module.activate_throwing_error_handler();
  // Lives in the memory of the WebAssembly module, not on disk.
  const path = "/trajectory.h5";
  FS.writeFile(path, bytes);
  try {
    const file = new h5wasm.File(path, "r");
    try {
      return read(name, file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw unreadable(name, `cannot be read as HDF5: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    FS.unlink(path);
  }
}

const unreadable = (place: string, message: string): MusterError => new MusterError("INPUT_UNREADABLE", [{ place, message }]);

function read(name: string, file: File): RawTrajectory {
  const data = file.get("trajectory");
  if (!(data instanceof Dataset))
    throw unreadable(name, `has no data set "trajectory"; it holds ${file.keys().join(", ") || "nothing"}`);
  const members = data.metadata.compound_type?.members.map((member) => member.name) ?? [];
  const [a, b, c, d] = ["id", "frame", "x", "y"].map((column) => members.indexOf(column)) as [number, number, number, number];
  if (Math.min(a, b, c, d) < 0)
    throw unreadable(name, `has the columns ${members.join(", ") || "of no record"} in "trajectory"; needed are id, frame, x, y`);
  const rows = data.shape?.[0] ?? 0;
  if (rows > MOST_ROWS)
    throw new MusterError("INPUT_TOO_LARGE", [
      { place: name, message: `has ${rows} rows, limit ${MOST_ROWS}`, limit: MOST_ROWS },
    ]);
  const [id, frame, x, y] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  const columns = [
    [id, a],
    [frame, b],
    [x, c],
    [y, d],
  ] as const;
  for (let start = 0; start < rows; start += STEP) {
    const end = Math.min(rows, start + STEP);
    const records = recordsOf(data, start, end);
    for (const [column, at] of columns) {
      const { offset, type, size, signed, littleEndian } = data.metadata.compound_type!.members[at]!;
      const value = reader(records, { type, size, signed, littleEndian });
      if (!value) throw unreadable(name, `has a column ${members[at]} in "trajectory" that is no number`);
      for (let row = start; row < end; row++) column[row] = value((row - start) * data.metadata.size + offset);
    }
  }
  const fps = Number(data.attrs.fps?.value ?? file.attrs.fps?.value);
  const wkt = file.attrs.wkt_geometry?.value;
  return {
    ...NOT_SAID,
    format: "Jülich HDF5",
    rows,
    id,
    frame,
    x,
    y,
    frameRate: fps > 0 ? fps : null,
    unit: "m",
    floors: typeof wkt === "string" ? [wkt] : [],
    place: (row) => `${name}, row ${row + 1}`,
  };
}

/** Bytes of some records as they lie in the file: `Dataset.slice` would make a list of big integers of each. */
function recordsOf(data: Dataset, start: number, end: number): DataView {
  const bytes = (end - start) * data.metadata.size;
  const pointer = Module._malloc(bytes);
  if (pointer === 0) throw new Error(`no memory for ${bytes} bytes`);
  try {
    Module.get_dataset_data(data.file_id, data.path, [BigInt(end - start)], [BigInt(start)], [1n], BigInt(pointer));
    return new DataView(Module.HEAPU8.slice(pointer, pointer + bytes).buffer);
  } finally {
    Module._free(pointer);
  }
}

/** Classes of HDF5's types (H5T_class_t). */
const INTEGER = 0;
const FLOAT = 1;

/** Reads one number at an offset; null for a type that is no number. */
function reader(
  view: DataView,
  { type, size, signed, littleEndian }: { type: number; size: number; signed: boolean; littleEndian: boolean },
): ((at: number) => number) | null {
  const little = littleEndian;
  if (type === FLOAT)
    return size === 8 ? (at) => view.getFloat64(at, little) : size === 4 ? (at) => view.getFloat32(at, little) : null;
  if (type !== INTEGER) return null;
  if (size === 8) return signed ? (at) => Number(view.getBigInt64(at, little)) : (at) => Number(view.getBigUint64(at, little));
  if (size === 4) return signed ? (at) => view.getInt32(at, little) : (at) => view.getUint32(at, little);
  if (size === 2) return signed ? (at) => view.getInt16(at, little) : (at) => view.getUint16(at, little);
  return size === 1 ? (at) => view.getUint8(at) : null;
}
