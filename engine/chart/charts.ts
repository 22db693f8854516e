/** All charts of a result, in the order in which a planner reads them. */
import { clearingChart } from "./clearing.js";
import { densityMeanChart, densityPeakChart } from "./density-map.js";
import { fireAsetCharts } from "./fire/aset.js";
import { fireCharts } from "./fire/charts.js";
import { flowChart } from "./flow.js";
import type { ChartInput } from "./input.js";
import { occupancyChart } from "./occupancy.js";
import { queuesChart } from "./queues.js";
import { riskMapChart } from "./risk-map.js";
import type { Chart } from "./spec.js";
import { warningsChart } from "./warnings.js";

export type { ChartInput } from "./input.js";
export type { Chart } from "./spec.js";

/** Names of the charts that every result has; those of fire come with it. */
export const CHART_NAMES = [
  "warnings",
  "risk-map",
  "density-peak",
  "density-mean",
  "occupancy",
  "flow",
  "clearing",
  "queues",
] as const;

/** Charts of one run or an ensemble; each is drawn, with a sentence in place of a picture where there is nothing to show. */
export function charts(input: ChartInput): Chart[] {
  return [
    warningsChart(input),
    riskMapChart(input),
    densityPeakChart(input),
    densityMeanChart(input),
    occupancyChart(input),
    flowChart(input),
    clearingChart(input),
    queuesChart(input),
    ...fireAsetCharts(input),
    ...fireCharts(input),
  ];
}
