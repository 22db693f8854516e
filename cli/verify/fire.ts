/** Runs the fire tests of the verification on the reference files of the package. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestResult } from "../../engine/verify/document.js";
import { FIRE_SUITE, type FireTest, fireResult } from "../../engine/verify/fire/result.js";
import { packageRoot } from "./suites.js";

const FOLDER = join(packageRoot, "test", "reference", "fire");

/** In a package without the reference files the tests cannot run; that is said, and no test counts as passed. */
export function runFireTests(tests: readonly FireTest[], done: (result: TestResult) => void): void {
  const read = (path: string): string | null => {
    const file = join(FOLDER, path);
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  };
  for (const test of tests) {
    if (existsSync(FOLDER)) done(fireResult(test, test.run(read)));
    else done({ ...fireResult(test, []), verdict: "not-runnable", seeds: 0, reason: `${FOLDER} is missing`, suite: FIRE_SUITE });
  }
}
