/** What every chart is made from. */
import type { Layout } from "../layout/layout.js";
import type { Scenario } from "../scenario/scenario.js";
import type { EnsembleReport } from "../warn/report.js";
import { type TimeAxis, timeAxis } from "./clock.js";

export interface ChartInput {
  layout: Layout;
  scenario: Scenario;
  report: EnsembleReport;
}

/** End of the longest run, s; the scenario's duration where no run came to its end. */
export const endOf = ({ scenario, report }: ChartInput): number =>
  Math.max(0, ...report.runs.map((r) => r.simulated_s)) || scenario.duration_s;

/** The time axis shared by all charts of a result. */
export const axisOf = (input: ChartInput, maxTicks = 12): TimeAxis =>
  timeAxis(input.scenario, { from_s: 0, to_s: endOf(input) }, maxTicks);

/** "4 runs" or "1 run", and which one the curves show. */
export function runsText({ report }: ChartInput, curves = false): string {
  const n = report.runs.length;
  return n === 1 ? "1 run" : `${n} runs${curves ? "; the curves show the middle run" : ""}`;
}

/** Places that the scenario speaks of: their openings get a name on the plan. */
export function namesInUse(scenario: Scenario): ReadonlySet<string> {
  const names = new Set([...scenario.measure.lines, ...scenario.warnings.map((r) => r.place)]);
  for (const event of scenario.events) {
    if ("open" in event) names.add(event.open);
    if ("close" in event) names.add(event.close);
  }
  for (const stage of scenario.people.flatMap((g) => g.journey)) {
    const places = "queue" in stage ? stage.queue.at : "leave" in stage ? stage.leave.by : [];
    for (const place of places) names.add(place);
  }
  return names;
}

/** Name of a level for people; its id where the layout does not know it. */
export const levelName = (layout: Layout, id: string): string => layout.levels.find((l) => l.id === id)?.name || id;
