/** HDF5 files of the Jülich Pedestrian Dynamics Data Archive. */
import h5wasm, { Dataset, type File } from "h5wasm/node";
import { MusterError } from "../../engine/errors.js";
import { MOST_ROWS, type RawTrajectory } from "../../engine/trajectory/raw.js";

export const isHdf5 = (bytes: Uint8Array): boolean => bytes[0] === 0x89 && String.fromCharCode(...bytes.subarray(1, 4)) === "HDF";

/** Rows taken out at once: each becomes a list of values on its way. */
const STEP = 50_000;

/** Data set `trajectory` of records with id, frame, x, y (m), attribute `fps` on it, and `wkt_geometry` on the file. */
export async function readHdf5(name: string, bytes: Uint8Array): Promise<RawTrajectory> {
  const { FS } = await h5wasm.ready;
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
  for (let start = 0; start < rows; start += STEP) {
    const part = data.slice([[start, Math.min(rows, start + STEP)]]) as unknown as (number | bigint)[][];
    part.forEach((values, k) => {
      id[start + k] = Number(values[a]);
      frame[start + k] = Number(values[b]);
      x[start + k] = Number(values[c]);
      y[start + k] = Number(values[d]);
    });
  }
  const fps = Number(data.attrs.fps?.value ?? file.attrs.fps?.value);
  const wkt = file.attrs.wkt_geometry?.value;
  return {
    format: "Jülich HDF5",
    rows,
    id,
    frame,
    time: null,
    x,
    y,
    level: null,
    levels: [],
    frameRate: fps > 0 ? fps : null,
    unit: "m",
    floors: typeof wkt === "string" ? [wkt] : [],
    place: (row) => `${name}, row ${row + 1}`,
    notices: [],
  };
}
