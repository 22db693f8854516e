/** Reads a scenario and its layout from disk: paths in, engine values out. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { MusterError } from "../engine/errors.js";
import { checkFirePlan } from "../engine/fire/from-layout/check.js";
import type { Layout } from "../engine/layout/layout.js";
import { readLayout } from "../engine/layout/read.js";
import { checkScenario } from "../engine/scenario/check.js";
import { MAX_TEXT } from "../engine/scenario/limits.js";
import { readScenario } from "../engine/scenario/read.js";
import type { Scenario } from "../engine/scenario/scenario.js";

/** Bytes of one file that are read into memory at all; the readers have limits of their own below it. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_FOLDER_FILES = 1000;
const SCENARIO_NAMES = ["scenario.yaml", "scenario.yml", "scenario.json", "scenario.resolved.json"];

export interface InputFile {
  /** Path below the input, with "/". */
  name: string;
  bytes: Uint8Array;
}

export interface Input {
  /** Path of the scenario file. */
  file: string;
  scenario: Scenario;
  layout: Layout;
  /** What the layout was read from: one file, or those of an IMDF folder. */
  layoutFiles: InputFile[];
  /** Path of the file of `fire.smoke_from`; null without. */
  smokeFile: string | null;
}

const unreadable = (place: string, message: string): MusterError => new MusterError("INPUT_UNREADABLE", [{ place, message }]);

function readBytes(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES)
      throw new MusterError("INPUT_TOO_LARGE", [
        { place: path, message: `has ${size} bytes, at most ${MAX_FILE_BYTES} are read`, value: size, limit: MAX_FILE_BYTES },
      ]);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

/** One file, or all files of a folder in the order of their names. */
export function readFiles(path: string): InputFile[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
  if (!isFolder) return [{ name: basename(path), bytes: readBytes(path) }];
  const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  if (entries.length > MAX_FOLDER_FILES)
    throw new MusterError("INPUT_TOO_LARGE", [
      { place: path, message: `holds ${entries.length} files`, limit: MAX_FOLDER_FILES },
    ]);
  const names = entries.map((entry) => entry.name).sort();
  return names.map((name) => ({ name, bytes: readBytes(join(path, name)) }));
}

export function layoutOf(name: string, files: readonly InputFile[]): Layout {
  const [first] = files;
  if (!first) throw unreadable(name, "holds no files");
  if (files.length === 1) return readLayout({ name, bytes: first.bytes });
  return readLayout({ name, files: new Map(files.map((file) => [file.name, file.bytes])) });
}

/** Whether a path names a scenario rather than a layout: a folder with a scenario file, YAML, or a JSON document with people and without features. */
export function isScenario(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) return readdirSync(path).some((name) => SCENARIO_NAMES.includes(name));
    if (/\.ya?ml$/i.test(path)) return true;
    if (!/\.json$/i.test(path) || statSync(path).size > MAX_TEXT) return false;
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return value !== null && typeof value === "object" && Object.hasOwn(value, "people") && !Object.hasOwn(value, "features");
  } catch {
    return false; // reading it as a layout tells why
  }
}

/** A scenario file, or the one in a folder. */
export function findScenario(path: string): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
  if (!isFolder) return path;
  const names = readdirSync(path);
  const name = SCENARIO_NAMES.find((candidate) => names.includes(candidate));
  if (name === undefined) throw unreadable(path, `holds none of ${SCENARIO_NAMES.join(", ")}`);
  return join(path, name);
}

/**
 * @param path scenario file or its folder
 * @throws MusterError with every problem of the file that could not be read, or of the scenario against its layout
 */
export function readInput(path: string): Input {
  const file = findScenario(path);
  const folder = dirname(file);
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const scenario = readScenario({
    name: file,
    text: text(readBytes(file)),
    files: (name) => text(readBytes(below(folder, name))),
  });
  const layoutPath = below(folder, scenario.layout);
  const layoutFiles = readFiles(layoutPath);
  const layout = layoutOf(layoutPath, layoutFiles);
  const faults = checkScenario(scenario, layout);
  const problems = faults.length > 0 ? faults : checkFirePlan(layout, scenario);
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  return { file, scenario, layout, layoutFiles, smokeFile: smokeFileOf(scenario, folder) };
}

/** It is read while a run goes on; that it is there is looked at now. */
function smokeFileOf({ fire }: Scenario, folder: string): string | null {
  if (!fire?.smoke_from) return null;
  const path = below(folder, fire.smoke_from.file);
  try {
    if (!statSync(path).isFile()) throw new Error("is no file");
  } catch (error) {
    throw unreadable(`fire.smoke_from.file: ${path}`, error instanceof Error ? error.message : String(error));
  }
  return path;
}

/** A path in a scenario counts from the scenario's folder, unless it is absolute. */
const below = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path));
