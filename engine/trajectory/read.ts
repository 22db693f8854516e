/** Reads a trajectory file of any format that is text, packed by gzip or not: one call from bytes to a Trajectory. */
import { type BuildOptions, type BuiltTrajectory, buildTrajectory } from "./build.js";
import { unpacked } from "./gzip.js";
import { readTable } from "./text.js";

/** @throws MusterError INPUT_UNREADABLE or TRAJECTORY_INVALID with all problems of the file */
export function readTrajectoryText(bytes: Uint8Array, options: BuildOptions): BuiltTrajectory {
  return buildTrajectory(readTable(options.name, unpacked(options.name, bytes)), options);
}
