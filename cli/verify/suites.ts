/** Reads the suites that ship with Muster: one folder each in scenarios/verification. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSuite, type SuiteFile } from "../../engine/verify/definition.js";

export interface Suite {
  /** Name of the folder. */
  name: string;
  folder: string;
  file: SuiteFile;
}

/** The package's folder, from the sources and from the build. */
export const packageRoot: string =
  ["../..", "../../.."]
    .map((up) => fileURLToPath(new URL(up, import.meta.url)))
    .find((folder) => existsSync(join(folder, "package.json"))) ?? process.cwd();

const ORDER = ["RIMEA", "IMO", "NIST", "ISO", "HAND", "VAL", "FIRE"];

/** In the order of their first test: RiMEA, IMO, NIST, ISO, calculations by hand, validation. */
export function readSuites(root = join(packageRoot, "scenarios", "verification")): Suite[] {
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const suites = names.map((name) => {
    const folder = join(root, name);
    const path = join(folder, "tests.yaml");
    return { name, folder, file: readSuite(path, readFileSync(path, "utf8")) };
  });
  const key = ({ file }: Suite): string => sortKey(file.tests[0]!.id);
  return suites.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Orders ids by guideline, then by number. */
export function sortKey(id: string): string {
  const [guideline = "", ...rest] = id.split("-");
  const number = rest.join("-").replace(/\d+/g, (digits) => digits.padStart(3, "0"));
  return `${String(ORDER.indexOf(guideline)).padStart(2, "0")}${guideline}-${number}`;
}
