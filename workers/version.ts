/** Version of the package, read from the package.json next to the sources or above the build. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const candidates = ["../package.json", "../../package.json"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const file = candidates.find((path) => existsSync(path));
const read: unknown = file === undefined ? null : JSON.parse(readFileSync(file, "utf8"));

export const version: string =
  typeof read === "object" && read !== null && "version" in read && typeof read.version === "string" ? read.version : "unknown";
