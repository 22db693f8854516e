/** The time axis of charts of fire, which goes on when everybody has left. */
import type { EnsembleFire } from "../../warn/fire/report.js";
import { type TimeAxis, timeAxis } from "../clock.js";
import { type ChartInput, endOf } from "../input.js";

/** End of the longest fire or run, s. */
export const fireEnd = (input: ChartInput, fire: EnsembleFire): number => Math.max(endOf(input), fire.end_s);

export const fireAxis = (input: ChartInput, fire: EnsembleFire, maxTicks = 12): TimeAxis =>
  timeAxis(input.scenario, { from_s: 0, to_s: fireEnd(input, fire) }, maxTicks);
