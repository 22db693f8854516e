/** Names of files in a results folder, and where each run of an ensemble writes. */
import { join } from "node:path";

export const FILES = {
  summary: "summary.json",
  trajectory: "trajectory.parquet",
  pedpy: "trajectory.txt",
  measures: "measures.parquet",
  fire: "fire.parquet",
  fireResult: "fire.json",
  warnings: "warnings.json",
  risk: "risk-map.geojson",
  charts: "charts",
  runs: "runs",
  report: "report.html",
  scenario: "scenario.resolved.json",
  timing: "timing.json",
  layout: "layout",
} as const;

/** Names of files that `muster measure --out` writes beside the summary and the charts. */
export const MEASURED_FILES = {
  series: { csv: "series.csv", parquet: "series.parquet" },
  speeds: { csv: "speeds.csv", parquet: "speeds.parquet" },
} as const;

/** A single run writes into the results folder itself, an ensemble into `runs/seed-<n>` below it. */
export function runFolder(outDir: string, seeds: readonly number[], seed: number): string {
  return seeds.length === 1 ? outDir : join(outDir, FILES.runs, `seed-${seed}`);
}

/** A folder's name from a scenario's: letters, digits and dashes of any script; never empty, hidden or a path. */
export function folderName(scenarioName: string): string {
  const name = scenarioName
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return [...name].slice(0, 60).join("") || "result";
}
