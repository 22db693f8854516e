/** What the report is made from. */
import type { Layout } from "../../engine/layout/layout.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import type { EnsembleReport, RunReport } from "../../engine/warn/report.js";

export interface ReportInput {
  layout: Layout;
  scenario: Scenario;
  report: EnsembleReport;
  /** Drawn by render.ts; empty: a report without pictures. */
  charts: readonly { name: string; title: string; svg: string }[];
  /** Lines that only the caller knows, e.g. how to run it again. */
  notes: readonly string[];
  /** The single runs, for the names of stuck people; without them only their number is told. */
  runs?: readonly Pick<RunReport, "seed" | "result">[];
}

/** The drawn chart as a figure, or nothing where it was not drawn. */
export const findChart = (input: ReportInput, name: string): string | null =>
  input.charts.find((c) => c.name === name)?.svg ?? null;
