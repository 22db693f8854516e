/** Files that appear under their name only when they are complete. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { MusterError } from "../../engine/errors.js";

export interface OutputFile {
  readonly path: string;
  write(bytes: Uint8Array): void;
  /** Closes the file and gives it its name, in place of an older one. */
  finish(): void;
  /** Closes and removes what was written; an older file of this name stays. Does nothing after `finish`. */
  discard(): void;
}

/** OUTPUT_FAILED with the path and what the system said (disk full, no permission, …). */
function outputFailed(path: string, error: unknown): MusterError {
  if (error instanceof MusterError) return error;
  return new MusterError("OUTPUT_FAILED", [{ place: path, message: error instanceof Error ? error.message : String(error) }]);
}

/** Runs `action`; a failure of the file system becomes OUTPUT_FAILED at `path`. */
export function output<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw outputFailed(path, error);
  }
}

/** Opens `<path>.part`, to be renamed at the end; folders are made. Any failure to write removes it. */
export function openOutput(path: string): OutputFile {
  const part = `${path}.part`;
  let descriptor: number | null = output(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(part, "w");
  });
  const close = (): void => {
    if (descriptor === null) return;
    const open = descriptor;
    descriptor = null;
    closeSync(open);
  };
  const discard = (): void => {
    if (descriptor === null) return;
    try {
      close();
    } finally {
      rmSync(part, { force: true });
    }
  };
  const guarded = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      // The first failure is the one to report.
      try {
        close();
        rmSync(part, { force: true });
      } catch {}
      throw outputFailed(path, error);
    }
  };
  return {
    path,
    discard,
    write: (bytes) =>
      guarded(() => {
        if (descriptor === null) throw new Error("the file is closed");
        // A nearly full disk takes a part of the bytes and refuses the next call.
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done);
      }),
    finish: () =>
      guarded(() => {
        if (descriptor === null) throw new Error("the file is closed");
        close();
        renameSync(part, path);
      }),
  };
}

/** Writes a small file whole. */
export function writeOutput(path: string, content: string | Uint8Array): void {
  const file = openOutput(path);
  file.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
  file.finish();
}
