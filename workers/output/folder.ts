/**
 * A results folder that appears whole or not at all: everything is written into a hidden sibling, which takes the folder's name at
 * the end. A process that is killed leaves at most that sibling, which the next run on the same machine removes.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { MusterError } from "../../engine/errors.js";
import { output } from "./file.js";
import { FILES, MEASURED_FILES } from "./names.js";

export interface ResultsFolder {
  /** Where to write until `commit`. */
  readonly path: string;
  /** The name it takes. */
  readonly finalPath: string;
  /** Swaps it in. Files of an older result go; what Muster did not write there is kept. */
  commit(): void;
  /** Removes what was written. Does nothing after `commit`. */
  discard(): void;
}

const OWN_FILES: ReadonlySet<string> = new Set([
  ...Object.values(FILES),
  ...Object.values(MEASURED_FILES).flatMap((names) => Object.values(names)),
]);

/**
 * @param path folder to make or to replace; parents are made
 * @throws MusterError OUTPUT_FAILED when it cannot be made, CONFLICT when a folder of this name holds files but no result
 */
export function openResults(path: string): ResultsFolder {
  const finalPath = output(path, () => {
    const absolute = resolve(path);
    // A link to a folder is followed: the folder behind it is replaced, not the link.
    return existsSync(absolute) ? realpathSync(absolute) : absolute;
  });
  const parent = dirname(finalPath);
  return output(path, () => {
    refuseForeign(finalPath);
    mkdirSync(parent, { recursive: true });
    const prefix = hiddenPrefix(finalPath);
    recover(finalPath, parent);
    // Made with the usual rights of a folder, which mkdtemp would narrow to the owner's.
    const part = join(parent, `${prefix}${process.pid}-part-${randomBytes(4).toString("hex")}`);
    mkdirSync(part);
    return { path: part, finalPath, commit: () => output(finalPath, () => swap(part, finalPath)), discard: () => remove(part) };
  });
}

const hiddenPrefix = (finalPath: string): string => `.${basename(finalPath)}.${hostname()}-`;

/** Again a few times: a thread that is being ended may still write into the folder. */
const remove = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });

/** A folder of photographs given by mistake as `--out` must not be swapped away. */
function refuseForeign(finalPath: string): void {
  if (!existsSync(finalPath)) return;
  const entries = readdirSync(finalPath);
  if (entries.length === 0 || entries.includes(FILES.summary)) return;
  throw new MusterError("CONFLICT", [
    { place: finalPath, message: `holds files but no ${FILES.summary}, so it is not a result of Muster: name another folder` },
  ]);
}

/**
 * Two renames: a reader sees the old folder, for an instant none, then the new one. When the second fails the old one comes back.
 * Entries that Muster does not write are moved over first.
 */
function swap(part: string, finalPath: string): void {
  if (!existsSync(finalPath)) {
    renameSync(part, finalPath);
    return;
  }
  const old = part.replace(/-part-(?=[^-]*$)/, "-old-");
  renameSync(finalPath, old);
  try {
    for (const name of readdirSync(old)) if (!OWN_FILES.has(name)) renameSync(join(old, name), join(part, name));
    renameSync(part, finalPath);
  } catch (error) {
    for (const name of existsSync(part) ? readdirSync(part) : [])
      if (!OWN_FILES.has(name) && !existsSync(join(old, name))) renameSync(join(part, name), join(old, name));
    renameSync(old, finalPath);
    remove(part);
    throw error;
  }
  remove(old);
}

/** Clears up after processes of this machine that were killed: gives a folder back that was between two names, removes parts. */
function recover(finalPath: string, parent: string): void {
  const prefix = hiddenPrefix(finalPath);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const match = /^(\d+)-(part|old)-\w+$/.exec(name.slice(prefix.length));
    if (!match || isAlive(Number(match[1]))) continue;
    const path = join(parent, name);
    if (match[2] === "old" && !existsSync(finalPath)) renameSync(path, finalPath);
    else remove(path);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code !== "ESRCH";
  }
}
