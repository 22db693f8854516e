/** Unpacks zip archives within limits, so that a small file cannot fill the memory. */
import { unzipSync } from "fflate";
import { MusterError } from "../errors.js";
import { LIMITS } from "./limits.js";

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * JSON files of an archive by path; others stay packed. The sizes that the archive states are summed before anything is unpacked,
 * and fflate unpacks into buffers of just these sizes, so a lying archive gets cut off, not more memory.
 */
export function unzip(name: string, bytes: Uint8Array): Map<string, Uint8Array> {
  let size = 0;
  let count = 0;
  const tooLarge = (message: string): never => {
    throw new MusterError("INPUT_TOO_LARGE", [{ place: name, message }]);
  };
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        if (!/\.(geo)?json$/.test(file.name)) return false;
        size += file.originalSize;
        count += 1;
        if (size > LIMITS.fileBytes) tooLarge(`unpacks to more than ${LIMITS.fileBytes} bytes`);
        if (count > LIMITS.archiveFiles) tooLarge(`holds more than ${LIMITS.archiveFiles} files`);
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw new MusterError("INPUT_UNREADABLE", [{ place: name, message: "is a damaged zip archive" }]);
  }
}
