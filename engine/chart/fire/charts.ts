/** Charts of fire and smoke, in the order in which a planner reads them; none where the scenario has no fire. */
import type { ChartInput } from "../input.js";
import type { Chart } from "../spec.js";
import { gasesChart, layersChart, temperaturesChart, toxicGasesChart, visibilityChart } from "./air.js";
import { exposedChart } from "./exposed.js";
import { heatReleaseChart } from "./heat-release.js";
import { doseMapChart, untenableMapChart, visibilityMapChart } from "./maps.js";

export function fireCharts(input: ChartInput): Chart[] {
  const { fire } = input.report;
  if (!fire) return [];
  return [
    exposedChart(input, fire),
    untenableMapChart(input, fire),
    visibilityMapChart(input, fire),
    doseMapChart(input, fire),
    visibilityChart(input, fire),
    layersChart(input, fire),
    temperaturesChart(input, fire),
    gasesChart(input, fire),
    toxicGasesChart(input, fire),
    heatReleaseChart(input, fire),
  ];
}
