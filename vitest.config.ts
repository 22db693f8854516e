import { defineConfig } from "vitest/config";

export default defineConfig({
  // Files share a process: loading the engine anew for each of 140 files took a third of the time. No test may leave anything behind in a module.
  test: {
    isolate: false,
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
