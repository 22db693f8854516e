/** Output of other fire models on disk: FDS runs are read frame by frame while a run goes on, CFAST tables as a whole. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { MusterError } from "../../engine/errors.js";
import { CFAST_LIMITS, type CfastTable, readCfastTable } from "../../engine/fire/fields/cfast-table.js";
import type { ByteSource } from "../../engine/fire/fields/fds/bytes.js";
import { type FdsRun, openFds } from "../../engine/fire/fields/fds/run.js";
import { readSmv, SMV_LIMITS } from "../../engine/fire/fields/fds/smv.js";

/** Files that are held open at once; a run may have thousands of slices. */
const MOST_OPEN = 64;

const unreadable = (place: string, error: unknown): MusterError =>
  new MusterError("INPUT_UNREADABLE", [{ place, message: error instanceof Error ? error.message : String(error) }]);

/** Text of a file of at most `limit` bytes. */
export function readText(path: string, limit: number): string {
  try {
    const { size } = statSync(path);
    if (size > limit)
      throw new MusterError("INPUT_TOO_LARGE", [
        { place: path, message: `has ${size} bytes, at most ${limit} are read`, value: size, limit },
      ]);
    return readFileSync(path, "latin1");
  } catch (error) {
    throw error instanceof MusterError ? error : unreadable(path, error);
  }
}

export interface FdsFolder {
  readonly run: FdsRun;
  /** Closes the files; the run cannot be sampled beyond the frames in memory after it. */
  close(): void;
}

/**
 * Opens an FDS run by its index. Slice files are read where a frame is asked for; memory is that of two frames of each slice in use.
 * @param path CHID.smv; the files that it names lie beside it
 * @throws MusterError with every problem of the index and its slice files
 */
export function openFdsFolder(path: string): FdsFolder {
  const folder = dirname(path);
  const descriptors = new Map<string, number>();
  const closeOldest = (): void => {
    const [oldest] = descriptors;
    if (!oldest) return;
    closeSync(oldest[1]);
    descriptors.delete(oldest[0]);
  };
  const descriptor = (file: string): number => {
    const known = descriptors.get(file);
    if (known !== undefined) {
      // Used last stands last.
      descriptors.delete(file);
      descriptors.set(file, known);
      return known;
    }
    while (descriptors.size >= MOST_OPEN) closeOldest();
    const opened = openSync(file, "r");
    descriptors.set(file, opened);
    return opened;
  };
  const open = (name: string): ByteSource | null => {
    // An index names files beside itself only.
    if (basename(name) !== name)
      throw new MusterError("FIELD_INVALID", [
        { place: path, message: `names the file "${name}", which does not lie beside it` },
      ]);
    const file = join(folder, name);
    try {
      const { size } = fstatSync(descriptor(file));
      return { name, size, read: (offset, length) => readPart(file, descriptor(file), offset, length) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw unreadable(file, error);
    }
  };
  const close = (): void => {
    while (descriptors.size > 0) closeOldest();
  };
  try {
    const index = readSmv(basename(path), readText(path, SMV_LIMITS.text));
    return { run: openFds({ name: basename(path), index, open }), close };
  } catch (error) {
    close();
    throw error;
  }
}

function readPart(file: string, from: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let read = 0;
  try {
    while (read < length) {
      const more = readSync(from, bytes, read, length - read, offset + read);
      if (more === 0) break;
      read += more;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  // Shorter than it was when it was opened.
  if (read < length)
    throw new MusterError("FIELD_INVALID", [
      {
        place: `${file}, byte ${offset}`,
        message: `holds ${read} bytes, expected ${length}: the file was cut while it was read`,
        value: read,
        limit: length,
      },
    ]);
  return bytes;
}

/** @param path NAME_compartments.csv */
export const readCfastFile = (path: string): CfastTable => readCfastTable(basename(path), readText(path, CFAST_LIMITS.text));
