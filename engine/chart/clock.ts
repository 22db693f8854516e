/**
 * Times on axes and in words. With `scenario.start` times are clock times of the offset that the start names; without it they
 * count from the start of the run. Axes are numbers with a label expression, so no time zone of the machine takes part.
 */
import type { Scenario } from "../scenario/scenario.js";
import type { View } from "./spec.js";

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Seconds since local midnight of the scenario's start; null where it has none. */
export function startOfDay(scenario: Pick<Scenario, "start">): number | null {
  const match = scenario.start === null ? null : ISO.exec(scenario.start.trim());
  if (match === null) return null;
  return Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6] ?? 0);
}

export interface TimeAxis {
  /** Time in the unit of the axis. */
  at(time_s: number): number;
  /** `x` encoding for a field that holds axis times. */
  x(field: string, more?: View): View;
  domain: [number, number];
  title: string;
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** An axis from `from_s` to `to_s` with at most `maxTicks` round ticks. */
export function timeAxis(scenario: Pick<Scenario, "start">, span: { from_s: number; to_s: number }, maxTicks = 12): TimeAxis {
  const start = startOfDay(scenario);
  const to_s = Math.max(span.to_s, span.from_s + 1);
  const step =
    STEPS_S.find((s) => (to_s - span.from_s) / s <= maxTicks) ?? Math.ceil((to_s - span.from_s) / maxTicks / 86400) * 86400;
  const inSeconds = start === null && to_s <= 300;
  const unit = inSeconds ? 1 : 60;
  const origin = start ?? 0;
  const at = (time_s: number): number => Math.round(((origin + time_s) / unit) * 1000) / 1000;
  const values: number[] = [];
  for (let t = Math.ceil((origin + span.from_s) / step) * step; t <= origin + to_s + 1e-9; t += step) values.push(t / unit);
  const h = "format(floor(datum.value / 60) % 24, '02')";
  const m = "format(floor(datum.value + 1e-6) % 60, '02')";
  const s = "format(round(datum.value * 60) % 60, '02')";
  const label =
    start === null ? "format(datum.value, ',~g')" : step < 60 ? `${h} + ':' + ${m} + ':' + ${s}` : `${h} + ':' + ${m}`;
  const title =
    start === null ? `time since start (${inSeconds ? "s" : "min"})` : step < 60 ? "clock time (h:min:s)" : "clock time (h:min)";
  const domain: [number, number] = [at(span.from_s), at(to_s)];
  return {
    at,
    domain,
    title,
    x: (field, more = {}) => ({
      field,
      type: "quantitative",
      scale: { domain, nice: false, zero: false },
      axis: { title, values, labelExpr: label, labelFlush: false, labelOverlap: true, grid: true },
      ...more,
    }),
  };
}
