/** Reads a trajectory file of any format that is text or Parquet, packed by gzip or not. */
import { MusterError } from "../errors.js";
import { type BuildOptions, type BuiltTrajectory, buildTrajectory } from "./build.js";
import { unpacked } from "./gzip.js";
import { readPathfinderJson } from "./pathfinder.js";
import type { RawTrajectory } from "./raw.js";
import { readTable } from "./text.js";
import { isVadere, readVadere } from "./vadere.js";

/** @throws MusterError INPUT_UNREADABLE or TRAJECTORY_INVALID with all problems of the file */
export function readTrajectoryText(bytes: Uint8Array, options: BuildOptions): BuiltTrajectory {
  return buildTrajectory(readRawText(unpacked(options.name, bytes), options), options);
}

/** Rows of a text file by what it holds: Pathfinder's JSON, Vadere's footsteps, or a table. */
export function readRawText(bytes: Uint8Array, { name, frameRate }: BuildOptions): RawTrajectory {
  if (bytes.subarray(0, 4096).includes(0))
    throw new MusterError("INPUT_UNREADABLE", [
      { place: name, message: "is no text and of no format that Muster reads (docs/formats/trajectories.md)" },
    ]);
  const start = bytes.findIndex((byte) => byte > 32);
  if (start < 0) throw new MusterError("INPUT_UNREADABLE", [{ place: name, message: "is empty" }]);
  if (bytes[start] === OPENING_BRACE) return readPathfinderJson(name, parseJson(name, bytes));
  return isVadere(bytes) ? readVadere(name, bytes, frameRate) : readTable(name, bytes);
}

const OPENING_BRACE = 123;

function parseJson(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const message = `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new MusterError("INPUT_UNREADABLE", [{ place: name, message }]);
  }
}
