/** From a file on disk to a trajectory: the format is told by what the file holds, not by its name. */
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { MusterError } from "../../engine/errors.js";
import { type BuildOptions, buildTrajectory } from "../../engine/trajectory/build.js";
import { MOST_BYTES, unpacked } from "../../engine/trajectory/gzip.js";
import { isParquet, readParquet } from "../../engine/trajectory/parquet.js";
import type { RawTrajectory } from "../../engine/trajectory/raw.js";
import { readRawText } from "../../engine/trajectory/read.js";
import type { Trajectory } from "../../engine/trajectory/trajectory.js";

export interface Opened {
  file: string;
  format: string;
  trajectory: Trajectory;
  /** Walkable area that the file carries, WKT. */
  floors: readonly string[];
  notices: string[];
}

/** @throws MusterError with every problem of the file */
export async function openTrajectory(path: string, options: Omit<BuildOptions, "name">): Promise<Opened> {
  const name = basename(path);
  const raw = await readRaw(path, { ...options, name });
  const { trajectory, notices } = buildTrajectory(raw, { ...options, name });
  return { file: name, format: raw.format, trajectory, floors: raw.floors, notices };
}

async function readRaw(path: string, options: BuildOptions): Promise<RawTrajectory> {
  const { name } = options;
  const bytes = unpacked(name, readBytes(path));
  // WebAssembly of several megabytes is loaded only for the files that need it.
  if (isSqlite(bytes)) return (await import("./sqlite.js")).readSqlite(name, bytes);
  if (isHdf5(bytes)) return (await import("./hdf5.js")).readHdf5(name, bytes);
  if (isParquet(bytes)) return readParquet(name, bytes);
  return readRawText(bytes, options);
}

const isSqlite = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 15)) === "SQLite format 3";
const isHdf5 = (bytes: Uint8Array): boolean => bytes[0] === 0x89 && String.fromCharCode(...bytes.subarray(1, 4)) === "HDF";

function readBytes(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES)
      throw new MusterError("INPUT_TOO_LARGE", [
        { place: path, message: `has ${size} bytes, at most ${MOST_BYTES} are read`, limit: MOST_BYTES },
      ]);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw new MusterError("INPUT_UNREADABLE", [{ place: path, message: error instanceof Error ? error.message : String(error) }]);
  }
}
